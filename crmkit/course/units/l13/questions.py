"""The questions of lesson 13: those along the lesson, and exercises E13a and E13b."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.churn.scorecard import scorecard
from crmkit.course.practice import from_bank, kind_of, of_kind, one_case
from crmkit.course.questions import Assign, Choice, Number, Question, any_order, one_of
from crmkit.course.units.l13.practice import QUIET_DAYS, TRY, Practice, Scored, has_left

OBJECTIVES = ("define", "early", "score", "save")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l13-w1": ("third", "five", "double"),
    "l13-w2": ("none", "twice", "assets"),
    "l13-w3": ("table", "match", "shrug"),
    "l13-p1": ("before", "closing", "price"),
    "l13-p3": ("ask", "mean", "newer"),
    "l13-p6": ("until", "loyal", "drop"),
    "l13-p7": ("compare", "sell", "nothing"),
    "l13-p8": ("anyway", "more", "broken"),
    "l13-x1": ("terms", "closed", "felt"),
    "l13-x2": ("lift", "accurate", "half"),
    "l13-x3": ("change", "risk", "everybody"),
}
#: Asked in one of two cases.
TWO_CASES = ("l13-x1", "l13-x2", "l13-x3")
SERVES: Mapping[str, str] = {
    "l13-p1": "early", "l13-p3": "define", "l13-p6": "define", "l13-p7": "save",
    "l13-p8": "save", "l13-x1": "define", "l13-x2": "score", "l13-x3": "save",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l13-p1": ("S035",), "l13-p6": ("S093",), "l13-p7": ("S143",), "l13-p8": ("S056",),
}  # fmt: skip

#: What is to be watched, in four directions.
DIRECTIONS = ("life", "value", "around", "call_back")
SIGNS: Mapping[str, str] = {
    "moved": "life", "abroad": "life", "outflow": "value", "fee": "value", "no_trade": "value",
    "rival": "around", "rule": "around", "after_sale": "call_back", "remote": "call_back",
}  # fmt: skip
#: Causes with the plan for each, and two things that are no plans.
PLANS: Mapping[str, str] = {
    "price": "table", "loss": "comfort", "neglect": "apologise", "service": "clock",
    "life": "renew", "leaving": "see_off",
}  # fmt: skip
NO_PLANS = ("cut", "hold")
#: What is to become of a client on the list, by case.
VERDICTS = ("try", "leave", "help")
DUE: Mapping[str, str] = {
    "lost_cause": "leave", "persuadable": "try", "sleeping_dog": "leave", "too_small": "leave",
    "asked_out": "help", "peace": "leave",
}  # fmt: skip


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 13 on a practice."""
    rng = np.random.default_rng([seed, 113])
    return [
        *(_choice(name, rng) for name in ("l13-w1", "l13-w2", "l13-w3", "l13-p1")),
        _signs(rng),
        _choice("l13-p3", rng),
        _columns("l13-p4", practice.columns_lesson, rng),
        _points("l13-p5", practice.first),
        *(_choice(name, rng) for name in ("l13-p6", "l13-p7", "l13-p8")),
        _kept(practice),
        _few(practice.few, rng),
        *(_choice(name, rng) for name in ("l13-x1", "l13-x2", "l13-x3")),
        _accounts(practice),
        _columns("e13a-q2", practice.columns_exercise, rng),
        _points("e13a-q3", practice.second),
        _cut(practice),
        _whom(practice),
        _discount(practice),
        _plans(rng),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES.get(name, ""), "covers": COVERS.get(name, ())}
    room = one_case("l13", name, TWO_CASES, rng)
    return one_of(name, room, CHOICES[name], rng, **facts)


def _signs(rng: np.random.Generator) -> Assign:
    return Assign(
        id="l13-p2",
        room="l13",
        items=any_order(SIGNS, rng),
        options=DIRECTIONS,
        right=SIGNS,
        wrong={
            "money_only": {"moved": "value", "abroad": "value", "rival": "value"},
            "after_the_deal": {"after_sale": "value", "remote": "value"},
        },
        objective="early",
        covers=("S047", "S090", "S096", "S097", "S098", "S099", "S126", "S136"),
    )


