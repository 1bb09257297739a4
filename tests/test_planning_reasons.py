"""What a plan says of itself is true: of days, channels, musts, changes, and who is left out."""

from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest

from crmkit.book.book import make_client_book
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.cadence import load_rules
from crmkit.words import glossary, in_language, t

START = date(2026, 7, 1)
PEOPLE = pd.DataFrame(
    [
        {"client_id": str(1000 + i), "mobile": "10031234567", "wechat": "w" if i % 2 else None,
         "address": "x" if i % 3 else None, "preferred_channel": ["call", "wechat", None][i % 3],
         "consent_calls": i % 7 != 0, "consent_messages": i % 5 != 0}
        for i in range(60)
    ]
)  # fmt: skip
TIERS = PEOPLE[["client_id"]].assign(tier=["ABCD"[i % 4] for i in range(60)])
LAST = pd.DataFrame(
    [
        {"client_id": str(1000 + i), "date": pd.Timestamp(START - timedelta(days=11 * i)),
         "contact_id": str(i), "channel": "call", "outcome": "reached"}
        for i in range(50)
    ]
)  # fmt: skip


@cache
def agenda_of(minutes: int, days: int = 10) -> Agenda:
    book = make_client_book(START, client=PEOPLE, contact=LAST)
    return make_agenda(book, TIERS, START, days, minutes)


def said(key: str, texts: pd.Series) -> pd.Series:
    """Return which texts have the sentence of a key, whatever stands in its braces."""
    parts = [part.split("{")[0] for part in glossary()[key]["zh"].split("}")]
    return pd.Series(
        [all(part in text for part in parts) for text in texts], texts.index, dtype=bool
    )


@pytest.mark.parametrize("minutes", [15, 25, 240])
def test_days_are_called_full_only_where_they_were(minutes: int) -> None:
    agenda = agenda_of(minutes)
    free = agenda.load.set_index("date")["free_minutes"]
    late = agenda.contacts[said("planning.today.late", agenda.contacts["why_today"])]
    assert len(late) if minutes == 15 else minutes == 25 or late.empty
    for row in late.itertuples():
        day_before = free[free.index < row.date].iloc[-1]
        assert day_before < row.minutes
    for row in agenda.contacts.itertuples():
        if said("planning.channel.no_room", pd.Series([row.why_channel])).any():
            prices = agenda.prices.set_index("date")
            assert prices["minute"][row.date] > 0 or free[row.date] < 60
    if minutes == 240:
        assert not said("planning.channel.no_room", agenda.contacts["why_channel"]).any()


@pytest.mark.parametrize("minutes", [15, 25, 240])
def test_turns_are_spoken_of_only_where_they_are_kept(minutes: int) -> None:
    rows = agenda_of(minutes).contacts
    waited = rows[rows["due"] <= pd.Timestamp(START)]
    turn = waited[said("planning.today.turn", waited["why_today"])]
    for row in turn.itertuples():
        like = waited[(waited["tier"] == row.tier) & (waited["purpose"] == row.purpose)]
        like = like[like["client_id"].isin(LAST["client_id"])]
        assert not (like[like["due"] < row.due]["date"] > row.date).any()
        assert not (like[like["due"] > row.due]["date"] < row.date).any()
        assert len(set(like["date"])) > 1


def test_a_client_nobody_knows_the_last_contact_of_is_not_overdue() -> None:
    rows = agenda_of(240).contacts.drop_duplicates("client_id")
    new = rows[~rows["client_id"].isin(LAST["client_id"])]
    keys = [f"planning.today.{key}" for key in ("overdue", "late", "as_whole", "turn")]
    assert len(new) and not any(said(key, new["why_today"]).any() for key in keys)


@pytest.mark.parametrize("minutes", [15, 240])
def test_musts_are_called_so_on_the_row_in_its_reason_and_in_the_day_s_count(minutes: int) -> None:
    agenda = agenda_of(minutes)
    rows = agenda.contacts
    assert (said("agenda.worth.must", rows["worth"]) == rows["must"]).all()
    once = said("agenda.worth.once", rows["worth"])
    assert once.any() and not (once & rows["must"]).any()
    counted = rows.groupby("date")["must"].sum().reindex(agenda.load["date"], fill_value=0)
    assert counted.tolist() == agenda.load["musts"].tolist()


def again(old: Agenda, minutes: int, days: int, pins: pd.DataFrame | None = None) -> Agenda:
    book = make_client_book(START, client=PEOPLE, contact=LAST)
    return make_agenda(book, TIERS, START, days, minutes, before=old.contacts, pins=pins)


def test_what_lies_beyond_a_shorter_plan_is_not_said_to_make_room() -> None:
    old = agenda_of(240)
    new = again(old, 240, 4)
    gone = new.changes[new.changes["old_date"] > pd.Timestamp(new.days[-1])]
    assert len(gone) and set(gone["cause"]) == {"beyond"}
    free = new.load.set_index("date")["free_minutes"]
    for row in new.changes[new.changes["cause"] == "make_room"].itertuples():
        assert free[row.old_date] < new.rules.minutes[row.old_channel]


def test_room_is_made_only_on_days_that_are_full() -> None:
    old = agenda_of(25)
    visit = pd.DataFrame([("1020", pd.Timestamp(START), "call", "fixed"),
                          ("1024", pd.Timestamp(START), "call", "fixed")],
                         columns=["client_id", "date", "channel", "pin"])  # fmt: skip
    new = again(old, 25, 10, visit)
    free = new.load.set_index("date")["free_minutes"]
    made = new.changes[new.changes["cause"] == "make_room"]
    assert len(made)
    for row in made.itertuples():
        assert free[row.old_date] < new.rules.minutes[row.old_channel]


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize(
    ("facts", "minutes", "key"),
    [
        ({"consent_calls": False, "consent_messages": False}, 240, "refused"),
        ({"mobile": None, "address": None}, 240, "unreachable"),
        ({"mobile": None, "address": None, "consent_messages": False}, 240, "unreachable"),
        ({}, 0, "no_time"),
        ({"consent_messages": False}, 5, "too_few_minutes"),
    ],
)
def test_who_is_left_out_is_told_the_true_reason(
    facts: dict[str, object], minutes: int, key: str, spoken: str
) -> None:
    person = {"client_id": "1", "mobile": "10031234567", "address": "x"} | facts
    book = make_client_book(START, client=pd.DataFrame([person]))
    tiers = pd.DataFrame({"client_id": ["1"], "tier": ["A"]})
    with in_language(spoken):
        agenda = make_agenda(book, tiers, START, 5, minutes)
        parts = t(f"planning.not.{key}", closed="{}", minutes=10, most=minutes).split("{}")
        assert all(part in agenda.unplanned["reason"].iloc[0] for part in parts)


def test_on_leave_there_is_no_time(tmp_path) -> None:
    firm = tmp_path / "firm.toml"
    firm.write_text('[day]\nleave = ["2026-07-01", "2026-07-02"]\n', encoding="utf-8")
    book = make_client_book(START, client=PEOPLE[:3])
    agenda = make_agenda(book, TIERS, START, 2, 240, load_rules(firm))
    assert t("planning.not.no_time") in set(agenda.unplanned["reason"])
