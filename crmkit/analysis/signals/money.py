"""Money that came, went, was won and lost between two books."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from crmkit.analysis.signals.limits import Found, each
from crmkit.book.book import ClientBook
from crmkit.book.rewind import ended
from crmkit.words import t

_MONEY = ("inflow", "outflow", "pnl", "trade_amount")


def changes(before: ClientBook, after: ClientBook) -> pd.DataFrame:
    """Return what the later book adds to the earlier one, client by client.

    Months that both books hold count by their difference, so that what was posted late is
    seen once.

    Parameters
    ----------
    before, after : ClientBook

    Returns
    -------
    DataFrame
        Indexed by ``client_id``, in fen: ``assets`` (in the earlier book; missing for those
        it did not have), ``assets_now``, ``inflow``, ``outflow``, ``pnl``, ``trade_amount``
        (missing without monthly activity) and ``day``, the last day of the latest new month.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.branch.simulate import make_book
    >>> from crmkit.book.rewind import rewind
    >>> after = make_book(n=50, seed=1, as_of="2026-01-05")
    >>> changes(rewind(after, date(2025, 12, 5)), after)["day"].max()
    Timestamp('2025-12-31 00:00:00')
    """
    key = ["client_id", "month"]
    old, new = (
        book.activity.astype(dict.fromkeys(_MONEY, "float64")).set_index(key)[list(_MONEY)]
        for book in (before, after)
    )
    added = new.sub(old, fill_value=0).reindex(new.index)
    added = added[(added != 0).any(axis=1) | ~added.index.isin(old.index)].reset_index()
    sums = added.groupby("client_id")[list(_MONEY)].sum(min_count=1)
    sums["day"] = ended(added.groupby("client_id")["month"].max())
    clients = pd.Index(after.client["client_id"], name="client_id")
    return sums.reindex(clients).assign(
        assets=_assets(before).reindex(clients), assets_now=_assets(after).reindex(clients)
    )


def _assets(book: ClientBook) -> pd.Series:
    amounts = book.account.astype({"assets": "float64"})
    return amounts.groupby("client_id")["assets"].sum(min_count=1)


def outflow(moved: pd.DataFrame, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who took out much of what they had, or a large sum."""
    net = moved["outflow"] - moved["inflow"]
    yield from _flow(moved, net, limit, "signals.reason.outflow")
    # a ledger has no flows: assets that fell may have been taken out or lost
    fell = (moved["assets"] - moved["assets_now"]).where(net.isna())
    yield from _flow(moved, fell, limit, "signals.reason.fell")


def inflow(moved: pd.DataFrame, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who brought much beside what they had, or a large sum."""
    net = moved["inflow"] - moved["outflow"]
    yield from _flow(moved, net, limit, "signals.reason.inflow")
    rose = (moved["assets_now"] - moved["assets"]).where(net.isna())
    yield from _flow(moved, rose, limit, "signals.reason.rose")


def big_loss(moved: pd.DataFrame, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who lost much of what they had."""
    yield from _flow(moved, -moved["pnl"], limit, "signals.reason.big_loss")


def big_gain(moved: pd.DataFrame, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who won much on what they had."""
    yield from _flow(moved, moved["pnl"], limit, "signals.reason.big_gain")


def _flow(
    moved: pd.DataFrame, amount: pd.Series, limit: Mapping[str, Any], reason: str
) -> Iterator[Found]:
    """Yield those whose amount, in fen, is a large share of their assets or large in itself."""
    share = amount / moved["assets"].where(moved["assets"] > 0)
    much = (amount >= limit["least"] * 100) & (share >= limit["share"])
    if "large" in limit:
        much |= amount >= limit["large"] * 100
    for row in each(moved.assign(amount=amount, part=share)[much]):
        known = pd.notna(row.part)
        said = t(reason if known else f"{reason}_new", amount=row.amount / 100,
                 share=row.part if known else 0, line=limit["share"])  # fmt: skip
        yield Found(str(row.Index), None if pd.isna(row.day) else row.day.date(), said)
