"""Clients and money between two books: who came, stayed and left, and what moved with them."""

import pandas as pd

from crmkit.analysis.signals.money import changes
from crmkit.book.book import ClientBook
from crmkit.book.results import CLIENT_FLOWS
from crmkit.book.schema import conform

#: Where a client may be in a book; ``absent``: not in it.
_OUTSIDE = ("absent", "prospect", "lost")


def flows(before: ClientBook, after: ClientBook) -> pd.DataFrame:
    """Return how many clients moved from where to where, with their money.

    That clients move is a fact; where to can be influenced. Assets before plus inflow less
    outflow plus profit is assets now, as far as the months on record say.

    Parameters
    ----------
    before, after : ClientBook

    Returns
    -------
    DataFrame
        One row per move: ``was`` and ``is`` (stage, or ``absent``), ``way`` (came, left,
        stayed, outside), ``clients``, ``assets_before``, ``assets_now``, ``inflow``,
        ``outflow``, ``pnl`` (fen).

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> was = pd.DataFrame({"client_id": ["1", "2"], "stage": ["existing", "prospect"]})
    >>> now = pd.DataFrame({"client_id": ["1", "2"], "stage": ["lost", "new"]})
    >>> books = [make_client_book(date(2026, month, 1), client=rows)
    ...          for month, rows in ((1, was), (2, now))]
    >>> flows(*books)[["was", "now", "way"]].values.tolist()
    [['existing', 'lost', 'left'], ['prospect', 'new', 'came']]
    """
    moved = changes(before, after)
    now = after.client.set_index("client_id")["stage"].astype("str")
    was = before.client.set_index("client_id")["stage"].astype("str").reindex(now.index)
    rows = moved.assign(was=was.fillna("absent"), now=now.fillna("existing"), clients=1)
    sums = ["clients", "assets", "assets_now", "inflow", "outflow", "pnl"]
    table = rows.groupby(["was", "now"])[sums].sum().reset_index()
    table = table.rename(columns={"assets": "assets_before"})
    inside = [~table[side].isin(_OUTSIDE) for side in ("was", "now")]
    way = pd.Series("outside", index=table.index)
    way = way.mask(inside[0] & inside[1], "stayed").mask(inside[0] & ~inside[1], "left")
    return conform(table.assign(way=way.mask(~inside[0] & inside[1], "came")), CLIENT_FLOWS)
