"""The figures of one client of the learner's own book, for use in a conversation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.errors import CrmkitError
from crmkit.pricing.economics import least_order, published_rate
from crmkit.pricing.fees import pass_through
from crmkit.rules import Rulebook, read_rules

#: Rules behind the figures.
RULES = ("tariff", "commission.minimum", "fee.handling.SH", "fee.regulatory")


@dataclass(frozen=True)
class Case:
    """Which client fits a conversation.

    Attributes
    ----------
    by : str
        The figure that ranks those who fit.
    small_first : bool
        Whether small values come first.
    ideal : str
        What a client is like whose words sound true, as a query of the figures; where nobody
        is, the nearest will do.
    """

    by: str
    small_first: bool
    ideal: str


CASTING: Mapping[str, Case] = MappingProxyType({
    "price": Case("saving", False, "rate <= 1 and 300 <= fee <= 3_000"),
    "big": Case("assets", False, "rate <= 1 and assets >= 1_000_000"),
    "owed": Case("saving", False, "rate <= 1 and 50 <= saving <= 1_500"),
    "loss": Case("fee", False, "rate <= 1 and fee >= 100"),
    "small": Case("average", True, "rate <= 1 and 1_000 <= average <= 9_000"),
    "busy": Case("turnover", False, "rate <= 1.5 and 8 <= turnover <= 60 and fee >= 200"),
    "leaving": Case("visits", True, "rate <= 1 and fee >= 50 and visits == 0"),
    "served": Case("visits", True, "rate <= 1 and fee >= 100 and visits == 0"),
    "elder": Case("turnover", True, "rate <= 1 and fee >= 50"),
    "gift": Case("assets", False, "rate <= 1 and 30 <= saving <= 1_000"),
    "quiet": Case("traded", True, "rate <= 1 and assets >= 10_000"),
})  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What the manager can look up about a client.

    Attributes
    ----------
    client_id : str
    values : mapping of str to float
        ``rate``, ``published``, ``collected`` and ``effective`` per mille; ``fee``,
        ``traded``, ``saving``, ``average``, ``least``, ``minimum`` and ``assets`` in CNY, a
        year where it applies; ``turnover`` in turns a year; ``visits`` is how often the firm
        made contact in twelve months.
    """

    client_id: str
    values: Mapping[str, float]

    def slots(self) -> Mapping[str, str]:
        """Return the figures as people write them, and one that is wrong."""
        return self._slots

    @cached_property
    def _slots(self) -> Mapping[str, str]:
        rates = {name: _rate(self.values[name]) for name in RATES}
        money = {name: f"{self.values[name]:,.0f}" for name in MONEY}
        wrong = f"{self.values['fee'] / 10:,.0f}"
        counts = {name: f"{self.values[name]:.0f}" for name in ("visits", "turnover")}
        return {**rates, **money, **counts, "wrong": wrong}

    def judge(self, reply: str, heard: str = "") -> bool | None:
        """Return whether the numbers in a reply are the client's own; None if it has none.

        One figure that is right counts; one that is wrong among them spoils it. What the
        client has just said (``heard``) may be repeated and counts for nothing.
        """
        known = set(_numbers(heard))
        said = [number for number in _numbers(reply) if number not in known]
        if not said:
            return None
        return all(self._known(number, unit) for number, unit in said)

    def _known(self, number: float, unit: str) -> bool:
        """Tell whether a number is one of the client's, as people round it."""
        names, least = (RATES, 0.0051) if unit == "rate" else (MONEY, 0.5)
        return any(
            abs(number - self.values[name]) <= max(0.01 * abs(self.values[name]), least)
            for name in names
        )


RATES = ("rate", "published", "collected", "effective")
MONEY = ("fee", "traded", "saving", "average", "least", "assets", "minimum")


def cast(case: str, known: pd.DataFrame, rng: np.random.Generator) -> Figures:
    """Return a client who fits a conversation.

    The client has traded in the last twelve months and pays more than the published rate, or
    places orders too small for their rate, and is drawn among the few who fit best.

    Parameters
    ----------
    case : str
        A name of `CASTING`.
    known : DataFrame
        From `figures_of`.
    rng : Generator
        Draws among the few.

    Raises
    ------
    CrmkitError
        ``dialogue.nobody`` when no client of the book will do.
    """
    fit = _candidates(case, known)
    if fit.empty:
        raise CrmkitError("dialogue.nobody")
    order = [CASTING[case].by, "client_id"]
    first = fit.sort_values(order, ascending=[CASTING[case].small_first, True]).head(3)
    row = first.iloc[int(rng.integers(len(first)))]
    values = {str(name): float(value) for name, value in row.drop("client_id").items()}
    return Figures(str(row["client_id"]), MappingProxyType(values))


