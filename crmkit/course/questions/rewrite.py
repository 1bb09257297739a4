"""Editing a text until it passes the conduct check and still says what it must."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from crmkit.conduct.messages import Breach, Setting, read_message
from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form, Table

#: Longest text taken, in characters.
LONGEST = 2000
#: Patterns of a day or an hour, in both languages: a next step that has a date.
A_DAY = (
    "今天|明天|后天|周[一二三四五六日]|星期|[上下]午|[0-9一二三四五六七八九十]+ ?[点号]",
    r"\btoday\b|\btomorrow\b|day\b|\bmorning\b|\bafternoon\b|o'clock|\b[0-9]+ ?(am|pm)\b"
    r"|\bat (one|two|three|four|five|nine|ten|eleven)\b",
)


@dataclass(frozen=True, kw_only=True)
class Rewrite(Question):
    """A message to put right: no breach of conduct, and everything kept that must be said.

    The answer is a text, in either language. The learner starts from the sentence
    ``original``; the model is ``model``. A breach makes the answer worth nothing; without
    one, the score is the share of what had to be kept.

    Attributes
    ----------
    rules : mapping of str to tuple of str
        Wrong idea to the rules of the conduct check (``"promise_return"``) that show it.
    keeps : mapping of str to tuple of str
        Wrong idea to patterns, any of which must be found; leaving it out shows the idea.
        Patterns are regular expressions, in both languages.
    setting : Setting
        How the message is sent.

    Every idea has an ``example.<idea>`` among the sentences, a text that shows it; each of
    them is tried by the checks, in both languages. A breach of another rule is told
    ``breach``; all sentences may use ``words`` (what was found), ``why`` and ``instead``.
    """

    kind: ClassVar[str] = "rewrite"

    rules: Mapping[str, Sequence[str]]
    keeps: Mapping[str, Sequence[str]] = field(default_factory=dict)
    setting: Setting = field(default_factory=Setting)

    @property
    def key(self) -> str:
        """The model text, in the language in use."""
        return self.say("model")

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas: breaches first."""
        return (*self.rules, *self.keeps)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a text."""
        return {"type": "string", "minLength": 1, "maxLength": LONGEST}

    def problem(self, answer: object) -> str:
        """Refuse what is no text, or one that nobody would send."""
        if not isinstance(answer, str):
            return "course.not_a_text"
        return "" if len(answer) <= LONGEST else "course.too_long"

    def judge(self, answer: str) -> Verdict:
        """Look for breaches first, then for what had to stay."""
        breaches = read_message(answer, self.setting)
        if breaches:
            found = [(self._idea(breach), breach) for breach in breaches]
            idea, breach = next((pair for pair in found if pair[0]), found[0])
            facts = {"words": breach.text, "why": breach.why, "instead": breach.instead}
            return Verdict(0.0, idea, "breach", facts)
        lost = [name for name, patterns in self.keeps.items() if not _any(patterns, answer)]
        if not lost:
            return Verdict(1.0)
        return Verdict(1 - len(lost) / len(self.keeps), lost[0], facts={"count": len(lost)})

    def _idea(self, breach: Breach) -> str:
        return next((name for name, rules in self.rules.items() if breach.rule in rules), "")

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        """Yield the example of each wrong idea, in the language in use."""
        yield from ((name, self.say(f"example.{name}")) for name in self.misconceptions)

    def guess(self, rng: np.random.Generator) -> str:
        """Return the original as it stands: clicking writes nothing."""
        return self.say("original")

    def form(self) -> Form:
        """Return the text to start from."""
        return Form(self.kind, text=self.say("original"), most=LONGEST)

    def worked(self) -> Table:
        """Return the model text."""
        return Table(rows=((self.say("model"),),))


def _any(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
