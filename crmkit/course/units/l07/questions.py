"""The questions of lesson 7: those along the lesson, and exercises E07a and E07b."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from crmkit.course.practice import kind_of, of_kind
from crmkit.course.questions import Assign, Choice, Number, Question, any_order, one_of
from crmkit.course.units.l07.practice import BEFORE, Practice, Trip
from crmkit.pricing.economics import break_even, deepest_cut, firm_net

OBJECTIVES = ("cost", "even", "cut", "answers")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l07-w1": ("compared", "discount", "attack"),
    "l07-w2": ("other", "signed", "told"),
    "l07-w3": ("prospect", "old", "new"),
    "l07-p5": ("need", "all", "secret"),
    "l07-p6": ("stop", "any_price", "never_cut"),
    "l07-x1": ("sell", "both", "none"),
    "l07-x3": ("help", "push", "refuse"),
}
#: A second case of the exit items; its words stand below ``other``.
OTHER: Mapping[str, tuple[str, ...]] = {
    "l07-x1": ("transfer", "all", "nothing"),
    "l07-x3": ("online", "warning", "ignore"),
}
SERVES: Mapping[str, str] = {
    "l07-w1": "", "l07-w2": "", "l07-w3": "", "l07-p5": "cut", "l07-p6": "cut",
    "l07-x1": "cost", "l07-x3": "answers",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {"l07-p5": ("S056", "S145"), "l07-x3": ("S053",)}

#: The deck's four answers, and what is forbidden.
ANSWERS = ("clients", "traded", "products", "cost", "never")
#: What a forbidden kind of measure is taken for, by idea.
TAKEN_FOR: Mapping[str, tuple[str, str]] = {
    "volume": ("press", "traded"), "gift": ("gift", "clients"), "war": ("war", "clients"),
}  # fmt: skip
#: Old and new rate of the second exit item, per mille.
FALLS = ((0.3, 0.2), (0.4, 0.3), (0.25, 0.2), (0.5, 0.3))


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 7 on a practice."""
    rng = np.random.default_rng([seed, 107])
    return [
        *(_choice(name, rng) for name in ("l07-w1", "l07-w2", "l07-w3")),
        _small("l07-p1", practice, practice.small),
        _round_trip("l07-p2", practice, practice.trips[0]),
        _break_even("l07-p3", practice, *practice.cuts[0]),
        _answers("l07-p4", practice.measures[0], ("volume",), rng),
        _choice("l07-p5", rng),
        _choice("l07-p6", rng),
        _pay_step(practice),
        _deepest("l07-p8", practice, practice.leavers[1], "not_back"),
        _either("l07-x1", rng),
        _less(practice, rng),
        _either("l07-x3", rng),
        _round_trip("e07a-q1", practice, practice.trips[1]),
        _small("e07a-q2", practice, practice.small * 1.5),
        _break_even("e07b-q1", practice, *practice.cuts[1]),
        _deepest("e07b-q2", practice, practice.leavers[2], "no_chance"),
        _pay(practice),
        _answers("e07b-q4", practice.measures[1], ("gift", "war"), rng),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, "l07", CHOICES[name], rng, **facts)


def _either(name: str, rng: np.random.Generator) -> Choice:
    """Ask one of two cases of an exit item."""
    if rng.integers(2):
        return _choice(name, rng)
    return one_of(name, "l07.other", OTHER[name], rng, objective=SERVES[name])


def _less(practice: Practice, rng: np.random.Generator) -> Choice:
    """Ask what becomes of what the firm keeps when trading makes up for the price only."""
    old, new = FALLS[rng.integers(len(FALLS))]
    other = bool(rng.integers(2))
    times = old / new if other else 2 - new / old
    before, after = old - practice.collected, new - practice.collected
    return one_of(
        "l07-x2",
        "l07.other" if other else "l07",
        ("less", "same", "more"),
        rng,
        objective="even",
        slots={"old": old, "new": new, "fall": 1 - new / old, "times": times, "before": before,
               "after": after, "kept": times * after / before},
    )  # fmt: skip


def _small(name: str, practice: Practice, amount: float) -> Number:
    """Ask what a small purchase costs in commission."""
    rate = practice.trips[0].rate
    plain = amount * rate / 1000
    return Number(
        id=name,
        room="l07",
        slots={"amount": amount, "rate": rate, "least": practice.minimum, "plain": plain,
               "real": practice.minimum / amount * 1000, "times": practice.minimum / plain},
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


def _deepest(
    name: str, practice: Practice, leaver: tuple[float, float, float], idea: str
) -> Number:
    """Ask for the lowest rate at which keeping a leaver is worth the cut."""
    rate, without, with_cut = leaver
    lowest = deepest_cut(rate, practice.collected, without, with_cut)
    ideas = {"no_chance": practice.collected, "not_back": lowest - practice.collected}
    return Number(
        id=name,
        room="l07",
        slots={"rate": rate, "without": without, "with_cut": with_cut, "lowest": lowest,
               "collected": practice.collected, "margin": rate - practice.collected},
        right=round(lowest, 3),
        within=0.0025,
        lowest=0,
        highest=3,
        wrong={
            "no_fees": round(rate * without / with_cut, 3),
            idea: round(ideas[idea], 3),
        },
        objective="cut",
        covers=("S049",),
    )  # fmt: skip


def _year(practice: Practice, place: int) -> dict[str, float]:
    """Return what a client's year comes to, step by step, in CNY."""
    traded, rate = practice.traded[place], practice.trips[place].rate
    net = float(firm_net(traded, rate, practice.collected))
    after = net * (1 - practice.tax)
    return {"traded": traded / 10_000, "rate": rate, "collected": practice.collected,
            "tax": practice.tax, "payout": practice.payout, "gross": traded * rate / 1000,
            "net": net, "after": after, "own": after * practice.payout}  # fmt: skip


def _pay_step(practice: Practice) -> Number:
    """Ask for the last step from what a client pays to what the manager gets."""
    year = _year(practice, 0)
    return Number(
        id="l07-p7",
        room="l07",
        slots=year,
        right=round(year["own"], 2),
        within=max(1.0, year["own"] * 0.005),
        lowest=0,
        highest=1_000_000,
        wrong={"whole": year["after"], "of_gross": year["gross"] * practice.payout},
        objective="cut",
    )


def _pay(practice: Practice) -> Number:
    """Ask what a client's year leaves the manager."""
    year = _year(practice, 1)
    own, gross = year["own"], year["gross"]
    return Number(
        id="e07b-q3",
        room="l07",
        slots=year,
        right=round(own, 2),
        within=max(1.0, own * 0.005),
        lowest=0,
        highest=1_000_000,
        wrong={"gross": gross, "share_of_gross": gross * practice.payout},
        objective="cut",
    )


def _answers(
    name: str, measures: Sequence[str], ideas: Sequence[str], rng: np.random.Generator
) -> Assign:
    kinds = {measure: kind_of(measure) for measure in measures}
    taken = {idea: TAKEN_FOR[idea] for idea in ideas}
    return Assign(
        id=name,
        room="l07",
        items=any_order(measures, rng),
        options=ANSWERS,
        right={m: kind if kind in ANSWERS else "never" for m, kind in kinds.items()},
        wrong={idea: dict.fromkeys(of_kind(measures, kind), answer)
               for idea, (kind, answer) in taken.items()},
        bank="measure",
        objective="answers",
        covers=("S052", "S053", "S054", "S055"),
    )  # fmt: skip
