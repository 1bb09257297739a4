"""The chance of leaving, learnt from one window and tried on the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.churn.features import check_leakage, heading
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Fewer leavers than this teach nothing.
LEAST_LEAVERS = 20
#: Words of more kinds than this are names of people or places rather than features.
KINDS = 20
#: A column whose largest value is so many times its median has a long tail.
_LARGE = 50.0


@dataclass(frozen=True)
class Risk:
    """A fitted model of the chance of leaving.

    Attributes
    ----------
    columns : tuple of str
        What it looks at.
    weights : Series
        By column: change in log-odds for one standard deviation more.
    notes : tuple of str
        What a user must be told: leakage, columns left out, values filled in.
    """

    columns: tuple[str, ...]
    weights: pd.Series
    notes: tuple[str, ...]
    _model: Any = field(repr=False)

    def chance(self, known: pd.DataFrame) -> pd.Series:
        """Return each client's chance of leaving, in the order of the rows."""
        ready = numbers(known).reindex(columns=self.columns)
        return pd.Series(self._model.predict_proba(ready)[:, 1], index=known.index)


def fit_risk(known: pd.DataFrame, churned: pd.Series) -> Risk:
    """Return a logistic model of leaving.

    Long-tailed amounts are taken as logarithms, gaps are filled with the median, and all
    columns are brought to one scale.

    Parameters
    ----------
    known : DataFrame
        ``client_id`` and columns known before the window.
    churned : Series of bool
        In the order of the rows.

    Raises
    ------
    CrmkitError
        ``churn.few_leavers`` when there are too few to learn from, ``churn.no_columns`` when
        no column is left to learn from.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rows = pd.DataFrame({"client_id": np.arange(500).astype(str), "loss": rng.normal(size=500)})
    >>> left = pd.Series(rng.random(500) < 1 / (1 + np.exp(1 - rows["loss"])))
    >>> fit_risk(rows, left).weights.round(1).tolist()
    [1.0]
    """
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    require_leavers(churned)
    ready = numbers(known)
    if ready.empty:
        raise CrmkitError("churn.no_columns")
    notes = [*check_leakage(known, churned), *_gaps(ready)]
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        LogisticRegression(C=1.0, max_iter=1000),
    )
    model.fit(ready, churned.astype(bool).to_numpy())
    weights = pd.Series(model[-1].coef_[0], index=ready.columns).sort_values(key=np.abs)[::-1]
    return Risk(tuple(ready.columns), weights, tuple(notes), model)


def require_leavers(churned: pd.Series) -> None:
    """Refuse to learn from fewer leavers, or stayers, than teach anything."""
    left = int(churned.astype(bool).sum())
    if min(left, len(churned) - left) < LEAST_LEAVERS:
        raise CrmkitError("churn.few_leavers", left=left, clients=len(churned), least=LEAST_LEAVERS)


def numbers(known: pd.DataFrame) -> pd.DataFrame:
    """Return the columns as numbers: flags as 0 and 1, words as one column each.

    Columns that are empty or the same everywhere are left out; long-tailed amounts become
    logarithms with their sign.

    Examples
    --------
    >>> numbers(pd.DataFrame({"client_id": ["1", "2"], "sex": ["f", "m"], "same": 1})).columns[0]
    'sex=f'
    """
    parts = [
        _column(known[name], str(name))
        for name in known.columns.drop("client_id", errors="ignore")
        if not pd.api.types.is_datetime64_any_dtype(known[name])
    ]
    table = pd.concat(parts, axis=1) if parts else pd.DataFrame(index=known.index)
    return table.loc[:, table.max() > table.min()]


def _column(values: pd.Series, name: str) -> pd.DataFrame:
    if pd.api.types.is_numeric_dtype(values) or values.dtype == "boolean":
        number = values.to_numpy(dtype=np.float64, na_value=np.nan)
        number = np.where(np.isinf(number), np.nan, number)
        known = number[~np.isnan(number)]
        if len(known) and np.abs(known).max() > _LARGE * (np.median(np.abs(known)) + 1):
            number = np.sign(number) * np.log1p(np.abs(number))
        return pd.DataFrame({name: number}, index=values.index)
    words = values.astype("object")
    kinds = sorted(map(str, words.dropna().unique()))
    if len(kinds) > KINDS:
        return pd.DataFrame(index=values.index)
    return pd.DataFrame({f"{name}={kind}": (words.astype("str") == kind) * 1.0 for kind in kinds})


def _gaps(ready: pd.DataFrame) -> Sequence[str]:
    missing = ready.isna().mean()
    return [
        t("churn.filled", column=heading(str(name)), share=share)
        for name, share in missing[missing > 0.05].items()
    ]
