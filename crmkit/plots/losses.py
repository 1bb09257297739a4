"""Figures of losses: what it takes to be back, and who gained or lost."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.plots.style import INK, TIER_COLOURS, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACTION_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"today": ("#D55E00", "^"), "week": ("#E69F00", "s"), "congratulate": ("#009E73", "o"),
     "usual": ("#6B7280", "x")}
)  # fmt: skip


def recovery_curve(loss: float, ax: Axes | None = None) -> Axes:
    """Draw the gain that makes up for a loss, and mark one.

    Parameters
    ----------
    loss : float
        As a share, above 0 and below 0.8.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(height=3.8, left=0.1) if ax is None else ax
    losses = np.linspace(0, 0.7, 141)
    ax.plot(losses, losses / (1 - losses), color=TIER_COLOURS["A"], linewidth=2.6)
    ax.plot(losses, losses, color=INK, linewidth=1, linestyle=(0, (4, 4)))
    gain = loss / (1 - loss)
    ax.plot([loss, loss, 0], [0, gain, gain], color=TIER_COLOURS["B"], linewidth=1.4)
    ax.plot(loss, gain, "o", color=TIER_COLOURS["B"], markersize=9)
    ax.text(loss - 0.012, gain + 0.06, t("losses.back", loss=loss, gain=gain), ha="right",
            fontsize=13, color=INK)  # fmt: skip
    ax.text(0.69, 0.4, t("losses.same"), ha="right", va="top", fontsize=11, color=INK)
    ax.set(xlim=(0, 0.7), ylim=(0, 2.4))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("losses.lost"), color=INK, fontsize=12)
    ax.set_ylabel(t("losses.needed"), color=INK, fontsize=12)
    return ax


def gains_map(clients: pd.DataFrame, lines: Mapping[str, float], ax: Axes | None = None) -> Axes:
    """Draw clients by this month's gain and by the total, each with what it calls for.

    Parameters
    ----------
    clients : DataFrame
        ``month`` and ``total`` (gains as shares) and ``action``.
    lines : mapping of str to float
        ``loss`` and ``gain``: where clear losses and clear gains begin.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(height=4.4, left=0.1) if ax is None else ax
    for action, (colour, marker) in ACTION_MARKS.items():
        rows = clients[clients["action"] == action]
        ax.scatter(rows["month"], rows["total"], s=54, c=colour, marker=marker,
                   label=t(f"losses.action.{action}", count=len(rows)))  # fmt: skip
    ax.axhline(lines["loss"], color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
    ax.axvline(lines["gain"], color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
    ax.axhline(0, color=INK, linewidth=0.8)
    top = float(clients["total"].max())
    ax.set_ylim(float(clients["total"].min()) - 0.05, top + 0.2)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("losses.month"), color=INK, fontsize=12)
    ax.set_ylabel(t("losses.total"), color=INK, fontsize=12)
    ax.legend(loc="upper left", ncols=4, fontsize=11, handletextpad=0.3, framealpha=1,
              edgecolor="white")  # fmt: skip
    return ax
