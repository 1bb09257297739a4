"""The questions of lesson 9: those along the lesson, and exercises E09a and E09b."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from crmkit.course.practice import from_bank, kind_of, of_kind, one_case
from crmkit.course.questions import (
    Assign,
    Choice,
    Number,
    Question,
    Ranking,
    any_order,
    one_of,
    out_of_order,
)
from crmkit.course.units.l09.month import rhythms
from crmkit.course.units.l09.practice import CLIENTS, HOURS, Practice, minutes_of
from crmkit.course.units.l09.week import week

OBJECTIVES = ("time", "gate", "rhythm", "fair")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l09-w1": ("three", "level", "times"),
    "l09-w2": ("compare", "cut", "rival"),
    "l09-w3": ("own", "coach", "skip"),
    "l09-p2": ("overlooked", "loud", "largest"),
    "l09-p6": ("both", "new_only", "cut_all", "private"),
    "l09-p7": ("greet", "envelope", "nothing"),
    "l09-x1": ("minute", "equal", "top"),
    "l09-x2": ("agreed", "blast", "never"),
    "l09-x3": ("seat", "cut", "quiet"),
    "e09b-q1": ("both", "new_only", "cut_all", "private"),
}
#: Asked in one of two cases.
TWO_CASES = ("l09-x1", "l09-x2", "l09-x3", "e09b-q1")
SERVES: Mapping[str, str] = {
    "l09-p2": "time", "l09-p6": "fair", "l09-p7": "rhythm", "l09-x1": "time",
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
#: What is let through all the same, by idea.
LET_THROUGH: Mapping[str, str] = {
    "big_client": "barred", "late": "late", "only_a_text": "no_consent", "crowded": "crowded",
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
        *(_choice(name, rng) for name in ("l09-w1", "l09-w2", "l09-w3")),
        _each(practice),
        _choice("l09-p2", rng),
        _rate(practice),
        _by_minute("l09-p3", practice.five, "by_minutes", rng),
        _gate("l09-p4", practice.gate_six, rng),
        _events(rng),
        *(_choice(name, rng) for name in ("l09-p6", "l09-p7", "l09-x1", "l09-x2", "l09-x3")),
        rhythms(practice),
        _gate("e09a-q2", practice.gate_twelve, rng),
        _by_minute("e09a-q3", practice.six, "loud", rng),
        week(practice),
        _choice("e09b-q1", rng),
        _cost(practice),
        _touched(rng),
        _seats(practice),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES.get(name, ""), "covers": COVERS.get(name, ())}
    room = one_case("l09", name, TWO_CASES, rng)
    return one_of(name, room, CHOICES[name], rng, **facts)


def _each(practice: Practice) -> Number:
    """Ask how many hours the month takes in which key clients are called twice."""
    wanted = sum(practice.counts[tier] for tier in ("A", "B"))
    call = minutes_of()["call"]
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


def _rate(practice: Practice) -> Number:
    """Ask for the last step of the worked example: what a minute of a message is worth."""
    call, wechat = (minutes_of()[channel] for channel in ("call", "wechat"))
    rate = practice.message / wechat
    return Number(
        id="l09-p8",
        room="l09",
        slots={"call": call, "call_worth": practice.call, "call_rate": practice.call / call,
               "wechat": wechat, "worth": practice.message, "rate": rate},
        right=rate,
        within=0.05,
        lowest=0,
        highest=1000,
        wrong={"total": practice.message, "upside_down": wechat / practice.message,
               "by_call": practice.message / call},
        objective="time",
    )  # fmt: skip


def _by_minute(name: str, contacts: pd.DataFrame, idea: str, rng: np.random.Generator) -> Ranking:
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
            str(case): {"worth": int(row["worth"]), "minutes": int(row["minutes"])}
            for case, row in ranked.iterrows()
        },
        objective="time",
        covers=("S113",),
    )


def _gate(name: str, planned: Sequence[str], rng: np.random.Generator) -> Assign:
    """Ask which of some planned contacts may be made as they stand."""
    return Assign(
        id=name,
        room="l09",
        items=any_order(planned, rng),
        options=GATES,
        bank="gate",
        right={contact: DUE[kind_of(contact)] for contact in planned},
        wrong={
            idea: dict.fromkeys(of_kind(planned, kind), "go") for idea, kind in LET_THROUGH.items()
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


def _cost(practice: Practice) -> Number:
    """Ask what a cut for every old client costs a year."""
    old, new = 0.25, 0.20
    traded = practice.traded * 10_000
    cost = traded * (old - new) / 1000
    return Number(
        id="e09b-q2",
        room="l09",
        slots={"traded": traded, "old": old, "new": new, "cost": cost},
        right=round(cost),
        within=cost * 0.01,
        lowest=0,
        highest=1_000_000_000,
        wrong={"per_cent": cost * 10, "what_is_left": traded * new / 1000, "in_wan": cost / 10_000},
        objective="fair",
        covers=("S049",),
    )  # fmt: skip


def _touched(rng: np.random.Generator) -> Assign:
    """Ask what each old client is due, one of two for every case."""
    clients, _ = from_bank(dict.fromkeys(TOUCHED, (1, 1)), rng)
    right = {client: TOUCHED[kind_of(client)] for client in clients}
    return Assign(
        id="e09b-q3",
        room="l09",
        items=clients,
        options=ANSWERS,
        bank="touched",
        right=right,
        wrong={
            "new_only": {client: "none" for client, due in right.items() if due != "none"},
            "cut_all": dict.fromkeys(_cases(clients, "loyal", "referrer"), "step"),
            "private": dict.fromkeys(_cases(clients, "asks_below", "hints"), "step"),
        },
        objective="fair",
        covers=("S033", "S049", "S050"),
    )


def _cases(clients: Iterable[str], *cases: str) -> list[str]:
    return [client for client in clients if kind_of(client) in cases]


def _seats(practice: Practice) -> Number:
    due = round(practice.seats * SEAT_SHARE)
    of_the_rest = round((practice.seats - practice.listed) * SEAT_SHARE)
    return Number(
        id="e09b-q4",
        room="l09",
        slots={"seats": practice.seats, "listed": practice.listed, "share": SEAT_SHARE,
               "due": due, "more": due - practice.listed},
        right=due - practice.listed,
        within=0.2,
        lowest=0,
        highest=1000,
        wrong={"all_due": due, "of_the_rest": of_the_rest,
               "none": 0},
        objective="fair",
        covers=("S050",),
    )  # fmt: skip
