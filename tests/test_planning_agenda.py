"""What an agenda owes to whom, on small books where the right answer can be seen."""

from datetime import date, timedelta

import pandas as pd
import pytest

from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.results import AGENDA, LOAD, MISSED, NEXT_CONTACT, UNPLANNED
from crmkit.errors import CrmkitError
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.cadence import load_rules
from crmkit.words import glossary, in_language

WEDNESDAY = date(2026, 7, 1)


def client(client_id: str = "1", tier: str = "A", **facts: object) -> dict[str, object]:
    person = {"client_id": client_id, "tier": tier, "mobile": "10031234567", "open_date": None}
    return person | facts


def book_of(*people: dict[str, object], **tables: pd.DataFrame) -> tuple[ClientBook, pd.DataFrame]:
    rows = pd.DataFrame(list(people))
    for day in ("birth_date", "open_date"):
        if day in rows:
            rows[day] = pd.to_datetime(rows[day])
    return make_client_book(WEDNESDAY, client=rows, **tables), rows[["client_id", "tier"]]


def log(*entries: tuple[str, date, str], outcome: str | None = None) -> pd.DataFrame:
    rows = pd.DataFrame(list(entries), columns=["client_id", "date", "channel"])
    rows["date"] = pd.to_datetime(rows["date"])
    return rows.assign(contact_id=rows.index.astype("str"), outcome=outcome)


def plan(
    *people: dict[str, object],
    days: int = 20,
    minutes: int = 240,
    start: date = WEDNESDAY,
    **tables: pd.DataFrame,
) -> Agenda:
    book, tiers = book_of(*people, **tables)
    return make_agenda(book, tiers, start, days, minutes)


def days_of(agenda: Agenda, purpose: str) -> list[date]:
    rows = agenda.contacts[agenda.contacts["purpose"] == purpose]
    return [day.date() for day in rows["date"]]


def before(days: int) -> date:
    return WEDNESDAY - timedelta(days=days)


# birthdays


@pytest.mark.parametrize(
    ("born", "start", "planned"),
    [
        (date(1980, 7, 2), WEDNESDAY, date(2026, 7, 2)),
        (date(1980, 7, 4), WEDNESDAY, date(2026, 7, 3)),  # a Saturday
        (date(1980, 7, 12), WEDNESDAY, date(2026, 7, 7)),  # beyond the five days: not yet
        (date(1980, 7, 4), date(2026, 7, 4), date(2026, 7, 6)),  # the plan begins on it
        (date(2000, 2, 29), date(2026, 2, 25), date(2026, 2, 27)),  # kept on 28 February
        (date(1980, 10, 3), date(2026, 9, 28), date(2026, 9, 30)),  # in the National Day week
        (date(1980, 1, 1), date(2025, 12, 30), date(2025, 12, 31)),  # over the end of the year
    ],
)
def test_a_birthday_is_kept_on_its_day_or_the_trading_day_before(
    born: date, start: date, planned: date
):
    agenda = plan(client(birth_date=born), days=5, start=start)
    expected = [] if born == date(1980, 7, 12) else [planned]
    assert days_of(agenda, "birthday") == expected
    assert agenda.contacts.query("purpose == 'birthday'")["must"].all()


def test_a_birthday_comes_with_the_channels_of_a_greeting():
    agenda = plan(client(tier="D", wechat="w", birth_date=date(1980, 7, 2)), days=5)
    assert agenda.contacts.query("purpose == 'birthday'")["channel"].tolist() == ["wechat"]


def test_nobody_is_born_after_the_plan():
    assert not days_of(plan(client(birth_date=date(2030, 7, 2))), "birthday")


# new clients


@pytest.mark.parametrize(
    ("opened", "traded", "purpose"),
    [
        (0, None, "welcome"),
        (30, None, "welcome"),
        (31, None, None),
        (30, 0, "welcome"),
        (31, 0, "first_trade"),
        (90, 0, "first_trade"),
        (91, 0, None),
        (10, 5, None),
        (-1, None, None),
    ],
)
def test_who_opened_lately_and_is_not_known_to_trade_has_to_hear_from_us(
    opened: int, traded: int | None, purpose: str | None
):
    month = pd.to_datetime([WEDNESDAY.replace(day=1)])
    activity = pd.DataFrame({"client_id": ["1"], "month": month, "trade_amount": [traded]})
    agenda = plan(client(open_date=before(opened)), activity=activity)
    musts = agenda.contacts[agenda.contacts["must"]]
    assert musts["purpose"].tolist() == ([purpose] if purpose else [])
    if purpose:
        assert musts["channel"].item() == "call"
        assert musts["date"].item().date() <= WEDNESDAY + timedelta(days=7)


