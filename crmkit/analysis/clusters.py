"""Clients who are alike: groups nobody named beforehand, and how far to trust them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.results import MEASURES
from crmkit.errors import CrmkitError
from crmkit.words import language, t

#: What clients are compared by unless said otherwise.
FEATURES = ("assets", "contribution_12m", "turnover_ratio", "trades_12m", "logins_12m")
#: Numbers of clusters that are tried, times that stability is tried, and below which values
#: the groups are called weak and fickle. The last two are rules of thumb (Kaufman and
#: Rousseeuw 1990 for the silhouette, Hennig 2007 for stability), no laws.
TRIED = (2, 3, 4, 5, 6)
REPEATS = 8
WEAK, FICKLE = 0.25, 0.75
#: Silhouettes compare all pairs of clients; beyond so many a sample stands for all.
SAMPLE = 1500


@dataclass(frozen=True)
class Clusters:
    """Clusters of clients with what speaks for and against them.

    Attributes
    ----------
    members : DataFrame
        ``client_id`` and ``cluster`` (from 1, the cluster that brings most first; missing
        for clients who lack a number).
    centres : DataFrame
        One row per cluster: ``cluster``, ``clients``, ``description`` in the language in
        use, and the median of every feature.
    silhouettes : mapping of int to float
        Mean silhouette for each number of clusters tried, -1 to 1; for the one asked for
        where it was given.
    stability : float
        Mean adjusted Rand index between the clusters and those of halves of the clients: 1
        where every half finds the same ones, 0 where it is chance.
    plane : DataFrame
        ``x`` and ``y``: clients on the plane that shows most of the differences, in the
        order of ``members``.
    notes : tuple of str
        What a reader of the clusters must be told, in the language in use.
    """

    members: pd.DataFrame
    centres: pd.DataFrame
    silhouettes: dict[int, float]
    stability: float
    plane: pd.DataFrame
    notes: tuple[str, ...]


def clusters(
    measures: pd.DataFrame,
    features: Sequence[str] = FEATURES,
    number: int | None = None,
    seed: int = 0,
    scaled: bool = True,
) -> Clusters:
    """Return groups of clients who are alike, by k-means.

    Parameters
    ----------
    measures : DataFrame
        ``client_id`` and the features; clients who lack one are left out and counted.
    features : sequence of str
        Columns of numbers.
    number : int, optional
        How many clusters; the number with the highest silhouette unless given.
    seed : int
    scaled : bool
        Whether every feature counts alike, after logarithms of what is skewed. Left as
        they are, features in the largest unit decide alone; the notes then say so.

    Raises
    ------
    CrmkitError
        ``cluster.too_few`` when hardly any client has all features, ``cluster.bad_number``,
        ``cluster.no_feature``, ``cluster.no_number`` and ``cluster.alike`` where the clients
        do not differ enough.

    Examples
    --------
    >>> two = pd.DataFrame({"client_id": [str(n) for n in range(40)],
    ...                     "assets": [100] * 20 + [90_000_00] * 20,
    ...                     "trades_12m": [0, 1] * 10 + [90, 91] * 10})
    >>> found = clusters(two, ["assets", "trades_12m"], number=2)
    >>> found.centres["clients"].tolist(), round(found.stability, 2)
    ([20, 20], 1.0)
    """
    values = _numbers(measures, features)
    known = measures[values.notna().all(axis=1)]
    if number is not None and not 2 <= number <= 12:
        raise CrmkitError("cluster.bad_number", number=number)
    if len(known) < 10 * max(number or 0, 2):
        raise CrmkitError("cluster.too_few", clients=len(known), number=max(number or 0, 2))
    raw = values.loc[known.index].to_numpy()
    points = _scaled(raw) if scaled else raw
    kinds = len(np.unique(points, axis=0))
    tried = [number] if number else [k for k in TRIED if len(known) >= 10 * k and k <= kinds]
    if kinds < max(tried, default=2):
        raise CrmkitError("cluster.alike", kinds=kinds, number=max(tried, default=2))
    fits = {k: _fit(points, k, seed).labels_ for k in tried}
    silhouettes = {k: _silhouette(points, labels, seed) for k, labels in fits.items()}
    chosen = max(silhouettes, key=lambda k: silhouettes[k])
    labels = _by_contribution(known, fits[chosen])
    stability = _stability(points, labels, chosen, seed)
    members = measures[["client_id"]].assign(
        cluster=pd.Series(labels, index=known.index, dtype="Int64").reindex(measures.index)
    )
    notes = _notes(raw, features, scaled, silhouettes[chosen], stability,
                   len(measures) - len(known))  # fmt: skip
    return Clusters(
        members.reset_index(drop=True),
        _centres(known, features, points, labels),
        silhouettes,
        stability,
        _plane(_scaled(raw), known.index, measures.index),
        notes,
    )


def _numbers(measures: pd.DataFrame, features: Sequence[str]) -> pd.DataFrame:
    """Return the features as numbers; an infinite one is as good as none."""
    for name in ("client_id", *features):
        if name not in measures:
            raise CrmkitError("cluster.no_feature", name=name)
    values = measures[list(features)]
    for name in features:
        if not pd.api.types.is_numeric_dtype(values[name]):
            raise CrmkitError("cluster.no_number", name=name)
    return values.astype("float64").replace([np.inf, -np.inf], np.nan)


def _scaled(raw: np.ndarray) -> np.ndarray:
    """Return features of mean 0 and deviation 1, skewed ones after a logarithm."""
    columns = []
    for values in raw.T:
        skewed = values.min() >= 0 and values.mean() > 1.5 * np.median(values)
        column = np.log1p(values) if skewed else values
        spread = column.std()
        columns.append((column - column.mean()) / spread if spread else column * 0)
    return np.column_stack(columns)


def _fit(points: np.ndarray, number: int, seed: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(number, n_init=5, random_state=seed).fit(points)


def _silhouette(points: np.ndarray, labels: np.ndarray, seed: int) -> float:
    from sklearn.metrics import silhouette_score

    sample = np.random.RandomState(seed).permutation(len(points))[:SAMPLE]
    _, firsts = np.unique(labels, return_index=True)
    # a cluster of one or two would easily be missed by chance
    missed = firsts[~np.isin(labels[firsts], labels[sample])]
    sample = np.concatenate([sample, missed])
    return float(silhouette_score(points[sample], labels[sample]))


def _stability(points: np.ndarray, labels: np.ndarray, number: int, seed: int) -> float:
    from sklearn.metrics import adjusted_rand_score

    rng = np.random.default_rng(seed)
    found = []
    for _ in range(REPEATS):
        half = rng.choice(len(points), len(points) // 2, replace=False)
        found.append(adjusted_rand_score(labels, _fit(points[half], number, seed).predict(points)))
    return float(np.mean(found))


def _by_contribution(known: pd.DataFrame, labels: np.ndarray) -> np.ndarray:
    """Return labels from 1 on, the cluster first whose clients bring, or have, most."""
    by = next((name for name in ("contribution_12m", "assets") if name in known), None)
    weight = known[by].astype("float64").to_numpy() if by else np.ones(len(known))
    means = [-np.nan_to_num(weight[labels == one]).mean() for one in range(labels.max() + 1)]
    place = np.argsort(np.argsort(means))
    return np.asarray(place[labels] + 1)


def _centres(
    known: pd.DataFrame, features: Sequence[str], points: np.ndarray, labels: np.ndarray
) -> pd.DataFrame:
    spread = points.std(axis=0)
    standard = (points - points.mean(axis=0)) / np.where(spread > 0, spread, 1)
    rows = []
    for one in range(1, labels.max() + 1):
        own = labels == one
        medians = known.loc[own, list(features)].astype("float64").median()
        described = _described(features, standard[own].mean(axis=0))
        rows.append({"cluster": one, "clients": int(own.sum()), "description": described,
                     **medians.to_dict()})  # fmt: skip
    return pd.DataFrame(rows)


def _described(features: Sequence[str], differences: np.ndarray, most: int = 3) -> str:
    """Return in words what sets a cluster apart: its largest differences from all clients."""
    order = np.argsort(-np.abs(differences), kind="stable")[:most]
    told = [
        t(f"cluster.{'high' if differences[n] > 0 else 'low'}", feature=_name(features[n]))
        for n in order
        if abs(differences[n]) >= 0.4
    ]
    return t("words.comma").join(told) or t("cluster.ordinary")


def _name(feature: str) -> str:
    column = MEASURES.columns.get(feature)
    if column is None:
        return feature
    return column.zh if language() == "zh" else column.en[0].lower() + column.en[1:]


def _plane(points: np.ndarray, known: pd.Index, everybody: pd.Index) -> pd.DataFrame:
    from sklearn.decomposition import PCA

    flat = PCA(min(2, points.shape[1]), random_state=0).fit_transform(points)
    if flat.shape[1] == 1:
        flat = np.column_stack([flat, np.zeros(len(flat))])
    return pd.DataFrame(flat, index=known, columns=["x", "y"]).reindex(everybody).reset_index(
        drop=True
    )  # fmt: skip


def _notes(
    raw: np.ndarray, features: Sequence[str], scaled: bool, silhouette: float, stability: float,
    left_out: int,
) -> tuple[str, ...]:  # fmt: skip
    notes = [t("cluster.quality", silhouette=silhouette, stability=stability)]
    if not scaled:
        variances = raw.var(axis=0)
        largest = int(np.argmax(variances))
        share = variances[largest] / variances.sum() if variances.sum() else float("nan")
        notes.append(t("cluster.unscaled", feature=_name(features[largest]), share=share))
    notes += [t("cluster.weak", limit=WEAK)] * (silhouette < WEAK)
    notes += [t("cluster.fickle", limit=FICKLE)] * (stability < FICKLE)
    notes += [t("cluster.left_out", count=left_out)] * bool(left_out)
    return tuple(notes)
