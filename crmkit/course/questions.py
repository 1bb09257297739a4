"""Kinds of question. An answer is data; each kind knows a blank, a broken and a right one.

Answers are what JSON can hold, so that they can be kept, handed in and marked again:

==========  ===============================================================
Choice      the name of an option
Number      a number in the question's unit
Cut         a number: where the line lies among the values
Assign      a mapping of item to option: tiers to clients, strategies to tiers
==========  ===============================================================

A *trap* is a known wrong idea. Its name is also where its explanation stands in the words
files: ``<room>.<question id>.<trap>.cause``, ``.principle`` and ``.next``.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from crmkit.course.outcome import Outcome, Result
from crmkit.words import glossary, t

TRIES_BEFORE_SOLUTION = 3


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """What every kind of question has.

    Attributes
    ----------
    id : str
        For example ``"e11a-q1"``.
    room : str
        Words file with the question's sentences: ``prompt``, ``right``, one group per trap
        and, where there are any, ``hint1`` to ``hint3`` and ``solution``.
    slots : mapping
        Numbers and names the sentences speak of.
    """

    id: str
    room: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    def say(self, part: str, **slots: Any) -> str:
        """Return one of the question's sentences in the language in use."""
        return t(f"{self.room}.{self.id}.{part}", **{**self.slots, **slots})

    def has(self, part: str) -> bool:
        """Tell whether the question has a sentence."""
        return f"{self.room}.{self.id}.{part}" in glossary()

    @property
    def hints(self) -> int:
        """How many hints there are."""
        return sum(self.has(f"hint{number}") for number in (1, 2, 3))

    @property
    @abstractmethod
    def key(self) -> Any:
        """The right answer, or one of them."""

    @property
    @abstractmethod
    def trap_names(self) -> tuple[str, ...]:
        """The known wrong ideas."""

    @abstractmethod
    def problem(self, answer: object) -> str:
        """Return the key of what is wrong with the entry as such, or an empty text."""

    @abstractmethod
    def score(self, answer: Any) -> float:
        """Return 0 to 1 for a well-formed answer."""

    @abstractmethod
    def trap(self, answer: Any) -> str:
        """Return the known wrong idea that a wrong answer shows, or an empty text."""

    @abstractmethod
    def remark(self, answer: Any) -> str:
        """Return what to say about a wrong answer that shows no known wrong idea."""

    def is_blank(self, answer: object) -> bool:
        """Tell whether nothing has been entered."""
        return answer is None or (isinstance(answer, str) and not answer.strip())

    def facts(self, answer: Any, trap: str) -> Mapping[str, Any]:
        """Return what the sentences may say about this very answer."""
        return {}


def mark(question: Question, answer: object) -> Result:
    """Mark an answer, whatever it is: nothing that can be entered raises an error.

    Parameters
    ----------
    question : Question
    answer : object
        Well-formed or not, from a widget, a file or a person typing.

    Returns
    -------
    Result
    """
    if question.is_blank(answer):
        return Result(question.id, Outcome.NOT_ATTEMPTED, 0.0, "course.blank")
    if problem := question.problem(answer):
        return Result(question.id, Outcome.INVALID, 0.0, problem)
    score = question.score(answer)
    trap = question.trap(answer) if score < 1 else ""
    part = "right" if score == 1 else trap or question.remark(answer)
    outcome = Outcome.CORRECT if score == 1 else Outcome.PARTIAL if score else Outcome.INCORRECT
    slots = {**question.slots, **question.facts(answer, trap)}
    return Result(question.id, outcome, score, f"{question.room}.{question.id}.{part}", slots, trap)


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One option out of several; every wrong one is a trap and carries its name.

    Attributes
    ----------
    options : tuple of str
        In the order shown. The sentence of an option is ``option.<name>``.
    right : str
    """

    options: tuple[str, ...]
    right: str

    @property
    def key(self) -> str:
        """The right option."""
        return self.right

    @property
    def trap_names(self) -> tuple[str, ...]:
        """The wrong options."""
        return tuple(option for option in self.options if option != self.right)

    def problem(self, answer: object) -> str:
        """Refuse what is not one of the options."""
        known = isinstance(answer, str) and answer in self.options
        return "" if known else "course.not_an_option"

    def score(self, answer: str) -> float:
        """Return 1 for the right option, else 0."""
        return float(answer == self.right)

    def trap(self, answer: str) -> str:
        """Return the wrong option's own name."""
        return answer

    def remark(self, answer: str) -> str:
        """Return the option's name; every wrong option is a trap."""
        return answer


