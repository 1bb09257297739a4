"""Numbers of the simulation as columns of a table."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.branch.history import History
from crmkit.branch.identity import client_ids
from crmkit.branch.plan import Plan


def coded(values: NDArray[Any], words: Sequence[str]) -> pd.Categorical:
    """Return codes as words; a negative code is no word."""
    kind = pd.CategoricalDtype(list(words))
    return pd.Categorical.from_codes(values.astype(int).tolist(), dtype=kind)


def whose(plan: Plan, history: History, client: NDArray[np.int64]) -> pd.Categorical:
    """Return the numbers of a block's clients, each text kept once however often it comes."""
    ids = client_ids(plan.seed, history.people.client)
    kind = pd.CategoricalDtype(ids.tolist())
    return pd.Categorical.from_codes(client - history.people.first, dtype=kind)


def dates(days: NDArray[Any]) -> NDArray[np.datetime64]:
    """Return days since 1970 as dates, nan as missing.

    >>> dates(np.array([0.0, np.nan])).tolist()
    [datetime.datetime(1970, 1, 1, 0, 0), None]
    """
    missing = np.isnan(days)
    known = np.where(missing, 0, days).astype(np.int64).astype("datetime64[D]")
    return np.where(missing, np.datetime64("NaT", "us"), known.astype("datetime64[us]"))


def months(plan: Plan, month: NDArray[Any]) -> NDArray[np.datetime64]:
    """Return months of the book as their first days."""
    since = plan.first_month + month.astype(np.int64) - 1970 * 12
    return since.astype("datetime64[M]").astype("datetime64[us]")
