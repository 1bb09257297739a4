"""Tiers A to D: contribution against turnover, with the cuts stated and a reason each.

High contribution and high turnover make an A, high and low a B, low and high a C, low and
low a D. The two axes and the four letters are those of an article on client management in
securities branches (Shanghai Securities News, 2005-05-24); it names no cuts, ours are below.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from crmkit.analysis.activity import ASSUMED_TURNOVER, measures
from crmkit.analysis.frames import fetched, held, lazy, without_nan
from crmkit.analysis.lines import line_above
from crmkit.book.book import ClientBook
from crmkit.book.results import TIERING
from crmkit.book.schema import conform
from crmkit.words import t

#: Where the lines lie unless somebody moves them: the fifth of the clients who bring most
#: (Pareto), and the half whose money turns over fastest. Course defaults, no law.
CONTRIBUTION_SHARE = 0.20
TURNOVER_SHARE = 0.50

#: Who is not a client, or no longer one: neither tiered nor counted where lines are drawn.
OUTSIDE = ("prospect", "lost")


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
        As returned by `tier`, for those who are clients on the book's day.
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
    """Return the tiers of a book's clients, the lines drawn by share unless they are given.

    Prospects have nothing yet to be tiered by, and people who have left no service to be owed;
    a note counts them. Whoever has no stage, as in a plain ledger, is a client.

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
    found = clients_only(measures(book), book.client).collect().to_native()
    cuts = draw_cuts(found, contribution_share, turnover_share, contribution_cut, turnover_cut)
    tiers = tier(found, cuts)
    estimated = int((tiers["basis"] == "estimated").sum())
    return Tiering(tiers, cuts, notes_on(cuts, estimated, book.client))


def clients_only(rows: Any, client: Any) -> nw.LazyFrame[Any]:
    """Return the rows of those who are clients: neither prospects nor people who have left.

    Parameters
    ----------
    rows : table of any kind
        With ``client_id``.
    client : table of the same kind
        ``client_id`` and ``stage``; whoever has no stage is a client.

    Examples
    --------
    >>> people = pd.DataFrame({"client_id": ["1", "2", "3"], "stage": ["lost", "new", None]})
    >>> clients_only(people[["client_id"]], people).collect()["client_id"].to_list()
    ['2', '3']
    """
    here = lazy(client).filter(~_outside()).select("client_id")
    return lazy(rows).join(here, on="client_id", how="semi")


def _outside() -> nw.Expr:
    return held(nw.col("stage").cast(nw.String).is_in(OUTSIDE))


def notes_on(cuts: Cuts, estimated: int, client: Any | None = None) -> tuple[str, ...]:
    """Return what a reader of tiers must be told.

    Parameters
    ----------
    cuts : Cuts
    estimated : int
        How many contributions are estimates.
    client : table of any kind, optional
        ``stage`` of everybody, to say how many were not tiered.
    """
    notes = [cuts.sentence()]
    if client is not None:
        stages = fetched(lazy(client).filter(_outside()).select(nw.col("stage").cast(nw.String)))
        count = Counter(stages["stage"].to_list())
        notes += [t("tier.outside", **{name: count[name] for name in OUTSIDE})] * bool(count)
    assumption = t("tier.assumption", count=estimated, turnover=ASSUMED_TURNOVER)
    return (*notes, *([assumption] if estimated else []))


def draw_cuts(
    measures: Any,
    contribution_share: float = CONTRIBUTION_SHARE,
    turnover_share: float = TURNOVER_SHARE,
    contribution_cut: float | None = None,
    turnover_cut: float | None = None,
) -> Cuts:
    """Return cuts as they are given, by share where they are not.

    Parameters
    ----------
    measures : table of any kind
    contribution_share, turnover_share : float
        See `cuts_by_share`.
    contribution_cut : float, optional
        The line in fen per year, instead of a share.
    turnover_cut : float, optional
        The line in turns per year, instead of a share.

    Examples
    --------
    >>> one = pd.DataFrame({"contribution_12m": [100], "turnover_ratio": [2.0]})
    >>> draw_cuts(one, turnover_cut=4.0)
    Cuts(contribution=100.0, turnover=4.0, contribution_share=0.2, turnover_share=None)
    """
    cuts = cuts_by_share(measures, contribution_share, turnover_share)
    if contribution_cut is not None:
        cuts = replace(cuts, contribution=contribution_cut, contribution_share=None)
    if turnover_cut is not None:
        cuts = replace(cuts, turnover=turnover_cut, turnover_share=None)
    return cuts


def cuts_by_share(
    measures: Any,
    contribution_share: float = CONTRIBUTION_SHARE,
    turnover_share: float = TURNOVER_SHARE,
) -> Cuts:
    """Return the cuts that leave the stated shares of the measured clients on the high side.

    Parameters
    ----------
    measures : table of any kind
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
        line_above(measures, "contribution_12m", contribution_share),
        line_above(measures, "turnover_ratio", turnover_share),
        contribution_share,
        turnover_share,
    )


def place(measures: Any, cuts: Cuts) -> nw.LazyFrame[Any]:
    """Return a table of any kind with the tier of every client beside it.

    The same tiers whatever the engine: what is missing is dealt with before anything is
    compared.

    Parameters
    ----------
    measures : table of any kind
        pandas or Polars frame, DuckDB relation or Spark frame with ``contribution_12m``
        (fen), ``turnover_ratio`` and ``basis``.
    cuts : Cuts

    Returns
    -------
    narwhals.LazyFrame
        With the column ``tier``; ``to_native()`` gives the kind that was put in.

    Examples
    --------
    >>> one = pd.DataFrame({"client_id": ["13131"], "contribution_12m": [40_000],
    ...                     "turnover_ratio": [6.0], "basis": ["measured"]})
    >>> place(one, Cuts(contribution=30_000, turnover=4)).collect()["tier"].to_list()
    ['A']
    """
    rows = without_nan(lazy(measures), "contribution_12m", "turnover_ratio")
    contribution, turnover = nw.col("contribution_12m"), nw.col("turnover_ratio")
    estimated = held(nw.col("basis") == "estimated")
    known = ~contribution.is_null() & (~turnover.is_null() | estimated)
    much = _reaches(contribution, cuts.contribution)
    often = _reaches(turnover, cuts.turnover)
    letter = nw.when(much).then(_choice(often, "A", "B")).otherwise(_choice(often, "C", "D"))
    return rows.with_columns(tier=nw.when(known).then(letter).otherwise(nw.lit("unknown")))


def _reaches(values: nw.Expr, line: float) -> nw.Expr:
    """Return whether values reach a line; nothing is never much, and no line is never reached."""
    return held(values >= (np.inf if np.isnan(line) else line)) & held(values > 0)


def _choice(condition: nw.Expr, one: str, other: str) -> nw.Expr:
    return nw.when(condition).then(nw.lit(one)).otherwise(nw.lit(other))


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
    placed = place(measures, cuts).collect().to_native()
    contribution = measures["contribution_12m"].astype("float64")
    turnover = measures["turnover_ratio"].astype("float64")
    estimated = measures["basis"] == "estimated"
    reasons = [_reason(*row, cuts) for row in zip(contribution, turnover, estimated, strict=True)]
    return conform(placed.assign(reason=reasons), TIERING)


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
