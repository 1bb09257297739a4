"""Three ways to divide clients: from outside, by the person, by what they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import SEGMENTS
from crmkit.book.schema import conform
from crmkit.words import t

#: Which columns of the segments belong to which of the three dimensions.
DIMENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "external": ("province", "city", "source", "size"),
        "internal": ("gender", "age_band", "occupation", "risk_level"),
        "behaviour": ("rhythm", "taste"),
    }
)
#: Where one size ends and the next begins, fen; ages and trades a year likewise. The sizes
#: are those of published account statistics, the others course defaults.
SIZES = (100_000_00, 500_000_00, 3_000_000_00)
AGES = (30, 45, 60)
TRADES = (1, 12, 36)


@dataclass(frozen=True)
class Segments:
    """Clients by every dimension, and what each dimension cannot tell.

    Attributes
    ----------
    segments : DataFrame
        One row per client, the columns of ``book.results.SEGMENTS``.
    notes : tuple of str
        In the language in use.
    """

    segments: pd.DataFrame
    notes: tuple[str, ...]


def segments(book: ClientBook, measures: pd.DataFrame) -> Segments:
    """Return every client's place in the three dimensions.

    Parameters
    ----------
    book : ClientBook
    measures : DataFrame
        Of the same book, from `crmkit.analysis.activity.measures`.

    Examples
    --------
    >>> from crmkit.analysis.activity import measures
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=20, seed=1, as_of="2026-01-05", months=13)
    >>> found = segments(book, measures(book)).segments
    >>> found.loc[0, ["size", "age_band", "rhythm"]].tolist()
    ['middle', 'below_30', 'steady']
    """
    rows = book.client.merge(measures, on="client_id", how="left")
    own = {
        "size": _band(rows["assets"], SIZES, "size"),
        "age_band": _band(_age(rows["birth_date"], book.as_of), AGES, "age_band"),
        "rhythm": _band(rows["trades_12m"], TRADES, "rhythm"),
        "taste": _tastes(book).reindex(rows["client_id"]).set_axis(rows.index),
    }
    return Segments(conform(rows.assign(**own), SEGMENTS), _notes(rows, book.as_of))


def _band(values: pd.Series, lines: tuple[int, ...], column: str) -> pd.Series:
    codes = SEGMENTS.columns[column].values
    if column == "rhythm":
        codes = tuple(reversed(codes))
    numbers = values.astype("float64")
    place = np.searchsorted(np.array(lines), numbers.to_numpy(), side="right")
    return pd.Series(np.array(codes, dtype="object")[place], index=values.index).where(
        numbers.notna()
    )


def _age(born: pd.Series, as_of: date) -> pd.Series:
    had = (born.dt.month * 100 + born.dt.day) <= as_of.month * 100 + as_of.day
    years: pd.Series = as_of.year - born.dt.year - 1 + had.astype("int64")
    return years


def _tastes(book: ClientBook) -> pd.Series:
    """Return what clients mainly hold: 70 per cent of the value makes it mainly.

    A book without holdings says nothing of anybody.
    """
    if book.holding.empty:
        return pd.Series(dtype="object")
    held = book.holding[book.holding["kind"] != "margin"]
    value = held["amount"].astype("float64")
    total = value.groupby(held["client_id"]).sum()
    shares = value.where(held["kind"] == "stock", 0).groupby(held["client_id"]).sum() / total
    tastes = np.select([shares >= 0.7, shares <= 0.3], ["shares", "products"], "both")
    known = pd.Series(tastes, index=shares.index).where(total > 0, "nothing")
    return known.reindex(book.client["client_id"].to_numpy()).fillna("nothing")


def _notes(rows: pd.DataFrame, as_of: date) -> tuple[str, ...]:
    stale = int((rows["days_since_profile"] > 365).sum())
    quiet = int(rows["trades_12m"].isna().sum())
    return (
        t("segment.external"),
        t("segment.internal", stale=stale, as_of=as_of),
        t("segment.behaviour", count=quiet),
    )


def explained(groups: pd.Series, values: pd.Series) -> float:
    """Return what share of the differences between clients a division explains.

    The variance between groups over the whole variance (eta squared); 0 where the groups
    are alike on average, 1 where clients of a group are all the same.

    Parameters
    ----------
    groups : Series
        The group of each client; a missing group is a group of its own.
    values : Series
        Any number; clients without one do not count.

    Examples
    --------
    >>> explained(pd.Series(["a", "a", "b", "b"]), pd.Series([1, 1, 3, 3]))
    1.0
    """
    known = values.notna()
    numbers = values[known].astype("float64")
    means = numbers.groupby(groups[known].astype("object").fillna(""), sort=False).transform("mean")
    whole = float(((numbers - numbers.mean()) ** 2).sum())
    return float(((means - numbers.mean()) ** 2).sum()) / whole if whole > 0 else float("nan")


def what_divides(segments: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """Return how much each column of the segments explains, the most telling first.

    Parameters
    ----------
    segments : DataFrame
    values : Series
        Such as the contribution, in the same order of rows.

    Returns
    -------
    DataFrame
        ``dimension``, ``column``, ``groups`` and ``explained``.
    """
    rows = [
        (dimension, name, int(segments[name].nunique()), explained(segments[name], values))
        for dimension, names in DIMENSIONS.items()
        for name in names
    ]
    found = pd.DataFrame(rows, columns=["dimension", "column", "groups", "explained"])
    return found.sort_values("explained", ascending=False).reset_index(drop=True)
