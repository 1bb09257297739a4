import pandas as pd
import pytest

from crmkit.branch.dirt import KINDS
from crmkit.branch.simulate import make_book

AS_OF = "2026-01-05"


@pytest.fixture(scope="module")
def books():
    return tuple(make_book(n=800, seed=6, as_of=AS_OF, months=12, dirt=rate) for rate in (0, 0.3))


def test_a_clean_book_has_no_faults(books):
    assert books[0].faults.empty


def test_about_as_many_clients_are_faulty_as_asked_for(books):
    share = books[1].faults["client_id"].nunique() / 800
    assert 0.2 < share < 0.35


def test_every_kind_of_fault_occurs(books):
    assert set(books[1].faults["kind"]) == set(KINDS)


def test_each_fault_of_the_client_table_is_where_the_log_says(books):
    clean, soiled = (book.client.set_index("client_id") for book in books)
    for fault in books[1].faults.query("table == 'client' and kind != 'duplicate'").itertuples():
        shown = str(soiled.loc[fault.client_id, fault.column]).removesuffix(" 00:00:00")
        assert shown == fault.dirty != fault.clean
        assert (
            str(clean.loc[fault.client_id, fault.column]).removesuffix(" 00:00:00") == fault.clean
        )


def test_nothing_else_is_changed(books):
    clean, soiled = (book.client.set_index("client_id") for book in books)
    faulty = set(books[1].faults["client_id"])
    kept = [client for client in clean.index if client not in faulty]
    pd.testing.assert_frame_equal(clean.loc[kept], soiled.loc[kept])


def test_duplicates_are_the_same_person_under_another_number(books):
    soiled = books[1].client.set_index("client_id")
    for fault in books[1].faults.query("kind == 'duplicate'").itertuples():
        one, other = soiled.loc[fault.clean], soiled.loc[fault.dirty]
        assert one["mobile"] == other["mobile"]
        assert one["name"] != other["name"]


def test_units_are_wrong_by_a_hundred(books):
    accounts = books[1].account.set_index("client_id")["assets"]
    faults = books[1].faults.query("kind == 'unit'")
    assert all(accounts[f.client_id] == int(f.clean) * 100 for f in faults.itertuples())


def test_months_go_missing_and_late_trades_lose_nothing(books):
    clean, soiled = (book.activity for book in books)
    faults = books[1].faults
    assert len(clean) - len(soiled) == (faults["kind"] == "missing_month").sum()
    for client in faults.query("kind == 'late_posted'")["client_id"]:
        amounts = [t.loc[t["client_id"] == client, "trade_amount"] for t in (clean, soiled)]
        assert amounts[0].sum() == amounts[1].sum()
        assert amounts[0].tolist() != amounts[1].tolist()


def test_the_same_clients_are_faulty_in_a_larger_book(books):
    larger = make_book(n=1000, seed=6, as_of=AS_OF, months=12, dirt=0.3)
    ids = set(books[1].client["client_id"])
    found = larger.faults[larger.faults["client_id"].isin(ids)].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, books[1].faults)
