"""Days, months and years as numbers, and working days.

Days count from 1970-01-01; months are year times twelve plus month, January 0. Everything is
read off tables of the years a book may touch. Holidays are those announced, for the years of
``data/calendar_cn.toml``; for others the first days of January, May and October and the week of
the lunar New Year.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

#: Days between day 1 of Python's calendar and 1970-01-01.
EPOCH = 719_163

#: The first year of the tables and the first after them.
_FIRST, _END = 1880, 2130


@dataclass(frozen=True)
class Calendar:
    """What is known of every month (its first day, how many of its first days are holidays)
    and of every day (its year, and five times how far it is to a working day of its month:
    those drawn for a weekend share out the week)."""

    month_start: NDArray[np.int64]
    holidays: NDArray[np.int8]
    year: NDArray[np.int32]
    shifts: NDArray[np.int8]
    first_day: int


@cache
def calendar() -> Calendar:
    """Return the tables.

    >>> bool(calendar().month_start[0] == calendar().first_day)
    True
    """
    months = np.arange(_FIRST * 12, _END * 12)
    starts = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = np.arange(starts[0], starts[-1] + 31)
    named = days.astype("datetime64[D]")
    year = named.astype("datetime64[Y]").astype(np.int32) + 1970
    holidays = np.array([_HOLIDAYS.get(month % 12, 0) for month in months.tolist()])
    month = named.astype("datetime64[M]").astype(np.int64)
    nth = days - starts[month - month[0]] + 1
    weekday = (days + 3) % 7
    closed = np.isin(days, _new_year_weeks()) | (nth <= holidays[month - month[0]])
    announced, known = _announced()
    closed = (weekday > 4) | np.where(np.isin(year, known), np.isin(days, announced), closed)
    return Calendar(
        starts, holidays.astype(np.int8), year, _shifts(closed, weekday, month), int(starts[0])
    )


#: Holidays at the beginning of a month: until the third of January and so on.
_HOLIDAYS = {0: 3, 4: 5, 9: 7}


def _shifts(
    closed: NDArray[np.bool_], weekday: NDArray[np.int64], month: NDArray[np.int64]
) -> NDArray[np.int8]:
    """Return how far each closed day is from the working day it stands for, for each of five
    draws: for a weekend one day each of the week before, or of the week after where that
    belongs to another month; for a holiday the day after, or before, in the same month."""
    place = np.arange(len(closed))
    before = np.maximum.accumulate(np.where(closed, 0, place))
    after = np.minimum.accumulate(np.where(closed, len(place) - 1, place)[::-1])[::-1]
    opened = np.where(closed, np.where(month[after] == month, after, before), place)
    week = place - weekday + np.arange(5)[:, None]
    week += 7 * (month.take(week, mode="clip") != month)
    stands_for = np.where(weekday > 4, opened.take(week, mode="clip"), opened)
    return (stands_for - place).astype(np.int8).T.ravel()


def _new_year_weeks() -> NDArray[np.int64]:
    """Return New Year's Eve and the six days after it of every lunar year on record."""
    from borax.calendars import LunarDate

    first = [LunarDate(year, 1, 1).to_solar_date().toordinal() for year in range(1901, 2101)]
    return (np.array(first)[:, None] - EPOCH + np.arange(-1, 6)).ravel()


def _announced() -> tuple[NDArray[np.int64], list[int]]:
    """Return the weekdays on which the exchanges rest, and the years that this is known of."""
    text = files("crmkit").joinpath("data/calendar_cn.toml").read_text(encoding="utf-8")
    years = [row for row in tomllib.loads(text)["year"] if row["status"] == "official"]
    days = [day for row in years for day in (*row["holidays"], *row["exchanges_only"])]
    return np.array([day.toordinal() - EPOCH for day in days]), [row["year"] for row in years]


def years(days: NDArray[Any]) -> NDArray[np.int32]:
    """Return the years of days.

    >>> years(np.array([-1, 0, 366])).tolist()
    [1969, 1970, 1971]
    """
    return calendar().year.take(days - calendar().first_day)


def month_start(month: NDArray[Any]) -> Days:
    """Return the first days of months.

    >>> month_start(np.array([1970 * 12 + 1])).tolist()
    [31]
    """
    return calendar().month_start.take(month - _FIRST * 12)


def working_day(month: NDArray[Any], luck: NDArray[Any]) -> Days:
    """Return a working day of a month for each random number.

    Weekends are shared out over the days of the week before, holidays moved to the days after
    them; the first days of January, May and October to the week after.

    Parameters
    ----------
    month : array of int
        Year times twelve plus month, January 0.
    luck : array of int

    Examples
    --------
    >>> day = working_day(np.array([2025 * 12 + 9]), np.array([0], dtype=np.uint64))
    >>> day.astype("datetime64[D]").astype(str).tolist()
    ['2025-10-09']
    """
    known, place = calendar(), month - _FIRST * 12
    four_weeks, five = luck.dtype.type(28), luck.dtype.type(5)
    rest = luck // four_weeks
    day: Days = (luck - rest * four_weeks).astype(np.int64)
    day += np.int64(8) * (day < known.holidays.take(place))
    day += month_start(month)
    rest -= rest // five * five
    day += known.shifts.take((day - known.first_day) * 5 + rest.astype(np.int64))
    return day
