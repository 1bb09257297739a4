"""Figures of a plan: what a minute is worth, and how near the plan is to the best there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.plots.style import INK, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#6B7280"
#: Colour and hatching of each way to reach somebody.
WAYS = {"visit": (ORANGE, ""), "call": (BLUE, ""), "message": ("#009E73", ""),
        "nothing": ("#E5E7EB", "///")}  # fmt: skip
#: Where the figures of four answers stand beside their points, in points of type.
_BESIDE = ((6, -17), (6, -17), (-12, 10), (-8, 5))


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


def response_curve(curves: pd.DataFrame, answers: Sequence[float]) -> Axes:
    """Draw what a client brings by how often one is in touch, as four answers have it.

    Parameters
    ----------
    curves : DataFrame
        ``effect`` (1 is what is owed), ``own`` and ``usual`` (percent), as
        :func:`crmkit.planning.judgements.curves` returns them.
    answers : sequence of float
        Left alone, as owed, half as often again, as often as could be, in percent.

    Returns
    -------
    Axes
    """
    axes = new_axes(height=3.9)
    axes.figure.subplots_adjust(bottom=0.16)
    top = max(answers[3], curves["usual"].max(), 110.0)
    axes.axvspan(1.0, 2.5, color="#F3F4F6", zorder=0)
    axes.plot(curves["effect"], curves["usual"], color=GREY, linestyle="--", linewidth=1.8,
              label=t("plan_plots.usual"))  # fmt: skip
    axes.plot(curves["effect"], curves["own"], color=BLUE, linewidth=2.6,
              label=t("plan_plots.own"))  # fmt: skip
    axes.axhline(answers[3], color=BLUE, linewidth=1.2, linestyle=":")
    axes.plot([0.0, 1.0, 1.5], answers[:3], "o", color=BLUE, markersize=8)
    for x, y, at in zip((0.0, 1.0, 1.5, 2.5), answers, _BESIDE, strict=True):
        axes.annotate(f"{y:g}", (x, y), at, color=BLUE, fontsize=12,
                      textcoords="offset points", ha="right" if x == 2.5 else "left")  # fmt: skip
    axes.text(1.75, -4, t("plan_plots.beyond"), ha="center", color=GREY, fontsize=11)
    axes.set_xlim(-0.05, 2.5)
    axes.set_ylim(-14, top * 1.1)
    axes.set_yticks(range(0, int(top) + 10, 20))
    axes.set_xlabel(t("plan_plots.effect"), color=INK, fontsize=12)
    axes.set_ylabel(t("plan_plots.brings"), color=INK, fontsize=12)
    axes.legend(loc="lower right", frameon=False, fontsize=11, bbox_to_anchor=(1.0, 0.13))
    return axes
