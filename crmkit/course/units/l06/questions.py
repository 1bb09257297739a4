"""The questions of lesson 06: along the lesson, fifteen conversations, E06a and E06b."""

from collections.abc import Iterable, Mapping

import numpy as np

from crmkit.course.dialogue import Scene
from crmkit.course.practice import one_case
from crmkit.course.questions import (
    Assign,
    Choice,
    Matching,
    Number,
    Question,
    any_order,
    one_of,
)
from crmkit.course.roleplay import RolePlay
from crmkit.course.scripts import objections
from crmkit.course.units.l06.practice import HALFWAY, Practice
from crmkit.course.units.l06.quotes import figures

OBJECTIVES = ("route", "talk", "fair")
#: Single choices: whose figures they speak of, what they serve, the options; the right one first.
CHOICES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "l06-w1": ("o04", "fair", ("facts", "forecast", "normal")),
    "l06-w2": ("o07", "fair", ("leave", "send", "elsewhere")),
    "l06-w3": ("o04", "fair", ("stayed", "faces", "trades")),
    "l06-p1": ("o03", "route", ("new_clients", "rival", "nobody")),
    "l06-p2": ("e06b", "talk", ("own", "average", "service", "small")),
    "l06-p4": ("o15", "route", ("same_basis", "lower", "trust")),
    "l06-x1": ("o12", "fair", ("own_side", "warn", "hint")),
    "l06-x2": ("o11", "fair", ("step", "private", "cannot")),
    "l06-x3": ("o02", "talk", ("dated", "soon", "wait")),
    "e06a-q1": ("e06b", "route", ("ask", "discount", "attack", "service")),
    "e06a-q2": ("e06b", "talk", ("figures", "lowest", "other", "loyal")),
    "e06a-q3": ("e06b", "fair", ("by_table", "in_secret", "forged", "next_month")),
}

#: What “too high” is compared with, in the order of the lesson.
COMPARED = ("rival", "new", "other", "minimum", "loss")
#: Six things a manager may do about a price, and when.
TIMES = ("now", "approved", "never")
ACTS: Mapping[str, str] = {
    "table": "now", "statement": "now", "step": "approved", "in_writing": "approved",
    "big_client": "never", "own_pocket": "never",
}  # fmt: skip
#: Asked in one of two cases.
TWO_CASES = ("l06-x1", "l06-x2", "l06-x3", "e06a-q1", "e06a-q3")


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions on a practice."""
    rng = np.random.default_rng([seed, 6])
    choices = {name: _choice(name, practice, rng) for name in CHOICES}
    return [
        choices["l06-w1"],
        choices["l06-w2"],
        choices["l06-w3"],
        choices["l06-p1"],
        _compared(rng),
        choices["l06-p2"],
        _net_to_all_in(practice),
        choices["l06-p4"],
        _talk("l06-p5", practice.scenes[HALFWAY]),
        _when(rng),
        *(_talk(f"l06-{name}", practice.scenes[name]) for name in objections()),
        _saving(practice),
        choices["l06-x1"],
        choices["l06-x2"],
        choices["l06-x3"],
        choices["e06a-q1"],
        choices["e06a-q2"],
        choices["e06a-q3"],
        _talk("e06b-q1", practice.scenes["e06b"]),
    ]


def _choice(name: str, practice: Practice, rng: np.random.Generator) -> Choice:
    scene, objective, options = CHOICES[name]
    slots = figures(practice.scenes[scene])
    return one_of(
        name, one_case("l06", name, TWO_CASES, rng), options, rng, objective=objective, slots=slots
    )


def _compared(rng: np.random.Generator) -> Matching:
    """Ask what five complaints compare with, each in one of two wordings."""
    said = {compared: f"{compared}{rng.integers(1, 3)}" for compared in COMPARED}

    def swapped(one: str, other: str) -> dict[str, str]:
        return {said[one]: other, said[other]: one}

    return Matching(
        id="l06-p6",
        room="l06",
        items=any_order(said.values(), rng),
        options=any_order(COMPARED, rng),
        right={sentence: compared for compared, sentence in said.items()},
        wrong={"numbers": swapped("rival", "minimum"), "people": swapped("new", "other")},
        objective="route",
        covers=("S031",),
    )


def _when(rng: np.random.Generator) -> Assign:
    """Ask what may be done at once, what takes an approval, and what may not be done."""
    by_time = {time: [act for act, due in ACTS.items() if due == time] for time in TIMES}
    return Assign(
        id="l06-p7",
        room="l06",
        items=any_order(ACTS, rng),
        options=TIMES,
        right=ACTS,
        wrong={
            "papers_later": dict.fromkeys(by_time["approved"], "now"),
            "approval_mends": dict.fromkeys(by_time["never"], "approved"),
            "afraid": dict.fromkeys(by_time["now"], "approved"),
        },
        objective="fair",
    )


def _talk(name: str, scene: Scene) -> RolePlay:
    return RolePlay(id=name, objective="talk", scene=scene)


def _net_to_all_in(practice: Practice) -> Number:
    """Ask what a rival's net quote comes to with the fees on top."""
    slots = figures(practice.scenes["o15"])
    net, right = float(slots["net"]), float(slots["all_in"])
    collected = practice.scenes["o15"].figures.values["collected"]
    return Number(
        id="l06-p3",
        room="l06",
        objective="route",
        slots=slots,
        right=right,
        within=0.0005,
        lowest=0,
        highest=20,
        wrong={"as_quoted": net, "taken_off": net - collected, "tenfold": net + 10 * collected},
    )


def _saving(practice: Practice) -> Number:
    """Ask what the published step saves a client in a year."""
    scene = practice.scenes["o03"]
    values = scene.figures.values
    gap = values["rate"] - values["published"]
    return Number(
        id="l06-c1",
        room="l06",
        objective="talk",
        slots=figures(scene) | {"gap": f"{gap:.4f}".rstrip("0")},
        right=round(values["saving"], 2),
        within=max(1.0, 0.01 * values["saving"]),
        lowest=0,
        highest=1e9,
        wrong={
            "per_cent": values["traded"] * gap / 100,
            "per_ten_thousand": values["traded"] * gap / 10_000,
            "one_side": values["saving"] / 2,
        },
    )
