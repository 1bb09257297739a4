"""Announced days off, read from the notice's own text or from a list of days."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from crmkit.book.birthdays import solar_day
from crmkit.book.ledger.sheets import open_sheets
from crmkit.errors import CrmkitError
from crmkit.planning.calendar import SATURDAY, Year
from crmkit.words import t

#: What the second column of a list may say.
_KINDS = {
    "holidays": {"休", "放假", "休息", "休市", "节假日", "法定节假日", "holiday", "closed", "off"},
    "make_up": {"班", "上班", "补班", "调休上班", "工作日", "work", "workday", "make-up"},
    "exchanges_only": {"交易所休市", "仅休市", "exchange", "exchanges_only", "exchange closed"},
}  # fmt: skip

#: Days off in every year since 2008: month and day, the lunar ones apart.
_SOLAR = ((1, 1), (5, 1), (10, 1))
_LUNAR = ((1, 1), (5, 5), (8, 15))

_BRACKETS = re.compile(r"[（(\[【]([^）)\]】]*)[）)\]】]")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})[日号](?:（周([一二三四五六日天])）)?")
_TO = re.compile(r"\s*(?:至|到|[-—–~～])\s*")
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d.*)?")
_CLAUSE = re.compile(r"[，,。；;\n]")


@dataclass(frozen=True)
class _Day:
    """One day as the file gives it, and the sentence about it if it cannot be so."""

    kind: str
    day: date | None
    problem: str = ""


def read_notice(path: str | Path) -> Year:
    """Return the year that a file announces.

    Parameters
    ----------
    path : str or Path
        The text of the State Council's or an exchange's notice, or a list (CSV or Excel) with
        a day in the first column and 休 or 班 (``holiday``, ``work``) in the second. UTF-8
        and GB18030 are read.

    Returns
    -------
    Year
        With status ``official`` and the file's name as its source.

    Raises
    ------
    CrmkitError
        ``calendar.no_days`` when nothing in the file is an announcement; ``calendar.refused``
        with every line that cannot be so, because half a calendar is worse than none.
    """
    rows = [row for sheet in open_sheets(path) for row in sheet.rows]
    found = list(_listed(rows)) or list(_told("\n".join(map(_line, rows))))
    years = [entry.day.year for entry in found if entry.day]
    if not years:
        raise CrmkitError("calendar.no_days", where=str(path))
    year = max(set(years), key=years.count)
    problems = [entry.problem for entry in found if entry.problem]
    days = {
        kind: frozenset(
            entry.day for entry in found if entry.kind == kind and entry.day and _counts(entry)
        )
        for kind in _KINDS
    }
    known = Year(
        year,
        "official",
        offices=Path(path).name,
        holidays=days["holidays"],
        make_up=days["make_up"],
        exchanges_only=days["exchanges_only"],
        imported=True,
    )
    problems += _contradictions(known)
    if problems:
        told = t("planning.semicolon").join(dict.fromkeys(problems))
        raise CrmkitError("calendar.refused", where=str(path), year=year, problems=told)
    return known


def _counts(entry: _Day) -> bool:
    """Return whether a day belongs into the table: weekends off are nothing new."""
    return entry.day is not None and (entry.kind == "make_up" or entry.day.weekday() < SATURDAY)


def _contradictions(known: Year) -> Iterator[str]:
    listed = known.holidays | known.make_up | known.exchanges_only
    for day in sorted(listed):
        if day.year != known.year:
            yield t("calendar.problem.other_year", day=day, year=known.year)
    for day in sorted(known.make_up):
        if day.weekday() < SATURDAY:
            yield t("calendar.problem.weekday_work", day=day)
    for day in sorted(known.holidays & known.exchanges_only):
        yield t("calendar.problem.twice", day=day)
    for day in sorted(_fixed(known.year) - known.holidays):
        yield t("calendar.problem.lacks", day=day)


def _fixed(year: int) -> set[date]:
    """Return the weekdays that are off in every year, whatever is announced."""
    solar = {date(year, month, day) for month, day in _SOLAR}
    lunar = {solar_day(year, month, day) for month, day in _LUNAR}
    return {day for day in solar | lunar if day.weekday() < SATURDAY}


def _line(row: Sequence[object]) -> str:
    return "，".join(str(cell) for cell in row if cell != "")


# a list of days


def _listed(rows: Iterable[Sequence[object]]) -> Iterator[_Day]:
    for place, row in enumerate(rows, start=1):
        cells = [cell for cell in row if cell != ""]
        day = _iso(cells[0]) if len(cells) > 1 else None
        if day is None:
            continue
        said = str(cells[1]).strip().casefold()
        kind = next((kind for kind, words in _KINDS.items() if said in words), "")
        problem = "" if kind else t("calendar.problem.kind", row=place, day=day, said=cells[1])
        yield _Day(kind, day, problem)


def _iso(cell: object) -> date | None:
    found = _ISO.fullmatch(str(cell).strip())
    return _valid(*map(int, found.groups())) if found else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# a notice in words


def _told(text: str) -> Iterator[_Day]:
    found = _YEAR.search(text)
    if not found:
        return
    year, month = int(found[1]), 0
    for clause in _CLAUSE.split(_BRACKETS.sub(_weekday_only, text)):
        kind = _kind_of(clause)
        if not kind:
            continue
        ends: list[tuple[date, int]] = []
        for named in _DAY.finditer(clause):
            month = int(named[2] or month)
            day = _valid(int(named[1] or year), month, int(named[3]))
            if day is None:
                yield _Day(kind, None, t("calendar.problem.no_such_day", said=named[0]))
                continue
            if named[4] and "一二三四五六日".index(named[4].replace("天", "日")) != day.weekday():
                yield _Day(kind, day, t("calendar.problem.weekday", said=named[0], day=day))
            ends.append((day, named.start()))
            yield from (_Day(kind, one) for one in _span(clause, ends))


def _span(clause: str, ends: list[tuple[date, int]]) -> list[date]:
    """Return the last day named and, if the clause says "to", all days since the one before."""
    (last, at) = ends[-1]
    if len(ends) > 1:
        first, before = ends[-2]
        between = _DAY.sub("", clause[before:at], count=1)
        if _TO.fullmatch(between) and first < last:
            return [first + timedelta(days=n) for n in range((last - first).days)] + [last]
    return [last]


def _kind_of(clause: str) -> str:
    if "上班" in clause:
        return "make_up"
    return "holidays" if re.search("放假|休市|休息", clause) else ""


def _weekday_only(brackets: re.Match[str]) -> str:
    found = _WEEKDAY.search(brackets[1])
    return f"（周{found[1]}）" if found else ""
