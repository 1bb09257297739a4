"""A score with reasons: points for what is seen, from a data file anybody can read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.results import CHURN_SCORE
from crmkit.book.schema import conform
from crmkit.words import t


@dataclass(frozen=True)
class Item:
    """One line of the scorecard; what each field means is said in the data file."""

    name: str
    feature: str
    points: int
    cause: str
    basis: str
    source: str
    above: float | None = None
    below: float | None = None
    equals: bool | None = None
    unless: str = ""
    group: str = ""
    tiers: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Card:
    """A scorecard: its items, below which score a client is green, from which one red."""

    items: tuple[Item, ...]
    green_below: int
    red_from: int


@cache
def scorecard() -> Card:
    """Return the course's scorecard.

    >>> max(scorecard().items, key=lambda item: item.points).name
    'outflow'
    """
    text = files("crmkit").joinpath("data/churn/scorecard.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    items = tuple(_item(name, entry) for name, entry in read["item"].items())
    return Card(items, read["green_below"], read["red_from"])


def _item(name: str, entry: Mapping[str, Any]) -> Item:
    fields = {"equals" if key == "is" else key: value for key, value in entry.items()}
    return Item(name, **fields)


def score(known: pd.DataFrame, tiers: pd.Series, card: Card | None = None) -> pd.DataFrame:
    """Return every client's points with the reasons for them, never a bare number.

    What is not known scores nothing: missing is not bad.

    Parameters
    ----------
    known : DataFrame
        As returned by `crmkit.analysis.churn.features.features`.
    tiers : Series
        Tier by ``client_id``.
    card : Card, optional

    Returns
    -------
    DataFrame
        ``client_id``, ``score``, ``band`` (green, amber, red), ``cause`` (that of the
        heaviest reason), ``reasons`` (names of items, heaviest first) and ``reason``: a
        sentence in the language in use.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> one = pd.DataFrame({"client_id": ["1"], "net_outflow_share": [0.5]})
    >>> with in_language("en"): print(score(one, pd.Series({"1": "A"}))["reason"].item())
    moved out more than 30% of the assets last month (+25)
    """
    card = card or scorecard()
    tier = known["client_id"].map(tiers.astype("str"))
    points = pd.DataFrame(
        {item.name: _holds(item, known, tier) * item.points for item in card.items},
        index=known.index,
    )
    for group in {item.group for item in card.items if item.group}:
        names = [item.name for item in card.items if item.group == group]
        most = points[names].max(axis=1)
        first = points[names].eq(most, axis=0).cumsum(axis=1) == 1
        points[names] = points[names].where(first & points[names].eq(most, axis=0), 0)
    total = points.sum(axis=1)
    bands = np.select([total < card.green_below, total < card.red_from], ["green", "amber"], "red")
    found = _reasons(points, card)
    result = pd.DataFrame(
        {"client_id": known["client_id"], "score": total, "band": bands, **found}, index=known.index
    )
    return conform(result, CHURN_SCORE)


def _holds(item: Item, known: pd.DataFrame, tier: pd.Series) -> pd.Series:
    if item.feature not in known:
        return pd.Series(0, index=known.index)
    values = known[item.feature].astype("float64")
    if item.tiers is not None:
        holds = values > tier.map(item.tiers).astype("float64")
    elif item.equals is not None:
        holds = values == float(item.equals)
    elif item.above is not None:
        holds = values > item.above
    else:
        holds = values < (item.below or 0.0)
    if item.unless and item.unless in known:
        holds &= known[item.unless].astype("float64") != 1
    return holds.astype("int64")


def _reasons(points: pd.DataFrame, card: Card) -> dict[str, list[str]]:
    weights = {item.name: item.points for item in card.items}
    causes = {item.name: item.cause for item in card.items}
    order = sorted(weights, key=lambda name: -abs(weights[name]))
    sentence = {
        item.name: t("churn.point", what=_said(item), points=f"{item.points:+d}")
        for item in card.items
    }
    found: dict[str, list[str]] = {"cause": [], "reasons": [], "reason": []}
    for row in points[order].to_numpy() != 0:
        names = [name for name, there in zip(order, row, strict=True) if there]
        blamed = [causes[n] for n in names if weights[n] > 0 and causes[n] != "none"]
        found["cause"].append(blamed[0] if blamed else "none")
        found["reasons"].append(" ".join(names))
        found["reason"].append(
            t("churn.semicolon").join(sentence[n] for n in names) or t("churn.nothing")
        )
    return found


def _said(item: Item) -> str:
    line = item.above if item.above is not None else item.below
    return t(f"churn.item.{item.name}", line=line if line is not None else 0)


def evidence(
    known: pd.DataFrame, tiers: pd.Series, churned: pd.Series, card: Card | None = None
) -> pd.DataFrame:
    """Return how much each item says on a book whose leavers are known.

    Weight of evidence is ln(share of leavers with it / share of stayers with it); the
    information value adds (difference of the shares) x weight over with and without. Half a
    client is added to every count, so that none is empty.

    Parameters
    ----------
    known, tiers, card
        As for `score`.
    churned : Series of bool
        In the order of ``known``.

    Returns
    -------
    DataFrame
        Indexed by item: ``points``, ``clients`` (with it), ``left`` (of these), ``rate``,
        ``weight``, ``information``.

    Examples
    --------
    >>> rows = pd.DataFrame({"client_id": list("1234"), "net_outflow_share": [0.9, 0.8, 0.0, 0.0]})
    >>> left = pd.Series([True, True, False, False])
    >>> evidence(rows, pd.Series(dtype="str"), left).loc["outflow", "weight"].round(2)
    np.float64(1.61)
    """
    card = card or scorecard()
    tier = known["client_id"].map(tiers.astype("str"))
    truth = churned.astype(bool).to_numpy()
    rows = {}
    for item in card.items:
        with_it = _holds(item, known, tier).to_numpy() == 1
        counts = np.array(
            [[(with_it & truth).sum(), (with_it & ~truth).sum()],
             [(~with_it & truth).sum(), (~with_it & ~truth).sum()]]
        )  # fmt: skip
        shares = (counts + 0.5) / (counts + 0.5).sum(axis=0)
        weights = np.log(shares[:, 0] / shares[:, 1])
        rows[item.name] = {
            "points": item.points,
            "clients": int(with_it.sum()),
            "left": int(counts[0, 0]),
            "rate": counts[0, 0] / with_it.sum() if with_it.any() else np.nan,
            "weight": weights[0] if with_it.any() else np.nan,
            "information": float(((shares[:, 0] - shares[:, 1]) * weights).sum())
            if with_it.any()
            else np.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("item")
