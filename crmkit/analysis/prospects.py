"""Prospects worth time: the signs that stand in for trades nobody has made yet."""

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import PROSPECTS
from crmkit.book.schema import conform
from crmkit.words import t

#: Within how many days an answer counts as fresh, and how full a profile as known. Course
#: defaults.
FRESH_DAYS, KNOWN = 60, 0.6


def promising(book: ClientBook, measures: pd.DataFrame) -> pd.DataFrame:
    """Return prospects by the number of signs that they may become clients.

    RFM has nothing to say of people who never traded. What there is instead: a client
    recommended them, they got in touch themselves, they were met in person, they answered
    lately, and they have told something of themselves.

    Parameters
    ----------
    book : ClientBook
    measures : DataFrame
        Of the same book.

    Returns
    -------
    DataFrame
        ``client_id``, ``signs``, ``reason``; most signs first.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.analysis.activity import measures
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({
    ...     "client_id": ["1", "2"], "stage": "prospect", "referrer_id": [None, "9"]}))
    >>> promising(book, measures(book))[["client_id", "signs"]].values.tolist()
    [['2', 1], ['1', 0]]
    """
    people = book.client[book.client["stage"] == "prospect"].merge(measures, on="client_id")
    reached = book.contact[book.contact["outcome"].astype("object") != "missed"]
    inbound = reached.loc[reached["direction"] == "in", "client_id"]
    met = reached.loc[reached["channel"] == "visit", "client_id"]
    signs = pd.DataFrame(
        {
            "recommended": people["referrer_id"].notna() | (people["source"] == "referral"),
            "came": people["client_id"].isin(inbound),
            "met": people["client_id"].isin(met),
            "fresh": (people["days_since_contact"] <= FRESH_DAYS).fillna(False),
            "known": people["profile_completeness"] >= KNOWN,
        }
    ).astype("bool")
    comma = t("words.comma")
    reasons = [
        comma.join(t(f"prospect.{name}") for name, there in row.items() if there)
        or t("prospect.nothing")
        for row in signs.to_dict("records")
    ]
    rows = people.assign(signs=signs.sum(axis=1), reason=reasons)
    ordered = rows.sort_values(["signs", "client_id"], ascending=[False, True])
    return conform(ordered.reset_index(drop=True), PROSPECTS)
