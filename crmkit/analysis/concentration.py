"""How few bring how much: the share of the top, Lorenz's curve, Gini's measure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.words import t


@dataclass(frozen=True)
class Concentration:
    """How unevenly contribution is spread over clients.

    Attributes
    ----------
    clients : int
        With a known contribution.
    share : float
        The share of clients asked about.
    brought : float
        What they bring of all contribution, 0 to 1; nan where nothing is brought.
    gini : float
        0 where all bring the same, towards 1 where one brings all.
    notes : tuple of str
        What a reader of the figures must be told, in the language in use.
    """

    clients: int
    share: float
    brought: float
    gini: float
    notes: tuple[str, ...]


def concentration(measures: pd.DataFrame, share: float = 0.20) -> Concentration:
    """Return how much of the contribution the top clients bring, and Gini's measure.

    Parameters
    ----------
    measures : DataFrame
        With ``contribution_12m`` and, to tell estimates, ``basis``.
    share : float
        The share of clients called the top.

    Examples
    --------
    >>> five = pd.DataFrame({"contribution_12m": [80, 5, 5, 5, 5]})
    >>> found = concentration(five)
    >>> found.brought, round(found.gini, 2)
    (0.8, 0.6)
    """
    values = measures["contribution_12m"]
    known = values.dropna().astype("float64")
    missing = len(values) - len(known)
    notes = [t("pareto.missing", count=missing)] * bool(missing)
    notes += [t("pareto.negative", count=int((known < 0).sum()))] * bool((known < 0).any())
    if "basis" in measures and (measures["basis"] == "estimated").any():
        notes.append(t("pareto.estimated"))
    brought = top_share(known, share)
    return Concentration(len(known), share, brought, gini(known), tuple(notes))


def top_share(values: pd.Series, share: float = 0.20) -> float:
    """Return what the top clients bring of the whole; the number of clients is rounded up.

    Examples
    --------
    >>> top_share(pd.Series([10, 30, 60]), 0.20)
    0.6
    """
    ranked = np.sort(_known(values))[::-1]
    total = ranked.sum()
    top = int(np.ceil(round(share * len(ranked), 9)))
    return float(ranked[:top].sum() / total) if total > 0 else float("nan")


def lorenz(values: pd.Series) -> pd.DataFrame:
    """Return Lorenz's curve: what the clients who bring least bring together.

    Parameters
    ----------
    values : Series
        Any unit; missing values do not count.

    Returns
    -------
    DataFrame
        ``clients`` and ``brought``, both cumulative from 0 to 1, from the least up; one row
        more than clients.

    Examples
    --------
    >>> lorenz(pd.Series([3, 1])).to_dict("list")
    {'clients': [0.0, 0.5, 1.0], 'brought': [0.0, 0.25, 1.0]}
    """
    ranked = np.sort(_known(values))
    total = ranked.sum()
    brought = np.cumsum(ranked) / total if total > 0 else np.full(len(ranked), np.nan)
    return pd.DataFrame(
        {
            "clients": np.arange(len(ranked) + 1) / max(len(ranked), 1),
            "brought": np.concatenate([[0.0], brought]),
        }
    )


def gini(values: pd.Series) -> float:
    """Return Gini's measure, twice the area between Lorenz's curve and equality.

    For values sorted upwards it is ``sum((2 i - n - 1) x_i) / (n sum(x))`` (Gini 1912); 0
    where all are the same, 1 - 1/n where one has everything.

    Parameters
    ----------
    values : Series
        Missing values do not count.

    Returns
    -------
    float
        nan where there is nothing to share out.

    Examples
    --------
    >>> gini(pd.Series([1, 1, 1])), gini(pd.Series([0, 0, 0, 8]))
    (0.0, 0.75)
    """
    ranked = np.sort(_known(values))
    count, total = len(ranked), ranked.sum()
    if total <= 0:
        return float("nan")
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float((weights * ranked).sum() / (count * total))


def _known(values: pd.Series) -> np.ndarray:
    return values.dropna().astype("float64").to_numpy()
