"""Tiers A to D: contribution against turnover, with the cuts stated and a reason each.

High contribution and high turnover make an A, high and low a B, low and high a C, low and
low a D. The two axes and the four letters are those of an article on client management in
securities branches (Shanghai Securities News, 2005-05-24); it names no cuts, ours are below.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crmkit.analysis.activity import ASSUMED_TURNOVER, measures
from crmkit.book.book import ClientBook
from crmkit.book.results import TIERING
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Where the lines lie unless somebody moves them: the fifth of the clients who bring most
#: (Pareto), and the half whose money turns over fastest. Course defaults, no law.
CONTRIBUTION_SHARE = 0.20
TURNOVER_SHARE = 0.50


@dataclass(frozen=True)
class Cuts:
    """Where low ends and high begins; a value on the line counts as high.

    Attributes
    ----------
    contribution : float
        Fen per year.
    turnover : float
        Two-sided turnover per year.
    contribution_share, turnover_share : float, optional
        The share of clients the line was drawn for, when it was drawn by share.
    """

    contribution: float
    turnover: float
    contribution_share: float | None = None
    turnover_share: float | None = None

    def sentence(self) -> str:
        """Return the cuts as people would state them."""
        return t(
            "tier.cuts",
            contribution=_line(self.contribution, _money, self.contribution_share),
            turnover=_line(self.turnover, _times, self.turnover_share),
        )


@dataclass(frozen=True)
class Tiering:
    """A book's tiers with the lines they were drawn by and the assumptions behind them.

    Attributes
    ----------
    tiers : DataFrame
        As returned by `tier`.
    cuts : Cuts
    notes : tuple of str
        What a reader of the tiers must be told, in the language in use.
    """

    tiers: pd.DataFrame
    cuts: Cuts
    notes: tuple[str, ...]


def tier_book(
    book: ClientBook,
    contribution_share: float = CONTRIBUTION_SHARE,
    turnover_share: float = TURNOVER_SHARE,
    contribution_cut: float | None = None,
    turnover_cut: float | None = None,
) -> Tiering:
    """Return the tiers of a book, its lines drawn by share unless they are given.

    Parameters
    ----------
    book : ClientBook
    contribution_share, turnover_share : float
        Shares of clients above the lines, see `cuts_by_share`.
    contribution_cut : float, optional
        The line in fen per year, instead of a share.
    turnover_cut : float, optional
        The line in turns per year, instead of a share.
    """
    found = measures(book)
    cuts = cuts_by_share(found, contribution_share, turnover_share)
    if contribution_cut is not None:
        cuts = replace(cuts, contribution=contribution_cut, contribution_share=None)
    if turnover_cut is not None:
        cuts = replace(cuts, turnover=turnover_cut, turnover_share=None)
    tiers = tier(found, cuts)
    estimated = int((tiers["basis"] == "estimated").sum())
    assumption = t("tier.assumption", count=estimated, turnover=ASSUMED_TURNOVER)
    return Tiering(tiers, cuts, (cuts.sentence(), *([assumption] if estimated else [])))


def cuts_by_share(
    measures: pd.DataFrame,
    contribution_share: float = CONTRIBUTION_SHARE,
    turnover_share: float = TURNOVER_SHARE,
) -> Cuts:
    """Return the cuts that leave the stated shares of the measured clients on the high side.

    Parameters
    ----------
    measures : DataFrame
        With ``contribution_12m`` and ``turnover_ratio``; missing values do not count.
    contribution_share, turnover_share : float
        Between 0 and 1; the number of clients is rounded up, ties join the high side.

    Raises
    ------
    CrmkitError
        When a share is not between 0 and 1.

    Examples
    --------
    >>> ten = pd.DataFrame({"contribution_12m": range(100, 1100, 100),
    ...                     "turnover_ratio": range(10)})
    >>> cuts = cuts_by_share(ten)
    >>> cuts.contribution, cuts.turnover
    (900.0, 5.0)
    """
    return Cuts(
        _cut(measures["contribution_12m"], contribution_share),
        _cut(measures["turnover_ratio"], turnover_share),
        contribution_share,
        turnover_share,
    )


def _cut(values: pd.Series, share: float) -> float:
    if not 0 < share < 1:
        raise CrmkitError("tier.bad_share", share=share)
    known = values.dropna().astype("float64").to_numpy()
    if not len(known):
        return float("nan")
    # the product of two decimals may fall a hair above a whole number: 0.2 * 15
    count = int(np.ceil(round(share * len(known), 9)))
    return float(np.sort(known)[-count])


def tier(measures: pd.DataFrame, cuts: Cuts) -> pd.DataFrame:
    """Return every client's tier with the reason for it.

    A client without the numbers is ``unknown``, never a quiet D. A client whose contribution
    is estimated for want of monthly activity counts as low in turnover until it is known,
    and the reason says so. Zero is low, wherever the line lies.

    Parameters
    ----------
    measures : DataFrame
        ``client_id``, ``contribution_12m`` (fen), ``turnover_ratio`` and ``basis``.
    cuts : Cuts

    Returns
    -------
    DataFrame
        ``client_id``, ``tier`` (A, B, C, D or unknown, in that order), ``basis``,
        ``contribution_12m``, ``turnover_ratio``, ``reason`` in the language in use.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> one = pd.DataFrame({"client_id": ["13131"], "contribution_12m": [40_000],
    ...                     "turnover_ratio": [6.0], "basis": ["measured"]})
    >>> with in_language("en"): tiers = tier(one, Cuts(contribution=30_000, turnover=4))
    >>> tiers["tier"].item(), tiers["reason"].item()
    ('A', 'brings CNY 400 a year (high, line CNY 300); turns over 6.0 times (high, line 4.0 times)')
    """
    contribution = measures["contribution_12m"].astype("float64")
    turnover = measures["turnover_ratio"].astype("float64")
    estimated = measures["basis"] == "estimated"
    much = (contribution >= cuts.contribution) & (contribution > 0)
    often = (turnover >= cuts.turnover) & (turnover > 0)
    letters = np.select([much & often, much, often], ["A", "B", "C"], "D")
    known = contribution.notna() & (turnover.notna() | estimated)
    result = pd.DataFrame(
        {
            "client_id": measures["client_id"],
            "tier": np.where(known, letters, "unknown"),
            "basis": measures["basis"],
            "contribution_12m": measures["contribution_12m"],
            "turnover_ratio": measures["turnover_ratio"],
            "reason": [
                _reason(*row, cuts) for row in zip(contribution, turnover, estimated, strict=True)
            ],
        }
    )
    return conform(result, TIERING)


def _reason(contribution: float, turnover: float, estimated: bool, cuts: Cuts) -> str:
    if np.isnan(contribution):
        return t("tier.no_contribution")
    if np.isnan(turnover) and not estimated:
        return t("tier.no_turnover")
    money = t(
        "tier.estimated_contribution" if estimated else "tier.contribution",
        amount=_money(contribution),
        side=_side(contribution, cuts.contribution),
        line=_money(cuts.contribution),
    )
    if estimated:
        return t("tier.both", first=money, second=t("tier.turnover_not_known"))
    times = t(
        "tier.turnover",
        ratio=_times(turnover),
        side=_side(turnover, cuts.turnover),
        line=_times(cuts.turnover),
    )
    return t("tier.both", first=money, second=times)


def _side(value: float, cut: float) -> str:
    return t("tier.high" if value >= cut and value > 0 else "tier.low")


def _line(cut: float, in_words: Callable[[float], str], share: float | None) -> str:
    line = in_words(cut)
    return line if share is None or np.isnan(cut) else t("tier.by_share", line=line, share=share)


def _money(fen: float) -> str:
    return t("tier.no_line") if np.isnan(fen) else t("tier.money", amount=fen / 100)


def _times(ratio: float) -> str:
    return t("tier.no_line") if np.isnan(ratio) else t("tier.times", ratio=ratio)
