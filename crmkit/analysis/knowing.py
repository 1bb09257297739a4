"""How much of a client is known: the five parts of the training deck, field by field."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import pandas as pd

from crmkit.book.schema import ACCOUNT, CLIENT
from crmkit.words import t


@cache
def areas() -> Mapping[str, tuple[str, ...]]:
    """Return the fields of each part of a profile; ``data/knowing.toml`` has the source.

    >>> list(areas()), areas()["risk"]
    (['basics', 'family', 'finances', 'risk', 'needs'], ('risk_level', 'risk_test_date'))
    """
    text = files("crmkit").joinpath("data/knowing.toml").read_text(encoding="utf-8")
    parts = {area["name"]: tuple(area["fields"]) for area in tomllib.loads(text)["area"]}
    return MappingProxyType(parts)


def all_fields() -> tuple[str, ...]:
    """Return the fields of every part, part by part.

    >>> len(all_fields())
    15
    """
    return tuple(field for part in areas().values() for field in part)


def field_name(field: str) -> str:
    """Return what a field is called in the language in use."""
    column = CLIENT.columns.get(field) or ACCOUNT.columns.get(field)
    return column.heading() if column else t(f"knowing.field.{field}")


def is_known(value: object) -> bool:
    """Tell whether a field holds something.

    >>> [is_known(value) for value in ("C3", "  ", None, float("nan"), 0)]
    [True, False, False, False, True]
    """
    return bool(value.strip()) if isinstance(value, str) else bool(pd.notna(value))  # type: ignore[call-overload]


def completeness(profile: Mapping[str, Any]) -> dict[str, float]:
    """Return how much of each part of one profile is known, and of the whole.

    Parameters
    ----------
    profile : mapping of str to object
        Field to value; fields left out are unknown.

    Returns
    -------
    dict of str to float
        Part to share, 0 to 1, and ``total``: the mean of the five parts, so that no part
        makes up for another that is empty.

    Examples
    --------
    >>> known = completeness({"risk_level": "C3", "risk_test_date": "2026-01-05"})
    >>> known["risk"], known["basics"], known["total"]
    (1.0, 0.0, 0.2)
    """
    shares = {
        area: sum(is_known(profile.get(field)) for field in fields) / len(fields)
        for area, fields in areas().items()
    }
    return {**shares, "total": sum(shares.values()) / len(shares)}
