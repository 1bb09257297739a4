"""Ledgers as they come: the deck's own, any encoding, any order, several sheets, no use at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from crmkit.book.ledger import Reading, read_ledger
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

AS_OF = date(2010, 6, 3)
# the ledger printed in the training deck, its digits parted: both IDs have five, 13131 and 13132
DECK = [
    [
        "客户姓名",
        "客户号",
        "佣金(‰)",
        "资产(万元)",
        "手机号码",
        "固定电话",
        "开户日期",
        "住址",
        "备注",
    ],
    ["张三", "13131", "1", "10", "13888888888", "22118888", "2010/1/1", "田安路1号", "6月1日通话"],
    [
        "李四",
        "13132",
        "0.8",
        "20",
        "13999999999",
        "22119999",
        "2009/1/1",
        "丰泽街2号",
        "5月1日见面",
    ],
]


def lines(rows: list[list[Any]], delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows)


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                page.write_row(r, 0, row)
    return path


def read_rows(tmp_path: Path, rows: list[list[Any]], **sheets: list[list[Any]]) -> Reading:
    return read_ledger(workbook(tmp_path / "台账.xlsx", {"客户": rows, **sheets}), AS_OF)


def kinds(reading: Reading) -> list[str]:
    return reading.problems["kind"].tolist()


def test_the_deck_s_ledger_as_printed(tmp_path: Path):
    reading = read_rows(tmp_path, DECK)
    book = reading.book
    assert reading.problems.empty and reading.notes.empty and reading.ignored.empty
    assert book.client["name"].tolist() == ["张三", "李四"]
    assert book.client["client_id"].tolist() == ["13131", "13132"]
    assert book.account["commission_rate"].tolist() == [1.0, 0.8]
    assert book.account["assets"].tolist() == [10_000_000, 20_000_000]
    assert book.client["mobile"].tolist() == ["13888888888", "13999999999"]
    assert book.client["phone"].tolist() == ["22118888", "22119999"]
    assert book.client["open_date"].dt.date.tolist() == [date(2010, 1, 1), date(2009, 1, 1)]
    assert book.client["note"].tolist() == ["6月1日通话", "5月1日见面"]
    contacts = book.contact[["client_id", "date", "channel"]].astype(str).to_numpy().tolist()
    assert contacts == [["13131", "2010-06-01", "call"], ["13132", "2010-05-01", "visit"]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
):
    path = tmp_path / "台账.csv"
    path.write_bytes(lines(DECK, delimiter).encode(encoding))
    reading = read_ledger(path, AS_OF)
    assert reading.problems.empty
    assert reading.book.client["name"].tolist() == ["张三", "李四"]
    assert reading.book.account["commission_rate"].tolist() == [1.0, 0.8]


def test_the_content_decides_and_not_the_name(tmp_path: Path):
    path = tmp_path / "台账.xls"
    path.write_bytes(lines(DECK, "\t").encode("gb18030"))
    assert len(read_ledger(path, AS_OF).book.client) == 2
    book = workbook(tmp_path / "a.xlsx", {"客户": DECK}).rename(tmp_path / "a.csv")
    assert len(read_ledger(book, AS_OF).book.client) == 2


def test_a_delimiter_announced_in_the_first_line_counts_as_a_row(tmp_path: Path):
    path = tmp_path / "台账.csv"
    path.write_text("sep=;\n" + lines(DECK, ";") + "\n王五;13133;面议;;;;;;", encoding="utf-8")
    reading = read_ledger(path, AS_OF)
    assert len(reading.book.client) == 3
    assert reading.problems["row"].tolist() == [5]


def test_a_stray_quotation_mark_swallows_no_row(tmp_path: Path):
    rows = [*DECK, ['"王五', *DECK[1][1:]], ["赵六", "13134", *DECK[1][2:]]]
    rows[3][1] = "13133"
    path = tmp_path / "台账.csv"
    path.write_text(lines(rows), encoding="utf-8")
    assert read_ledger(path, AS_OF).book.client["name"].tolist() == ["张三", "李四", "王五", "赵六"]


def test_quoted_cells_may_hold_commas_and_lines(tmp_path: Path):
    rows = [DECK[0], [*DECK[1][:7], '"1号楼,2室\n东门"', "通话"], DECK[2]]
    path = tmp_path / "台账.csv"
    path.write_text(lines(rows), encoding="utf-8")
    reading = read_ledger(path, AS_OF)
    assert reading.book.client["address"].tolist() == ["1号楼,2室\n东门", "丰泽街2号"]
    assert reading.problems.empty


def test_a_cell_too_many_is_kept_and_named(tmp_path: Path):
    rows = [DECK[0], [*DECK[1][:7], "1号楼,2室", "6月1日通话"], DECK[2]]
    path = tmp_path / "台账.csv"
    path.write_text(lines(rows), encoding="utf-8")
    reading = read_ledger(path, AS_OF)
    assert kinds(reading) == ["heading_missing"]
    assert reading.book.extra[["heading", "text"]].to_numpy().tolist() == [["J", "6月1日通话"]]


ENGLISH = [
    ["Name", "Client ID", "Commission (‰)", "Assets (10k CNY)", "Mobile", "Landline",
     "Account opened", "Address", "Note"],
    *DECK[1:],
]  # fmt: skip
REORDERED = [[*reversed(row)] for row in DECK]
RENAMED = [
    [
        "姓名",
        "客户编号",
        "佣金率（‰）",
        "总资产（万元）",
        "手机",
        "座机",
        "开户时间",
        "地址",
        "说明",
    ],
    *DECK[1:],
]
SPACED = [[" 客户\n姓名 *", "客 户 号", *DECK[0][2:]], *DECK[1:]]
WIDE = [["客户姓名：", "客户号", "佣金［‰］", "资产【万元】", *DECK[0][4:]], *DECK[1:]]
UNBRACKETED = [["姓名", "客户号", "佣金‰", "资产万元", *DECK[0][4:]], *DECK[1:]]
COLLOQUIAL = [
    ["Customer name", "Client No.", "Commission rate, per mille", "Total assets (10,000 yuan)",
     "Mobile phone", "Telephone", "Opening date", "Home address", "Remarks"],
    *DECK[1:],
]  # fmt: skip


@pytest.mark.parametrize(
    "rows", [ENGLISH, REORDERED, RENAMED, SPACED, WIDE, UNBRACKETED, COLLOQUIAL]
)
def test_headings_in_other_words_and_orders(tmp_path: Path, rows: list[list[str]]):
    reading, deck = read_rows(tmp_path, rows), read_rows(tmp_path, DECK)
    assert reading.problems.empty and reading.notes.empty
    for name, table in deck.book.tables.items():
        pd.testing.assert_frame_equal(reading.book.tables[name], table)


@pytest.mark.parametrize(
    ("heading", "cell", "fen"),
    [
        ("资产(元)", 100000, 10_000_000), ("资产（单位：元）", 100000, 10_000_000),
        ("Assets (CNY)", 100000, 10_000_000), ("资产(亿元)", 0.001, 10_000_000),
        ("资产(千元)", 100, 10_000_000), ("资产(元)", "10万", 10_000_000),
        ("资产", 10, 10_000_000), ("资产/万元", 10, 10_000_000),
    ],
)  # fmt: skip
def test_the_unit_in_the_heading_of_assets(tmp_path: Path, heading: str, cell: Any, fen: int):
    reading = read_rows(tmp_path, [["姓名", "客户号", heading], ["张三", 13131, cell]])
    assert reading.book.account["assets"].tolist() == [fen]
    assert reading.problems.empty
    assert reading.notes["kind"].tolist() == (["unit_assumed"] if heading == "资产" else [])


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("佣金(%)", 0.08), ("佣金(万分之)", 8), ("佣金率（百分之）", "0.08"), ("Commission (bp)", 8),
     ("Commission (per mille)", 0.8), ("佣金(%)", "0.08%"), ("佣金（万）", "8")],
)  # fmt: skip
def test_the_unit_in_the_heading_of_commission(tmp_path: Path, heading: str, cell: Any):
    reading = read_rows(tmp_path, [["姓名", "客户号", heading], ["张三", 13131, cell]])
    assert reading.book.account["commission_rate"].tolist() == [0.8]
    assert reading.problems.empty


def test_a_title_may_state_the_unit_of_all_amounts(tmp_path: Path):
    rows = [["客户台账"], ["单位：元"], ["姓名", "客户号", "资产"], ["张三", 13131, 100000]]
    reading = read_rows(tmp_path, rows)
    assert reading.book.account["assets"].tolist() == [10_000_000]
    assert reading.notes.empty
    assert reading.ignored["row"].tolist() == [1, 2]


def test_a_unit_in_the_title_is_for_amounts_and_not_for_rates(tmp_path: Path):
    rows = [["单位：万元"], ["姓名", "客户号", "资产", "佣金"], ["张三", 13131, 10, 0.8]]
    reading = read_rows(tmp_path, rows)
    assert reading.book.account[["assets", "commission_rate"]].to_numpy().tolist() == [
        [10_000_000, 0.8]
    ]
    assert reading.problems.empty and reading.notes["column"].tolist() == ["佣金"]


def test_units_that_cannot_be_right_are_named(tmp_path: Path):
    rows = [["姓名", "客户号", "资产(日均)", "佣金"], ["张三", 13131, 10, 1]]
    assert kinds(read_rows(tmp_path, rows)) == ["unit_unknown"]
    rows = [["姓名", "客户号", "资产(美元)"], ["张三", 13131, 100]]
    reading = read_rows(tmp_path, rows)
    assert kinds(reading) == ["unit_foreign"]
    assert reading.book.account["assets"].isna().all()
    assert reading.book.extra["text"].tolist() == ["100"]
    rows = [["姓名", "客户号", "资产(万元)"], ["张三", 13131, 100000], ["李四", 13132, 250000]]
    assert kinds(read_rows(tmp_path, rows)) == ["assets_doubtful"]


def test_own_columns_are_kept_as_text(tmp_path: Path):
    rows = [
        ["序号", "姓名", "客户号", "爱好", "", "爱好"],
        [1, "张三", 13131, 2.0, "甲", date(2010, 1, 1)],
    ]
    reading = read_rows(tmp_path, rows)
    extra = reading.book.extra[["heading", "text"]].to_numpy().tolist()
    assert extra == [["爱好", "2"], ["E", "甲"], ["爱好 (2)", "2010-01-01"]]
    assert kinds(reading) == ["heading_missing"]


def test_names_without_a_number_get_one_of_their_own(tmp_path: Path):
    rows = [["姓名", "客户号"], ["张三", ""], ["李四", "row-2"], ["王五", 13133]]
    reading = read_rows(tmp_path, rows, 另一张=[["姓名", "客户号"], ["", ""], ["赵六", None]])
    assert reading.book.client["client_id"].tolist() == ["row-2-2", "row-2", "13133", "row-3"]
    assert kinds(reading) == ["no_client_id", "no_client_id"]
    assert reading.problems["row"].tolist() == [2, 3]


def test_a_ledger_without_client_numbers_says_so_once(tmp_path: Path):
    reading = read_rows(tmp_path, [["姓名", "手机"], ["张三", 15400000001], ["李四", 15400000002]])
    assert kinds(reading) == ["no_id_column"]
    assert reading.book.client["client_id"].tolist() == ["row-2", "row-3"]
    assert reading.book.account["client_id"].tolist() == ["row-2", "row-3"]


def test_a_repeated_client_is_named_with_what_differs(tmp_path: Path):
    rows = [*DECK, [*DECK[1][:3], "12", *DECK[1][4:8], "改过"], [*DECK[2][:4], "", "", "", "", ""]]
    with in_language("zh"):
        reading = read_rows(tmp_path, rows)
    assert len(reading.book.client) == 2
    assert kinds(reading) == ["repeated_differs", "repeated_same"]
    assert "资产(万元)、备注" in reading.problems["problem"].iloc[0]
    assert "第 2 行" in reading.problems["problem"].iloc[0]
    assert reading.book.account["assets"].tolist() == [10_000_000, 20_000_000]


def test_the_last_contact_in_a_column_becomes_a_contact(tmp_path: Path):
    rows = [["姓名", "客户号", "上次联系", "备注"], ["张三", 13131, "2010/5/5", ""],
            ["李四", 13132, "2010/5/1", "5月1日见面"]]  # fmt: skip
    contacts = read_rows(tmp_path, rows).book.contact
    assert contacts["client_id"].tolist() == ["13131", "13132"]
    assert contacts["date"].dt.date.tolist() == [date(2010, 5, 5), date(2010, 5, 1)]
    assert contacts["channel"].astype(object).fillna("").tolist() == ["", "visit"]


ACTIVITY = [["客户号", "姓名", "月份", "成交额", "佣金收入(万元)", "盈亏(元)", "登录次数"],
            ["13131", "张三", "2010-05", "120,000", 0.05, -300.5, 12],
            [13132, "李四", 201004, "3万", "120元", "(1,000)", "5次"]]  # fmt: skip


def check_activity(reading: Reading) -> None:
    activity = reading.book.activity
    assert activity["client_id"].tolist() == ["13131", "13132"]
    assert activity["month"].dt.date.tolist() == [date(2010, 5, 1), date(2010, 4, 1)]
    assert activity["trade_amount"].tolist() == [12_000_000, 3_000_000]
    assert activity["commission"].tolist() == [50_000, 12_000]
    assert activity["pnl"].tolist() == [-30_050, -100_000]
    assert activity["logins"].tolist() == [12, 5]
    assert reading.problems.empty


def test_monthly_activity_on_another_sheet(tmp_path: Path):
    reading = read_rows(tmp_path, DECK, 月度=ACTIVITY, 说明=[["本表仅供内部使用"]], 空=[])
    check_activity(reading)
    assert reading.ignored["sheet"].tolist() == ["说明", "空"]
    assert reading.ignored["row"].isna().all()
    assert set(reading.notes["kind"]) == {"unit_assumed", "column_not_read"}


def test_monthly_activity_in_a_second_file(tmp_path: Path):
    ledger = workbook(tmp_path / "台账.xlsx", {"Sheet1": DECK})
    months = workbook(tmp_path / "月度.xlsx", {"Sheet1": ACTIVITY, "Sheet2": DECK})
    reading = read_ledger(ledger, AS_OF, activity=months)
    check_activity(reading)
    assert reading.ignored["sheet"].tolist() == ["月度.xlsx Sheet2"]
    assert set(reading.notes["sheet"]) == {"月度.xlsx Sheet1"}


def test_a_second_file_without_activity_is_an_error(tmp_path: Path):
    ledger = workbook(tmp_path / "台账.xlsx", {"Sheet1": DECK})
    with pytest.raises(CrmkitError) as error:
        read_ledger(ledger, AS_OF, activity=ledger)
    assert error.value.key == "ledger.no_activity"


def test_sheets_of_contacts_complaints_referrals_and_holdings(tmp_path: Path):
    reading = read_rows(
        tmp_path, DECK,
        联系=[["客户号", "日期", "渠道", "备注"], [13131, "2010/6/1", "电话", "问候"],
             [13131, "2010/6/2", "喊话", ""]],
        投诉=[["客户号", "受理日期", "办结日期", "事由"], [13132, "2010/5/5", "", "佣金"]],
        转介绍=[["介绍人客户号", "客户号", "日期"], [13131, 13132, "2009/1/1"]],
        持仓=[["客户号", "产品代码", "市值"], [13131, "600000", 5000], [13131, "600000", 1]],
    )  # fmt: skip
    book = reading.book
    assert book.contact["channel"].astype(object).fillna("").tolist() == ["call", "", "visit"]
    assert book.contact["contact_id"].tolist()[:2] == ["row-2", "row-3"]
    assert book.complaint["topic"].tolist() == ["fee"]
    assert book.referral["referrer_id"].tolist() == ["13131"]
    assert book.holding["amount"].tolist() == [500_000]
    assert kinds(reading) == ["code_unreadable", "repeated_differs"]


def test_a_sheet_that_lacks_its_key_is_told_what_is_missing(tmp_path: Path):
    months = [["姓名", "月份", "成交额", "转入"], ["张三", "2010-05", 1, 2]]
    with in_language("zh"):
        reading = read_rows(tmp_path, DECK, 月度=months)
    assert reading.ignored["reason"].tolist() == ["像是月度数据，但缺少必需的栏目：客户号"]


def test_an_error_cell_keeps_its_place_in_a_workbook(tmp_path: Path):
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("客户")
        page.write_row(3, 2, ["姓名", "客户号", "资产(万元)"])
        page.write_row(4, 2, ["张三", 13131])
        page.write_formula(4, 4, "=#REF!", None, "#REF!")
        page.write_row(5, 2, ["李四", 13132, 5])
    problems = read_ledger(path, AS_OF).problems
    assert problems[["row", "column", "value", "kind"]].to_numpy().tolist() == [
        [5, "资产(万元)", "#REF!", "error_cell"]
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BAD: dict[str, tuple[bytes, str]] = {
    "missing.xlsx": (b"", "book.not_found"),
    "empty.xlsx": (b"", "ledger.empty_file"),
    "blank.csv": (b" \r\n \r\n", "ledger.empty_file"),
    "noise.xlsx": (bytes(range(256)) * 20, "ledger.not_a_spreadsheet"),
    "word.xlsx": (OLE + "WordDocument".encode("utf-16-le"), "ledger.not_a_spreadsheet"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "ledger.password"),
    "cut.xlsx": (b"PK\x03\x04 the rest did not arrive", "ledger.damaged"),
    "page.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "ledger.web_page"),
    "prose.csv": ("今天天气很好，适合拜访客户。".encode(), "ledger.no_headings"),
    "other.csv": ("商品,单价\n苹果,3\n".encode(), "ledger.no_headings"),
    "heads.csv": ("客户姓名,客户号,佣金\n".encode(), "ledger.no_clients"),
    "totals.csv": ("客户姓名,客户号\n合计,\n".encode(), "ledger.no_clients"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_no_use_is_one_error_with_advice(tmp_path: Path, name: str, language: str):
    content, key = BAD[name]
    path = tmp_path / name
    if key != "book.not_found":
        path.write_bytes(content)
    with in_language(language), pytest.raises(CrmkitError) as error:
        read_ledger(path, AS_OF)
    assert error.value.key == key
    assert str(path) in str(error.value)


def test_a_file_closed_to_us_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = workbook(tmp_path / "台账.xlsx", {"客户": DECK})
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CrmkitError) as error:
        read_ledger(path, AS_OF)
    assert error.value.key == "ledger.closed_to_us"


def test_a_folder_is_no_ledger(tmp_path: Path):
    with pytest.raises(CrmkitError) as error:
        read_ledger(tmp_path, AS_OF)
    assert error.value.key == "ledger.folder"


def with_far_cell(path: Path, write: Callable[[Any, Any], object]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("客户")
        for r, row in enumerate(DECK):
            page.write_row(r, 0, row)
        write(page, book.add_format({"bold": True}))
    return path


def test_a_stray_cell_at_the_far_end_is_an_error_and_not_a_crash(tmp_path: Path):
    path = with_far_cell(tmp_path / "台账.xlsx", lambda page, _: page.write("XFD1048576", "·"))
    with pytest.raises(CrmkitError) as error:
        read_ledger(path, AS_OF)
    assert error.value.key == "ledger.far_cell" and "XFD1048576" in str(error.value)


def test_far_cells_with_a_format_only_do_no_harm(tmp_path: Path):
    path = with_far_cell(
        tmp_path / "台账.xlsx", lambda page, bold: page.write_blank("XFD1048576", None, bold)
    )
    assert len(read_ledger(path, AS_OF).book.client) == 2


def test_many_clients_without_a_number_are_numbered_in_no_time(tmp_path: Path):
    reading = read_rows(tmp_path, [["姓名", "客户号"], *(["张三", ""] for _ in range(5_000))])
    assert reading.book.client["client_id"].is_unique


def test_twenty_thousand_clients(tmp_path: Path):
    rows = [DECK[0], *([*DECK[1][:1], 100_000 + i, *DECK[1][2:]] for i in range(20_000))]
    reading = read_rows(tmp_path, rows)
    assert len(reading.book.client) == len(reading.book.contact) == 20_000
    assert reading.problems.empty
