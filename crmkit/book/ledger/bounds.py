"""What a value in a ledger can be at all, from the dated data file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def bound(name: str) -> Any:
    """Return the value of an entry of ``data/rules/ledger.toml``.

    >>> bound("exchange_opening").isoformat()
    '1990-12-19'
    """
    return _bounds()[name]["value"]


@cache
def _bounds() -> dict[str, dict[str, Any]]:
    file = files("crmkit").joinpath("data/rules/ledger.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
