"""What an action changes: by comparing, by adjusting, and by a randomised holdout.

Managers call the rich and the loyal, who stay anyway. A comparison of the called with the others
flatters the calls; adjusting for what is on record takes away part of that; only a group held
out by lot takes away all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.analysis.churn.risk import numbers
from crmkit.errors import CrmkitError
from crmkit.words import t

#: A holdout smaller than this share of a campaign measures nothing.
LEAST_HOLDOUT = 0.10


@dataclass(frozen=True)
class Effect:
    """The change in the share that leaves; negative means that fewer leave.

    Attributes
    ----------
    effect, error : float
        With its standard error.
    treated, others : float
        Shares that left.
    notes : tuple of str
    """

    effect: float
    error: float
    treated: float
    others: float
    notes: tuple[str, ...] = ()


def compare(rows: pd.DataFrame, randomised: bool) -> Effect:
    """Return the difference in leaving between the treated and the others.

    Parameters
    ----------
    rows : DataFrame
        ``treated`` and ``churned``.
    randomised : bool
        Whether a lot decided who was treated. If not, a note says what the number is worth.

    Raises
    ------
    CrmkitError
        ``churn.no_holdout`` when one of the groups is empty.

    Examples
    --------
    >>> four = pd.DataFrame({"treated": [1, 1, 0, 0], "churned": [0, 0, 1, 0]})
    >>> compare(four, randomised=True).effect
    -0.5
    """
    treated, churned = _arms(rows)
    sides = churned[treated], churned[~treated]
    error = float(np.sqrt(sum(side.var(ddof=0) / len(side) for side in sides)))
    notes = [] if randomised else [t("churn.not_randomised")]
    if randomised and 1 - treated.mean() < LEAST_HOLDOUT:
        notes.append(t("churn.small_holdout", share=1 - treated.mean(), least=LEAST_HOLDOUT))
    with_it, without = (float(side.mean()) for side in sides)
    return Effect(with_it - without, error, with_it, without, tuple(notes))


def adjusted(rows: pd.DataFrame, covariates: Sequence[str]) -> Effect:
    """Return the difference with the groups weighted to look alike in what is on record.

    Inverse probability weights from a logistic model of who was treated, trimmed at 1 and
    99 %; the error is that of weighted means. What is not on record stays unadjusted.

    Parameters
    ----------
    rows : DataFrame
        ``treated``, ``churned`` and the covariates.
    covariates : sequence of str

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rich = rng.random(4000) < 0.5
    >>> rows = pd.DataFrame({"rich": rich, "treated": rng.random(4000) < 0.2 + 0.6 * rich,
    ...                      "churned": rng.random(4000) < 0.3 - 0.2 * rich})
    >>> round(compare(rows, False).effect, 2), round(adjusted(rows, ["rich"]).effect, 2)
    (-0.13, -0.01)
    """
    treated, churned = _arms(rows)
    chance = _propensity(rows[list(covariates)], treated)
    weight = np.where(treated, 1 / chance, 1 / (1 - chance))
    means, variance = [], 0.0
    for side in (treated, ~treated):
        share = weight[side] / weight[side].sum()
        mean = float(share @ churned[side])
        means.append(mean)
        variance += float((share**2) @ (churned[side] - mean) ** 2)
    return Effect(means[0] - means[1], variance**0.5, means[0], means[1], (t("churn.adjusted"),))


def _propensity(known: pd.DataFrame, treated: NDArray[np.bool_]) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = _logit(numbers(known), treated).predict_proba(numbers(known))
    return np.clip(chance[:, 1], 0.01, 0.99)


def _logit(ready: pd.DataFrame, truth: NDArray[np.bool_]) -> Any:
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(
        SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(max_iter=1000)
    )
    return model.fit(ready, truth)


def _arms(rows: pd.DataFrame) -> tuple[NDArray[Any], NDArray[Any]]:
    treated = rows["treated"].astype(bool).to_numpy()
    if treated.all() or not treated.any():
        raise CrmkitError("churn.no_holdout", clients=len(rows))
    return treated, rows["churned"].to_numpy(dtype=np.float64)


def learn_uplift(rows: pd.DataFrame, covariates: Sequence[str], folds: int = 5) -> pd.Series:
    """Return by how much treating each client lowers the chance of leaving.

    Two models, one of the treated and one of the others (a T-learner); each client is judged
    by models fitted without him. Only a randomised holdout gives this number a meaning.

    Parameters
    ----------
    rows : DataFrame
        ``treated``, ``churned`` and the covariates, from a randomised trial.
    covariates : sequence of str
    folds : int

    Returns
    -------
    Series
        In the order of the rows; above 0 means that treating keeps the client.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> loss, treated = rng.random(6000) < 0.5, rng.random(6000) < 0.5
    >>> left = rng.random(6000) < 0.1 + 0.3 * (loss & ~treated)
    >>> rows = pd.DataFrame({"loss": loss, "treated": treated, "churned": left})
    >>> learn_uplift(rows, ["loss"]).groupby(loss).mean().abs().round(1).tolist()
    [0.0, 0.3]
    """
    treated, churned = _arms(rows)
    ready = numbers(rows[list(covariates)])
    fold = np.arange(len(rows)) % folds
    uplift = np.zeros(len(rows))
    for part in range(folds):
        here, rest = fold == part, fold != part
        chances = [
            _logit(ready[rest & side], churned[rest & side] > 0).predict_proba(ready[here])[:, 1]
            for side in (treated, ~treated)
        ]
        uplift[here] = chances[1] - chances[0]
    return pd.Series(uplift, index=rows.index)


def qini(rows: pd.DataFrame, uplift: pd.Series) -> tuple[pd.DataFrame, float]:
    """Return how many leavers are kept by treating the first so many of a ranking.

    Among the first k clients: leavers of the others, scaled to the treated, less leavers of the
    treated (Radcliffe 2007). The coefficient is the area above the straight line of a random
    order, as a share of clients.

    Parameters
    ----------
    rows : DataFrame
        ``treated`` and ``churned`` of a randomised trial.
    uplift : Series
        What ranks the clients, highest first.

    Returns
    -------
    (DataFrame, float)
        ``share`` of clients treated, ``kept`` (per client of the trial), ``random``; and the
        coefficient.

    Examples
    --------
    >>> four = pd.DataFrame({"treated": [1, 0, 1, 0], "churned": [0, 1, 1, 1]})
    >>> curve, found = qini(four, pd.Series([0.9, 0.8, 0.1, 0.0]))
    >>> curve["kept"].tolist(), found > 0
    ([0.0, 0.0, 0.25, 0.25, 0.25], True)
    """
    treated, churned = _arms(rows)
    order = np.argsort(-uplift.to_numpy(dtype=np.float64), kind="stable")
    hand, left = treated[order], churned[order]
    n_treated, n_others = np.cumsum(hand), np.cumsum(~hand)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(n_others > 0, n_treated / n_others, 0.0)
    kept = np.cumsum(left * ~hand) * scale - np.cumsum(left * hand)
    kept = np.concatenate([[0.0], np.where(n_others > 0, kept, 0.0)]) / len(rows)
    share = np.arange(len(rows) + 1) / len(rows)
    curve = pd.DataFrame({"share": share, "kept": kept, "random": share * kept[-1]})
    return curve, float(np.trapezoid(curve["kept"] - curve["random"], share))