def test_a_welcome_already_given_is_not_given_twice():
    called = log(("1", before(3), "call"))
    assert not days_of(plan(client(open_date=before(10)), contact=called), "welcome")
    missed = log(("1", before(3), "call"), outcome="missed")
    assert days_of(plan(client(open_date=before(10)), contact=missed), "welcome")
    texted = log(("1", before(3), "sms"))
    assert days_of(plan(client(open_date=before(10)), contact=texted), "welcome")


# silence


@pytest.mark.parametrize("tier", ["A", "B", "C", "D", "unknown"])
def test_silence_becomes_a_must_at_the_limit_of_the_tier(tier: str):
    limit = load_rules().tier[tier].neglect_days
    for days, must in [(limit - 1, False), (limit, True)]:
        agenda = plan(client(tier=tier), contact=log(("1", before(days), "sms")))
        assert agenda.contacts["must"].iloc[0] == must
        assert bool(days_of(agenda, "neglected")) == must


def test_the_clock_restarts_at_any_contact_that_reached_the_client():
    history = log(("1", before(200), "call"), ("1", before(2), "sms"))
    assert not days_of(plan(client(), contact=history), "neglected")
    attempt = log(("1", before(2), "call"), outcome="missed").assign(contact_id="9")
    tried = pd.concat([log(("1", before(200), "call")), attempt])
    assert days_of(plan(client(), contact=tried), "neglected")


def test_no_record_is_said_and_is_not_called_neglect():
    agenda = plan(client())
    assert not days_of(agenda, "neglected")
    with in_language("en"):
        reason = plan(client()).contacts["reason"].iloc[0]
    assert "No contact on record" in reason


# who and how


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({"do_not_contact": True}, "do_not_contact"),
        ({"stage": "lost"}, "lost"),
        ({"mobile": None}, "unreachable"),
        ({"mobile": "  "}, "unreachable"),
        ({"consent_calls": False, "consent_messages": False, "address": "x"}, "unreachable"),
    ],
)
def test_who_cannot_or_must_not_be_contacted_is_left_alone_with_a_reason(
    facts: dict[str, object], cause: str
):
    agenda = plan(client(birth_date=date(1980, 7, 2), **facts))
    assert agenda.contacts.empty
    assert agenda.unplanned["cause"].tolist() == [cause]
    assert agenda.unplanned["reason"].item()
    assert agenda.next_contact["next_contact"].isna().all()


@pytest.mark.parametrize(
    ("tier", "facts", "channel"),
    [
        ("A", {}, "call"),
        ("A", {"mobile": None, "phone": "0595-22118888"}, "call"),
        ("A", {"mobile": None, "wechat": "w"}, "wechat"),
        ("A", {"mobile": None, "address": "x"}, "visit"),
        ("A", {"consent_calls": False}, "sms"),
        ("A", {"consent_calls": False, "wechat": "w"}, "wechat"),
        ("A", {"consent_messages": False, "wechat": "w"}, "call"),
        ("A", {"preferred_channel": "sms"}, "sms"),
        ("A", {"preferred_channel": "wechat"}, "call"),
        ("B", {"address": "x", "preferred_channel": "visit"}, "visit"),
        ("C", {"wechat": "w"}, "call"),
        ("D", {"mobile": None, "phone": "0595-22118888"}, "call"),
        ("unknown", {}, "call"),
    ],
)
def test_the_channel_is_the_best_that_is_open(tier: str, facts: dict[str, object], channel: str):
    agenda = plan(client(tier=tier, **facts), days=5)
    assert agenda.contacts["channel"].iloc[0] == channel
    assert agenda.contacts["why_channel"].iloc[0]


def test_a_message_goes_first_to_ordinary_clients_who_spoke_to_us_lately():
    spoken = log(("1", before(65), "call"))
    facts = {"tier": "D", "wechat": "w"}
    assert plan(client(**facts), contact=spoken).contacts["channel"].tolist() == ["wechat"]
    assert plan(client(tier="D"), contact=spoken).contacts["channel"].tolist() == ["sms"]


