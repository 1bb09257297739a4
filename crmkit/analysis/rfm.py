"""RFM: how lately, how often, how much; and what it cannot see."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.results import RFM
from crmkit.book.schema import conform
from crmkit.words import t

#: From which score on a client counts as high.
HIGH = 4
_GROUPS = {
    (True, True, True): "key_value", (True, False, True): "key_growth",
    (False, True, True): "key_keep", (False, False, True): "key_rescue",
    (True, True, False): "plain_value", (True, False, False): "plain_growth",
    (False, True, False): "plain_keep", (False, False, False): "plain_rescue",
}  # fmt: skip


@dataclass(frozen=True)
class Rfm:
    """Scores and groups of a book's clients.

    Attributes
    ----------
    rfm : DataFrame
        The columns of ``book.results.RFM``; no scores for clients without a record.
    notes : tuple of str
        What a reader must be told, in the language in use.
    """

    rfm: pd.DataFrame
    notes: tuple[str, ...]


def rfm(measures: pd.DataFrame) -> Rfm:
    """Return how lately, how often and how much each client trades, as scores of 1 to 5.

    Five marks the fifth that did best, counted by how many did better, so that equal
    clients have equal scores; who has not traded at all has 1. A client without a month on
    record, such as every prospect, has no score: nothing is known, which is not the same as
    nothing done.

    Parameters
    ----------
    measures : DataFrame
        ``client_id``, ``months_on_record``, ``days_since_trade``, ``trades_12m`` and
        ``contribution_12m``.

    Examples
    --------
    >>> two = pd.DataFrame({"client_id": ["1", "2"], "months_on_record": [12, None],
    ...     "days_since_trade": [5, None], "trades_12m": [40, None],
    ...     "contribution_12m": [90_000, None]})
    >>> found = rfm(two)
    >>> found.rfm["rfm_group"].tolist(), len(found.notes)
    (['key_value', nan], 2)
    """
    known = measures["months_on_record"].fillna(0) > 0
    days = measures["days_since_trade"].astype("float64")
    scores = pd.DataFrame(
        {
            "r_score": _score(-days.where(known), days.isna() & known),
            "f_score": _score(measures["trades_12m"].where(known), _idle(measures["trades_12m"])),
            "m_score": _score(
                measures["contribution_12m"].where(known), _idle(measures["contribution_12m"])
            ),
        }
    )
    complete = scores.notna().all(axis=1)
    highs = (scores.fillna(0) >= HIGH).itertuples(index=False, name=None)
    groups = [_GROUPS[high] for high in highs]
    rows = measures.assign(
        **scores,
        rfm_group=pd.Series(groups, index=measures.index, dtype="object").where(complete),
        reason=[
            _reason(*row) for row in zip(days, *scores.to_numpy(dtype="object").T, strict=True)
        ],
    )
    unseen = int((~complete).sum())
    notes = [t("rfm.basis")] + [t("rfm.unseen", count=unseen)] * bool(unseen)
    return Rfm(conform(rows, RFM), tuple(notes))


def _idle(values: pd.Series) -> pd.Series:
    return (values <= 0).fillna(False).astype("bool")


def _score(values: pd.Series, nothing: pd.Series) -> pd.Series:
    """Return 5 for values that fewer than a fifth exceed, down to 1, and 1 for nothing at all."""
    numbers = values.astype("float64")
    counted = int((numbers.notna() | nothing).sum())
    better = numbers.rank(ascending=False, method="min") - 1
    score: pd.Series = 5 - (5 * better).floordiv(max(counted, 1))
    return score.mask(nothing, 1).astype("Int64")


def _reason(days: float, recent: Any, often: Any, much: Any) -> str:
    if pd.isna(recent) and pd.isna(often):
        return t("rfm.no_record")
    told = ["?" if pd.isna(score) else str(score) for score in (recent, often, much)]
    since = t("rfm.never") if np.isnan(days) else t("rfm.days", days=int(days))
    return t("rfm.reason", since=since, r=told[0], f=told[1], m=told[2])
