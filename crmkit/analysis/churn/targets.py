"""Whom to keep: where acting changes most for what it costs, which is not the highest risk."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.analysis.churn.evaluation import profit_curve
from crmkit.book.results import SAVE_LIST
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError
from crmkit.words import t


@dataclass(frozen=True)
class Targets:
    """A list of whom to keep and what it is expected to bring.

    Attributes
    ----------
    clients : DataFrame
        With the columns of ``book.results.SAVE_LIST``, those chosen first.
    profit : float
        Expected of the list, fen.
    profit_by_risk : float
        Of as many clients taken by highest risk, fen.
    notes : tuple of str
    """

    clients: pd.DataFrame
    profit: float
    profit_by_risk: float
    notes: tuple[str, ...]


def pick_targets(clients: pd.DataFrame, most: int | None = None, by: str = "gain") -> Targets:
    """Return whom to approach: uplift x value - cost above nothing, best first.

    The highest risk is not the best target (Ascarza 2018): some leave whatever one does, some
    leave because they were reminded, and some are not worth the effort.

    Parameters
    ----------
    clients : DataFrame
        ``client_id``, ``risk``, ``uplift`` (chances), ``value``, ``cost`` (fen) and, where
        known, ``do_not_contact`` and ``leaving`` (has asked for the transfer: help with it,
        do not sell).
    most : int, optional
        How many can be approached.
    by : {"gain", "risk"}
        ``risk`` is there for comparison and says so.

    Raises
    ------
    CrmkitError
        ``churn.no_uplift`` without a column of uplift, ``churn.bad_order``.

    Examples
    --------
    >>> two = pd.DataFrame({"client_id": ["1", "2"], "risk": [0.9, 0.3], "uplift": [0.0, 0.1],
    ...                     "value": [100_00, 5000_00], "cost": [20_00, 20_00]})
    >>> pick_targets(two).clients[["client_id", "chosen"]].values.tolist()
    [['2', True], ['1', False]]
    """
    if by not in ("gain", "risk"):
        raise CrmkitError("churn.bad_order", order=by)
    if "uplift" not in clients:
        raise CrmkitError("churn.no_uplift")
    rows = clients.reset_index(drop=True)
    exact = rows["uplift"] * rows["value"].astype("float64") - rows["cost"].astype("float64")
    gain = exact.fillna(-np.inf)
    barred = _flag(rows, "do_not_contact") | _flag(rows, "leaving")
    order = gain if by == "gain" else rows["risk"].astype("float64")
    allowed = ~barred & ((gain > 0) if by == "gain" else True)
    place = order.where(allowed).rank(ascending=False, method="first")
    limit = len(rows) if most is None else most
    chosen = (place <= limit).fillna(False)
    count = int(chosen.sum())
    free = rows[~barred].assign(gain=gain[~barred])
    table = rows.assign(
        gain=exact.round(),
        value=rows["value"].astype("float64").round(),
        cost=rows["cost"].astype("float64").round(),
        rank_gain=gain.rank(ascending=False, method="first"),
        rank_risk=rows["risk"].rank(ascending=False, method="first"),
        chosen=chosen,
        reason=[_why(*row) for row in zip(
            chosen, gain, rows["uplift"], _flag(rows, "do_not_contact"),
            _flag(rows, "leaving"), strict=True)],
    )  # fmt: skip
    table = table.sort_values(["chosen", "gain"], ascending=False, kind="stable")
    notes = [t("churn.by_risk")] if by == "risk" else []
    return Targets(
        conform(table.reset_index(drop=True), SAVE_LIST),
        float(gain[chosen].sum()),
        float(profit_curve(free, "risk")["profit"].iloc[min(count, len(free))]),
        tuple(notes),
    )


def spend(clients: pd.DataFrame, most: int, lists: Sequence[str]) -> pd.DataFrame:
    """Return what it really changed to approach the first so many clients of several lists.

    Only where the truth is known: in a simulated branch, or after the fact in a trial that
    tried both. The last row, ``lot``, is what drawing names by lot brings on average.

    Parameters
    ----------
    clients : DataFrame
        ``kept`` (1: stays because of it, -1: leaves because of it, 0: no difference),
        ``value`` and ``cost`` (fen), and a column for each list, the highest first.
    most : int
    lists : sequence of str

    Returns
    -------
    DataFrame
        Indexed by list: ``approached``, ``kept`` (clients, those driven away taken off),
        ``value`` (fen, of those) and ``cost`` (fen).

    Examples
    --------
    >>> two = pd.DataFrame({"kept": [0, 1], "value": [900, 500], "cost": [50, 50],
    ...                     "risk": [0.9, 0.3], "gain": [10, 200]})
    >>> spend(two, 1, ["risk", "gain"])["value"].tolist()
    [0.0, 500.0, 250.0]
    """
    rows = clients.assign(worth=clients["kept"] * clients["value"].astype("float64").fillna(0))
    parts = {name: rows.nlargest(most, name)[["kept", "worth", "cost"]].sum() for name in lists}
    share = min(most, len(rows)) / max(len(rows), 1)
    parts["lot"] = rows[["kept", "worth", "cost"]].sum() * share
    found = pd.DataFrame(parts).T.rename(columns={"worth": "value"}).rename_axis("list")
    return found.assign(approached=min(most, len(rows)))[["approached", "kept", "value", "cost"]]


def _flag(rows: pd.DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series(False, index=rows.index)
    return rows[name].astype("boolean").fillna(False).astype(bool)


def _why(chosen: bool, gain: float, uplift: float, silent: bool, leaving: bool) -> str:
    if silent:
        return t("churn.why.do_not_contact")
    if leaving:
        return t("churn.why.leaving")
    if np.isinf(gain):
        return t("churn.why.unknown")
    if chosen:
        return t("churn.why.chosen", uplift=uplift, gain=gain / 100)
    if uplift <= 0:
        return t("churn.why.no_effect")
    return t("churn.why.costs_more" if gain <= 0 else "churn.why.no_room", gain=gain / 100)
