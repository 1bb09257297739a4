"""Headings: which row of a sheet they stand in, and which column of which table each names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from crmkit.book.ledger.amounts import MONEY_UNITS, RATE_UNITS
from crmkit.book.ledger.cells import is_blank, original, plain, tidy
from crmkit.book.ledger.sheets import Sheet
from crmkit.book.schema import RATE, TABLES, Column, ledger_columns
from crmkit.book.units import PLAIN

#: How far down a sheet the headings are looked for.
TITLE_ROWS = 30

#: What a sheet can be. Where it could be either of two, the earlier one wins.
KINDS = ("activity", "contact", "complaint", "referral", "holding", "ledger")

#: No heading is longer.
LONGEST = 60

#: Headings over running numbers of rows, which say nothing of a client.
_ROW_NUMBERS = frozenset({"序号", "序", "no", "no.", "#", "编号", "行号"})

_BRACKETS = re.compile(r"(.*?)[(\[【〔{](?:单位:?|unit:?)?(.*?)[)\]】〕}](.*)")
_SHEET_UNIT = re.compile(r"(?:单位|unit)[:为](?:人民币)?(亿元|百万元|万元|千元|元|cny|rmb)")
_FOREIGN = ("美元", "港币", "港元", "欧元", "日元", "英镑", "usd", "hkd", "eur", "jpy", "gbp", "$")


@dataclass(frozen=True)
class Field:
    """A column of a sheet that a table of the book knows.

    Attributes
    ----------
    column : Column
    index : int
        Place in the row, from 0.
    heading : str
        As it stands in the user's file.
    unit : Decimal
        Stored units per unit of the heading.
    remark : str
        Kind of the finding about the heading's unit; empty when there is nothing to say.
    """

    column: Column
    index: int
    heading: str
    unit: Decimal = Decimal(1)
    remark: str = ""


@dataclass(frozen=True)
class Layout:
    """What a sheet holds and where.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    row : int
        Index of the heading row, from 0.
    fields : mapping of str to Field
        By column name.
    unknown : mapping of int to str
        Headings that no table knows, by place in the row; never two alike.
    missing : tuple of Column
        Columns without which rows of this kind cannot be kept.
    """

    kind: str
    row: int
    fields: Mapping[str, Field] = field(repr=False)
    unknown: Mapping[int, str] = field(repr=False)
    missing: tuple[Column, ...] = ()


class Named(NamedTuple):
    """What a heading names: a column, the unit it states, whether by the column's own name."""

    column: Column
    unit: str
    is_own: bool


#: What the headings of a row name, with their places in the row, by column name.
Found = dict[str, tuple[int, Named]]


def find_layout(sheet: Sheet) -> Layout | None:
    """Return what a sheet holds, or None when no row of it looks like headings.

    The row and the kind with the most headings in common win; of two alike, the upper row.

    Examples
    --------
    >>> rows = [["台账"], ["姓名", "资产(元)", "客户编号", "爱好"], ["张三", 1e5, 13131, "钓鱼"]]
    >>> layout = find_layout(Sheet("2010", rows))
    >>> layout.kind, layout.row, list(layout.fields), dict(layout.unknown)
    ('ledger', 1, ['name', 'assets', 'client_id'], {3: '爱好'})
    """
    scored = [
        (_score(kind, found), kind, number, found)
        for number, row in enumerate(sheet.rows[:TITLE_ROWS])
        for kind in KINDS
        if _is_recognised(kind, found := _named_in(row, kind))
    ]
    if not scored:
        return None
    _, kind, number, found = max(scored, key=lambda layout: layout[0])
    return _layout(sheet, kind, number, found)


def match(heading: object, kind: str = "ledger") -> Named | None:
    """Return the column that a heading names and the unit it states, or None.

    >>> column, unit, _ = match("资产（万元）")
    >>> column.name, unit
    ('assets', '万元')
    """
    text = plain(heading).strip("*:：.")
    names = _names(kind)
    if len(text) > LONGEST:
        return None
    if text in names:
        return _named(names[text], "", text)
    bracketed = _BRACKETS.fullmatch(text)
    if bracketed and (column := names.get(bracketed[1] + bracketed[3])):
        unit = bracketed[2]
        return _named(column, unit, bracketed[1]) if _may_state(column, unit) else None
    for label, column in names.items():
        unit = text[len(label) :].lstrip("/-_:：,，").removeprefix("in")
        if text.startswith(label) and unit in _units(column):
            return _named(column, unit, label)
    return None


