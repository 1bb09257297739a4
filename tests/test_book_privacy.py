"""What may be seen of a client, and what must not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.book.privacy import (
    mask,
    mask_address,
    mask_handle,
    mask_name,
    mask_phone,
    mask_text,
)
from crmkit.book.schema import CLIENT, EXTRA, TABLES


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("张三丰", "张**"), ("欧阳娜娜", "欧阳**"), ("欧阳", "欧*"),
     ("司马光", "司马*"), ("买买提·艾力", "买**·艾*"), ("John Smith", "J*** S****"),
     ("Tom", "T**"), ("张", "*"), ("", "")],
)  # fmt: skip
def test_names(name: str, shown: str):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("15412345678", "154****5678"), ("22118888", "****8888"), ("2211888", "***1888"),
     ("0300-22118888", "0300-****8888"), ("0300-22118888-801", "0300-****8888-***"),
     ("+85200001234", "+852****1234"), ("95500", "*****"), ("4000001234", "******1234"), ("", "")],
)  # fmt: skip
def test_phones(number: str, shown: str):
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("田安路1号", "田安路****"), ("样例市丰泽区田安路1号3栋502室", "样例市丰泽区田安路****"),
     ("丰泽街２号", "丰泽街****"), ("三里路东二巷5号", "三里路东二巷****"),
     ("样例大道", "样例大道"), ("样例市测试区花园小区3栋", "样例市测试区****"),
     ("花园小区", "花园****"), ("花园3栋", "花园****"),
     ("1 Tian'an Road, Flat 3", "* Tian'an Road, Flat *"), ("", "")],
)  # fmt: skip
def test_addresses_end_with_the_street(address: str, shown: str):
    assert mask_address(address) == shown


@pytest.mark.parametrize(
    ("handle", "shown"),
    [("zhang.san@example.com", "z****@example.com"), ("demo_zhang", "d****"), ("", "****")],
)
def test_handles(handle: str, shown: str):
    assert mask_handle(handle) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("新号 15412345678", "新号 154****5678"), ("154-1234-5678 常用", "154-****-5678 常用"),
     ("+8615412345678", "+*********5678"), ("座机0300-22118888", "座机****-****8888"),
     ("身份证99999919900101123X", "身份证9999**********123X"),
     ("卡号6222020200112345678", "卡号6222***********5678"),
     ("邮箱 a.b@example.com", "邮箱 a****@example.com"), ("2026-06-01 通话", "2026-06-01 通话"),
     ("20260601通话", "20260601通话"), ("买入12345678元", "买入12345678元"),
     ("持有1200000股", "持有***0000股"),
     ("tel.13800138000", "tel.138****8000"), ("138.0013.8000", "138.****.8000"),
     ("138/0013/8000", "138/****/8000"), ("１３８－００１３－８０００", "１３８－****－８０００"),
     ("138–0013—8000", "138–****—8000"), ("13800 138000", "138** **8000"),
     ("13800138000万总介绍", "138****8000万总介绍"),
     ("电话13800138000 万科股东", "电话138****8000 万科股东"),
     # eleven figures that look like a mobile are one, whatever follows
     ("13800138000元", "138****8000元"),
     ("6222020200112345678万科", "6222***********5678万科"),
     ("微信wx_zhangsan88", "微信w****"), ("wxid_abc123def", "w****"),
     ("微信号：zhangsan", "微信号：z****"), ("WeChat ID zhangsan", "WeChat ID z****"),
     ("微信a.b@example.com", "微信a****@example.com"),
     ("住田安路1号3栋502室", "住田安路****"), ("lives at 1 Tianan Road", "lives at * Tianan Road"),
     ("wechat message sent", "wechat message sent"), ("微信reached", "微信reached"),
     ("他知道3号开会，渠道2号", "他知道3号开会，渠道2号"), ("2026/01/05", "2026/01/05"),
     ("2026.01.05-2026.02.05", "2026.01.05-2026.02.05"),
     ("2026-01-05 13:00 通话", "2026-01-05 13:00 通话"), ("净值1.5834567890", "净值1.5834567890"),
     ("金额1,380,013,800元", "金额1,380,013,800元"), ("资产1380.0138万元", "资产1380.0138万元"),
     ("6月1日通话", "6月1日通话"), ("收益3.1415926535", "收益3.1415926535"), ("", "")],
)  # fmt: skip
def test_remarks_lose_what_could_ring_identify_or_pay(text: str, shown: str):
    assert mask_text(text) == shown


def test_a_table_is_masked_by_the_schema_and_nothing_else_changes():
    rows = pd.DataFrame(
        {
            "client_id": ["13131", "13132"],
            "name": ["张三", None],
            "mobile": ["15412345678", None],
            "phone": [None, "0300-22118888"],
            "address": ["田安路1号", None],
            "email": ["zhang@example.com", None],
            "note": ["张三的太太 15412345678", None],
            "assets": pd.array([1, None], "Int64"),
        }
    )
    masked = mask(rows)
    assert masked.iloc[0].astype(object).fillna("").tolist() == [
        "13131", "张*", "154****5678", "", "田安路****", "z****@example.com",
        "张*的太太 154****5678", 1,
    ]  # fmt: skip
    assert masked.iloc[1].isna().sum() == 6
    pd.testing.assert_frame_equal(masked[["client_id", "assets"]], rows[["client_id", "assets"]])
    assert rows["name"].tolist()[0] == "张三"
    pd.testing.assert_frame_equal(mask(rows, CLIENT), masked)


def test_an_empty_table_stays_one():
    for table in TABLES.values():
        assert mask(table.empty(), table).columns.tolist() == list(table.columns)


def test_own_columns_of_a_ledger_are_masked_as_remarks():
    rows = pd.DataFrame({"client_id": ["1"], "heading": ["身份证"], "text": ["999999199001011234"]})
    assert mask(rows, EXTRA)["text"].tolist() == ["9999**********1234"]


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text("给他打号码：，。 的是", max_size=10))
def test_no_mobile_survives_in_a_remark(number: str, words: str):
    assert number not in mask_text(f"{words}{number}{words}")


LONG = st.sampled_from(["a", "1", "路", "@", "1-", " "]).map(lambda piece: piece * 9999)


@given(st.text(max_size=40) | LONG)
def test_masks_take_any_text(text: str):
    for masked in (mask_name(text), mask_phone(text), mask_address(text), mask_text(text)):
        assert isinstance(masked, str)
