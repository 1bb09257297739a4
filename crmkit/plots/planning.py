"""Figures of a plan: what a minute is worth, and how near the plan is to the best there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.plots.style import INK, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#6B7280"
#: Colour and hatching of each way to reach somebody.
WAYS = {"visit": (ORANGE, ""), "call": (BLUE, ""), "message": ("#009E73", ""),
        "nothing": ("#E5E7EB", "///")}  # fmt: skip


def minute_price(table: pd.DataFrame) -> Axes:
    """Draw what one more minute a day is worth, by the minutes there are.

    Parameters
    ----------
    table : DataFrame
        ``minutes`` (a day), ``minute`` (points) and ``neglected`` (clients), one row for each
        plan of the same book.

    Returns
    -------
    Axes
    """
    axes = new_axes()
    axes.plot(table["minutes"], table["minute"], color=BLUE, marker="o", linewidth=2)
    top = float(table["minute"].max()) * 1.25 or 1.0
    axes.set_ylim(0, top)
    for row in table.itertuples():
        label = t("plan_plots.price_label", price=f"{row.minute:.0f}")
        axes.annotate(label, (row.minutes, row.minute), (7, 7), textcoords="offset points",
                      ha="left", color=INK, fontsize=11)  # fmt: skip
    axes.set_xlim(table["minutes"].min() - 15, table["minutes"].max() + 45)
    axes.set_xticks(table["minutes"])
    axes.set_xlabel(t("plan_plots.minutes"), color=INK, fontsize=12)
    axes.set_ylabel(t("plan_plots.minute"), color=INK, fontsize=12)
    return axes


def against_bound(table: pd.DataFrame) -> Axes:
    """Draw the value of several plans of one book against what no plan can pass.

    Parameters
    ----------
    table : DataFrame
        ``method`` (crmkit, greedy, thumb, milp), ``share`` (percent of the bound) and
        ``neglected`` (clients), the best first.

    Returns
    -------
    Axes
    """
    axes = new_axes(left=0.2)
    places = range(len(table))[::-1]
    colours = [BLUE if method == "crmkit" else GREY for method in table["method"]]
    axes.barh(places, table["share"].clip(lower=0), color=colours, height=0.55)
    axes.axvline(100, color=ORANGE, linewidth=2, linestyle="--")
    axes.annotate(
        t("plan_plots.bound"), (100, len(table) - 0.45), (-6, 0), textcoords="offset points",
        ha="right", va="center", color=ORANGE, fontsize=11,
    )  # fmt: skip
    shares, missed = table["share"].to_numpy(dtype=float), table["neglected"].tolist()
    for place, share, neglected in zip(places, shares, missed, strict=True):
        text = t("plan_plots.bar", share=f"{share:.1f}", neglected=neglected)
        inside = share > 55
        axes.annotate(text, (max(share, 0.0), place), (-8 if inside else 8, 0),
                      textcoords="offset points", ha="right" if inside else "left", va="center",
                      color="white" if inside else INK, fontsize=11)  # fmt: skip
    axes.set_yticks(list(places), [t(f"plan_plots.method.{name}") for name in table["method"]])
    axes.tick_params(axis="y", labelsize=12)
    axes.set_xlim(0, 108)
    axes.set_ylim(-0.6, len(table) - 0.2)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(t("plan_plots.share"), color=INK, fontsize=12)
    return axes


def reach_bars(table: pd.DataFrame) -> Axes:
    """Draw how a plan reaches the clients of each tier: in person, by phone, in writing, not.

    Parameters
    ----------
    table : DataFrame
        A row per tier; ``visit``, ``call``, ``message``, ``nothing`` (clients, each counted
        by the most personal contact).

    Returns
    -------
    Axes
    """
    rows = table[table.sum(axis=1) > 0].iloc[::-1]
    height = 1.5 + 0.5 * len(rows)
    axes = new_axes(height=height, left=0.1)
    axes.figure.subplots_adjust(bottom=0.62 / height, top=1 - 0.5 / height)
    names = [t("plan_plots.tier", tier=word_for(str(tier))) for tier in rows.index]
    done = rows["visit"] * 0
    for way, (colour, hatch) in WAYS.items():
        axes.barh(names, rows[way], left=done, color=colour, hatch=hatch, edgecolor="white",
                  height=0.7, label=t(f"plan_plots.way.{way}"))  # fmt: skip
        for y, (start, count) in enumerate(zip(done, rows[way], strict=True)):
            if count:
                axes.text(start + count / 2, y, f"{count}", ha="center", va="center",
                          color=INK if way == "nothing" else "white", fontsize=12)  # fmt: skip
        done = done + rows[way]
    axes.set_xlim(0, float(done.max()) * 1.02)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", labelsize=12)
    axes.set_xlabel(t("plan_plots.clients"), color=INK, fontsize=12)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, frameon=False, fontsize=11)
    return axes
