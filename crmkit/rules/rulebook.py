"""The rules by date, those of the market with a firm's own on top."""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from crmkit.errors import CrmkitError
from crmkit.rules.values import checked, is_long, shown
from crmkit.words import language, t

#: After so many days without a check a rule counts as stale.
STALE_DAYS = 180
STATUSES = ("verified", "secondary", "unverified", "assumption", "firm")


@dataclass(frozen=True)
class Rule:
    """One version of one rule.

    Attributes
    ----------
    name : str
        Place in the file: ``"fee.stamp_duty.sell"``.
    titles, sources : mapping of language to str
    unit : str
        What ``value`` counts: ``per mille``, ``per mille of par``, ``CNY``, ``share``,
        ``days``, ``months``, ``years``, ``count``, or the form of a table or a text.
    value : object
    effective_from : date
    checked_on : date
    status : {"verified", "secondary", "unverified", "assumption", "firm"}
    firm_sets : bool
        Whether a firm decides about it.
    superseded_on : date, optional
        When the next version took its place.
    """

    name: str
    titles: Mapping[str, str]
    unit: str
    value: Any
    effective_from: date
    sources: Mapping[str, str]
    checked_on: date
    status: str
    firm_sets: bool = False
    superseded_on: date | None = None

    @property
    def title(self) -> str:
        """What the rule is about, in the language in use."""
        return self.titles[language()]

    @property
    def source(self) -> str:
        """Where it stands, in the language in use."""
        return self.sources[language()]

    def shown(self) -> str:
        """Return the value with its unit, for people."""
        return shown(self.unit, self.value)

    def caveats(self, as_of: date) -> list[str]:
        """Return what a reader must know before relying on the rule; often nothing.

        Examples
        --------
        >>> from crmkit.words import in_language
        >>> rule = read_rules().at("gift.limit", date(2026, 6, 30))
        >>> with in_language("en"): print(*rule.caveats(date(2026, 11, 2)))
        Assumed by the course: worth of gifts a client may get in a year (CNY 0). ...
        """
        found = [self.status] if self.status in ("unverified", "assumption") else []
        if self.status != "firm" and (as_of - self.checked_on).days > STALE_DAYS:
            found.append("stale")
        if as_of < self.effective_from:
            found.append("later")
        slots = {"about": self._about(), "checked_on": self.checked_on, "days": STALE_DAYS,
                 "effective_from": self.effective_from}  # fmt: skip
        return [t(f"rules.caveat.{kind}", **slots) for kind in found]

    def _about(self) -> str:
        """Return the title with the value, or with the source where the value is long."""
        long = is_long(self.unit)
        if long and self.status == "assumption":
            return self.title
        return t("rules.about", title=self.title, value=self.source if long else self.shown())


@dataclass(frozen=True)
class Rulebook:
    """Every rule with its versions, the oldest first.

    Examples
    --------
    >>> rules = read_rules()
    >>> rules.value("fee.stamp_duty.sell", date(2023, 8, 27))
    1
    >>> rules.value("fee.stamp_duty.sell", date(2023, 8, 28))
    0.5
    """

    versions: Mapping[str, tuple[Rule, ...]]

    def at(self, name: str, on: date) -> Rule:
        """Return the version of a rule in force on a day.

        Raises
        ------
        CrmkitError
            ``rules.unknown``, or ``rules.none_so_early`` before the first version.
        """
        known = self.history(name)
        place = bisect_right([rule.effective_from for rule in known], on)
        if not place:
            first = known[0]
            raise CrmkitError(
                "rules.none_so_early", on=on, title=first.title, earliest=first.effective_from
            )
        return known[place - 1]

    def value(self, name: str, on: date) -> Any:
        """Return the value of a rule on a day."""
        return self.at(name, on).value

    def history(self, name: str) -> tuple[Rule, ...]:
        """Return all versions of a rule, the oldest first."""
        if name not in self.versions:
            raise CrmkitError("rules.unknown", name=name)
        return self.versions[name]

    def in_force(self, on: date) -> list[Rule]:
        """Return every rule in force on a day, in the order of the file."""
        return [self.at(name, on) for name, known in self.versions.items()
                if known[0].effective_from <= on]  # fmt: skip

    def caveats(self, names: Iterable[str], on: date, as_of: date) -> list[str]:
        """Return what to know about the rules that a result on a day rests on, each once."""
        found = (c for name in names for c in self.at(name, on).caveats(max(as_of, on)))
        return list(dict.fromkeys(found))

    def changed(self, name: str, value: Any) -> "Rulebook":
        """Return the rules with the newest version of one holding another value.

        For what-if questions, and for tests that nothing anywhere is stale.
        """
        *before, last = self.history(name)
        newest = replace(last, value=checked(name, last.unit, value, ""), status="firm")
        return Rulebook(MappingProxyType({**self.versions, name: (*before, newest)}))


