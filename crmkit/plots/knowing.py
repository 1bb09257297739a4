"""Figures of what is known about clients: parts of a profile, and points on the way to a level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.plots.style import FAINT, INK, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FULL, HALF = "#0072B2", "#56B4E9"
PART_COLOURS = ("#0072B2", "#56B4E9", "#009E73", "#E69F00", "#CC79A7")


def known_by_part(shares: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw for each part of a profile how many people's is full, begun or empty.

    Parameters
    ----------
    shares : DataFrame
        One row per person, one column per part: how much of it is known, 0 to 1.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(height=3.4, left=0.24) if ax is None else ax
    parts = shares.columns[::-1]
    full = (shares[parts] == 1).mean()
    begun = ((shares[parts] > 0) & (shares[parts] < 1)).mean()
    labels = [t(f"knowing.area.{part}") for part in parts]
    ax.barh(labels, full, height=0.6, color=FULL, label=t("knowing.figure.full"))
    ax.barh(labels, begun, left=full, height=0.6, color=HALF, label=t("knowing.figure.begun"))
    ax.barh(labels, 1 - full - begun, left=full + begun, height=0.6, color=FAINT,
            label=t("knowing.figure.empty"))  # fmt: skip
    for place, share in enumerate(full):
        if share >= 0.08:
            ax.text(share / 2, place, f"{share:.0%}", ha="center", va="center", color="white",
                    fontsize=12)  # fmt: skip
    ax.set_xlim(0, 1)
    ax.set_ylim(-0.5, len(parts) + 0.25)
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.legend(loc="upper left", ncols=3, frameon=False, fontsize=11, handlelength=1.2)
    return ax


def grade_ladder(
    points: Mapping[str, int], bands: Mapping[str, int], ax: Axes | None = None
) -> Axes:
    """Draw the points of a questionnaire, part by part, on the scale of the levels.

    Parameters
    ----------
    points : mapping of str to int
        By part, in the order drawn.
    bands : mapping of str to int
        Level to its lowest score, out of 100.
    ax : Axes, optional
    """
    ax = new_axes(height=3.0, left=0.03) if ax is None else ax
    edges = [*sorted(bands.values()), 100]
    for number, (level, low, high) in enumerate(zip(bands, edges, edges[1:], strict=False)):
        ax.axvspan(low, high, color="#EEF2F7" if number % 2 else "#F8FAFC", zorder=0)
        ax.text((low + high) / 2, 1.32, level, ha="center", va="center", fontsize=14, color=INK)
    left = 0
    for (part, count), colour in zip(points.items(), PART_COLOURS, strict=False):
        label = t(f"instruments.risk.part.{part}")
        ax.barh(0.7, count, left=left, height=0.5, color=colour, edgecolor="white", label=label)
        if count >= 4:
            ax.text(left + count / 2, 0.7, str(count), ha="center", va="center", color="white",
                    fontsize=12)  # fmt: skip
        left += count
    ax.plot([left, left], [0.3, 1.12], color=INK, linewidth=1.6)
    ax.text(left + 0.8, 1.03, t("knowing.figure.sum", score=left), fontsize=12, color=INK)
    ax.set(xlim=(0, 100), ylim=(-0.4, 1.55))
    ax.set_xticks(edges)
    ax.set_yticks(np.array([]))
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    ax.legend(loc="lower left", ncols=3, frameon=False, fontsize=10.5, handlelength=1.0,
              columnspacing=1.2, borderaxespad=0.1)  # fmt: skip
    return ax
