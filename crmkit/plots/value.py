"""Figures of value: what five points of staying are worth, what a level swap costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from crmkit.analysis.value import Swap, lifetime_value
from crmkit.plots.style import INK, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lifetime(margin: float, stay: float, discount: float | None = None) -> Axes:
    """Draw a client's lifetime value over the chance of staying.

    Parameters
    ----------
    margin : float
        Fen a year.
    stay : float
        The chance to mark.
    discount : float, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(left=0.13)
    chances = np.linspace(0.5, 0.97, 95)
    ax.plot(
        chances, lifetime_value(margin, chances, discount) / 100, color="#0072B2", linewidth=2.4
    )
    for chance in (stay, min(stay + 0.05, 0.97)):
        worth = float(lifetime_value(margin, chance, discount)) / 100
        ax.plot(chance, worth, "o", color="#D55E00", markersize=8)
        ax.annotate(t("worth.figure.point", stay=chance, worth=worth), (chance, worth),
                    xytext=(-12, 8), textcoords="offset points", ha="right", fontsize=12,
                    color=INK)  # fmt: skip
    ax.set(xlim=(0.5, 0.98), ylim=(0, None))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(t("worth.figure.stay"), color=INK, fontsize=12)
    ax.set_ylabel(t("worth.figure.worth"), color=INK, fontsize=12)
    return ax


def swap(cost: Swap) -> Axes:
    """Draw what losing some and winning as many costs, part by part.

    Parameters
    ----------
    cost : Swap
    """
    ax = new_axes(width=8.0, height=3.6, left=0.03)
    parts = {
        "winning": cost.winning - cost.keeping, "waiting": cost.waiting, "gap": cost.gap,
    }  # fmt: skip
    colours = ("#E69F00", "#56B4E9", "#D55E00")
    start = 0.0
    for place, (name, part) in enumerate(parts.items()):
        ax.barh(3 - place, part / 100, left=start / 100, color=colours[place], height=0.46)
        said = t(f"worth.figure.{name}", part=part / 100)
        ax.text(0, 3 - place + 0.28, said, va="bottom", fontsize=12, color=INK)
        start += part
    ax.barh(0, cost.total / 100, color=INK, height=0.46)
    ax.text(0, 0.28, t("worth.figure.total", part=cost.total / 100), va="bottom", fontsize=12,
            color=INK)  # fmt: skip
    ax.set(yticks=[], ylim=(-0.4, 3.75))
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.figure.subplots_adjust(bottom=0.18)
    ax.set_xlabel(t("worth.figure.cny"), color=INK, fontsize=12)
    return ax