def read_rules(firm: str | Path | None = None) -> Rulebook:
    """Return the rules of the market, with what a firm decides for itself in place of defaults.

    Parameters
    ----------
    firm : str or Path, optional
        TOML file with the headings of ``data/rules/cn_2026.toml`` and only what differs; an
        entry has ``value`` and, if wanted, ``effective_from`` and ``source``.

    Raises
    ------
    CrmkitError
        ``book.not_found``, or what is wrong with which entry of the file.
    """
    rules = _market_rules()
    return rules if firm is None else _with_firm(rules, Path(firm))


@cache
def _market_rules() -> Rulebook:
    file = files("crmkit").joinpath("data/rules/cn_2026.toml")
    return rules_in(file.read_text(encoding="utf-8"))


def rules_in(text: str) -> Rulebook:
    """Return the rules that a text in the form of ``cn_2026.toml`` holds."""
    content = tomllib.loads(text)
    sources = content.pop("source")
    return Rulebook(
        MappingProxyType({name: _read(name, rule, sources) for name, rule in _entries(content)})
    )


def _entries(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every rule of a file with its dotted name."""
    for name, below in node.items():
        place = f"{prefix}{name}"
        if not isinstance(below, dict) or "versions" in below or "value" in below:
            yield place, below
        else:
            yield from _entries(below, f"{place}.")


def _read(name: str, entry: Mapping[str, Any], sources: Mapping[str, Any]) -> tuple[Rule, ...]:
    versions = []
    for version in entry["versions"]:
        if version["status"] not in STATUSES:
            raise ValueError(f"{name}: status is one of {STATUSES}, not {version['status']!r}")
        unit = version.get("unit", entry["unit"])
        value = checked(name, unit, version["value"], "cn_2026.toml")
        versions.append(
            Rule(name, {"zh": entry["zh"], "en": entry["en"]}, unit, value,
                 version["effective_from"], sources[version["source"]], version["checked_on"],
                 version["status"], entry.get("firm", False))
        )  # fmt: skip
    ends = [later.effective_from for later in versions[1:]]
    return tuple(
        replace(version, superseded_on=end)
        for version, end in zip(versions, [*ends, None], strict=True)
    )


def _with_firm(rules: Rulebook, path: Path) -> Rulebook:
    if not path.is_file():
        raise CrmkitError("book.not_found", where=str(path))
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CrmkitError("rules.not_toml", where=str(path), detail=error) from error
    versions = dict(rules.versions)
    for name, entry in _entries(content):
        versions[name] = _overridden(rules, name, entry, str(path))
    return Rulebook(MappingProxyType(versions))


def _overridden(rules: Rulebook, name: str, entry: Any, where: str) -> tuple[Rule, ...]:
    """Return the versions of a rule with the firm's own at their end."""
    if name not in rules.versions:
        raise CrmkitError("rules.unknown", where=where, name=name)
    if not rules.versions[name][0].firm_sets:
        raise CrmkitError("rules.not_the_firm_s", where=where, name=name)
    if not isinstance(entry, dict) or "value" not in entry:
        raise CrmkitError("rules.no_value", where=where, name=name)
    known = rules.versions[name]
    since = entry.get("effective_from", known[0].effective_from)
    source = entry.get("source", Path(where).name)
    kinds = {"value": object, "effective_from": date, "source": str}
    for field, content in entry.items():
        if not isinstance(content, kinds.get(field, ())):
            raise CrmkitError("rules.bad_field", where=where, name=name, field=field)
    since = since.date() if isinstance(since, datetime) else since
    before = [rule for rule in known if rule.effective_from < since]
    if before:
        before[-1] = replace(before[-1], superseded_on=since)
    own = replace(
        known[-1], value=checked(name, known[-1].unit, entry["value"], where), status="firm",
        effective_from=since, superseded_on=None, sources={"zh": source, "en": source},
    )  # fmt: skip
    return (*before, own)
