"""Two things wanted at once: winning and keeping from one budget, what is good for both sides."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.analysis.value import assumed


@dataclass(frozen=True)
class Split:
    """A budget divided between keeping and winning.

    Attributes
    ----------
    keep, win, unspent : float
        Fen; together the budget.
    gain : float
        What it is expected to bring, fen, before the budget itself is taken off.
    even_times : float
        At which multiple of the cost of keeping a fen brings the same either way; where
        winning costs more than that, keeping comes first.
    """

    keep: float
    win: float
    unspent: float
    gain: float
    even_times: float


def split_budget(
    budget: float,
    keep: float,
    effect: float,
    value_old: float,
    value_new: float,
    at_risk: float,
    to_win: float,
    times: float | None = None,
) -> Split:
    """Return how to divide a budget: first where a fen brings more, as far as there are people.

    A fen on keeping brings effect x value_old / keep, on winning value_new / (times x keep);
    the two are even at times = value_new / (effect x value_old). What brings less than it
    costs is not done at all. The deck's factor of six alone settles nothing: who would have
    stayed anyway is not kept by anybody.

    Parameters
    ----------
    budget : float
        Fen.
    keep : float
        Fen to approach one client who might leave.
    effect : float
        By how much approaching raises the chance of staying, above 0 and at most 1.
    value_old, value_new : float
        Lifetime value of a client kept and of one won, fen.
    at_risk, to_win : float
        How many there are to approach, and how many could be won.
    times : float, optional
        How many times as much winning one costs. Six is folklore; try 2 to 10.

    Examples
    --------
    >>> split = split_budget(9000_00, keep=50_00, effect=0.1, value_old=3000_00,
    ...                      value_new=1000_00, at_risk=120, to_win=50, times=6)
    >>> split.keep / 100, split.win / 100, round(split.even_times, 2)
    (6000.0, 3000.0, 3.33)
    """
    cost = keep * (assumed("acquire_over_keep") if times is None else times)
    per_fen = {"keep": effect * value_old / keep, "win": value_new / cost}
    most = {"keep": at_risk * keep, "win": to_win * cost}
    spent, left = {"keep": 0.0, "win": 0.0}, float(budget)
    for side in sorted(per_fen, key=lambda side: per_fen[side], reverse=True):
        if per_fen[side] > 1:
            spent[side] = min(left, most[side])
            left -= spent[side]
    gain = sum(spent[side] * per_fen[side] for side in spent)
    return Split(spent["keep"], spent["win"], left, gain, value_new / (effect * value_old))


def balance(policies: pd.DataFrame) -> pd.DataFrame:
    """Return which ways of serving are fair to both sides, and which nothing else outdoes.

    The firm cannot maximise its own value against its clients for long: a way of serving
    that takes from the client what it gives the firm is no balance, however much it earns.

    Parameters
    ----------
    policies : DataFrame
        ``client`` and ``firm``: what each gains a year, fen; other columns are kept.

    Returns
    -------
    DataFrame
        The same with ``fair`` (neither side loses) and ``on_front`` (no other policy is as
        good for both and better for one), the fair ones that are best for the two together
        first.

    Examples
    --------
    >>> ways = pd.DataFrame({"policy": ["churn", "advise", "idle"], "client": [-300, 200, 0],
    ...                      "firm": [500, 150, 100]})
    >>> balance(ways)[["policy", "fair", "on_front"]].values.tolist()
    [['advise', True, True], ['idle', True, False], ['churn', False, True]]
    """
    client, firm = (policies[side].to_numpy(dtype="float64") for side in ("client", "firm"))
    as_good = np.greater_equal.outer(client, client) & np.greater_equal.outer(firm, firm)
    better = np.greater.outer(client, client) | np.greater.outer(firm, firm)
    outdone = np.any(as_good & better, axis=0)
    found = policies.assign(fair=(client >= 0) & (firm >= 0), on_front=np.logical_not(outdone))
    order = np.lexsort((-client - firm, ~found["on_front"], ~found["fair"]))
    return found.iloc[order].reset_index(drop=True)
