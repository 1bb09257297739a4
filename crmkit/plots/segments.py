"""Figures of groups: Lorenz's curve, moves between tiers, RFM, clusters, a cube's heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.analysis.clusters import Clusters
from crmkit.analysis.concentration import gini, lorenz
from crmkit.analysis.cube import Cube
from crmkit.book.codes import word_for
from crmkit.book.results import MEASURES, SEGMENTS, TIERING
from crmkit.book.schema import CLIENT, TIERS, Column
from crmkit.plots.style import FAINT, INK, TIER_COLOURS, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Colours of Okabe and Ito with a marker each, for up to six groups; more begin anew.
GROUP_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
GROUP_MARKERS = ("o", "^", "s", "D", "v", "P")
#: Light to dark: the same order in grey, on paper and for every kind of sight.
SHADES = "Blues"


def lorenz_curve(contribution: pd.Series, ax: Axes | None = None) -> Axes:
    """Draw Lorenz's curve, the line of equality and Gini's measure between them.

    Parameters
    ----------
    contribution : Series
        Any unit; missing values do not count.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(width=6.6, height=5.2, left=0.13) if ax is None else ax
    curve = lorenz(contribution)
    blue = TIER_COLOURS["B"]
    ax.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle=(0, (4, 4)))
    ax.text(0.5, 0.53, t("plots.equal"), color=INK, fontsize=11, ha="right", va="bottom")
    ax.plot(curve["clients"], curve["brought"], color=blue, linewidth=2.6)
    ax.fill_between(curve["clients"], curve["brought"], curve["clients"], color=blue, alpha=0.12)
    ax.text(0.62, 0.36, t("plots.gini", gini=gini(contribution)), fontsize=14, color=blue,
            ha="center")  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(min(0.0, float(curve["brought"].min())), 1.0))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1))
    ax.set_xlabel(t("plots.lorenz_clients"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.contribution_share"), color=INK, fontsize=12)
    ax.figure.subplots_adjust(right=0.95)
    return ax


def tier_moves(moves: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many clients went from which tier to which.

    Parameters
    ----------
    moves : DataFrame
        ``tier_before`` and ``tier``, as from `crmkit.analysis.moves.what_moved`.
    ax : Axes, optional
    """
    from matplotlib.patches import Rectangle

    ax = new_axes(width=6.6, height=5.2, left=0.23) if ax is None else ax
    counts = pd.crosstab(moves["tier_before"].astype("object"), moves["tier"].astype("object"))
    counts = counts.reindex(index=list(TIERS), columns=list(TIERS), fill_value=0)
    places = [word_for(tier) for tier in TIERS]
    _grid(ax, counts.where(counts > 0).astype("float64"), places, places, "{:.0f}")
    for place in range(len(TIERS)):
        corner = (place - 0.48, place - 0.48)
        ax.add_patch(Rectangle(corner, 0.96, 0.96, fill=False, edgecolor=INK, linewidth=1.2))
    ax.set_xlabel(t("plots.tier_now"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.tier_before"), color=INK, fontsize=12)
    return ax


def rfm_grid(rfm: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many clients have which scores, and the mean score of what they bring.

    Parameters
    ----------
    rfm : DataFrame
        ``r_score``, ``f_score`` and ``m_score``, as from `crmkit.analysis.rfm.rfm`; clients
        without scores are left out.
    ax : Axes, optional
    """
    ax = new_axes(width=7.2, height=5.2, left=0.12) if ax is None else ax
    known = rfm.dropna(subset=["r_score", "f_score", "m_score"]).astype(
        {"r_score": "int64", "f_score": "int64", "m_score": "float64"}
    )
    scores = range(1, 6)
    means, counts = (
        known.pivot_table(index="f_score", columns="r_score", values="m_score", aggfunc=one)
        .reindex(index=scores[::-1], columns=scores)
        for one in ("mean", "count")
    )  # fmt: skip
    _grid(ax, means, [str(s) for s in scores], [str(s) for s in scores[::-1]], "{:.1f}",
          second=counts, bar=t("plots.m_score"))  # fmt: skip
    ax.set_xlabel(t("plots.r_score"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.f_score"), color=INK, fontsize=12)
    return ax


def cluster_map(found: Clusters, ax: Axes | None = None) -> Axes:
    """Draw clients on the plane that shows most of their differences, by cluster, with words.

    Parameters
    ----------
    found : Clusters
    ax : Axes, optional
    """
    ax = new_axes(height=5.6) if ax is None else ax
    low, high = found.plane.quantile(0.002), found.plane.quantile(0.998)
    for place, row in enumerate(found.centres.to_dict("records")):
        own = (found.members["cluster"] == row["cluster"]).fillna(False).astype("bool")
        points = found.plane[own.to_numpy()].clip(low, high, axis=1)
        label = t("plots.cluster", number=row["cluster"], clients=row["clients"],
                  description=row["description"])  # fmt: skip
        ax.scatter(points["x"], points["y"], s=26, c=GROUP_COLOURS[place % 6], alpha=0.65,
                   marker=GROUP_MARKERS[place % 6], linewidths=0.4, edgecolors="white",
                   label=label)  # fmt: skip
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_xlabel(t("plots.cluster_x"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.cluster_y"), color=INK, fontsize=12)
    ax.legend(frameon=False, fontsize=11, loc="upper left", bbox_to_anchor=(0, -0.08),
              handletextpad=0.3)  # fmt: skip
    ax.figure.subplots_adjust(left=0.06, bottom=0.15 + 0.052 * len(found.centres))
    return ax


def cube_heat(
    cube: Cube, across: str, down: str, measure: str, size: float = 1.0, ax: Axes | None = None
) -> Axes:
    """Draw a measure of a cube by two of its dimensions, the others rolled up.

    Parameters
    ----------
    cube : Cube
    across, down : str
        Dimensions.
    measure : str
        One of the cube's sums or means.
    size : float
        What to divide by: 100 shows fen as CNY.
    ax : Axes, optional
    """
    ax = new_axes(width=8, height=5, left=0.24) if ax is None else ax
    view = cube.roll_up(down, across).view()
    values = _table(view, down, across, measure) / size
    values = values.dropna(how="all").dropna(how="all", axis=1)
    counts = _table(view, down, across, "clients").reindex(
        index=values.index, columns=values.columns
    )
    share = measure in cube.means and np.nanmax(np.abs(values.to_numpy())) < 5
    _grid(ax, values, _said(values.columns), _said(values.index),
          "{:.1%}" if share else "{:,.0f}", second=counts)  # fmt: skip
    ax.set_title(_heading(measure), color=INK, fontsize=12, loc="left")
    ax.set_xlabel(_heading(across), color=INK, fontsize=12)
    ax.set_ylabel(_heading(down), color=INK, fontsize=12)
    ax.figure.subplots_adjust(top=0.92)
    return ax


def _table(view: pd.DataFrame, down: str, across: str, measure: str) -> pd.DataFrame:
    """Return a measure as a table, both ways in the schema's order of codes, unknown last."""
    table = view.pivot_table(index=down, columns=across, values=measure, sort=False)
    order = {code: place for name in (down, across) for place, code in enumerate(_codes(name))}
    return table.sort_index(key=lambda index: index.map(lambda one: order.get(one, 99))).sort_index(
        axis=1, key=lambda index: index.map(lambda one: order.get(one, 99))
    )


def _codes(name: str) -> tuple[str, ...]:
    return next((c.values for c in _columns() if c.name == name), ())


def _heading(name: str) -> str:
    return next((c.heading() for c in _columns() if c.name == name), name)


def _columns() -> list[Column]:
    return [c for table in (SEGMENTS, TIERING, MEASURES, CLIENT) for c in table.columns.values()]


def _said(codes: pd.Index) -> list[str]:
    return [word_for(str(code)) for code in codes]


def _grid(
    ax: Axes,
    values: pd.DataFrame,
    across: list[str],
    down: list[str],
    pattern: str,
    second: pd.DataFrame | None = None,
    bar: str = "",
) -> None:
    """Draw a table as a heat map with its numbers in the cells; what is missing stays empty."""
    numbers = values.to_numpy(dtype="float64")
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    # the palest cell is still a cell, and the darkest still shows what is written in it
    room = (high - low) * 0.25 or 1.0
    image = ax.imshow(numbers, cmap=SHADES, vmin=low - room, vmax=high + room, aspect="auto")
    ax.grid(False)
    ax.set_xticks(range(len(across)), across)
    ax.set_yticks(range(len(down)), down)
    for y, x in np.ndindex(numbers.shape):
        if np.isnan(numbers[y, x]):
            continue
        text = pattern.format(numbers[y, x])
        if second is not None:
            text += "\n" + t("plots.people", count=int(second.to_numpy()[y, x]))
        dark = numbers[y, x] > low + 0.6 * (high - low)
        ax.text(x, y, text, ha="center", va="center", fontsize=10,
                color="white" if dark else INK, linespacing=1.5)  # fmt: skip
    if bar:
        scale = ax.figure.colorbar(image, ax=ax, pad=0.03)
        scale.ax.set_ylim(low, high)
        scale.set_label(bar, color=INK, fontsize=12)
        scale.outline.set_edgecolor(FAINT)
