"""What two books cannot tell when they are compared, in words."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.rewind import ended
from crmkit.words import t

#: Client numbers that a note names.
_NAMED = 5


def comparison_notes(
    before: ClientBook, after: ClientBook, invited: Collection[str] | None = None
) -> list[str]:
    """Return notes on clients of whom a comparison is silent.

    Parameters
    ----------
    before, after : ClientBook
    invited : collection of str, optional
        As for `crmkit.analysis.signals.signals`.

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> from crmkit.words import in_language
    >>> two = pd.DataFrame({"client_id": ["1", "2"]})
    >>> with in_language("en"):
    ...     print(*comparison_notes(make_client_book(date(2026, 1, 5), client=two),
    ...                             make_client_book(date(2026, 2, 5), client=two.head(1))))
    In the earlier book but not in the later: 1 (2). No alert says so; ...
    """
    gone = sorted(set(before.client["client_id"]) - set(after.client["client_id"]))
    notes = []
    if gone:
        named = t("words.comma").join(gone[:_NAMED])
        if len(gone) > _NAMED:
            named += t("words.comma") + t("words.and_more", count=len(gone) - _NAMED)
        notes.append(t("signals.gone", count=len(gone), clients=named))
    unknown = int(after.client[["stage", "open_date"]].isna().all(axis=1).sum())
    if invited is not None and unknown:
        notes.append(t("signals.no_stage", count=unknown))
    return notes


def since_notes(book: ClientBook, day: date) -> list[str]:
    """Return a note where a day lies before a book's monthly record.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=20, seed=1, as_of="2026-01-05")
    >>> len(since_notes(book, date(1999, 1, 1))), since_notes(book, date(2025, 12, 5))
    (1, [])
    """
    first = ended(book.activity["month"]).min()
    if pd.isna(first) or pd.Timestamp(day) >= first:
        return []
    return [t("signals.before_record", day=day, first=first.date())]
