"""The questions of lesson 2: those along the lesson, and exercises E02a and E02b."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from crmkit.analysis.knowing import all_fields, areas, is_known
from crmkit.conduct.suitability import LEVELS
from crmkit.course.practice import from_bank, kind_of, of_kind, one_case
from crmkit.course.questions import (
    Assign,
    Choice,
    Matching,
    Number,
    Question,
    Several,
    any_order,
    one_of,
)
from crmkit.course.units.l02.practice import Practice, two_parts
from crmkit.rules import read_rules

OBJECTIVES = ("areas", "complete", "lawful", "grade", "shoes")

#: Single choices, the right option first, and the objective of each.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "l02-w1": ("existing", "prospect", "new"),
    "l02-p3": ("explain", "skip", "guess"),
    "l02-p7": ("wishes", "family", "more"),
    "l02-p6": ("bear", "promise", "cheap", "lecture"),
    "l02-x1": ("official", "wechat", "paper"),
    "l02-x2": ("parts", "count", "money"),
    "l02-x3": ("own", "coach", "recall"),
    "e02b-q2": ("renew", "same", "never"),
    "e02b-q3": ("refuse", "coach", "fill"),
}
#: Asked in one of two cases.
TWO_CASES = ("l02-x1", "l02-x2", "l02-x3", "e02a-q4", "e02b-q3")
SERVES: Mapping[str, str] = {
    "l02-w1": "", "l02-p3": "lawful", "l02-p6": "shoes",
    "l02-p7": "areas",
    "l02-x1": "lawful", "l02-x2": "complete", "l02-x3": "grade",
    "e02b-q2": "grade", "e02b-q3": "grade",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l02-p3": ("S007",), "l02-p6": ("S015",), "l02-x1": ("S006",), "l02-x2": ("S118",),
    "e02b-q2": ("S112", "S153"),
}  # fmt: skip

#: What else people would put into a profile, and must not.
STRANGE = ("password", "politics", "health")

#: The six questions that the deck asks from the client's side, each heard in a sentence.
SHOES = ("risk", "trust", "knowledge", "commission", "service", "market")

#: What is taken for what, along the lesson and in the exercise.
SWAPPED = {
    "trust_risk": {"risk": "trust", "trust": "risk"},
    "all_money": {"commission": "service", "service": "commission"},
    "same_knowledge": {"knowledge": "market", "market": "knowledge"},
}
SWAPPED_AGAIN = {
    "one_fear": {"risk": "trust", "trust": "risk"},
    "money_words": {"risk": "commission", "commission": "risk"},
    "all_ignorance": {"knowledge": "market", "market": "knowledge"},
}

#: What to do about what a manager might ask for, by its kind; how many of each kind the
#: exercise draws, and how many the bank has besides.
DUE: Mapping[str, str] = {
    "chat": "now", "bear": "now", "paper": "official", "secret": "never", "others": "never",
}  # fmt: skip
ASKED: Mapping[str, tuple[int, int]] = {
    "chat": (3, 3), "bear": (3, 3), "paper": (3, 3), "secret": (2, 2), "others": (1, 2),
}  # fmt: skip


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 2 on a practice."""
    rng = np.random.default_rng([seed, 102])
    return [
        _choice("l02-w1", rng),
        _five_areas(rng),
        _choice("l02-p7", rng),
        _completeness("l02-p2", practice, practice.halfway),
        _choice("l02-p3", rng),
        _shoes("l02-p4", SWAPPED, rng),
        _choice("l02-p6", rng),
        _grade_one(practice),
        *(_choice(name, rng) for name in ("l02-x1", "l02-x2", "l02-x3")),
        _twelve(rng),
        _gaps(practice),
        _completeness("e02a-q3", practice, practice.graded),
        _shoes("e02a-q4", SWAPPED_AGAIN, rng),
        _grade_five(practice),
        _choice("e02b-q2", rng, tested=practice.tested_on.isoformat(), months=_months(practice)),
        _choice("e02b-q3", rng),
    ]


def _months(practice: Practice) -> int:
    return int(read_rules().value("suitability.valid_months", practice.as_of))


