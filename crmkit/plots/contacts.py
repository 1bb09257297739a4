"""Figures of contacts: how many it took before somebody opened an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.plots.style import ACCENT, INK, TIER_COLOURS, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: A white ground for words that lie on a line.
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}


def openings_by_contacts(funnel: pd.DataFrame, folklore: int, ax: Axes | None = None) -> Axes:
    """Draw, by the number of contacts so far, the share who opened an account before the next.

    Parameters
    ----------
    funnel : DataFrame
        On the number of contacts: ``had`` (people), ``opened`` (of them, before the next).
    folklore : int
        The number of contacts a saying names, to mark.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(height=3.8, left=0.1) if ax is None else ax
    seen = funnel[funnel["had"] >= 10]
    share = seen["opened"] / seen["had"]
    ax.bar(seen.index, share, color=TIER_COLOURS["B"], width=0.72)
    top = max(float(share.max()) * 1.35, 0.1)
    for contacts, part, had in zip(seen.index, share, seen["had"], strict=True):
        ax.text(contacts, part + top * 0.015, t("lifecycle.of_people", had=had), ha="center",
                va="bottom", fontsize=10, color=INK, bbox=BEHIND, zorder=5)  # fmt: skip
    _mark(ax, folklore, top)
    ax.set_ylim(0, top)
    ax.set_xticks(range(max(int(seen.index.max()), folklore) + 1))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("lifecycle.contacts_so_far"), color=INK, fontsize=12)
    ax.set_ylabel(t("lifecycle.opened_then"), color=INK, fontsize=12)
    return ax


def openings_reached(funnel: pd.DataFrame, folklore: int, ax: Axes | None = None) -> Axes:
    """Draw what share of all openings had come by each number of contacts.

    Parameters
    ----------
    funnel : DataFrame
        On the number of contacts: ``share``, of all openings by then.
    folklore : int
        The number of contacts a saying names, to mark.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(height=3.6, left=0.1) if ax is None else ax
    ax.step(funnel.index, funnel["share"], where="post", color=TIER_COLOURS["C"], linewidth=2.4)
    before = float(funnel["share"].get(folklore - 1, funnel["share"].iloc[-1]))
    ax.plot(folklore - 1, before, "o", color=TIER_COLOURS["C"], markersize=9)
    ax.text(folklore - 0.2, before - 0.27, t("lifecycle.by_then", share=before), ha="right",
            va="top", fontsize=12, color=INK, bbox=BEHIND, zorder=5)  # fmt: skip
    _mark(ax, folklore, 1.25)
    ax.set(ylim=(0, 1.25), xlim=(-0.2, float(funnel.index.max())))
    ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    ax.set_xticks(list(funnel.index))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("lifecycle.contacts_so_far"), color=INK, fontsize=12)
    ax.set_ylabel(t("lifecycle.of_openings"), color=INK, fontsize=12)
    return ax


def silence_map(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw by tier how long ago clients were last in touch; beyond their limit in orange.

    Parameters
    ----------
    table : DataFrame
        A row per tier; columns for the upper ends of bands of days and the last, open one
        (clients), then ``limit`` (days) and ``overlooked`` (clients).
    ax : Axes, optional
    """
    rows = table[table.drop(columns=["limit", "overlooked"]).sum(axis=1) > 0]
    bands = [column for column in rows.columns if column not in ("limit", "overlooked")]
    ax = new_axes(height=1.2 + 0.62 * len(rows), left=0.17) if ax is None else ax
    ax.figure.subplots_adjust(bottom=0.8 / (1.2 + 0.62 * len(rows)), right=0.85)
    ax.grid(False)
    top = float(rows[bands].to_numpy().max())
    for y, (tier, row) in enumerate(rows.iterrows()):
        for x, band in enumerate(bands):
            beyond = band == bands[-1] or int(str(band)) > row["limit"]
            colour = TIER_COLOURS["A"] if beyond else TIER_COLOURS["B"]
            shade = 0.08 + 0.82 * (float(row[band]) / top) ** 0.5 if row[band] else 0.0
            ax.barh(y, 0.96, left=x - 0.48, height=0.9, color=colour, alpha=shade)
            ax.text(x, y, f"{row[band]:,}", ha="center", va="center", fontsize=13,
                    color="white" if shade > 0.7 else INK)  # fmt: skip
        said = t("lifecycle.overlooked", count=row["overlooked"], limit=row["limit"])
        ax.text(len(bands) - 0.42, y, said, va="center", fontsize=11, color=INK)
        ax.text(-0.6, y, t("lifecycle.tier", tier=word_for(str(tier))), va="center", ha="right",
                fontsize=12, color=INK)  # fmt: skip
    low = [0, *(int(str(band)) + 1 for band in bands[:-1])]
    names = [t("lifecycle.band", low=a, high=b) for a, b in zip(low, bands[:-1], strict=False)]
    ax.set_xticks(range(len(bands)), [*names, t("lifecycle.band_over", low=low[-1] - 1)])
    ax.set(yticks=[], xlim=(-0.55, len(bands) - 0.45), ylim=(len(rows) - 0.5, -0.5))
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_xlabel(t("lifecycle.days_silent"), color=INK, fontsize=12)
    return ax


def _mark(ax: Axes, folklore: int, top: float) -> None:
    ax.axvline(folklore, color=ACCENT, linewidth=1.8, linestyle=(0, (4, 3)))
    ax.text(folklore - 0.12, top * 0.97, t("lifecycle.folklore", count=folklore), ha="right",
            va="top", fontsize=12, color=INK)  # fmt: skip
