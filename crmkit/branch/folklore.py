"""The trade's sayings, each beside what a book shows: numbers to turn, never laws."""

from dataclasses import dataclass, fields

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.branch.plan import presets
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Days in a year, on average.
YEAR = 365.25


@dataclass(frozen=True)
class Folklore:
    """Numbers that are handed down in the trade. No study of brokerage clients bears them out.

    Attributes
    ----------
    meetings : float
        A client-to-be must be met so often. ``Nature.meetings_needed`` lets the simulated
        prospects half believe it.
    cost_ratio : float
        Winning a client costs so many times what keeping one does.
    recommended : float
        A satisfied client recommends the firm to so many, of whom one becomes a client.
    told : float
        A dissatisfied client tells so many.
    """

    meetings: float = 7.0
    cost_ratio: float = 6.0
    recommended: float = 8.0
    told: float = 25.0

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not 0 < value <= 1000:
                raise CrmkitError(
                    "branch.bad_number", name=one.name, value=value, allowed="0 < … ≤ 1000"
                )


#: The sayings as they are told.
TOLD = Folklore()


def weigh(book: ClientBook, folklore: Folklore = TOLD) -> pd.DataFrame:
    """Return each saying with its number and what the book shows.

    Parameters
    ----------
    book : ClientBook
    folklore : Folklore

    Returns
    -------
    DataFrame
        ``saying``, ``text``, ``told`` (the number handed down), ``observed`` (missing where no
        record can show it) and ``measure`` (what was observed).

    Examples
    --------
    >>> table = weigh(make_book(n=200, seed=1, as_of="2026-01-05", months=12))
    >>> table["told"].tolist(), bool(table["observed"].isna().iloc[-1])
    ([7.0, 6.0, 8.0, 25.0], True)
    """
    found = {
        "meetings": meetings_before_opening(book),
        "cost_ratio": minutes_to_win(book) / minutes_to_keep(book),
        "recommended": recommended_per_client(book),
        "told": float("nan"),
    }
    return pd.DataFrame({
        "saying": list(found),
        "text": [t(f"branch.folklore.{name}") for name in found],
        "told": [getattr(folklore, name) for name in found],
        "observed": list(found.values()),
        "measure": [t(f"branch.folklore.measure.{name}") for name in found],
    })  # fmt: skip


def weigh_preset(preset: str = "sse2023", seed: int = 1, n: int = 3000) -> pd.DataFrame:
    """Return ``weigh`` of a simulated branch of so many people."""
    return weigh(make_book(n, seed, presets()[preset].as_of, preset=preset))


def meetings_before_opening(book: ClientBook) -> float:
    """Return how often those who opened in the book's months had been met, on average."""
    opened = _opened(book)
    contact = _before_opening(book)
    met = contact[contact["channel"].isin(["visit", "call"]) & (contact["outcome"] == "reached")]
    return float(met["client_id"].isin(opened).sum()) / max(len(opened), 1)


def minutes_to_win(book: ClientBook) -> float:
    """Return the manager's minutes with prospects for each account opened."""
    return float(_before_opening(book)["minutes"].sum()) / max(len(_opened(book)), 1)


def minutes_to_keep(book: ClientBook) -> float:
    """Return the manager's minutes with clients for each client kept a year."""
    mine = book.contact[book.contact["direction"] == "out"]
    minutes = mine["minutes"].sum() - _before_opening(book)["minutes"].sum()
    return float(minutes) / max(len(book.activity) / 12, 1)


def recommended_per_client(book: ClientBook) -> float:
    """Return how many people were recommended for each of them who opened an account."""
    sent = book.client[book.client["source"] == "referral"]
    return len(sent) / max(int(sent["open_date"].notna().sum()), 1)


def _opened(book: ClientBook) -> pd.Series:
    """Return who opened an account in the book's months."""
    began = book.activity["month"].min()
    opened: pd.Series = book.client.loc[book.client["open_date"] >= began, "client_id"]
    return opened


def _before_opening(book: ClientBook) -> pd.DataFrame:
    """Return the manager's contacts with people who had no account yet."""
    opened = book.client.set_index("client_id")["open_date"]
    mine = book.contact[book.contact["direction"] == "out"]
    when = opened.reindex(mine["client_id"].astype("str")).to_numpy()
    return mine[pd.isna(when) | (mine["date"].to_numpy() < when)]
