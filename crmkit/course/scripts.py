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
#: Fewest and most turns.
TURNS = (4, 6)
FAULTS = ("attack", "shrug", "blame", "brush", "push", "wrong_number")
#: What the turns ask for unless they say so: hear and ask, show the figures, say no kindly,
#: agree on a day.
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
    """What the client says, the four replies by their kind, and the criteria it asks for."""

    client: Mapping[str, str]
    options: Mapping[str, Option]
    wants: tuple[str, ...]


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

    @property
    def who(self) -> str:
        """The title as it stands inside a sentence."""
        return self.title[0].lower() + self.title[1:]

    @property
    def marks(self) -> int:
        """How many marks there are to earn."""
        return sum(len(turn.wants) for turn in self.turns)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that its red replies break, each once."""
        return tuple(dict.fromkeys(turn.options["red"].rule for turn in self.turns))

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults of its bad replies, each once."""
        return tuple(dict.fromkeys(turn.options["bad"].fault for turn in self.turns))


@cache
def dialogues() -> Mapping[str, Dialogue]:
    """Return every conversation by its name.

    The fifteen objections (``o01`` to ``o15``), one to take over half-way (``p06``) and the
    graded one (``e06b``).

    >>> len(dialogues())
    17
    """
    folder = files("crmkit").joinpath("data/dialogues")
    found = [
        read_dialogue(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    return {dialogue.id: dialogue for dialogue in found}


def objections() -> list[str]:
    """Return the names of the fifteen objections.

    >>> objections()[0], objections()[-1]
    ('o01', 'o15')
    """
    return [name for name in dialogues() if name.startswith("o")]


def read_dialogue(content: Mapping[str, Any], where: str) -> Dialogue:
    """Return the conversation of a data file.

    Raises
    ------
    ValueError
        With the file's name, for an author who left something out.
    """
    fewest, most = TURNS
    _require(fewest <= len(content["turn"]) <= most, where, f"{fewest} to {most} turns")
    turns = tuple(_read_turn(turn, i, where) for i, turn in enumerate(content["turn"]))
    asked = {mark for turn in turns for mark in turn.wants}
    _require(asked == set(CRITERIA), where, f"turns that ask for {CRITERIA}")
    _require(content["client"] in CASTING, where, f"client one of {tuple(CASTING)}")
    _require(0 < content["mood"] <= 100, where, "mood between 1 and 100")
    _require(0 <= content["price_sensitivity"] <= 1, where, "price_sensitivity between 0 and 1")
    return Dialogue(
        content["id"], content["client"], content["mood"], content["price_sensitivity"],
        content["principle"], _both(content["title"], where), _both(content["comparator"], where),
        turns,
    )  # fmt: skip


def _read_turn(content: Mapping[str, Any], place: int, where: str) -> Turn:
    where = f"{where}, turn {place + 1}"
    _require(set(content) - {"wants"} == {"client", *KINDS}, where, f"client and {KINDS}")
    wants = tuple(content.get("wants", WANTED[place] if place < len(WANTED) else ()))
    _require(bool(wants) and set(wants) <= set(CRITERIA), where, f"wants, some of {CRITERIA}")
    _require(content["bad"].get("fault") in FAULTS, where, f"a bad reply with a fault of {FAULTS}")
    _require("rule" in content["red"], where, "a red reply with the rule it breaks")
    options = {
        kind: Option(kind, _both(content[kind], where), content[kind].get("fault", ""),
                     content[kind].get("rule", ""))
        for kind in KINDS
    }  # fmt: skip
    return Turn(_both(content["client"], where), options, wants)


def _both(texts: Mapping[str, str], where: str) -> Mapping[str, str]:
    _require(all(texts.get(name) for name in LANGUAGES), where, "both languages")
    return {name: texts[name] for name in LANGUAGES}


def _require(condition: bool, where: str, needed: str) -> None:
    if not condition:
        raise ValueError(f"{where} needs {needed}")
