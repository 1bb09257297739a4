"""The chance of leaving month by month: the life table and the discrete-time hazard model."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmkit.analysis.churn.survival import check_spells
from crmkit.book.results import HAZARD
from crmkit.book.schema import conform


def hazards(spells: pd.DataFrame) -> pd.DataFrame:
    """Return the share leaving in each period among those who entered it.

    h(t) = leavers / at risk; whoever is last seen in a period counts as at risk in it.

    Parameters
    ----------
    spells : DataFrame
        One row per client: ``time``, the number of periods observed from 1 on, and ``left``,
        whether the last of them ended in leaving; ``group`` where there are several.

    Returns
    -------
    DataFrame
        ``group``, ``period``, ``at_risk``, ``left``, ``censored``, ``hazard``, ``survival``.

    Examples
    --------
    >>> four = pd.DataFrame({"time": [1, 2, 2, 3], "left": [True, True, False, False]})
    >>> hazards(four)[["period", "at_risk", "left", "hazard"]]
       period  at_risk  left    hazard
    0       1        4     1  0.250000
    1       2        3     1  0.333333
    2       3        1     0  0.000000
    """
    tables = [
        _life_table(rows).assign(group=name)
        for name, rows in check_spells(spells).groupby("group", observed=True, sort=True)
    ]
    return conform(pd.concat(tables, ignore_index=True), HAZARD)


def _life_table(rows: pd.DataFrame) -> pd.DataFrame:
    last = rows["time"].astype("int64")
    periods = np.arange(1, int(last.max()) + 1)
    ends, leaves = (
        np.bincount(last, weights=w, minlength=len(periods) + 1)[1:]
        for w in (np.ones(len(rows)), rows["left"].to_numpy())
    )
    risk = ends[::-1].cumsum()[::-1]
    hazard = leaves / risk
    return pd.DataFrame({
        "period": periods, "at_risk": risk.astype(np.int64), "left": leaves.astype(np.int64),
        "censored": (ends - leaves).astype(np.int64), "hazard": hazard,
        "survival": np.cumprod(1 - hazard),
    })  # fmt: skip


def person_periods(spells: pd.DataFrame, covariates: Sequence[str] = ()) -> pd.DataFrame:
    """Return one row for every period a client was under observation.

    Parameters
    ----------
    spells : DataFrame
        ``time``, ``left`` and the covariates.
    covariates : sequence of str
        Columns to repeat in every row of a client.

    Returns
    -------
    DataFrame
        ``period``, ``left`` (true in the last row of a leaver only) and the covariates.

    Examples
    --------
    >>> person_periods(pd.DataFrame({"time": [2, 1], "left": [True, False]})).values.tolist()
    [[1, False], [2, True], [1, False]]
    """
    times = spells["time"].astype("int64").to_numpy()
    place = np.repeat(np.arange(len(spells)), times)
    period = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times) + 1
    ended = period == times[place]
    left = spells["left"].astype(bool).to_numpy()[place] & ended
    rows = pd.DataFrame({"period": period, "left": left})
    return rows.assign(**{name: spells[name].to_numpy()[place] for name in covariates})


def hazard_model(periods: pd.DataFrame, covariates: Sequence[str]) -> pd.Series:
    """Return odds ratios of leaving in a period, by a logit on person-periods.

    log(h / (1 - h)) = a + b x, fitted by maximum likelihood (Cox 1972; Allison 1982).

    Parameters
    ----------
    periods : DataFrame
        As returned by `person_periods`.
    covariates : sequence of str
        Numeric columns. Each ratio belongs to one unit of its column.

    Returns
    -------
    Series
        Odds ratio by covariate; 1 changes nothing, 2 doubles the odds.

    Examples
    --------
    >>> rows = pd.DataFrame({"left": [1, 0, 0, 0, 1, 1, 0, 0], "calls": [0, 0, 0, 0, 1, 1, 1, 1]})
    >>> hazard_model(rows, ["calls"]).round(2).to_dict()
    {'calls': 3.0}
    """
    from sklearn.linear_model import LogisticRegression

    values = periods[list(covariates)].astype("float64")
    centre, spread = values.mean(), values.std(ddof=0).replace(0, 1)
    model = LogisticRegression(C=np.inf, tol=1e-8, max_iter=1000)
    model.fit((values - centre) / spread, periods["left"].astype(bool))
    return pd.Series(np.exp(model.coef_[0] / spread.to_numpy()), index=list(covariates))
