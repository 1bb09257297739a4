"""What a figure in a file of rules may be, and the error for what it may not."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
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
    "first_trade_days": (0, 366),
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
        return t(f"planning.allowed.{kind}")
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


_READ: Mapping[str, Callable[[Any], Any]] = {
    "channels": _channels,
    "greeting": _channels,
    "deepen_channel": _channel,
    "quiet": _window,
    "windows": _windows,
}
