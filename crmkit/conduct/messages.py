"""Reads a message or a reply and names each rule it breaks.

Patterns are data (``messages.toml`` and ``phrases.toml`` in ``data/conduct/``); here is how they
are applied: sentence by sentence, and not to a clause that refuses, nor to one that warns or
quotes the law or stands beside such a one. A pattern knows words and not meaning: silence means
that nothing known was found, not that the message is in order.
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
from crmkit.conduct.plain import plain
from crmkit.rules import Rule, Rulebook, read_rules
from crmkit.words import t

Patterns = tuple[re.Pattern[str], ...]
Span = tuple[int, int]


@dataclass(frozen=True)
class Setting:
    """How a message is sent, as far as it is known.

    Attributes
    ----------
    at : time, optional
        When it is sent.
    consent : bool, optional
        Whether the client agreed to marketing.
    on : date, optional
        The day, which decides the rules in force; today where none is named.
    """

    at: time | None = None
    consent: bool | None = None
    on: date | None = None


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
    basis : Rule
        The dated rule behind it, or the firm's own.
    """

    rule: str
    span: tuple[int, int]
    text: str
    basis: Rule

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
    patterns : tuple of compiled patterns
    unless : tuple of compiled patterns
        A clause that holds one of these is in order.
    quotes : tuple of compiled patterns
        So are all the clauses beside one that holds one of these, up to a "but".
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
    quotes: Patterns
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
    setting, known = setting or Setting(), plain(text)
    bases = _bases(rules or read_rules(), setting.on or date.today())
    found = [
        (name, _back(span, known[1])) for name, check in checks().items()
        for span in _found(name, check, known[0], bases)
    ]  # fmt: skip
    found += [(name, (0, len(text))) for name in _by_setting(setting, bases, {n for n, _ in found})]
    return [
        Breach(name, span, text[slice(*span)], bases[name])
        for name, span in sorted(found, key=lambda pair: (pair[1], pair[0]))
    ]


def breach_of(rule: str, text: str, on: date) -> Breach:
    """Return where a text breaks a rule; the whole of it where no pattern finds the place."""
    found = (breach for breach in read_message(text, Setting(on=on)) if breach.rule == rule)
    whole = Breach(rule, (0, len(text)), text, _bases(read_rules(), on)[rule])
    return next(found, whole)


def message_caveats(breaches: list[Breach], as_of: date) -> list[str]:
    """Return what to know about the rules behind some breaches; each once."""
    return list(dict.fromkeys(said for b in breaches for said in b.basis.caveats(as_of)))


@cache
def checks() -> Mapping[str, Check]:
    """Return every kind of breach by its name.

    >>> len(checks())
    16
    """
    content, phrases = _data("messages"), _data("phrases")
    common = {kind: content.pop(kind) for kind in ("refusal", "quote")}
    return {name: _check(entry, common, phrases.get(name, ())) for name, entry in content.items()}


def _data(name: str) -> dict[str, Any]:
    file = files("crmkit").joinpath(f"data/conduct/{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _check(
    entry: Mapping[str, Any],
    common: Mapping[str, Mapping[str, list[str]]],
    phrases: Iterable[Mapping[str, str]],
) -> Check:
    more = tuple(
        Phrase(re.compile(phrase["pattern"], re.IGNORECASE), phrase["hit"], phrase["near"])
        for phrase in phrases
    )
    unless = [*entry.get("unless_zh", []), *entry.get("unless_en", [])]
    quotes = [*entry.get("quote_zh", []), *entry.get("quote_en", [])]
    if entry.get("refusal"):
        unless += [*common["refusal"]["zh"], *common["refusal"]["en"]]
        quotes += [*common["quote"]["zh"], *common["quote"]["en"]]
    return Check(
        rule=entry["rule"],
        patterns=_compiled([*entry["zh"], *entry["en"]]) + tuple(one.pattern for one in more),
        unless=_compiled(unless),
        quotes=_compiled(quotes),
        whole=entry.get("whole", False),
        hit=entry["hit"],
        near=entry["near"],
        phrases=more,
    )


