"""A decision tree told in sentences."""

from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.churn.features import heading
from crmkit.analysis.churn.risk import KINDS, require_leavers
from crmkit.book.results import CHURN_FEATURES, CHURN_TREE
from crmkit.book.schema import conform
from crmkit.book.units import CNY
from crmkit.errors import CrmkitError
from crmkit.words import glossary, language, t

DEPTH, LEAST = 4, 30


def grow_tree(
    known: pd.DataFrame,
    churned: pd.Series,
    cost_ratio: float = 5.0,
    depth: int = DEPTH,
    least: int = LEAST,
) -> pd.DataFrame:
    """Return the leaves of a decision tree (CART), each as a sentence.

    Leavers are rare: a tree that only counts errors calls nobody a leaver and is right nine
    times in ten. Here overlooking a leaver costs ``cost_ratio`` times as much as an alarm for
    nothing, and a leaf is flagged where acting on all of it costs less than leaving it be.

    Parameters
    ----------
    known : DataFrame
        ``client_id`` and columns known before the window; gaps are filled with the median.
    churned : Series of bool
        In the order of the rows.
    cost_ratio : float
    depth : int
        No more than so many questions.
    least : int
        Clients in the smallest leaf.

    Returns
    -------
    DataFrame
        ``leaf``, ``sentence``, ``clients``, ``left``, ``rate``, ``flagged``; highest rate
        first.

    Raises
    ------
    CrmkitError
        ``churn.few_leavers``, ``churn.bad_tree``, ``churn.no_columns``.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> rows = pd.DataFrame({"calls": [0] * 50 + [5] * 50})
    >>> left = pd.Series([True] * 40 + [False] * 60)
    >>> with in_language("en"): print(grow_tree(rows, left)["sentence"].tolist())
    ['calls at most 2.5', 'calls above 2.5']
    """
    from sklearn.tree import DecisionTreeClassifier

    if depth < 1 or least < 1 or not 0 < cost_ratio < np.inf:
        raise CrmkitError("churn.bad_tree", depth=depth, least=least, cost_ratio=cost_ratio)
    require_leavers(churned)
    table = _plain(known)
    if table.empty:
        raise CrmkitError("churn.no_columns")
    truth = churned.astype(bool).to_numpy()
    model = DecisionTreeClassifier(
        max_depth=depth, min_samples_leaf=least, class_weight={False: 1, True: cost_ratio},
        random_state=0,
    ).fit(table, truth)  # fmt: skip
    places = model.apply(table)
    clients, left = np.bincount(places), np.bincount(places, truth)
    rows = [
        {"sentence": _sentence(ways, table), "clients": clients[place], "left": left[place]}
        for place, ways in _leaves(model.tree_)
    ]
    found = pd.DataFrame(rows)
    rate = found["left"] / found["clients"]
    found = found.assign(rate=rate, flagged=rate * cost_ratio > 1 - rate)
    found = found.sort_values("rate", ascending=False, kind="stable", ignore_index=True)
    return conform(found.assign(leaf=found.index + 1), CHURN_TREE)


def _plain(known: pd.DataFrame) -> pd.DataFrame:
    """Return numbers in the units of the table, so that sentences can be read."""
    parts: dict[str, Any] = {}
    for name in known.columns.drop("client_id", errors="ignore"):
        values = known[name]
        if pd.api.types.is_numeric_dtype(values) or values.dtype == "boolean":
            parts[str(name)] = values.astype("float64").replace([np.inf, -np.inf], np.nan)
        elif not pd.api.types.is_datetime64_any_dtype(values) and values.nunique() <= KINDS:
            for kind in sorted(map(str, values.dropna().unique())):
                parts[f"{name}={kind}"] = (values.astype("str") == kind) * 1.0
    table = pd.DataFrame(parts, index=known.index)
    table = table.loc[:, table.max() > table.min()]
    return table.fillna(table.median())


Way = tuple[int, bool, float]


def _leaves(tree: Any) -> list[tuple[int, list[Way]]]:
    """Return each leaf with the questions on the way to it: feature, whether above, where."""
    found: list[tuple[int, list[Way]]] = []
    stack: list[tuple[int, list[Way]]] = [(0, [])]
    while stack:
        node, ways = stack.pop()
        if tree.children_left[node] < 0:
            found.append((node, ways))
            continue
        feature, line = int(tree.feature[node]), float(tree.threshold[node])
        stack.append((int(tree.children_right[node]), [*ways, (feature, True, line)]))
        stack.append((int(tree.children_left[node]), [*ways, (feature, False, line)]))
    return found


def _sentence(ways: list[Way], table: pd.DataFrame) -> str:
    """Return the questions as one sentence, those about one column drawn together."""
    if not ways:
        return t("churn.everybody")
    limits: dict[int, tuple[float, float]] = {}
    for feature, above, line in ways:
        low, high = limits.get(feature, (-np.inf, np.inf))
        limits[feature] = (max(low, line), high) if above else (low, min(high, line))
    told = [_told(table.columns[f], low, high) for f, (low, high) in limits.items()]
    return t("churn.semicolon").join(told)


def _told(name: str, low: float, high: float) -> str:
    column, is_kind, kind = name.partition("=")
    what = heading(column)
    if is_kind:
        return t("churn.is_kind" if low > 0 else "churn.is_not_kind", what=what, kind=kind)
    if column in CHURN_FEATURES.columns and CHURN_FEATURES.columns[column].dtype == "boolean":
        return t("churn.is_so" if low > 0 else "churn.is_not_so", what=what)
    lines = {"low": _line(column, low), "high": _line(column, high)}
    if f"churn.told.{column}" in glossary():
        kind = "more" if np.isinf(high) else "no_more" if np.isinf(low) else "from_to"
        return t(f"churn.told.{column}", much=t(f"churn.{kind}", **lines))
    what = _label(column)
    if np.isinf(high):
        return t("churn.above", what=what, line=lines["low"])
    if np.isinf(low):
        return t("churn.at_most", what=what, line=lines["high"])
    return t("churn.between", what=what, **lines)


def _label(column: str) -> str:
    """Return what people call a column, without the unit that stands by the figures."""
    known = CHURN_FEATURES.columns.get(column)
    return column if known is None else known.zh if language() == "zh" else known.en


def _line(column: str, value: float) -> str:
    if np.isinf(value):
        return ""
    known = CHURN_FEATURES.columns.get(column)
    if known is not None and f"churn.share_columns.{column}" in glossary():
        return f"{value:.0%}"
    shown = value / (known.unit.size if known is not None else 1)
    line = f"{shown:,.0f}" if abs(shown) >= 100 else f"{shown:.3g}"
    return t("churn.cny", line=line) if known is not None and known.unit is CNY else line
