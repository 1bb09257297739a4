"""How long each client of a book was under observation, and how it ended."""

from datetime import date

import pandas as pd

from crmkit.analysis.churn.labels import population
from crmkit.analysis.tiering import tier_book
from crmkit.book.book import ClientBook
from crmkit.book.rewind import ended, rewind


def spells(book: ClientBook, start: date) -> pd.DataFrame:
    """Return one spell per client who was there on a day, by the tier of that day.

    Everybody is watched from the same day on, so nobody counts for years before the book
    began. Who has not closed the account is censored at the last month on record, the silent
    among them too: they are still clients.

    Parameters
    ----------
    book : ClientBook
    start : date

    Returns
    -------
    DataFrame
        ``client_id``, ``group`` (tier on that day), ``time`` (months), ``left``.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=200, seed=1, as_of="2026-01-05")
    >>> found = spells(book, date(2024, 12, 31))
    >>> int(found["time"].max()), set(found["group"]) <= set("ABCD")
    (12, True)
    """
    here = population(book, start)
    tiers = tier_book(rewind(book, start)).tiers.set_index("client_id")["tier"]
    whole = book.activity[ended(book.activity["month"]) <= pd.Timestamp(book.as_of)]
    last = whole.groupby("client_id")["month"].max().reindex(here)
    first = pd.Timestamp(start)
    months = (last.dt.year - first.year) * 12 + last.dt.month - first.month
    lost = book.client.set_index("client_id")["stage"].reindex(here) == "lost"
    return pd.DataFrame({
        "client_id": here, "group": tiers.reindex(here).astype("str"), "time": months, "left": lost,
    }).reset_index(drop=True)  # fmt: skip