def _compiled(patterns: list[str]) -> Patterns:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _bases(rules: Rulebook, on: date) -> Mapping[str, Rule]:
    """Return the rule behind each kind of breach, as it stood on a day, or as it first did."""
    behind = {name: rules.history(check.rule) for name, check in checks().items()}
    return {
        name: rules.at(known[0].name, max(on, known[0].effective_from))
        for name, known in behind.items()
    }


def _found(name: str, check: Check, text: str, bases: Mapping[str, Rule]) -> Iterator[Span]:
    """Yield one place per sentence: from the first word found to the last."""
    for start, sentence in [(0, text)] if check.whole else _sentences(text):
        late = name != "quiet_hours" or any(
            within(moment, bases[name].value) for moment in times(sentence)
        )
        spans = _spans(check, sentence) if late else []
        if spans and name == "quiet_hours":
            begin = len(sentence) - len(sentence.lstrip())
            spans = [(begin, len(sentence.rstrip()))]
        if spans:
            yield start + min(spans)[0], start + max(end for _, end in spans)


def _back(span: Span, places: list[int]) -> Span:
    """Return where a place of the plain text stands in the original."""
    begin, end = span
    return places[begin], places[end - 1] + 1


def _spans(check: Check, sentence: str) -> list[Span]:
    """Return where patterns are found in a sentence, but for the clauses where it is not meant."""
    return [
        match.span()
        for begin, end in _meant(check, sentence)
        for pattern in check.patterns
        for match in pattern.finditer(sentence, begin, end)
        if match.group()
    ]


_SENTENCE = re.compile(
    r"[^。！？!?；;\n]+?(?:[。！？!?；;\n]+|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)\.(?=\s|$)|$)"
)
# where a sentence turns: at a "but", and where after a comma "I" begin to act
_TURN = re.compile(
    r"(?=但|不过|可是|然而|\b(?:but|however)\b)|(?<=[，,])(?=我(?:能|可以|来|私下|偷偷|悄悄|单独|保证|给您|给你|帮您|替您))"
    r"|(?<=[,:] )(?=i(?:'ll| will| can| guarantee| promise)\b)|(?= and i(?:'ll| will)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<=[，、：])|(?<=[,:])(?!\d)")


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield sentences with where they begin."""
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.start(), match.group()


def _meant(check: Check, sentence: str) -> Iterator[Span]:
    """Yield the stretches of a sentence between the clauses where what is said is not meant."""
    if check.whole:
        clear = not _any((*check.unless, *check.quotes), sentence, (0, len(sentence)))
        yield from [(0, len(sentence))] * clear
        return
    begin = end = 0
    for part in _pieces(_TURN, sentence):
        if _any(check.quotes, sentence, part):
            continue
        for clause in _pieces(_COMMA, sentence, part):
            if _any(check.unless, sentence, clause):
                continue
            if clause[0] != end and end > begin:
                yield begin, end
            begin, end = (begin if clause[0] == end else clause[0]), clause[1]
    if end > begin:
        yield begin, end


def _pieces(cut: re.Pattern[str], sentence: str, part: Span | None = None) -> Iterator[Span]:
    begin, last = part or (0, len(sentence))
    for match in cut.finditer(sentence, begin + 1, last):
        if begin < match.start() < last:
            yield begin, match.start()
            begin = match.start()
    yield begin, last


def _any(patterns: Patterns, sentence: str, piece: Span) -> bool:
    return any(pattern.search(sentence, *piece) for pattern in patterns)


def _by_setting(setting: Setting, bases: Mapping[str, Rule], known: set[str]) -> Iterator[str]:
    """Yield what the hour and the client's refusal make a breach, whatever the words."""
    late = setting.at is not None and within(setting.at, bases["quiet_hours"].value)
    for name, broken in (("quiet_hours", late), ("no_consent", setting.consent is False)):
        if broken and name not in known:
            yield name
