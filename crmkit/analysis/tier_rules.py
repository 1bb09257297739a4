"""How a firm draws its lines: a small file in place of the course's defaults."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from crmkit.analysis.tiering import CONTRIBUTION_SHARE, TURNOVER_SHARE
from crmkit.errors import CrmkitError

#: The shares of clients with at least two, three, four and five stars. Course defaults: the
#: sources name the five stars and no lines.
STAR_SHARES = (0.50, 0.20, 0.05, 0.01)


@dataclass(frozen=True)
class TierRules:
    """Where the lines of tiers and stars lie.

    Attributes
    ----------
    contribution_share, turnover_share : float
        Shares of clients above the lines, where no line is given.
    contribution_cut : float, optional
        Fen per year.
    turnover_cut : float, optional
        Two-sided turnover per year.
    star_shares : tuple of float
        Shares of clients with at least two to five stars, where no lines are given.
    star_cuts : tuple of float, optional
        Fen per year for two to five stars.
    """

    contribution_share: float = CONTRIBUTION_SHARE
    turnover_share: float = TURNOVER_SHARE
    contribution_cut: float | None = None
    turnover_cut: float | None = None
    star_shares: tuple[float, ...] = STAR_SHARES
    star_cuts: tuple[float, ...] | None = None

    def but(self, **changes: float | None) -> "TierRules":
        """Return the rules with what is given, and is not None, in place of their own.

        >>> COURSE.but(turnover_share=0.3, turnover_cut=None).turnover_share
        0.3
        """
        given: dict[str, Any] = {n: value for n, value in changes.items() if value is not None}
        return replace(self, **given)

    def lines(self) -> dict[str, Any]:
        """Return what `crmkit.analysis.tiering.tier_book` takes of them."""
        return {
            name: getattr(self, name)
            for name in (
                "contribution_share", "turnover_share", "contribution_cut", "turnover_cut",
            )
        }  # fmt: skip


#: The lines of the course.
COURSE = TierRules()


def load_tier_rules(path: str | Path | None = None) -> TierRules:
    """Return the course's lines, with a firm's own in their place.

    Parameters
    ----------
    path : str or Path, optional
        A TOML file. Under ``[cuts]``: ``contribution`` (CNY a year) or
        ``contribution_share``, ``turnover`` (turns a year) or ``turnover_share``. Under
        ``[stars]``: ``contribution``, four sums in CNY a year, or ``shares``, four shares.

    Raises
    ------
    CrmkitError
        ``book.not_found``, ``tier.rules_not_toml``, ``tier.rules_unknown`` or
        ``tier.rules_bad``.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "firm.toml")
    ...     _ = file.write_text("[cuts]\\ncontribution = 5000\\n", encoding="utf-8")
    ...     load_tier_rules(file).contribution_cut
    500000.0
    """
    if path is None:
        return COURSE
    content = _content(Path(path))
    rules = COURSE
    for heading, entries in content.items():
        for name, value in entries.items() if isinstance(entries, Mapping) else [("", entries)]:
            rules = _with(rules, f"{heading}.{name}".rstrip("."), value, str(path))
    return rules


def _content(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise CrmkitError("book.not_found", where=str(path))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CrmkitError("tier.rules_not_toml", where=str(path), detail=error) from error


#: Entries of the file: the field they set, and what one of them must be.
_ENTRIES = {
    "cuts.contribution": ("contribution_cut", "sum"),
    "cuts.contribution_share": ("contribution_share", "share"),
    "cuts.turnover": ("turnover_cut", "times"),
    "cuts.turnover_share": ("turnover_share", "share"),
    "stars.contribution": ("star_cuts", "rising"),
    "stars.shares": ("star_shares", "falling"),
}


def _with(rules: TierRules, name: str, value: Any, where: str) -> TierRules:
    if name not in _ENTRIES:
        raise CrmkitError("tier.rules_unknown", where=where, name=name, known=", ".join(_ENTRIES))
    field, kind = _ENTRIES[name]
    if not _fits(kind, value):
        raise CrmkitError("tier.rules_bad", where=where, name=name, value=value)
    stored: Any = value
    if kind == "sum":
        stored = float(value * 100)
    elif kind == "rising":
        stored = tuple(float(one * 100) for one in value)
    elif kind == "falling":
        stored = tuple(value)
    changes: dict[str, Any] = {field: stored}
    return replace(rules, **changes)


def _fits(kind: str, value: Any) -> bool:
    if kind in ("rising", "falling"):
        return (
            isinstance(value, list)
            and len(value) == len(STAR_SHARES)
            and all(_is_number(one, 1 if kind == "falling" else 1e12) for one in value)
            and all((a < b) == (kind == "rising") and a != b for a, b in pairwise(value))
        )
    return _is_number(value, 1 if kind == "share" else 1e12)


def _is_number(value: Any, most: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < value < most