def _is_number(answer: object) -> TypeGuard[float]:
    return type(answer) in (int, float) and answer == answer


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number within a tolerance of the right one.

    Attributes
    ----------
    right : float
    within : float
        How far an answer may lie from the right one, in the question's unit.
    lowest, highest : float
        Anything outside cannot be meant.
    traps : mapping of str to float
        What each known wrong idea works out to.
    """

    right: float
    within: float
    lowest: float
    highest: float
    traps: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> float:
        """The right number."""
        return self.right

    @property
    def trap_names(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self.traps)

    def problem(self, answer: object) -> str:
        """Refuse what is no number, or one that cannot be meant."""
        if not _is_number(answer):
            return "course.not_a_number"
        return "" if self.lowest <= answer <= self.highest else "course.out_of_range"

    def score(self, answer: float) -> float:
        """Return 1 within the tolerance, else 0."""
        return float(abs(answer - self.right) <= self.within)

    def trap(self, answer: float) -> str:
        """Return the wrong idea whose number lies nearest, if one is as near as it counts."""
        distances = {name: abs(answer - value) / abs(value) for name, value in self.traps.items()}
        near = {n: d for n, d in distances.items() if d <= self.within / abs(self.right)}
        return min(near, key=near.__getitem__, default="")

    def remark(self, answer: float) -> str:
        """Say which way it is off."""
        return "high" if answer > self.right else "low"

    def facts(self, answer: float, trap: str) -> Mapping[str, Any]:
        """Return the answer and the right number."""
        return {"given": answer, "right": self.right}


@dataclass(frozen=True, kw_only=True)
class Cut(Question):
    """Where a line lies, judged by the share of the values on or above it.

    Attributes
    ----------
    values : tuple of float
        Every value, ascending, in the unit people read.
    share : float
        The share that should lie on or above the line.
    within, near : float
        Distance in share for the full score, and for half of it.
    traps : mapping of str to (float, float)
        The shares, from and to, that show each known wrong idea.
    """

    values: tuple[float, ...]
    share: float
    within: float
    near: float
    traps: Mapping[str, tuple[float, float]]

    @property
    def key(self) -> float:
        """The line that leaves exactly the share above it."""
        return self.values[len(self.values) - round(self.share * len(self.values))]

    @property
    def trap_names(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self.traps)

    def above(self, line: float) -> int:
        """Return how many values lie on or above a line."""
        return len(self.values) - bisect_left(self.values, line)

    def problem(self, answer: object) -> str:
        """Refuse what is no number, and a line far from every value."""
        if not _is_number(answer):
            return "course.not_a_number"
        return "" if 0 <= answer <= 10 * self.values[-1] else "course.out_of_range"

    def score(self, answer: float) -> float:
        """Return 1 within the tolerance, half when near, else 0."""
        off = abs(self.above(answer) / len(self.values) - self.share)
        return 1.0 if off <= self.within else 0.5 if off <= self.near else 0.0

    def trap(self, answer: float) -> str:
        """Return the wrong idea whose range of shares the line falls into."""
        share = self.above(answer) / len(self.values)
        found = (name for name, (low, high) in self.traps.items() if low <= share <= high)
        return next(found, "")

    def remark(self, answer: float) -> str:
        """Say whether too many or too few lie above the line."""
        return "many" if self.above(answer) / len(self.values) > self.share else "few"

    def facts(self, answer: float, trap: str) -> Mapping[str, Any]:
        """Return the line, how many lie above it, and how much of the total they make up."""
        count = self.above(answer)
        part = sum(self.values[len(self.values) - count :]) / sum(self.values)
        return {"given": answer, "count": count, "share": count / len(self.values), "part": part}


@dataclass(frozen=True)
class Trap:
    """A known wrong idea, by the mistakes that nothing else explains.

    Attributes
    ----------
    name : str
    telltales : mapping of str to str
        Item to the wrong option that this idea, and no other, gives it.
    least : int
        How many of the telltales an answer must show.
    """

    name: str
    telltales: Mapping[str, str]
    least: int

    def shown_by(self, answer: Mapping[str, str]) -> list[str]:
        """Return the items on which an answer makes this idea's mistakes."""
        return [item for item, wrong in self.telltales.items() if answer.get(item) == wrong]


