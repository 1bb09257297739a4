"""The questions of lesson 4: those along the lesson, and exercises E04a and E04b."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from crmkit.conduct.suitability import VERDICTS
from crmkit.course.practice import from_bank, kind_of, of_kind, one_case
from crmkit.course.questions import (
    A_DAY,
    AN_OFFER,
    Assign,
    Choice,
    Question,
    Ranking,
    Rewrite,
    any_order,
    both,
    one_of,
    out_of_order,
)
from crmkit.course.units.l04.practice import Practice
from crmkit.rules import read_rules

OBJECTIVES = ("order", "roles", "gate", "hand_off")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l04-w1": ("words", "age", "money"),
    "l04-w2": ("new", "old", "prospect"),
    "l04-w3": ("himself", "middle", "known"),
    "l04-p7": ("named", "some_day", "ask_again"),
    "l04-p6": ("book_adviser", "own_shares", "brush_off"),
    "l04-p5": ("pace", "daily", "wait"),
    "l04-x1": ("risk", "market", "pick"),
    "l04-x2": ("adviser", "senior", "hint"),
    "l04-x3": ("refuse", "sign", "small"),
    "e04b-q2": ("same", "free", "any"),
}
#: Asked in one of two cases.
TWO_CASES = ("l04-x1", "l04-x2", "l04-x3", "e04a-q2", "e04b-q2")
SERVES: Mapping[str, str] = {
    "l04-w1": "", "l04-w2": "", "l04-w3": "", "l04-p7": "hand_off", "l04-p5": "order",
    "l04-x1": "order", "l04-x2": "roles", "l04-x3": "gate", "l04-p6": "hand_off",
    "e04b-q2": "gate",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l04-p5": ("S020",), "l04-x1": ("S019",), "l04-x2": ("S018",), "l04-x3": ("S019",),
}  # fmt: skip

#: The deck's five tactics in the order in which one may use them today.
TACTICS = ("risk", "market", "method", "hand_off", "idea")
#: The deck's own order of 2010, and that of somebody who wants the trade.
DECK = ("market", "method", "hand_off", "risk", "idea")
PICK_FIRST = ("hand_off", "market", "risk", "method", "idea")
#: A newcomer's first weeks.
STEPS = ("callback", "check", "show", "small", "review")

#: What to say of a pair that got the first verdict and is due the second.
SLIPS: Mapping[tuple[str, str], str] = {
    **dict.fromkeys([(given, "warn") for given in ("offer", "on_request")], "too_soon"),
    ("refuse", "warn"): "only_missing",
    ("warn", "refuse"): "no_help",
    **{("assess", due): "still_valid" for due in VERDICTS if due != "assess"},
}  # fmt: skip
#: Who may say a sentence of a kind, and how many of each the exercise draws and the lesson.
MAY_SAY: Mapping[str, str] = {"plain": "manager", "advice": "adviser", "never": "nobody"}
SAID: Mapping[str, tuple[int, int]] = {"plain": (3, 4), "advice": (2, 2), "never": (3, 3)}


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 4 on a practice."""
    rng = np.random.default_rng([seed, 104])
    eight, nine = from_bank(SAID, rng)
    return [
        *(_choice(name, rng) for name in ("l04-w1", "l04-w2", "l04-w3")),
        _tactics(rng),
        _who_may_say("l04-p2", nine, rng),
        _one_pair(practice),
        _choice("l04-p7", rng),
        _reply("l04-p4"),
        _choice("l04-p6", rng),
        *(_choice(name, rng) for name in ("l04-p5", "l04-x1", "l04-x2", "l04-x3")),
        _reply("e04a-q1"),
        _who_may_say("e04a-q3", eight, rng),
        _first_weeks(rng),
        _twelve_pairs(practice),
        _choice("e04b-q2", rng),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, one_case("l04", name, TWO_CASES, rng), CHOICES[name], rng, **facts)


