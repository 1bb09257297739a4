"""The questions of lesson 7: those along the lesson, and exercises E07a and E07b."""

from collections.abc import Iterable, Mapping

import numpy as np

from crmkit.course.questions import Assign, Choice, Number, Question, any_order, one_of
from crmkit.course.units.l07.practice import BEFORE, Practice, Trip
from crmkit.pricing.economics import break_even, deepest_cut, firm_net

OBJECTIVES = ("cost", "even", "cut", "answers")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l07-w1": ("compared", "discount", "attack"),
    "l07-p5": ("need", "all", "secret"),
    "l07-p6": ("stop", "any_price", "never_cut"),
    "l07-x1": ("sell", "both", "none"),
    "l07-x2": ("more", "half", "same"),
    "l07-x3": ("help", "push", "refuse"),
}
SERVES: Mapping[str, str] = {
    "l07-w1": "", "l07-p5": "cut", "l07-p6": "cut", "l07-x1": "cost", "l07-x2": "even",
    "l07-x3": "answers",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {"l07-p5": ("S056",), "l07-x3": ("S053",)}

#: Measures against falling commission, by the deck's answer they belong to; one is forbidden.
ANSWERS = ("clients", "traded", "products", "cost", "never")
FIRST: Mapping[str, str] = {
    "referral": "clients", "back": "traded", "funds": "products", "online": "cost",
    "churn": "never",
}  # fmt: skip
SECOND: Mapping[str, str] = {
    "seminar": "clients", "wake": "traded", "margin": "products", "app": "cost",
    "rebate": "never", "below": "never",
}  # fmt: skip


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 7 on a practice."""
    rng = np.random.default_rng([seed, 107])
    return [
        _choice("l07-w1", rng),
        _small("l07-p1", practice, practice.small),
        _round_trip("l07-p2", practice, practice.trips[0]),
        _break_even("l07-p3", practice, *practice.cuts[0]),
        _answers("l07-p4", FIRST, {"volume": {"churn": "traded"}}, rng),
        _choice("l07-p5", rng),
        _choice("l07-p6", rng),
        *(_choice(name, rng) for name in ("l07-x1", "l07-x2", "l07-x3")),
        _round_trip("e07a-q1", practice, practice.trips[1]),
        _small("e07a-q2", practice, practice.small * 1.5),
        _break_even("e07b-q1", practice, *practice.cuts[1]),
        _deepest(practice),
        _pay(practice),
        _answers("e07b-q4", SECOND, {
            "gift": {"rebate": "clients"}, "war": {"below": "clients"},
        }, rng),
    ]  # fmt: skip


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, "l07", CHOICES[name], rng, **facts)


def _small(name: str, practice: Practice, amount: float) -> Number:
    """Ask what a small purchase costs in commission."""
    rate = practice.trips[0].rate
    plain = amount * rate / 1000
    return Number(
        id=name,
        room="l07",
        slots={"amount": amount, "rate": rate, "least": practice.minimum, "plain": plain,
               "real": practice.minimum / amount * 1000},
        right=practice.minimum,
        within=0.05,
        lowest=0,
        highest=1000,
        wrong={"no_minimum": plain, "added": practice.minimum + plain},
        objective="cost",
        covers=("S026",),
    )  # fmt: skip


def _round_trip(name: str, practice: Practice, trip: Trip) -> Number:
    rules, fees = practice.rules, trip.fees(practice.rules)
    total = trip.total(rules)
    stamp = float(fees["stamp_duty"].sum()) / 100
    old = float(trip.fees(rules, BEFORE)["stamp_duty"].sum()) / 100
    bought = stamp * trip.bought / trip.sold  # what the purchase would pay, were it charged
    return Number(
        id=name,
        room="l07",
        slots={
            "bought": trip.bought, "sold": trip.sold, "rate": trip.rate, "stamp": stamp,
            "commission": float(fees["commission"].sum()) / 100,
            "transfer": float(fees["transfer"].sum()) / 100,
            "stamp_rate": stamp / trip.sold * 1000, "total": total,
            "transfer_rate": float(fees["transfer"].sum()) / (trip.bought + trip.sold) * 10,
        },
        right=round(total, 2),
        within=0.5,
        lowest=0,
        highest=100_000,
        wrong={
            "both": round(total + bought, 2),
            "old": round(total - stamp + old, 2),
            "twice": round(trip.total(rules, quote="net"), 2),
        },
        objective="cost",
        covers=("S026",),
    )  # fmt: skip


def _break_even(name: str, practice: Practice, old: float, new: float) -> Number:
    """Ask by how many per cent turnover must grow to make up for a cut."""
    more = 100 * (break_even(old, new, practice.collected) - 1)
    return Number(
        id=name,
        room="l07",
        slots={"old": old, "new": new, "collected": practice.collected, "more": more,
               "before": old - practice.collected, "after": new - practice.collected,
               "naive": 100 * (old / new - 1)},
        right=round(more, 1),
        within=1.0,
        lowest=-100,
        highest=2000,
        wrong={"naive": 100 * (old / new - 1), "downwards": 100 * (1 - new / old)},
        objective="even",
        covers=("S053",),
    )  # fmt: skip


def _deepest(practice: Practice) -> Number:
    """Ask for the lowest rate at which keeping a leaver is worth the cut."""
    rate, without, with_cut = practice.leaver
    lowest = deepest_cut(rate, practice.collected, without, with_cut)
    return Number(
        id="e07b-q2",
        room="l07",
        slots={"rate": rate, "without": without, "with_cut": with_cut, "lowest": lowest,
               "collected": practice.collected, "margin": rate - practice.collected},
        right=round(lowest, 3),
        within=0.0025,
        lowest=0,
        highest=3,
        wrong={
            "no_fees": round(rate * without / with_cut, 3),
            "no_chance": round(practice.collected, 3),
        },
        objective="cut",
        covers=("S049",),
    )  # fmt: skip


def _pay(practice: Practice) -> Number:
    """Ask what a client's year leaves the manager."""
    rate = practice.trips[1].rate
    gross = practice.traded * rate / 1000
    net = float(firm_net(practice.traded, rate, practice.collected))
    own = net * (1 - practice.tax) * practice.payout
    return Number(
        id="e07b-q3",
        room="l07",
        slots={"traded": practice.traded / 10_000, "rate": rate, "collected": practice.collected,
               "tax": practice.tax, "payout": practice.payout, "gross": gross, "net": net},
        right=round(own, 2),
        within=max(1.0, own * 0.005),
        lowest=0,
        highest=1_000_000,
        wrong={"gross": gross, "share_of_gross": gross * practice.payout},
        objective="cut",
    )  # fmt: skip


def _answers(
    name: str,
    measures: Mapping[str, str],
    ideas: Mapping[str, Mapping[str, str]],
    rng: np.random.Generator,
) -> Assign:
    return Assign(
        id=name,
        room="l07",
        items=any_order(measures, rng),
        options=ANSWERS,
        right=measures,
        wrong=ideas,
        objective="answers",
        covers=("S052", "S053", "S054", "S055"),
    )