@pytest.mark.parametrize(("days", "visit"), [(89, False), (90, True)])
def test_a_key_client_is_met_once_a_quarter(days: int, visit: bool):
    contacts = log(("1", before(days), "visit"), ("1", before(8), "call"))
    agenda = plan(client(address="x"), days=1, contact=contacts)
    assert agenda.contacts["channel"].tolist() == (["visit"] if visit else ["call"])


def test_consent_that_is_not_on_record_is_asked_for():
    with in_language("en"):
        unknown = plan(client(), days=1).contacts["talk"].item()
        known = plan(client(consent_calls=True), days=1).contacts["talk"].item()
        message = plan(client(preferred_channel="sms"), days=1).contacts["talk"].item()
    assert "No consent to calls" in unknown and "No consent" not in known
    assert "No consent to messages" in message and "opt out" in message


def test_an_open_complaint_is_spoken_of_first_and_alone():
    complaint = pd.DataFrame(
        {"complaint_id": ["1", "2"], "client_id": ["1", "1"], "topic": ["fee", "fee"],
         "opened": pd.to_datetime([before(5), before(9)]), "closed": pd.NaT}
    )  # fmt: skip
    with in_language("en"):
        talk = plan(client(), complaint=complaint).contacts["talk"].iloc[0]
        settled = complaint.assign(closed=pd.Timestamp(before(1)))
        calm = plan(client(), complaint=settled).contacts["talk"].iloc[0]
    assert talk.startswith(f"The complaint first: made on {before(9)}")
    assert "complaint" not in calm


# how often


def test_each_tier_is_contacted_at_its_interval():
    people = [client(str(i), tier) for i, tier in enumerate(["A", "B", "C", "D", "unknown"])]
    agenda = plan(*people)
    counts = agenda.contacts.groupby("client_id").size()
    assert counts.to_dict() == {"0": 4, "1": 2, "2": 1, "3": 1, "4": 1}


def test_contacts_on_record_keep_their_distance_even_those_to_come():
    contacts = log(("1", before(1), "call"), ("1", WEDNESDAY + timedelta(days=9), "call"))
    agenda = plan(client(birth_date=date(1980, 7, 3)), contact=contacts)
    taken = [*(day.date() for day in agenda.contacts["date"]), *contacts["date"].dt.date]
    gaps = [abs(a - b).days for i, a in enumerate(taken) for b in taken[:i]]
    assert min(gaps) >= load_rules().tier["A"].spacing_days
    assert not days_of(agenda, "birthday")
    assert agenda.missed["purpose"].tolist() == ["birthday"]
    assert agenda.missed["reason"].item()


def test_one_contact_may_meet_two_obligations():
    with in_language("en"):
        agenda = plan(client(birth_date=date(1980, 7, 2), open_date=before(3)), days=5)
    assert len(agenda.contacts) == 1
    row = agenda.contacts.iloc[0]
    assert (row["purpose"], row["channel"]) == ("birthday", "call")
    assert "Birthday" in row["reason"] and "opened on" in row["reason"]
    assert "birthday" in row["talk"] and "Welcome call" in row["talk"]


def test_who_is_not_due_is_told_when():
    agenda = plan(client(tier="D"), days=5, contact=log(("1", before(5), "sms")))
    assert agenda.unplanned["cause"].item() == "not_due"
    due = pd.Timestamp(before(5) + timedelta(days=30))
    assert agenda.unplanned["due"].item() == due == agenda.next_contact["next_contact"].item()


@pytest.mark.parametrize("tier", ["A", "B", "C", "D", "unknown"])
def test_in_a_month_everybody_has_their_turn_even_who_was_contacted_yesterday(tier: str):
    agenda = plan(client(tier=tier), contact=log(("1", before(1), "sms")))
    grace = load_rules().tier[tier].grace_days
    first = agenda.contacts.iloc[0]
    assert first["date"] >= first["due"] - pd.Timedelta(days=grace)


def test_who_was_just_contacted_waits_for_the_spacing():
    rules = load_rules()
    people = client(tier="C", birth_date=date(1980, 7, 2))
    agenda = plan(people, days=2, contact=log(("1", before(1), "sms")))
    assert agenda.contacts.empty and len(agenda.missed) == 1
    assert rules.tier["C"].spacing_days > 3


# minutes


