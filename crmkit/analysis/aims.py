"""What each stage of a relationship is for, and how far a book has got with it.

The training deck of 2010-06-03: prospects are to be won, new clients served, old clients kept
from leaving, and looking after them happens before the account is opened, after it, and while
serving. Each stage has its own measure; commission is the measure of none.
"""

from datetime import timedelta

import pandas as pd

from crmkit.analysis.lifecycle import NEW_MONTHS
from crmkit.book.book import ClientBook
from crmkit.book.results import AIMS
from crmkit.book.schema import conform
from crmkit.words import t

MOMENTS = ("before", "after", "serving")
#: Days within which a prospect should have been reached. A course default.
TOUCHED = 90


def aims(book: ClientBook) -> pd.DataFrame:
    """Return each stage's goal and the share of people with whom it was reached.

    Prospects: reached within 90 days. New: those who opened within a year and have traded
    since. Old: those with assets a year ago who have not left.

    Parameters
    ----------
    book : ClientBook

    Returns
    -------
    DataFrame
        ``stage``, ``people``, ``goal``, ``measure``, ``reached`` (0 to 1, missing where
        there is nobody or no record).

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> aims(make_book(n=300, seed=1, as_of="2026-01-05", months=14))["stage"].tolist()
    ['prospect', 'new', 'existing']
    """
    done = {"prospect": _touched(book), "new": _begun(book), "existing": _stayed(book)}
    rows = [
        {"stage": stage, "people": len(reached), "reached": reached.astype("float64").mean(),
         "goal": t(f"aims.{stage}.goal"), "measure": t(f"aims.{stage}.measure")}
        for stage, reached in done.items()
    ]  # fmt: skip
    return conform(pd.DataFrame(rows), AIMS)


def moments(
    contacts: pd.DataFrame, people: pd.DataFrame, new_months: int = NEW_MONTHS
) -> pd.Series:
    """Return the moment of each contact: before opening, after it, or while serving.

    Parameters
    ----------
    contacts : DataFrame
        ``client_id`` and ``date``.
    people : DataFrame
        ``client_id`` and ``open_date``, missing where there is no account.
    new_months : int
        How long after opening the beginning lasts.

    Returns
    -------
    Series of str
        On the index of ``contacts``.

    Examples
    --------
    >>> people = pd.DataFrame({"client_id": ["1"], "open_date": pd.to_datetime(["2026-01-05"])})
    >>> days = pd.to_datetime(["2026-01-04", "2026-01-05", "2026-04-05"])
    >>> moments(pd.DataFrame({"client_id": "1", "date": days}), people).tolist()
    ['before', 'after', 'serving']
    """
    opened = contacts["client_id"].map(people.set_index("client_id")["open_date"])
    found = pd.Series("before", index=contacts.index)
    found = found.mask(contacts["date"] >= opened, "after")
    return found.mask(contacts["date"] >= opened + pd.DateOffset(months=new_months), "serving")


def _touched(book: ClientBook) -> pd.Series:
    prospects = book.client.loc[book.client["stage"] == "prospect", "client_id"]
    since = pd.Timestamp(book.as_of - timedelta(days=TOUCHED))
    reached = book.contact[(book.contact["date"] > since) & (book.contact["outcome"] != "missed")]
    return prospects.isin(reached["client_id"])


def _begun(book: ClientBook) -> pd.Series:
    since = pd.Timestamp(book.as_of) - pd.DateOffset(years=1)
    opened = book.client.loc[book.client["open_date"] > since, "client_id"]
    return opened.isin(book.activity.loc[book.activity["trades"].fillna(0) > 0, "client_id"])


def _stayed(book: ClientBook) -> pd.Series:
    """Tell of the clients with assets twelve months ago whether they are still here."""
    then = pd.Timestamp(book.as_of).replace(day=1) - pd.DateOffset(months=12)
    rows = book.activity[(book.activity["month"] == then) & (book.activity["assets_end"] > 0)]
    left = book.client.loc[book.client["stage"] == "lost", "client_id"]
    return ~rows["client_id"].isin(left)
