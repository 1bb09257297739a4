"""The questions of lesson 8: those along the lesson, and exercises E08a and E08b."""

from collections.abc import Iterable, Mapping

import numpy as np

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
    "l08-p1": ("hidden", "level", "six"),
    "l08-p4": ("dial", "law", "junk"),
    "l08-p6": ("stands", "refuted", "proved"),
    "l08-x1": ("gap", "count", "six"),
    "l08-x2": ("third", "five", "double"),
    "l08-x3": ("suits", "all", "never"),
    "e08a-q2": ("range", "law", "none"),
}
SERVES: Mapping[str, str] = {
    "l08-w1": "", "l08-p1": "swap", "l08-p4": "lore", "l08-p6": "lore", "l08-x1": "swap",
    "l08-x2": "worth", "l08-x3": "uses", "e08a-q2": "lore",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l08-p1": ("S032",), "l08-p4": ("S036", "S038", "S039"), "l08-x3": ("S041", "S146"),
    "e08a-q2": ("S036", "S124"),
}  # fmt: skip

#: What looking after old clients is good for, by the deck's four uses.
USES = ("keep", "cost", "refer", "more")
ACTS: Mapping[str, str] = {
    "notice": "keep", "ask_why": "keep", "call": "cost", "known": "cost", "introduce": "refer",
    "thank": "refer", "fund": "more", "review": "more",
}  # fmt: skip
MORE_ACTS: Mapping[str, str] = {
    "renew": "keep", "online": "cost", "friend": "refer", "second": "more",
}  # fmt: skip


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 8 on a practice."""
    rng = np.random.default_rng([seed, 108])
    return [
        _choice("l08-w1", rng),
        _choice("l08-p1", rng),
        _worth("l08-p2", practice, practice.old),
        _swap("l08-p3", practice, practice.months),
        _choice("l08-p4", rng),
        _choice("l08-p6", rng),
        _uses("l08-p5", ACTS, rng),
        *(_choice(name, rng) for name in ("l08-x1", "l08-x2", "l08-x3")),
        _swap("e08a-q1", practice, practice.months + 2),
        _choice("e08a-q2", rng),
        _worth("e08b-q1", practice, practice.new),
        _eight(practice, rng),
        _uses("e08b-q3", MORE_ACTS, rng),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, "l08", CHOICES[name], rng, **facts)


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


def _swap(name: str, practice: Practice, months: int) -> Number:
    """Ask for the hidden cost of a hundred lost and a hundred won."""
    cost = practice.swap_of(months=months)
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


def _eight(practice: Practice, rng: np.random.Generator) -> Ranking:
    eight = practice.eight
    order = {kind: tuple(eight.sort_values(kind, ascending=False).index)
             for kind in ("total", "assets", "commission")}  # fmt: skip
    return Ranking(
        id="e08b-q2",
        room="l08",
        items=out_of_order(order["total"], rng),
        right=order["total"],
        wrong={"by_assets": order["assets"], "commission_only": order["commission"]},
        about={
            str(case): {kind: row[kind] for kind in ("name", *order, "products")}
            for case, row in eight.iterrows()
        },
        columns=("name", "assets", "commission", "products"),
        steps=("total",),
        objective="worth",
        covers=("S144",),
    )  # fmt: skip


def _uses(name: str, acts: Mapping[str, str], rng: np.random.Generator) -> Assign:
    wrong: dict[str, dict[str, str]] = {
        "sell_all": {act: "more" for act, use in acts.items() if use in ("keep", "refer")},
    }
    return Assign(
        id=name,
        room="l08",
        items=any_order(acts, rng),
        options=USES,
        right=acts,
        wrong=wrong,
        objective="uses",
        covers=("S040", "S041"),
    )