def test_everybody_gets_the_quickest_way_before_anybody_gets_a_better_one():
    people = [client(str(i), "A") for i in range(10)]
    agenda = plan(*people, days=1, minutes=10)
    assert agenda.contacts["channel"].tolist() == ["sms"] * 10
    assert plan(*people, days=1, minutes=19).contacts["channel"].tolist().count("call") == 1
    assert plan(*people, days=1, minutes=100).contacts["channel"].tolist() == ["call"] * 10


def test_when_minutes_run_out_the_tiers_come_in_order_and_the_rest_have_a_reason():
    people = [
        client(f"{tier}{i}", tier) for tier in ("D", "C", "unknown", "B", "A") for i in (1, 2)
    ]
    agenda = plan(*people, days=1, minutes=7)
    assert sorted(agenda.contacts["client_id"]) == [
        "A1",
        "A2",
        "B1",
        "B2",
        "C1",
        "unknown1",
        "unknown2",
    ]
    assert set(agenda.unplanned["cause"]) == {"no_minutes"}


def test_the_longest_silence_then_the_larger_assets_come_first():
    account = pd.DataFrame({"account_id": ["a", "b"], "client_id": ["1", "2"], "assets": [5, 9]})
    people = [client("1"), client("2"), client("3")]
    agenda = plan(*people, days=1, minutes=1, account=account)
    assert agenda.contacts["client_id"].tolist() == ["2"]
    seen = log(("2", before(20), "call"), ("1", before(25), "call"), ("3", before(8), "call"))
    agenda = plan(*people, days=1, minutes=1, account=account, contact=seen)
    assert agenda.contacts["client_id"].tolist() == ["1"]


def test_the_days_are_even():
    people = [client(str(i), "ABCD"[i % 4], address="x") for i in range(200)]
    load = plan(*people).load
    assert load["minutes"].max() - load["minutes"].min() <= load_rules().minutes["visit"] / 2


def test_six_hundred_clients_are_all_accounted_for_where_there_is_a_minute_for_each():
    agenda = plan(*[client(str(i), "ABCD"[i % 4]) for i in range(600)], minutes=40)
    assert agenda.figures["planned"] == 600
    assert agenda.figures["minutes_used"] <= 20 * 40


@pytest.mark.parametrize("people", [[], [client()], [client(do_not_contact=True)]])
@pytest.mark.parametrize("minutes", [0, 1, 450])
def test_odd_books_and_odd_minutes_still_make_a_plan(people: list[dict[str, object]], minutes: int):
    if people:
        agenda = plan(*people, minutes=minutes, days=3)
    else:
        tiers = pd.DataFrame({"client_id": [], "tier": []})
        agenda = make_agenda(make_client_book(WEDNESDAY), tiers, WEDNESDAY, 3, minutes)
    for rows, table in (
        (agenda.contacts, AGENDA), (agenda.unplanned, UNPLANNED), (agenda.missed, MISSED),
        (agenda.next_contact, NEXT_CONTACT), (agenda.load, LOAD),
    ):  # fmt: skip
        assert rows.dtypes.to_dict() == table.empty().dtypes.to_dict()
    assert len(agenda.load) == 3
    assert len(agenda.next_contact) == len(people)
    assert agenda.figures["planned"] + len(agenda.unplanned) == len(people)


# what is refused, what is noted


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ({"minutes": -1}, "planning.bad_minutes"),
        ({"minutes": 90.5}, "planning.bad_minutes"),
        ({"minutes": 451}, "planning.too_many_minutes"),
        ({"days": 0}, "planning.bad_days"),
        ({"days": -3}, "planning.bad_days"),
        ({"days": 251}, "planning.bad_days"),
        ({"start": date(1900, 1, 1)}, "planning.bad_start"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_makes_no_plan_is_refused(arguments: dict[str, object], key: str, language: str):
    with in_language(language), pytest.raises(CrmkitError) as caught:
        plan(client(), **arguments)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("tiers", "key"),
    [
        ({"client_id": ["1"]}, "planning.tiers_columns"),
        ({"client_id": ["1"], "tier": ["E"]}, "planning.tiers_value"),
        ({"client_id": ["1", "1"], "tier": ["A", "B"]}, "planning.client_twice"),
    ],
)
def test_tiers_that_cannot_be_used_are_named(tiers: dict[str, list[str]], key: str):
    book, _ = book_of(client())
    with pytest.raises(CrmkitError) as caught:
        make_agenda(book, pd.DataFrame(tiers), WEDNESDAY, 5, 240)
    assert caught.value.key == key


