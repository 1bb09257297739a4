"""Dates and months in cells: as dates, as text, as Excel's day numbers."""

import re
from datetime import date, datetime, time, timedelta

from crmkit.book.ledger.bounds import bound
from crmkit.book.ledger.cells import Parsed, original, plain, wrong
from crmkit.book.schema import Column

#: Day 0 of Excel's count. Excel believes in 29 February 1900, hence not 31 December 1899.
_EXCEL_DAY_0 = date(1899, 12, 30)

_TIME = re.compile(r"[T ]{0,3}\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[AaPp][Mm])?$")
_WEEKDAY = re.compile(r"\(?(星期|周|礼拜)[一二三四五六日天]\)?$")
_YMD = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_NUMBER = re.compile(r"\d{5}(\.\d+)?")
_PARTIAL = re.compile(r"\d{4}年?|\d{4}[-/.年]\d{1,2}月?|\d{1,2}月\d{1,2}[日号]?|\d{6}|\d{1,2}月")
_TWO_DIGIT_YEAR = re.compile(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月份?)?")
_EITHER_MONTH = re.compile(r"\d{4}\.1")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")


def read_date(cell: object, column: Column, as_of: date) -> Parsed:
    """Return a day, not after ``as_of`` and not before the column makes sense.

    Examples
    --------
    >>> from crmkit.book.schema import CLIENT
    >>> opened, today = CLIENT.columns["open_date"], date(2010, 6, 3)
    >>> cells = ["2010/1/1", "2010年1月1日", 20100101.0, 40179, date(2010, 1, 1)]
    >>> {str(read_date(cell, opened, today).value) for cell in cells}
    {'2010-01-01'}
    >>> read_date("2010-02-30", opened, today).finding.kind
    'date_impossible'
    """
    parsed = _day(cell)
    return parsed if parsed.value is None else _within(parsed.value, column, as_of)


def read_month(cell: object, column: Column, as_of: date) -> Parsed:
    """Return a month as its first day.

    Examples
    --------
    >>> from crmkit.book.schema import ACTIVITY
    >>> month = ACTIVITY.columns["month"]
    >>> cells = ["2026-05", 202605, "2026年5月", date(2026, 5, 31), "2026/5/1"]
    >>> {str(read_month(cell, month, date(2026, 6, 3)).value) for cell in cells}
    {'2026-05-01'}
    """
    text = plain(cell)
    found = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    # Excel keeps both 2026.1 and 2026.10 as the number 2026.1
    if found and not _EITHER_MONTH.fullmatch(text):
        parsed = _valid(int(found[1]), int(found[2]), 1)
    else:
        parsed = _day(cell)
    if parsed.value is None:
        return wrong("month_unreadable")
    return _within(parsed.value.replace(day=1), column, as_of)


def _day(cell: object) -> Parsed:
    if isinstance(cell, datetime):
        return Parsed(cell.date())
    if isinstance(cell, date):
        return Parsed(cell)
    if isinstance(cell, bool | time | timedelta):
        return wrong("date_unreadable")
    text = plain(_WEEKDAY.sub("", _TIME.sub("", original(cell)).strip()))
    found = _YMD.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _valid(*(int(part) for part in found.groups()))
    if _DAY_NUMBER.fullmatch(text):
        return Parsed(_EXCEL_DAY_0 + timedelta(int(float(text))))
    if _TWO_DIGIT_YEAR.fullmatch(text):
        return wrong("date_two_digit_year")
    if _PARTIAL.fullmatch(text):
        return wrong("date_partial")
    return wrong("date_order" if _YEAR_LAST.fullmatch(text) else "date_unreadable")


def _valid(year: int, month: int, day: int) -> Parsed:
    try:
        return Parsed(date(year, month, day))
    except ValueError:
        return wrong("date_impossible")


def _within(day: date, column: Column, as_of: date) -> Parsed:
    earliest = bound("oldest_birth" if column.name == "birth_date" else "exchange_opening")
    if day > as_of:
        return wrong("date_future", as_of=as_of.isoformat())
    if day < earliest.replace(day=1 if column.name == "month" else earliest.day):
        return wrong("date_early", earliest=earliest.isoformat())
    return Parsed(day)
