"""What each tier is owed: intervals, channels, minutes, hours, and where each figure is from."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.book.schema import CHANNELS, TIERS
from crmkit.errors import CrmkitError
from crmkit.planning.values import Window, checked, minutes_of
from crmkit.rules import read_rules
from crmkit.words import language, t


@dataclass(frozen=True)
class TierRule:
    """What the clients of one tier are owed; ``data/cadence.toml`` explains each figure."""

    cadence_days: int
    grace_days: int
    spacing_days: int
    neglect_days: int
    channels: tuple[str, ...]
    greeting: tuple[str, ...]
    deepen_channel: str
    deepen_days: int
    worth: int
    answers: tuple[int, int, int, int]
    owed: int
    rank: int


@dataclass(frozen=True)
class Origin:
    """Where a figure comes from: ``deck``, ``course``, ``rule``, ``assumption`` or ``firm``."""

    value: Any
    basis: str
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Rules:
    """Everything a plan has to keep to.

    Attributes
    ----------
    tier : mapping of str to TierRule
    minutes : mapping of str to int
        How long a contact takes, by channel.
    windows : tuple of (time, time)
        Working hours of a day, in order.
    quiet : (time, time)
        When clients are left alone; may run over midnight.
    visits_per_day, messages_per_day : int
    talk_minutes : int
        Minutes of each day kept for calls and visits.
    week_most : int
        Contacts of one client in any seven days.
    leave : tuple of date
        Days on which nothing is planned.
    points : mapping of str to int
        Effect of a contact by channel, a text message being one.
    weight : mapping of str to int
        What things count against each other, by the names of the file.
    meetings, meeting_days, worth_prospect : int
        Meetings a prospect needs, days between two, and what a prospect is worth a month.
    signal_ways : mapping of str to tuple of str
        Channels that answer a signal, best first.
    welcome_days : int
        A client without known activity who opened at most so long ago is owed a welcome.
    first_trade_days : int
        A client known not to have traded who opened at most so long ago is owed help.
    origin : mapping of str to Origin
        By the place of the figure in the file: ``"tier.A.cadence_days"``.
    """

    tier: Mapping[str, TierRule]
    minutes: Mapping[str, int]
    windows: tuple[Window, ...]
    quiet: Window
    visits_per_day: int
    messages_per_day: int
    talk_minutes: int
    week_most: int
    leave: tuple[date, ...]
    points: Mapping[str, int]
    weight: Mapping[str, int]
    meetings: int
    meeting_days: int
    worth_prospect: int
    signal_ways: Mapping[str, tuple[str, ...]]
    welcome_days: int
    first_trade_days: int
    origin: Mapping[str, Origin] = field(repr=False)

    def open_hours(self) -> list[tuple[int, int]]:
        """Return the working hours outside the quiet ones, in minutes since midnight.

        Examples
        --------
        >>> load_rules().open_hours()
        [(540, 720), (810, 1080)]
        """
        return [
            (max(opens, low), min(closes, high))
            for opens, closes in (minutes_of(window) for window in self.windows)
            for low, high in _outside(minutes_of(self.quiet))
            if max(opens, low) < min(closes, high)
        ]

    def minutes_per_day(self) -> int:
        """Return how many minutes the open hours have."""
        return sum(closes - opens for opens, closes in self.open_hours())


def load_rules(path: str | Path | None = None) -> Rules:
    """Return the rules of the course, with a firm's own figures in place of the defaults.

    Parameters
    ----------
    path : str or Path, optional
        A TOML file with the headings of ``data/cadence.toml`` and only what differs; what the
        dated rules hold may be called by their names, ``contact.quiet`` and ``contact.per_week``.

    Raises
    ------
    CrmkitError
        ``book.not_found``, or what is wrong with which entry of the file.

    Examples
    --------
    >>> rules = load_rules()
    >>> rules.tier["A"].cadence_days, rules.minutes["call"], rules.origin["minutes.call"].basis
    (7, 10, 'assumption')
    """
    text = files("crmkit").joinpath("data/cadence.toml").read_text(encoding="utf-8")
    known = {name: Origin(**entry) for name, entry in _entries(tomllib.loads(text))}
    dated = {known[name].value: name for name in _DATED}
    known |= {name: _by_rule(known[name]) for name in _DATED}
    if path is not None:
        known |= _firm(Path(path), known, dated)
    return _rules(known, where=str(path or ""))


def rules_table(rules: Rules) -> pd.DataFrame:
    """Return every figure with its origin, for people.

    Returns
    -------
    DataFrame
        ``rule``, ``value``, ``basis`` and ``note``, in the language in use.
    """
    return pd.DataFrame(
        [
            {
                "rule": _label(name),
                "value": _shown(known.value),
                "basis": t(f"planning.basis.{known.basis}"),
                "note": known.zh if language() == "zh" else known.en,
            }
            for name, known in rules.origin.items()
        ]
    )


def tier_label(tier: str) -> str:
    """Return a tier's short name for people.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> with in_language("zh"): [tier_label(tier) for tier in ("A", "unknown")]
    ['A 类', '待定客户']
    """
    return t("planning.tier_unknown") if tier == "unknown" else t("planning.tier", tier=tier)


#: Figures that the file only names: the dated rules hold them.
_DATED = ("day.quiet", "day.week_most")


def _by_rule(named: Origin) -> Origin:
    """Return a figure that the file only names from the dated rules, which hold it."""
    value = read_rules().history(named.value)[-1].value
    clocks = isinstance(value, tuple)
    return replace(named, value=[f"{clock:%H:%M}" for clock in value] if clocks else value)


def _firm(path: Path, known: Mapping[str, Origin], dated: Mapping[str, str]) -> dict[str, Origin]:
    """Return a firm's own figures; it may call those of the dated rules by the rule's name."""
    if not path.is_file():
        raise CrmkitError("book.not_found", where=str(path))
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CrmkitError("planning.rules_not_toml", where=str(path), detail=error) from error
    own = {}
    for given, entry in _entries(content):
        name = dated.get(given, given)
        if name not in known:
            raise CrmkitError("planning.rules_unknown", where=str(path), name=given)
        told = entry if isinstance(entry, dict) else {"value": entry}
        own[name] = Origin(told["value"], "firm", str(told.get("zh", "")), str(told.get("en", "")))
    return own


def _entries(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, below in node.items():
        if isinstance(below, dict) and "value" not in below:
            yield from _entries(below, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", below


def _rules(known: Mapping[str, Origin], where: str) -> Rules:
    values = {name: checked(name, origin.value, where) for name, origin in known.items()}
    tiers = {
        tier: TierRule(**{f.name: values[f"tier.{tier}.{f.name}"] for f in fields(TierRule)})
        for tier in TIERS
    }
    rules = Rules(
        tier=MappingProxyType(tiers),
        minutes=MappingProxyType({name: values[f"minutes.{name}"] for name in CHANNELS}),
        windows=values["day.windows"],
        quiet=values["day.quiet"],
        visits_per_day=values["day.visits_per_day"],
        messages_per_day=values["day.messages_per_day"],
        talk_minutes=values["day.talk_minutes"],
        week_most=values["day.week_most"],
        leave=values["day.leave"],
        points=MappingProxyType({name: values[f"points.{name}_points"] for name in CHANNELS}),
        weight=_under("weight", values),
        meetings=values["prospect.meetings"],
        meeting_days=values["prospect.meeting_days"],
        worth_prospect=values["prospect.worth_prospect"],
        signal_ways=_under("signal", values),
        welcome_days=values["new_client.welcome_days"],
        first_trade_days=values["new_client.first_trade_days"],
        origin=MappingProxyType(dict(known)),
    )
    _check_together(rules, where)
    return rules


def _under(heading: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    start = f"{heading}."
    return MappingProxyType({n[len(start) :]: v for n, v in values.items() if n.startswith(start)})


def _check_together(rules: Rules, where: str) -> None:
    for tier, rule in rules.tier.items():
        if rule.spacing_days > rule.cadence_days:
            raise CrmkitError("planning.rules_spacing", where=where, tier=tier)
    if not rules.open_hours():
        raise CrmkitError("planning.rules_no_time", where=where)


def _outside(quiet: tuple[int, int]) -> list[tuple[int, int]]:
    begins, ends = quiet
    return [(ends, begins)] if begins > ends else [(0, begins), (ends, 24 * 60)]


def _label(name: str) -> str:
    *_, owner, kind = name.split(".")
    return t(f"planning.rule.{kind}", tier=tier_label(owner))


def _shown(value: Any) -> str:
    if not isinstance(value, list):
        return word_for(value) if value in CHANNELS else str(value)
    if not value:
        return t("planning.none")
    hours = isinstance(value[0], str) and value[0] not in CHANNELS
    return ("–" if hours else t("planning.comma")).join(map(_shown, value))
