"""A number with a unit, and a line drawn through values."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeGuard

import numpy as np

from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form


def is_number(answer: object) -> TypeGuard[float]:
    """Tell whether an answer is a number and nothing that merely passes for one."""
    return type(answer) in (int, float) and answer == answer


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number within a tolerance of the right one.

    The answer is a number in the question's unit, whose sentence is ``unit``.

    Attributes
    ----------
    right : float
    within : float
        How far an answer may lie from the right one, in the question's unit.
    lowest, highest : float
        Anything outside cannot be meant: it is refused and costs no try.
    wrong : mapping of str to float
        What each wrong idea works out to; none of them within tolerance of the right number
        or of another, which the checks on every unit see to.

    A wrong number that shows no idea is told ``high`` or ``low``; all sentences may use
    ``given`` and ``right``.

    Examples
    --------
    >>> asked = Number(id="e07a-q1", room="l07", right=102, within=0.5, lowest=0, highest=1e4,
    ...                wrong={"both_sides": 152})
    >>> asked.judge(102.4).score, asked.judge(152).misconception, asked.judge(90).remark
    (1.0, 'both_sides', 'low')
    """

    kind: ClassVar[str] = "number"

    right: float
    within: float
    lowest: float
    highest: float
    wrong: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> float:
        """The right number."""
        return self.right

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self.wrong)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a number between the bounds."""
        return {"type": "number", "minimum": self.lowest, "maximum": self.highest}

    def problem(self, answer: object) -> str:
        """Refuse what is no number, or one that cannot be meant."""
        if not is_number(answer):
            return "course.not_a_number"
        return "" if self.lowest <= answer <= self.highest else "course.out_of_range"

    def judge(self, answer: float) -> Verdict:
        """Give 1 within the tolerance; else name the idea whose number is as near as that."""
        facts = {"given": answer, "right": self.right}
        if abs(answer - self.right) <= self.within * (1 + 1e-9):
            return Verdict(1.0, facts=facts)
        remark = "high" if answer > self.right else "low"
        return Verdict(0.0, self._idea(answer), remark, facts)

    def _idea(self, answer: float) -> str:
        """Return the idea whose number lies nearest, allowing it the same relative slack."""
        off = {name: abs(answer - value) / self._slack(value) for name, value in self.wrong.items()}
        best = min(off, key=off.__getitem__, default="")
        return best if off.get(best, math.inf) <= 1 + 1e-9 else ""

    def _slack(self, value: float) -> float:
        scale = abs(value / self.right) if self.right and value else 1.0
        return max(self.within * scale, 1e-9)

    def wrong_answers(self) -> Iterator[tuple[str, float]]:
        """Yield the number of each wrong idea."""
        yield from self.wrong.items()

    def guess(self, rng: np.random.Generator) -> float:
        """Return any number within the bounds."""
        return float(rng.uniform(self.lowest, self.highest))

    def form(self) -> Form:
        """Return the unit and the bounds."""
        return Form(self.kind, unit=self.say("unit"), lowest=self.lowest, highest=self.highest)


@dataclass(frozen=True, kw_only=True)
class Cut(Question):
    """Where a line lies, judged by the share of the values on or above it.

    The answer is a number in the unit of the values; half the score when it is near.

    Attributes
    ----------
    values : tuple of float
        Every value, ascending, in the unit people read (sentence ``unit``).
    share : float
        The share that should lie on or above the line.
    within, near : float
        Distance in share for the full score, and for half of it.
    wrong : mapping of str to (float, float)
        The shares, from and to, that show each wrong idea.

    A line that shows none is told ``many`` or ``few``; sentences may use ``given``, ``count``,
    ``share`` and ``part`` (share of the total that lies above).
    """

    kind: ClassVar[str] = "cut"

    values: tuple[float, ...]
    share: float
    within: float
    near: float
    wrong: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def key(self) -> float:
        """The line that leaves exactly the share above it."""
        return self._line(self.share)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self.wrong)

    def above(self, line: float) -> int:
        """Return how many values lie on or above a line."""
        return len(self.values) - bisect_left(self.values, line)

    def _line(self, share: float) -> float:
        return self.values[len(self.values) - max(1, round(share * len(self.values)))]

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a number not far from every value."""
        return {"type": "number", "minimum": 0, "maximum": 10 * self.values[-1]}

    def problem(self, answer: object) -> str:
        """Refuse what is no number, and a line far from every value."""
        if not is_number(answer):
            return "course.not_a_number"
        return "" if 0 <= answer <= 10 * self.values[-1] else "course.out_of_range"

    def judge(self, answer: float) -> Verdict:
        """Compare the share on or above the line with the share that was asked for."""
        count = self.above(answer)
        share, top = count / len(self.values), sum(self.values[len(self.values) - count :])
        off = abs(share - self.share)
        score = 1.0 if off <= self.within else 0.5 if off <= self.near else 0.0
        facts = {"given": answer, "count": count, "share": share, "part": top / sum(self.values)}
        found = (name for name, (low, high) in self.wrong.items() if low <= share <= high)
        return Verdict(score, next(found, ""), "many" if share > self.share else "few", facts)

    def wrong_answers(self) -> Iterator[tuple[str, float]]:
        """Yield the line in the middle of each wrong idea's shares."""
        for name, (low, high) in self.wrong.items():
            yield name, self._line((low + high) / 2)

    def guess(self, rng: np.random.Generator) -> float:
        """Return a line anywhere between the lowest and the highest value."""
        return float(rng.uniform(self.values[0], self.values[-1]))

    def form(self) -> Form:
        """Return the values and their unit."""
        return Form(self.kind, values=self.values, unit=self.say("unit"))
