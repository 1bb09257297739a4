"""What happened, what was fixed, and what was planned before, on small books."""

from datetime import date

import pandas as pd

from crmkit.book.book import make_client_book
from crmkit.planning.agenda import Agenda, make_agenda

WEDNESDAY, THURSDAY = date(2026, 7, 1), date(2026, 7, 2)

PEOPLE = pd.DataFrame(
    {"client_id": [f"{n}" for n in range(8)], "tier": list("ABCDABCD"), "mobile": "10031234567"}
)


def plan(start: date = WEDNESDAY, **news: pd.DataFrame) -> Agenda:
    book = make_client_book(WEDNESDAY, client=PEOPLE)
    return make_agenda(book, PEOPLE[["client_id", "tier"]], start, 10, 60, **news)


def test_a_pin_is_kept_and_a_day_kept_free_stays_free():
    pins = pd.DataFrame(
        {"client_id": ["1", "0"], "date": pd.to_datetime([THURSDAY, WEDNESDAY]),
         "channel": ["sms", None], "pin": ["fixed", "kept_free"]}
    )  # fmt: skip
    contacts = plan(pins=pins).contacts
    fixed = contacts[(contacts["client_id"] == "1") & (contacts["date"] == "2026-07-02")]
    assert fixed["channel"].tolist() == ["sms"] and fixed["must"].all()
    free = contacts[(contacts["client_id"] == "0") & (contacts["date"] == "2026-07-01")]
    assert free.empty


def test_what_a_pin_changes_was_asked_for_and_days_kept_free_are_said_to_be():
    first = plan()
    days = pd.Series(first.days, dtype="datetime64[s]")
    pins = pd.DataFrame({"client_id": "0", "date": days, "channel": None, "pin": "kept_free"})
    again = plan(before=first.contacts, pins=pins)
    mine = again.changes[again.changes["client_id"] == "0"]
    assert set(mine["change"]) == {"cancelled"} and set(mine["cause"]) == {"asked"}
    assert "news" not in set(again.changes["cause"])
    assert again.unplanned.set_index("client_id").loc["0", "cause"] == "kept_free"


def test_an_urgent_signal_is_a_must_by_its_own_channel_until_its_day():
    signals = pd.DataFrame(
        {"client_id": ["2"], "signal": ["big_loss"], "severity": ["urgent"],
         "due": pd.to_datetime([THURSDAY]), "channel": ["call"]}
    )  # fmt: skip
    contacts = plan(signals=signals).contacts
    met = contacts[contacts["purpose"] == "big_loss"]
    assert met["client_id"].tolist() == ["2"] and met["must"].all()
    assert met["channel"].tolist() == ["call"] and met["date"].max().date() <= THURSDAY


def test_without_news_the_plan_is_the_plan_before():
    first = plan()
    again = plan(before=first.contacts, prices=first.prices)
    columns = ["client_id", "date", "channel"]
    pd.testing.assert_frame_equal(first.contacts[columns], again.contacts[columns])
    assert again.changes.empty


def test_what_was_not_made_comes_back_and_is_listed():
    first = plan()
    today = first.contacts[first.contacts["date"] == "2026-07-01"]
    later = plan(THURSDAY, before=first.contacts, prices=first.prices)
    assert len(today)
    assert set(today["client_id"]) <= set(later.contacts["client_id"])
    assert set(today["client_id"]) <= set(later.changes["client_id"])
