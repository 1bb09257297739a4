"""What a price does to the business: what is left, how far a cut can go, what makes up for it.

Rates are per mille per side, turnover counts both sides of a year, ``collected`` is what an
all-in commission passes on to exchange and regulator (`crmkit.pricing.fees.pass_through`).
Money is in fen and may be a number, an array or a column; results are not rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from crmkit.errors import CrmkitError
from crmkit.rules import Rulebook, read_rules
from crmkit.words import t


def effective_rate(amount: Any, rate: float, minimum: float) -> Any:
    """Return what small orders really pay, per mille.

    Parameters
    ----------
    amount : number or array
        Of one order, fen.
    rate : float
        Per mille as quoted.
    minimum : float
        Least commission per trade, fen.

    Examples
    --------
    >>> [effective_rate(cny * 100, 0.25, 500) for cny in (5_000, 10_000, 20_000, 50_000)]
    [1.0, 0.5, 0.25, 0.25]
    """
    return np.maximum(rate, minimum / np.asarray(amount, "float64") * 1000)[()].tolist()


def least_order(rate: float, minimum: float) -> float:
    """Return the order, in fen, from which on the quoted rate is what one pays.

    Raises
    ------
    CrmkitError
        ``pricing.not_above_zero`` for a rate that is not.

    Examples
    --------
    >>> least_order(0.25, 500) / 100
    20000.0
    """
    if np.any(np.asarray(rate) <= 0):
        raise CrmkitError("pricing.not_above_zero", what=t("pricing.what.rate"), value=rate)
    return minimum / rate * 1000


def firm_net(traded: Any, rate: Any, collected: float) -> Any:
    """Return what the firm keeps of its commissions: traded x (rate - collected).

    >>> firm_net(400_000_00, 1.0, 0.0541) / 100
    378.36
    """
    return traded * (rate - collected) / 1000


@dataclass(frozen=True)
class Terms:
    """How a manager is paid and what serving costs.

    Attributes
    ----------
    payout, tax : float
        Shares: of net commission for the manager, of commission for the tax office.
    minute : float
        Cost of a minute of service, fen.
    """

    payout: float
    tax: float
    minute: float


def terms(on: date, rules: Rulebook | None = None) -> Terms:
    """Return the terms of the rules; assumptions of the course unless a firm gave its own."""
    rules = rules or read_rules()
    payout, tax, minute = (rules.value(f"pay.{name}", on) for name in ("payout", "tax", "minute"))
    return Terms(payout, tax, minute * 100)


def manager_net(
    traded: Any,
    rate: Any,
    collected: float,
    agreed: Terms,
    products: Any = 0,
    minutes: Any = 0,
    cash: Any = 0,
) -> Any:
    """Return what is left for the manager.

    payout x [traded x (rate - collected) x (1 - tax) + products] - minute x minutes - cash

    Parameters
    ----------
    traded, products, cash : fen
        Turnover of a year, income from other business, money spent on the client.
    rate, collected : per mille
    agreed : Terms
    minutes : number
        Time spent in the year.

    Examples
    --------
    >>> round(manager_net(10_000_000_00, 0.3, 0.0541, Terms(0.3, 0.06, 100), minutes=120))
    57344
    """
    commission = firm_net(traded, rate, collected) * (1 - agreed.tax)
    return agreed.payout * (commission + products) - agreed.minute * minutes - cash


def break_even(old: float, new: float, collected: float) -> float:
    """Return by what turnover must be multiplied so that a cut costs the firm nothing.

    (old - collected) / (new - collected): the fees collected for others do not shrink along.

    Raises
    ------
    CrmkitError
        ``pricing.below_cost`` when the new rate leaves nothing.

    Examples
    --------
    >>> [round(break_even(*cut, 0.0541), 3) for cut in ((0.30, 0.20), (0.30, 0.15), (1.0, 0.8))]
    [1.685, 2.564, 1.268]
    """
    _above_cost(new, collected)
    return (old - collected) / (new - collected)


def deepest_cut(
    old: float, collected: float, stay_without: float, stay_with: float, kept: float = 1.0
) -> float:
    """Return the lowest rate at which keeping a leaver is worth the cut.

    collected + (stay_without / stay_with) x (old - collected) / kept. Below it, letting the
    client go brings more than the discount.

    Parameters
    ----------
    old, collected : float
        Per mille.
    stay_without, stay_with : float
        Probability that the client stays at the old rate, and at the new one.
    kept : float
        Turnover after over turnover before.

    Raises
    ------
    CrmkitError
        ``pricing.not_a_chance`` for a probability that is none, ``pricing.below_cost``, or
        ``pricing.not_above_zero`` where nothing is kept.

    Examples
    --------
    >>> round(deepest_cut(0.30, 0.0541, 0.55, 0.80), 3)
    0.223
    """
    for chance in (stay_without, stay_with):
        if not 0 < chance <= 1:
            raise CrmkitError("pricing.not_a_chance", value=chance)
    _above_cost(old, collected)
    if kept <= 0:
        raise CrmkitError("pricing.not_above_zero", what=t("pricing.what.kept"), value=kept)
    return min(old, collected + stay_without / stay_with * (old - collected) / kept)


@dataclass(frozen=True)
class Business:
    """A year of a group of clients, the amounts per client, in fen.

    Attributes
    ----------
    clients : float
    traded : float
        Turnover per client.
    products : float
        Income from other business per client.
    cost : float
        Of serving all of them.
    rate : float
        Per mille.
    """

    clients: float
    traded: float
    products: float
    cost: float
    rate: float

    def net(self, collected: float) -> float:
        """Return what the firm has left after the fees of others and the cost of serving."""
        each = firm_net(self.traded, self.rate, collected) + self.products
        return float(self.clients * each - self.cost)


#: What a client's rate is beside the published one.
VERDICTS = pd.CategoricalDtype(["fair", "owed", "off_tariff"])
#: The deck's four answers to the commission war, each by what it changes.
LEVERS: Mapping[str, int] = MappingProxyType({"clients": 1, "traded": 1, "products": 1, "cost": -1})


def four_answers(
    business: Business, new_rate: float, collected: float, moves: Mapping[str, float]
) -> pd.DataFrame:
    """Return what each of the four answers does about a cut, and what all do together.

    Parameters
    ----------
    business : Business
        Before the cut.
    new_rate, collected : float
        Per mille.
    moves : mapping of str to float
        By lever (clients, traded, products, cost) the change dared, as a share; a cost that
        falls by a tenth is 0.1 as well. Levers left out stay still.

    Returns
    -------
    DataFrame
        ``lever``, ``move``, ``gain`` (fen a year, against doing nothing after the cut),
        ``alone`` (the move by which this lever alone makes good the cut; infinite if none),
        then one row ``together`` whose gain is that of all moves at once.

    Examples
    --------
    >>> year = Business(clients=300, traded=800_000_00, products=100_00, cost=60_000_00, rate=0.3)
    >>> table = four_answers(year, 0.2, 0.0541, {"clients": 0.1, "cost": 0.1})
    >>> (table["gain"] / 100).round().tolist()
    [6502.0, 0.0, 0.0, 6000.0, 12502.0]
    """
    cut = replace(business, rate=new_rate)
    after = cut.net(collected)
    lost = business.net(collected) - after
    rows = []
    for lever in LEVERS:
        move = moves.get(lever, 0.0)
        whole = _moved(cut, {lever: 1.0}).net(collected) - after
        gain = _moved(cut, {lever: move}).net(collected) - after
        alone = lost / whole if whole > 0 else np.inf
        rows.append({"lever": lever, "move": move, "gain": gain, "alone": alone})
    together = _moved(cut, moves).net(collected) - after
    rows.append({"lever": "together", "move": np.nan, "gain": together, "alone": np.nan})
    return pd.DataFrame(rows)


def published_rate(
    assets: pd.Series, traded: pd.Series, on: date, rules: Rulebook | None = None
) -> pd.Series:
    """Return the rate that the published tariff gives each client, per mille.

    A client stands on the best step that assets or turnover of a year reach; what is missing
    counts as nothing.

    Parameters
    ----------
    assets, traded : Series
        Fen.
    on : date
    rules : Rulebook, optional

    Examples
    --------
    >>> few, more = pd.Series([10_000_00, 5_000_000_00]), pd.Series([0, 0])
    >>> published_rate(few, more, date(2026, 6, 30)).tolist()
    [0.3, 0.15]
    """
    steps = (rules or read_rules()).value("tariff", on)
    assets, traded = assets.astype("Float64").fillna(0), traded.astype("Float64").fillna(0)
    rate = pd.Series(float(steps[0]["rate"]), index=assets.index)
    for step in steps[1:]:
        reached = (assets >= step["assets"] * 100) | (traded >= step["traded"] * 100)
        rate = rate.mask(reached.astype(bool), float(step["rate"]))
    return rate


def fair_offers(clients: pd.DataFrame, on: date, rules: Rulebook | None = None) -> pd.DataFrame:
    """Return whether what each client pays, or is to be offered, is what everybody may read.

    Parameters
    ----------
    clients : DataFrame
        ``client_id``, ``assets``, ``trade_amount_12m`` (fen) and ``commission_rate``: the
        rate paid or offered, per mille.
    on : date
    rules : Rulebook, optional

    Returns
    -------
    DataFrame
        ``client_id``, ``published_rate``, ``verdict`` (fair; owed: pays more than published,
        so the cut is due without asking; off_tariff: pays less, which needs approval;
        missing where the rate is not known), ``alike`` (whether all clients of the same
        step pay the same) and ``cost_12m`` (fen a year for giving an owed client the
        published rate).
    """
    rate = clients["commission_rate"].astype("float64")
    published = published_rate(clients["assets"], clients["trade_amount_12m"], on, rules)
    gap = (rate - published).round(5)
    words = np.select([gap > 0, gap < 0], ["owed", "off_tariff"], "fair")
    verdict = pd.Series(words, index=clients.index).astype(VERDICTS).mask(gap.isna())
    traded = clients["trade_amount_12m"].astype("Float64").fillna(0)
    return pd.DataFrame(
        {
            "client_id": clients["client_id"],
            "published_rate": published,
            "verdict": verdict,
            "alike": rate.groupby(published).transform("nunique") <= 1,
            "cost_12m": (traded * gap.clip(lower=0).fillna(0) / 1000).round().astype("Int64"),
        }
    )


def _moved(business: Business, moves: Mapping[str, float]) -> Business:
    changed = {
        lever: getattr(business, lever) * (1 + LEVERS[lever] * move)
        for lever, move in moves.items()
    }
    return replace(business, **changed)


def _above_cost(rate: float, collected: float) -> None:
    if rate <= collected:
        raise CrmkitError("pricing.below_cost", rate=rate, collected=collected)
