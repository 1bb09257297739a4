import warnings
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from borax.calendars import LunarDate
from pandas.errors import Pandas4Warning

from crmkit.book.birthdays import (
    LunarDay,
    birthday,
    lunar_birthdays,
    read_lunar,
    solar_day,
)
from crmkit.cli import main
from crmkit.errors import CrmkitError
from crmkit.planning.calendar import (
    calendar_year,
    is_trading_day,
    is_working_day,
    next_trading_day,
    trading_days,
    uncertain_years,
)
from crmkit.planning.notices import read_notice
from crmkit.words import in_language

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


# notices


@pytest.fixture
def no_own_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path))
    return tmp_path


def spans(days: frozenset[date]) -> list[list[date]]:
    """Days off with the weekends between them, as notices give them."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days <= 3 and not is_working_day(day - timedelta(days=1)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def in_words(year: int, say_weekday: bool = True) -> str:
    """A year of the table as a notice would put it."""
    known = calendar_year(year)

    def said(day: date, month: bool = True) -> str:
        weekday = f"（农历，周{'一二三四五六日'[day.weekday()]}）" if say_weekday else ""
        return (f"{day.month}月" if month else "") + f"{day.day}日{weekday}"

    off = [
        said(run[0]) + (f"至{said(run[-1], run[-1].month != run[0].month)}" if run[1:] else "")
        for run in spans(known.holidays)
    ]
    work = "、".join(said(day) for day in sorted(known.make_up))
    holidays = "".join(f"\n第{n}条：{span}放假调休，共几天。" for n, span in enumerate(off))
    return f"关于{year}年部分节假日安排的通知{holidays}\n{work}上班。\n请假联系电话请见公告。"


@pytest.mark.parametrize("year", OFFICIAL)
@pytest.mark.parametrize("say_weekday", [True, False])
def test_a_notice_in_words_gives_the_year_of_the_table(
    tmp_path: Path, year: int, say_weekday: bool
) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(in_words(year, say_weekday), encoding="gb18030")
    read, known = read_notice(path), calendar_year(year)
    assert (read.year, read.status, read.offices) == (year, "official", "通知.txt")
    assert (read.holidays, read.make_up) == (known.holidays, known.make_up)


def test_an_exchange_s_notice_names_closures_and_no_make_up_days(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(
        "2026年休市安排\n元旦：1月1日（星期四）至1月3日（星期六）休市，1月5日（星期一）起照常开市。"
        "另外，1月4日（星期日）为周末休市。\n春节：2月15日至2月23日休市，2月24日起照常开市。\n"
        "清明节：4月4日至4月6日休市。\n劳动节：5月1日至5月5日休市。\n端午节：6月19日至6月21日休市。\n"
        "中秋节：9月25日至9月27日休市。\n国庆节：10月1日至10月7日休市。",
        encoding="utf-8",
    )
    assert read_notice(path).holidays == calendar_year(2026).holidays
    assert not read_notice(path).make_up


@pytest.mark.parametrize("words", [("休", "班"), ("holiday", "work")])
def test_a_list_of_days_gives_the_year_of_the_table(tmp_path: Path, words: tuple[str, str]) -> None:
    known = calendar_year(2025)
    off = [f"{day},{words[0]}" for day in sorted(known.holidays)]
    work = [f"{day:%Y/%m/%d},{words[1]}" for day in sorted(known.make_up)]
    path = tmp_path / "days.csv"
    path.write_text("\n".join(["日期,安排", *off, *work]), encoding="utf-8-sig")
    read = read_notice(path)
    assert (read.holidays, read.make_up) == (known.holidays, known.make_up)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("10月1日", "10月2日"), "2026-10-01"),  # the National Day is missing
        (("1月1日（农历，周四）", "1月1日（农历，周五）"), "周五"),
        (("2月16日（农历，周一）", "2月30日"), "2月30日"),
        (("5月9日（农历，周六）", "5月11日"), "2026-05-11"),
    ],
)
def test_a_notice_that_cannot_be_is_refused_whole_and_says_where(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    assert change[0] in in_words(2026)
    path = tmp_path / "notice.txt"
    path.write_text(in_words(2026).replace(*change), encoding="utf-8")
    with in_language("zh"), pytest.raises(CrmkitError) as caught:
        read_notice(path)
    assert caught.value.key == "calendar.refused"
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["下周开会，带上台账", "日期,安排\n5月1日,休", "2027年大家辛苦了"])
def test_a_file_without_days_off_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CrmkitError) as caught:
        read_notice(path)
    assert caught.value.key == "calendar.no_days"


def test_an_imported_year_is_official_and_every_plan_follows_it(
    no_own_years: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert is_trading_day(date(2027, 2, 11))
    days = [*calendar_year(2027).holidays, date(2027, 2, 11), date(2027, 2, 12)]
    path = tmp_path / "2027.csv"
    path.write_text("".join(f"{day},休\n" for day in days) + "2027-02-20,班\n", encoding="utf-8")
    assert main(["calendar", "import", str(path), "--lang", "zh"]) == 0
    assert "2027" in capfd.readouterr().out
    assert not is_trading_day(date(2027, 2, 11))
    assert is_working_day(date(2027, 2, 20)) and not is_trading_day(date(2027, 2, 20))
    assert uncertain_years([date(2027, 1, 4)]) == []
    assert calendar_year(2027).imported and calendar_year(2027).offices == "2027.csv"
    assert calendar_year(2026) == calendar_year(2026)
    assert main(["calendar", "show", "2027", "--lang", "en"]) == 0
    assert "brought in by you" in capfd.readouterr().out


def test_a_damaged_file_of_own_years_counts_as_none(no_own_years: Path) -> None:
    (no_own_years / "calendar_cn.toml").write_text("year = [", encoding="utf-8")
    assert calendar_year(2027).status == "provisional"


# the lunar calendar


def test_spring_festival_of_every_year_of_the_table_is_a_day_off() -> None:
    for year in (*OFFICIAL, 2027):
        first = solar_day(year, 1, 1)
        assert not is_trading_day(first)
    assert solar_day(2027, 1, 1) == date(2027, 2, 6)


def test_a_lunar_birthday_falls_once_in_a_lunar_year_whatever_month_and_leap() -> None:
    for born in (LunarDay(1, 1), LunarDay(6, 30, leap=True), LunarDay(12, 30)):
        days = list(lunar_birthdays(born, date(2000, 3, 1), date(2050, 2, 28)))
        assert 49 <= len(days) <= 51
        gaps = {(later - day).days for day, later in pairwise(days)}
        assert gaps <= set(range(353, 386))
        assert all(
            LunarDate.from_solar_date(d.year, d.month, d.day).month == born.month for d in days
        )


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("生日过农历八月十五，喜欢茶", LunarDay(8, 15)),
        ("阴历生日：腊月廿三", LunarDay(12, 23)),
        ("农历闰六月三十", LunarDay(6, 30, leap=True)),
        ("农历冬月初一", LunarDay(11, 1)),
        ("Birthday by the lunar calendar: 8月15", LunarDay(8, 15)),
        ("8月15日通话", None),
        ("农历年前拜访，3月2日回电", None),
        ("", None),
    ],
)
def test_a_remark_names_a_lunar_birthday_only_when_it_says_so(
    text: str, born: LunarDay | None
) -> None:
    assert read_lunar(text) == born
