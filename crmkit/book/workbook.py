"""Excel workbooks for people: headings, widths, formats, and no formula that could run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from numbers import Real
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

from crmkit.book.files import atomic, workbook_name
from crmkit.errors import CrmkitError

#: Widest column, in characters of the standard font; longer text wraps.
WIDEST = 48

#: Height of a line of text, in points; Chinese fonts need a little more than Latin ones.
LINE = 16.0

#: Highest row Excel allows, in points.
HIGHEST = 409.0


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
    choices : mapping of str to sequence of str
        Columns in which a person chooses from a list, by heading; together under 255 letters.
    hidden : bool
        Whether the sheet is for programs and not shown to people.
    """

    title: str
    rows: pd.DataFrame
    note: str = ""
    bands: Mapping[int, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: bool = False


def write_workbook(
    sheets: Sequence[Sheet],
    path: str | Path,
    properties: Mapping[str, Any] | None = None,
    own: Mapping[str, str] | None = None,
) -> None:
    """Write sheets that print on A4 and hold text, numbers and dates, never formulas.

    Parameters
    ----------
    sheets : sequence of Sheet
        Text goes in as text whatever it begins with, so a name ``=1+1`` stays a name.
    path : str or Path
    properties : mapping, optional
        What the file says of itself: ``title``, ``comments``, ``created`` and so on.
    own : mapping of str to str, optional
        What it says under names of ours, for programs.

    Raises
    ------
    CrmkitError
        When the file cannot be written, for example because Excel has it open, or its name
        is not that of a workbook.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    workbook_name(path)
    try:
        with (
            atomic(path) as lent,
            xlsxwriter.Workbook(lent, {"default_date_format": "yyyy-mm-dd"}) as workbook,
        ):
            styles = _styles(workbook)
            workbook.set_properties(dict(properties or {}))
            for name, value in (own or {}).items():
                workbook.set_custom_property(name, value, "text")
            for sheet in sheets:
                _write_sheet(workbook.add_worksheet(sheet.title), sheet, styles)
    except FileCreateError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error


def _styles(workbook: Any) -> dict[str, Any]:
    cell = {"valign": "top", "indent": 1, "bottom": 4, "bottom_color": "#BBBBBB"}
    number = {**cell, "align": "right"}
    head = {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True}
    looks = {
        "head": {**cell, **head},
        "band": {"bold": True, "bg_color": "#EEEEEE", "top": 1},
        "cell": {**cell, "num_format": "@", "text_wrap": True},
        "whole": {**number, "num_format": "#,##0"},
        "number": {**number, "num_format": "#,##0.00##"},
        "date": {**cell, "num_format": "yyyy-mm-dd", "align": "left"},
    }
    return {name: workbook.add_format(look) for name, look in looks.items()}


def _write_sheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    top = 1 if sheet.note else 0
    last = max(len(sheet.rows.columns) - 1, 0)
    lines = _lines(sheet, first=top + 1)
    widths = [
        sheet.widths.get(str(heading)) or _width(sheet.rows.iloc[:, i], str(heading))
        for i, heading in enumerate(sheet.rows.columns)
    ]
    for line, cells in zip(lines, sheet.rows.itertuples(index=False), strict=True):
        page.set_row(line, _height(cells, widths))
    if sheet.note:
        page.write_string(0, 0, sheet.note)
    for i, heading in enumerate(map(str, sheet.rows.columns)):
        page.write_string(top, i, heading, styles["head"])
        page.set_column(i, i, widths[i])
        for line, value in zip(lines, sheet.rows.iloc[:, i], strict=True):
            _write_cell(page, line, i, value, styles)
    for row, text in sheet.bands.items():
        for i in range(last + 1):
            page.write_string(lines[row] - 1, i, text if i == 0 else "", styles["band"])
    for heading, words in sheet.choices.items():
        column = list(sheet.rows.columns).index(heading)
        asked = {"validate": "list", "source": list(words)}
        page.data_validation(top + 1, column, max(lines, default=top + 1), column, asked)
    if sheet.hidden:
        page.hide()
    page.freeze_panes(top + 1, 0)
    if not sheet.bands:  # sorting would tear the bands from their rows
        page.autofilter(top, 0, top + max(len(sheet.rows), 1), last)
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
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
        page.write_blank(row, column, None, styles["cell"])
    elif isinstance(value, pd.Timestamp):
        page.write_datetime(row, column, value, styles["date"])
    elif isinstance(value, Real):
        style = "whole" if float(value).is_integer() else "number"
        page.write_number(row, column, float(value), styles[style])
    else:
        page.write_string(row, column, str(value), styles["cell"])


def _width(values: pd.Series, heading: str) -> float:
    longest = max([_cells(heading), *(_cells(str(value)) for value in values.dropna())])
    return min(longest + 3, WIDEST)


def _height(cells: Iterable[Any], widths: Sequence[float]) -> float:
    """Return how high a row is in points, since not every program fits it to wrapped text."""
    lines = max(
        (
            sum(ceil((_cells(part) or 1) / max(width - 2, 1)) for part in str(value).split("\n"))
            for value, width in zip(cells, widths, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    return min(LINE * lines, HIGHEST)


def _cells(text: str) -> int:
    """Return how wide a text is when Chinese characters take two places."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