def test_a_client_who_stands_twice_in_the_book_is_named():
    with pytest.raises(CrmkitError) as caught:
        plan(client(), client(tier="B"))
    assert caught.value.key == "planning.client_twice"


def test_a_client_without_a_tier_is_unknown_and_a_missing_tier_too():
    book, _ = book_of(client("1"), client("2"))
    tiers = pd.DataFrame({"client_id": ["2"], "tier": [None]})
    agenda = make_agenda(book, tiers, WEDNESDAY, 5, 240)
    assert set(agenda.contacts["tier"]) == {"unknown"}


@pytest.mark.parametrize(
    ("start", "days", "named"),
    [
        (date(2026, 12, 28), 10, "2027"),
        (date(2010, 6, 3), 5, "2010"),
        (date(2026, 10, 1), 5, "2026-10-08"),
        (date(2026, 8, 1), 5, "2026-08-03"),
    ],
)
def test_the_notes_say_what_the_days_rest_on(start: date, days: int, named: str):
    notes = plan(client(), start=start, days=days).notes
    assert any(named in note for note in notes[2:])


def test_a_plan_within_an_official_year_has_no_word_on_the_calendar():
    assert not any("2026 年" in note for note in plan(client()).notes)


def test_the_notes_count_what_is_not_known():
    with in_language("en"):
        notes = "\n".join(plan(client("1"), client("2", "unknown")).notes)
    assert "without a contact on record: 2" in notes
    assert "without a date of birth, who get no birthday reminder: 2" in notes
    assert "consent to calls or messages is not known: 2" in notes
    assert "no tier yet: 1" in notes
    assert "no monthly activity" in notes


def test_the_next_contact_of_everybody_can_be_looked_up():
    people = [client("1", "A"), client("2", "D"), client("3", do_not_contact=True)]
    agenda = plan(*people, days=5, contact=log(("2", before(5), "sms")))
    table = agenda.next_contact.set_index("client_id")
    first = agenda.contacts.query("client_id == '1'")["date"]
    assert table.loc["1", "next_contact"] == first.min()
    assert table.loc["1", "then_due"] == first.max() + pd.Timedelta(days=7)
    assert table["planned"].tolist() == [True, False, False]
    assert agenda.next_contact["next_contact"].dropna().is_monotonic_increasing


def test_the_contacts_hold_no_personal_data():
    agenda = plan(client(name="张三", note="6月1日通话，电话 10031234567", address="田安路1号"))
    text = agenda.contacts.astype("str").to_csv() + agenda.unplanned.to_csv() + str(agenda.notes)
    assert "张三" not in text and "10031234567" not in text and "田安路" not in text
    assert agenda.people["name"].tolist() == ["张三"]


# words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_is_something_to_say_for_every_purpose_and_tier(language: str):
    for purpose in AGENDA.columns["purpose"].values:
        for tier in AGENDA.columns["tier"].values:
            own, general = f"talk.{purpose}.{tier}", f"talk.any.{purpose}"
            assert glossary()[own if own in glossary() else general][language]


def test_nothing_we_suggest_promises_forecasts_or_recommends():
    banned = ["保证", "稳赚", "必涨", "内幕", "抄底", "礼品", "返佣", "低风险"]
    banned += ["guarantee", "risk-free", "insider", "gift", "rebate", "bargain"]
    said = [
        text
        for key, entry in glossary().items()
        if key.startswith("talk.")
        for text in entry.values()
    ]
    assert not [(word, text) for word in banned for text in said if word in text.lower()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_explains_itself_in_the_reader_s_language(language: str):
    people = [
        client(
            str(i),
            "ABCD"[i % 4],
            open_date=before(i * 7),
            birth_date=date(1980, 7, i + 1),
            consent_calls=[True, False, None][i % 3],
        )
        for i in range(30)
    ]
    with in_language(language):
        agenda = plan(*people, minutes=20, days=10)
    for column in ("reason", "why_today", "why_channel", "talk"):
        texts = agenda.contacts[column]
        assert (texts.str.len() > 3).all() and not texts.str.contains("[{}]|None|NaT").any()
        assert texts.str.contains("[一-鿿]").all() == (language == "zh")
