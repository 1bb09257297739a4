"""Figures of leaving: survival, the tree, calibration and lift, profit, definitions, uplift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.analysis.churn.survival import numbers_at_risk
from crmkit.book.codes import word_for
from crmkit.plots.style import INK, TIER_COLOURS, new_axes
from crmkit.words import language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Line styles and colours of groups that are no tiers.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#6B7280", "#E69F00")
_STYLES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))
GOOD, BAD = "#0072B2", "#D55E00"


def survival(curves: pd.DataFrame, ticks: list[float] | None = None) -> Axes:
    """Draw the share still there over time by group, with bands and the numbers at risk below.

    Parameters
    ----------
    curves : DataFrame
        As returned by `crmkit.analysis.churn.survival.kaplan_meier`.
    ticks : list of float, optional
        Times at which the numbers at risk are written.
    """
    from matplotlib.ticker import PercentFormatter

    groups = list(curves["group"].unique())
    last = float(curves["time"].max())
    ticks = ticks or _ticks(last)
    ax = new_axes(height=4.3 + 0.28 * len(groups), left=0.15)
    height = 4.3 + 0.28 * len(groups)
    ax.figure.subplots_adjust(bottom=(0.95 + 0.27 * len(groups)) / height)
    for place, (group, curve) in enumerate(curves.groupby("group", sort=True, observed=True)):
        colour, style = _look(str(group), place)
        time = curve["time"].to_numpy(dtype=float)
        low, high = (curve[name].to_numpy(dtype=float) for name in ("low", "high"))
        ax.fill_between(time, low, high, step="post", color=colour, alpha=0.13, linewidth=0)
        ax.step(time, curve["survival"].to_numpy(dtype=float), where="post", color=colour,
                linestyle=style, linewidth=2.2, label=_group(str(group)))  # fmt: skip
    floor = float(np.nanmin(curves["low"].to_numpy(dtype=float)))
    ax.set(xlim=(0, last), ylim=(max(0.0, np.floor(floor * 10) / 10 - 0.02), 1.005), xticks=ticks)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("churn.figure.months"), color=INK, fontsize=12)
    ax.set_ylabel(t("churn.figure.still_there"), color=INK, fontsize=12)
    if len(groups) > 1:
        ax.legend(loc="lower left", frameon=False, fontsize=12, ncols=2)
    _at_risk(ax, numbers_at_risk(curves, ticks), ticks, height)
    return ax


def _ticks(last: float) -> list[float]:
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 1e9) if last / s <= 8)
    return list(np.arange(0, last + 1e-9, step))


def _look(group: str, place: int) -> tuple[str, object]:
    colour = TIER_COLOURS.get(group, _COLOURS[place % len(_COLOURS)])
    return colour, _STYLES[place % len(_STYLES)]


def _group(name: str) -> str:
    return t("churn.figure.tier", tier=name) if name in "ABCD" else name


def _at_risk(ax: Axes, table: pd.DataFrame, ticks: list[float], inches: float) -> None:
    """Write the numbers at risk under the axis, one row per group."""
    height = inches * ax.get_position().height
    first, row = -0.78 / height, 0.27 / height
    across = ax.get_xaxis_transform()
    ax.text(-0.05, first + row * 0.15, t("churn.figure.at_risk"), transform=ax.transAxes,
            ha="right", va="center", fontsize=10, color=INK)  # fmt: skip
    for place, (group, counts) in enumerate(table.iterrows()):
        y = first - row * (place + (1 if len(table) > 1 else 0))
        colour = _look(str(group), place)[0]
        if len(table) > 1:
            ax.text(-0.05, y, _group(str(group)), transform=ax.transAxes, ha="right",
                    va="center", fontsize=11, color=colour)  # fmt: skip
        for tick, count in zip(ticks, counts, strict=True):
            ax.text(tick, y, f"{count:,}", transform=across, ha="center", va="center",
                    fontsize=11, color=INK, clip_on=False)  # fmt: skip


def tree(leaves: pd.DataFrame, most: int = 8) -> Axes:
    """Draw the leaves of a tree as bars of their rates, each with its sentence.

    Parameters
    ----------
    leaves : DataFrame
        As returned by `crmkit.analysis.churn.tree.grow_tree`.
    most : int
        How many leaves, from the highest rate down.
    """
    from matplotlib.ticker import PercentFormatter

    rows = leaves.head(most).iloc[::-1].reset_index(drop=True)
    height = 0.8 + 0.85 * len(rows)
    ax = new_axes(width=9.0, height=height, left=0.03)
    ax.figure.subplots_adjust(top=0.99, bottom=0.62 / height)
    rate = rows["rate"].to_numpy(dtype=float)
    flagged = rows["flagged"].fillna(False).to_numpy(dtype=bool)
    ax.barh(rows.index, rate, height=0.36, color=np.where(flagged, BAD, "#9CA3AF"))
    for place, row in enumerate(rows.to_dict(orient="records")):
        ax.text(0, place + 0.22, _two_lines(row["sentence"]), va="bottom", ha="left",
                fontsize=10, color=INK, linespacing=1.25)  # fmt: skip
        said = t("churn.figure.leaf", rate=row["rate"], left=row["left"], clients=row["clients"])
        mark = " ●" if row["flagged"] else ""
        ax.text(row["rate"], place, f"  {said}{mark}", va="center", ha="left", fontsize=10.5,
                color=INK)  # fmt: skip
    ax.set(xlim=(0, max(rate.max() * 1.45, 0.05)), ylim=(-0.4, len(rows) - 0.22), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("churn.figure.leaf_rate"), color=INK, fontsize=12)
    return ax


def _two_lines(sentence: str) -> str:
    """Return a long sentence broken once, between two of its parts."""
    mark = t("churn.semicolon")
    parts = sentence.split(mark)
    if len(sentence) < (50 if language() == "zh" else 95) or len(parts) < 2:
        return sentence
    half = (len(parts) + 1) // 2
    return mark.join(parts[:half]) + mark.rstrip() + "\n" + mark.join(parts[half:])


def calibration(tenths: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw what was predicted against what happened, by tenths of risk.

    Parameters
    ----------
    tenths : DataFrame
        ``predicted``, ``observed``, ``low`` and ``high``.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(width=5.6, height=4.6, left=0.15) if ax is None else ax
    top = float(tenths[["predicted", "high"]].max().max()) * 1.08
    ax.plot([0, top], [0, top], color=INK, linewidth=1, linestyle=(0, (4, 4)),
            label=t("churn.figure.exact"))  # fmt: skip
    seen = tenths["observed"]
    reach = [seen - tenths["low"], tenths["high"] - seen]
    ax.errorbar(tenths["predicted"], seen, yerr=reach, fmt="o", color=GOOD, capsize=3,
                markersize=6, elinewidth=1.2)  # fmt: skip
    ax.set(xlim=(0, top), ylim=(0, top))
    ax.legend(loc="upper left", frameon=False, fontsize=11)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(t("churn.figure.predicted"), color=INK, fontsize=12)
    ax.set_ylabel(t("churn.figure.observed"), color=INK, fontsize=12)
    return ax


def lift(tenths: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many times the average rate each tenth of risk has.

    Parameters
    ----------
    tenths : DataFrame
        ``lift`` and ``captured``, the highest risk first.
    ax : Axes, optional
    """
    ax = new_axes(width=5.6, height=4.6, left=0.13) if ax is None else ax
    place = np.arange(1, len(tenths) + 1)
    above = tenths["lift"].to_numpy() >= 1
    ax.bar(place, tenths["lift"], color=np.where(above, GOOD, "#9CA3AF"))
    ax.axhline(1, color=INK, linewidth=1.2, linestyle=(0, (4, 4)))
    for x, height, share in zip(
        place.tolist(), tenths["lift"], tenths["captured"], strict=True
    ):  # fmt: skip
        ax.text(x, height + 0.02, f"{share:.0%}", ha="center", va="bottom", fontsize=9.5, color=INK)
    ax.set(xticks=place, ylim=(0, max(float(tenths["lift"].max()) * 1.15, 1.2)))
    ax.set_xlabel(t("churn.figure.tenth"), color=INK, fontsize=12)
    ax.set_ylabel(t("churn.figure.lift"), color=INK, fontsize=12)
    return ax