def _columns(name: str, columns: Sequence[str], rng: np.random.Generator) -> Assign:
    """Ask which columns a prediction may use."""
    return Assign(
        id=name,
        room="l13",
        items=any_order(columns, rng),
        options=("use", "later"),
        bank="column",
        right={column: "use" if kind_of(column) == "known" else "later" for column in columns},
        wrong={
            "same_year": dict.fromkeys(of_kind(columns, "window"), "use"),
            "it_predicts": dict.fromkeys(of_kind(columns, "outcome"), "use"),
            "too_careful": dict.fromkeys(of_kind(columns, "known"), "later"),
        },
        objective="score",
    )


def _points(name: str, client: Scored) -> Number:
    """Ask for the points of a client."""
    points = {item.name: item.points for item in scorecard().items}
    mark = {True: "✓", False: "—"}
    return Number(
        id=name,
        room="l13",
        slots={"outflow": client.outflow, "login": client.login, "contact": client.contact,
               "fee": mark[client.fee], "one": mark[client.one_product],
               "stale": mark[client.stale], "total": client.total,
               **{f"p_{item}": value for item, value in points.items()}},
        right=client.total,
        within=0.2,
        lowest=-50,
        highest=200,
        wrong={"both_logins": client.doubled, "added": client.added,
               "wrong_limit": client.limit},
        objective="score",
    )  # fmt: skip


def _accounts(practice: Practice) -> Assign:
    accounts = practice.accounts
    left = has_left(accounts)
    return Assign(
        id="e13a-q1",
        room="l13",
        slots={"days": QUIET_DAYS},
        items=tuple(map(str, accounts.index)),
        options=("left", "here"),
        right={str(client): "left" if gone else "here" for client, gone in left.items()},
        wrong={
            "closed_only": dict.fromkeys(_of(accounts, "emptied", "silent"), "here"),
            "any_drop": dict.fromkeys(_of(accounts, "halved"), "left"),
            "no_trade": dict.fromkeys(_of(accounts, "no_trade"), "left"),
        },
        about={str(client): _account(str(client), row) for client, row in accounts.iterrows()},
        columns=("client", "open", "mean", "now", "trade", "login"),
        objective="define",
        covers=("S093",),
    )  # fmt: skip


def _of(clients: pd.DataFrame, *cases: str) -> list[str]:
    """Return the clients of some cases."""
    return [str(client) for client in clients.index[clients["case"].isin(cases)]]


def _account(client: str, row: Any) -> dict[str, Any]:
    own = {name: row[name] for name in ("mean", "now", "trade", "login", "name")}
    return {**own, "client": client, "open": "—" if row["closed"] else "✓"}


def _cut(practice: Practice) -> Number:
    """Ask from which chance of leaving on a try pays."""
    chance = 100 * practice.cost / (practice.share / 100 * practice.value)
    return Number(
        id="e13a-q4",
        room="l13",
        slots={"cost": practice.cost, "share": practice.share, "value": practice.value,
               "chance": chance, "each": practice.share * practice.value / 100},
        right=round(chance, 1),
        within=0.15,
        lowest=0,
        highest=100,
        wrong={"half": 50.0, "no_effect": round(100 * practice.cost / practice.value, 1)},
        objective="score",
    )  # fmt: skip


def _whom(practice: Practice) -> Assign:
    calls = practice.calls
    return Assign(
        id="e13b-q1",
        room="l13",
        slots={"cost": TRY},
        items=tuple(map(str, calls.index)),
        options=VERDICTS,
        right={str(client): DUE[str(case)] for client, case in calls["case"].items()},
        wrong={
            "by_risk": {**dict.fromkeys(_of(calls, "lost_cause"), "try"),
                        **dict.fromkeys(_of(calls, "persuadable"), "leave")},
            "press": dict.fromkeys(_of(calls, "asked_out"), "try"),
            "big_client": dict.fromkeys(_of(calls, "peace"), "try"),
            "any_effect": dict.fromkeys(_of(calls, "too_small"), "try"),
            "stirs": dict.fromkeys(_of(calls, "sleeping_dog"), "try"),
        },
        about={str(client): _figures(str(client), row) for client, row in calls.iterrows()},
        columns=("client", "risk", "uplift", "value", "asked", "peace"),
        steps=("gain",),
        objective="save",
        covers=("S125",),
    )  # fmt: skip


