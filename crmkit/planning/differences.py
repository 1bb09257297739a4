"""What a new plan changes in the one before, in sentences."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.planning.cadence import tier_label
from crmkit.words import t


def in_words(changes: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each change, with its cause where one is known.

    Parameters
    ----------
    changes : DataFrame
        ``results.PLAN_CHANGES``.
    names : mapping of str to str
        How clients are called, by ``client_id``.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> moved = pd.DataFrame([{"client_id": "13131", "tier": "A", "change": "moved",
    ...     "old_date": pd.Timestamp(2026, 7, 1), "old_channel": "call",
    ...     "new_date": pd.Timestamp(2026, 7, 3), "new_channel": "call", "cause": "not_reached"}])
    >>> with in_language("zh"): next(in_words(moved, {"13131": "张*"}))
    '改期：张*（A 类）从 2026-07-01 电话改到 2026-07-03 电话，因为当天没联系上。'
    """
    for row in changes.to_dict(orient="records"):
        client_id = str(row["client_id"])
        told = t(
            f"agenda.change.{row['change']}",
            name=names.get(client_id) or client_id,
            tier=tier_label(str(row["tier"])),
            **{name: _day(row[name]) for name in ("old_date", "new_date")},
            **{name: _way(row[name]) for name in ("old_channel", "new_channel")},
        )
        cause = "" if pd.isna(row["cause"]) else t(f"agenda.cause.{row['cause']}")
        yield t("agenda.change.sentence", told=told, cause=cause)


def _day(value: object) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else ""


def _way(value: object) -> str:
    return word_for(value) if isinstance(value, str) else ""