def profit(by_gain: pd.DataFrame, by_risk: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw expected profit over how many are approached, by gain and by risk.

    Parameters
    ----------
    by_gain, by_risk : DataFrame
        As returned by `crmkit.analysis.churn.evaluation.profit_curve`.
    ax : Axes, optional
    """
    ax = new_axes(left=0.14) if ax is None else ax
    best = by_gain[by_gain["best"]].iloc[0]
    for curve, colour, style, name in (
        (by_gain, GOOD, "-", "by_gain"), (by_risk, BAD, (0, (5, 2)), "by_risk"),
    ):  # fmt: skip
        ax.plot(curve["approached"], curve["profit"] / 100, color=colour, linestyle=style,
                linewidth=2.2, label=t(f"churn.figure.{name}"))  # fmt: skip
    ax.axhline(0, color=INK, linewidth=0.9)
    ax.plot(best["approached"], best["profit"] / 100, "o", color=GOOD, markersize=8)
    said = t("churn.figure.best", count=int(best["approached"]), profit=best["profit"] / 100)
    ax.annotate(said, (best["approached"], best["profit"] / 100), xytext=(0, 10),
                textcoords="offset points", fontsize=12, color=INK, va="bottom")  # fmt: skip
    top, far = max(float(best["profit"]) / 100, 1.0), max(5 * int(best["approached"]), 30)
    ax.set(xlim=(0, min(far, len(by_gain) - 1)), ylim=(-0.8 * top, 1.4 * top))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="upper right", frameon=False, fontsize=12)
    ax.set_xlabel(t("churn.figure.approached"), color=INK, fontsize=12)
    ax.set_ylabel(t("churn.figure.profit"), color=INK, fontsize=12)
    return ax


def definitions(disagreement: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many clients each two definitions of leaving share.

    Parameters
    ----------
    disagreement : DataFrame
        As returned by `crmkit.analysis.churn.labels.disagreement`.
    ax : Axes, optional
    """
    kinds = list(disagreement.index)
    shared = disagreement[kinds].to_numpy(dtype=float)
    ax = new_axes(width=7.2, height=4.4, left=0.28) if ax is None else ax
    share = shared / np.maximum(shared.diagonal()[:, None], 1)
    ax.imshow(share, cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
    ax.grid(False)
    for row in range(len(kinds)):
        for column in range(len(kinds)):
            own = row == column
            text = f"{shared[row, column]:,.0f}" + ("" if own else f"\n{share[row, column]:.0%}")
            colour = "white" if share[row, column] > 0.75 else INK
            ax.text(column, row, text, ha="center", va="center", fontsize=13 if own else 11,
                    color=colour)  # fmt: skip
    names = [word_for(kind) for kind in kinds]
    narrow = [name.replace(" ", "\n", 1) if language() == "en" else name for name in names]
    ax.set(xticks=range(len(kinds)), yticks=range(len(kinds)))
    ax.set_xticklabels(narrow, fontsize=11)
    ax.set_yticklabels(
        [f"{n}\n{r:.1%}" for n, r in zip(names, disagreement["rate"], strict=True)], fontsize=11
    )
    ax.set_xlabel(t("churn.figure.shared"), color=INK, fontsize=11.5)
    ax.figure.subplots_adjust(bottom=0.2)
    return ax


def qini(curve: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many leavers are kept by treating the first so many of a ranking.

    Parameters
    ----------
    curve : DataFrame
        As returned by `crmkit.analysis.churn.uplift.qini`.
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(left=0.14) if ax is None else ax
    ax.plot(curve["share"], curve["kept"] * 1000, color=GOOD, linewidth=2.2,
            label=t("churn.figure.by_uplift"))  # fmt: skip
    ax.plot(curve["share"], curve["random"] * 1000, color=INK, linewidth=1.2,
            linestyle=(0, (4, 4)), label=t("churn.figure.by_lot"))  # fmt: skip
    ax.set(xlim=(0, 1))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.legend(loc="upper left", frameon=False, fontsize=12)
    ax.set_xlabel(t("churn.figure.treated"), color=INK, fontsize=12)
    ax.set_ylabel(t("churn.figure.kept"), color=INK, fontsize=12)
    return ax


def spent(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw what each list of clients to approach was worth once the truth is known.

    Parameters
    ----------
    table : DataFrame
        As returned by `crmkit.analysis.churn.targets.spend`.
    ax : Axes, optional
    """
    ax = new_axes(height=1.2 + 0.62 * len(table), left=0.25) if ax is None else ax
    ax.figure.subplots_adjust(bottom=0.65 / (1.2 + 0.62 * len(table)), top=0.9)
    rows = table.iloc[::-1]
    value = rows["value"].to_numpy(dtype=float) / 100
    cost = float(rows["cost"].max()) / 100
    names = [t(f"churn.list.{name}") for name in rows.index]
    ax.barh(names, value, height=0.62, color=np.where(value >= cost, GOOD, "#9CA3AF"))
    far = max(value.max() / 0.58, cost * 1.25)  # the longest bar leaves room for its words
    for y, (worth, kept) in enumerate(zip(value, rows["kept"], strict=True)):
        said = t("churn.figure.kept_worth", kept=kept, value=worth)
        ax.text(max(worth, 0) + far * 0.012, y, said, va="center", fontsize=11, color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
    ax.axvline(cost, color=BAD, linewidth=1.6, linestyle=(0, (5, 3)))
    ax.text(cost, len(rows) - 0.42, t("churn.figure.spent", cost=cost), ha="center", va="bottom",
            fontsize=11, color=BAD)  # fmt: skip
    ax.set(xlim=(min(value.min(), 0) * 1.1, far), ylim=(-0.5, len(rows) - 0.5))
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", labelsize=12)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(t("churn.figure.truly_kept"), color=INK, fontsize=12)
    return ax
