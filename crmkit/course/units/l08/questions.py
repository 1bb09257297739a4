"""The questions of lesson 8: those along the lesson, and exercises E08a and E08b."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import numpy as np
import pandas as pd

from crmkit.analysis.value import payback
from crmkit.course.practice import kind_of, of_kind
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
from crmkit.course.units.l08.practice import Practice

OBJECTIVES = ("swap", "worth", "lore", "uses")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l08-w1": ("compare", "double", "ignore"),
    "l08-w2": ("quarter", "same", "double"),
    "l08-w3": ("keep", "sell", "win"),
    "l08-p1": ("hidden", "level", "six"),
    "l08-p4": ("dial", "law", "junk"),
    "l08-p6": ("stands", "refuted", "proved"),
    "l08-p9": ("ask", "fill", "idle"),
    "l08-x1": ("gap", "count", "six"),
    "l08-x3": ("suits", "all", "never"),
    "e08a-q2": ("range", "law", "none"),
}
#: A second case of the same; its words stand below ``other``.
OTHER: Mapping[str, tuple[str, ...]] = {
    "l08-x1": ("waiting", "winning", "none"),
    "l08-x3": ("thank", "pay", "list"),
    "e08a-q2": ("range", "law", "none"),
}
SERVES: Mapping[str, str] = {
    "l08-w1": "", "l08-w2": "", "l08-w3": "", "l08-p1": "swap", "l08-p4": "lore",
    "l08-p6": "lore", "l08-p9": "uses", "l08-x1": "swap", "l08-x3": "uses", "e08a-q2": "lore",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l08-p1": ("S032",), "l08-p4": ("S036", "S038", "S039"), "l08-p9": ("S105", "S130"),
    "l08-x3": ("S041", "S146"), "e08a-q2": ("S036", "S124"),
}  # fmt: skip

#: What looking after old clients is good for, by the deck's four uses.
USES = ("keep", "cost", "refer", "more")
#: The chance of staying before and after, for the second exit item.
RISES = ((0.75, 0.8), (0.8, 0.85), (0.85, 0.9), (0.88, 0.93))


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 8 on a practice."""
    rng = np.random.default_rng([seed, 108])
    return [
        *(_choice(name, rng) for name in ("l08-w1", "l08-w2", "l08-w3", "l08-p1")),
        _worth("l08-p2", practice, practice.old),
        _order("l08-p7", practice.four, rng),
        _gap(practice),
        _swap("l08-p3", practice, practice.months),
        _choice("l08-p4", rng),
        _choice("l08-p6", rng),
        _choice("l08-p9", rng),
        _payback(rng),
        _uses("l08-p5", practice.acts[0], rng),
        _either("l08-x1", practice, rng),
        _rise(practice, rng) if rng.integers(2) else _who(practice.three, rng),
        _either("l08-x3", practice, rng),
        _swap("e08a-q1", practice, practice.months + 2),
        _either("e08a-q2", practice, rng),
        _worth("e08b-q1", practice, practice.new),
        _order("e08b-q2", practice.eight, rng),
        _uses("e08b-q3", practice.acts[1], rng),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, "l08", CHOICES[name], rng, **facts)


def _either(name: str, practice: Practice, rng: np.random.Generator) -> Choice:
    """Ask one of two cases."""
    if rng.integers(2):
        return _choice(name, rng)
    slots = {"months": practice.months}
    return one_of(name, "l08.other", OTHER[name], rng, objective=SERVES[name], slots=slots)


def _rise(practice: Practice, rng: np.random.Generator) -> Choice:
    """Ask what five more points of staying do to lifetime value."""
    before, after = RISES[rng.integers(len(RISES))]
    more = practice.worth(after) / practice.worth(before) - 1
    return one_of(
        "l08-x2",
        "l08",
        ("grown", "five", "double"),
        rng,
        objective="worth",
        slots={"before": before, "after": after, "more": more, "discount": practice.discount,
               "low": 1 + practice.discount - before, "high": 1 + practice.discount - after},
    )  # fmt: skip


def _who(three: pd.DataFrame, rng: np.random.Generator) -> Choice:
    """Ask who of three matters most by total contribution."""
    kinds = ("assets", "commission", "products", "total")
    slots = {f"{case}_{kind}": int(row[kind]) for case, row in three.iterrows() for kind in kinds}
    options = ("quiet", "busy", "rich")
    return one_of("l08-x2", "l08.other", options, rng, objective="worth", slots=slots)


