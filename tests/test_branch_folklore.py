import pandas as pd
import pytest

from crmkit.branch.folklore import (
    Folklore,
    meetings_before_opening,
    minutes_to_keep,
    minutes_to_win,
    recommended_per_client,
    weigh,
)
from crmkit.branch.nature import Nature
from crmkit.branch.plan import make_plan
from crmkit.branch.policies import everybody
from crmkit.branch.sample import take_sample
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError
from crmkit.words import in_language


@pytest.fixture(scope="module")
def book():
    return make_book(n=1500, seed=4, as_of="2026-01-05", months=24)


def test_sayings_are_counted_as_by_hand(book):
    began = book.activity["month"].min()
    opened = book.client[book.client["open_date"] >= began].set_index("client_id")["open_date"]
    with_account = set(book.activity["client_id"])
    met = spent = 0
    for row in book.contact[book.contact["direction"] == "out"].itertuples():
        before = row.client_id in opened.index and row.date < opened[row.client_id]
        met += before and row.channel in ("visit", "call") and row.outcome == "reached"
        never = row.client_id not in with_account and row.purpose == "prospect"
        spent += row.minutes * (before or never)
    assert met and meetings_before_opening(book) == pytest.approx(met / len(opened))
    assert minutes_to_win(book) == pytest.approx(spent / len(opened))
    assert minutes_to_keep(book) > 0
    sent = book.client[book.client["source"] == "referral"]
    assert recommended_per_client(book) == len(sent) / sent["open_date"].notna().sum()


def test_no_saying_is_a_law(book):
    told, turned = weigh(book), weigh(book, Folklore(cost_ratio=2.0))
    assert told["told"].tolist() == [7, 6, 8, 25]
    assert turned["told"].tolist() == [7, 2, 8, 25]
    pd.testing.assert_series_equal(told["observed"], turned["observed"])


def test_who_believes_in_seven_meetings_opens_later():
    def opened(meetings):
        nature = Nature(meetings_needed=meetings)
        plan = make_plan(4000, 2, "2026-01-05", 24, policy=everybody("visit"), nature=nature)
        return int((take_sample(plan).state("opened") >= 0).sum())

    assert opened(2.0) > opened(7.0) > opened(20.0)


def test_sayings_are_told_in_both_languages(book):
    told = []
    for spoken in ("zh", "en"):
        with in_language(spoken):
            told.append(weigh(book)[["text", "measure"]])
    assert not (told[0] == told[1]).any().any()


@pytest.mark.parametrize("wrong", [{"meetings": 0}, {"told": -1}, {"cost_ratio": float("inf")}])
def test_numbers_that_mean_nothing_are_refused(wrong):
    with pytest.raises(CrmkitError, match=next(iter(wrong))):
        Folklore(**wrong)