def has_ideal(case: str, known: pd.DataFrame) -> bool:
    """Tell whether there is a client whose words would sound true in a conversation."""
    return not _who_fits(case, known).query(CASTING[case].ideal).empty


def _candidates(case: str, known: pd.DataFrame) -> pd.DataFrame:
    fit = _who_fits(case, known)
    ideal = fit.query(CASTING[case].ideal)
    return fit if ideal.empty else ideal


def _who_fits(case: str, known: pd.DataFrame) -> pd.DataFrame:
    suits = known["average"] < known["least"] if case == "small" else known["saving"] >= 1
    return known[suits & (known["fee"] >= 20)]


def figures_of(book: ClientBook, rules: Rulebook | None = None) -> pd.DataFrame:
    """Return the figures of every client who has assets, a rate and trades.

    Parameters
    ----------
    book : ClientBook
    rules : Rulebook, optional
        For another tariff or another fee.

    Returns
    -------
    DataFrame
        ``client_id`` and the figures that `Figures` explains.
    """
    rules = rules or read_rules()
    year = book.activity[book.activity["month"] > pd.Timestamp(book.as_of) - pd.DateOffset(years=1)]
    sums = (
        year.groupby("client_id")[["trade_amount", "commission", "trades"]].sum().astype("float64")
    )
    accounts = book.account.groupby("client_id").agg(
        assets=("assets", "sum"), rate=("commission_rate", "max")
    ).astype("float64")  # fmt: skip
    known = accounts.join(sums, how="inner").query("assets > 0 and trade_amount > 0 and trades > 0")
    published = published_rate(known["assets"], known["trade_amount"], book.as_of, rules)
    minimum = float(rules.value("commission.minimum", book.as_of)) * 100
    average = known["trade_amount"] / known["trades"]
    known = known[known["rate"] > 0]
    rate = known["rate"]
    return pd.DataFrame(
        {
            "rate": rate,
            "published": published,
            "collected": pass_through(book.as_of, "SH", rules),
            "effective": (known["commission"] / known["trade_amount"] * 1000).round(4),
            "fee": known["commission"] / 100,
            "traded": known["trade_amount"] / 100,
            "saving": known["trade_amount"] * (rate - published) / 100_000,
            "average": average / 100,
            "least": least_order(1, minimum) / rate / 100,
            "minimum": minimum / 100,
            "assets": known["assets"] / 100,
            "turnover": known["trade_amount"] / known["assets"],
            "visits": _contacts(book).reindex(known.index).fillna(0).astype("float64"),
        }
    ).loc[rate.index].reset_index(names="client_id")  # fmt: skip


def _contacts(book: ClientBook) -> pd.Series:
    since = pd.Timestamp(book.as_of) - pd.DateOffset(years=1)
    made = book.contact[(book.contact["date"] > since) & (book.contact["direction"] != "in")]
    return made.groupby("client_id").size()


def _rate(per_mille: float) -> str:
    """Return a rate with two decimals, or more where it has them.

    >>> [_rate(0.3), _rate(0.0541), _rate(0.125)]
    ['0.30', '0.0541', '0.125']
    """
    text = f"{per_mille:.4f}".rstrip("0")
    return text if len(text.partition(".")[2]) >= 2 else f"{per_mille:.2f}"


_NUMBER = re.compile(
    r"(?P<cny>CNY|RMB|¥)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>万元|万|元|块|yuan|CNY|‰|per mille)?",
    re.IGNORECASE,
)


def _numbers(reply: str) -> Iterator[tuple[float, str]]:
    """Yield the amounts and rates in a reply, in CNY and per mille; bare numbers are not meant."""
    for match in _NUMBER.finditer(reply):
        unit = (match["unit"] or "").lower()
        number = float(match["number"].replace(",", ""))
        if unit in ("‰", "per mille"):
            yield number, "rate"
        elif unit in ("万", "万元"):
            yield number * 10_000, "money"
        elif unit or match["cny"]:
            yield number, "money"
