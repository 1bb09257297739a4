"""The analysts' track: a small function, tried on cases in a process of its own."""

import ast
import inspect
import json
import math
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from crmkit.course.child import Limits, run_function
from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form, Table
from crmkit.course.questions.traps import Trap, shown, tell_apart

#: Longest source taken, in characters.
LONGEST = 20_000


@dataclass(frozen=True, kw_only=True)
class Code(Question):
    """A function that must return what the reference function returns.

    The answer is Python source. It runs in a child process with limits; what it prints goes
    nowhere, and whatever goes wrong there becomes a sentence. The score is the share of
    cases it gets right.

    Attributes
    ----------
    name : str
        Of the function the learner writes.
    parameters : str
        As they stand between the parentheses.
    cases : tuple of tuple
        Arguments of each call, as JSON holds them: numbers, texts, lists, objects.
    reference : callable
        The right function: plain Python that stands alone, its source is the model answer.
    wrong : mapping of str to callable
        What each wrong idea would write, likewise.
    within : float
        Relative tolerance of numbers.
    limits : Limits

    A wrong function that shows no idea is told ``slip``; sentences may use ``right`` and
    ``total`` (counts), and of the first wrong case ``arguments``, ``given`` and ``due``.
    """

    kind: ClassVar[str] = "code"

    name: str
    parameters: str
    cases: tuple[tuple[Any, ...], ...]
    reference: Callable[..., Any]
    wrong: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    within: float = 1e-6
    limits: Limits = field(default_factory=Limits)

    @property
    def key(self) -> str:
        """The source of the reference function, under the name asked for."""
        return self._source(self.reference)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self.wrong)

    @property
    def stub(self) -> str:
        """What the learner starts from."""
        return f"def {self.name}({self.parameters}):\n    return None\n"

    @cached_property
    def expected(self) -> tuple[Any, ...]:
        """What the reference function returns for every case, as JSON holds it."""
        return self._returned(self.reference)

    @cached_property
    def _traps(self) -> tuple[Trap, ...]:
        wrong = {name: [self._entries(self._returned(f))] for name, f in self.wrong.items()}
        return tell_apart(self._entries(self.expected), wrong)

    def _returned(self, function: Callable[..., Any]) -> tuple[Any, ...]:
        return tuple(json.loads(json.dumps(function(*json.loads(json.dumps(case)))))
                     for case in self.cases)  # fmt: skip

    def _source(self, function: Callable[..., Any]) -> str:
        source = textwrap.dedent(inspect.getsource(function))
        return re.sub(r"^def \w+\(", f"def {self.name}(", source, count=1)

    def _entries(self, values: tuple[Any, ...]) -> dict[int, str]:
        """Return the values by case, as text; what is near enough counts as the right one."""
        return {
            number: _text(due if same(value, due, self.within) else value)
            for number, (value, due) in enumerate(zip(values, self.expected, strict=False))
        }

    def is_blank(self, answer: object) -> bool:
        """Tell whether nothing was written, or nothing changed."""
        return super().is_blank(answer) or answer == self.stub

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a text."""
        return {"type": "string", "minLength": 1, "maxLength": LONGEST}

    def problem(self, answer: object) -> str:
        """Refuse what is no Python, or does not define the function."""
        if not isinstance(answer, str):
            return "course.not_a_text"
        if len(answer) > LONGEST:
            return "course.too_long"
        try:
            body = ast.parse(answer).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return "course.not_python"
        defined = any(isinstance(n, ast.FunctionDef) and n.name == self.name for n in body)
        return "" if defined else "course.no_function"

    def judge(self, answer: str) -> Verdict:
        """Run the function on every case and compare what comes back."""
        run = run_function(answer, self.name, self.cases, self.limits)
        pairs = list(zip(run.values, self.expected, strict=False))
        wrong = [n for n, (value, due) in enumerate(pairs) if not same(value, due, self.within)]
        right, total = len(pairs) - len(wrong), len(self.cases)
        facts: dict[str, Any] = {"right": right, "total": total}
        if run.failure:
            facts |= {"case": 0, "line": 0, "error": "", "type": ""} | dict(run.facts or {})
            return Verdict(min(right / total, 0.99), "", f"course.code.{run.failure}", facts)
        if wrong:
            facts |= {
                "arguments": ", ".join(_text(each) for each in self.cases[wrong[0]]),
                "given": _text(run.values[wrong[0]]),
                "due": _text(self.expected[wrong[0]]),
            }
        return Verdict(right / total, shown(self._traps, self._entries(run.values)), "slip", facts)

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        """Yield the source of every wrong function."""
        yield from ((name, self._source(function)) for name, function in self.wrong.items())

    def guess(self, rng: np.random.Generator) -> str:
        """Return what the learner starts from: clicking writes nothing."""
        return self.stub

    def form(self) -> Form:
        """Return what the learner starts from."""
        return Form(self.kind, text=self.stub, most=LONGEST)

    def worked(self) -> Table:
        """Return the source of the reference function."""
        return Table(rows=((self.key,),))


def same(value: Any, due: Any, within: float) -> bool:
    """Tell whether a value is the right one: numbers within a tolerance, all else exactly.

    >>> same([1.0, "a"], [1, "a"], 1e-6), same(True, 1, 1e-6), same("1", 1, 1e-6)
    (True, False, False)
    """
    if _numeric(value) and _numeric(due):
        return math.isclose(value, due, rel_tol=within, abs_tol=1e-9)
    if type(value) is not type(due):
        return False
    if isinstance(due, list):
        return len(value) == len(due) and all(map(same, value, due, [within] * len(due)))
    if isinstance(due, dict):
        return value.keys() == due.keys() and all(same(value[k], due[k], within) for k in due)
    return bool(value == due)


def _numeric(value: Any) -> bool:
    return type(value) in (int, float)


def _text(value: Any) -> str:
    """Return a value as short text, numbers to six digits."""
    if type(value) is float:
        return f"{value:.6g}"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 200 else text[:199] + "…"