def _kept(practice: Practice) -> Number:
    """Ask for the last step of the worked example: what a try keeps on average."""
    risk, uplift, value = practice.example
    gain = uplift / 100 * value
    return Number(
        id="l13-p9",
        room="l13",
        slots={"risk": risk, "uplift": uplift, "value": value, "gain": gain, "cost": TRY},
        right=gain,
        within=0.6,
        lowest=0,
        highest=1_000_000,
        wrong={"by_risk": risk / 100 * value, "no_hundred": uplift * value, "whole": value},
        objective="save",
    )


def _few(clients: pd.DataFrame, rng: np.random.Generator) -> Assign:
    """Ask what to do about each of a few clients, one of every case."""
    cases = tuple(map(str, clients.index))
    return Assign(
        id="l13-p10",
        room="l13",
        slots={"cost": TRY},
        items=any_order(cases, rng),
        options=VERDICTS,
        right={case: DUE[case] for case in cases},
        wrong={
            "by_risk": {"lost_cause": "try", "persuadable": "leave"},
            "press": {"asked_out": "try"},
            "stirs": {"sleeping_dog": "try"},
        },
        about={case: _figures(case, clients.loc[case]) for case in cases},
        objective="save",
        covers=("S125",),
    )


def _figures(client: str, row: Any) -> dict[str, Any]:
    mark = {True: "✓", False: "—"}
    return {
        "client": client,
        "name": row["name"],
        "risk": float(row["risk"]),
        "uplift": float(row["uplift"]),
        "value": int(row["value"]),
        "gain": float(row["uplift"]) / 100 * int(row["value"]),
        "asked": mark[row["case"] == "asked_out"],
        "peace": mark[row["case"] == "peace"],
    }


def _discount(practice: Practice) -> Number:
    """Ask what a discount for all comes to."""
    kept = practice.clients * practice.points / 100
    gain, cost = kept * practice.worth, practice.clients * practice.discount
    return Number(
        id="e13b-q2",
        room="l13",
        slots={"clients": practice.clients, "points": practice.points, "worth": practice.worth,
               "discount": practice.discount, "kept": kept, "gain": gain, "cost": cost,
               "net": gain - cost},
        right=round(gain - cost),
        within=abs(gain - cost) * 0.01,
        lowest=-1_000_000,
        highest=1_000_000,
        wrong={"gain_only": gain, "kept_only": gain - kept * practice.discount,
               "sign": cost - gain},
        objective="save",
        covers=("S056",),
    )  # fmt: skip


def _plans(rng: np.random.Generator) -> Assign:
    """Ask for a plan for each cause, by one of two clients who have it."""
    clients, _ = from_bank(dict.fromkeys(PLANS, (1, 1)), rng)
    return Assign(
        id="e13b-q3",
        room="l13",
        items=clients,
        options=any_order([*PLANS.values(), *NO_PLANS], rng),
        bank="cause",
        right={client: PLANS[kind_of(client)] for client in clients},
        wrong={
            "cut_all": dict.fromkeys(_by_cause(clients, "loss", "neglect", "price"), "cut"),
            "press": dict.fromkeys(_by_cause(clients, "leaving"), "hold"),
            "comfort_all": dict.fromkeys(_by_cause(clients, "service", "life"), "comfort"),
        },
        objective="early",
        covers=("S073", "S094", "S125", "S150"),
    )


def _by_cause(clients: Iterable[str], *causes: str) -> list[str]:
    return [client for client in clients if kind_of(client) in causes]
