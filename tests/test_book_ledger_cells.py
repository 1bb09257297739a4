"""Single cells: every way people write them, and everything that is none of these ways."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.book.ledger.amounts import (
    MONEY_UNITS,
    MOST_FEN,
    RATE_UNITS,
    rate_bounds,
    read_count,
    read_money,
    read_rate,
)
from crmkit.book.ledger.bounds import bound
from crmkit.book.ledger.cells import (
    LONGEST_TEXT,
    Parsed,
    is_nothing,
    original,
    read_id,
    read_name,
    read_text,
)
from crmkit.book.ledger.dates import read_date, read_month
from crmkit.book.ledger.headings import Field, match
from crmkit.book.ledger.phones import read_phone, settle
from crmkit.book.ledger.remarks import asks_to_be_left_alone, contacts_in
from crmkit.book.ledger.rows import reader
from crmkit.book.schema import ACCOUNT, ACTIVITY, CLIENT, TABLES
from crmkit.rules import read_rules

AS_OF = date(2026, 6, 30)
ASSETS, BOUNDS = ACCOUNT.columns["assets"], rate_bounds(AS_OF)
PNL, OPENED, MONTH = (
    ACTIVITY.columns["pnl"],
    CLIENT.columns["open_date"],
    ACTIVITY.columns["month"],
)
WAN, PER_MILLE = MONEY_UNITS["万元"], RATE_UNITS["‰"]


def kind(parsed: Parsed) -> str:
    return parsed.finding.kind if parsed.finding else ""


@pytest.mark.parametrize(
    "cell",
    [12.5, "12.5", "12.50万", "12.5 万元", "125,000元", "125,000.00 元", "12,5000元", "0.00125亿",
     "１２．５", "１２５，０００元", "人民币12.5万元", "12.5w", "+12.5", "12.5万元整", "125000CNY",
     "1.25E+1", "¥125,000元", "125千元", " 12.5 "],
)  # fmt: skip
def test_money_in_every_form(cell: Any):
    assert read_money(cell, ASSETS, WAN) == Parsed(12_500_000)


@pytest.mark.parametrize(
    ("cell", "fen"), [("-120.5", -12_050), ("(1,000)", -100_000), ("−3", -300), (-0.005, 0)]
)
def test_a_loss_may_be_written_in_brackets(cell: Any, fen: int):
    assert read_money(cell, PNL, MONEY_UNITS["元"]).value == fen


@pytest.mark.parametrize(
    ("cell", "problem"),
    [(-1, "negative"), ("-1万", "negative"), ("约10万", "not_a_number"), ("10-20", "not_a_number"),
     ("1,00", "not_a_number"), ("10,5", "not_a_number"), ("十万", "not_a_number"),
     (True, "not_a_number"), (float("inf"), "not_a_number"), (float("nan"), "not_a_number"),
     (1e300, "too_large"), (10**30, "too_large"), ("1e999", "too_large"), ("9" * 400, "too_large"),
     ("5美元", "not_a_number"), (date(2026, 1, 1), "not_a_number"), ("10%", "not_a_number"),
     (time(1, 2), "not_a_number"), (timedelta(3), "not_a_number"), ("=1+1", "not_a_number")],
)  # fmt: skip
def test_what_is_not_an_amount(cell: Any, problem: str):
    parsed = read_money(cell, ASSETS, WAN)
    assert (parsed.value, kind(parsed)) == (None, problem)


def test_a_currency_sign_alone_is_yuan_and_said_so_where_the_heading_is_not():
    assert read_money("¥120,000", ASSETS, WAN) == Parsed(
        12_000_000, read_money("￥120000", ASSETS, WAN).finding
    )
    assert kind(read_money("¥120,000", ASSETS, WAN)) == "money_mark"
    assert kind(read_money("¥120,000", ASSETS, MONEY_UNITS["元"])) == ""


@given(st.integers(-MOST_FEN + 1, MOST_FEN - 1))
def test_every_amount_we_write_reads_back(fen: int):
    for unit in (WAN, MONEY_UNITS["元"]):
        shown = float(f"{fen / int(unit):.16G}")  # what a workbook stores
        assert read_money(shown, PNL, unit).value == fen


@pytest.mark.parametrize(
    ("cell", "rate", "problem"),
    [(0.8, 0.8, ""), ("0.8‰", 0.8, ""), ("０．８", 0.8, ""), (3, 3.0, ""), ("0.1", 0.1, ""),
     ("0.08%", 0.8, "rate_converted"), ("０.０８％", 0.8, "rate_converted"),
     ("万8", 0.8, "rate_converted"), ("万分之2.5", 0.25, "rate_converted"),
     ("2.5bp", 0.25, "rate_converted"), ("0.08", 0.08, "rate_low"), (0.0541, 0.0541, "rate_low"),
     ("千分之0.8", 0.8, ""),
     (0.0008, None, "rate_fraction"), (0.003, None, "rate_fraction"), (0.03, None, "rate_percent"),
     (8, None, "rate_per_ten_thousand"), (30, None, "rate_per_ten_thousand"),
     ("0.8%", None, "rate_per_ten_thousand"), (31, None, "rate_impossible"),
     (0, None, "rate_impossible"), (1e-9, None, "rate_impossible"), (-1, None, "negative"),
     ("面议", None, "not_a_number"), ("0.8‰‰", None, "not_a_number"), (True, None, "not_a_number"),
     ("0.8元", None, "not_a_number"), ("万8%", None, "not_a_number"),
     (float("inf"), None, "not_a_number")],
)  # fmt: skip
def test_commission(cell: Any, rate: float | None, problem: str):
    parsed = read_rate(cell, PER_MILLE, BOUNDS)
    assert (parsed.value, kind(parsed)) == (rate, problem)


@pytest.mark.parametrize(
    ("cell", "meant"), [(0.0008, "0.8"), (0.03, "0.3"), (8, "0.8"), (25, "2.5")]
)
def test_a_rate_in_the_wrong_unit_is_named_with_what_it_would_be(cell: float, meant: str):
    finding = read_rate(cell, PER_MILLE, BOUNDS).finding
    assert finding is not None and finding.slots["meant"] == meant


def test_what_a_commission_can_be_follows_from_the_rules_of_the_ledger_s_day():
    rules = read_rules()
    for day in (date(2010, 6, 3), date(2013, 1, 1), date(2023, 8, 27), date(2023, 8, 28), AS_OF):
        lowest, highest = rate_bounds(day)
        assert float(lowest) == pytest.approx(
            min(rules.value(f"fee.handling.{market}", day) for market in ("SH", "SZ"))
            + rules.value("fee.regulatory", day)
        )
        assert highest == rules.value("commission.cap", day)
        assert read_rate(float(lowest), PER_MILLE, (lowest, highest)).value == float(lowest)
        below = read_rate(float(lowest) - 0.0001, PER_MILLE, (lowest, highest))
        assert kind(below) == "rate_percent"
    dearer = rate_bounds(AS_OF, rules.changed("fee.regulatory", 0.03))
    assert dearer[0] == BOUNDS[0] + Decimal("0.01")
    assert rate_bounds(date(1995, 1, 1)) == rate_bounds(date(2008, 1, 1))


@given(st.decimals(*BOUNDS, places=6))
def test_every_possible_rate_is_kept(rate: Decimal):
    assert read_rate(float(rate), PER_MILLE, BOUNDS).value == float(rate)
    assert read_rate(f"{rate / 10}%", RATE_UNITS["%"], BOUNDS).value == float(rate)


@pytest.mark.parametrize(
    ("cell", "count", "problem"),
    [(12, 12, ""), (12.0, 12, ""), ("1,200次", 1200, ""), ("０", 0, ""), ("-0", 0, ""),
     (2.5, None, "not_a_whole_number"), ("很多", None, "not_a_whole_number"),
     (-1, None, "negative"), (10**20, None, "too_large"), (False, None, "not_a_whole_number")],
)  # fmt: skip
def test_counts(cell: Any, count: int | None, problem: str):
    parsed = read_count(cell, ACTIVITY.columns["logins"])
    assert (parsed.value, kind(parsed)) == (count, problem)


@pytest.mark.parametrize(
    "cell",
    [date(2010, 1, 1), datetime(2010, 1, 1, 15, 30), "2010/1/1", "2010-01-01", "20100101", 20100101,
     20100101.0, "2010年1月1日", "2010年01月01日", "２０１０／１／１", "2010.1.1",
     "2010-1-1 00:00:00",
     "2010/1/1 9:05", "2010-01-01T00:00:00", 40179, 40179.0, "40179", 40179.75,
     "2010年1月1日 星期五", "2010年1月1号"],
)  # fmt: skip
def test_dates_in_every_form(cell: Any):
    assert read_date(cell, OPENED, AS_OF) == Parsed(date(2010, 1, 1))


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("2010/2/30", "date_impossible"), ("20101301", "date_impossible"),
     ("2010/00/10", "date_impossible"), ("10/1/1", "date_two_digit_year"),
     ("10年1月1日", "date_two_digit_year"), ("2010", "date_partial"), (2010, "date_partial"),
     ("2010年", "date_partial"), ("2010/1", "date_partial"), (201001, "date_partial"),
     ("1月1日", "date_partial"), ("1/2/2010", "date_order"), ("31.12.2010", "date_order"),
     ("昨天", "date_unreadable"), (True, "date_unreadable"), (time(9), "date_unreadable"),
     (timedelta(1), "date_unreadable"), (1e300, "date_unreadable"), (-5, "date_unreadable"),
     (float("inf"), "date_unreadable"), (date(2026, 7, 1), "date_future"), (99999, "date_future"),
     ("1990-12-18", "date_early"), (date(1900, 1, 1), "date_early"), (10000, "date_early")],
)  # fmt: skip
def test_what_is_not_a_date(cell: Any, problem: str):
    parsed = read_date(cell, OPENED, AS_OF)
    assert (parsed.value, kind(parsed)) == (None, problem)


@given(st.dates(date(1990, 12, 19), AS_OF))
def test_every_day_reads_the_same_in_every_form(day: date):
    serial = (day - date(1899, 12, 30)).days
    forms = [
        day,
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        serial,
    ]
    assert {read_date(form, OPENED, AS_OF) for form in forms} == {Parsed(day)}


@pytest.mark.parametrize(
    "cell",
    ["2026-05", 202605, "202605", "2026年5月", "2026/5", 2026.05, date(2026, 5, 31), "2026/5/31",
     (date(2026, 5, 1) - date(1899, 12, 30)).days, "２０２６年０５月", "2026年5月份"],
)  # fmt: skip
def test_months_in_every_form(cell: Any):
    assert read_month(cell, MONTH, AS_OF) == Parsed(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("5月", "month_unreadable"), (2026.1, "month_unreadable"), ("2026.1", "month_unreadable"),
     ("2026-13", "month_unreadable"), ("2026", "month_unreadable"), ("2026-07", "date_future"),
     ("1990-11", "date_early")],
)  # fmt: skip
def test_what_is_not_a_month(cell: Any, problem: str):
    parsed = read_month(cell, MONTH, AS_OF)
    assert (parsed.value, kind(parsed)) == (None, problem)


def test_the_month_the_exchange_opened_in_counts():
    assert read_month("1990-12", MONTH, AS_OF).value == date(1990, 12, 1)


@pytest.mark.parametrize(
    ("cell", "number"),
    [(15412345678, "15412345678"), (15412345678.0, "15412345678"), ("15412345678.0", "15412345678"),
     ("154 1234 5678", "15412345678"), ("154-1234-5678", "15412345678"),
     ("+86 15412345678", "15412345678"), ("+86-154-1234-5678", "15412345678"),
     ("8615412345678", "15412345678"), ("008615412345678", "15412345678"),
     ("１５４１２３４５６７８", "15412345678"), ("'15412345678", "15412345678"),
     ("15400868600", "15400868600"), ("154-0086-8600", "15400868600"),
     ("0300-22118888", "0300-22118888"), ("(0300)22118888", "0300-22118888"),
     ("（0300）2211 8888", "0300-22118888"), ("030022118888", "0300-22118888"),
     ("+86 300 22118888", "0300-22118888"), ("22118888", "22118888"), (22118888.0, "22118888"),
     ("2211888", "2211888"), ("0300-22118888-801", "0300-22118888-801"),
     ("22118888转801", "22118888-801"), ("95500", "95500"), ("400-000-0000", "4000000000"),
     ("+852 0000 0000", "+85200000000"), ("0085200000000", "+85200000000")],
)  # fmt: skip
def test_phones_in_every_form(cell: Any, number: str):
    assert read_phone(cell) == Parsed((number,))


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("1541234567", "phone_unreadable"), (154123456789, "phone_unreadable"),
     ("1.54E+10", "digits_lost"), ("打不通", "phone_unreadable"),
     ("2026-01-02", "phone_unreadable"),
     (date(2026, 1, 2), "phone_unreadable"), (True, "phone_unreadable"), (-1, "phone_unreadable"),
     ("15412345678/123", "phone_unreadable"), ("/", "phone_unreadable"),
     (float("nan"), "phone_unreadable")],
)  # fmt: skip
def test_what_is_not_a_phone(cell: Any, problem: str):
    parsed = read_phone(cell)
    assert (parsed.value, kind(parsed)) == (None, problem)


M1, M2, L1, L2 = "15400000001", "15400000002", "0300-22110001", "0300-22110002"


@pytest.mark.parametrize(
    ("mobiles", "landlines", "expected"),
    [((M1,), (L1,), (M1, L1, (), False)), ((L1,), (M1,), (M1, L1, (), True)),
     ((L1,), (), (None, L1, (), True)), ((), (M1,), (M1, None, (), True)),
     ((M1,), (M2,), (M1, M2, (), False)), ((M1, M2), (), (M1, M2, (), True)),
     ((M1, M2), (L1,), (M1, L1, (M2,), False)), ((M1, L1), (), (M1, L1, (), True)),
     ((M1,), (M1,), (M1, None, (), False)), ((), (), (None, None, (), False))],
)  # fmt: skip
def test_each_number_finds_its_place(mobiles: Any, landlines: Any, expected: Any):
    assert tuple(settle(mobiles, landlines)) == expected


@given(st.integers(0, 99_999_999))
def test_a_mobile_reads_the_same_in_every_form_and_can_never_ring(last: int):
    number = f"154{last:08d}"
    forms = [
        int(number),
        float(number),
        f"+86 {number}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
    ]
    assert {read_phone(form) for form in forms} == {Parsed((number,))}
    assert not phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))


@pytest.mark.parametrize(
    ("cell", "number"),
    [(13131, "13131"), (13131.0, "13131"), ("13131.0", "13131"), ("0013131", "0013131"),
     ("'0013131", "0013131"), ('="0013131"', "0013131"), ("１３１３１", "13131"),
     (" 13 131 ", "13131"), ("C-001", "C-001"), ("Ａ０１", "A01"), ("\t13131", "13131"),
     ("=cmd", "=cmd"), ("622202020011234567", "622202020011234567")],
)  # fmt: skip
def test_client_numbers(cell: Any, number: str):
    assert read_id(cell) == Parsed(number)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [(6.222020200112346e18, "id_digits_lost"), (10**16, "id_digits_lost"),
     ("6.22E+18", "id_digits_lost"), (131.5, "id_unreadable"), ("131.5", "id_unreadable"),
     (-5, "id_unreadable"), (0, "id_unreadable"), (True, "id_unreadable"),
     (date(2026, 1, 2), "id_unreadable"), ("？", "id_unreadable"), ("x" * 200, "id_unreadable"),
     (float("nan"), "id_unreadable"), (float("inf"), "id_digits_lost")],
)  # fmt: skip
def test_what_is_not_a_client_number(cell: Any, problem: str):
    parsed = read_id(cell)
    assert (parsed.value, kind(parsed)) == (None, problem)


@pytest.mark.parametrize(
    ("cell", "name"),
    [("张三", "张三"), ("张 三", "张三"), ("张　三", "张三"), (" 欧阳　娜娜 ", "欧阳娜娜"),
     ("Ｔｏｍ", "Tom"), ("John  Smith", "John Smith"), ("买买提·艾力", "买买提·艾力"),
     ("张三\x00", "张三"), ("\ufeff张三", "张三"), ("—", None), ("-", None), ("=1+1", "=1+1"),
     ("无", "无")],
)  # fmt: skip
def test_names(cell: str, name: str | None):
    assert read_name(cell) == Parsed(name)


def test_a_text_no_cell_can_hold_is_cut_and_said_so():
    parsed = read_text("很长" * LONGEST_TEXT)
    assert len(parsed.value) == LONGEST_TEXT and kind(parsed) == "text_cut"


@pytest.mark.parametrize(
    ("remark", "made"),
    [("6月1日通话", [("2026-06-01", "call", None)]),
     ("5月1日见面，谈基金", [("2026-05-01", "visit", None)]),
     ("12月25日短信祝福", [("2025-12-25", "sms", None)]),
     ("6月30日微信", [("2026-06-30", "wechat", None)]),
     ("7月1日拜访", [("2025-07-01", "visit", None)]),
     ("2月29日致电", [("2024-02-29", "call", None)]),
     ("2026年5月3日 面谈；2026-05-20电话未接",
      [("2026-05-03", "visit", None), ("2026-05-20", "call", "missed")]),
     ("上次见面：5/20", [("2026-05-20", "visit", None)]),
     ("6月1日上午在营业部见面", [("2026-06-01", "visit", None)]),
     ("met on 5/20", [("2026-05-20", "visit", None)]),
     ("called 2026-06-01, no answer", [("2026-06-01", "call", None)]),
     ("约7月10日见面", []), ("拟6月1日电话", []), ("2026年7月5日通话", []), ("6月31日通话", []),
     ("生日6月1日，微信好友", []), ("1.5万电话费", []), ("资产10.5万 电话沟通", []),
     ("154 0000 0001 电话", []), ("", [])],
)  # fmt: skip
def test_contacts_in_remarks(remark: str, made: list[tuple[str, str, str | None]]):
    found = [(c.date.isoformat(), c.channel, c.outcome) for c in contacts_in(remark, AS_OF)]
    assert found == made


@pytest.mark.parametrize(
    ("remark", "asked"),
    [("勿扰", True), ("请勿联系", True), ("不要打电话", True), ("客户说不要再给我打电话了", True),
     ("晚上请勿打扰", True), ("不想接电话", True), ("拒绝营销", True), ("别再联系", True),
     ("Do NOT call", True), ("please don't contact", True), ("no calls", True), ("DND", True),
     ("不要忘记电话联系", False), ("喜欢打电话", False), ("希望多联系", False), ("勿忘我", False),
     ("call back", False), ("", False)],
)  # fmt: skip
def test_who_asks_to_be_left_alone(remark: str, asked: bool):
    assert asks_to_be_left_alone(remark) is asked


ODD_CELLS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-+()%‰万亿元¥eE年月日/ \x00\u3000", max_size=20),
    st.floats(),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["#REF!", "#N/A", "-", "无", "", " ", "\x00", "x" * 40_000, "１" * 300]),
    # what a careless pattern would chew on for minutes
    st.sampled_from(["1", "T", "(", "1,", "0-", "1 ", "6月", "a.", "路"]).map(
        lambda s: s * 9999 + "!"
    ),
)
COLUMNS = [c for table in TABLES.values() for c in table.columns.values()]


@given(ODD_CELLS, st.sampled_from(COLUMNS))
def test_no_cell_breaks_a_reader_and_none_is_lost_in_silence(cell: Any, column: Any):
    parsed = reader(Field(column, 0, column.zh, WAN), AS_OF)(cell)
    if parsed.value is None and parsed.finding is None:
        assert is_nothing(cell) or (column.personal == "name" and not original(cell).strip("-–—/"))
    if column.minimum is not None and parsed.value is not None:
        assert parsed.value >= column.minimum
    if column.values and parsed.value is not None:
        assert parsed.value in column.values


@pytest.mark.parametrize("piece", ["(", "资产", "资产(", "1", " ", "："])
def test_a_heading_of_any_length_is_looked_at_in_no_time(piece: str):
    assert match(piece * 9999) is None


def test_bounds_state_where_they_are_from():
    assert 0 < BOUNDS[0] < bound("lowest_usual_rate") < BOUNDS[1]
    assert ACCOUNT.columns["commission_rate"].maximum >= BOUNDS[1]
