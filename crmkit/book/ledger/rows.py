"""The rows of a sheet: which are data, and what each cell of them holds."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from crmkit.book.ledger.amounts import rate_bounds, read_count, read_money, read_rate
from crmkit.book.ledger.cells import (
    Finding,
    Parsed,
    is_blank,
    is_error,
    is_nothing,
    original,
    plain,
    read_code,
    read_flag,
    read_id,
    read_name,
    read_text,
    wrong,
)
from crmkit.book.ledger.dates import read_date, read_month
from crmkit.book.ledger.entries import Entry, Ignored
from crmkit.book.ledger.headings import Field, Layout, is_foreign, is_row_number, match
from crmkit.book.ledger.phones import read_phone, settle
from crmkit.book.ledger.sheets import Sheet
from crmkit.book.schema import CODE, COUNT, DATE, FLAG, RATE
from crmkit.book.units import PLAIN
from crmkit.words import t

_TOTAL = re.compile(
    r"(合计|总计|小计|共计|总和|累计|平均|grandtotal|subtotal|total|sum|average)"
    r"[:：]?[\d,.]*(人|户|位|名|笔|clients?)?"
)
_FOOTNOTE = re.compile(r"[:：。；]|^(注|说明|备注|制表|填表|审核|note|prepared|printed)", re.I)

Reader = Callable[[object], Parsed]


@dataclass(frozen=True)
class Row:
    """A row of data: where it stands, what was read of it, what there is to say about it.

    Attributes
    ----------
    sheet : str
    number : int
        As Excel numbers it.
    layout : Layout
    cells : list
        As they stand in the file.
    values : mapping
        What was read, by column name; None for what is missing.
    findings : tuple of (str, Finding)
        Each with the name of the column it is about.
    """

    sheet: str
    number: int
    layout: Layout = field(repr=False)
    cells: list[object] = field(repr=False)
    values: Mapping[str, Any]
    findings: tuple[tuple[str, Finding], ...] = ()

    def entry(self, column: str, finding: Finding, lost: bool = False) -> Entry:
        """Return a finding with its place in the file, by the name of the column."""
        known = self.layout.fields.get(column)
        heading = known.heading if known else ""
        value = original(self.cells[known.index]) if known else ""
        return Entry(self.sheet, self.number, heading, value, finding, lost)

    def entries(self) -> list[Entry]:
        """Return everything there is to say about the cells of this row."""
        return [self.entry(column, finding) for column, finding in self.findings]

    def fault(self, column: str) -> Finding | None:
        """Return what kept the cell of a column from being read, if anything did."""
        findings = (finding for name, finding in self.findings if name == column)
        return next(findings, None) if self.values.get(column) is None else None

    def extra(self) -> dict[str, str]:
        """Return what stands in columns that no table knows, by heading."""
        return {
            heading: original(self.cells[index])
            for index, heading in self.layout.unknown.items()
            if not is_blank(self.cells[index]) and not is_row_number(heading)
        }


@dataclass(frozen=True)
class SheetRows:
    """Everything a sheet holds: its layout, its rows, what to say about its headings."""

    sheet: str
    layout: Layout
    rows: list[Row] = field(repr=False)
    entries: list[Entry] = field(repr=False)
    ignored: list[Ignored] = field(repr=False)


def read_rows(sheet: Sheet, layout: Layout, as_of: date) -> SheetRows:
    """Return the rows of a sheet below its headings, each cell read.

    Parameters
    ----------
    sheet : Sheet
    layout : Layout
    as_of : date
        No date in the sheet may lie after it.
    """
    readers = [(f.column.name, f.index, reader(f, as_of)) for f in layout.fields.values()]
    rows: list[Row] = []
    ignored = [
        Ignored(sheet.name, number, t("ledger.title_row"))
        for number, cells in enumerate(sheet.rows[: layout.row], start=1)
        if any(not is_blank(cell) for cell in cells)
    ]
    for number, cells in _numbered(sheet, layout):
        reason = _no_data(cells, layout, sheet.rows[layout.row])
        if reason:
            ignored.append(Ignored(sheet.name, number, t(f"ledger.{reason}")))
        else:
            rows.append(Row(sheet.name, number, layout, cells, *_read_cells(cells, readers)))
    return SheetRows(sheet.name, layout, rows, list(_about_headings(sheet, layout)), ignored)


def reader(column_field: Field, as_of: date) -> Reader:
    """Return the function that reads the cells of a column, empty ones and errors included."""
    column = column_field.column
    keeps_words = column.dtype == FLAG or column.personal in ("name", "text", "address")
    is_empty = is_blank if keeps_words else is_nothing
    read = _reader(column_field, as_of)

    def read_cell(cell: object) -> Parsed:
        if is_empty(cell):
            return Parsed()
        return wrong("error_cell") if is_error(cell) else read(cell)

    return read_cell


def _reader(column_field: Field, as_of: date) -> Reader:
    column, unit = column_field.column, column_field.unit
    if column.name == "month":
        return partial(read_month, column=column, as_of=as_of)
    if column.dtype == DATE:
        return partial(read_date, column=column, as_of=as_of)
    if column.dtype == RATE:
        return partial(read_rate, heading_unit=unit, bounds=rate_bounds(as_of))
    if column.unit != PLAIN:
        return partial(read_money, column=column, heading_unit=unit)
    if column.dtype == COUNT:
        return partial(read_count, column=column)
    if column.dtype == CODE:
        return partial(read_code, column=column)
    if column.dtype == FLAG:
        return read_flag
    by_mask = {"phone": read_phone, "name": read_name}
    return by_mask.get(column.personal, read_id if column.name.endswith("_id") else read_text)


def _numbered(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, list[object]]]:
    """Yield the rows below the headings with Excel's numbers, down to the last with anything."""
    last = max(n for n, row in enumerate(sheet.rows) if any(not is_blank(cell) for cell in row))
    for index in range(layout.row + 1, last + 1):
        yield index + 1, sheet.rows[index]


