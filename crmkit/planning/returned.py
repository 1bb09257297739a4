"""An agenda that comes back from Excel: rows a person has moved, deleted, added or answered."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from crmkit.book.codes import word_for, words_for
from crmkit.book.ledger.cells import Parsed, is_blank, original, plain
from crmkit.book.ledger.dates import read_date
from crmkit.book.ledger.sheets import Sheet, open_sheets
from crmkit.book.results import PINS, RETURNED
from crmkit.book.schema import CLIENT, CODE, CONTACT, DATE, FLAG, Column, conform
from crmkit.errors import CrmkitError
from crmkit.planning.calendar import LAST_YEAR
from crmkit.words import t

#: The sheet, hidden from people, on which a workbook keeps the plan as it was made.
PLANNED = "crmkit"

#: How far down a sheet its headings may stand.
TITLE_ROWS = 30

PROBLEMS = ("sheet", "row", "column", "value", "problem", "hint")

_NAME = CLIENT.columns["name"]
_ANY_DAY = date(LAST_YEAR, 12, 31)
_YES = {"1", "y", "x", "√", "✓", "✔", "true"}
_NO = {"0", "n", "×", "false"}


@dataclass(frozen=True)
class Returned:
    """What a returned agenda says.

    Attributes
    ----------
    rows : DataFrame
        ``results.RETURNED``: the rows that could be read.
    planned : DataFrame or None
        Client, day and channel of the plan as it was handed out; None when the file does
        not carry it, as a plan that somebody wrote by hand.
    problems : DataFrame
        What is to be put right: ``sheet``, ``row``, ``column``, ``value``, ``problem``,
        ``hint``. A row with a problem that costs it its meaning is not in ``rows``.
    unread : DataFrame
        Client, day and channel of those rows, as far as they can be read.
    """

    rows: pd.DataFrame = field(repr=False)
    planned: pd.DataFrame | None = field(repr=False)
    problems: pd.DataFrame = field(repr=False)
    unread: pd.DataFrame = field(repr=False)


def read_returned(path: str | Path, clients: pd.DataFrame) -> Returned:
    """Read an agenda that a person has worked on, in either language.

    Parameters
    ----------
    path : str or Path
        The workbook of ``crmkit plan -o``, or any table with a client's number, a day and a
        channel.
    clients : DataFrame
        The ``client`` table of the book: who there is. A number that lost its leading zeros in
        Excel is found again; a row with a name only is taken when the name is of one client.

    Raises
    ------
    CrmkitError
        ``returned.no_table`` when no sheet has the headings, ``returned.a_ledger`` when only a
        ledger's record of contacts has; what ``open_sheets`` raises.
    """
    sheets = open_sheets(path)
    handed_out = [sheet for sheet in sheets if sheet.name == PLANNED]
    known = _Known.of(clients)
    rows, problems, unread = _read(*_agenda_of(sheets, path), known)
    planned = None
    if handed_out and (top := _headings(handed_out[0])):
        planned = _read(handed_out[0], top, known)[0][["client_id", "date", "channel"]]
    return Returned(rows, planned, problems, unread)


def find_table(path: str | Path) -> tuple[Sheet, tuple[int, Mapping[str, int]]]:
    """Return the sheet with the agenda, the place of its headings, and of each column.

    Raises
    ------
    CrmkitError
        As :func:`read_returned`.
    """
    return _agenda_of(open_sheets(path), path)


def pins_of(returned: Returned) -> pd.DataFrame:
    """Return what a person's changes ask of the next plan.

    Rows that stand as they were handed out ask for nothing, unless they are marked as pinned;
    a row that is gone asks for nothing on that day; what was moved or added is fixed. A row
    that cannot be read is not gone: what it may have been stays as it was planned.

    Parameters
    ----------
    returned : Returned

    Returns
    -------
    DataFrame
        ``results.PINS``.
    """
    rows = returned.rows[returned.rows["outcome"].isna()]
    wanted = _keyed(rows)
    before = {} if returned.planned is None else _keyed(returned.planned)
    pinned = set(_keyed(rows[rows["pin"].fillna(False).astype(bool)]))
    reported = set(_keyed(returned.rows[returned.rows["outcome"].notna()], channel=False))
    found: dict[tuple[str, pd.Timestamp], tuple[str | None, str]] = {}
    for client_id, day, channel in before:
        gone = (client_id, day) not in reported and (client_id, day, channel) not in wanted
        if gone and not _may_be_unread(client_id, day, returned.unread):
            found[client_id, day] = (None, "kept_free")
    for client_id, day, channel in wanted:
        if (client_id, day, channel) not in before or (client_id, day, channel) in pinned:
            found[client_id, day] = (channel, "fixed")
    pins = [
        {"client_id": client_id, "date": day, "channel": channel, "pin": pin}
        for (client_id, day), (channel, pin) in found.items()
    ]
    return conform(pd.DataFrame(pins), PINS).sort_values(["date", "client_id"], ignore_index=True)


def _may_be_unread(client_id: str, day: pd.Timestamp, unread: pd.DataFrame) -> bool:
    """Return whether a row that cannot be read may be the contact of a client on a day."""
    nobody = unread["client_id"].isna() & (unread["date"] == day)
    return bool((nobody | (unread["client_id"] == client_id)).any())


def _keyed(rows: pd.DataFrame, channel: bool = True) -> dict[tuple[Any, ...], None]:
    names = ["client_id", "date", "channel"] if channel else ["client_id", "date"]
    return dict.fromkeys(rows[names].itertuples(index=False, name=None))


# headings and rows

_Headings = Mapping[str, int]


def _agenda_of(sheets: Sequence[Sheet], path: str | Path) -> tuple[Sheet, tuple[int, _Headings]]:
    found = [(sheet, place) for sheet in sheets if (place := _headings(sheet))]
    plans = [one for one in found if one[0].name != PLANNED and not _is_record(*one)]
    if not plans:
        raise CrmkitError(f"returned.{'a_ledger' if found else 'no_table'}", where=str(path))
    return plans[0]


def _is_record(sheet: Sheet, place: tuple[int, _Headings]) -> bool:
    """Return whether a sheet has the contacts of a ledger, which say who made each."""
    return any(
        plain(cell) in _written(CONTACT.columns["direction"]) for cell in sheet.rows[place[0]]
    )


def _headings(sheet: Sheet) -> tuple[int, _Headings] | None:
    """Return the row of the headings and where each column stands, or None."""
    names = {name: _written(column) for name, column in _columns().items()}
    for place, row in enumerate(sheet.rows[:TITLE_ROWS]):
        cells = [plain(cell) for cell in row]
        found = {
            name: next(i for i, cell in enumerate(cells) if cell in written)
            for name, written in names.items()
            if any(cell in written for cell in cells)
        }
        if {"date", "channel"} <= found.keys() and found.keys() & {"client_id", "name"}:
            return place, found
    return None


def _columns() -> dict[str, Column]:
    return {"name": _NAME, **{n: c for n, c in RETURNED.columns.items() if n != "row"}}


def _written(column: Column) -> set[str]:
    return {plain(text) for text in (column.zh, column.en, column.name, *column.aliases)}


def _read(
    sheet: Sheet, top: tuple[int, _Headings], known: "_Known"
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    line, headings = top
    rows: list[dict[str, Any]] = []
    unread: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    taken: dict[tuple[Any, Any], int] = {}
    for number, cells in enumerate(sheet.rows[line + 1 :], start=line + 2):
        named = {name: cells[at] for name, at in headings.items() if at < len(cells)}
        if _is_band(named, cells):
            continue
        row, said = _row(named, known)
        key = (row.get("client_id"), row.get("date"))
        if not said and key in taken:
            said = [("date", "twice", {"row": taken[key]})]
        problems += [_problem(sheet, number, named, *one) for one in said]
        if any(column in _NEEDED for column, _, _ in said):
            unread.append({"row": number, **row})
            continue
        taken[key] = number
        rows.append({"row": number, **row})
    told = pd.DataFrame(problems, columns=list(PROBLEMS))
    return conform(pd.DataFrame(rows), RETURNED), told, conform(pd.DataFrame(unread), RETURNED)


_NEEDED = ("client_id", "name", "date", "channel")

_Said = tuple[str, str, dict[str, Any]]


def _is_band(named: Mapping[str, object], cells: list[object]) -> bool:
    """Return whether a row is empty, or a line across the table such as that of a day."""
    filled = [i for i, cell in enumerate(cells) if not is_blank(cell)]
    return not filled or (filled == [0] and _day(named.get("date", "")).value is None)


def _row(named: Mapping[str, object], known: "_Known") -> tuple[dict[str, Any], list[_Said]]:
    said: list[_Said] = []
    client_id, problem = known.find(named.get("client_id", ""), named.get("name", ""))
    if problem:
        said.append(("client_id" if "client_id" in named else "name", problem, {}))
    row: dict[str, Any] = {"client_id": client_id}
    for name, column in RETURNED.columns.items():
        cell = named.get(name, "")
        if name in ("row", "client_id") or (is_blank(cell) and name not in _NEEDED):
            continue
        read = _READ[column.dtype](cell, column)
        if read.value is None:
            said.append((name, _PROBLEM[column.dtype], {"allowed": _allowed(column)}))
        row[name] = read.value
    if row.get("moved_to") and row.get("outcome") != "moved":
        said.append(("moved_to", "not_moved", {}))
    return row, said


def _problem(
    sheet: Sheet, number: int, named: Mapping[str, object], column: str, kind: str, slots: Any
) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "row": number,
        "column": _columns()[column].heading(),
        "value": original(named.get(column, "")),
        "problem": t(f"returned.problem.{kind}", **slots),
        "hint": t(f"returned.problem.{kind}_next", **slots),
    }


# cells


def _day(cell: object, column: Column = RETURNED.columns["date"]) -> Parsed:
    return Parsed() if is_blank(cell) else read_date(cell, column, _ANY_DAY)


def _code(cell: object, column: Column) -> Parsed:
    text = plain(cell)
    matches = (code for code in column.values if text in {plain(w) for w in words_for(code)})
    return Parsed(next(matches, None))


def _flag(cell: object, column: Column) -> Parsed:
    text = plain(cell)
    if text in _YES | {plain(word) for word in words_for("yes")}:
        return Parsed(True)
    return Parsed(False if text in _NO | {plain(word) for word in words_for("no")} else None)


def _allowed(column: Column) -> str:
    return t("planning.comma").join(map(word_for, column.values))


_READ: Mapping[str, Callable[[object, Column], Parsed]] = {DATE: _day, CODE: _code, FLAG: _flag}
_PROBLEM = {DATE: "date", CODE: "code", FLAG: "flag"}


@dataclass(frozen=True)
class _Known:
    """The clients of the book, by number, by number without leading zeros, by name."""

    ids: Collection[str]
    short: Mapping[str, str]
    names: Mapping[str, str | None]

    @classmethod
    def of(cls, clients: pd.DataFrame) -> "_Known":
        """Return the clients of a table."""
        ids = clients["client_id"].astype("str").tolist()
        return cls(
            frozenset(ids),
            {short: one for short, one in _only((i.lstrip("0"), i) for i in ids) if one},
            dict(
                _only((plain(n), i) for n, i in zip(clients["name"].fillna(""), ids, strict=True))
            ),
        )

    def find(self, number: object, name: object) -> tuple[str | None, str]:
        """Return whom a row is about, and which problem there is if nobody."""
        text = "" if is_blank(number) else original(number)
        if text in self.ids:
            return text, ""
        if text and (found := self.short.get(text.lstrip("0"))):
            return found, ""
        if text or is_blank(name):
            return None, "stranger" if text else "nobody"
        called = plain(name)
        if called not in self.names:
            return None, "stranger"
        return self.names[called], "" if self.names[called] else "namesakes"


def _only(pairs: Any) -> Iterator[tuple[str, str | None]]:
    """Yield each key with its value, or with None when several have it."""
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    for key, values in found.items():
        yield key, next(iter(values)) if len(values) == 1 else None
