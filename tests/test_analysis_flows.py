"""Who came and went and why, whom to ask, and what products have to do with staying."""

from datetime import date

import pandas as pd
import pytest

from crmkit.analysis.churn.products import products_and_staying
from crmkit.analysis.churn.reasons import leaving_reasons, reason_mix, reason_words
from crmkit.analysis.flows import flows
from crmkit.analysis.referrals import whom_to_ask
from crmkit.book.book import make_client_book
from crmkit.book.results.churn import CAUSES
from crmkit.book.rewind import rewind
from crmkit.branch.simulate import BranchBook, make_book
from crmkit.words import LANGUAGES, in_language


@pytest.fixture(scope="module")
def branch() -> BranchBook:
    return make_book(n=3000, seed=5, as_of="2026-01-05")


def test_causes_are_read_from_remarks_as_they_truly_were(branch: BranchBook):
    found = leaving_reasons(branch).set_index("client_id")
    truth = branch.truth["outcome"].set_index("client_id")["cause"].reindex(found.index)
    read = found[found["cause"] != "none"]
    assert len(read) > 100
    # a client who came back and left again keeps the remark of the last time
    assert (read["cause"].astype("str") == truth.loc[read.index].astype("str")).mean() > 0.97
    silent = branch.client.set_index("client_id")["note"].reindex(found.index).isna()
    assert (found["cause"] != "none")[~silent].mean() > 0.97
    assert set(reason_words()) <= set(CAUSES)


def test_low_fees_alone_keep_nobody(branch: BranchBook):
    mix = reason_mix(leaving_reasons(branch))
    assert mix["share"].sum() == pytest.approx(1)
    assert mix.loc["price", "share"] < 0.6
    assert mix.drop(index="none")["controllable"].notna().all()


def test_everybody_is_in_one_flow_and_money_adds_up(branch: BranchBook):
    before = rewind(branch, date(2025, 6, 30))
    table = flows(before, branch)
    assert table["clients"].sum() == len(branch.client)
    assert not table.duplicated(["was", "now"]).any()
    ways = table.groupby("way", observed=True)["clients"].sum()
    then = before.client.set_index("client_id")["stage"]
    now = branch.client.set_index("client_id")["stage"].reindex(then.index)
    went = ~then.isin(["lost", "prospect"]) & now.isin(["lost", "prospect"])
    assert ways["left"] == went.sum()
    inside = table[table["way"].isin(["stayed", "came"])].astype({"pnl": "float64"})
    moved = inside["assets_before"] + inside["inflow"] - inside["outflow"] + inside["pnl"]
    # assets of the book's day are those of the last month's end
    assert moved.sum() == pytest.approx(inside["assets_now"].sum(), rel=1e-3)


def known(**columns: object) -> pd.DataFrame:
    row = {"client_id": "1", "stage": "existing", "do_not_contact": False} | columns
    return pd.DataFrame([row])


MONTH = {"client_id": ["1"], "month": [pd.Timestamp("2025-12-01")], "assets_end": [100]}
TALK = pd.DataFrame({"contact_id": ["a"], "client_id": "1", "date": pd.Timestamp("2025-12-20"),
                     "outcome": "reached"})  # fmt: skip
UPSET = pd.DataFrame({"complaint_id": ["c"], "client_id": "1", "topic": "fee",
                      "opened": pd.Timestamp("2025-10-01")})  # fmt: skip


@pytest.mark.parametrize(("client", "pnl", "tables", "ask"), [
    ({}, 10, {"contact": TALK}, True),
    ({}, 10, {}, False),
    ({}, -10, {"contact": TALK}, False),
    ({}, 10, {"contact": TALK, "complaint": UPSET}, False),
    ({"do_not_contact": True}, 10, {"contact": TALK}, False),
])  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_be_asked_for_an_introduction(client, pnl: int, tables, ask: bool, language: str):
    months = pd.DataFrame(MONTH | {"pnl": [pnl]})
    book = make_client_book(date(2026, 1, 5), client=known(**client), activity=months, **tables)
    with in_language(language):
        found = whom_to_ask(book).iloc[0]
    assert found["ask"] == ask
    assert found["reason"]


def test_products_and_staying_is_a_correlation(branch: BranchBook):
    """The branch plants no effect of products on leaving."""
    found = products_and_staying(branch, date(2025, 6, 30))
    assert abs(found.alike.effect) < 2.5 * found.alike.error
    assert all(effect.notes for effect in (found.seen, found.alike))