def _no_data(cells: list[object], layout: Layout, headings: list[object]) -> str:
    """Return why a row is no data, as an entry of ``ledger.toml``; empty when it is."""
    counters = {i for i, heading in layout.unknown.items() if is_row_number(heading)}
    filled = [cell for i, cell in enumerate(cells) if i not in counters and not is_blank(cell)]
    if not filled:
        return "blank_row"
    if cells == headings:
        return "headings_again"
    named = [cells[f.index] for n, f in layout.fields.items() if n in ("name", "client_id")]
    first = next(cell for cell in cells if not is_blank(cell))
    heads = [first, *(named if any(not is_blank(cell) for cell in named) else filled)]
    if any(_TOTAL.fullmatch(plain(cell)) for cell in heads):
        return "total_row"
    if len(filled) == 1 and isinstance(filled[0], str) and _FOOTNOTE.search(plain(filled[0])):
        return "footnote"
    return ""


def _read_cells(
    cells: list[object], readers: list[tuple[str, int, Reader]]
) -> tuple[dict[str, Any], tuple[tuple[str, Finding], ...]]:
    """Return the values of a row by column, and what there is to say about them."""
    values: dict[str, Any] = {}
    findings: list[tuple[str, Finding]] = []
    for name, index, read in readers:
        values[name], finding = read(cells[index])
        if finding:
            findings.append((name, finding))
    if "mobile" in values or "phone" in values:
        findings += _settle_phones(values)
    return values, tuple(findings)


def _settle_phones(values: dict[str, Any]) -> Iterator[tuple[str, Finding]]:
    """Put each phone number of a row in its place, and say what was moved or left over."""
    source = "mobile" if values.get("mobile") else "phone"
    phones = settle(values.get("mobile") or (), values.get("phone") or ())
    values |= {"mobile": phones.mobile, "phone": phones.landline}
    if phones.extra:
        yield source, Finding("phone_extra", {"count": len(phones.extra)})
    if phones.moved:
        yield source, Finding("phone_moved")


def _about_headings(sheet: Sheet, layout: Layout) -> Iterator[Entry]:
    """Yield what there is to say about the headings: units not stated, columns not known."""
    row = layout.row + 1
    for column_field in layout.fields.values():
        if column_field.remark:
            finding = Finding(column_field.remark, {"unit": column_field.column.unit.label()})
            yield Entry(sheet.name, row, column_field.heading, column_field.heading, finding)
    for index, heading in layout.unknown.items():
        if not is_row_number(heading) and _has_data(sheet, layout, index):
            kind = _unknown_kind(layout, sheet.rows[layout.row][index])
            yield Entry(sheet.name, row, heading, heading, Finding(kind))


def _unknown_kind(layout: Layout, heading: object) -> str:
    if is_blank(heading):
        return "heading_missing"
    if match(heading, layout.kind):
        return "unit_foreign" if is_foreign(heading) else "heading_repeated"
    return "column_kept" if layout.kind == "ledger" else "column_not_read"


def _has_data(sheet: Sheet, layout: Layout, index: int) -> bool:
    below = sheet.rows[layout.row + 1 :]
    return any(not is_blank(row[index]) for row in below)
