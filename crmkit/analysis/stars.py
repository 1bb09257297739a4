"""Stars one to five by all that a client brings, and how many of the starred have signed.

The bank's system for good personal clients (PCRM) that the course's second source describes
grades clients by stars, watches those with four and five, and is judged by the sign-up rate
of those with three and more. It names no lines; ours are in `crmkit.analysis.tier_rules`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.analysis.lines import line_above
from crmkit.analysis.tier_rules import COURSE, TierRules
from crmkit.book.book import ClientBook
from crmkit.book.codes import words_for
from crmkit.book.results import STARS
from crmkit.book.schema import conform
from crmkit.words import glossary, t

#: From how many stars on a client is watched all the time, and from how many the sign-up
#: rate counts.
WATCHED, COUNTED = 4, 3


@dataclass(frozen=True)
class Stars:
    """A book's stars with the lines they were drawn by.

    Attributes
    ----------
    stars : DataFrame
        ``client_id``, ``stars`` (1 to 5, missing without a contribution),
        ``contribution_12m`` (fen), ``watched``, ``reason``.
    lines : tuple of float
        Least fen a year for two, three, four and five stars.
    notes : tuple of str
        What a reader of the stars must be told, in the language in use.
    """

    stars: pd.DataFrame
    lines: tuple[float, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SignUp:
    """How many of the clients with many stars have signed an agreement.

    Attributes
    ----------
    clients : int
        With three stars and more.
    signed : int
        Of these, who have signed.
    unknown : int
        Of these, of whom the book does not say; they are not counted as either.
    rate : float
        Signed over those of whom it is known; nan where there are none.
    notes : tuple of str
    """

    clients: int
    signed: int
    unknown: int
    rate: float
    notes: tuple[str, ...]


def stars(measures: pd.DataFrame, rules: TierRules = COURSE) -> Stars:
    """Return the stars of every client by contribution from all products.

    Parameters
    ----------
    measures : DataFrame
        ``client_id``, ``contribution_12m`` (fen) and ``basis``.
    rules : TierRules
        Lines in fen, or shares to draw them by.

    Examples
    --------
    >>> three = pd.DataFrame({"client_id": ["1", "2", "3"], "basis": "measured",
    ...                       "contribution_12m": pd.array([0, 90_000, 5_000_000], "Int64")})
    >>> found = stars(three, TierRules(star_cuts=(50_000, 100_000, 500_000, 1_000_000)))
    >>> found.stars["stars"].tolist()
    [1, 2, 5]
    """
    lines = rules.star_cuts or tuple(
        line_above(measures, "contribution_12m", share) for share in rules.star_shares
    )
    contribution = measures["contribution_12m"].astype("float64")
    reached = sum((contribution >= line) & (contribution > 0) for line in lines)
    count = pd.Series(reached, index=measures.index).astype("Int64") + 1
    count = count.mask(contribution.isna())
    rows = measures.assign(
        stars=count,
        watched=(count >= WATCHED).astype("boolean"),
        reason=[_reason(*one, lines) for one in zip(contribution, count, strict=True)],
    )
    amounts = [t("tier.money", amount=line / 100) for line in lines if not np.isnan(line)]
    notes = [t("star.lines", lines=t("words.comma").join(amounts))] * bool(amounts)
    unknown = int(count.isna().sum())
    notes += [t("pareto.missing", count=unknown)] * bool(unknown)
    if (measures["basis"] == "estimated").any():
        notes.append(t("pareto.estimated"))
    return Stars(conform(rows, STARS), tuple(map(float, lines)), tuple(notes))


def _reason(contribution: float, count: object, lines: tuple[float, ...]) -> str:
    if np.isnan(contribution):
        return t("tier.no_contribution")
    amount = t("tier.money", amount=contribution / 100)
    if not isinstance(count, int) or count == 1:
        return t("star.lowest", amount=amount, line=t("tier.money", amount=lines[0] / 100))
    line = t("tier.money", amount=lines[count - 2] / 100)
    return t("star.reached", amount=amount, line=line, stars=count)


def signed_clients(book: ClientBook) -> pd.Series:
    """Return who has signed, from a column of the ledger headed 签约 or "signed".

    Parameters
    ----------
    book : ClientBook

    Returns
    -------
    Series of boolean
        By ``client_id``; missing where the ledger does not say yes or no.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({"client_id": ["1", "2"]}),
    ...     extra=pd.DataFrame({"client_id": ["1"], "heading": ["是否签约"], "text": ["是"]}))
    >>> signed_clients(book).to_dict()
    {'1': True, '2': None}
    """
    headings = {word for entry in ("star.heading", "star.heading_long", "star.heading_done")
                for word in glossary()[entry].values()}  # fmt: skip
    said = book.extra[book.extra["heading"].str.strip().str.lower().isin(headings)]
    answers = said["text"].str.strip().str.lower()
    meant = answers.map(dict.fromkeys(_words("yes"), True) | dict.fromkeys(_words("no"), False))
    by_client = meant.astype("boolean").groupby(said["client_id"]).last()
    return by_client.reindex(book.client["client_id"].to_numpy()).astype("boolean")


def _words(code: str) -> set[str]:
    marks = {
        "yes": {"y", "true", "1", "√", "已签", "已签约"},
        "no": {"n", "false", "0", "未签", "未签约"},
    }
    return {word.lower() for word in words_for(code)} | marks[code]


def sign_up_rate(stars: pd.DataFrame, signed: pd.Series, least: int = COUNTED) -> SignUp:
    """Return the sign-up rate of clients with three stars and more.

    Clients with fewer stars are in neither number, and clients of whom nobody knows whether
    they signed are counted apart.

    Parameters
    ----------
    stars : DataFrame
        ``client_id`` and ``stars``.
    signed : Series of boolean
        By ``client_id``, as from `signed_clients`.
    least : int
        From how many stars on clients count.

    Examples
    --------
    >>> four = pd.DataFrame({"client_id": ["1", "2", "3", "4"], "stars": [5, 4, 3, 1]})
    >>> sign_up_rate(four, pd.Series({"1": True, "2": False, "4": True})).rate
    0.5
    """
    known = stars["stars"].astype("Int64").fillna(0)
    counted = stars.loc[known >= least, "client_id"]
    answers = signed.astype("boolean").reindex(counted.to_numpy())
    yes, unknown = int(answers.sum()), int(answers.isna().sum())
    said = len(answers) - unknown
    notes = [t("star.signed_unknown", count=unknown, least=least)] * bool(unknown)
    notes += [t("star.nobody", least=least)] * (not len(answers))
    rate = yes / said if said else float("nan")
    return SignUp(len(answers), yes, unknown, rate, tuple(notes))
