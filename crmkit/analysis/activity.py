"""Measures per client: what each one brought, how often the money turned over, since when.

Written once for tables of any kind; `measures` is the same for a book in memory.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd

from crmkit.analysis.frames import (
    Tables,
    day_number,
    fetched,
    held,
    lazy,
    month_number,
    stored,
    whole,
    without_nan,
)
from crmkit.analysis.profile import last_contact, last_signs, products, profiles
from crmkit.book.book import ClientBook
from crmkit.book.results import MEASURES
from crmkit.book.schema import conform

#: Two-sided trades per year over assets, assumed where a book has no monthly activity: the
#: money is invested and taken out four times a year. A teaching assumption, not a statistic;
#: it fixes the scale of the estimate and leaves the order of the clients as it is.
ASSUMED_TURNOVER = 8.0

#: Engines divide by a constant in two ways, which differ in the last digit, and multiply in one.
PER_MILLE = 0.001

_ADDED = ("trade_amount", "trades", "uncharged", "inflow", "outflow", "pnl", "logins")
_RENAMED = {f"{name}_12m": name for name in ("inflow", "outflow", "pnl", "logins")}


def measures(
    book: ClientBook, months: int = 12, assumed_turnover: float = ASSUMED_TURNOVER
) -> pd.DataFrame:
    """Return what every client brought and did over the latest months of the book.

    Contribution is commission plus income from other products. Turnover is the value of
    purchases and sales over average assets, per year. Where a client has no monthly
    activity, contribution is estimated as assets x commission rate x ``assumed_turnover``
    and turnover stays missing.

    Parameters
    ----------
    book : ClientBook
    months : int
        Length of the window; it ends with the latest month of the book's activity. Of a
        book that holds fewer months, what is income is scaled to the window; flows and
        profit are what they were.
    assumed_turnover : float
        Two-sided turnover per year for the estimate.

    Returns
    -------
    DataFrame
        One row per client with the columns of ``book.results.MEASURES``: money in fen,
        turnover per year, days as whole numbers, ``basis`` measured, estimated, or unknown
        where even the estimate lacks a number.

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
    found = measure(book.tables, book.as_of, months, assumed_turnover)
    return conform(found.collect().to_native().reset_index(drop=True), MEASURES)


def measure(
    tables: Tables, as_of: date, months: int = 12, assumed_turnover: float = ASSUMED_TURNOVER
) -> nw.LazyFrame[Any]:
    """Return the measures of a book's tables of any kind, worked out where the tables are.

    Parameters
    ----------
    tables : mapping of str to table
        ``client``, ``account``, ``activity``, ``contact`` and ``holding`` with the columns
        of the schema: pandas or Polars frames, DuckDB relations or Spark frames, all alike.
    as_of : date
    months : int
    assumed_turnover : float

    Returns
    -------
    narwhals.LazyFrame
        As `measures`, in no order; ``to_native()`` gives the kind that was put in.

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2010, 6, 3), client=pd.DataFrame({"client_id": ["13131"]}))
    >>> measure(book.tables, book.as_of).collect()["basis"].to_list()
    ['unknown']
    """
    past = _until(lazy(tables["activity"]), as_of)
    window = _window(past, months)
    recent = past.filter(nw.col("at") > window.last - months)
    assets = _holdings(lazy(tables["account"]))
    rows = profiles(lazy(tables["client"]), as_of).with_columns(
        since=window.last - month_number(nw.col("open_date")) + 1
    )
    for found in (
        assets,
        _sums(recent),
        _average_assets(recent, assets),
        last_signs(past, as_of),
        last_contact(lazy(tables["contact"]), as_of),
        products(lazy(tables["client"]), lazy(tables["holding"])),
    ):
        rows = rows.join(found, on="client_id", how="left")
    return _worked_out(rows, window, months, assumed_turnover)


@dataclass(frozen=True)
class _Window:
    """The number of the latest month on record and how many months are covered, 0 for none."""

    last: int
    covered: int


def _until(activity: nw.LazyFrame[Any], as_of: date) -> nw.LazyFrame[Any]:
    known = held(day_number(nw.col("month")) <= as_of.toordinal())
    return activity.filter(known).with_columns(at=month_number(nw.col("month")))


def _window(past: nw.LazyFrame[Any], months: int) -> _Window:
    last = fetched(past.select(nw.col("at").max()))["at"].to_list()[0]
    if last is None or last != last:  # no month at all
        return _Window(0, 0)
    inside = past.filter(nw.col("at") > int(last) - months).select("at").unique()
    return _Window(int(last), fetched(inside.select(n=nw.len()))["n"].to_list()[0])


