"""What the parameters of a simulation have to be: numbers within bounds, and no others."""

from numbers import Integral, Real
from typing import Any

from crmkit.errors import CrmkitError


def require(good: bool, name: str, value: object, allowed: str) -> None:
    """Refuse a parameter that cannot be used, and say what can.

    Raises
    ------
    CrmkitError
        ``branch.bad_number``.
    """
    if not good:
        raise CrmkitError("branch.bad_number", name=name, value=value, allowed=allowed)


def between(value: object, least: float, most: float) -> bool:
    """Return whether a value is a number from ``least`` to ``most``.

    >>> between(0.5, 0, 1), between(float("nan"), 0, 1), between("0.5", 0, 1), between(True, 0, 1)
    (True, False, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    number: Any = value
    return bool(least <= number <= most)  # never so for nan


def whole(value: object, least: int, most: int | None = None) -> bool:
    """Return whether a value is a whole number of that size, of Python's or of numpy's.

    >>> whole(3, 1), whole(3.0, 1), whole(True, 0), whole(0, 1), whole(9, 1, 8)
    (True, False, False, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, Integral):
        return False
    return least <= int(value) and (most is None or int(value) <= most)
