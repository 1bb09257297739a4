"""Chinese trading days and working days, from a dated table of our own."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from json import dumps
from pathlib import Path
from types import MappingProxyType
from typing import Any

from crmkit.book.files import atomic, user_folder
from crmkit.errors import CrmkitError

ONE_DAY = timedelta(days=1)
SATURDAY = 5

#: The years a plan may lie in: the exchanges opened in 1990.
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Year:
    """What is known of one year.

    Attributes
    ----------
    year : int
    status : {"official", "provisional", "unknown"}
        ``unknown``: not in the table, so only weekends count as closed.
    offices, exchanges : str
        Where the days come from.
    published, checked : date or None
    imported : bool
        Whether the reader brought the year in from a notice.
    holidays, make_up, exchanges_only : frozenset of date
        Weekdays off; weekends worked by offices; weekdays off for the exchanges alone.
    """

    year: int
    status: str = "unknown"
    offices: str = ""
    exchanges: str = ""
    published: date | None = None
    checked: date | None = None
    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    exchanges_only: frozenset[date] = frozenset()
    imported: bool = False


def calendar_year(year: int) -> Year:
    """Return what is known of a year.

    Examples
    --------
    >>> calendar_year(2026).status, calendar_year(2027).status, calendar_year(2010).status
    ('official', 'provisional', 'unknown')
    """
    return _imported(own_table()).get(year) or _table().get(year) or Year(year)


def own_table() -> Path:
    """Return where years that the reader brought in are kept."""
    return user_folder() / "calendar_cn.toml"


def keep_year(known: Year) -> Path:
    """Keep a year for every plan from now on, and return the file it is in.

    Parameters
    ----------
    known : Year
        As :func:`crmkit.planning.notices.read_notice` gives it; it takes the place of what is
        known of that year.

    Raises
    ------
    CrmkitError
        ``book.not_writable``.
    """
    years = {**_imported(own_table()), known.year: known}
    own_table().parent.mkdir(parents=True, exist_ok=True)
    with atomic(own_table()) as lent:
        lent.write_text(years_as_toml([years[year] for year in sorted(years)]), encoding="utf-8")
    _imported.cache_clear()
    return own_table()


def years_as_toml(years: Iterable[Year]) -> str:
    """Return years as the calendar's own file has them.

    Examples
    --------
    >>> year = Year(2028, "official", "notice.txt", holidays=frozenset({date(2028, 1, 3)}))
    >>> print(years_as_toml([year]).splitlines()[4])
    holidays = [2028-01-03]
    """
    blocks = []
    for known in years:
        lists = [
            f"{kind} = [{', '.join(day.isoformat() for day in sorted(getattr(known, kind)))}]"
            for kind in ("holidays", "make_up", "exchanges_only")
        ]
        head = [f"year = {known.year}", f'status = "{known.status}"']
        blocks.append("\n".join(["[[year]]", *head, f"offices = {dumps(known.offices)}", *lists]))
    return "\n\n".join(blocks) + "\n"


def is_trading_day(day: date) -> bool:
    """Return whether the exchanges in Shanghai and Shenzhen open.

    Examples
    --------
    >>> is_trading_day(date(2026, 10, 9)), is_trading_day(date(2026, 10, 10))
    (True, False)
    """
    known = calendar_year(day.year)
    closed = day in known.holidays or day in known.exchanges_only
    return day.weekday() < SATURDAY and not closed


def is_working_day(day: date) -> bool:
    """Return whether offices work: also on make-up weekends, when no exchange opens.

    Examples
    --------
    >>> is_working_day(date(2026, 10, 10)), is_working_day(date(2024, 2, 9))
    (True, True)
    """
    known = calendar_year(day.year)
    return day in known.make_up or (day.weekday() < SATURDAY and day not in known.holidays)


def trading_days(start: date, days: int) -> list[date]:
    """Return the first trading days from a day on, that day included.

    Parameters
    ----------
    start : date
        In the years 1990 to 2100.
    days : int
        How many, from 1 to 250 (about a year).

    Raises
    ------
    CrmkitError
        ``planning.bad_start`` or ``planning.bad_days``.

    Examples
    --------
    >>> [f"{day:%m-%d}" for day in trading_days(date(2026, 9, 30), 3)]
    ['09-30', '10-08', '10-09']
    """
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise CrmkitError("planning.bad_start", start=start, first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= days <= 250:
        raise CrmkitError("planning.bad_days", days=days)
    return list(islice(filter(is_trading_day, _every_day_from(start)), days))


def next_trading_day(day: date) -> date:
    """Return the first trading day after a day.

    Examples
    --------
    >>> next_trading_day(date(2026, 9, 30))
    datetime.date(2026, 10, 8)
    """
    return next(filter(is_trading_day, _every_day_from(day + ONE_DAY)))


def uncertain_years(days: Iterable[date]) -> list[Year]:
    """Return the years of some days whose closures are not officially known.

    Examples
    --------
    >>> [year.status for year in uncertain_years([date(2026, 12, 31), date(2027, 1, 4)])]
    ['provisional']
    """
    years = sorted({day.year for day in days})
    return [known for known in map(calendar_year, years) if known.status != "official"]


def _every_day_from(start: date) -> Iterator[date]:
    while True:
        yield start
        start += ONE_DAY


@cache
def _table() -> Mapping[int, Year]:
    return _years(files("crmkit").joinpath("data/calendar_cn.toml").read_text(encoding="utf-8"))


@cache
def _imported(path: Path) -> Mapping[int, Year]:
    """Return the years the reader brought in; a file that is no calendar any more has none."""
    try:
        years = _years(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, KeyError, TypeError, tomllib.TOMLDecodeError):
        return {}
    return {year: replace(known, imported=True) for year, known in years.items()}


def _years(text: str) -> Mapping[int, Year]:
    years = map(_year, tomllib.loads(text)["year"])
    return MappingProxyType({known.year: known for known in years})


def _year(entry: Mapping[str, Any]) -> Year:
    facts: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value
        for name, value in entry.items()
    }
    return Year(**facts)
