"""Figures of tiers: the quadrant, the Pareto curve, ranks, where contribution comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.plots.style import INK, TIER_COLOURS, TIER_MARKERS, new_axes, plain_log_ticks, room
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes


#: Where each tier's name goes in the quadrant: x, alignment, y, alignment.
CORNERS: Mapping[str, tuple[float, str, float, str]] = MappingProxyType(
    {
        "A": (0.98, "right", 0.96, "top"),
        "B": (0.02, "left", 0.96, "top"),
        "C": (0.98, "right", 0.04, "bottom"),
        "D": (0.02, "left", 0.04, "bottom"),
    }
)


def quadrant(
    clients: pd.DataFrame, contribution_cut: float, turnover_cut: float, ax: Axes | None = None
) -> Axes:
    """Draw clients by contribution and turnover, the two lines, and how many each tier has.

    Parameters
    ----------
    clients : DataFrame
        ``contribution_12m`` (fen), ``turnover_ratio`` and ``tier``; rows without the two
        numbers are not drawn. All are counted, and the title says how many have no turnover.
    contribution_cut : float
        CNY per year.
    turnover_cut : float
        Two-sided turnover per year.
    ax : Axes, optional
    """
    ax = new_axes() if ax is None else ax
    known = clients.dropna(subset=["contribution_12m", "turnover_ratio"])
    x = known["turnover_ratio"].astype("float64").clip(lower=0.05)
    y = (known["contribution_12m"].astype("float64") / 100).clip(lower=1)
    for tier, colour in TIER_COLOURS.items():
        rows = known["tier"] == tier
        ax.scatter(x[rows], y[rows], s=34, c=colour, marker=TIER_MARKERS[tier], alpha=0.75,
                   linewidths=0.5, edgecolors="white" if tier != "unknown" else None)  # fmt: skip
    ax.set(xscale="log", yscale="log", xlim=room(x), ylim=room(y))
    ax.axhline(contribution_cut, color=INK, linewidth=1.6)
    ax.axvline(turnover_cut, color=INK, linewidth=1.6)
    _name_corners(ax, clients["tier"].value_counts())
    # without a turnover somebody may still be placed, by an estimated contribution
    placed = int((clients["contribution_12m"].notna() & clients["turnover_ratio"].isna()).sum())
    if placed:
        ax.set_title(t("plots.not_drawn", count=placed), color=INK, fontsize=11, loc="right")
    plain_log_ticks(ax.xaxis, (1, 2, 5))
    plain_log_ticks(ax.yaxis)
    ax.set_xlabel(t("plots.turnover"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.contribution"), color=INK, fontsize=12)
    return ax


def _name_corners(ax: Axes, counts: pd.Series) -> None:
    for tier, (x, across, y, up) in CORNERS.items():
        label = tier_label(tier, int(counts.get(tier, 0)))
        colour = TIER_COLOURS[tier]
        frame = {"facecolor": "white", "edgecolor": colour, "alpha": 0.85, "boxstyle": "round"}
        ax.text(x, y, label, transform=ax.transAxes, ha=across, va=up, fontsize=15,
                color=colour, bbox=frame)  # fmt: skip


def tier_label(tier: str, count: int) -> str:
    """Return what stands in a corner of the quadrant."""
    return t("plots.tier_count", tier=tier, count=count)


def pareto(contribution: pd.Series, share: float = 0.20, ax: Axes | None = None) -> Axes:
    """Draw what share of the contribution the best clients bring, from the best one down.

    Parameters
    ----------
    contribution : Series
        Any unit; missing values do not count.
    share : float
        The share of clients to mark.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes() if ax is None else ax
    values = np.sort(contribution.dropna().astype("float64").to_numpy())[::-1]
    clients = np.arange(len(values) + 1) / len(values)
    brought = np.concatenate([[0.0], np.cumsum(values) / values.sum()])
    top = int(np.ceil(round(share * len(values), 9)))
    ax.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle=(0, (4, 4)))
    ax.text(0.62, 0.57, t("plots.equal"), color=INK, fontsize=11, va="top")
    ax.fill_between(clients[: top + 1], brought[: top + 1], color=TIER_COLOURS["A"], alpha=0.18)
    ax.plot(clients, brought, color=TIER_COLOURS["A"], linewidth=2.6)
    ax.plot(clients[top], brought[top], "o", color=TIER_COLOURS["A"], markersize=9)
    ax.text(clients[top] + 0.025, brought[top] - 0.02, va="top", fontsize=13, color=INK,
            s=t("plots.top_share", clients=share, contribution=brought[top]))  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(0, 1.02))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xlabel(t("plots.clients_share"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.contribution_share"), color=INK, fontsize=12)
    return ax


def ranking(values: pd.Series, line: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw values by rank, highest first, and a line across them.

    Parameters
    ----------
    values : Series
        CNY; missing values do not count.
    line : float, optional
        CNY.
    ax : Axes, optional
    """
    ax = new_axes() if ax is None else ax
    ranked = np.sort(values.dropna().astype("float64").to_numpy())[::-1].clip(min=1)
    ranks = np.arange(1, len(ranked) + 1)
    ax.set(yscale="log", xlim=(0, len(ranked) + 1), ylim=room(pd.Series(ranked)))
    ax.plot(ranks, ranked, ".", color=TIER_COLOURS["B"], markersize=5)
    if line is not None:
        colour = TIER_COLOURS["A"]
        ax.axhline(line, color=colour, linewidth=2.2)
        ax.text(0.985, line * 1.1, t("plots.line", line=line), color=colour, fontsize=13,
                ha="right", va="bottom", transform=ax.get_yaxis_transform())  # fmt: skip
    ax.set_xticks(np.arange(0, len(ranked) + 1, 20))
    plain_log_ticks(ax.yaxis)
    ax.set_xlabel(t("plots.rank"), color=INK, fontsize=12)
    ax.set_ylabel(t("plots.contribution"), color=INK, fontsize=12)
    return ax


def sources(clients: pd.DataFrame, count: int = 10, ax: Axes | None = None) -> Axes:
    """Draw where the contribution of the best clients comes from, and their commission rank.

    Parameters
    ----------
    clients : DataFrame
        ``name``, ``client_id``, ``commission_12m``, ``product_income_12m`` and
        ``contribution_12m``, money in fen.
    count : int
        How many clients.
    ax : Axes, optional
    """
    ax = new_axes(left=0.14) if ax is None else ax
    ranks = clients["commission_12m"].rank(ascending=False, method="first")
    best = clients.assign(rank=ranks).dropna(subset=["contribution_12m"])
    best = best.sort_values("contribution_12m").tail(count)
    names = best["name"] + " " + best["client_id"]
    commission, products = best["commission_12m"] / 100, best["product_income_12m"] / 100
    ax.barh(names, commission, color=TIER_COLOURS["B"], label=t("plots.commission"))
    ax.barh(names, products, left=commission, color="#E69F00", label=t("plots.products"))
    for place, (rank, total) in enumerate(zip(best["rank"], commission + products, strict=True)):
        ax.text(total, place, "  " + t("plots.commission_rank", rank=int(rank)), va="center",
                fontsize=10, color=INK)  # fmt: skip
    ax.set_xlim(0, float((commission + products).max()) * 1.22)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="lower right", frameon=False, fontsize=12)
    ax.set_xlabel(t("plots.income"), color=INK, fontsize=12)
    return ax
