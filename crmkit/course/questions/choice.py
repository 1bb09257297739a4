"""Choosing one option, or several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form, Option
from crmkit.course.questions.order import any_order
from crmkit.course.questions.traps import Trap, shown, tell_apart


@dataclass(frozen=True, kw_only=True)
class _Options(Question):
    options: tuple[str, ...]

    def form(self) -> Form:
        """Return the options with their sentences, ``option.<name>``."""
        return Form(self.kind, tuple(Option(o, self.say(f"option.{o}")) for o in self.options))


@dataclass(frozen=True, kw_only=True)
class Choice(_Options):
    """One option out of several; every wrong one is a misconception and carries its name.

    The answer is the name of an option.

    Attributes
    ----------
    options : tuple of str
        In the order shown; shuffle them with the seed. Sentences: ``option.<name>``.
    right : str

    Examples
    --------
    >>> asked = Choice(id="l11-x1", room="l11", options=("size", "income"), right="income")
    >>> asked.misconceptions, asked.judge("size").misconception
    (('size',), 'size')
    """

    kind: ClassVar[str] = "choice"

    right: str

    @property
    def key(self) -> str:
        """The right option."""
        return self.right

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The wrong options."""
        return tuple(option for option in self.options if option != self.right)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: one of the options."""
        return {"enum": list(self.options)}

    def problem(self, answer: object) -> str:
        """Refuse what is not one of the options."""
        known = isinstance(answer, str) and answer in self.options
        return "" if known else "course.not_an_option"

    def judge(self, answer: str) -> Verdict:
        """Give 1 for the right option; a wrong one is a wrong idea."""
        return Verdict(1.0) if answer == self.right else Verdict(0.0, answer)

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        """Yield every wrong option."""
        yield from ((option, option) for option in self.misconceptions)

    def guess(self, rng: np.random.Generator) -> str:
        """Return any option."""
        return str(rng.choice(self.options))


def one_of(
    name: str, room: str, options: Sequence[str], rng: np.random.Generator, **facts: Any
) -> Choice:
    """Return a single choice whose options stand in any order.

    Parameters
    ----------
    name, room : str
    options : sequence of str
        The right one first.
    rng : Generator
    **facts
        What else `Choice` takes: ``slots``, ``objective``, ``covers``.

    Examples
    --------
    >>> asked = one_of("l11-x1", "l11", ("income", "size"), np.random.default_rng(1))
    >>> asked.right, sorted(asked.options)
    ('income', ['income', 'size'])
    """
    return Choice(id=name, room=room, options=any_order(options, rng), right=options[0], **facts)


@dataclass(frozen=True, kw_only=True)
class Several(_Options):
    """All the options that apply, out of several.

    The answer is a list of names, in any order. The score is the share of the right options
    ticked less the share of the wrong ones: ticking everything earns nothing.

    Attributes
    ----------
    options : tuple of str
        In the order shown. Sentences: ``option.<name>``.
    right : tuple of str
    wrong : mapping of str to tuple of str
        The answer that each wrong idea leads to. Left out, every wrong option is an idea of
        its own: someone ticks it beside the right ones.

    A wrong answer that shows none of these is told ``missed`` or ``extra``; both sentences
    may use ``hits``, ``due`` and ``false`` (counts).

    Examples
    --------
    >>> asked = Several(id="e02a-q1", room="l02", options=("a", "b", "c"), right=("a", "b"))
    >>> [asked.judge(given).score for given in (["b", "a"], ["a"], ["a", "b", "c"])]
    [1.0, 0.5, 0.0]
    """

    kind: ClassVar[str] = "several"

    right: tuple[str, ...]
    wrong: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def key(self) -> list[str]:
        """The right options, in the order shown."""
        return [option for option in self.options if option in self.right]

    @cached_property
    def _ideas(self) -> Mapping[str, Sequence[str]]:
        extra = [option for option in self.options if option not in self.right]
        return self.wrong or {option: [*self.right, option] for option in extra}

    @cached_property
    def _traps(self) -> tuple[Trap, ...]:
        ideas = {name: [self._entries(ticked)] for name, ticked in self._ideas.items()}
        return tell_apart(self._entries(self.right), ideas)

    def _entries(self, ticked: Sequence[str]) -> dict[str, bool]:
        return {option: option in ticked for option in self.options}

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self._ideas)

    def is_blank(self, answer: object) -> bool:
        """Tell whether nothing is ticked."""
        return answer == [] or super().is_blank(answer)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a list of different options."""
        return {
            "type": "array", "items": {"enum": list(self.options)}, "uniqueItems": True,
            "minItems": 1,
        }  # fmt: skip

    def problem(self, answer: object) -> str:
        """Refuse what is no list of different options."""
        if not isinstance(answer, list):
            return "course.not_a_list"
        known = all(isinstance(option, str) and option in self.options for option in answer)
        return "" if known and len(set(answer)) == len(answer) else "course.not_an_option"

    def judge(self, answer: list[str]) -> Verdict:
        """Weigh what was ticked rightly against what was ticked wrongly."""
        hits = sum(option in self.right for option in answer)
        false, others = len(answer) - hits, len(self.options) - len(self.right)
        score = hits / len(self.right) - (false / others if others else 0)
        idea = shown(self._traps, self._entries(answer))
        facts = {"hits": hits, "due": len(self.right), "false": false}
        return Verdict(max(0.0, score), idea, "extra" if false else "missed", facts)

    def wrong_answers(self) -> Iterator[tuple[str, list[str]]]:
        """Yield what each wrong idea ticks."""
        yield from ((name, list(ticked)) for name, ticked in self._ideas.items())

    def guess(self, rng: np.random.Generator) -> list[str]:
        """Return any options, one at least."""
        ticked = [option for option in self.options if rng.random() < 0.5]
        return ticked or [str(rng.choice(self.options))]
