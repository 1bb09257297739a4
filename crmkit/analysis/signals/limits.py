"""When something becomes an alert: limits as data, with their sources."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pandas as pd

Limits = Mapping[str, Mapping[str, Any]]


class Found(NamedTuple):
    """Something about a client: since when, and why one should care."""

    client_id: str
    since: date | None
    reason: str


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows as tuples with names; what a column holds the schema says."""
    yield from rows.itertuples()


@cache
def limits() -> Limits:
    """Return the limits of every signal; what the fields mean is said in the data file.

    >>> limits()["big_loss"]["share"]
    0.15
    """
    return _read("signals.toml")


@cache
def laundering_limits() -> Limits:
    """Return the limits of what goes to the compliance officer.

    >>> laundering_limits()["pass_through"]["inflow"]
    500000
    """
    return _read("laundering.toml")


def _read(name: str) -> Limits:
    return tomllib.loads(files("crmkit").joinpath("data", name).read_text(encoding="utf-8"))
