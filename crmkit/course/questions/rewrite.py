"""Editing a text until it passes the conduct check and still says what it must."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from crmkit.conduct.messages import Breach, Setting, read_message
from crmkit.conduct.plain import plain
from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form, Table

#: Longest text taken, in characters.
LONGEST = 2000
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
#: Patterns of a day or an hour, in both languages: a next step that has a date. Not "some day",
#: nor "a little" (一点), nor a day on which nothing can be done.
A_DAY = (
    "(今天|明天|后天|今晚|明晚|今早|明早|(周|星期|礼拜)[一二三四五六日天]|[上下]午"
    "|[0-9一二三四五六七八九十]+月[0-9一二三四五六七八九十]+[日号]|(?<![0-9])[0-9]{1,2}[日号]"
    "|晚上[0-9一二三四五六七八九十]|[0-9]{1,2}[:：][0-5][0-9]|(上午|中午|下午)一点"
    "|(?<![有差早晚快慢多少好])([0-9]{1,2}|[二两三四五六七八九]|十[一二]?) ?点)"
    "(?!.{0,6}(没空|没时间|没有空|(?<!行)不行|(?<!方)(?<!便)不方便|不想|不在|也这么|再说))",
    r"\b(today|tonight|tomorrow|(mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\bthis (morning|afternoon|evening|week)\b|\b(at|before|after|by) (half past )?"
    rf"({_HOURS}|\d\d?(:\d\d)?)\b(?! ?(per|%))|\d ?[ap]\.?m\b|o'clock"
    rf"|\b({_MONTHS}) \d\d?\b|\b\d\d?(st|nd|rd|th)? (of )?({_MONTHS})\b",
)
#: Patterns of something that is offered and not refused.
AN_OFFER = (
    "(?<![别不没勿])(?<!不想)(?<!不会)(?<!不能)(?<!不要)(?<!不用)"
    "(发|约|请|打|联系|安排|介绍|带|拿|见|聊|谈|讲|通话|陪|回复|回电|过去|过来|一起|对一遍|看一遍)",
    r"(?<!not )(?<!n't )(?<!never )\b((send|arrange|call|ring|phone|meet|book|visit|bring|invite"
    r"|introduce|speak|talk)s?|see you|(get|find|ask) (you|our|an)|put you through"
    r"|go (through|over)|look (at|through)|sit down|fix)\b",
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
        said = plain(answer)[0]
        lost = [name for name, patterns in self.keeps.items() if not _any(patterns, said)]
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


def both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Return patterns, language by language, of texts in which two things are said.

    >>> in_zh, in_en = both(("投顾", "adviser"), ("约", "arrange"))
    >>> [bool(re.search(in_zh, text)) for text in ("约投顾", "投顾")]
    [True, False]
    """
    return tuple(f"(?s)^(?=.*(?:{a}))(?=.*(?:{b}))" for a, b in zip(one, other, strict=True))


def _any(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
