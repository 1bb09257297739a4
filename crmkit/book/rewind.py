"""The book as it stood on an earlier day, as far as dated records can tell."""

from datetime import date

import pandas as pd

from crmkit.book.book import ClientBook, make_client_book
from crmkit.errors import CrmkitError

#: A client is new for half a year, as on the branch's own books.
NEW_MONTHS = 6


def rewind(book: ClientBook, day: date) -> ClientBook:
    """Return what the book would have said on an earlier day.

    Only what carries a date can be put back: months that had ended, contacts and complaints
    that had happened. Assets are those of the last month that had ended. What carries no date
    is not handed back in time, because it may have been learnt later: remarks and holdings
    are left out, and nobody is called lost or dormant for what came after. The commission
    rate, consent and address are today's; a book does not say when they changed.

    Parameters
    ----------
    book : ClientBook
    day : date
        No later than the book's own.

    Returns
    -------
    ClientBook
        Without the clients who opened their account later.

    Raises
    ------
    CrmkitError
        ``book.not_yet`` for a day after the book's.

    Examples
    --------
    >>> months = pd.DataFrame({"client_id": "1", "month": pd.to_datetime(["2026-01-01",
    ...     "2026-02-01"]), "assets_end": [100, 900]})
    >>> one = pd.DataFrame({"client_id": ["1"]})
    >>> book = make_client_book(date(2026, 3, 2), client=one, activity=months,
    ...     account=one.assign(account_id="1"))
    >>> rewind(book, date(2026, 2, 15)).account["assets"].tolist()
    [100]
    """
    if day > book.as_of:
        raise CrmkitError("book.not_yet", day=day, as_of=book.as_of)
    on = pd.Timestamp(day)
    activity = book.activity[ended(book.activity["month"]) <= on]
    client = _clients(book.client, activity, on)
    here = set(client["client_id"])
    complaint = book.complaint[book.complaint["opened"] <= on]
    return make_client_book(
        day,
        dict(book.origin),
        client=client,
        account=_accounts(book.account[book.account["client_id"].isin(here)], activity),
        activity=activity[activity["client_id"].isin(here)],
        contact=book.contact[book.contact["date"] <= on],
        complaint=complaint.assign(closed=complaint["closed"].where(complaint["closed"] <= on)),
        referral=book.referral[book.referral["date"] <= on],
    )


def ended(month: pd.Series) -> pd.Series:
    """Return the last day of each month.

    >>> ended(pd.Series(pd.to_datetime(["2026-02-01"]))).dt.date.tolist()
    [datetime.date(2026, 2, 28)]
    """
    last: pd.Series = month + pd.offsets.MonthEnd(0)
    return last


def _clients(client: pd.DataFrame, activity: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """Return who was there, at the stage that dates allow."""
    there = client[~(client["open_date"] > on)]
    fresh = there["open_date"] > on - pd.DateOffset(months=NEW_MONTHS)
    latest = activity.loc[activity["month"] == activity["month"].max(), "client_id"]
    left = (there["stage"] == "lost") & ~there["client_id"].isin(latest)
    stage = there["stage"].astype("str").where(there["stage"] == "prospect", "existing")
    stage = stage.mask(fresh, "new").mask(left, "lost")
    tested = there["risk_test_date"]
    return there.assign(stage=stage, note=None, risk_test_date=tested.where(tested <= on))


def _accounts(account: pd.DataFrame, activity: pd.DataFrame) -> pd.DataFrame:
    """Return accounts with the assets at the last month's end, on each client's first account."""
    last = activity.sort_values("month").drop_duplicates("client_id", keep="last")
    assets = account["client_id"].map(last.set_index("client_id")["assets_end"])
    more = account["client_id"].duplicated()
    return account.assign(assets=assets.mask(more & assets.notna(), 0), cash=None)
