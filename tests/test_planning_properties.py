"""Hard rules hold whatever the book; a judge of our own reads them off the finished tables."""

from datetime import date, timedelta
from itertools import combinations, pairwise, product
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.schema import CHANNELS, TIERS
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.cadence import load_rules
from crmkit.planning.calendar import is_trading_day

START = date(2026, 9, 21)  # a make-up Sunday before, two holidays ahead
RULES = load_rules()

NEEDS = {
    "visit": ["address"],
    "call": ["mobile", "phone"],
    "wechat": ["wechat"],
    "sms": ["mobile"],
}
CONSENT = {
    "visit": "",
    "call": "consent_calls",
    "wechat": "consent_messages",
    "sms": "consent_messages",
}

SETTINGS = settings(max_examples=50, derandomize=True, suppress_health_check=list(HealthCheck))
FEWER = settings(SETTINGS, max_examples=20)

Plan = tuple[ClientBook, pd.DataFrame, int, int]


def near(days_before: int, days_after: int) -> st.SearchStrategy[date]:
    return st.dates(START - timedelta(days=days_before), START + timedelta(days=days_after))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def clients(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "tier": draw(st.sampled_from(TIERS)),
        "mobile": draw(st.sampled_from(["10031234567", "10031234567", None])),
        "phone": draw(maybe(st.just("0595-22118888"))),
        "wechat": draw(maybe(st.just("w"))),
        "address": draw(maybe(st.just("田安路1号"))),
        "birth_date": draw(maybe(st.dates(date(1940, 1, 1), date(2004, 2, 29)))),
        "open_date": draw(maybe(near(400, 5))),
        "consent_calls": draw(st.sampled_from([True, False, None])),
        "consent_messages": draw(st.sampled_from([True, False, None])),
        "do_not_contact": draw(st.sampled_from([None, None, False, True])),
        "preferred_channel": draw(maybe(st.sampled_from(CHANNELS))),
        "stage": draw(st.sampled_from([None, "existing", "lost", "prospect"])),
        "history": draw(st.lists(st.tuples(near(200, 20), maybe(st.sampled_from(CHANNELS)),
                                           st.sampled_from([None, "reached", "missed"])),
                                 max_size=4)),
    }  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    people = draw(st.lists(clients(), max_size=14))
    rows = pd.DataFrame([{"client_id": f"{i}", **person} for i, person in enumerate(people)])
    contacts = [
        {"contact_id": f"{i}-{j}", "client_id": f"{i}", "date": day, "channel": way, "outcome": end}
        for i, person in enumerate(people)
        for j, (day, way, end) in enumerate(person["history"])
    ]
    book = make_client_book(START, client=rows, contact=pd.DataFrame(contacts))
    tiers = rows[["client_id", "tier"]] if people else pd.DataFrame({"client_id": [], "tier": []})
    return book, tiers, draw(st.integers(1, 12)), draw(st.sampled_from([0, 1, 7, 30, 61, 240, 450]))


def agenda_of(plan: Plan) -> Agenda:
    book, tiers, days, minutes = plan
    return make_agenda(book, tiers, START, days, minutes, RULES)


def clock(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


@SETTINGS
@given(plans())
def test_no_hard_rule_is_ever_broken(plan: Plan):
    agenda = agenda_of(plan)
    everybody_is_accounted_for(agenda, plan)
    days_hold_what_is_planned(agenda, plan)
    wishes_and_ways_are_kept(agenda, plan)
    contacts_keep_their_distance(agenda, plan)


def everybody_is_accounted_for(agenda: Agenda, plan: Plan) -> None:
    everybody = sorted(plan[0].client["client_id"])
    planned, left = set(agenda.contacts["client_id"]), list(agenda.unplanned["client_id"])
    assert sorted([*planned, *left]) == everybody
    assert (agenda.unplanned["reason"].str.len() > 0).all()
    assert sorted(agenda.next_contact["client_id"]) == everybody


def days_hold_what_is_planned(agenda: Agenda, plan: Plan) -> None:
    *_, minutes = plan
    assert list(agenda.load["date"].dt.date) == list(agenda.days)
    assert all(map(is_trading_day, agenda.days))
    for day, rows in agenda.contacts.groupby("date"):
        assert day.date() in agenda.days
        assert rows["minutes"].sum() <= minutes
        assert (rows["channel"] == "visit").sum() <= RULES.visits_per_day
        hours = [(clock(row.start), clock(row.end)) for row in rows.itertuples()]
        assert [end - begin for begin, end in hours] == rows["minutes"].tolist()
        assert all(end <= begin for (_, end), (begin, _) in pairwise(hours))
        for begin, end in hours:
            assert any(a <= begin and end <= b for a, b in RULES.open_hours())


def wishes_and_ways_are_kept(agenda: Agenda, plan: Plan) -> None:
    people = plan[0].client.set_index("client_id")
    for row in agenda.contacts.itertuples():
        person = people.loc[row.client_id]
        assert person["stage"] != "lost"
        assert person[NEEDS[row.channel]].notna().any()
        for wish, forbidden in (("do_not_contact", True), (CONSENT[row.channel], False)):
            assert not (wish and pd.notna(person[wish]) and person[wish] == forbidden)


def contacts_keep_their_distance(agenda: Agenda, plan: Plan) -> None:
    book, tiers, *_ = plan
    tier = tiers.set_index("client_id")["tier"]
    on_record = book.contact.groupby("client_id")["date"].agg(list).to_dict()
    for client, rows in agenda.contacts.groupby("client_id"):
        planned = list(rows["date"])
        pairs = [*combinations(planned, 2), *product(planned, on_record.get(client, []))]
        spacing = RULES.tier[tier[client]].spacing_days
        assert all(abs((a - b).days) >= spacing for a, b in pairs)


@FEWER
@given(plans(), st.randoms(use_true_random=False))
def test_the_same_book_gives_the_same_plan_in_whatever_order_it_stands(plan: Plan, chance: Any):
    book, tiers, days, minutes = plan
    order = list(range(len(book.client)))
    chance.shuffle(order)
    shuffled = make_client_book(START, client=book.client.iloc[order], contact=book.contact)
    again = make_agenda(shuffled, tiers.iloc[order], START, days, minutes, RULES)
    first = agenda_of(plan)
    pd.testing.assert_frame_equal(first.contacts, again.contacts)
    pd.testing.assert_frame_equal(first.unplanned, again.unplanned)
    pd.testing.assert_frame_equal(first.next_contact, again.next_contact)
    assert first.notes == again.notes


@FEWER
@given(st.lists(st.sampled_from(TIERS), max_size=60), st.integers(1, 5),
       st.tuples(st.integers(0, 40), st.integers(0, 40)))  # fmt: skip
def test_more_minutes_never_reach_fewer_clients(tiers: list[str], days: int, minutes: Any):
    """Holds where the quickest way takes everybody as long, as a text message does.

    Where one client can only be visited it need not: with more minutes the visit fits, and an
    important client's hour may be many others' messages.
    """
    rows = pd.DataFrame({"client_id": [str(i) for i in range(len(tiers))], "tier": tiers,
                         "mobile": "10031234567"}).astype("str")  # fmt: skip
    book = make_client_book(START, client=rows)
    few, many = (
        make_agenda(book, rows, START, days, available, RULES).figures["planned"]
        for available in sorted(minutes)
    )
    assert few == min(len(tiers), days * min(minutes))
    assert few <= many
