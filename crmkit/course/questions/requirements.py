"""Answers that have no single key: what each must meet, and what it shows if it does not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crmkit.course.questions.base import Question, Verdict

#: Looks at an answer; nothing when it is met, else what the sentences may say about it.
Condition = Callable[[Any], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Requirement:
    """Something an answer must meet. Not meeting it is a misconception of that name.

    Attributes
    ----------
    name : str
    condition : callable
        Takes the answer; returns ``None`` when it is met, else the facts of the breach.
    example : object
        An answer that somebody with the wrong idea would give; this must be the first
        requirement that it breaks.
    weight : float
        Share of the score, relative to the others.
    fatal : bool
        Whether the whole answer is worth nothing then: rules one may never break.
    """

    name: str
    condition: Condition
    example: Any
    weight: float = 1.0
    fatal: bool = False


@dataclass(frozen=True, kw_only=True)
class Required(Question):
    """A question judged by requirements, the most serious first.

    Attributes
    ----------
    model : object
        An answer that meets them all.
    requirements : tuple of Requirement
    """

    model: Any
    requirements: tuple[Requirement, ...]

    @property
    def key(self) -> Any:
        """The model answer."""
        return self.model

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The requirements, by the idea that breaks each."""
        return tuple(requirement.name for requirement in self.requirements)

    def judge(self, answer: Any) -> Verdict:
        """Name the first requirement that is broken; the score is the share of those met."""
        return judged(self.requirements, self.read(answer))

    def read(self, answer: Any) -> Any:
        """Return the answer as conditions see it."""
        return answer

    def wrong_answers(self) -> Iterator[tuple[str, Any]]:
        """Yield the example of each requirement."""
        yield from ((requirement.name, requirement.example) for requirement in self.requirements)


def judged(requirements: Iterable[Requirement], answer: Any) -> Verdict:
    """Return what requirements make of an answer.

    >>> short = Requirement("short", lambda a: None if len(a) > 3 else {"length": len(a)}, "ab")
    >>> judged([short], "abc")
    Verdict(score=0.0, misconception='short', remark='', facts={'length': 3})
    """
    found = [(each, each.condition(answer)) for each in requirements]
    broken = [(each, facts) for each, facts in found if facts is not None]
    if not broken:
        return Verdict(1.0)
    first, facts = broken[0]
    whole = sum(each.weight for each, _ in found)
    met = whole - sum(each.weight for each, _ in broken)
    score = 0.0 if any(each.fatal for each, _ in broken) else met / whole
    return Verdict(score, first.name, facts=facts)
