"""How a client system is used, and whether the figures about that use can be believed.

The bank's article of the course's sources wants the use of the system appraised. What is
counted gets made: a thousand contacts typed in on the last day of the month raise the number
and help nobody. So every figure stands beside the signs of its being made up.
"""

from datetime import timedelta

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import SYSTEM_USE
from crmkit.book.schema import conform
from crmkit.words import t

#: From this share of notes word for word the same, or of contacts on one day, the rest of the
#: figures is doubted; below so many contacts nothing is said. Course defaults.
SAME_NOTE, ONE_DAY, ENOUGH = 0.30, 0.20, 20


def system_use(book: ClientBook, measures: pd.DataFrame, days: int = 90) -> pd.DataFrame:
    """Return for every manager how the system is used, with what speaks against the figures.

    Parameters
    ----------
    book : ClientBook
    measures : DataFrame
        Of the same book.
    days : int
        How far back contacts count.

    Returns
    -------
    DataFrame
        ``manager_id``, ``clients`` (without those who have left), ``contacts``, and as
        shares from 0 to 1: ``covered`` (clients reached within the days), ``noted`` (contacts
        with a note), ``filled`` (profile fields), ``same_note`` (notes equal to the commonest
        one), ``one_day`` (contacts on the busiest day); ``doubtful`` and ``reason``.

    Examples
    --------
    >>> from crmkit.analysis.activity import measures
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=200, seed=1, as_of="2026-01-05")
    >>> system_use(book, measures(book))["doubtful"].tolist()
    [False]
    """
    client = book.client[book.client["stage"].fillna("existing") != "lost"]
    facts = client[["client_id", "manager_id"]].merge(
        measures[["client_id", "days_since_contact", "profile_completeness"]], on="client_id"
    )
    facts["covered"] = facts["days_since_contact"].le(days).fillna(False).astype("float64")
    by_manager = facts.groupby("manager_id", dropna=False)
    table = by_manager[["covered", "profile_completeness"]].mean()
    table = table.rename(columns={"profile_completeness": "filled"})
    table["clients"] = by_manager.size()
    since = pd.Timestamp(book.as_of - timedelta(days=days))
    made = book.contact[(book.contact["direction"] != "in") & (book.contact["date"] > since)]
    contacts = made.merge(facts[["client_id", "manager_id"]], on="client_id")
    groups = contacts.groupby("manager_id", dropna=False)
    table["contacts"] = groups.size().reindex(table.index).fillna(0)
    table["noted"] = groups["note"].agg(lambda notes: notes.notna().mean())
    table["same_note"] = groups["note"].agg(_commonest)
    table["one_day"] = groups["date"].agg(_commonest)
    figures = zip(table["contacts"], table["same_note"], table["one_day"], strict=True)
    doubts = [_doubt(*row) for row in figures]
    table["doubtful"] = [bool(doubt) for doubt in doubts]
    table["reason"] = [doubt or t("usage.fine") for doubt in doubts]
    return conform(table.reset_index(), SYSTEM_USE)


def _commonest(values: pd.Series) -> float:
    """Return the share of the value that comes up most often."""
    counts = values.value_counts()
    return float(counts.iloc[0] / counts.sum()) if len(counts) else float("nan")


def _doubt(contacts: float, same: float, one_day: float) -> str:
    """Return what speaks against the figures, or nothing."""
    if contacts < ENOUGH:
        return ""
    found = []
    if same >= SAME_NOTE:
        found.append(t("usage.same_note", share=same))
    if one_day >= ONE_DAY:
        found.append(t("usage.one_day", share=one_day))
    return t("words.comma").join(found)
