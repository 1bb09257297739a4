"""What marking an answer comes to: one of five outcomes, a score, and what to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crmkit.words import glossary, t


class Outcome(StrEnum):
    """The five outcomes; the text is the same in every language, for records."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    NOT_ATTEMPTED = "not attempted"
    INVALID = "invalid"

    @property
    def heading(self) -> str:
        """The outcome as a learner reads it."""
        return t(f"course.outcome.{self.name.lower()}")

    @property
    def counts(self) -> bool:
        """Whether checking used up a try: blank and invalid entries cost nothing."""
        return self not in (Outcome.NOT_ATTEMPTED, Outcome.INVALID)


@dataclass(frozen=True)
class Result:
    """The mark of one answer.

    Attributes
    ----------
    question : str
        Id of the question.
    outcome : Outcome
    score : float
        0 to 1.
    remark : str
        Key of what to say; either one sentence, or an explanation in the three parts
        ``cause``, ``principle`` and ``next``.
    slots : mapping
        What the braces of the remark stand for.
    misconception : str
        Name of the known wrong idea behind the answer, if it shows one.

    Examples
    --------
    >>> print(Result("e11a-q1", Outcome.CORRECT, 1.0, "course.blank").line())
    [e11a-q1] correct 1.00
    """

    question: str
    outcome: Outcome
    score: float
    remark: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    misconception: str = ""

    def line(self) -> str:
        """Return the one canonical line of evidence, the same for every book and language."""
        return f"[{self.question}] {self.outcome} {self.score:.2f}"

    def explanation(self) -> Mapping[str, str]:
        """Return what to say, by part; a plain remark has the one part ``""``."""
        if self.remark in glossary():
            return {"": t(self.remark, **self.slots)}
        return {part: t(f"{self.remark}.{part}", **self.slots) for part in EXPLANATION}


#: The parts of an explanation: what happened, the principle with its source, what to do.
EXPLANATION = ("cause", "principle", "next")
