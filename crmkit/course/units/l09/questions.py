"""The questions of lesson 9: those along the lesson, and exercises E09a and E09b."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from crmkit.course.questions import (
    Assign,
    Calendar,
    Choice,
    Number,
    Policy,
    Question,
    Ranking,
    Requirement,
    any_order,
    one_of,
    out_of_order,
)
from crmkit.course.questions.calendar import at_most, covers, no_repeats, within_minutes
from crmkit.course.units.l09.practice import (
    CLIENTS,
    HOURS,
    MONDAY,
    RHYTHMS,
    WEEK,
    WEEK_MINUTES,
    Practice,
    each_minutes,
    month_minutes,
)
from crmkit.planning.cadence import load_rules

OBJECTIVES = ("time", "gate", "rhythm", "fair")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l09-w1": ("three", "level", "times"),
    "l09-p2": ("overlooked", "loud", "largest"),
    "l09-p6": ("both", "new_only", "cut_all", "private"),
    "l09-p7": ("greet", "envelope", "nothing"),
    "l09-x1": ("minute", "equal", "top"),
    "l09-x2": ("agreed", "blast", "never"),
    "l09-x3": ("seat", "cut", "quiet"),
    "e09b-q1": ("both", "new_only", "cut_all", "private"),
}
SERVES: Mapping[str, str] = {
    "l09-w1": "", "l09-p2": "time", "l09-p6": "fair", "l09-p7": "rhythm", "l09-x1": "time",
    "l09-x2": "gate", "l09-x3": "fair", "e09b-q1": "fair",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l09-p2": ("S058", "S033"), "l09-p6": ("S033", "S049"), "l09-p7": ("S138", "S139"),
    "l09-x1": ("S113",), "l09-x2": ("S042", "S051", "S167"), "l09-x3": ("S050",),
    "e09b-q1": ("S033", "S049"),
}  # fmt: skip

#: What is to become of a planned contact, by its kind.
GATES = ("go", "change", "leave")
DUE: Mapping[str, str] = {
    "fine": "go", "late": "change", "no_consent": "change", "crowded": "change", "barred": "leave",
}  # fmt: skip
#: How soon each event asks for somebody.
SOON = ("today", "week", "turn")
EVENTS: Mapping[str, str] = {
    "complaint": "today", "outflow": "today", "big_loss": "today", "no_trade": "week",
    "fee": "week", "gain": "turn", "win_back": "turn",
}  # fmt: skip
#: What old clients get when a price for new ones is announced, by their case.
ANSWERS = ("step", "talk", "seat", "none")
TOUCHED: Mapping[str, str] = {
    "reached_table": "step", "near_table": "step", "asks_below": "talk", "hints": "talk",
    "upset": "talk", "loyal": "seat", "referrer": "seat", "peace": "none",
}  # fmt: skip
SEAT_SHARE = 0.30


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 9 on a practice."""
    rng = np.random.default_rng([seed, 109])
    return [
        _choice("l09-w1", rng),
        _each(practice),
        _choice("l09-p2", rng),
        _by_minute("l09-p3", practice.five, "by_minutes", rng),
        _gate("l09-p4", practice.gate_six, rng),
        _events(rng),
        *(_choice(name, rng) for name in ("l09-p6", "l09-p7", "l09-x1", "l09-x2", "l09-x3")),
        _rhythms(practice),
        _gate("e09a-q2", practice.gate_twelve, rng),
        _by_minute("e09a-q3", practice.six, "loud", rng),
        _week(practice),
        _choice("e09b-q1", rng),
        _cost(practice),
        _touched(rng),
        _seats(practice),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, "l09", CHOICES[name], rng, **facts)


def _each(practice: Practice) -> Number:
    """Ask how long everybody's share is when time is divided equally."""
    wanted = sum(practice.counts[tier] for tier in ("A", "B"))
    call = load_rules().minutes["call"]
    needed = (wanted * 2 + (CLIENTS - wanted)) * call
    return Number(
        id="l09-p1",
        room="l09",
        slots={"key": wanted, "others": CLIENTS - wanted, "call": call, "hours": HOURS,
               "minutes": needed, "times": needed / practice.minutes},
        right=round(needed / 60, 1),
        within=0.6,
        lowest=0,
        highest=20_000,
        wrong={"in_minutes": needed, "once": round(CLIENTS * call / 60, 1),
               "key_only": round(wanted * 2 * call / 60, 1)},
        objective="time",
        covers=("S129",),
    )  # fmt: skip


