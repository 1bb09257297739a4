"""Conversations as data files: who the client is, what they say, four replies each turn."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from crmkit.course.figures import CASTING
from crmkit.words import LANGUAGES, language

KINDS = ("good", "medium", "bad", "red")
CRITERIA = ("empathy", "comparator", "evidence", "next_step")
FAULTS = ("attack", "shrug", "blame", "brush", "push", "wrong_number")
#: What each turn asks for: hear and ask, show the figures, say no kindly, agree on a day.
WANTED = (
    ("empathy", "comparator"),
    ("empathy", "evidence"),
    ("empathy",),
    ("empathy", "next_step"),
)


@dataclass(frozen=True)
class Option:
    """A reply that can be chosen; ``fault`` of a bad one, ``rule`` of one that ends it."""

    kind: str
    texts: Mapping[str, str]
    fault: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Turn:
    """What the client says, and the four replies by their kind."""

    client: Mapping[str, str]
    options: Mapping[str, Option]


@dataclass(frozen=True)
class Dialogue:
    """A conversation.

    Attributes
    ----------
    id : str
    case : str
        What sort of client takes part, a name of `crmkit.course.figures.CASTING`.
    mood : int
        0 to 100 at the start; hidden from the learner until the end.
    price_sensitivity : float
        0 to 1: how much a weak reply costs.
    principle : str
        Slide of the deck, or seed text, behind it.
    titles, comparators : mapping of language to str
        Who it is, and what the client compares with.
    turns : tuple of Turn
    """

    id: str
    case: str
    mood: int
    price_sensitivity: float
    principle: str
    titles: Mapping[str, str]
    comparators: Mapping[str, str]
    turns: tuple[Turn, ...] = field(repr=False)

    @property
    def title(self) -> str:
        """Who the client is, in the language in use."""
        return self.titles[language()]


@cache
def dialogues() -> Mapping[str, Dialogue]:
    """Return every conversation by its name.

    >>> len(dialogues())
    15
    """
    folder = files("crmkit").joinpath("data/dialogues")
    found = [
        read_dialogue(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    return {dialogue.id: dialogue for dialogue in found}


def read_dialogue(content: Mapping[str, Any], where: str) -> Dialogue:
    """Return the conversation of a data file.

    Raises
    ------
    ValueError
        With the file's name, for an author who left something out.
    """
    turns = tuple(
        _read_turn(turn, f"{where}, turn {i}") for i, turn in enumerate(content["turn"], 1)
    )
    _require(len(turns) == len(WANTED), where, f"{len(WANTED)} turns")
    _require(content["client"] in CASTING, where, f"client one of {tuple(CASTING)}")
    _require(0 < content["mood"] <= 100, where, "mood between 1 and 100")
    _require(0 <= content["price_sensitivity"] <= 1, where, "price_sensitivity between 0 and 1")
    return Dialogue(
        content["id"], content["client"], content["mood"], content["price_sensitivity"],
        content["principle"], _both(content["title"], where), _both(content["comparator"], where),
        turns,
    )  # fmt: skip


def _read_turn(content: Mapping[str, Any], where: str) -> Turn:
    _require(set(content) == {"client", *KINDS}, where, f"client and {KINDS}")
    _require(content["bad"].get("fault") in FAULTS, where, f"a bad reply with a fault of {FAULTS}")
    _require("rule" in content["red"], where, "a red reply with the rule it breaks")
    options = {
        kind: Option(kind, _both(content[kind], where), content[kind].get("fault", ""),
                     content[kind].get("rule", ""))
        for kind in KINDS
    }  # fmt: skip
    return Turn(_both(content["client"], where), options)


def _both(texts: Mapping[str, str], where: str) -> Mapping[str, str]:
    _require(all(texts.get(name) for name in LANGUAGES), where, "both languages")
    return {name: texts[name] for name in LANGUAGES}


def _require(condition: bool, where: str, needed: str) -> None:
    if not condition:
        raise ValueError(f"{where} needs {needed}")
