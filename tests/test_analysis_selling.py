"""Cross-selling: penetration counted by hand, and offers that never pass the gate."""

from datetime import date

import pandas as pd
import pytest

from crmkit.analysis.activity import measures
from crmkit.analysis.needs import needs
from crmkit.analysis.selling import ANSWERS, penetration, shelf_of, what_fits
from crmkit.analysis.tiering import tier_book
from crmkit.book.book import ClientBook, make_client_book
from crmkit.branch.simulate import make_book
from crmkit.conduct.suitability import gate
from crmkit.rules import read_rules
from crmkit.words import LANGUAGES, in_language

AS_OF = date(2026, 1, 5)
TESTED = pd.Timestamp("2025-06-01")
SHELF = pd.DataFrame({
    "product_id": ["bill", "cash", "mix", "sector"], "kind": ["bond", "wealth", "fund", "fund"],
    "product_risk": ["R1", "R2", "R3", "R5"],
})  # fmt: skip


@pytest.fixture(scope="module")
def branch() -> ClientBook:
    return make_book(600, 4, AS_OF, months=14)


def client(number: str, **other: object) -> dict[str, object]:
    usual = {"client_id": number, "stage": "existing", "risk_level": "C3", "risk_test_date": TESTED}
    return {**usual, **other}


def held(number: str, kind: str, amount: int = 100) -> dict[str, object]:
    return {"client_id": number, "product_id": kind, "kind": kind, "amount": amount}


def test_kinds_per_client_by_hand():
    people = [client("1"), client("2"), client("3"), client("4", stage="prospect")]
    holding = [held("1", "stock"), held("1", "fund"), held("2", "stock"), held("3", "bond", 0)]
    book = make_client_book(AS_OF, client=pd.DataFrame(people), holding=pd.DataFrame(holding))
    tiers = pd.DataFrame({"client_id": ["1", "2", "3", "4"], "tier": ["A", "A", "D", "unknown"]})
    found = penetration(book, tiers).set_index("group")
    assert found["clients"].to_dict() == {"A": 2, "D": 1, "all": 3}
    assert found["kinds_per_client"].to_dict() == {"A": 1.5, "D": 0.0, "all": 1.0}
    assert found.loc["A", ["share_stock", "share_fund", "share_bond"]].tolist() == [1.0, 0.5, 0.0]


def test_a_book_without_holdings_is_silent_and_not_empty_handed():
    book = make_client_book(AS_OF, client=pd.DataFrame([client("1")]))
    found = penetration(book, pd.DataFrame({"client_id": ["1"], "tier": ["A"]}))
    assert found["clients"].tolist() == [1, 1]
    assert found["kinds_per_client"].isna().all() and found["share_fund"].isna().all()


def test_the_kinds_of_a_branch_add_up(branch: ClientBook):
    found = penetration(branch, tier_book(branch).tiers).set_index("group")
    shares = found.filter(like="share_").sum(axis=1)
    pd.testing.assert_series_equal(shares, found["kinds_per_client"], check_names=False)
    tiers = found.drop("all")
    mean = (tiers["kinds_per_client"] * tiers["clients"]).sum() / tiers["clients"].sum()
    assert found.loc["all", "kinds_per_client"] == pytest.approx(mean)


def test_need_comes_first_and_every_no_has_its_reason():
    people = [
        client("fits"), client("low", risk_level="C1"),
        client("old", risk_test_date=pd.Timestamp("2020-01-01")),
        client("never", risk_level=None, risk_test_date=None),
        client("quiet", do_not_contact=True),
        client("cross"), client("owes"), client("dark"), client("has"), client("trader"),
        client("timid", risk_level="C2"), client("new", stage="new"), client("gone", stage="lost"),
    ]  # fmt: skip
    leans = dict.fromkeys([str(one["client_id"]) for one in people], "deposits")
    leans |= {"owes": "loans", "trader": "trading", "timid": "trading"}
    leans["dark"] = None  # type: ignore[assignment]
    book = make_client_book(
        AS_OF, client=pd.DataFrame(people),
        holding=pd.DataFrame([held("has", "bond"), held("has", "wealth")]),
        complaint=pd.DataFrame([{"complaint_id": "1", "client_id": "cross",
                                 "opened": pd.Timestamp("2025-12-30"), "topic": "fee"}]),
    )  # fmt: skip
    table = pd.DataFrame({"client_id": list(leans), "reliance": list(leans.values()), "ask": "?"})
    found = what_fits(book, table, SHELF, gate).set_index("client_id")
    assert found["step"].to_dict() == {
        "fits": "offer", "low": "offer", "old": "renew", "never": "renew", "quiet": "leave_be",
        "cross": "settle", "owes": "debt", "dark": "learn", "has": "served",
        "trader": "offer", "timid": "above",
    }  # fmt: skip
    assert found["product_id"].dropna().to_dict() == {
        "fits": "cash", "low": "bill", "trader": "mix",
    }  # fmt: skip


def test_nothing_above_the_level_is_offered_and_only_what_is_needed(branch: ClientBook):
    leans = needs(branch, measures(branch))
    found = what_fits(branch, leans, shelf_of(branch), gate)
    table = read_rules().value("suitability.table", AS_OF)
    level = branch.client.set_index("client_id")["risk_level"]
    reliance = leans.set_index("client_id")["reliance"]
    has = set(zip(branch.holding["client_id"], branch.holding["kind"], strict=True))
    offers = found[found["step"] == "offer"]
    assert len(offers) > 100 and (found["step"] == "renew").any()
    for row in offers.itertuples():
        assert row.product_risk in table[level[row.client_id]]
        assert row.kind in ANSWERS[reliance[row.client_id]]
        assert (row.client_id, row.kind) not in has
    assert found.loc[found["step"] != "offer", ["kind", "product_id"]].isna().all(axis=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_said_in_words(language: str, branch: ClientBook):
    with in_language(language):
        found = what_fits(branch, needs(branch, measures(branch)), shelf_of(branch), gate)
    assert found["reason"].str.len().gt(8).all()
