import warnings
from datetime import date, timedelta

import pytest
from pandas.errors import Pandas4Warning

from crmkit.errors import CrmkitError
from crmkit.planning.calendar import (
    birthday,
    calendar_year,
    is_trading_day,
    is_working_day,
    next_trading_day,
    trading_days,
    uncertain_years,
)

OFFICIAL = (2023, 2024, 2025, 2026)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.fixture(scope="module")
def shanghai() -> set[date]:
    with warnings.catch_warnings():
        # the package has not caught up with pandas yet
        warnings.simplefilter("ignore", Pandas4Warning)
        import exchange_calendars

        exchange = exchange_calendars.get_calendar("XSHG", start="2023-01-01", end="2026-12-31")
    return {session.date() for session in exchange.sessions}


@pytest.mark.parametrize("year", OFFICIAL)
def test_trading_days_are_those_of_the_shanghai_exchange(year: int, shanghai: set[date]) -> None:
    assert [day for day in days_of(year) if is_trading_day(day)] == [
        day for day in days_of(year) if day in shanghai
    ]


@pytest.mark.parametrize("year", OFFICIAL)
def test_working_days_are_those_of_the_state_council(year: int) -> None:
    import chinese_calendar

    assert [day for day in days_of(year) if is_working_day(day)] == [
        day for day in days_of(year) if chinese_calendar.is_workday(day)
    ]


@pytest.mark.parametrize("year", [*OFFICIAL, 2027])
def test_every_listed_day_is_of_its_year_and_of_the_right_kind(year: int) -> None:
    known = calendar_year(year)
    listed = known.holidays | known.make_up | known.exchanges_only
    assert {day.year for day in listed} == {year}
    assert all(day.weekday() < 5 for day in known.holidays | known.exchanges_only)
    assert all(day.weekday() >= 5 for day in known.make_up)
    assert known.offices
    assert known.published is not None and known.checked is not None


def test_2027_has_the_thirteen_days_of_the_law_and_says_that_it_is_provisional() -> None:
    known = calendar_year(2027)
    assert known.status == "provisional"
    assert len(known.holidays) == 13 and not known.make_up
    assert uncertain_years([date(2026, 12, 31)]) == []
    assert [year.year for year in uncertain_years([date(2026, 12, 31), date(2027, 1, 4)])] == [2027]


def test_a_year_outside_the_table_has_only_weekends_and_says_so() -> None:
    assert calendar_year(2010).status == "unknown"
    assert is_trading_day(date(2010, 10, 1))
    assert not is_trading_day(date(2010, 10, 2))


def test_trading_days_step_over_the_national_holiday_and_the_make_up_saturday() -> None:
    days = trading_days(date(2026, 9, 30), 4)
    assert days == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 12)]
    assert next_trading_day(date(2026, 9, 30)) == date(2026, 10, 8)


@pytest.mark.parametrize("days", [0, -1, 251])
def test_a_number_of_days_that_makes_no_plan_is_refused(days: int) -> None:
    with pytest.raises(CrmkitError) as caught:
        trading_days(date(2026, 7, 1), days)
    assert caught.value.key == "planning.bad_days"


@pytest.mark.parametrize("start", [date(1989, 12, 31), date(2101, 1, 1), date.max])
def test_a_start_outside_the_exchanges_time_is_refused(start: date) -> None:
    with pytest.raises(CrmkitError) as caught:
        trading_days(start, 1)
    assert caught.value.key == "planning.bad_start"


def test_a_birthday_on_29_february_is_kept_every_year() -> None:
    born = date(2000, 2, 29)
    assert [birthday(born, year) for year in (2026, 2028)] == [date(2026, 2, 28), date(2028, 2, 29)]
    assert birthday(date(1980, 7, 3), 2026) == date(2026, 7, 3)
