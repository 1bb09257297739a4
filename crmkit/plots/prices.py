"""Figures about commission: take numbers or tables of the pricing room, return axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.plots.style import ACCENT, INK, new_axes
from crmkit.pricing.economics import break_even, deepest_cut, effective_rate, firm_net, least_order
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
#: What a client pays, part by part: the firm's own share first.
PARTS = {
    "firm_keeps": BLUE, "handling": "#56B4E9", "regulatory": "#999999", "stamp_duty": ORANGE,
    "transfer": ACCENT,
}  # fmt: skip
#: Behind words that a line may cross.
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def fee_stack(fees: pd.DataFrame, labels: list[str], ax: Axes | None = None) -> Axes:
    """Draw what trades cost, part by part, the firm's share apart from what it passes on.

    Parameters
    ----------
    fees : DataFrame
        From `crmkit.pricing.fees.trade_fees`.
    labels : list of str
        One per trade.
    ax : Axes, optional
    """
    ax = new_axes(height=1.2 + 0.8 * len(fees), left=0.2) if ax is None else ax
    passed_on = fees[["stamp_duty", "transfer", "handling", "regulatory"]]
    parts = passed_on.assign(firm_keeps=fees["total"] - passed_on.sum(axis=1)) / 100
    left = np.zeros(len(fees))
    for part, colour in PARTS.items():
        widths = parts[part].to_numpy()
        ax.barh(range(len(fees)), widths, left=left, color=colour, label=t(f"pricing.{part}"))
        left = left + widths
    for row, total in enumerate(fees["total"] / 100):
        ax.text(total, row, f" {total:,.2f}", va="center", color=INK, fontsize=11)
    ax.set_yticks(range(len(fees)), labels)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel(t("pricing.cny"), color=INK, fontsize=12)
    ax.legend(frameon=False, ncols=5, loc="lower center", bbox_to_anchor=(0.45, 1.0), fontsize=9)
    ax.figure.subplots_adjust(top=0.86, bottom=0.24)
    return ax


def effective_rate_curve(rate: float, minimum: float, ax: Axes | None = None) -> Axes:
    """Draw what an order really pays by its size.

    Parameters
    ----------
    rate : float
        Per mille.
    minimum : float
        Least commission per trade, fen.
    ax : Axes, optional
    """
    ax = new_axes() if ax is None else ax
    orders = np.geomspace(1_000, 200_000, 200)
    ax.plot(orders, effective_rate(orders * 100, rate, minimum), color=BLUE, linewidth=2.4)
    if minimum:
        order = least_order(rate, minimum) / 100
        ax.axvline(order, color=ORANGE, linestyle="--")
        note = t("pricing.figure.least_order", order=order, rate=rate)
        ax.text(order * 1.06, 0.9, note, transform=ax.get_xaxis_transform(), color=ORANGE)
    ax.set_xscale("log")
    ticks = [1_000, 5_000, 10_000, 50_000, 200_000]
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    ax.set_ylim(bottom=0)
    return _labelled(ax, "order", "effective_rate")


def break_even_curve(old: float, new: float, collected: float, ax: Axes | None = None) -> Axes:
    """Draw by how much turnover must grow for each new rate, and what rates alone would say.

    Parameters
    ----------
    old, new, collected : float
        Per mille; ``new`` is marked.
    ax : Axes, optional
    """
    ax = new_axes() if ax is None else ax
    rates = np.linspace(max(collected * 1.3, old / 6), old, 200)
    true = [break_even(old, rate, collected) for rate in rates]
    ax.plot(rates, true, color=BLUE, linewidth=2.4,
            label=t("pricing.figure.true", collected=collected))  # fmt: skip
    ax.plot(rates, old / rates, color=INK, linestyle=":", label=t("pricing.figure.naive"))
    times = break_even(old, new, collected)
    ax.plot([new], [times], "o", color=ORANGE, markersize=9)
    ax.annotate(f"×{times:.3f}", (new, times), (8, 8), textcoords="offset points", color=ORANGE,
                fontsize=13)  # fmt: skip
    ax.invert_xaxis()
    ax.legend(frameon=False)
    return _labelled(ax, "new_rate", "volume")


def deepest_cut_curve(
    old: float,
    collected: float,
    stay_without: float,
    stay_with: float,
    ax: Axes | None = None,
) -> Axes:
    """Draw the expected income of cutting to each rate against that of not cutting.

    Parameters
    ----------
    old, collected : float
        Per mille.
    stay_without, stay_with : float
        Probability of staying.
    ax : Axes, optional
    """
    ax = new_axes() if ax is None else ax
    rates = np.linspace(collected, old, 100)
    expected = stay_with * firm_net(1, rates, collected) / firm_net(1, old, collected)
    label = t("pricing.figure.with_cut", stay=stay_with)
    ax.plot(rates, expected, color=BLUE, linewidth=2.4, label=label)
    ax.axhline(stay_without, color=INK, label=t("pricing.figure.without_cut", stay=stay_without))
    lowest = deepest_cut(old, collected, stay_without, stay_with)
    ax.axvline(lowest, color=ORANGE, linestyle="--",
               label=t("pricing.figure.deepest", rate=lowest))  # fmt: skip
    ax.axvspan(collected, lowest, color=ORANGE, alpha=0.08)
    ax.set_ylim(0, 1)
    ax.legend(frameon=False, loc="upper left")
    return _labelled(ax, "new_rate", "kept")


def lever_bars(answers: pd.DataFrame, lost: float, ax: Axes | None = None) -> Axes:
    """Draw what each of the four answers brings, and whether together they make good a cut.

    Parameters
    ----------
    answers : DataFrame
        From `crmkit.pricing.economics.four_answers`.
    lost : float
        What the cut costs a year, fen; a line marks it.
    ax : Axes, optional
    """
    ax = new_axes(left=0.2) if ax is None else ax
    gains, whole = answers["gain"].to_numpy() / 100, lost / 100
    ax.barh(range(len(answers)), gains, color=[BLUE, GREEN, ACCENT, ORANGE, INK])
    for row, (lever, gain, alone) in enumerate(
        zip(answers["lever"], gains, answers["alone"], strict=True)
    ):
        said = "alone" if np.isfinite(alone) else "out_of_reach"
        note = t(f"pricing.figure.{said}", alone=alone)
        if lever == "together":
            note = t("pricing.figure.made_good", share=gain / whole)
        ax.annotate(note, (max(gain, 0), row), (5, 0), textcoords="offset points", va="center",
                    color=INK, bbox=WHITE)  # fmt: skip
    ax.set_yticks(range(len(answers)), [t(f"pricing.lever.{name}") for name in answers["lever"]])
    ax.axvline(whole, color=INK, linestyle="--", zorder=0)
    ax.text(whole, -0.62, " " + t("pricing.figure.lost", lost=whole), color=INK)
    ax.set_ylim(len(answers) - 0.4, -0.95)
    ax.set_xlim(0, max(gains.max(), whole) * 1.4)  # room for the sentences
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(t("pricing.figure.gain"), color=INK, fontsize=12)
    return ax


def _labelled(ax: Axes, across: str, up: str) -> Axes:
    ax.set_xlabel(t(f"pricing.figure.{across}"), color=INK, fontsize=12)
    ax.set_ylabel(t(f"pricing.figure.{up}"), color=INK, fontsize=12)
    return ax