@dataclass(frozen=True, kw_only=True)
class Assign(Question):
    """Every item gets one of the options.

    Attributes
    ----------
    items, options : tuple of str
    right : mapping of str to str
        Item to option.
    traps : tuple of Trap
        The most serious first.
    about : mapping of str to mapping
        What is known about each item; sentences about it may use these.
    columns, worked : tuple of str
        What to show of each item beside the options, and what the solution adds; the
        sentences are ``column.<name>`` and ``cell.<name>``.
    slips : mapping of (str, str) to str
        Which sentence to say about an item that got the first option instead of the second.
    """

    items: tuple[str, ...]
    options: tuple[str, ...]
    right: Mapping[str, str]
    traps: tuple[Trap, ...]
    about: Mapping[str, Mapping[str, Any]]
    columns: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    slips: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def key(self) -> dict[str, str]:
        """The right option of every item."""
        return dict(self.right)

    @property
    def trap_names(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(trap.name for trap in self.traps)

    def is_blank(self, answer: object) -> bool:
        """Tell whether no item has an option."""
        if isinstance(answer, dict):
            return all(option is None for option in answer.values())
        return super().is_blank(answer)

    def problem(self, answer: object) -> str:
        """Refuse what is no mapping, and items and options the question does not have."""
        if not isinstance(answer, dict):
            return "course.not_a_table"
        if not set(answer) <= set(self.items):
            return "course.not_an_item"
        entered = [option for option in answer.values() if option is not None]
        known = all(isinstance(option, str) and option in self.options for option in entered)
        return "" if known else "course.not_an_option"

    def score(self, answer: Mapping[str, str]) -> float:
        """Return the share of items with the right option."""
        return 1 - len(self._wrong(answer)) / len(self.items)

    def trap(self, answer: Mapping[str, str]) -> str:
        """Return the wrong idea that explains most of the telltale mistakes it could."""
        shown = {trap.name: len(trap.shown_by(answer)) / trap.least for trap in self.traps}
        best = max(shown, key=shown.__getitem__, default="")
        return best if shown.get(best, 0) >= 1 else ""

    def remark(self, answer: Mapping[str, str]) -> str:
        """Say that something is missing, else what is off with the first wrong item."""
        if any(answer.get(item) is None for item in self.items):
            return "incomplete"
        item = self._wrong(answer)[0]
        return self.slips.get((answer[item], self.right[item]), "slip")

    def facts(self, answer: Mapping[str, str], trap: str) -> Mapping[str, Any]:
        """Return the count of right items and what is known about one that is wrong."""
        wrong = self._wrong(answer)
        shown = next((t.shown_by(answer) for t in self.traps if t.name == trap), [])
        example = [*shown, *[item for item in wrong if answer.get(item)], *wrong][:1]
        facts = dict(self.about.get(example[0], {})) if example else {}
        return facts | {
            "right": len(self.items) - len(wrong),
            "total": len(self.items),
            "left": sum(answer.get(item) is None for item in self.items),
            "shown": len(shown),
            "given": answer.get(example[0]) if example else None,
            "due": self.right[example[0]] if example else None,
        }

    def _wrong(self, answer: Mapping[str, str]) -> list[str]:
        return [item for item in self.items if answer.get(item) != self.right[item]]
