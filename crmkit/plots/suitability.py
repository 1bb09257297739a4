"""Figures of suitability: which product grade for which client level, and how products may go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.plots.style import INK, TIER_COLOURS, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

VERDICT_COLOURS = {"offer": "#009E73", "on_request": "#F0C75E"}


def match_matrix(matrix: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw levels against grades: what may be offered, and what only an own wish opens.

    Parameters
    ----------
    matrix : DataFrame
        One row per level, one column per grade; ``"offer"`` or ``"on_request"``.
    ax : Axes, optional
    """
    ax = new_axes(height=3.8, left=0.1) if ax is None else ax
    for row, level in enumerate(matrix.index):
        for column, grade in enumerate(matrix.columns):
            verdict = str(matrix.loc[level, grade])
            ax.barh(row, 1, left=column - 0.5, height=1, color=VERDICT_COLOURS[verdict],
                    edgecolor="white", linewidth=3)  # fmt: skip
            ax.text(column, row, "✓" if verdict == "offer" else "?", ha="center", va="center",
                    fontsize=16, color="white" if verdict == "offer" else INK)  # fmt: skip
    ax.set(xlim=(-0.5, len(matrix.columns) - 0.5), ylim=(len(matrix) - 0.5, -1.25))
    ax.set_xticks(range(len(matrix.columns)), list(matrix.columns))
    ax.set_yticks(range(len(matrix)), list(matrix.index))
    ax.grid(False)
    ax.set_xlabel(t("suitability.figure.grade"), color=INK, fontsize=12)
    ax.set_ylabel(t("suitability.figure.level"), color=INK, fontsize=12)
    _legend(ax)
    return ax


def _legend(ax: Axes) -> None:
    from matplotlib.patches import Patch

    marks = [
        Patch(color=colour, label=t(f"suitability.matrix.{verdict}"))
        for verdict, colour in VERDICT_COLOURS.items()
    ]
    ax.legend(handles=marks, loc="upper left", ncols=2, frameon=False, fontsize=11)


def outcome_ranges(
    ranges: Sequence[tuple[float, float, float]], grades: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Draw for each grade what a stake may become: a bad, a middling and a good end.

    Parameters
    ----------
    ranges : sequence of (float, float, float)
        CNY, for each grade.
    grades : sequence of str
    ax : Axes, optional
    """
    ax = new_axes(height=3.8, left=0.09) if ax is None else ax
    stake = 100_000
    for place, (low, middle, high) in enumerate(ranges):
        ax.barh(place, high - low, left=low, height=0.5, color=TIER_COLOURS["B"], alpha=0.35)
        ax.plot(middle, place, "o", color=TIER_COLOURS["B"], markersize=9)
        for value, side, gap in ((low, "right", -2600), (high, "left", 1200)):
            ax.text(value + gap, place, f"{value:,.0f}", ha=side, va="center", fontsize=10.5,
                    color=INK)  # fmt: skip
    ax.axvline(stake, color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
    room = max(high for _, _, high in ranges) - min(low for low, _, _ in ranges)
    ax.set_xlim(min(low for low, _, _ in ranges) - 0.14 * room,
                max(high for _, _, high in ranges) + 0.14 * room)  # fmt: skip
    ax.set_yticks(range(len(grades)), list(grades))
    ax.set_ylim(len(grades) - 0.4, -0.6)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(t("suitability.figure.stake"), color=INK, fontsize=12)
    return ax