def unit_in(rows: Iterable[list[object]]) -> str:
    """Return the unit that title rows state for every amount below them: ``单位：万元``."""
    for row in rows:
        for cell in row:
            found = _SHEET_UNIT.search(plain(cell))
            if found:
                return found[1]
    return ""


def is_foreign(heading: object) -> bool:
    """Tell whether a heading or a unit names money that is not yuan."""
    text = plain(heading)
    return any(sign in text for sign in _FOREIGN)


def is_row_number(heading: str) -> bool:
    """Tell whether a heading stands over running numbers of the rows."""
    return plain(heading) in _ROW_NUMBERS


def unlike(heading: str, others: Iterable[str]) -> str:
    """Return the heading, numbered when another column has the same.

    >>> unlike("备用", ["备用"])
    '备用 (2)'
    """
    taken = set(others)
    candidates = (heading, *(f"{heading} ({n})" for n in range(2, len(taken) + 3)))
    return next(c for c in candidates if c not in taken)


def letter(index: int) -> str:
    """Return the letters Excel gives a column: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _named(column: Column, unit: str, label: str) -> Named:
    return Named(column, unit, label in (plain(column.zh), plain(column.en), column.name))


def _named_in(row: list[object], kind: str) -> Found:
    """Return what the cells of a row name; a column's own name goes before its other names."""
    texts = ((i, c) for i, c in enumerate(row) if isinstance(c, str) and c)
    named = [(i, found) for i, text in texts if (found := match(text, kind))]
    first: Found = {}
    for index, found in sorted(named, key=lambda place: not place[1].is_own):
        first.setdefault(found.column.name, (index, found))
    return first


def _score(kind: str, found: Found) -> int:
    """Return how many headings speak for a kind; names stand in every sort of sheet."""
    return len(found) - (kind == "ledger" and {"name", "client_id"} <= set(found))


def _is_recognised(kind: str, found: Found) -> bool:
    """Tell whether the columns found make a table of this kind rather than a line of text."""
    if kind == "ledger":
        return len(found) > 1 and bool({"client_id", "name"} & set(found))
    return len(found) > 2


def _layout(sheet: Sheet, kind: str, number: int, found: Found) -> Layout:
    row, sheet_unit = sheet.rows[number], unit_in(sheet.rows[:number])
    fields = {
        name: _field(named, index, tidy(str(row[index])), sheet_unit)
        for name, (index, named) in sorted(found.items(), key=lambda place: place[1][0])
        if not is_foreign(named.unit)
    }
    unknown: dict[int, str] = {}
    headings = {f.index: f.heading for f in fields.values()}
    for index in (place for place in range(len(row)) if place not in headings):
        heading = letter(index) if is_blank(row[index]) else original(row[index])
        unknown[index] = unlike(heading, {*headings.values(), *unknown.values()})
    needed = () if kind == "ledger" else TABLES[kind].columns.values()
    missing = tuple(
        c for c in needed if c.required and c.name not in fields and c.name != f"{kind}_id"
    )
    return Layout(kind, number, MappingProxyType(fields), MappingProxyType(unknown), missing)


def _field(named: Named, index: int, heading: str, sheet_unit: str) -> Field:
    units = _units(named.column)
    unit = named.unit or (sheet_unit if sheet_unit in units else "")
    if not units or unit in units:
        return Field(named.column, index, heading, units.get(unit, Decimal(1)))
    remark = "unit_unknown" if unit else "unit_assumed"
    return Field(named.column, index, heading, Decimal(named.column.unit.size), remark)


def _may_state(column: Column, unit: str) -> bool:
    """Tell whether a unit can be the column's: money is not per mille, nor a rate yuan."""
    return unit in _units(column) or (unit not in MONEY_UNITS and unit not in RATE_UNITS)


def _units(column: Column) -> Mapping[str, Decimal]:
    if column.unit == PLAIN:
        return {}
    return RATE_UNITS if column.dtype == RATE else MONEY_UNITS


@cache
def _columns(kind: str) -> Mapping[str, Column]:
    """Return the columns that a kind of sheet may have, by name."""
    return ledger_columns() if kind == "ledger" else TABLES[kind].columns


@cache
def _names(kind: str) -> Mapping[str, Column]:
    """Return every name a heading may have, without its unit, with the column it names."""
    columns = _columns(kind).values()
    names: dict[str, Column] = {}
    for column in columns:
        names |= {plain(label): column for label in (column.zh, column.en, column.name)}
    for column in columns:
        for alias in column.aliases:
            names.setdefault(plain(alias), column)
    return names
