"""What a client leans on, who serves that need, and what to ask before believing it.

The bank's article of the course's sources tells clients who lean on deposits from clients
who lean on loans, and names the roles for each; at a broker cash and steady products stand
for deposits and margin lending for loans, and those who lean on trading are the third kind.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import NEEDS
from crmkit.book.schema import conform
from crmkit.words import t

#: Share of assets in cash and steady products that is leaning on them, and turns a year or
#: trades a year that are leaning on trading. Course defaults.
STEADY_SHARE, TURNS, TRADES = 0.6, 4.0, 36
STEADY = ("wealth", "bond")


def needs(book: ClientBook, measures: pd.DataFrame) -> pd.DataFrame:
    """Return what every client leans on, the roles that serve it, and what to ask.

    Parameters
    ----------
    book : ClientBook
    measures : DataFrame
        Of the same book.

    Returns
    -------
    DataFrame
        ``client_id``, ``reliance`` (missing for people without an account), ``reason``,
        ``roles``, ``service`` and ``ask``, the texts in the language in use.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.analysis.activity import measures
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({"client_id": ["1"]}),
    ...     account=pd.DataFrame({"account_id": ["1"], "client_id": ["1"],
    ...                           "assets": [100_00], "cash": [90_00]}))
    >>> needs(book, measures(book))["reliance"].tolist()
    ['deposits']
    """
    rows = book.client[["client_id", "birth_date"]].merge(measures, on="client_id")
    assets = rows["assets"].astype("float64")
    steady = rows["client_id"].map(_steady(book)) / assets.where(assets > 0)
    borrowed = rows["client_id"].map(_margin(book)).fillna(0)
    turning = (rows["turnover_ratio"] >= TURNS) | (rows["trades_12m"].fillna(0) >= TRADES)
    cases = [borrowed > 0, turning.astype("bool"), steady >= STEADY_SHARE]
    kinds = pd.Series(np.select(cases, ["loans", "trading", "deposits"], "balanced"), rows.index)
    figures = zip(kinds, steady, borrowed, rows["turnover_ratio"], rows["trades_12m"], strict=True)
    reasons = [_reason(*row) for row in figures]
    known = assets.notna()
    texts = {part: [t(f"need.{kind}.{part}") for kind in kinds] for part in ("roles", "ask")}
    stages = _stage_of_life(rows["birth_date"], book.as_of)
    service = [
        t("need.service", service=t(f"need.{kind}.service"), plan=t(f"need.plan.{stage}"))
        for kind, stage in zip(kinds, stages, strict=True)
    ]
    found = pd.DataFrame({"client_id": rows["client_id"], "reliance": kinds, "reason": reasons,
                          "service": service, **texts})  # fmt: skip
    found.loc[~known, ["reliance", "roles", "service", "ask"]] = None
    found.loc[~known, "reason"] = t("need.no_account")
    return conform(found, NEEDS)


def _steady(book: ClientBook) -> pd.Series:
    """Return cash, wealth products and bonds by client, fen."""
    cash = book.account["cash"].astype("float64").groupby(book.account["client_id"])
    held = book.holding[book.holding["kind"].isin(STEADY)]
    products = held["amount"].astype("float64").groupby(held["client_id"]).sum()
    return cash.sum(min_count=1).add(products, fill_value=0)


def _margin(book: ClientBook) -> pd.Series:
    lent = book.holding[book.holding["kind"] == "margin"]
    return lent["amount"].astype("float64").groupby(lent["client_id"]).sum()


def _stage_of_life(born: pd.Series, as_of: date) -> list[str]:
    """Return which plans come into question: by age, which says what to ask and no more."""
    ages = as_of.year - born.dt.year
    stages = np.select([ages < 30, ages < 45, ages < 60, ages >= 60],
                       ["start", "family", "before_rest", "rest"], "unknown")  # fmt: skip
    return [str(stage) for stage in stages]


def _reason(kind: str, steady: float, borrowed: float, turns: Any, trades: Any) -> str:
    if kind == "loans":
        return t("need.loans.reason", amount=borrowed / 100)
    if kind == "deposits":
        return t("need.deposits.reason", share=steady)
    if kind == "trading":
        if pd.notna(turns):
            return t("need.trading.reason", turns=turns)
        return t("need.trading.often", trades=int(trades))
    return t("need.balanced.reason")
