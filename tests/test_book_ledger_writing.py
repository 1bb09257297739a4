"""Ledgers written by us: they read back the same, look right in Excel and cannot execute."""

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.ledger import read_ledger, write_ledger
from crmkit.book.ledger.amounts import rate_bounds
from crmkit.book.ledger.cells import LONGEST_TEXT
from crmkit.book.ledger.excel import open_workbook
from crmkit.book.schema import ACCOUNT, CLIENT
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

AS_OF = date(2026, 6, 30)
FIXTURES = Path(__file__).parent / "fixtures"


def book(**tables: dict[str, list[Any]]) -> ClientBook:
    return make_client_book(AS_OF, **{name: pd.DataFrame(t) for name, t in tables.items()})


def example(name: str = "张三", note: str = "6月1日通话") -> ClientBook:
    return book(
        client={"client_id": ["0013131", "13132"], "name": [name, "李四"],
                "mobile": ["15400000001", None], "gender": ["f", None],
                "do_not_contact": [False, None], "note": [note, None],
                "open_date": pd.to_datetime(["2010-01-01", None])},
        account={"account_id": ["0013131", "13132"], "client_id": ["0013131", "13132"],
                 "assets": [12_345_600, None], "commission_rate": [0.085, None]},
        activity={"client_id": ["13132"], "month": pd.to_datetime(["2026-05-01"]),
                  "trade_amount": [1_234_567], "pnl": [-5]},
        extra={"client_id": ["13132"], "heading": ["爱好"], "text": ["=钓鱼"]},
    )  # fmt: skip


def assert_same(first: ClientBook, second: ClientBook) -> None:
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(second.tables[name], table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_see_in_excel(tmp_path: Path, language: str):
    path = tmp_path / "ledger.xlsx"
    with in_language(language):
        write_ledger(example(), path)
    file = openpyxl.load_workbook(path)
    page = file.worksheets[0]
    headings = [cell.value for cell in page[1]]
    nine = {
        "zh": ["客户姓名", "客户号", "佣金(‰)", "资产(万元)", "手机号码", "固定电话", "开户日期",
               "住址", "备注"],
        "en": ["Name", "Client ID", "Commission (‰)", "Assets (10k CNY)", "Mobile", "Landline",
               "Account opened", "Address", "Note"],
    }  # fmt: skip
    assert headings[:9] == nine[language]
    assert headings[-1] == "爱好"
    assert page.freeze_panes == "A2" and page.auto_filter.ref is not None
    name, number, rate, assets, mobile, _, opened = page[2][:7]
    assert (number.value, number.data_type) == ("0013131", "s")
    assert (mobile.value, mobile.data_type) == ("15400000001", "s")
    assert (rate.value, assets.value) == (0.085, 12.3456)
    assert opened.is_date and opened.number_format == "yyyy-mm-dd"
    assert name.number_format == number.number_format == "@"
    width = page.column_dimensions["I"].width
    assert width >= 2 * len("月日通话") + 2  # Chinese characters take two places
    assert file.properties.title and file.properties.description
    assert file.properties.created.date() == AS_OF


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "=cmd|' /C calc'!A0", "http://"])
def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path, start: str):
    path = tmp_path / "ledger.xlsx"
    name = f"{start}HYPERLINK(1)".strip()
    write_ledger(example(name=name, note=name), path)
    page = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert page["A2"].value == page["I2"].value == name
    assert read_ledger(path, AS_OF).book.client["name"].tolist() == [name, "李四"]


def test_a_synthetic_book_says_so_in_the_file(tmp_path: Path):
    made_up = book(client={"client_id": ["1"], "is_synthetic": [True]})
    for language, words in (("zh", "并非真人"), ("en", "do not exist")):
        with in_language(language):
            write_ledger(made_up, tmp_path / "ledger.xlsx")
        file = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
        assert words in file.properties.description
    assert read_ledger(tmp_path / "ledger.xlsx", AS_OF).book.client["is_synthetic"].tolist() == [
        True
    ]


def test_two_accounts_do_not_fit_one_row(tmp_path: Path):
    double = book(
        client={"client_id": ["1"]}, account={"account_id": ["a", "b"], "client_id": ["1", "1"]}
    )
    with pytest.raises(CrmkitError) as error:
        write_ledger(double, tmp_path / "ledger.xlsx")
    assert error.value.key == "ledger.several_accounts"


def test_a_text_too_long_for_a_cell_is_refused_and_nothing_is_written(tmp_path: Path):
    path = tmp_path / "ledger.xlsx"
    write_ledger(example(), path)
    before = path.read_bytes()
    with pytest.raises(CrmkitError) as error:
        write_ledger(example(note="长" * (LONGEST_TEXT + 1)), path)
    assert error.value.key == "ledger.long_text"
    assert path.read_bytes() == before


def test_a_folder_that_does_not_exist_is_one_error(tmp_path: Path):
    with pytest.raises(CrmkitError) as error:
        write_ledger(example(), tmp_path / "none" / "ledger.xlsx")
    assert error.value.key == "book.not_writable"