def _tactics(rng: np.random.Generator) -> Ranking:
    return Ranking(
        id="l04-p1",
        room="l04",
        items=out_of_order(TACTICS, rng),
        right=TACTICS,
        wrong={"deck": DECK, "pick_first": PICK_FIRST},
        objective="order",
        covers=("S016", "S017", "S018", "S019", "S020"),
    )


def _first_weeks(rng: np.random.Generator) -> Ranking:
    return Ranking(
        id="e04a-q2",
        room=one_case("l04", "e04a-q2", TWO_CASES, rng),
        items=out_of_order(STEPS, rng),
        right=STEPS,
        wrong={
            "trade_first": ("small", "callback", "check", "show", "review"),
            "check_last": ("callback", "show", "small", "review", "check"),
        },
        objective="order",
        covers=("S020",),
    )


def _who_may_say(name: str, said: Sequence[str], rng: np.random.Generator) -> Assign:
    """Ask who may say some sentences; the ideas turn on advice and on plain facts."""
    return Assign(
        id=name,
        room="l04",
        items=any_order(said, rng),
        options=("manager", "adviser", "nobody"),
        bank="said",
        right={sentence: MAY_SAY[kind_of(sentence)] for sentence in said},
        wrong={
            "experience": dict.fromkeys(of_kind(said, "advice"), "manager"),
            "adviser_all": dict.fromkeys(of_kind(said, "never"), "adviser"),
            "silent": dict.fromkeys(of_kind(said, "plain"), "adviser"),
        },
        objective="roles",
        covers=("S016", "S017", "S018", "S022"),
    )


def _one_pair(practice: Practice) -> Choice:
    pair = practice.pairs.loc[practice.halfway]
    return Choice(
        id="l04-p3",
        room="l04",
        slots={"level": pair["risk_level"], "grade": pair["product_risk"]},
        options=("on_request", "offer", "refuse"),
        right="on_request",
        objective="gate",
        covers=("S019",),
    )


def _reply(name: str) -> Rewrite:
    """Ask for the reply to “which one should I buy?” from somebody without a registration."""
    return Rewrite(
        id=name,
        room="l04",
        rules={
            "inside": ("inside_information",),
            "names_code": ("unlicensed_advice", "deterministic_forecast", "promise_return"),
        },
        keeps={"cold": both(("投资顾问|投顾", "advis[eo]r"), AN_OFFER), "no_day": A_DAY},
        objective="hand_off",
        covers=("S048",),
    )


def _twelve_pairs(practice: Practice) -> Assign:
    pairs = practice.pairs
    by_case = {str(case): str(pair) for pair, case in pairs["case"].items()}
    months = int(read_rules().value("suitability.valid_months", practice.as_of))

    def said(cases: Mapping[str, str]) -> dict[str, str]:
        return {by_case[case]: verdict for case, verdict in cases.items()}

    return Assign(
        id="e04b-q1",
        room="l04",
        slots={"today": practice.as_of.isoformat(), "months": months},
        items=tuple(map(str, pairs.index)),
        options=VERDICTS,
        right={str(pair): str(verdict) for pair, verdict in pairs["verdict"].items()},
        wrong={
            "signed": said({"lowest_signed": "on_request", "lowest_offered": "on_request"}),
            "warned": said({"pushed": "on_request", "pushed_far": "on_request"}),
            "never_lapses": said({"lapsed": "offer", "lapsed_asked": "offer"}),
            "never_above": said({"own_wish": "refuse", "own_wish_far": "refuse"}),
        },
        about={str(pair): _figures(str(pair), row) for pair, row in pairs.iterrows()},
        columns=("pair", "level", "tested", "grade", "lowest", "asked", "warned"),
        slips=SLIPS,
        objective="gate",
        covers=("S019",),
    )


def _figures(pair: str, row: Any) -> dict[str, str]:
    mark = {True: "✓", False: "—"}
    return {
        "pair": pair,
        "level": row["risk_level"],
        "grade": row["product_risk"],
        "tested": f"{row['risk_test_date']:%Y-%m-%d}",
        "lowest": mark[bool(row["lowest_category"])],
        "asked": mark[bool(row["asked"])],
        "warned": mark[bool(row["warned"] and row["insists"])],
    }
