"""How long clients stay: Kaplan and Meier's curve, the log-rank test, hazards by month.

A client who has not left yet is censored: known to have stayed so long, and nothing more.
Leaving him out, or calling him a leaver, both bend the curve.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.book.results import SURVIVAL
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError

Floats = NDArray[Any]

#: How a confidence band is drawn: on the survival itself, on its logarithm, or on the
#: logarithm of minus its logarithm, which never leaves the space between nought and one.
BANDS = ("plain", "log", "loglog")


def kaplan_meier(
    spells: pd.DataFrame, confidence: float = 0.95, band: str = "loglog"
) -> pd.DataFrame:
    """Return the share still there at every time, with its band and the numbers at risk.

    S(t) is the product of 1 - d/n over the times up to t (Kaplan and Meier 1958); its variance
    is Greenwood's, S(t)^2 times the sum of d / (n (n - d)).

    Parameters
    ----------
    spells : DataFrame
        One row per client: ``time`` (how long observed, any unit), ``left`` (whether the
        time ended in leaving), and where known ``group``, and ``entry``, the time from which
        on the client was under observation.
    confidence : float
        Of the band, pointwise.
    band : {"loglog", "log", "plain"}

    Returns
    -------
    DataFrame
        ``group``, ``time``, ``at_risk``, ``left``, ``censored``, ``survival``, ``error``
        (standard error), ``low``, ``high``: a row for time 0 and each time at which somebody
        left or was last seen.

    Raises
    ------
    CrmkitError
        ``churn.bad_spells`` for negative or missing times, or none at all;
        ``churn.no_column``.

    Examples
    --------
    >>> four = pd.DataFrame({"time": [1, 2, 2, 3], "left": [True, True, False, False]})
    >>> kaplan_meier(four)[["time", "at_risk", "left", "survival"]]
       time  at_risk  left  survival
    0   0.0        4     0      1.00
    1   1.0        4     1      0.75
    2   2.0        3     1      0.50
    3   3.0        1     0      0.50
    """
    if band not in BANDS or not 0 < confidence < 1:
        raise CrmkitError("churn.bad_band", band=band, bands=", ".join(BANDS), share=confidence)
    groups = check_spells(spells).groupby("group", observed=True, sort=True)
    curves = [_curve(rows, confidence, band).assign(group=name) for name, rows in groups]
    return conform(pd.concat(curves, ignore_index=True), SURVIVAL)


def check_spells(spells: pd.DataFrame) -> pd.DataFrame:
    """Return spells as plain numbers, one group where none is named."""
    for name in ("time", "left"):
        if name not in spells:
            raise CrmkitError("churn.no_column", name=name)
    rows = pd.DataFrame(
        {
            "time": _floats(spells["time"]),
            "left": _floats(spells["left"]),
            "entry": _floats(spells["entry"]) if "entry" in spells else 0.0,
            "group": spells.get("group", ""),
        }
    )
    bad = rows[["time", "left"]].isna().any(axis=1) | (rows["time"] < 0)
    bad |= (rows["time"] < rows["entry"]) | ~rows["left"].isin([0, 1]) | np.isinf(rows["time"])
    if not len(rows) or bad.any():
        raise CrmkitError("churn.bad_spells", count=int(bad.sum()))
    return rows.dropna(subset=["group"])


def _floats(values: pd.Series) -> pd.Series:
    """Return a column as numbers, words missing."""
    found: pd.Series = pd.to_numeric(values, errors="coerce").astype("float64")
    return found


def _curve(rows: pd.DataFrame, confidence: float, band: str) -> pd.DataFrame:
    time, left, entry = (rows[name].to_numpy() for name in ("time", "left", "entry"))
    times = np.unique(np.concatenate([[0.0], time]))
    gone, seen = (_count(times, time, weight) for weight in (left, 1 - left))
    # at risk just before a time: there already and not yet gone
    begun = np.searchsorted(np.sort(entry), times, side="left")
    begun[times == 0] = (entry == 0).sum()
    risk = begun - np.searchsorted(np.sort(time), times, side="left")
    with np.errstate(divide="ignore", invalid="ignore"):
        stay = np.where(gone > 0, 1 - gone / risk, 1.0)
        survival = np.cumprod(stay)
        greenwood = np.cumsum(np.where(gone > 0, gone / (risk * (risk - gone)), 0.0))
        low, high = _band(survival, greenwood, confidence, band)
        error = np.where(survival > 0, survival * np.sqrt(greenwood), np.nan)
    return pd.DataFrame({
        "time": times, "at_risk": risk, "left": gone, "censored": seen, "survival": survival,
        "error": error, "low": low, "high": high,
    })  # fmt: skip


def _count(times: Floats, time: Floats, weight: Floats) -> NDArray[np.int64]:
    counts = np.bincount(np.searchsorted(times, time), weight, minlength=len(times))
    return counts.round().astype(np.int64)


def _band(
    survival: Floats, greenwood: Floats, confidence: float, band: str
) -> tuple[Floats, Floats]:
    from scipy.stats import norm

    reach = norm.ppf((1 + confidence) / 2) * np.sqrt(greenwood)
    if band == "plain":
        low, high = survival * (1 - reach), survival * (1 + reach)
    elif band == "log":
        low, high = survival * np.exp(-reach), survival * np.exp(reach)
    else:
        power = reach / np.log(survival)
        low, high = survival ** np.exp(-power), survival ** np.exp(power)
    inside = (survival > 0) & (greenwood > 0)
    sure = np.where(greenwood == 0, survival, np.nan)  # nobody has left yet: nothing to vary
    return (np.where(inside, low, sure).clip(0, 1), np.where(inside, high, sure).clip(0, 1))


def numbers_at_risk(curves: pd.DataFrame, times: Any) -> pd.DataFrame:
    """Return how many were still under observation at each of some times.

    Parameters
    ----------
    curves : DataFrame
        As returned by `kaplan_meier`, without delayed entry.
    times : list of float

    Returns
    -------
    DataFrame
        One row per group, one column per time.

    Examples
    --------
    >>> four = pd.DataFrame({"time": [1, 2, 2, 3], "left": [True, True, False, False]})
    >>> numbers_at_risk(kaplan_meier(four), [0, 2, 2.5]).iloc[0].tolist()
    [4, 3, 1]
    """
    asked = np.asarray(times, dtype=np.float64)
    rows = {}
    for group, curve in curves.groupby("group", observed=True, sort=True):
        known = np.append(curve["at_risk"].to_numpy(dtype=np.int64), 0)
        rows[group] = known[np.searchsorted(curve["time"].to_numpy(dtype=np.float64), asked)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(asked))


def half_life(curves: pd.DataFrame) -> pd.Series:
    """Return by group the first time at which no more than half are left; missing if never.

    Examples
    --------
    >>> four = pd.DataFrame({"time": [1, 2, 2, 3], "left": [True, True, False, False]})
    >>> half_life(kaplan_meier(four)).tolist()
    [2.0]
    """
    half = curves[curves["survival"] <= 0.5 + 1e-12]
    first: pd.Series = half.groupby("group", observed=True)["time"].min()
    return first.reindex(curves["group"].unique())


@dataclass(frozen=True)
class LogRank:
    """Whether groups leave at the same pace.

    Attributes
    ----------
    chi2 : float
    freedom : int
        Degrees of freedom, groups less one.
    p : float
        How often groups that do not differ would look at least so different.
    groups : DataFrame
        By group: ``clients``, ``left``, ``expected`` (how many would have left at the
        common pace).
    """

    chi2: float
    freedom: int
    p: float
    groups: pd.DataFrame


def log_rank(spells: pd.DataFrame, permutations: int = 0, seed: int = 0) -> LogRank:
    """Test whether groups leave at the same pace (Mantel 1966).

    At each time the leavers are shared out by the numbers at risk; the sum of what was
    observed beyond that, squared over its hypergeometric variance, is chi-squared.

    Parameters
    ----------
    spells : DataFrame
        ``time``, ``left``, ``group``.
    permutations : int
        Above 0, p is found by dealing the groups out anew so many times in place of the
        chi-squared distribution, which small groups do not follow.
    seed : int

    Raises
    ------
    CrmkitError
        ``churn.one_group`` when there is nothing to compare.

    Examples
    --------
    >>> six = pd.DataFrame({"time": [1, 2, 3, 4, 5, 6], "left": True, "group": list("aaabbb")})
    >>> round(log_rank(six).chi2, 3)
    5.052
    """
    rows = check_spells(spells)
    names, codes = np.unique(rows["group"].astype("str").to_numpy(), return_inverse=True)
    if len(names) < 2:
        raise CrmkitError("churn.one_group")
    time, left = rows["time"].to_numpy(), rows["left"].to_numpy()
    times = np.unique(time[left > 0])
    chi2, seen, expected = _mantel(times, time, left, codes, len(names))
    table = pd.DataFrame(
        {"clients": np.bincount(codes), "left": seen.astype(np.int64), "expected": expected},
        index=pd.Index(names, name="group"),
    )
    return LogRank(chi2, len(names) - 1, _p(chi2, times, time, left, codes, len(names),
                                           permutations, seed), table)  # fmt: skip


def _p(
    chi2: float, times: Floats, time: Floats, left: Floats, codes: NDArray[np.intp], groups: int,
    permutations: int, seed: int,
) -> float:  # fmt: skip
    if not permutations:
        from scipy.stats import chi2 as distribution

        return float(distribution.sf(chi2, groups - 1))
    rng = np.random.default_rng(seed)
    draws = (_mantel(times, time, left, rng.permutation(codes), groups)[0]
             for _ in range(permutations))  # fmt: skip
    return (1 + sum(draw >= chi2 - 1e-9 for draw in draws)) / (1 + permutations)


def _mantel(
    times: Floats, time: Floats, left: Floats, codes: NDArray[np.intp], groups: int
) -> tuple[float, Floats, Floats]:
    """Return the statistic, and how many of each group left and were expected to."""
    risk = np.empty((groups, len(times)))
    gone = np.empty((groups, len(times)))
    for group in range(groups):
        own = time[codes == group]
        risk[group] = len(own) - np.searchsorted(np.sort(own), times, side="left")
        leavers = own[left[codes == group] > 0]
        gone[group] = np.bincount(np.searchsorted(times, leavers), minlength=len(times))
    n, d = risk.sum(axis=0), gone.sum(axis=0)
    expected = (risk * d / n).sum(axis=1)
    spread = np.divide(d * (n - d), n - 1, out=np.zeros_like(n), where=n > 1)
    share = risk / n
    variance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    beyond = (gone.sum(axis=1) - expected)[:-1]
    chi2 = float(beyond @ np.linalg.pinv(variance[:-1, :-1]) @ beyond)
    return chi2, gone.sum(axis=1), expected
