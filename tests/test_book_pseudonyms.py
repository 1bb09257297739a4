"""Pseudonyms that join and tell nothing; where personal data stands."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.analysis.activity import measures
from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.disclosure import find_personal_data
from crmkit.book.pseudonyms import IDENTITIES, pseudonym, pseudonymous
from crmkit.book.schema import TABLES
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError

KEY, OTHER = b"a key of the test's own", b"another key, as long as it"


@pytest.fixture(scope="module")
def book() -> ClientBook:
    made = make_book(120, 6, "2026-01-05", months=14)
    client = made.client.copy()
    client.loc[0, "note"] = f"{client.loc[1, 'name']}的朋友，住田安路1号，手机 15412345678"
    extra = pd.DataFrame({"client_id": client["client_id"].head(1), "heading": ["身份证"],
                          "text": ["999999199001011234"]})  # fmt: skip
    return make_client_book(made.as_of, **{**made.tables, "client": client, "extra": extra})


@pytest.fixture(scope="module")
def hidden(book: ClientBook) -> ClientBook:
    return pseudonymous(book, KEY)


def test_joins_are_kept_and_so_is_every_figure(book: ClientBook, hidden: ClientBook):
    known = measures(book).assign(client_id=lambda rows: rows["client_id"].map(name))
    found = measures(hidden)
    left_out = ["profile_completeness"]  # the profile is what a pseudonymous book leaves out
    pd.testing.assert_frame_equal(
        *(rows.drop(columns=left_out).sort_values("client_id").reset_index(drop=True)
          for rows in (known, found))
    )  # fmt: skip
    clients = set(hidden.client["client_id"])
    for table in ("account", "activity", "contact", "complaint", "referral", "holding"):
        assert set(hidden.tables[table]["client_id"]) <= clients
        assert len(hidden.tables[table]) == len(book.tables[table])
    referrers = book.client["referrer_id"].dropna().map(name)
    assert sorted(hidden.client["referrer_id"].dropna()) == sorted(referrers)


def name(number: str) -> str:
    return pseudonym(number, KEY)


def test_nothing_that_names_anybody_is_left(book: ClientBook, hidden: ClientBook):
    everything = "\n".join(table.to_csv(index=False) for table in hidden.tables.values())
    secrets: set[str] = set()
    for table, rows in book.tables.items():
        for column in TABLES[table].columns.values():
            if column.personal or column.name in (*IDENTITIES, "district", "occupation"):
                secrets |= set(rows[column.name].dropna().astype("str"))
    assert len(secrets) > 500
    assert not [secret for secret in secrets if len(secret) > 1 and secret in everything]
    found = find_personal_data(hidden)
    assert found.empty, found


def test_birthdays_lose_their_day_and_rows_their_order(book: ClientBook, hidden: ClientBook):
    born = hidden.client["birth_date"].dropna()
    assert (born.dt.month == 1).all() and (born.dt.day == 1).all()
    years = sorted(book.client["birth_date"].dropna().dt.year)
    assert sorted(born.dt.year) == years
    assert hidden.client["client_id"].tolist() != book.client["client_id"].map(name).tolist()


def test_the_same_key_makes_the_same_book_and_another_key_another(book: ClientBook, hidden):
    again = pseudonymous(book, KEY)
    for table, rows in hidden.tables.items():
        pd.testing.assert_frame_equal(rows, again.tables[table])
    other = pseudonymous(book, OTHER)
    assert not set(other.client["client_id"]) & set(hidden.client["client_id"])


def test_two_books_of_one_key_join_with_each_other(book: ClientBook, hidden: ClientBook):
    later = make_client_book(date(2026, 2, 5), client=book.client.head(10))
    assert set(pseudonymous(later, KEY).client["client_id"]) <= set(hidden.client["client_id"])


def test_a_key_that_can_be_guessed_is_refused(book: ClientBook):
    with pytest.raises(CrmkitError, match="16"):
        pseudonymous(book, b"1234")


@given(st.text(max_size=20), st.text(max_size=20))
def test_different_numbers_have_different_pseudonyms(one: str, other: str):
    assert (name(one) == name(other)) == (one == other)
    assert pseudonym(one, KEY, "account") != name(one)
    assert len(name(one)) == 20 and name(one).isalnum()


def test_personal_data_is_found_where_it_belongs_and_where_it_strayed(book: ClientBook):
    found = find_personal_data(book).set_index(["table", "column", "kind"])
    assert found.loc[("client", "name", "name"), "declared"]
    assert found.loc[("client", "mobile", "phone"), "rows"] == 120
    for column, kind in (("note", "phone"), ("note", "address"), ("note", "other_name")):
        assert not found.loc[("client", column, kind), "declared"]
        assert found.loc[("client", column, kind), "rows"] >= 1
    assert found.loc[("extra", "text", "id_number"), "example"] == "9999**********1234"
    assert found.loc[("contact", "contact_id", "client_number"), "rows"] == len(book.contact)
    names = set(book.client["name"])
    assert not [text for text in found["example"] if text in names]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("手机 154 1234 5678", ["phone"]), ("座机0300-22118888", ["phone"]),
     ("卡号 6222020200112345678", ["card_number"]), ("身份证 99999919900101123X", ["id_number"]),
     ("a.b@example.com", ["email"]), ("田安路1号", ["address"]), ("1 Tianan Road", ["address"]),
     ("买入 12345678 元", []), ("2026-06-01 通话", []), ("收益3.1415926535", []),
     ("成交额 15412345678901234", []), ("", []),
     ("tel.13800138000", ["phone"]), ("138.0013.8000", ["phone"]), ("138/0013/8000", ["phone"]),
     ("１３８－００１３－８０００", ["phone"]), ("13800138000万总介绍", ["phone"]),
     ("微信wx_zhangsan88", ["handle"]), ("微信已回复", []), ("他知道3号开会", []),
     ("净值1.5834567890", []), ("订单 202601051380013", []), ("2026.01.05-2026.02.05", []),
     ("金额1,380,013,800元", [])],
)  # fmt: skip
def test_kinds_are_told_apart_in_a_text(text: str, kinds: list[str]):
    assert find_personal_data({"mine": pd.DataFrame({"plan": [text]})})["kind"].tolist() == kinds


def kinds_of(**columns: list) -> set[tuple[str, str]]:
    found = find_personal_data(pd.DataFrame(columns))
    assert set(found["table"]) <= {"table"}
    return set(zip(found["column"], found["kind"].astype("str"), strict=True))


def test_numbers_stored_as_numbers_are_read_and_amounts_are_not():
    assert kinds_of(tel=[13800138000, 15412345678]) == {("tel", "phone")}
    assert kinds_of(tel=[13800138000, None, 15412345678.0]) == {("tel", "phone")}
    assert kinds_of(card=[6222020200112345, 6222020200112346]) == {("card", "card_number")}
    turnover = [10_000_000 * n for n in range(1, 2000)]
    assert kinds_of(turnover=turnover, share=[0.5] * 1999, yes=[True] * 1999) == set()
    assert kinds_of(assets=[13_800_138_000] * 3) == set()


@pytest.mark.parametrize("heading", ["姓名", "客户姓名", "Customer Name", "Surname"])
def test_names_are_found_under_other_headings(heading: str):
    found = kinds_of(**{heading: ["张三", "李四"], "remark": ["与张三通话", "无"]})
    assert found == {(heading, "name"), ("remark", "other_name")}
    assert kinds_of(产品名称=["基金", "债券"], filename=["a", "b"]) == set()
