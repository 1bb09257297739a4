"""Excel workbooks for people: headings, widths, formats, and no formula that could run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

from crmkit.book.files import atomic

#: Widest column, in characters of the standard font; longer text wraps.
WIDEST = 48


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Attributes
    ----------
    title : str
    rows : DataFrame
        The table as people read it.
    note : str
        A line that stands above the table.
    bands : mapping of int to str
        Lines across the table, each above the row of that number, counted from 0.
    widths : mapping of str to float
        Widths of columns by heading, in characters, for those not to be measured.
    """

    title: str
    rows: pd.DataFrame
    note: str = ""
    bands: Mapping[int, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)


def write_workbook(
    sheets: Sequence[Sheet], path: str | Path, properties: Mapping[str, Any] | None = None
) -> None:
    """Write sheets that print on A4 and hold text, numbers and dates, never formulas.

    Parameters
    ----------
    sheets : sequence of Sheet
        Text goes in as text whatever it begins with, so a name ``=1+1`` stays a name.
    path : str or Path
    properties : mapping, optional
        What the file says of itself: ``title``, ``comments``, ``created`` and so on.

    Raises
    ------
    CrmkitError
        When the file cannot be written, for example because Excel has it open.
    """
    import xlsxwriter

    with (
        atomic(path) as lent,
        xlsxwriter.Workbook(lent, {"default_date_format": "yyyy-mm-dd"}) as workbook,
    ):
        styles = {
            "head": workbook.add_format(
                {
                    "bold": True,
                    "bg_color": "#DCE6F1",
                    "bottom": 1,
                    "text_wrap": True,
                    "valign": "top",
                }
            ),
            "band": workbook.add_format({"bold": True, "bg_color": "#EEEEEE", "top": 1}),
            "cell": workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "whole": workbook.add_format({"num_format": "#,##0", "valign": "top"}),
            "number": workbook.add_format({"num_format": "#,##0.00##", "valign": "top"}),
            "date": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        workbook.set_properties(dict(properties or {}))
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.title), sheet, styles)


def _write_sheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    top = 1 if sheet.note else 0
    last = max(len(sheet.rows.columns) - 1, 0)
    lines = _lines(sheet, first=top + 1)
    if sheet.note:
        page.write_string(0, 0, sheet.note)
    for i, heading in enumerate(map(str, sheet.rows.columns)):
        page.write_string(top, i, heading, styles["head"])
        width = sheet.widths.get(heading) or _width(sheet.rows.iloc[:, i], heading)
        page.set_column(i, i, width)
        for line, value in zip(lines, sheet.rows.iloc[:, i], strict=True):
            _write_cell(page, line, i, value, styles)
    for row, text in sheet.bands.items():
        for i in range(last + 1):
            page.write_string(lines[row] - 1, i, text if i == 0 else "", styles["band"])
    page.freeze_panes(top + 1, 0)
    if not sheet.bands:  # sorting would tear the bands from their rows
        page.autofilter(top, 0, top + max(len(sheet.rows), 1), last)
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _lines(sheet: Sheet, first: int) -> list[int]:
    """Return the line of each row of the table, leaving one for every band above it."""
    above = 0
    lines = []
    for row in range(len(sheet.rows)):
        above += row in sheet.bands
        lines.append(first + row + above)
    return lines


def _write_cell(page: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    if pd.isna(value):
        return
    if isinstance(value, pd.Timestamp):
        page.write_datetime(row, column, value, styles["date"])
    elif isinstance(value, Real):
        style = "whole" if float(value).is_integer() else "number"
        page.write_number(row, column, float(value), styles[style])
    else:
        page.write_string(row, column, str(value), styles["cell"])


def _width(values: pd.Series, heading: str) -> float:
    longest = max([_cells(heading), *(_cells(str(value)) for value in values.dropna())])
    return min(longest + 2, WIDEST)


def _cells(text: str) -> int:
    """Return how wide a text is when Chinese characters take two places."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
