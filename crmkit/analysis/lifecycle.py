"""Where a person stands with the firm: three stages, and the four groups of a branch.

The stages are those of the training deck of 2010-06-03: prospect, new client, old client
(``existing`` in the tables). The groups are those of an article on client management in
securities branches (Shanghai Securities News, 2005-05-24): people with deposits or insurance,
people with investments elsewhere, clients of the branch, and those who carry its profit.
"""

from datetime import date
from typing import Any

import pandas as pd

STAGES = ("prospect", "new", "existing")
GROUPS = ("potential", "development", "second", "lifetime")

#: Months after the first trade during which a client still counts as new. The deck names no
#: number; this one is a course default, and a branch agrees on its own.
NEW_MONTHS = 3


def stages(people: pd.DataFrame, as_of: date, new_months: int = NEW_MONTHS) -> pd.Series:
    """Return the stage of each person, as seen from our firm alone.

    Without an account here somebody is a prospect, whatever they hold elsewhere. With one they
    are new until their first trade and for ``new_months`` months after it, whatever they are
    worth; from then on they are existing clients, and stay so when they fall silent.

    Parameters
    ----------
    people : DataFrame
        ``open_date`` and ``first_trade``: dates, missing where there was none.
    as_of : date
    new_months : int
        From 0.

    Returns
    -------
    Series of str
        On the index of ``people``.

    Examples
    --------
    >>> people = pd.DataFrame({
    ...     "open_date": pd.to_datetime([None, "2026-06-01", "2026-01-05", "2019-03-01"]),
    ...     "first_trade": pd.to_datetime([None, None, "2026-01-20", "2019-03-04"])})
    >>> stages(people, date(2026, 6, 30)).tolist()
    ['prospect', 'new', 'existing', 'existing']
    """
    settled = pd.Timestamp(as_of) - pd.DateOffset(months=new_months)
    found = pd.Series("new", index=people.index)
    found = found.mask(people["first_trade"] <= settled, "existing")
    return found.mask(people["open_date"].isna(), "prospect")


def groups(
    people: pd.DataFrame, stage: "pd.Series[Any]", contribution_cut: float
) -> "pd.Series[Any]":
    """Return the group of each person among the four of a branch.

    Parameters
    ----------
    people : DataFrame
        ``invests_elsewhere`` (bool), ``contribution_12m`` (fen, missing for prospects).
    stage : Series
        From `stages`.
    contribution_cut : float
        Fen a year from which an existing client counts as carrying the profit of the branch.

    Returns
    -------
    Series of str
        On the index of ``people``.

    Examples
    --------
    >>> people = pd.DataFrame({"invests_elsewhere": [False, True, True, False],
    ...                        "contribution_12m": [None, None, 900_000, 900_000]})
    >>> stage = pd.Series(["prospect", "prospect", "new", "existing"])
    >>> groups(people, stage, contribution_cut=300_000).tolist()
    ['potential', 'development', 'second', 'lifetime']
    """
    carries = people["contribution_12m"].astype("Float64").ge(contribution_cut).fillna(False)
    found = pd.Series("second", index=people.index)
    found = found.mask((stage == "existing") & carries.astype(bool), "lifetime")
    outside = people["invests_elsewhere"].map({True: "development", False: "potential"})
    return found.mask(stage == "prospect", outside)
