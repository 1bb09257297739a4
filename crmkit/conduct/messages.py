"""Reads a message or a reply and names each rule it breaks.

Patterns are data (``messages.toml`` and ``phrases.toml`` in ``data/conduct/``); here is how they
are applied: sentence by sentence, and not where the sentence refuses, warns or quotes the law. A
pattern knows words and not meaning: silence means that nothing known was found, not that the
message is in order.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

from crmkit.conduct.clock import times, within
from crmkit.rules import Rule, Rulebook, read_rules
from crmkit.words import t

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Setting:
    """How a message is sent, as far as it is known.

    Attributes
    ----------
    at : time, optional
        When it is sent.
    consent : bool, optional
        Whether the client agreed to marketing.
    """

    at: time | None = None
    consent: bool | None = None


@dataclass(frozen=True)
class Breach:
    """One breach in a message.

    Attributes
    ----------
    rule : str
        What kind: ``promise_return``, ``rebate`` ...
    span : (int, int)
        Where it stands in the message: start, and end not included.
    text : str
        The words themselves.
    """

    rule: str
    span: tuple[int, int]
    text: str

    @property
    def basis(self) -> Rule:
        """The dated rule behind it."""
        return read_rules().history(checks()[self.rule].rule)[-1]

    @property
    def why(self) -> str:
        """Why it is a breach, with the law or the assumption it rests on."""
        return t(f"conduct.message.{self.rule}.why", source=self.basis.source)

    @property
    def instead(self) -> str:
        """A better sentence."""
        return t(f"conduct.message.{self.rule}.instead")


@dataclass(frozen=True)
class Phrase:
    """One way to say it, with a sentence that it finds and a near miss that is in order."""

    pattern: re.Pattern[str]
    hit: str
    near: str


@dataclass(frozen=True)
class Check:
    """How one kind of breach is found.

    Attributes
    ----------
    rule : str
        The entry of the rules behind it.
    patterns, unless : tuple of compiled patterns
    whole : bool
        Whether it is looked for in the message at once and not sentence by sentence.
    hit, near : mapping of language to str
        A sentence that must be found and one that must not.
    phrases : tuple of Phrase
        More patterns, each with examples of its own.
    """

    rule: str
    patterns: Patterns
    unless: Patterns
    whole: bool
    hit: Mapping[str, str]
    near: Mapping[str, str]
    phrases: tuple[Phrase, ...] = ()


def read_message(
    text: str, setting: Setting | None = None, rules: Rulebook | None = None
) -> list[Breach]:
    """Return the breaches found in a message, in the order in which they stand.

    Parameters
    ----------
    text : str
        Chinese, English or both.
    setting : Setting, optional
        When it is sent and whether the client agreed, where that is known.
    rules : Rulebook, optional
        For the firm's own quiet hours.

    Examples
    --------
    >>> [breach.rule for breach in read_message("保证赚钱，亏了我赔。")]
    ['promise_return', 'share_loss']
    >>> read_message("我们不能保证收益。")
    []
    """
    rules = rules or read_rules()
    found = [breach for name, check in checks().items() if name != "quiet_hours"
             for breach in _found(name, check, text)]  # fmt: skip
    found += _at_quiet_hours(text, rules)
    found += _by_setting(text, setting or Setting(), rules, {breach.rule for breach in found})
    return sorted(found, key=lambda breach: (breach.span, breach.rule))


def message_caveats(
    breaches: list[Breach], as_of: date, rules: Rulebook | None = None
) -> list[str]:
    """Return what to know about the rules behind some breaches; each once."""
    rules = rules or read_rules()
    behind = [rules.history(checks()[breach.rule].rule)[-1] for breach in breaches]
    return list(dict.fromkeys(said for rule in behind for said in rule.caveats(as_of)))


@cache
def checks() -> Mapping[str, Check]:
    """Return every kind of breach by its name.

    >>> len(checks())
    16
    """
    content, phrases = _data("messages"), _data("phrases")
    refusal = content.pop("refusal")
    return {name: _check(entry, refusal, phrases.get(name, ())) for name, entry in content.items()}


def _data(name: str) -> dict[str, Any]:
    file = files("crmkit").joinpath(f"data/conduct/{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _check(
    entry: Mapping[str, Any],
    refusal: Mapping[str, list[str]],
    phrases: Iterable[Mapping[str, str]],
) -> Check:
    more = tuple(
        Phrase(re.compile(phrase["pattern"], re.IGNORECASE), phrase["hit"], phrase["near"])
        for phrase in phrases
    )
    unless = [*entry.get("unless_zh", []), *entry.get("unless_en", [])]
    if entry.get("refusal"):
        unless += [*refusal["zh"], *refusal["en"]]
    return Check(
        rule=entry["rule"],
        patterns=_compiled([*entry["zh"], *entry["en"]]) + tuple(one.pattern for one in more),
        unless=_compiled(unless),
        whole=entry.get("whole", False),
        hit=entry["hit"],
        near=entry["near"],
        phrases=more,
    )


def _compiled(patterns: list[str]) -> Patterns:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _found(name: str, check: Check, text: str) -> Iterator[Breach]:
    """Yield one breach per sentence: from the first word found to the last."""
    pieces = [(0, text)] if check.whole else _sentences(text)
    for start, sentence in pieces:
        spans = _spans(check, sentence)
        if spans:
            begin, end = min(spans)[0], max(end for _, end in spans)
            yield Breach(name, (start + begin, start + end), sentence[begin:end])


def _spans(check: Check, sentence: str) -> list[tuple[int, int]]:
    """Return where patterns are found in a sentence, unless it says that it is not meant."""
    if any(pattern.search(sentence) for pattern in check.unless):
        return []
    return [match.span() for pattern in check.patterns for match in pattern.finditer(sentence)]


_SENTENCE = re.compile(
    r"[^。！？!?；;\n]+?(?:[。！？!?；;\n]+|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)\.(?=\s|$)|$)"
)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield sentences with where they begin."""
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.start(), match.group()


def _at_quiet_hours(text: str, rules: Rulebook) -> Iterator[Breach]:
    check = checks()["quiet_hours"]
    window = rules.history(check.rule)[-1].value
    for start, sentence in _sentences(text):
        if any(within(moment, window) for moment in times(sentence)):
            spans = _spans(check, sentence)
            if spans:
                said = sentence.strip()
                begin = start + sentence.index(said)
                yield Breach("quiet_hours", (begin, begin + len(said)), said)


def _by_setting(text: str, setting: Setting, rules: Rulebook, known: set[str]) -> Iterator[Breach]:
    """Yield what the hour and the client's refusal make a breach, whatever the words."""
    window = rules.history(checks()["quiet_hours"].rule)[-1].value
    late = setting.at is not None and within(setting.at, window)
    for name, broken in (("quiet_hours", late), ("no_consent", setting.consent is False)):
        if broken and name not in known:
            yield Breach(name, (0, len(text)), text)
