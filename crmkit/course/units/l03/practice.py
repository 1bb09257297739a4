"""The practice of lesson 3: a person to be remembered by, quotes, and a branch to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from crmkit.book.privacy import mask_name
from crmkit.book.schema import CLIENT
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import make_book
from crmkit.planning.calendar import trading_days
from crmkit.words import t

AS_OF = date(2026, 6, 30)
START = date(2026, 8, 17)
DAYS = 45
#: The festival inside the ten weeks, and how many days before it a greeting still counts.
FESTIVAL, BEFORE = date(2026, 9, 25), 4
MOTIVES = tuple(CLIENT.columns["motive"].values)
#: Quotes in the bank for each motive, and how many of them an exercise draws.
BANK, DRAWN = 6, 4
#: Who says each quote of a motive, in turn: woman or man, young or old. Every motive has them
#: all, so that age and sex give nothing away.
SPEAKERS = ("old_woman", "young_man", "young_woman", "old_man", "young_woman", "old_woman")
#: What somebody would guess from age and sex alone: the wrong idea.
PREJUDICE: Mapping[str, str] = {
    "old_woman": "emotion", "young_man": "return", "young_woman": "status", "old_man": "habit",
}  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """What lesson 3 is about, for one seed.

    Attributes
    ----------
    name : str
        The prospect, masked; there is no consent to text messages.
    days : tuple of date
        Trading days of the ten weeks.
    away : tuple of date
        The week in which the prospect is away.
    quotes : mapping of str to str
        The twenty quotes of the exercise and the motive of each.
    five : mapping of str to str
        Five others for the lesson.
    """

    name: str
    days: tuple[date, ...]
    away: tuple[date, ...]
    quotes: Mapping[str, str]
    five: Mapping[str, str]

    @property
    def trial(self) -> dict[str, str]:
        """What the quotes say that neither the lesson's question nor the exercise asks about."""
        return {quote: t(f"l03.quote.{quote}") for quote in self.trial_motives}

    @property
    def trial_motives(self) -> dict[str, str]:
        """One more quote of each motive."""
        left = {f"{m}{n}": m for m in MOTIVES for n in range(1, BANK + 1)}
        return {q: m for q, m in left.items() if q not in self.quotes and q not in self.five}

    @property
    def funnel(self) -> pd.DataFrame:
        """How many contacts prospects of a simulated branch had when they opened an account."""
        return funnel()


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.quotes), len(practice.five)
    (20, 5)
    """
    rng = np.random.default_rng([seed, 3])
    person = person_table(make_plan(1, seed % 2**31, AS_OF), 0).iloc[0]
    days = tuple(trading_days(START, DAYS))
    quotes: dict[str, str] = {}
    five: dict[str, str] = {}
    for motive in MOTIVES:
        drawn = [f"{motive}{number}" for number in rng.permutation(BANK) + 1]
        quotes.update(dict.fromkeys(drawn[:DRAWN], motive))
        five[drawn[DRAWN]] = motive
    away = days[0] + timedelta(weeks=int(rng.integers(1, 5)))
    return Practice(
        name=mask_name(str(person["name"])),
        days=days,
        away=tuple(day for day in days if away <= day < away + timedelta(days=5)),
        quotes={str(q): quotes[q] for q in rng.permutation(list(quotes))},
        five={str(q): five[q] for q in rng.permutation(list(five))},
    )


def speaker(quote: str) -> str:
    """Return who says a quote.

    >>> speaker("habit2")
    'young_man'
    """
    return SPEAKERS[int(quote[-1]) - 1]


@cache
def funnel(people: int = 1200, seed: int = 3, months: int = 36) -> pd.DataFrame:
    """Return how prospects of a simulated branch came to open an account.

    Returns
    -------
    DataFrame
        One row per number of contacts that reached them, 0 to 10: ``had`` (people who had
        that many or more before an account), ``opened`` (of these, who opened one before
        the next contact) and ``share`` of all openings by then.
    """
    book = make_book(people, seed, AS_OF, months=months)
    began = pd.Timestamp(AS_OF) - pd.DateOffset(months=months)
    fresh = book.client[book.client["open_date"].isna() | (book.client["open_date"] > began)]
    opened = fresh.set_index("client_id")["open_date"]
    met = book.contact[
        (book.contact["outcome"] == "reached") & (book.contact["direction"] == "out")
    ]
    until = met["client_id"].map(opened).fillna(pd.Timestamp(AS_OF))
    before = met[met["client_id"].isin(opened.index) & (met["date"] <= until)]
    count = before["client_id"].value_counts().reindex(opened.index, fill_value=0)
    rows = range(11)
    at = [int(((count == row) & opened.notna()).sum()) for row in rows]
    return pd.DataFrame(
        {
            "had": [int((count >= row).sum()) for row in rows],
            "opened": at,
            "share": np.cumsum(at) / max(int(opened.notna().sum()), 1),
        },
        index=pd.Index(rows, name="contacts"),
    )