def _choice(name: str, rng: np.random.Generator, **slots: Any) -> Choice:
    facts = {"slots": slots, "objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, one_case("l02", name, TWO_CASES, rng), CHOICES[name], rng, **facts)


def _five_areas(rng: np.random.Generator) -> Several:
    right = tuple(areas())
    return Several(
        id="l02-p1",
        room="l02",
        options=any_order([*right, *STRANGE], rng),
        right=right,
        objective="areas",
        covers=("S005", "S006", "S007", "S008", "S009"),
    )


def _completeness(name: str, practice: Practice, person: str) -> Number:
    """Ask for the mean of the five parts, in per cent."""
    profile, shares = practice.profile(person), practice.shares_of(person)
    fields = all_fields()
    known = sum(is_known(profile[field]) for field in fields)
    whole = sum(shares[part] == 1 for part in areas())
    total = 100 * shares["total"]
    wrong = {"fields": 100 * known / len(fields), "whole": 100 * whole / len(areas())}
    return Number(
        id=name,
        room="l02",
        slots={"person": person, "known": known, "fields": len(fields), "whole": whole,
               "total": total,
               **{f"{part}_known": sum(is_known(profile[f]) for f in own)
                  for part, own in areas().items()},
               **{f"{part}_all": len(own) for part, own in areas().items()},
               **{f"{part}_share": 100 * shares[part] for part in areas()}},
        right=round(total),
        within=1,
        lowest=0,
        highest=100,
        wrong={idea: value for idea, value in wrong.items() if abs(value - total) > 2},
        objective="complete",
        covers=("S118",),
    )  # fmt: skip


def _shoes(name: str, wrong: Mapping[str, Mapping[str, str]], rng: np.random.Generator) -> Matching:
    """Ask which of the six questions each of six sentences gives away."""
    return Matching(
        id=name,
        room=one_case("l02", name, TWO_CASES, rng),
        items=any_order(SHOES, rng),
        options=any_order(SHOES, rng),
        right={heard: heard for heard in SHOES},
        wrong=wrong,
        objective="shoes",
        covers=("S015",),
    )


def _bands(practice: Practice) -> dict[str, int]:
    bands = read_rules().value("suitability.bands", practice.as_of)
    return {f"from_{level}": int(least) for level, least in bands.items()}


def _grade_one(practice: Practice) -> Choice:
    sheet = practice.sheets["Q1"]
    return Choice(
        id="l02-p5",
        room="l02",
        slots={"name": sheet.name, "score": sheet.score, **sheet.points, **_bands(practice)},
        options=LEVELS,
        right=sheet.level,
        objective="grade",
        covers=("S008",),
    )


def _twelve(rng: np.random.Generator) -> Assign:
    """Ask what to do about twelve things from a bank; the ideas turn on all of a kind."""
    twelve, _ = from_bank(ASKED, rng)
    return Assign(
        id="e02a-q1",
        room="l02",
        items=twelve,
        options=("now", "official", "never"),
        bank="asked",
        right={thing: DUE[kind_of(thing)] for thing in twelve},
        wrong={
            "wechat": dict.fromkeys(of_kind(twelve, "paper"), "now"),
            "password": dict.fromkeys(of_kind(twelve, "secret"), "official"),
            "too_early": dict.fromkeys(of_kind(twelve, "bear"), "official"),
        },
        objective="lawful",
        covers=("S006", "S007"),
    )


def _gaps(practice: Practice) -> Several:
    shares = practice.shares_of(practice.graded)
    parts = tuple(areas())
    right = tuple(part for part in parts if shares[part] < 1)
    nothing = tuple(part for part in parts if shares[part] == 0)
    wrong = {"basics": (*right, "basics")}
    if nothing and nothing != right:
        wrong["empty_only"] = nothing
    return Several(
        id="e02a-q2",
        room="l02",
        slots={"person": practice.graded},
        options=parts,
        right=right,
        wrong=wrong,
        objective="areas",
        covers=("S005", "S118"),
    )


def _grade_five(practice: Practice) -> Assign:
    sheets = {name: sheet for name, sheet in practice.sheets.items() if name != "Q1"}
    bands = read_rules().value("suitability.bands", practice.as_of)
    by_score = {
        name: str(max(level for level, least in bands.items() if sheet.score >= least))
        for name, sheet in sheets.items()
    }
    right = {name: sheet.level for name, sheet in sheets.items()}
    return Assign(
        id="e02b-q1",
        room="l02",
        slots=_bands(practice),
        items=tuple(sheets),
        options=LEVELS,
        right=right,
        wrong={
            "lowest": {name: level for name, level in by_score.items() if level != right[name]},
            "two_parts": {
                name: two_parts(sheet.points) for name, sheet in sheets.items() if not sheet.lowest
            },
        },
        about={
            name: {"sheet": name, "name": sheet.name, "score": sheet.score, **sheet.points,
                   "lowest": "✓" if sheet.lowest else "—"}
            for name, sheet in sheets.items()
        },
        columns=("name", "basics", "property", "assets", "experience", "ability", "lowest"),
        steps=("score",),
        objective="grade",
        covers=("S008",),
    )  # fmt: skip