def _holdings(account: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return assets and the asset-weighted commission rate by client."""
    rows = without_nan(account.select("client_id", "assets", "commission_rate"))
    weight = nw.max_horizontal(nw.col("assets").fill_null(0), nw.lit(1))
    rows = rows.with_columns(weight=nw.when(~nw.col("commission_rate").is_null()).then(weight))
    rows = rows.with_columns(paid=nw.col("commission_rate") * nw.col("weight"))
    sums = rows.group_by("client_id").agg(
        nw.col("assets").sum(),
        nw.col("assets").count().alias("known"),
        nw.col("paid", "weight").sum(),
    )
    return sums.select(
        "client_id",
        assets=nw.when(nw.col("known") > 0).then(nw.col("assets").cast(nw.Float64)),
        rate=nw.when(held(nw.col("weight") > 0)).then(nw.col("paid") / nw.col("weight")),
    )


def _sums(recent: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return sums over the months of a window; a year with a month missing is not a year."""
    charged = ~nw.col("commission").is_null()
    rows = recent.with_columns(
        uncharged=nw.when(charged).then(0).otherwise(nw.col("trade_amount")),
        without=1 - charged.cast(nw.Float64),
    )
    sums = rows.group_by("client_id").agg(
        nw.len().alias("rows"),
        nw.col("commission", "product_income", "without", *_ADDED).sum(),
        nw.col(*_ADDED).count().name.suffix("_known"),
    )
    complete = [
        nw.when(nw.col(f"{name}_known") == nw.col("rows"))
        .then(nw.col(name).cast(nw.Float64))
        .alias(name)
        for name in _ADDED
    ]
    given = nw.col("commission", "product_income").cast(nw.Float64).fill_null(0)
    return sums.with_columns(*complete, given)


def _average_assets(recent: nw.LazyFrame[Any], assets: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return mean assets at month ends, worked back from today's where none are recorded.

    Assets at the end of a month are today's less everything that came in, went out, was
    won or lost since.
    """
    rows = recent
    if fetched(rows.select(n=nw.col("assets_end").is_null().cast(nw.Float64).sum()))["n"][0]:
        rows = _worked_back(rows, assets)
    sums = rows.group_by("client_id").agg(
        nw.col("assets_end").sum().alias("sum"), nw.col("assets_end").count().alias("count")
    )
    mean = nw.col("sum").cast(nw.Float64) / nw.col("count").cast(nw.Float64)
    return sums.filter(nw.col("count") > 0).select("client_id", average=mean)


def _worked_back(rows: nw.LazyFrame[Any], assets: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    gained = (
        nw.col("inflow").fill_null(0) - nw.col("outflow").fill_null(0) + nw.col("pnl").fill_null(0)
    ).cast(nw.Float64)
    rows = rows.select("client_id", "at", "assets_end", gained=gained)
    until_now = nw.col("gained").cum_sum(reverse=True).over("client_id", order_by="at")
    rows = rows.with_columns(since=until_now - nw.col("gained"))
    rows = rows.join(assets.select("client_id", "assets"), on="client_id", how="left")
    left = nw.col("assets") - nw.col("since")
    left = nw.when(held(left >= 0)).then(left).otherwise(nw.when(held(left < 0)).then(0))
    ends = nw.when(~nw.col("assets_end").is_null()).then(nw.col("assets_end")).otherwise(left)
    return rows.with_columns(assets_end=ends)


def _worked_out(
    rows: nw.LazyFrame[Any], window: _Window, months: int, assumed_turnover: float
) -> nw.LazyFrame[Any]:
    """Return the measures from what was found of each client."""
    covered = max(window.covered, 1)
    with_us = nw.col("since").fill_null(covered).clip(1, covered).cast(nw.Float64)
    measured = ~nw.col("rows").is_null()
    estimate = nw.col("assets") * nw.col("rate") * (assumed_turnover * PER_MILLE)
    average = nw.when(nw.col("average").is_null()).then(nw.col("assets"))
    rows = rows.with_columns(
        average=average.otherwise(nw.col("average")), commission=_commission()
    ).with_columns(income=nw.col("commission") + nw.col("product_income"))

    def a_year(name: str) -> nw.Expr:
        return whole(nw.col(name) * (months / covered))

    basis = nw.when(measured).then(nw.lit("measured")).otherwise(nw.lit("estimated"))
    rows = rows.with_columns(
        average_assets=whole(nw.col("average")),
        trade_amount_12m=a_year("trade_amount"),
        trades_12m=a_year("trades"),
        commission_12m=a_year("commission"),
        product_income_12m=nw.when(measured).then(a_year("product_income")),
        contribution_12m=nw.when(measured).then(a_year("income")).otherwise(whole(estimate)),
        turnover_ratio=_turnover(nw.col("trade_amount"), nw.col("average"), with_us),
        net_flow_12m=nw.col("inflow") - nw.col("outflow"),
        return_12m=nw.when(held(nw.col("average") > 0)).then(nw.col("pnl") / nw.col("average")),
        **{new: nw.col(old) for new, old in _RENAMED.items()},
    )
    unknown = nw.when(nw.col("contribution_12m").is_null()).then(nw.lit("unknown"))
    return stored(rows.with_columns(basis=unknown.otherwise(basis)), MEASURES)


def _commission() -> nw.Expr:
    """Return commission charged, from trades and rate in months that do not say."""
    charged = whole(nw.col("uncharged") * nw.col("rate") * PER_MILLE)
    added = nw.when(held(nw.col("without") > 0)).then(charged).otherwise(0)
    return nw.when(~nw.col("uncharged").is_null()).then(nw.col("commission") + added)


def _turnover(trades: nw.Expr, average: nw.Expr, months: nw.Expr) -> nw.Expr:
    """Return trades over average assets a year; nothing traded on nothing is zero."""
    ratio = nw.when(held(average > 0)).then(trades * 12 / (average * months))
    return nw.when(held(trades == 0) & held(average == 0)).then(0.0).otherwise(ratio)
