"""What to do about a client who may leave: by cause and tier, with a guard and a measure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.results import SAVE_PLAN
from crmkit.book.results.churn import CAUSES
from crmkit.book.schema import conform
from crmkit.words import t


@cache
def playbook() -> Mapping[str, Any]:
    """Return the playbook as the data file has it.

    >>> playbook()["loss"]["key"]
    {'channel': 'call', 'within_days': 1}
    """
    text = files("crmkit").joinpath("data/churn/playbook.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def save_plans(clients: pd.DataFrame) -> pd.DataFrame:
    """Return the plan for each client.

    Parameters
    ----------
    clients : DataFrame
        ``client_id``, ``cause`` and ``tier``.

    Returns
    -------
    DataFrame
        With the columns of ``book.results.SAVE_PLAN``, sentences in the language in use.

    Examples
    --------
    >>> one = pd.DataFrame({"client_id": ["1"], "cause": ["loss"], "tier": ["A"]})
    >>> save_plans(one)[["channel", "within_days"]].values.tolist()
    [['call', 1]]
    """
    book = playbook()
    causes = clients["cause"].astype("str")
    sides = _sides(clients["tier"])
    pairs = list(zip(causes, sides, strict=True))
    return conform(
        clients[["client_id", "tier", "cause"]].assign(
            plan=[t(f"churn.plan.{cause}.{side}") for cause, side in pairs],
            owner=[t(f"churn.owner.{book[cause]['owner']}") for cause in causes],
            guard=[t(f"churn.plan.{cause}.guard") for cause in causes],
            kpi=[t(f"churn.plan.{cause}.kpi") for cause in causes],
            channel=[book[cause][side]["channel"] for cause, side in pairs],
            within_days=[book[cause][side]["within_days"] for cause, side in pairs],
        ),
        SAVE_PLAN,
    )


def _sides(tier: pd.Series) -> pd.Series:
    key = tier.astype("str").isin(playbook()["key_tiers"])
    return pd.Series(np.where(key, "key", "other"), index=tier.index)


def save_cost(tier: pd.Series, minute: float) -> pd.Series:
    """Return what an attempt to keep each client costs, in the unit of the minute.

    Parameters
    ----------
    tier : Series of str
    minute : float
        Cost of a manager's minute.

    Examples
    --------
    >>> save_cost(pd.Series(["A", "D"]), 100).tolist()
    [9000, 2000]
    """
    return _sides(tier).map(playbook()["minutes"]) * minute


def assumed_uplift(cause: pd.Series, risk: pd.Series) -> pd.Series:
    """Return by how much acting is taken to lower each chance of leaving: an assumption.

    Parameters
    ----------
    cause : Series of str
    risk : Series of float

    Examples
    --------
    >>> assumed_uplift(pd.Series(["price", "leaving"]), pd.Series([0.5, 0.9])).tolist()
    [0.1, 0.0]
    """
    shares = {name: playbook()[name]["uplift"] for name in CAUSES}
    return risk * cause.astype("str").map(shares).astype("float64")


def hold_out(client_ids: pd.Series, campaign: int, share: float | None = None) -> pd.Series:
    """Return who is left alone at random, so that the campaign's effect can be measured.

    Parameters
    ----------
    client_ids : Series of str
    campaign : int
        The campaign's number: the seed of the lot, another draw for each.
    share : float, optional
        A tenth unless said otherwise; at least one client of ten or more.

    Examples
    --------
    >>> int(hold_out(pd.Series(range(50)).astype(str), campaign=1).sum())
    5
    """
    share = playbook()["holdout"] if share is None else share
    count = int(np.ceil(share * len(client_ids)))
    place = np.random.default_rng(campaign).permutation(len(client_ids))
    return pd.Series(place < count, index=client_ids.index)
