"""How good a prediction is, judged on clients it has not seen."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.errors import CrmkitError
from crmkit.words import t

#: Below this share of leavers, accuracy misleads.
RARE = 0.20


@dataclass(frozen=True)
class Evaluation:
    """How a prediction fared.

    Attributes
    ----------
    clients : int
    base_rate : float
        Share that left.
    pr_auc : float
        Area under precision against recall; a coin toss gets the base rate.
    auc : float
        Chance that a leaver was given a higher risk than a stayer.
    brier : float
        Mean squared error of the chances; ``brier_base`` is that of saying the base rate to
        everybody.
    brier_base : float
    accuracy_of_nobody : float
        What calling nobody a leaver would score.
    tenths : DataFrame
        From the highest tenth of risk down: ``clients``, ``predicted`` (mean chance),
        ``observed`` (share that left), ``low``, ``high`` (95 % band of that share, Wilson),
        ``lift`` (over the base rate), ``captured`` (share of all leavers so far).
    notes : tuple of str
    """

    clients: int
    base_rate: float
    pr_auc: float
    auc: float
    brier: float
    brier_base: float
    accuracy_of_nobody: float
    tenths: pd.DataFrame
    notes: tuple[str, ...]


def evaluate(churned: pd.Series, chance: pd.Series, parts: int = 10) -> Evaluation:
    """Return how predicted chances compare with what happened.

    Parameters
    ----------
    churned : Series of bool
    chance : Series of float
        In the same order.
    parts : int
        Of the table by risk.

    Raises
    ------
    CrmkitError
        ``churn.one_outcome`` when all left or none, ``churn.bad_chances`` when an outcome or
        a chance is missing.

    Examples
    --------
    >>> left = pd.Series([True, True, False, False])
    >>> found = evaluate(left, pd.Series([0.9, 0.6, 0.4, 0.1]), parts=2)
    >>> found.pr_auc, found.tenths["lift"].tolist()
    (1.0, [2.0, 0.0])
    """
    from sklearn.metrics import average_precision_score, roc_auc_score

    said = pd.to_numeric(chance, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    missing = int(churned.isna().sum() + (~np.isfinite(said)).sum())
    if missing or len(said) != len(churned):
        raise CrmkitError("churn.bad_chances", count=missing, clients=len(churned),
                          chances=len(said))  # fmt: skip
    truth = churned.to_numpy(dtype=bool)
    rate = float(truth.mean()) if len(truth) else 0.0
    if rate in (0.0, 1.0):
        raise CrmkitError("churn.one_outcome", clients=len(truth))
    pr_auc = float(average_precision_score(truth, said))
    notes = [t("churn.learnt_nothing", pr_auc=pr_auc, rate=rate)] if pr_auc <= rate else []
    notes += [t("churn.accuracy", accuracy=1 - rate, rate=rate)] if rate < RARE else []
    return Evaluation(
        clients=len(truth),
        base_rate=rate,
        pr_auc=pr_auc,
        auc=float(roc_auc_score(truth, said)),
        brier=float(((said - truth) ** 2).mean()),
        brier_base=rate * (1 - rate),
        accuracy_of_nobody=1 - rate,
        tenths=_tenths(truth, said, parts),
        notes=tuple(notes),
    )


def _tenths(truth: np.ndarray, said: np.ndarray, parts: int) -> pd.DataFrame:
    order = np.argsort(-said, kind="stable")
    part = np.arange(len(said)) * parts // len(said) + 1
    rows = pd.DataFrame({"part": part, "left": truth[order] * 1.0, "said": said[order]})
    groups = rows.groupby("part")
    counts, observed = groups.size(), groups["left"].mean()
    low, high = wilson(groups["left"].sum(), counts)
    return pd.DataFrame({
        "clients": counts, "predicted": groups["said"].mean(), "observed": observed,
        "low": low, "high": high, "lift": observed / truth.mean(),
        "captured": groups["left"].sum().cumsum() / truth.sum(),
    })  # fmt: skip


def wilson(count: pd.Series, total: pd.Series, z: float = 1.96) -> tuple[pd.Series, pd.Series]:
    """Return Wilson's 95 % limits of a share.

    >>> low, high = wilson(pd.Series([0]), pd.Series([10]))
    >>> round(low.item(), 3), round(high.item(), 3)
    (0.0, 0.278)
    """
    share = count / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    reach = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return (middle - reach).clip(lower=0), (middle + reach).clip(upper=1)


def profit_curve(clients: pd.DataFrame, by: str = "gain") -> pd.DataFrame:
    """Return the expected profit of approaching the first so many clients of a list.

    The sum of uplift x value - cost over the clients approached. The cut belongs where the
    curve is highest, not at a chance of one half.

    Parameters
    ----------
    clients : DataFrame
        ``uplift``, ``value``, ``cost`` (fen) and the column to rank by.
    by : str
        ``gain`` or ``risk``, highest first.

    Returns
    -------
    DataFrame
        ``approached`` (from 0), ``profit`` (fen), ``best``: true in one row.

    Examples
    --------
    >>> two = pd.DataFrame({"uplift": [0.1, 0.0], "value": [100_00, 100_00], "cost": [2_00, 2_00]})
    >>> profit_curve(two.assign(gain=[8_00, -2_00]))["profit"].tolist()
    [0.0, 800.0, 600.0]
    """
    ranked = clients.sort_values(by, ascending=False, kind="stable")
    gain = ranked["uplift"] * ranked["value"].astype("float64") - ranked["cost"].astype("float64")
    profit = np.concatenate([[0.0], np.cumsum(gain.to_numpy(dtype=np.float64))])
    best = np.arange(len(profit)) == profit.argmax()
    return pd.DataFrame({"approached": np.arange(len(profit)), "profit": profit, "best": best})
