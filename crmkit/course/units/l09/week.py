"""A week with six clients, one of whom wants to be left alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from crmkit.course.questions import Calendar, Requirement
from crmkit.course.questions.calendar import at_most, covers, no_repeats, within_minutes
from crmkit.course.units.l09.practice import MONDAY, WEEK, WEEK_MINUTES, Practice, minutes_of


def week(practice: Practice) -> Calendar:
    """Return the question for a week: whom to contact, on which day, by which channel."""
    model = [
        _contact(0, "loser", "call"), _contact(0, "winner", "wechat"),
        _contact(1, "key", "visit"), _contact(2, "plain", "wechat"),
        {"day": practice.birthday.isoformat(), "client": "birthday", "channel": "wechat"},
    ]  # fmt: skip
    minutes = minutes_of()
    return Calendar(
        id="e09a-q4",
        room="l09",
        slots={"minutes": WEEK_MINUTES, **minutes},
        days=tuple(MONDAY + timedelta(days=n) for n in range(5)),
        fields={"client": WEEK, "channel": tuple(minutes)},
        about={
            case: {"name": name, "loss": practice.loss, "gain": practice.gain,
                   "day": f"{practice.birthday:%m-%d}"}
            for case, name in practice.names.items()
        },
        most=10,
        model=model,
        requirements=(
            Requirement("barred", at_most("client", ("barred",), 0),
                        [*model, _contact(3, "barred", "call")], fatal=True),
            Requirement("no_consent", _by("plain", ("wechat",)),
                        _instead(model, "plain", channel="sms"), fatal=True),
            Requirement("loser_text", _by("loser", ("call", "visit")),
                        _instead(model, "loser", channel="wechat")),
            Requirement("key_text", _by("key", ("call", "visit")),
                        _instead(model, "key", channel="wechat")),
            Requirement("wrong_day", _on("birthday", practice.birthday),
                        _instead(model, "birthday",
                                 day=(practice.birthday + timedelta(days=1)).isoformat())),
            Requirement("left_out", covers("client", set(WEEK) - {"barred"}), model[:3], 2.0),
            Requirement("twice", no_repeats("client"), [*model, _contact(4, "winner", "wechat")]),
            Requirement("over", within_minutes("channel", minutes, WEEK_MINUTES),
                        _instead(model, "winner", channel="visit"), 2.0),
        ),
        objective="gate",
        covers=("S043", "S044", "S045", "S046", "S138"),
    )  # fmt: skip


def _contact(day: int, client: str, channel: str) -> dict[str, str]:
    when = MONDAY + timedelta(days=day)
    return {"day": when.isoformat(), "client": client, "channel": channel}


def _instead(model: list[dict[str, str]], client: str, **values: str) -> list[dict[str, str]]:
    return [{**each, **values} if each["client"] == client else each for each in model]


def _by(client: str, ways: Sequence[str]) -> Callable[[Any], Mapping[str, Any] | None]:
    """Ask that a client, if contacted, is contacted by some ways only."""
    return lambda contacts: (
        {} if any(c["client"] == client and c["channel"] not in ways for c in contacts) else None
    )


def _on(client: str, day: date) -> Callable[[Any], Mapping[str, Any] | None]:
    """Ask that a client, if contacted, is contacted on a day."""
    return lambda contacts: (
        {} if any(c["client"] == client and c["day"] != day for c in contacts) else None
    )
