"""A contact calendar: when to be in touch with whom, how, and why."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from crmkit.course.questions.form import Field, Form, Option, Table
from crmkit.course.questions.requirements import Condition, Required
from crmkit.words import t

Contact = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Calendar(Required):
    """Contacts put on days, each with a channel, a reason and whatever else is asked.

    The answer is a list of contacts, ``{"day": "2026-07-06", "channel": "call", ...}``.
    Conditions see it sorted by day, with days as dates. Ready-made conditions stand below.

    Attributes
    ----------
    days : tuple of date
        The days on offer.
    fields : mapping of str to tuple of str
        What else a contact has, and the options of each: ``{"channel": ("call", ...)}``.
        Sentences: ``<field>.title``, and ``<field>.<option>`` or, for clients and the like,
        ``<field>.item`` with what `about` knows.
    about : mapping of str to mapping
        What is known about an option, for example a client.
    most : int
        How many contacts may be entered.
    model : list
        A calendar that meets every requirement.
    requirements : tuple of Requirement
    """

    kind: ClassVar[str] = "calendar"

    days: tuple[date, ...]
    fields: Mapping[str, tuple[str, ...]]
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    most: int = 30

    def is_blank(self, answer: object) -> bool:
        """Tell whether there is no contact."""
        return answer == [] or super().is_blank(answer)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a list of contacts with every field."""
        fields = {name: {"enum": list(options)} for name, options in self.fields.items()}
        return {
            "type": "array",
            "minItems": 1,
            "maxItems": self.most,
            "items": {
                "type": "object",
                "properties": {"day": {"enum": [day.isoformat() for day in self.days]}, **fields},
                "required": ["day", *fields],
                "additionalProperties": False,
            },
        }

    def problem(self, answer: object) -> str:
        """Refuse what is no list of whole contacts on the days on offer."""
        if not isinstance(answer, list):
            return "course.not_a_calendar"
        if len(answer) > self.most:
            return "course.too_many_contacts"
        return "" if all(map(self._is_contact, answer)) else "course.not_a_contact"

    def _is_contact(self, given: object) -> bool:
        if not isinstance(given, dict) or set(given) != {"day", *self.fields}:
            return False
        offered = {"day": [day.isoformat() for day in self.days], **self.fields}
        return all(isinstance(v, str) and v in offered[name] for name, v in given.items())

    def read(self, answer: list[Contact]) -> list[Contact]:
        """Return the contacts by day, days as dates."""
        contacts = [{**each, "day": date.fromisoformat(each["day"])} for each in answer]
        return sorted(contacts, key=lambda each: each["day"])

    def guess(self, rng: np.random.Generator) -> list[dict[str, str]]:
        """Return some contacts on any days."""
        count = int(rng.integers(1, min(self.most, 10) + 1))
        days = rng.choice([day.isoformat() for day in self.days], count)
        return [
            {"day": str(day), **{f: str(rng.choice(options)) for f, options in self.fields.items()}}
            for day in days
        ]

    def form(self) -> Form:
        """Return the days and the fields with their options."""
        fields = (
            Field(
                name,
                self.titled(name),
                tuple(Option(option, self.called(name, option)) for option in options),
            )
            for name, options in self.fields.items()
        )
        days = tuple(Option(day.isoformat(), day_called(day)) for day in self.days)
        return Form(
            self.kind, fields=(Field("day", t("course.day_title"), days), *fields), most=self.most
        )

    def worked(self) -> Table:
        """Return the model calendar."""
        rows = (
            (day_called(each["day"]), *(self.called(name, each[name]) for name in self.fields))
            for each in self.read(self.model)
        )
        heads = (self.titled(name) for name in self.fields)
        return Table((t("course.day_title"), *heads), tuple(rows))

    def titled(self, name: str) -> str:
        """Return what people read above a field."""
        return self.label(name, f"{name}.title")

    def called(self, name: str, option: str) -> str:
        """Return what people read for an option of a field."""
        about = self.about.get(option, {})
        return self.label(option, f"{name}.{option}", f"{name}.item", **about)


def day_called(day: date) -> str:
    """Return a day as people read it."""
    weekday = t(f"course.weekday.{day.isoweekday()}")
    return t("course.day", month=day.month, day=day.day, weekday=weekday)


def number_between(low: int, high: int) -> Condition:
    """Ask for a number of contacts; facts ``count``, ``low``, ``high``."""
    return lambda contacts: (
        None if low <= len(contacts) <= high else {"count": len(contacts), "low": low, "high": high}
    )


def days_apart(least: int, by: str = "") -> Condition:
    """Ask for days between contacts, with the same `by` (a client) if named; fact ``gap``."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        groups: dict[Any, list[date]] = {}
        for each in contacts:
            groups.setdefault(each.get(by), []).append(each["day"])
        gaps = [(b - a).days for days in groups.values() for a, b in pairwise(days)]
        return None if min(gaps, default=least) >= least else {"gap": min(gaps), "least": least}

    return condition


def variety(name: str, least: int) -> Condition:
    """Ask for different options of a field; facts ``count`` and ``least``."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        count = len({each[name] for each in contacts})
        return None if count >= least else {"count": count, "least": least}

    return condition


def at_most(name: str, options: Collection[str], most: int) -> Condition:
    """Allow only so many contacts with some options of a field; facts ``count``, ``most``."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        count = sum(each[name] in options for each in contacts)
        return None if count <= most else {"count": count, "most": most}

    return condition


def at_least(name: str, options: Collection[str], least: int) -> Condition:
    """Ask for contacts with some options of a field; facts ``count`` and ``least``."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        count = sum(each[name] in options for each in contacts)
        return None if count >= least else {"count": count, "least": least}

    return condition


def no_repeats(name: str, most: int = 1) -> Condition:
    """Allow each option of a field only so often; facts ``count`` and ``most``."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        count = max(Counter(each[name] for each in contacts).values(), default=0)
        return None if count <= most else {"count": count, "most": most}

    return condition


def not_on(days: Iterable[date]) -> Condition:
    """Leave some days free; fact ``day``, the first of them used."""
    closed = set(days)
    return lambda contacts: next(
        ({"day": day_called(c["day"])} for c in contacts if c["day"] in closed), None
    )


def covers(name: str, options: Collection[str]) -> Condition:
    """Ask that every option of a field is used; facts ``missing`` (a count) and ``total``."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        missing = len(set(options) - {each[name] for each in contacts})
        return {"missing": missing, "total": len(options)} if missing else None

    return condition


def within_minutes(name: str, minutes: Mapping[str, int], capacity: int) -> Condition:
    """Keep within the time there is; facts ``used`` and ``capacity``, in minutes."""

    def condition(contacts: list[Contact]) -> Mapping[str, Any] | None:
        used = sum(minutes[each[name]] for each in contacts)
        return {"used": used, "capacity": capacity} if used > capacity else None

    return condition
