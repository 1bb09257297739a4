"""Birthdays: 29 February in common years, and those kept by the lunar calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

#: Years the tables of the lunar calendar reach.
FIRST_LUNAR, LAST_LUNAR = 1900, 2100

_MONTHS = {name: n for n, name in enumerate("正二三四五六七八九十冬腊", start=1)} | {
    "一": 1, "十一": 11, "十二": 12,
}  # fmt: skip
_UNITS = {name: n for n, name in enumerate("一二三四五六七八九十", start=1)}
_TENS = {"初": 0, "十": 10, "廿": 20, "二十": 20, "卅": 30, "三十": 30}
_SAID = re.compile(
    r"(闰)?(十[一二]|[正一二三四五六七八九十冬腊]|\d{1,2})月"
    r"(初[一二三四五六七八九十]|(?:二十|三十|[十廿卅])[一二三四五六七八九]?|\d{1,2})(?:日|号)?"
)
_MARKED = re.compile(
    rf"(?:农历|阴历|旧历|lunar)(?:[生日过按是为在：:\s]|calendar|birthday)*{_SAID.pattern}", re.I
)


@dataclass(frozen=True)
class LunarDay:
    """A day of the lunar year, such as a birthday: month 1 to 12, day 1 to 30, leap or not."""

    month: int
    day: int
    leap: bool = False


def birthday(born: date, year: int) -> date:
    """Return the birthday in a year; 29 February is kept on the 28th in common years.

    Examples
    --------
    >>> birthday(date(1988, 2, 29), 2026), birthday(date(1988, 2, 29), 2028)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    """
    try:
        return born.replace(year=year)
    except ValueError:
        return born.replace(year=year, day=28)


def read_lunar(text: str, marked: bool = True) -> LunarDay | None:
    """Return the lunar day a text names.

    Parameters
    ----------
    text : str
    marked : bool
        Whether the text has to say that it means the lunar calendar; a column of its own
        need not.

    Examples
    --------
    >>> read_lunar("生日按农历八月十五过"), read_lunar("8月15日通话")
    (LunarDay(month=8, day=15, leap=False), None)
    >>> read_lunar("腊月廿三", marked=False)
    LunarDay(month=12, day=23, leap=False)
    """
    found = (_MARKED if marked else _SAID).search(text)
    if not found:
        return None
    leap, month, day = found.groups()
    numbers = (_MONTHS.get(month) or int(month), _day(day))
    return LunarDay(*numbers, bool(leap)) if numbers[0] <= 12 and 1 <= numbers[1] <= 30 else None


def solar_day(year: int, month: int, day: int, leap: bool = False) -> date:
    """Return the day of the common calendar on which a day of a lunar year falls.

    A leap month that the year does not have is kept in the month it repeats, and the 30th of
    a month with 29 days on the 29th.

    Parameters
    ----------
    year : int
        Of the lunar calendar, from 1900 to 2100: it begins at Spring Festival.
    month, day : int
    leap : bool

    Examples
    --------
    >>> solar_day(2027, 1, 1), solar_day(2026, 12, 30)
    (datetime.date(2027, 2, 6), datetime.date(2027, 2, 5))
    """
    from borax.calendars import LunarDate
    from borax.calendars.lunardate import LCalendars

    leap = leap and LCalendars.leap_month(year) == month
    day = min(day, LCalendars.ndays(year, month, int(leap)))
    found: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    return found


def lunar_birthdays(born: LunarDay, first: date, last: date) -> Iterator[date]:
    """Yield the days from one day to another on which a lunar birthday falls.

    The twelfth month lies mostly in the January and February of the next year, so that a year
    of the common calendar may have two such birthdays, or none.

    Examples
    --------
    >>> list(lunar_birthdays(LunarDay(12, 1), date(2027, 1, 1), date(2028, 1, 31)))
    [datetime.date(2027, 1, 8), datetime.date(2027, 12, 28)]
    """
    for year in range(max(first.year - 1, FIRST_LUNAR), min(last.year, LAST_LUNAR) + 1):
        day = solar_day(year, born.month, born.day, born.leap)
        if first <= day <= last:
            yield day


def _day(said: str) -> int:
    if said.isdecimal():
        return int(said)
    if said in _TENS:
        return _TENS[said]
    tens = next(ten for ten in sorted(_TENS, key=len, reverse=True) if said.startswith(ten))
    return _TENS[tens] + _UNITS[said.removeprefix(tens)]
