"""What a figure in a file of rules may be, and the error for what it may not."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from crmkit.book.schema import CHANNELS
from crmkit.errors import CrmkitError
from crmkit.words import t

Window = tuple[time, time]

#: The least and the most each whole number may be, by the last part of its name.
_BOUNDS = {
    "cadence_days": (1, 366), "grace_days": (0, 366), "spacing_days": (1, 366),
    "neglect_days": (1, 3660), "deepen_days": (1, 3660), "visit": (1, 480), "call": (1, 480),
    "wechat": (1, 480), "sms": (1, 480), "visits_per_day": (0, 20), "welcome_days": (0, 366),
    "first_trade_days": (0, 366), "worth": (1, 10_000_000), "owed": (0, 1_000_000),
    "rank": (1, 1000), "messages_per_day": (0, 10_000), "talk_minutes": (0, 480),
    "week_most": (1, 7), "again_percent": (0, 100), "beyond_percent": (10, 300),
    "deepen_percent": (0, 100),
    "greeting_percent": (0, 100), "signal_percent": (0, 100), "complaint": (1, 1000),
    "district_points": (0, 1000), "steady_permille": (0, 1000), "meetings": (1, 30),
    "meeting_days": (1, 366), "visit_points": (1, 64), "call_points": (1, 64),
    "wechat_points": (1, 64), "sms_points": (1, 64), "worth_prospect": (1, 10_000_000),
}  # fmt: skip


def checked(name: str, value: Any, where: str) -> Any:
    """Return the value of a rule as the planner uses it.

    Parameters
    ----------
    name : str
        Its place in the file, ``tier.A.cadence_days``.
    value : object
        As TOML gives it.
    where : str
        The file, for the error.

    Raises
    ------
    CrmkitError
        ``planning.rules_value``, with what the rule takes.

    Examples
    --------
    >>> checked("tier.A.channels", ["call", "sms"], "firm.toml")
    ('call', 'sms')
    """
    kind = name.rpartition(".")[2]
    try:
        return _READ[kind](value) if kind in _READ else _whole(value, *_BOUNDS[kind])
    except (TypeError, ValueError) as error:
        raise CrmkitError(
            "planning.rules_value", where=where, name=name, value=value, allowed=_allowed(kind)
        ) from error


def minutes_of(window: Window) -> tuple[int, int]:
    """Return both ends of a stretch of time in minutes since midnight.

    Examples
    --------
    >>> minutes_of((time(9), time(12, 30)))
    (540, 750)
    """
    opens, closes = window
    return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute


def _allowed(kind: str) -> str:
    if kind in _READ:
        named = "channels" if _READ[kind] is _channels else kind
        return t(f"planning.allowed.{named}")
    least, most = _BOUNDS[kind]
    return t("planning.allowed.whole", least=least, most=most)


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def _channels(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(set(value)) < len(value):
        raise ValueError(value)
    if not set(value) <= set(CHANNELS):
        raise ValueError(value)
    return tuple(value)


def _channel(value: Any) -> str:
    return _channels([value])[0]


def _window(value: Any) -> Window:
    opens, closes = (datetime.strptime(text, "%H:%M").time() for text in value)
    if opens == closes:
        raise ValueError(value)
    return opens, closes


def _windows(value: Any) -> tuple[Window, ...]:
    windows = tuple(_window(pair) for pair in value)
    edges = [edge for window in windows for edge in window]
    if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
        raise ValueError(value)
    return windows


def _answers(value: Any) -> tuple[int, ...]:
    if len(value) != 4 or any(type(answer) is not int for answer in value):
        raise ValueError(value)
    none, owed, more, most = value
    if not 0 <= none <= owed <= more <= most <= 1000 or none == owed:
        raise ValueError(value)
    return tuple(value)


def _leave(value: Any) -> tuple[date, ...]:
    days = [date.fromisoformat(day) if isinstance(day, str) else day for day in value]
    if any(type(day) is not date for day in days):
        raise ValueError(value)
    return tuple(sorted(set(days)))


_READ: Mapping[str, Callable[[Any], Any]] = {
    "channels": _channels,
    "greeting": _channels,
    "deepen_channel": _channel,
    "quiet": _window,
    "windows": _windows,
    "answers": _answers,
    "leave": _leave,
    **dict.fromkeys(
        ("big_loss", "big_gain", "outflow", "complaint_ways", "silence", "signal"), _channels
    ),
}