def _by_minute(
    name: str, contacts: pd.DataFrame, idea: str, rng: np.random.Generator
) -> Ranking:
    """Ask for contacts by what a minute of each is worth."""
    rate = (contacts["worth"] / contacts["minutes"]).sort_values(ascending=False)
    right = tuple(map(str, rate.index))
    ranked = contacts.loc[list(right)]
    other = {
        "by_minutes": tuple(ranked.sort_values("minutes", kind="stable").index),
        "loud": ("loud", *(case for case in right if case != "loud")),
    }
    by_worth = tuple(ranked.sort_values("worth", ascending=False, kind="stable").index)
    return Ranking(
        id=name,
        room="l09",
        items=out_of_order(right, rng),
        right=right,
        wrong={"by_worth": by_worth, idea: other[idea]},
        about={
            case: {"worth": int(row["worth"]), "minutes": int(row["minutes"]), "rate": rate[case]}
            for case, row in ranked.iterrows()
        },
        objective="time",
        covers=("S113",),
    )


def _gate(name: str, planned: Sequence[str], rng: np.random.Generator) -> Assign:
    """Ask which of some planned contacts may be made as they stand."""
    kind = {contact: contact.rstrip("0123456789") for contact in planned}

    def all_of(which: str, verdict: str) -> dict[str, str]:
        return {contact: verdict for contact in planned if kind[contact] == which}

    return Assign(
        id=name,
        room="l09",
        items=any_order(planned, rng),
        options=GATES,
        bank="gate",
        right={contact: DUE[kind[contact]] for contact in planned},
        wrong={
            "big_client": all_of("barred", "go"),
            "late": all_of("late", "go"),
            "only_a_text": all_of("no_consent", "go"),
            "crowded": all_of("crowded", "go"),
        },
        objective="gate",
        covers=("S059",),
    )


def _events(rng: np.random.Generator) -> Assign:
    return Assign(
        id="l09-p5",
        room="l09",
        items=any_order(EVENTS, rng),
        options=SOON,
        right=EVENTS,
        wrong={
            "all_today": {"no_trade": "today", "fee": "today", "gain": "today"},
            "wait": {"complaint": "turn", "outflow": "turn", "big_loss": "turn"},
        },
        objective="rhythm",
        covers=("S046", "S083", "S095"),
    )


def _rhythms(practice: Practice) -> Policy:
    """Ask for a month's rhythm by tier that fits the hours and leaves nobody out."""
    counts = practice.counts
    model = {
        "A": "call_fortnight", "B": "call_month", "C": "wechat_month", "D": "wechat_month",
    }  # fmt: skip
    columns = {"rhythm": tuple(RHYTHMS)}
    return Policy(
        id="e09a-q1",
        room="l09",
        slots={"clients": CLIENTS, "hours": HOURS, "minutes": practice.minutes,
               **{name: each_minutes(name) for name in RHYTHMS}},
        cases=tuple(counts),
        columns=columns,
        right=_table(model),
        accepted={(tier, "rhythm"): tuple(RHYTHMS) for tier in counts},
        requirements=(
            Requirement("equal", _differs, _table(dict.fromkeys(counts, "wechat_fortnight")),
                        fatal=True),
            Requirement("top_only", _nobody_out,
                        _table({**model, "C": "nothing", "D": "nothing"}), fatal=True),
            Requirement("over", _fits(counts, practice.minutes),
                        _table({**model, "A": "call_week", "B": "call_fortnight"}), fatal=True),
            Requirement("by_text", _key_called,
                        _table({**model, "A": "wechat_fortnight", "B": "wechat_fortnight"}),
                        fatal=True),
            Requirement("bottom_up", _key_first,
                        _table({**model, "A": "call_month", "C": "wechat_fortnight"}), fatal=True),
        ),
        about={tier: {"tier": tier, "count": count} for tier, count in counts.items()},
        objective="rhythm",
        covers=("S042", "S044", "S072", "S113", "S129"),
    )  # fmt: skip


