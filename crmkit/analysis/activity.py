"""Measures per client: what each one brought, and how often the money turned over."""

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import MEASURES
from crmkit.book.schema import conform

#: Two-sided trades per year over assets, assumed where a book has no monthly activity: the
#: money is invested and taken out four times a year. A teaching assumption, not a statistic;
#: it fixes the scale of the estimate and leaves the order of the clients as it is.
ASSUMED_TURNOVER = 8.0


def measures(
    book: ClientBook, months: int = 12, assumed_turnover: float = ASSUMED_TURNOVER
) -> pd.DataFrame:
    """Return contribution and turnover of every client over the latest months of the book.

    Contribution is commission plus income from other products. Turnover is the value of
    purchases and sales over average assets, per year. Where a client has no monthly
    activity, contribution is estimated as assets x commission rate x ``assumed_turnover``
    and turnover stays missing.

    Parameters
    ----------
    book : ClientBook
    months : int
        Length of the window; it ends with the latest month of the book's activity. A book
        that holds fewer months is scaled to the window.
    assumed_turnover : float
        Two-sided turnover per year for the estimate.

    Returns
    -------
    DataFrame
        One row per client: ``client_id``, ``assets``, ``average_assets``,
        ``trade_amount_12m``, ``contribution_12m`` (all fen), ``turnover_ratio`` (per year),
        ``basis``: measured, estimated, or unknown where even the estimate lacks a number.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2010, 6, 3),
    ...     client=pd.DataFrame({"client_id": ["13131", "13132"]}),
    ...     account=pd.DataFrame({"account_id": ["13131", "13132"],
    ...                           "client_id": ["13131", "13132"],
    ...                           "assets": [10_000_000, 20_000_000],
    ...                           "commission_rate": [1.0, 0.8]}))
    >>> measures(book)[["client_id", "contribution_12m", "basis"]]
      client_id  contribution_12m      basis
    0    13131             80000  estimated
    1    13132            128000  estimated
    """
    clients = _holdings(book)
    past = book.activity[book.activity["month"] <= pd.Timestamp(book.as_of)]
    window = _window(past, clients["commission_rate"], months)
    covered = window["month"].nunique()
    scale = months / covered if covered else 1.0
    # a year with a month missing is not a year: no skipping of gaps
    sums = window.groupby("client_id")[["trade_amount", "income"]].sum(skipna=False)
    sums = sums.reindex(clients.index)
    average = _average_assets(clients["assets"], window)
    measured = clients.index.isin(window["client_id"])
    per_year = 12 / _months_with_us(book, window["month"].max(), covered)
    estimate = clients["assets"] * clients["commission_rate"] / 1000 * assumed_turnover
    contribution = (sums["income"] * scale).where(measured, estimate)
    basis = np.where(measured, "measured", "estimated")
    result = pd.DataFrame(
        {
            "client_id": clients.index,
            "assets": _fen(clients["assets"]),
            "average_assets": _fen(average),
            "trade_amount_12m": _fen(sums["trade_amount"] * scale),
            "contribution_12m": _fen(contribution),
            "turnover_ratio": _turnover(sums["trade_amount"], average, per_year),
            "basis": np.where(contribution.isna(), "unknown", basis),
        }
    )
    return conform(result.reset_index(drop=True), MEASURES)


def _holdings(book: ClientBook) -> pd.DataFrame:
    """Return assets and the asset-weighted commission rate by client, in the book's order."""
    account = book.account.assign(
        assets=book.account["assets"].astype("float64"),
        weight=book.account["assets"].astype("float64").fillna(0).clip(lower=1),
    )
    account["paid"] = account["commission_rate"] * account["weight"]
    account["weight"] = account["weight"].where(account["commission_rate"].notna())
    sums = account.groupby("client_id")[["assets", "paid", "weight"]].sum(min_count=1)
    sums["commission_rate"] = sums["paid"] / sums["weight"]
    return sums[["assets", "commission_rate"]].reindex(book.client["client_id"].to_numpy())


def _window(activity: pd.DataFrame, rate: pd.Series, months: int) -> pd.DataFrame:
    """Return the latest months of activity with the income of each, amounts as floats."""
    first = activity["month"].max() - pd.DateOffset(months=months)
    amounts = ["trade_amount", "commission", "product_income", "inflow", "outflow", "pnl",
               "assets_end"]  # fmt: skip
    rows: pd.DataFrame = activity[activity["month"] > first].astype(
        dict.fromkeys(amounts, "float64")
    )
    charged = rows["trade_amount"] * rows["client_id"].map(rate).astype("float64") / 1000
    commission = rows["commission"].fillna(charged)
    return rows.assign(income=commission + rows["product_income"].fillna(0))


def _months_with_us(book: ClientBook, last: pd.Timestamp, covered: int) -> pd.Series:
    """Return how many of the covered months each client's account has been open."""
    opened = book.client.set_index("client_id")["open_date"]
    since: pd.Series = (last.year - opened.dt.year) * 12 + last.month - opened.dt.month + 1
    return since.clip(lower=1, upper=max(covered, 1)).fillna(max(covered, 1))


def _average_assets(assets: pd.Series, window: pd.DataFrame) -> pd.Series:
    """Return mean assets at month ends, worked back from today's where none are recorded.

    Assets at the end of a month are today's less everything that came in, went out, was
    won or lost since.
    """
    rows = window.sort_values(["client_id", "month"], ascending=[True, False])
    gained = rows["inflow"].fillna(0) - rows["outflow"].fillna(0) + rows["pnl"].fillna(0)
    since = gained.groupby(rows["client_id"]).cumsum() - gained
    worked_back = (rows["client_id"].map(assets).astype("float64") - since).clip(lower=0)
    at_month_end = rows["assets_end"].fillna(worked_back)
    return at_month_end.groupby(rows["client_id"]).mean().reindex(assets.index).fillna(assets)


def _turnover(trades: pd.Series, average: pd.Series, per_year: pd.Series) -> pd.Series:
    """Return trades over average assets a year; nothing traded on nothing is zero."""
    ratio = trades / average.where(average > 0) * per_year
    return ratio.mask((trades == 0) & (average == 0), 0.0)


def _fen(amounts: pd.Series) -> pd.Series:
    return amounts.round().astype("Int64")
