"""Who has slipped out of sight, and whom a plan brings back into it."""

import pandas as pd

from crmkit.book.schema import TIERS
from crmkit.planning.agenda import Agenda
from crmkit.planning.cadence import Rules, load_rules

#: Days since the last contact: the upper ends of the bands; beyond the last lies one more.
BANDS = (30, 60, 90, 180)
#: How personal a contact is, the most personal first.
REACH = ("visit", "call", "message", "nothing")


def silences(clients: pd.DataFrame, rules: Rules | None = None) -> pd.DataFrame:
    """Return how many clients of each tier were last in touch how long ago.

    Parameters
    ----------
    clients : DataFrame
        ``tier`` and ``days_since_contact``; missing days mean that nobody ever was in touch.
    rules : Rules, optional
        Whose ``neglect_days`` say how long each tier may be left alone.

    Returns
    -------
    DataFrame
        A row per tier; a column for each end of `BANDS` and ``"longer"`` (clients), and
        ``limit`` (days) and ``overlooked`` (clients beyond it).

    Examples
    --------
    >>> rows = pd.DataFrame({"tier": ["A", "A", "D"], "days_since_contact": [12, 45, 170]})
    >>> silences(rows).loc[["A", "D"], ["limit", "overlooked"]].values.tolist()
    [[30, 1], [180, 0]]
    """
    tier_rules = (rules or load_rules()).tier
    days = clients["days_since_contact"].astype("float64").fillna(float("inf"))
    edges = [-1.0, *BANDS, float("inf")]
    band = pd.cut(days, edges, labels=[*BANDS, "longer"]).cat.codes
    band = band.where(band >= 0, len(BANDS))
    tier = clients["tier"].astype("str")
    counts = pd.crosstab(tier, band).reindex(index=list(TIERS), columns=range(len(BANDS) + 1))
    counts = counts.fillna(0).astype("int64").set_axis([*BANDS, "longer"], axis=1)
    limit = pd.Series({name: tier_rules[name].neglect_days for name in TIERS})
    beyond = (days > tier.map(limit)).groupby(tier).sum().reindex(TIERS, fill_value=0)
    return counts.assign(limit=limit, overlooked=beyond.astype("int64")).rename_axis("tier")


def reached(agenda: Agenda) -> pd.DataFrame:
    """Return how many clients of each tier a plan reaches, by the most personal contact.

    Returns
    -------
    DataFrame
        A row per tier, a column for each of `REACH`.

    Examples
    --------
    >>> from crmkit.planning.game import class_agenda
    >>> reached(class_agenda(seed=1)[0]).sum(axis=1).to_dict()
    {'A': 3, 'B': 3, 'C': 4, 'D': 4, 'unknown': 0}
    """
    ways = agenda.contacts["channel"].astype("object").replace(["wechat", "sms"], "message")
    rank = ways.map(REACH.index).astype("float64")
    tiers = agenda.tiers.set_index("client_id")["tier"].astype("str")
    found = rank.groupby(agenda.contacts["client_id"]).min().reindex(tiers.index)
    best = found.fillna(REACH.index("nothing")).astype("int64")
    table = pd.crosstab(tiers, best.map(REACH.__getitem__))
    return table.reindex(index=list(TIERS), columns=list(REACH), fill_value=0)
