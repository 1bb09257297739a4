"""What every question has, and how any answer is marked.

An answer is data that JSON can hold. A *misconception* is a known wrong idea; its name is also
where its explanation stands in the words files: ``<room>.<question id>.<name>.cause``,
``.principle`` and ``.next``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from crmkit.course.outcome import Outcome, Result
from crmkit.course.questions.form import Form, Table
from crmkit.words import glossary, t

TRIES_BEFORE_SOLUTION = 3
#: A score this close to 1 is 1: shares are sums of fractions.
ALL = 1 - 1e-9


@dataclass(frozen=True)
class Verdict:
    """What a kind of question makes of a well-formed answer.

    Attributes
    ----------
    score : float
        0 to 1.
    misconception : str
        The known wrong idea the answer shows, if any.
    remark : str
        The sentence for a wrong answer without one: ``"slip"``, ``"incomplete"`` ... Where
        the question has none of that name, ``course.remark.<name>`` is said.
    facts : mapping
        What the sentences may say about this very answer.
    """

    score: float
    misconception: str = ""
    remark: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """A question of any kind.

    A kind says what an answer looks like (`schema`, `problem`), marks it (`judge`), knows the
    right answer (`key`) and answers that follow from wrong ideas (`wrong_answers`), and says
    what is needed to show it (`form`). Everything else is the same for all kinds.

    Attributes
    ----------
    id : str
        ``"l11-w1"`` for the warm-up, ``"l11-p1"`` along the lesson, ``"l11-x1"`` for the exit
        ticket, ``"e11a-q1"`` in a graded exercise.
    room : str
        Words file with the question's sentences: ``prompt``, ``right``, the three parts of
        every misconception, ``hint1`` to ``hint3`` and ``solution``. A second case of the same
        question has its own under a table of that file: ``"l04.other"``.
    slots : mapping
        Numbers and names the sentences speak of.
    points : int
        Weight within its exercise.
    objective : str
        What the question serves, one of the unit's ``OBJECTIVES``; its sentence is
        ``<room>.objective.<name>``.
    covers : tuple of str
        Rows of the course's coverage table, ``"S035"``.
    """

    kind: ClassVar[str]

    id: str
    room: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    points: int = 1
    objective: str = ""
    covers: tuple[str, ...] = ()

    @property
    @abstractmethod
    def key(self) -> Any:
        """The right answer, or one of them."""

    @property
    @abstractmethod
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas, the most serious first."""

    @abstractmethod
    def schema(self) -> Mapping[str, Any]:
        """Return the JSON Schema of a well-formed answer."""

    @abstractmethod
    def problem(self, answer: object) -> str:
        """Return the key of what is wrong with the entry as such, or an empty text."""

    @abstractmethod
    def judge(self, answer: Any) -> Verdict:
        """Judge a well-formed answer that is not blank."""

    @abstractmethod
    def wrong_answers(self) -> Iterator[tuple[str, Any]]:
        """Yield each known wrong idea with an answer that follows from it."""

    @abstractmethod
    def guess(self, rng: np.random.Generator) -> Any:
        """Return a well-formed answer of somebody who only clicks."""

    @abstractmethod
    def form(self) -> Form:
        """Return what is needed to show the question, in the language in use."""

    def content(self) -> tuple[object, ...]:
        """Return what there is to read, in whatever order it is shown: two variants compared."""
        form = self.form()
        options = frozenset(option.label for option in form.options)
        rows = frozenset((row.label, row.cells) for row in form.rows)
        choices = frozenset(option.label for field in form.fields for option in field.options)
        return self.say("prompt"), options, rows, choices, form.values, form.text

    def worked(self) -> Table:
        """Return the solution as a table, where there is one to show."""
        return Table()

    def is_blank(self, answer: object) -> bool:
        """Tell whether nothing has been entered."""
        return answer is None or (isinstance(answer, str) and not answer.strip())

    def say(self, part: str, /, **slots: Any) -> str:
        """Return one of the question's sentences in the language in use."""
        return t(f"{self.room}.{self.id}.{part}", **{**self.slots, **slots})

    def has(self, part: str) -> bool:
        """Tell whether the question has a sentence."""
        return f"{self.room}.{self.id}.{part}" in glossary()

    def label(self, name: str, /, *parts: str, **slots: Any) -> str:
        """Return the first of some sentences that exists, else the name itself."""
        part = next(filter(self.has, parts), None)
        return self.say(part, **slots) if part else name

    def remark(self, part: str) -> str:
        """Return the key of a remark: the question's own, else the one for every question."""
        if self.has(part) or self.has(f"{part}.cause"):
            return f"{self.room}.{self.id}.{part}"
        shared = part if part.startswith("course.") else f"course.remark.{part}"
        return shared if shared in glossary() else f"{self.room}.{self.id}.{part}"

    @property
    def hints(self) -> int:
        """How many hints there are."""
        return sum(self.has(f"hint{number}") for number in (1, 2, 3))

    @property
    def graded(self) -> bool:
        """Whether it counts: it belongs to an exercise."""
        return self.id.startswith("e")


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

    Examples
    --------
    >>> from crmkit.course.questions import Choice
    >>> asked = Choice(id="l11-x1", room="l11", options=("size", "income"), right="income")
    >>> [mark(asked, given).line() for given in ("income", "size", None, 7)]
    ['[l11-x1] correct 1.00', '[l11-x1] incorrect 0.00', '[l11-x1] not attempted 0.00',
     '[l11-x1] invalid 0.00']
    >>> mark(asked, "size").misconception
    'size'
    """
    if question.is_blank(answer):
        return Result(question.id, Outcome.NOT_ATTEMPTED, 0.0, "course.blank")
    if problem := question.problem(answer):
        return Result(question.id, Outcome.INVALID, 0.0, problem, question.slots)
    verdict = question.judge(answer)
    score = 1.0 if verdict.score >= ALL else max(0.0, verdict.score)
    idea = verdict.misconception if score < 1 else ""
    remark = question.remark("right" if score == 1 else idea or verdict.remark)
    outcome = Outcome.CORRECT if score == 1 else Outcome.PARTIAL if score else Outcome.INCORRECT
    slots = {**question.slots, **verdict.facts}
    return Result(question.id, outcome, score, remark, slots, idea)