def _table(rhythms: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {tier: {"rhythm": rhythm} for tier, rhythm in rhythms.items()}


def _chosen(answer: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {tier: row["rhythm"] for tier, row in answer.items()}


def _differs(answer: Any) -> Mapping[str, Any] | None:
    return {} if len(set(_chosen(answer).values())) == 1 else None


def _nobody_out(answer: Any) -> Mapping[str, Any] | None:
    left = [tier for tier, rhythm in _chosen(answer).items() if rhythm == "nothing"]
    return {"left": "/".join(left)} if left else None


def _fits(counts: Mapping[str, int], minutes: int) -> Callable[[Any], Mapping[str, Any] | None]:
    def condition(answer: Any) -> Mapping[str, Any] | None:
        used = month_minutes(counts, _chosen(answer))
        return {"used": used, "over": used - minutes} if used > minutes else None

    return condition


def _key_called(answer: Any) -> Mapping[str, Any] | None:
    chosen = _chosen(answer)
    return None if all(RHYTHMS[chosen[tier]][0] == "call" for tier in "AB") else {}


def _key_first(answer: Any) -> Mapping[str, Any] | None:
    """Ask that A is called more often than B, and nobody of C and D more often than either."""
    spent = {tier: each_minutes(rhythm) for tier, rhythm in _chosen(answer).items()}
    return None if spent["A"] > spent["B"] > max(spent["C"], spent["D"]) else {}


def _week(practice: Practice) -> Calendar:
    """Ask for a week with six clients, one of whom wants to be left alone."""
    model = [
        _contact(0, "loser", "call"), _contact(0, "winner", "wechat"),
        _contact(1, "key", "visit"), _contact(2, "plain", "wechat"),
        {"day": practice.birthday.isoformat(), "client": "birthday", "channel": "wechat"},
    ]  # fmt: skip
    minutes = load_rules().minutes
    return Calendar(
        id="e09a-q4",
        room="l09",
        slots={"minutes": WEEK_MINUTES, **minutes},
        days=tuple(MONDAY + timedelta(days=n) for n in range(5)),
        fields={"client": WEEK, "channel": tuple(minutes)},
        about={
            case: {"name": name, "loss": practice.loss, "gain": practice.gain,
                   "day": f"{practice.birthday:%m-%d}"}
            for case, name in practice.names.items()
        },
        most=10,
        model=model,
        requirements=(
            Requirement("barred", at_most("client", ("barred",), 0),
                        [*model, _contact(3, "barred", "call")], fatal=True),
            Requirement("no_consent", _by("plain", ("wechat",)),
                        _instead(model, "plain", channel="sms"), fatal=True),
            Requirement("loser_text", _by("loser", ("call", "visit")),
                        _instead(model, "loser", channel="wechat")),
            Requirement("key_text", _by("key", ("call", "visit")),
                        _instead(model, "key", channel="wechat")),
            Requirement("wrong_day", _on("birthday", practice.birthday),
                        _instead(model, "birthday",
                                 day=(practice.birthday + timedelta(days=1)).isoformat())),
            Requirement("left_out", covers("client", set(WEEK) - {"barred"}), model[:3], 2.0),
            Requirement("twice", no_repeats("client"), [*model, _contact(4, "winner", "wechat")]),
            Requirement("over", _within(minutes), _instead(model, "winner", channel="visit"), 2.0),
        ),
        objective="gate",
        covers=("S043", "S044", "S045", "S046", "S138"),
    )  # fmt: skip


def _contact(day: int, client: str, channel: str) -> dict[str, str]:
    when = MONDAY + timedelta(days=day)
    return {"day": when.isoformat(), "client": client, "channel": channel}


def _instead(model: list[dict[str, str]], client: str, **values: str) -> list[dict[str, str]]:
    return [{**each, **values} if each["client"] == client else each for each in model]


def _by(client: str, ways: Sequence[str]) -> Callable[[Any], Mapping[str, Any] | None]:
    """Ask that a client, if contacted, is contacted by some ways only."""
    return lambda contacts: (
        {} if any(c["client"] == client and c["channel"] not in ways for c in contacts) else None
    )


def _on(client: str, day: date) -> Callable[[Any], Mapping[str, Any] | None]:
    """Ask that a client, if contacted, is contacted on a day."""
    return lambda contacts: (
        {} if any(c["client"] == client and c["day"] != day for c in contacts) else None
    )


def _within(minutes: Mapping[str, int]) -> Callable[[Any], Mapping[str, Any] | None]:
    return within_minutes("channel", minutes, WEEK_MINUTES)


def _cost(practice: Practice) -> Number:
    """Ask what a cut for every old client costs a year."""
    old, new = 0.25, 0.20
    traded = practice.traded * 10_000
    cost = traded * (old - new) / 1000
    return Number(
        id="e09b-q2",
        room="l09",
        slots={"traded": practice.traded, "old": old, "new": new, "cost": cost},
        right=round(cost),
        within=cost * 0.01,
        lowest=0,
        highest=1_000_000_000,
        wrong={"per_cent": cost * 10, "what_is_left": traded * new / 1000, "in_wan": cost / 10_000},
        objective="fair",
        covers=("S049",),
    )  # fmt: skip


def _touched(rng: np.random.Generator) -> Assign:
    return Assign(
        id="e09b-q3",
        room="l09",
        items=any_order(TOUCHED, rng),
        options=ANSWERS,
        right=TOUCHED,
        wrong={
            "new_only": {case: "none" for case, due in TOUCHED.items() if due != "none"},
            "cut_all": {case: "step" for case in ("loyal", "referrer")},
            "private": {case: "step" for case in ("asks_below", "hints")},
        },
        objective="fair",
        covers=("S033", "S049", "S050"),
    )


def _seats(practice: Practice) -> Number:
    due = round(practice.seats * SEAT_SHARE)
    return Number(
        id="e09b-q4",
        room="l09",
        slots={"seats": practice.seats, "listed": practice.listed, "share": SEAT_SHARE,
               "due": due, "more": due - practice.listed},
        right=due - practice.listed,
        within=0.2,
        lowest=0,
        highest=1000,
        wrong={"all_due": due, "of_the_rest": round((practice.seats - practice.listed) * SEAT_SHARE),
               "none": 0},
        objective="fair",
        covers=("S050",),
    )  # fmt: skip
