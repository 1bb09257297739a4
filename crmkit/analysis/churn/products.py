"""More products, more loyalty? What the two have in common, and what is left of it."""

from dataclasses import dataclass
from datetime import date

from crmkit.analysis.churn.features import features
from crmkit.analysis.churn.labels import label
from crmkit.analysis.churn.uplift import Effect, adjusted, compare
from crmkit.book.book import ClientBook

#: What else makes people both buy and stay.
ALSO = ("assets", "tenure_months", "turnover_ratio", "contacts_90d")


@dataclass(frozen=True)
class Loyalty:
    """How much less those with products leave: as seen, and among clients otherwise alike."""

    seen: Effect
    alike: Effect


def products_and_staying(
    book: ClientBook, start: date, months: int = 6, kind: str = "asset"
) -> Loyalty:
    """Return how much less clients with other products leave, and what adjusting leaves of it.

    The saying that more products keep clients is a correlation: the rich and the well looked
    after both buy and stay. Even the adjusted number is no proof that selling keeps anybody.

    Parameters
    ----------
    book : ClientBook
    start : date
        Products before, leaving after.
    months : int
    kind : str
        The definition of leaving.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=500, seed=1, as_of="2026-01-05")
    >>> found = products_and_staying(book, date(2025, 6, 30))
    >>> len(found.seen.notes), len(found.alike.notes)
    (1, 1)
    """
    left = label(book, kind, start, months).set_index("client_id")["churned"]
    known = features(book, start)
    known = known[known["client_id"].isin(left.index)]
    rows = known[list(ALSO)].assign(
        treated=known["product_income_12m"].fillna(0) > 0, churned=known["client_id"].map(left)
    )
    return Loyalty(compare(rows, randomised=False), adjusted(rows, ALSO))
