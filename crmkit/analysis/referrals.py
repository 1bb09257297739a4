"""Whom one may ask for an introduction, and whom not."""

from datetime import timedelta

import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.book.book import ClientBook
from crmkit.book.results import REFERRAL_ASKS
from crmkit.book.schema import conform
from crmkit.words import t

#: Days within which a talk, and a complaint, count.
TALKED, COMPLAINED = 90, 365


def whom_to_ask(book: ClientBook) -> pd.DataFrame:
    """Return every client with whether to ask for an introduction, and why or why not.

    People trust what friends recommend, so only those are asked who have reason to: spoken to
    within 90 days, no complaint within a year, not at a loss over twelve months. Who has
    recommended before comes first. Nobody is paid for it: rewards for bringing clients are
    against the rules unless the firm's written standard allows them.

    Parameters
    ----------
    book : ClientBook

    Returns
    -------
    DataFrame
        ``client_id``, ``ask``, ``referred_before`` (people brought so far), ``reason``; those
        to ask first.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> asks = whom_to_ask(make_book(n=300, seed=1, as_of="2026-01-05"))
    >>> bool(asks["ask"].iloc[0]), bool(asks["ask"].iloc[-1])
    (True, False)
    """
    client = book.client[~book.client["stage"].isin(["prospect", "lost"])]
    rows = measures(book).set_index("client_id").reindex(client["client_id"])
    since = pd.Timestamp(book.as_of - timedelta(days=COMPLAINED))
    upset = book.complaint.loc[book.complaint["opened"] > since, "client_id"]
    brought = book.referral["referrer_id"].value_counts().reindex(rows.index).fillna(0)
    silent = client.set_index("client_id")["do_not_contact"].fillna(False).astype(bool)
    loss = (rows["return_12m"] < 0).fillna(False).astype(bool)
    talked = (rows["days_since_contact"] <= TALKED).fillna(False).astype(bool)
    why = pd.Series("fit", index=rows.index)
    for name, holds in (
        ("not_spoken", ~talked), ("at_a_loss", loss), ("complained", rows.index.isin(upset)),
        ("silent", silent),
    ):  # fmt: skip
        why = why.mask(holds, name)
    said = [t(f"referrals.{name}", count=int(n)) for name, n in zip(why, brought, strict=True)]
    table = pd.DataFrame({
        "client_id": rows.index, "ask": (why == "fit").to_numpy(),
        "referred_before": brought.to_numpy(),
        "reason": said,
        "income": rows["contribution_12m"].to_numpy(),
    })  # fmt: skip
    order = ["ask", "referred_before", "income"]
    table = table.sort_values(order, ascending=False, kind="stable").reset_index(drop=True)
    return conform(table, REFERRAL_ASKS)
