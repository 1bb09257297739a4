"""The questions of lesson 1: those along the lesson, and exercises E01a and E01b."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.lifecycle import GROUPS, NEW_MONTHS, STAGES
from crmkit.course.practice import from_bank, kind_of, of_kind, one_case
from crmkit.course.questions import Assign, Choice, Question, Trap, any_order, one_of
from crmkit.course.units.l01.practice import Practice

#: What stands in a cell where nothing happened yet.
NONE = "—"
OBJECTIVES = ("place", "aim", "moments")
#: What a card shows beside stage or group; what the question does not need is left out.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "stage": ("client", "opened", "first", "last", "invests", "assets"),
    "group": ("client", "opened", "first", "invests", "assets", "contribution"),
}

#: Options of the questions along the lesson and at its end; the right one first.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "l01-p1": ("meeting", "opening", "trade"),
    "l01-p5": ("stages", "more", "cheaper"),
    "l01-x1": ("prospect", "existing", "new"),
    "l01-x2": ("second", "lifetime", "development"),
    "l01-x3": ("keep", "develop", "products"),
}

#: Asked in one of two cases.
TWO_CASES = ("l01-x1", "l01-x2", "l01-x3", "e01b-q1", "e01b-q2")

OBJECTIVE: Mapping[str, str] = {
    "l01-p1": "moments", "l01-p5": "aim", "l01-x1": "place", "l01-x2": "place", "l01-x3": "aim",
}  # fmt: skip

COVERS: Mapping[str, tuple[str, ...]] = {"l01-p5": ("S102",)}

#: Nine things a manager does, and the moment each belongs to.
MOMENTS = ("before", "after", "serving")
ACTS: Mapping[str, str] = {
    "greet": "before", "learn": "before", "worries": "before",
    "callback": "after", "show": "after", "suitable": "after",
    "review": "serving", "loss": "serving", "invite": "serving",
}  # fmt: skip

#: How many of each moment the exercise draws, and how many the bank has besides.
MORE_ACTS: Mapping[str, tuple[int, int]] = dict.fromkeys(MOMENTS, (2, 2))

GOALS: Mapping[str, str] = {"prospect": "develop", "new": "serve", "existing": "keep"}
MEASURES: Mapping[str, str] = {"prospect": "touches", "new": "begun", "existing": "stayed"}


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions: five along the lesson, three to leave, five graded."""
    rng = np.random.default_rng([seed, 101])
    return [
        _choice("l01-p1", rng),
        _halfway("l01-p2", STAGES, practice, "stage"),
        _halfway("l01-p3", GROUPS, practice, "group"),
        _acts("l01-p4", ACTS, ACT_IDEAS, rng),
        *(_choice(name, rng) for name in ("l01-p5", "l01-x1", "l01-x2", "l01-x3")),
        _cards("e01a-q1", STAGES, practice, "stage", STAGE_IDEAS, ("S002",)),
        _cards("e01a-q2", GROUPS, practice, "group", GROUP_IDEAS, ("S077", "S078", "S079", "S080")),
        _goals(rng),
        _measures(rng),
        _more_acts(rng),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": OBJECTIVE[name], "covers": COVERS.get(name, ())}
    return one_of(name, one_case("l01", name, TWO_CASES, rng), CHOICES[name], rng, **facts)


def _halfway(name: str, options: tuple[str, ...], practice: Practice, kind: str) -> Choice:
    person = _figures(practice.people, practice.halfway, practice)
    right = str(practice.people.loc[practice.halfway, kind])
    return Choice(
        id=name, room="l01", slots=person, options=options, right=right, objective="place"
    )


#: Known wrong ideas about stages and groups: which cases each misplaces, and where to.
STAGE_IDEAS: Mapping[str, Mapping[str, str]] = {
    "opened": {"opened": "existing", "first_steps": "existing"},
    "size": {"opened_big": "existing"},
    "elsewhere": {"outside": "existing"},
    "silent": {"silent": "prospect"},
}
GROUP_IDEAS: Mapping[str, Mapping[str, str]] = {
    "size": {"opened_big": "lifetime", "big_idle": "lifetime"},
    "elsewhere": {"outside": "second"},
    "silent": {"silent": "potential"},
}


def _cards(
    name: str,
    options: tuple[str, ...],
    practice: Practice,
    kind: str,
    ideas: Mapping[str, Mapping[str, str]],
    covers: tuple[str, ...],
) -> Assign:
    cards = practice.people.loc[list(practice.cards)]
    return Assign(
        id=name,
        room="l01",
        slots={"cut": practice.contribution_cut, "months": NEW_MONTHS, "cards": len(cards)},
        items=practice.cards,
        options=options,
        right={str(card): str(value) for card, value in cards[kind].items()},
        wrong={idea: _misplaced(cards, cases) for idea, cases in ideas.items()},
        about={card: _figures(cards, card, practice) for card in practice.cards},
        columns=COLUMNS[kind],
        objective="place",
        covers=covers,
    )


def _misplaced(cards: pd.DataFrame, wrong: Mapping[str, str]) -> dict[str, str]:
    return {str(card): wrong[case] for card, case in cards["case"].items() if case in wrong}


#: Known wrong ideas about moments.
ACT_IDEAS: Mapping[str, Mapping[str, str]] = {
    "know_later": {"learn": "after", "worries": "after"},
    "new_only": {"invite": "before"},
    "sold_and_gone": {"loss": "after", "review": "after"},
}


def _acts(
    name: str,
    acts: Mapping[str, str],
    ideas: Mapping[str, Mapping[str, str]],
    rng: np.random.Generator,
    bank: str = "",
) -> Assign:
    return Assign(
        id=name,
        room="l01",
        items=any_order(acts, rng),
        options=MOMENTS,
        bank=bank,
        right=acts,
        wrong=ideas,
        objective="moments",
        covers=("S004",),
    )


def _more_acts(rng: np.random.Generator) -> Assign:
    """Ask for the moments of six acts from a bank; the ideas turn on all of a moment."""
    six, _ = from_bank(MORE_ACTS, rng)
    ideas = {
        "sign_first": dict.fromkeys(of_kind(six, "before"), "after"),
        "start_and_forget": dict.fromkeys(of_kind(six, "serving"), "after"),
    }
    return _acts("e01b-q3", {act: kind_of(act) for act in six}, ideas, rng, bank="acts")


def _goals(rng: np.random.Generator) -> Assign:
    return Assign(
        id="e01b-q1",
        room=one_case("l01", "e01b-q1", TWO_CASES, rng),
        items=STAGES,
        options=any_order([*GOALS.values(), "trade"], rng),
        right=GOALS,
        wrong={
            "trade": dict.fromkeys(STAGES, "trade"),
            "always_develop": {"new": "develop", "existing": "develop"},
        },
        objective="aim",
        covers=("S003",),
    )


def _measures(rng: np.random.Generator) -> Assign:
    return Assign(
        id="e01b-q2",
        room=one_case("l01", "e01b-q2", TWO_CASES, rng),
        items=STAGES,
        options=any_order([*MEASURES.values(), "commission", "products"], rng),
        right=MEASURES,
        traps=(
            Trap("same", {"new": "commission", "existing": "commission"}, 1),
            Trap("commission", {"prospect": "commission"}, 1),
        ),
        wrong={"products": {"existing": "products"}},
        objective="aim",
        covers=("S003",),
    )


def _figures(people: pd.DataFrame, card: str, practice: Practice) -> dict[str, Any]:
    """Return what a card shows, in the units people read."""
    person: dict[Any, Any] = people.loc[card].to_dict()
    money = {name: person[name] for name in ("assets", "contribution_12m")}
    return {
        "client": card,
        "name": str(person["name"]),
        "opened": _day(person["open_date"]),
        "first": _day(person["first_trade"]),
        "last": _day(person["last_trade"]),
        "invests": "✓" if person["invests_elsewhere"] else NONE,
        "assets": NONE if pd.isna(money["assets"]) else f"{money['assets'] / 1_000_000:,.1f}",
        "contribution": _cny(money["contribution_12m"]),
        "cut": practice.contribution_cut,
        "months": NEW_MONTHS,
    }


def _day(day: pd.Timestamp) -> str:
    return NONE if pd.isna(day) else f"{day:%Y-%m-%d}"


def _cny(fen: Any) -> str:
    return NONE if pd.isna(fen) else f"{fen / 100:,.0f}"
