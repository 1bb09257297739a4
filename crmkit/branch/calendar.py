"""Days, months and years as numbers, and working days, roughly.

Days count from 1970-01-01; months are year times twelve plus month, January 0. Everything is
read off tables of the years a book may touch.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

#: The first year of the tables and the first after them.
_FIRST, _END = 1880, 2130


@dataclass(frozen=True)
class Calendar:
    """What is known of every month (its first day, its last holiday) and day (year, shift)."""

    month_start: NDArray[np.int64]
    holidays: NDArray[np.int8]
    year: NDArray[np.int32]
    weekend: NDArray[np.int8]
    first_day: int


@cache
def calendar() -> Calendar:
    """Return the tables.

    >>> calendar().month_start[0] == calendar().first_day
    True
    """
    months = np.arange(_FIRST * 12, _END * 12)
    starts = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = np.arange(starts[0], starts[-1] + 31)
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    holidays = np.select([months % 12 == 9, months % 12 == 4, months % 12 == 0], [7, 5, 3], 0)
    weekend = np.maximum((days + 3) % 7 - 4, 0)
    return Calendar(
        starts, holidays.astype(np.int8), years, weekend.astype(np.int8), int(starts[0])
    )


def years(days: NDArray[Any]) -> NDArray[np.int32]:
    """Return the years of days.

    >>> years(np.array([-1, 0, 366])).tolist()
    [1969, 1970, 1971]
    """
    return calendar().year.take(days - calendar().first_day)


def working_day(month: NDArray[Any], luck: NDArray[Any]) -> Days:
    """Return a working day of a month for each random number.

    Weekends are moved to the Friday before; the first days of January, May and October,
    which are holidays, to the week after.

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
    four_weeks = luck.dtype.type(28)
    day = (luck - luck // four_weeks * four_weeks).astype(np.int64)
    day += np.int64(8) * (day < known.holidays.take(place))
    day += known.month_start.take(place)
    day -= known.weekend.take(day - known.first_day)
    return day
