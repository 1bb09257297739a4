"""What moved since the last book: who changed tier, and whether they did or the lines did."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from crmkit.analysis.tiering import Cuts, Tiering, place, tier_book
from crmkit.book.book import ClientBook
from crmkit.book.results import MOVES
from crmkit.book.schema import TIERS, conform
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Tiers from the lowest up; a client of unknown tier is neither above nor below.
_RANK = {tier: rank for rank, tier in enumerate(reversed(TIERS[:-1]))}


@dataclass(frozen=True)
class Moves:
    """Two tierings of one book and what lies between.

    Attributes
    ----------
    moves : DataFrame
        One row per client of either day: ``client_id``, ``move``, ``tier_before``,
        ``tier``, ``contribution_before``, ``contribution_12m`` (fen), ``turnover_before``,
        ``turnover_ratio``, ``line_moved``, ``reason``.
    before_as_of : date
        The day of the earlier book.
    before, after : Tiering
    notes : tuple of str
        What a reader of the moves must be told, in the language in use.
    """

    moves: pd.DataFrame
    before_as_of: date
    before: Tiering
    after: Tiering
    notes: tuple[str, ...]


def what_moved(before: ClientBook, after: ClientBook, **lines: Any) -> Moves:
    """Return who changed tier between two days of a book, and why.

    Parameters
    ----------
    before, after : ClientBook
        The same manager's book on an earlier and a later day.
    **lines
        How the lines are drawn on both days, as in `crmkit.analysis.tiering.tier_book`.

    Raises
    ------
    CrmkitError
        ``move.order`` when the first book is not the earlier one.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> def book(day, assets):
    ...     return make_client_book(day, client=pd.DataFrame({"client_id": ["1", "2"]}),
    ...         account=pd.DataFrame({"account_id": ["1", "2"], "client_id": ["1", "2"],
    ...                               "assets": assets, "commission_rate": [0.5, 0.5]}))
    >>> found = what_moved(book(date(2025, 1, 5), [100_00, 900_00]),
    ...                    book(date(2026, 1, 5), [990_00, 900_00]), contribution_cut=300)
    >>> found.moves[["client_id", "move", "tier_before", "tier"]].to_dict("records")[0]
    {'client_id': '1', 'move': 'up', 'tier_before': 'D', 'tier': 'B'}
    """
    if before.as_of >= after.as_of:
        raise CrmkitError("move.order", before=before.as_of, after=after.as_of)
    first, second = tier_book(before, **lines), tier_book(after, **lines)
    old = first.tiers.set_index("client_id").drop(columns=["basis", "reason"])
    new = second.tiers.set_index("client_id").drop(columns=["basis", "reason"])
    rows = old.merge(new, how="outer", on="client_id", suffixes=("_before", ""))
    rows["line_moved"] = _against(second.tiers, first.cuts).reindex(rows.index)
    rows["move"] = [_move(*pair) for pair in zip(rows["tier_before"], rows["tier"], strict=True)]
    stayed = rows["line_moved"].astype("str") == rows["tier_before"].astype("str")
    rows["line_moved"] = rows["move"].isin(["up", "down"]) & stayed
    rows = rows.rename(columns={"contribution_12m_before": "contribution_before",
                                "turnover_ratio_before": "turnover_before"})  # fmt: skip
    rows["reason"] = [_reason(row) for row in rows.to_dict("records")]
    moved = int(rows["line_moved"].sum())
    notes = (
        t("move.lines", before=first.cuts.sentence(), after=second.cuts.sentence()),
        *([t("move.by_line", count=moved)] if moved else []),
    )
    return Moves(conform(rows.reset_index(), MOVES), before.as_of, first, second, notes)


def _against(tiers: pd.DataFrame, cuts: Cuts) -> pd.Series:
    """Return the tiers today's numbers would have had by earlier lines."""
    placed = place(tiers.drop(columns="tier"), cuts).collect().to_native()
    by_client: pd.Series = placed.set_index("client_id")["tier"]
    return by_client


def _move(before: Any, after: Any) -> str:
    if pd.isna(before) or pd.isna(after):
        return "entered" if pd.isna(before) else "left"
    if before == after:
        return "same"
    if "unknown" in (before, after):
        return "placed" if before == "unknown" else "unplaced"
    return "up" if _RANK[after] > _RANK[before] else "down"


def _reason(row: dict[Any, Any]) -> str:
    if row["move"] in ("entered", "left", "placed", "unplaced"):
        return t(f"move.why_{row['move']}")
    parts = [
        t(f"move.{name}", before=shown(row[f"{name}_before"]), after=shown(row[column]))
        for name, column, shown in (
            ("contribution", "contribution_12m", _money),
            ("turnover", "turnover_ratio", _times),
        )
    ]
    said = t("tier.both", first=parts[0], second=parts[1])
    return t("tier.both", first=said, second=t("move.line")) if row["line_moved"] else said


def _money(fen: Any) -> str:
    return t("move.unknown") if pd.isna(fen) else t("tier.money", amount=float(fen) / 100)


def _times(ratio: Any) -> str:
    return t("move.unknown") if pd.isna(ratio) else t("tier.times", ratio=float(ratio))
