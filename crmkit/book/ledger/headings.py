"""Headings: which row of a sheet they stand in, and which column of which table each names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import MappingProxyType

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

#: Running numbers of rows: kept like any unknown column, but no sign of a client.
_ROW_NUMBERS = frozenset({"序号", "序", "no", "no.", "#", "编号", "行号"})

_BRACKETS = re.compile(r"(.*?)[(\[【〔{](?:单位:?|unit:?)?(.*?)[)\]】〕}](.*)")
_SHEET_UNIT = re.compile(
    r"(?:金额)?(?:单位|unit)[:为](?:人民币)?(亿元|百万元|万元|千元|元|cny|rmb)"
)
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
    best: Layout | None = None
    for number, row in enumerate(sheet.rows[:TITLE_ROWS]):
        found = _best_kind(row)
        if found and (best is None or _score(*found) > _score(best.kind, best.fields)):
            best = _layout(found[0], number, row, found[1], sheet.rows[:number])
    return best


def match(heading: object, kind: str = "ledger") -> tuple[Column, str] | None:
    """Return the column that a heading names and the unit it states, or None.

    >>> column, unit = match("资产（万元）")
    >>> column.name, unit
    ('assets', '万元')
    """
    text = plain(heading).strip("*:：")
    bracketed = _BRACKETS.fullmatch(text)
    bare, unit = (bracketed[1] + bracketed[3], bracketed[2]) if bracketed else (text, "")
    names = _names(kind)
    if text in names:
        return names[text], ""
    if bare in names and _may_state(names[bare], unit):
        return names[bare], unit
    for label, column in names.items():
        rest = text.removeprefix(label).lstrip("/-_:：")
        if text.startswith(label) and rest in _units(column):
            return column, rest
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


def _best_kind(row: list[object]) -> tuple[str, dict[str, tuple[int, str]]] | None:
    """Return the kind a row of headings fits best, with index and unit of each column."""
    texts = [(i, c) for i, c in enumerate(row) if isinstance(c, str) and 0 < len(c) < LONGEST]
    best: tuple[str, dict[str, tuple[int, str]]] | None = None
    for kind in KINDS:
        found: dict[str, tuple[int, str]] = {}
        for exact in (True, False):  # a column's own name goes before its other names
            for index, cell in texts:
                named = match(cell, kind)
                if named and named[0].name not in found and (not exact or _is_own(cell, named[0])):
                    found[named[0].name] = (index, named[1])
        if _recognised(kind, found) and (best is None or _score(kind, found) > _score(*best)):
            best = kind, found
    return best


def _score(kind: str, found: Mapping[str, object]) -> int:
    """Return how many headings speak for a kind; names stand in every sort of sheet."""
    return len(found) - (kind == "ledger" and {"name", "client_id"} <= set(found))


def _recognised(kind: str, found: Mapping[str, object]) -> bool:
    """Tell whether the columns found make a table of this kind rather than a line of text."""
    if kind == "ledger":
        return len(found) > 1 and bool({"client_id", "name"} & set(found))
    return len(found) > 2


def _is_own(cell: str, column: Column) -> bool:
    text = plain(cell)
    return text.startswith((plain(column.zh), plain(column.en)))


def _layout(
    kind: str,
    number: int,
    row: list[object],
    found: Mapping[str, tuple[int, str]],
    titles: list[list[object]],
) -> Layout:
    sheet_unit = unit_in(titles)
    columns = _columns(kind)
    by_place = sorted(found.items(), key=lambda item: item[1][0])
    fields = {
        name: _field(columns[name], index, tidy(str(row[index])), unit or sheet_unit)
        for name, (index, unit) in by_place
        if not is_foreign(unit)
    }
    taken, headings = {f.index for f in fields.values()}, {f.heading for f in fields.values()}
    unknown: dict[int, str] = {}
    for index in range(len(row)):
        if index not in taken:
            heading = original(row[index]) if not is_blank(row[index]) else letter(index)
            unknown[index] = unlike(heading, {*unknown.values(), *headings})
    needed = () if kind == "ledger" else TABLES[kind].columns.values()
    missing = tuple(
        c for c in needed if c.required and c.name not in fields and c.name != f"{kind}_id"
    )
    return Layout(kind, number, MappingProxyType(fields), MappingProxyType(unknown), missing)


def _field(column: Column, index: int, heading: str, unit: str) -> Field:
    units = _units(column)
    if not units:
        return Field(column, index, heading)
    default = Decimal(column.unit.size)
    if unit in units:
        return Field(column, index, heading, units[unit])
    return Field(column, index, heading, default, "unit_unknown" if unit else "unit_assumed")


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
