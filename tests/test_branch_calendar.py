from datetime import date, timedelta

import numpy as np
import pytest

from crmkit.branch.calendar import working_day, years
from crmkit.planning.calendar import is_trading_day

MONTHS = np.arange(1950 * 12, 2110 * 12)
EPOCH = date(1970, 1, 1)


def test_years_are_those_of_the_calendar():
    days = np.arange(-30_000, 50_000, 17)
    assert years(days).tolist() == [(EPOCH + timedelta(int(day))).year for day in days]


def test_working_days_lie_in_their_month_and_on_no_weekend_or_long_holiday():
    for luck in range(0, 140, 3):
        days = working_day(MONTHS, np.full(len(MONTHS), luck, dtype=np.uint16))
        for month, number in zip(MONTHS.tolist(), days.tolist(), strict=True):
            day = EPOCH + timedelta(number)
            assert day.year * 12 + day.month - 1 == month
            assert day.weekday() < 5
            if not 2023 <= day.year <= 2027:
                assert day.day > {1: 3, 5: 5, 10: 7}.get(day.month, 0)


def test_no_weekday_is_busier_than_the_others():
    months = np.repeat(np.arange(2010 * 12, 2026 * 12), 140)
    for kind in (np.uint16, np.uint64):
        days = working_day(months, np.tile(np.arange(140, dtype=kind), 16 * 12))
        share = np.bincount((days + 3) % 7) / len(days)
        assert len(share) == 5 and ((share > 0.17) & (share < 0.23)).all()


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_exchange_is_open_on_working_days_of_years_it_announced(year):
    months = np.repeat(np.arange(year * 12, year * 12 + 12), 140)
    days = working_day(months, np.tile(np.arange(140, dtype=np.uint16), 12))
    assert all(is_trading_day(EPOCH + timedelta(day)) for day in set(days.tolist()))


def test_nobody_works_in_the_week_of_the_lunar_new_year():
    months = np.repeat([2019 * 12 + 1, 2020 * 12, 2021 * 12 + 1], 140)
    days = working_day(months, np.tile(np.arange(140, dtype=np.uint16), 3))
    worked = {(EPOCH + timedelta(day)).isoformat() for day in days.tolist()}
    assert not worked & {"2019-02-05", "2019-02-08", "2020-01-27", "2021-02-11", "2021-02-17"}
    assert {"2019-02-11", "2020-01-23", "2021-02-18"} <= worked


def test_a_day_follows_from_the_luck_alone():
    month, luck = np.array([2025 * 12, 2025 * 12 + 9]), np.array([30, 5], dtype=np.uint64)
    assert (working_day(month, luck)[::-1] == working_day(month[::-1], luck[::-1])).all()
