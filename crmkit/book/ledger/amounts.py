"""Numbers in cells: money to fen, commission to per mille, counts; with or without a unit."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from crmkit.book.ledger.bounds import bound
from crmkit.book.ledger.cells import Finding, Parsed, plain, wrong
from crmkit.book.schema import Column
from crmkit.rules import Rulebook, read_rules

#: What one of a unit is in fen, by the names people give it.
MONEY_UNITS: Mapping[str, Decimal] = MappingProxyType(
    {name: Decimal(fen)
     for fen, names in {
         100: ("元", "人民币", "人民币元", "cny", "rmb", "yuan", "¥", "元人民币"),
         100_000: ("千元", "千", "k", "thousandcny", "thousandyuan", "thousand"),
         1_000_000: ("万元", "万", "w", "万元人民币", "人民币万元", "wan", "wanyuan", "10k",
                     *(f"{ten}{money}" for ten in ("10k", "10,000", "10000", "tenthousand")
                       for money in ("cny", "rmb", "yuan")),
                     *(f"{money}{ten}" for ten in ("10k", "10,000", "10000")
                       for money in ("cny", "rmb"))),
         100_000_000: ("百万元", "百万", "m", "millioncny", "cnymillion", "millionyuan", "million"),
         10_000_000_000: ("亿元", "亿", "亿元人民币"),
     }.items() for name in names}
)  # fmt: skip

#: What one of a unit is per mille.
RATE_UNITS: Mapping[str, Decimal] = MappingProxyType(
    {name: Decimal(size)
     for size, names in {
         "1": ("‰", "千分之", "千分比", "千分率", "permille", "permil"),
         "10": ("%", "百分之", "百分比", "百分率", "percent", "pct"),
         "0.1": ("‱", "万分之", "万分比", "万分率", "万", "bp", "bps", "basispoints"),
     }.items() for name in names}
)  # fmt: skip

#: More fen than any client has; beyond it Excel would round what we write.
MOST_FEN = 10**15

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}(?:,\d{4})+(?:\.\d+)?"
    r"|\d+(?:\.\d*)?(?:e[+-]?\d{1,3})?|\.\d+"
)
_MONEY = re.compile(
    rf"(?P<loss>\()?(?P<sign>[-+−]?)(?P<mark>¥|cny|rmb|人民币)?(?P<sign2>[-+−]?)"
    rf"(?P<digits>{_DIGITS})(?P<unit>[^\d.,()]*)\)?整?"
)
_RATE = re.compile(rf"(?P<before>[^\d.,+\-−]*)(?P<sign>[-+−]?)(?P<digits>{_DIGITS})(?P<after>\D*)")


def read_money(cell: object, column: Column, heading_unit: Decimal) -> Parsed:
    """Return fen.

    Parameters
    ----------
    cell : object
        A number in the heading's unit, or text that may carry its own.
    column : Column
    heading_unit : Decimal
        Fen per unit of the heading.

    Examples
    --------
    >>> from crmkit.book.schema import ACCOUNT
    >>> wan = MONEY_UNITS["万元"]
    >>> [read_money(c, ACCOUNT.columns["assets"], wan).value for c in (10, "1,000", "100000元")]
    [10000000, 1000000000, 10000000]
    """
    found = None if isinstance(cell, bool) else _MONEY.fullmatch(plain(cell))
    if not found:
        return wrong("not_a_number")
    written = found["unit"].removesuffix("整") or ("¥" if found["mark"] else "")
    if written and written not in MONEY_UNITS:
        return wrong("not_a_number")
    negative = found["loss"] or "-" in (signs := found["sign"] + found["sign2"]) or "−" in signs
    fen = _decimal(found["digits"]) * MONEY_UNITS.get(written, heading_unit)
    if fen >= MOST_FEN:
        return wrong("too_large")
    stored = int(fen.quantize(Decimal(1), ROUND_HALF_EVEN)) * (-1 if negative else 1)
    if column.minimum is not None and stored < column.minimum:
        return wrong("negative")
    bare_mark = found["mark"] and not found["unit"] and heading_unit != MONEY_UNITS["元"]
    return Parsed(stored, Finding("money_mark") if bare_mark else None)


def read_rate(cell: object, heading_unit: Decimal, bounds: tuple[Decimal, Decimal]) -> Parsed:
    """Return a commission per mille.

    A bare number that can only be a fraction, per cent or per ten thousand is not guessed
    at: it is named, with what it would be, and left missing.

    Parameters
    ----------
    cell : object
    heading_unit : Decimal
        Per mille in one of the heading's unit.
    bounds : (Decimal, Decimal)
        From :func:`rate_bounds`.

    Examples
    --------
    >>> bounds = rate_bounds(date(2026, 6, 30))
    >>> read_rate("万2.5", RATE_UNITS["‰"], bounds).value
    0.25
    >>> read_rate(0.0008, RATE_UNITS["‰"], bounds).finding
    Finding(kind='rate_fraction', slots={'meant': '0.8'})
    """
    found = None if isinstance(cell, bool) else _RATE.fullmatch(plain(cell))
    if not found or (found["before"] and found["after"]):
        return wrong("not_a_number")
    if found["sign"] in ("-", "−"):
        return wrong("negative")
    written = found["before"] or found["after"]
    if written and written not in RATE_UNITS:
        return wrong("not_a_number")
    rate = _decimal(found["digits"]) * RATE_UNITS.get(written, heading_unit)
    converted = RATE_UNITS.get(written, heading_unit) != heading_unit
    return _judged(rate, bounds, converted)


def _judged(rate: Decimal, bounds: tuple[Decimal, Decimal], converted: bool) -> Parsed:
    """Return the rate, or what is wrong with it given what can be charged at all."""
    floor, cap = bounds
    usual = Decimal(str(bound("lowest_usual_rate")))
    if floor <= rate <= cap:
        kind = "rate_converted" if converted else "rate_low" if rate < usual else None
        slots = {"rate": _shown(rate), "meant": _shown(rate * 10)}
        return Parsed(float(round(rate, 6)), Finding(kind, slots) if kind else None)
    meanings = {
        "rate_fraction": rate * 1000,
        "rate_percent": rate * 10,
        "rate_per_ten_thousand": rate / 10,
    }
    for kind, meant in meanings.items():
        if floor <= meant <= cap:
            return wrong(kind, meant=_shown(meant))
    return wrong("rate_impossible", cap=_shown(cap), floor=_shown(floor))


def rate_bounds(as_of: date, rules: Rulebook | None = None) -> tuple[Decimal, Decimal]:
    """Return the lowest commission and the highest that can have been charged, per mille.

    The lowest collects nothing but the handling fee of the cheaper exchange and the regulatory
    fee. A ledger older than the rules is read by the oldest of them.

    >>> [float(bound) for bound in rate_bounds(date(2026, 6, 30))]
    [0.0541, 3.0]
    """
    rules = rules or read_rules()

    def value(name: str) -> Decimal:
        on = max(as_of, rules.history(name)[0].effective_from)
        return Decimal(str(rules.value(name, on)))

    handling = min(value("fee.handling.SH"), value("fee.handling.SZ"))
    return handling + value("fee.regulatory"), value("commission.cap")


def read_count(cell: object, column: Column) -> Parsed:
    """Return a whole number of things.

    >>> from crmkit.book.schema import ACTIVITY
    >>> read_count("1,200次", ACTIVITY.columns["logins"]).value
    1200
    """
    text = "" if isinstance(cell, bool) else plain(cell).rstrip("次笔分钟个")
    found = re.fullmatch(rf"([-−]?)({_DIGITS})", text)
    if not found or (number := _decimal(found[2])) != number.to_integral_value():
        return wrong("not_a_whole_number")
    if number >= MOST_FEN:
        return wrong("too_large")
    return wrong("negative") if found[1] and number else Parsed(int(number))


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _shown(rate: Decimal) -> str:
    return f"{float(round(rate, 4)):g}"