def _worth(name: str, practice: Practice, stay: float) -> Number:
    """Ask for a client's lifetime value."""
    worth = practice.worth(stay)
    return Number(
        id=name,
        room="l08",
        slots={"margin": practice.margin, "stay": stay, "discount": practice.discount,
               "below": 1 + practice.discount - stay, "worth": worth},
        right=round(worth, 1),
        within=worth * 0.01,
        lowest=0,
        highest=1_000_000,
        wrong={
            "no_discount": practice.margin * stay / (1 - stay),
            "one_year": practice.margin * stay,
        },
        objective="worth",
        covers=("S144",),
    )  # fmt: skip


def _gap(practice: Practice) -> Number:
    """Ask for the last of the three parts of fifty lost and fifty won."""
    months = practice.months + 1
    cost = practice.swap_of(months, clients=50)
    old, new = practice.worth(practice.old), practice.worth(practice.new)
    return Number(
        id="l08-p8",
        room="l08",
        slots={"margin": practice.margin, "keep": practice.keep, "times": practice.times,
               "months": months, "won": cost.winning - cost.keeping, "waiting": cost.waiting,
               "gap": cost.gap, "total": cost.total, "old_worth": old, "new_worth": new},
        right=round(cost.gap),
        within=cost.gap * 0.01,
        lowest=0,
        highest=100_000_000,
        wrong={"one": old - new, "old_only": 50 * old},
        objective="swap",
        covers=("S032",),
    )  # fmt: skip


def _swap(name: str, practice: Practice, months: int) -> Number:
    """Ask for the hidden cost of a hundred lost and a hundred won."""
    cost = practice.swap_of(months)
    won = cost.winning - cost.keeping
    return Number(
        id=name,
        room="l08",
        slots={"margin": practice.margin, "keep": practice.keep, "times": practice.times,
               "months": months, "won": won, "waiting": cost.waiting, "gap": cost.gap,
               "old_worth": practice.worth(practice.old), "total": cost.total,
               "new_worth": practice.worth(practice.new)},
        right=round(cost.total),
        within=cost.total * 0.01,
        lowest=0,
        highest=100_000_000,
        wrong={"level": 0.0, "winning_only": won, "no_waiting": cost.total - cost.waiting},
        objective="swap",
        covers=("S032", "S037"),
    )  # fmt: skip


def _payback(rng: np.random.Generator) -> Number:
    """Ask in which month looking after clients has repaid what it cost."""
    spend, gain = int(rng.integers(5, 9)) * 100, int(rng.integers(21, 30)) * 10
    months = range(1, 25)
    course = payback([spend * (month <= 3) for month in months],
                     [gain * (month >= 2) for month in months])  # fmt: skip
    repaid = int(course.loc[course["repaid"], "month"].iloc[0])
    return Number(
        id="l08-p10",
        room="l08",
        slots={"spend": spend, "gain": gain, "cost": 3 * spend, "repaid": repaid,
               "before": repaid - 1},
        right=repaid,
        within=0,
        lowest=1,
        highest=24,
        wrong={"no_wait": repaid - 1, "one_month": ceil(spend / gain) + 1},
        objective="uses",
        covers=("S106",),
    )  # fmt: skip


def _order(name: str, clients: pd.DataFrame, rng: np.random.Generator) -> Ranking:
    """Ask for clients in the order of their total contribution."""
    order = {kind: tuple(clients.sort_values(kind, ascending=False).index)
             for kind in ("total", "assets", "commission")}  # fmt: skip
    return Ranking(
        id=name,
        room="l08",
        items=out_of_order(order["total"], rng),
        right=order["total"],
        wrong={"by_assets": order["assets"], "commission_only": order["commission"]},
        about={
            str(case): {kind: row[kind] for kind in ("name", *order, "products")}
            for case, row in clients.iterrows()
        },
        columns=("name", "assets", "commission", "products"),
        steps=("total",),
        objective="worth",
        covers=("S144",),
    )  # fmt: skip


def _uses(name: str, acts: Sequence[str], rng: np.random.Generator) -> Assign:
    sold = [*of_kind(acts, "keep"), *of_kind(acts, "refer")]
    return Assign(
        id=name,
        room="l08",
        items=any_order(acts, rng),
        options=USES,
        right={act: kind_of(act) for act in acts},
        wrong={"sell_all": dict.fromkeys(sold, "more")},
        bank="act",
        objective="uses",
        covers=("S040", "S041"),
    )
