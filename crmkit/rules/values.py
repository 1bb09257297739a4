"""What each unit of a rule may hold, and how its values are shown."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from crmkit.errors import CrmkitError
from crmkit.words import language, t


def checked(name: str, unit: str, value: Any, where: str) -> Any:
    """Return a value if its unit allows it, times of day turned into times.

    Raises
    ------
    CrmkitError
        ``rules.bad_value``, with what the unit takes.
    """
    check, allowed = _CHECKS[unit]
    try:
        return check(value)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise CrmkitError(
            "rules.bad_value", where=where, name=name, value=value,
            allowed=t(f"rules.allowed.{allowed}"),
        ) from error  # fmt: skip


def shown(unit: str, value: Any) -> str:
    """Return a value with its unit, for people.

    >>> shown("per mille", 0.0341)
    '0.0341‰'
    """
    if unit in _SHOWN:
        return _SHOWN[unit](value)
    return t(f"rules.unit.{unit.replace(' ', '_')}", value=_plain(value))


def is_long(unit: str) -> bool:
    """Tell whether values of a unit are texts or tables, too long for a sentence."""
    return unit in _SHOWN


def _require(condition: bool) -> None:
    if not condition:
        raise ValueError


def _number(value: Any, most: float, decimals: int) -> Any:
    _require(type(value) in (int, float) and 0 <= value <= most)
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    _require(isinstance(exponent, int) and -exponent <= decimals)
    return value


def _whole(value: Any) -> int:
    _require(type(value) is int and value >= 0)
    return int(value)


def _hours(value: Any) -> tuple[time, time]:
    begins, ends = (datetime.strptime(text, "%H:%M").time() for text in value)
    _require(begins != ends)
    return begins, ends


def _tariff(value: Any) -> tuple[Mapping[str, Any], ...]:
    _require(isinstance(value, list | tuple) and len(value) > 0)
    for step in value:
        _require(set(step) == {"assets", "traded", "rate"})
        _number(step["rate"], 3, 5)
        _number(step["assets"], 1e12, 2)
        _number(step["traded"], 1e12, 2)
    _require(value[0]["assets"] == value[0]["traded"] == 0)
    for lower, upper in pairwise(value):
        _require(upper["assets"] > lower["assets"] and upper["traded"] > lower["traded"])
        _require(upper["rate"] < lower["rate"])
    return tuple(MappingProxyType(dict(step)) for step in value)


_LEVELS = ("C1", "C2", "C3", "C4", "C5")
_GRADES = ("R1", "R2", "R3", "R4", "R5")


def _match(value: Any) -> Mapping[str, tuple[str, ...]]:
    _require(set(value) == set(_LEVELS))
    for lower, upper in pairwise(_LEVELS):
        _require(set(value[lower]) <= set(value[upper]) <= set(_GRADES))
    return MappingProxyType({level: tuple(value[level]) for level in _LEVELS})


def _bands(value: Any) -> Mapping[str, int]:
    _require(set(value) == set(_LEVELS))
    lowest = [_whole(value[level]) for level in _LEVELS]
    _require(lowest[0] == 0 and lowest[-1] <= 100)
    _require(all(low < high for low, high in pairwise(lowest)))
    return MappingProxyType(dict(zip(_LEVELS, lowest, strict=True)))


def _text(value: Any) -> Mapping[str, str]:
    _require(set(value) == {"zh", "en"} and all(value.values()))
    return MappingProxyType(dict(value))


#: What each unit may hold, and the sentence that says so.
_CHECKS: Mapping[str, tuple[Callable[[Any], Any], str]] = MappingProxyType({
    "per mille": (lambda value: _number(value, 20, 5), "per_mille"),
    "per mille of par": (lambda value: _number(value, 20, 5), "per_mille"),
    "CNY": (lambda value: _number(value, 1e12, 2), "CNY"),
    "share": (lambda value: _number(value, 1, 9), "share"),
    **dict.fromkeys(("days", "months", "years", "count"), (_whole, "whole")),
    "hours": (_hours, "hours"),
    "tariff": (_tariff, "tariff"),
    "match": (_match, "match"),
    "bands": (_bands, "bands"),
    "text": (_text, "text"),
})  # fmt: skip


def _plain(value: Any) -> str:
    """Return a number as people write it: no exponent, no idle zeros."""
    text = f"{value:,.5f}"
    return text.rstrip("0").rstrip(".")


def _show_tariff(steps: Iterable[Mapping[str, Any]]) -> str:
    said = (t("rules.step", **{k: _plain(v) for k, v in step.items()}) for step in steps)
    return t("rules.separator").join(said)


def _show_match(table: Mapping[str, tuple[str, ...]]) -> str:
    return t("rules.separator").join(
        f"{level}: {', '.join(grades)}" for level, grades in table.items()
    )


#: How values that are no plain numbers are shown.
_SHOWN: Mapping[str, Callable[[Any], str]] = MappingProxyType({
    "text": lambda value: str(value[language()]),
    "hours": lambda value: "–".join(f"{moment:%H:%M}" for moment in value),
    "tariff": _show_tariff,
    "match": _show_match,
    "bands": lambda value: t("rules.separator").join(f"{k} ≥ {v}" for k, v in value.items()),
})  # fmt: skip