def test_own_columns_named_like_known_ones_stay_apart(tmp_path: Path):
    extra = {
        "client_id": ["1"] * 3,
        "heading": ["邮箱", "手机号码", "资产(元)"],
        "text": ["甲", "乙", "丙"],
    }
    first = book(
        client={"client_id": ["1"]}, account={"account_id": ["1"], "client_id": ["1"]}, extra=extra
    )
    with in_language("zh"):
        write_ledger(first, tmp_path / "ledger.xlsx")
    again = read_ledger(tmp_path / "ledger.xlsx", AS_OF).book
    assert again.client["mobile"].isna().all() and again.client["email"].isna().all()
    assert again.extra["text"].tolist() == ["甲", "乙", "丙"]
    assert again.extra["heading"].tolist() == ["邮箱", "手机号码 (2)", "资产(元)"]


SHOWN = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
WORDS = st.text(SHOWN, min_size=1, max_size=12)
NAMES = st.text("张王李欧阳ABcd·=+-@1", min_size=1, max_size=8)
DAYS = st.dates(date(1990, 12, 19), AS_OF)


@st.composite
def ledgers(draw: st.DrawFn) -> ClientBook:
    """A book as reading makes it, from a workbook of drawn cells."""
    rows = draw(st.lists(st.tuples(
        NAMES, st.integers(1, 10**12), st.floats(*map(float, rate_bounds(AS_OF))),
        st.integers(0, 10**14),
        st.integers(0, 10**8 - 1), DAYS, WORDS, WORDS, st.booleans(), WORDS,
        st.sampled_from(CLIENT.columns["risk_level"].values),
    ), min_size=1, max_size=6))  # fmt: skip
    heads = ["客户姓名", "客户号", "佣金(‰)", "资产(元)", "手机号码", "开户日期", "住址", "备注",
             "请勿打扰", "爱好", "风险等级"]  # fmt: skip
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, heads)
        for r, row in enumerate(rows, start=1):
            name, number, rate, fen, mobile, day, address, note, flag, hobby, level = row
            cells = [str(number), rate, fen / 100, f"154{mobile:08d}", day, address, note, flag]
            page.write_string(r, 0, name)
            for c, cell in enumerate([*cells, hobby, level], start=1):
                page.write_string(r, c, cell) if isinstance(cell, str) else page.write(r, c, cell)
    with TemporaryDirectory() as folder:
        Path(folder, "drawn.xlsx").write_bytes(file.getvalue())
        return read_ledger(Path(folder, "drawn.xlsx"), AS_OF).book


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers(), st.sampled_from(LANGUAGES))
def test_any_ledger_reads_back_as_it_was_written(first: ClientBook, language: str):
    with TemporaryDirectory() as folder, in_language(language):
        write_ledger(first, Path(folder, "ledger.xlsx"))
        again = read_ledger(Path(folder, "ledger.xlsx"), AS_OF)
    assert_same(first, again.book)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_workbook_is_an_error_and_never_a_crash(data: st.DataObject):
    whole = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(whole), len(whole) // 2, len(whole) - 30]))
    try:
        sheets = open_workbook(bytes(whole[:cut]), "ledger.xlsx")
    except CrmkitError as error:
        assert error.key.startswith("ledger.")
    else:
        assert all(isinstance(rows, list) for _, rows in sheets)


@settings(max_examples=15)
@given(st.data())
def test_a_damaged_file_of_before_2007_is_an_error_and_never_a_crash(data: st.DataObject):
    old = bytearray((FIXTURES / "ledger_dirty.xls").read_bytes())
    for _ in range(data.draw(st.integers(1, 40))):
        place = data.draw(st.integers(8, len(old) - 4))
        old[place : place + 4] = data.draw(st.binary(min_size=4, max_size=4))
    try:
        sheets = open_workbook(bytes(old), "ledger.xls")
    except CrmkitError as error:
        assert error.key == "ledger.not_a_spreadsheet"
    else:
        assert all(isinstance(rows, list) for _, rows in sheets)


def _sample() -> bytes:
    with TemporaryDirectory() as folder:
        write_ledger(example(), Path(folder, "ledger.xlsx"))
        return Path(folder, "ledger.xlsx").read_bytes()


SAMPLE = _sample()


def test_every_column_of_client_and_account_makes_the_journey(tmp_path: Path):
    values: dict[str, Any] = {
        "str": "文", "Int64": 700, "float64": 0.5, "boolean": True, "datetime64[us]": "2020-02-29",
    }  # fmt: skip
    special = {"mobile": "15400000001", "phone": "0300-22110001", "referrer_id": "2"}
    client = {n: [special.get(n, c.values[0] if c.values else values[c.dtype])]
              for n, c in CLIENT.columns.items()}  # fmt: skip
    client["client_id"] = ["1"]
    account = {n: [values[c.dtype]] for n, c in ACCOUNT.columns.items()} | {
        "account_id": ["1"], "client_id": ["1"],
    }  # fmt: skip
    for column in ("open_date", "birth_date", "risk_test_date"):
        client[column] = pd.to_datetime(client[column])
    first = book(client=client, account=account)
    for language in LANGUAGES:
        with in_language(language):
            write_ledger(first, tmp_path / "ledger.xlsx")
            reading = read_ledger(tmp_path / "ledger.xlsx", AS_OF)
        assert reading.problems.empty and reading.notes.empty
        assert_same(first, reading.book)
