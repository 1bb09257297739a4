"""What a client is worth, what winning and keeping one costs, and what leavers take along.

Money in fen and may be a number or a column. The four answers to the commission war are in
`crmkit.pricing.economics.four_answers`: this room and that one meet through parameters, here the
margin of a client a year and the chance of staying.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from crmkit.errors import CrmkitError


@cache
def assumptions() -> Mapping[str, Any]:
    """Return the figures to start from, each with basis and source.

    >>> assumptions()["acquire_over_keep"]["basis"]
    'folklore'
    """
    text = files("crmkit").joinpath("data/value.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def assumed(name: str) -> float:
    """Return the value of one assumption.

    >>> assumed("discount")
    0.08
    """
    return float(assumptions()[name]["value"])


def lifetime_value(margin: Any, stay: Any, discount: float | None = None) -> Any:
    """Return what a client will still bring, discounted: margin x stay / (1 + discount - stay).

    The sum over years k = 1, 2, ... of margin x stay^k / (1 + discount)^k: a constant margin
    and a constant chance of staying, earned at the end of each year stayed.

    Parameters
    ----------
    margin : number or Series
        A year, after the cost of serving.
    stay : number or Series
        Chance of staying another year, from 0 to 1.
    discount : float, optional
        A year.

    Raises
    ------
    CrmkitError
        ``worth.bad_stay`` for a chance outside 0 to 1, or a sum that never ends.

    Examples
    --------
    >>> [round(lifetime_value(600, stay, 0.08)) for stay in (0.80, 0.85, 0.90)]
    [1714, 2217, 3000]
    """
    discount = assumed("discount") if discount is None else discount
    try:
        chance = np.asarray(stay, dtype=np.float64)
        np.asarray(margin, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise CrmkitError("worth.no_number", margin=margin, stay=stay) from error
    if margin is None or stay is None:
        raise CrmkitError("worth.no_number", margin=margin, stay=stay)
    if not chance.size:
        return margin * stay
    if np.nanmin(chance) < 0 or np.nanmax(chance) > 1 or np.nanmax(chance) >= 1 + discount:
        raise CrmkitError("worth.bad_stay", stay=float(np.nanmax(chance)), discount=discount)
    return margin * stay / (1 + discount - stay)


def retention_value(margin: Any, before: float, after: float, cost: Any = 0) -> Any:
    """Return what raising the chance of staying next year is worth, less what it costs.

    (after - before) x (margin + lifetime value from then on), at the course's discount; later
    years stay as likely as before.

    Examples
    --------
    >>> round(retention_value(600, 0.8, 0.9, cost=100))
    114
    """
    then = margin + lifetime_value(margin, before)
    return (after - before) * then / (1 + assumed("discount")) - cost


@dataclass(frozen=True)
class Swap:
    """What it costs to lose some clients and win as many.

    Attributes
    ----------
    keeping, winning : float
        What keeping them would have cost, and what winning others costs (fen).
    waiting : float
        Margin lost until the new ones trade.
    gap : float
        Lifetime value of the old less that of the new.
    total : float
        winning - keeping + waiting + gap. A count that is level hides it.
    """

    keeping: float
    winning: float
    waiting: float
    gap: float
    total: float


def swap_cost(
    clients: float,
    margin: float,
    stay_old: float,
    stay_new: float,
    keep: float,
    times: float | None = None,
    lag_months: float | None = None,
) -> Swap:
    """Return the hidden cost of a hundred lost and a hundred won.

    clients x [(times - 1) x keep + lag x margin / 12 + value(old) - value(new)]

    Parameters
    ----------
    clients : float
    margin : float
        Fen a year, the same for old and new.
    stay_old, stay_new : float
        Chance of staying a year.
    keep : float
        Fen a year to keep one.
    times : float, optional
        How many times as much winning one costs. Six is folklore; try 2 to 10.
    lag_months : float, optional
        Until a new client trades.

    Examples
    --------
    >>> cost = swap_cost(100, 600_00, 0.90, 0.80, keep=50_00, times=6, lag_months=3)
    >>> [round(part / 100) for part in (cost.winning - cost.keeping, cost.waiting, cost.gap)]
    [25000, 15000, 128571]
    """
    times = assumed("acquire_over_keep") if times is None else times
    lag = assumed("activation_months") if lag_months is None else lag_months
    keeping, winning = clients * keep, clients * keep * times
    waiting = clients * lag * margin / 12
    gap = clients * (lifetime_value(margin, stay_old) - lifetime_value(margin, stay_new))
    return Swap(keeping, winning, waiting, gap, winning - keeping + waiting + gap)


def word_of_mouth(
    satisfied: float,
    dissatisfied: float,
    silent: float = 0.0,
    leads: float | None = None,
    deals: float | None = None,
    reach: float | None = None,
) -> dict[str, float]:
    """Return the talk of satisfied and dissatisfied clients, by the trade's folk numbers.

    The numbers come from sales lore of the 1990s; they are here to be doubted. Real client
    bases are mostly light buyers who say little, and recommendations come from few.

    Parameters
    ----------
    satisfied, dissatisfied : float
        Clients.
    silent : float
        Share of the dissatisfied who tell nobody.
    leads, deals, reach : float, optional
        Possible deals a satisfied client stirs, how many of those close, and people a
        dissatisfied one puts off.

    Returns
    -------
    dict
        ``heard_good``, ``expected_deals``, ``heard_bad``, and ``balance``: how many satisfied
        clients it takes to reach as many people as one dissatisfied does.

    Examples
    --------
    >>> word_of_mouth(100, 10)
    {'heard_good': 800.0, 'expected_deals': 100.0, 'heard_bad': 250.0, 'balance': 3.125}
    """
    leads = assumed("leads_of_satisfied") if leads is None else leads
    deals = assumed("deals_of_leads") if deals is None else deals
    reach = assumed("reach_of_dissatisfied") if reach is None else reach
    return {
        "heard_good": satisfied * leads,
        "expected_deals": satisfied * leads * deals,
        "heard_bad": dissatisfied * reach * (1 - silent),
        "balance": reach * (1 - silent) / leads,
    }


def client_values(measures: pd.DataFrame, stay: pd.Series | float) -> pd.DataFrame:
    """Return every client's lifetime value from contribution and chance of staying.

    The cost of serving is taken as the assumed share of the contribution; contribution below
    zero has no future value, it is stopped.

    Parameters
    ----------
    measures : DataFrame
        ``client_id`` and ``contribution_12m`` (fen).
    stay : Series or float
        Chance of staying a year, by ``client_id`` or the same for all.

    Returns
    -------
    DataFrame
        ``client_id``, ``margin`` (fen a year), ``stay``, ``lifetime_value`` (fen).

    Examples
    --------
    >>> two = pd.DataFrame({"client_id": ["1", "2"], "contribution_12m": [1000_00, 0]})
    >>> client_values(two, 0.9)["lifetime_value"].tolist()
    [350000.0, 0.0]
    """
    margin = measures["contribution_12m"].astype("float64").clip(lower=0)
    margin *= 1 - assumed("serving_share")
    chance = measures["client_id"].map(stay) if isinstance(stay, pd.Series) else stay
    return pd.DataFrame({
        "client_id": measures["client_id"], "margin": margin, "stay": chance,
        "lifetime_value": lifetime_value(margin, chance).round(),
    })  # fmt: skip


def payback(spend: list[float], gain: list[float]) -> pd.DataFrame:
    """Return the course of an investment in clients: down first, up later (the J-curve).

    Parameters
    ----------
    spend, gain : list of float
        By month, fen.

    Returns
    -------
    DataFrame
        ``month`` (from 1), ``balance`` (so far), ``repaid``.

    Examples
    --------
    >>> payback([100, 20, 20], [0, 60, 90])["balance"].tolist()
    [-100, -60, 10]
    """
    balance = np.cumsum(np.asarray(gain)) - np.cumsum(np.asarray(spend))
    months = np.arange(1, len(balance) + 1)
    return pd.DataFrame({"month": months, "balance": balance, "repaid": balance >= 0})
