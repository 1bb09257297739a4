"""Figures of a relationship: its stages along time, and who carries the branch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from crmkit.plots.style import FAINT, INK, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STAGE_COLOURS: Mapping[str, str] = MappingProxyType(
    {"prospect": "#9CA3AF", "new": "#E69F00", "existing": "#0072B2"}
)
GROUP_COLOURS: Mapping[str, str] = MappingProxyType(
    {"potential": "#9CA3AF", "development": "#E69F00", "second": "#56B4E9", "lifetime": "#0072B2"}
)


def stage_lines(
    people: pd.DataFrame, as_of: date, new_months: int, months: int = 18, ax: Axes | None = None
) -> Axes:
    """Draw people along the last months, each stage in its colour.

    Parameters
    ----------
    people : DataFrame
        ``name``, ``met``, ``open_date`` and ``first_trade`` (missing where there was none).
    as_of : date
    new_months : int
        Months after the first trade during which a client counts as new.
    months : int
        How far back to look.
    ax : Axes, optional
    """
    ax = new_axes(height=1.3 + 0.62 * len(people), left=0.1) if ax is None else ax
    end = pd.Timestamp(as_of)
    start = end - pd.DateOffset(months=months)
    for place, (_, person) in enumerate(people[::-1].iterrows()):
        settled = person["first_trade"] + pd.DateOffset(months=new_months)
        until = {"prospect": person["open_date"], "new": settled, "existing": end}
        begins = person["met"]
        for stage, close in until.items():
            close = end if pd.isna(close) else min(close, end)
            if close > max(begins, start):
                left = max(begins, start)
                ax.barh(place, close - left, left=left, height=0.5, color=STAGE_COLOURS[stage])
            begins = close
        for event, marker in (("open_date", "D"), ("first_trade", "o")):
            if start < person[event] <= end:
                ax.plot(person[event], place, marker, color="white", markeredgecolor=INK, ms=9)
    _people_axis(ax, people["name"][::-1].tolist(), start, end)
    _stage_legend(ax)
    return ax


def _people_axis(ax: Axes, names: list[str], start: pd.Timestamp, end: pd.Timestamp) -> None:
    from matplotlib.dates import DateFormatter, MonthLocator, date2num

    ax.set_yticks(range(len(names)), names)
    ax.set_xlim(date2num(start), date2num(end))  # type: ignore[no-untyped-call]
    ax.set_ylim(-0.6, len(names) + 0.25)
    ax.xaxis.set_major_locator(MonthLocator(bymonth=(1, 4, 7, 10)))  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(DateFormatter("%Y-%m"))  # type: ignore[no-untyped-call]
    ax.grid(False, axis="y")


def _stage_legend(ax: Axes) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    marks = [
        Patch(color=colour, label=t(f"lifecycle.stage.{s}")) for s, colour in STAGE_COLOURS.items()
    ]
    events = [
        Line2D([], [], linestyle="", marker=marker, color="white", markeredgecolor=INK,
               markersize=9, label=t(f"lifecycle.event.{event}"))
        for event, marker in (("opened", "D"), ("first_trade", "o"))
    ]  # fmt: skip
    ax.legend(handles=[*marks, *events], loc="upper left", ncols=5, frameon=False, fontsize=11,
              handlelength=1.2, columnspacing=1.4)  # fmt: skip


def group_shares(people: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the four groups twice: as a share of the people, and of what they bring.

    Parameters
    ----------
    people : DataFrame
        ``group`` and ``contribution_12m`` (fen, missing for prospects).
    ax : Axes, optional
    """
    from matplotlib.ticker import PercentFormatter

    ax = new_axes(height=3.0, left=0.16) if ax is None else ax
    brought = people["contribution_12m"].astype("float64").fillna(0)
    shares = pd.DataFrame(
        {
            t("lifecycle.contribution_share"): brought.groupby(people["group"]).sum()
            / brought.sum(),
            t("lifecycle.people_share"): people["group"].value_counts(normalize=True),
        }
    ).reindex(list(GROUP_COLOURS))
    left = pd.Series(0.0, index=shares.columns)
    for group, row in shares.fillna(0).iterrows():
        ax.barh(row.index, row, left=left, height=0.55, color=GROUP_COLOURS[str(group)],
                edgecolor="white", label=t(f"lifecycle.group.{group}"))  # fmt: skip
        for bar, (begin, part) in enumerate(zip(left, row, strict=True)):
            if part >= 0.05:
                ax.text(begin + part / 2, bar, f"{part:.0%}", ha="center", va="center",
                        color="white", fontsize=13)  # fmt: skip
        left += row
    ax.set_xlim(0, 1)
    ax.set_ylim(-0.5, 2.0)
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.legend(loc="upper left", ncols=4, frameon=False, fontsize=11, handlelength=1.2)
    ax.spines["left"].set_color(FAINT)
    return ax


def stage_counts(counts: pd.DataFrame, chosen: int, ax: Axes | None = None) -> Axes:
    """Draw how many people are at each stage as the agreed months change.

    Parameters
    ----------
    counts : DataFrame
        One row per number of months (the index), one column per stage.
    chosen : int
        The number to mark.
    ax : Axes, optional
    """
    ax = new_axes(height=3.6, left=0.08) if ax is None else ax
    base = pd.Series(0, index=counts.index)
    for stage, colour in STAGE_COLOURS.items():
        width = [1.0 if months == chosen else 0.72 for months in counts.index]
        ax.bar(counts.index, counts[stage], width, bottom=base, color=colour,
               label=t(f"lifecycle.stage.{stage}"))  # fmt: skip
        count = int(counts[stage][chosen])
        ax.text(chosen, float(base[chosen]) + count / 2, str(count), ha="center", va="center",
                color="white", fontsize=13)  # fmt: skip
        base = base + counts[stage]
    ax.set_xticks(list(counts.index))
    ax.set_ylim(0, float(base.max()) * 1.18)
    ax.set_xlabel(t("lifecycle.new_months"), color=INK, fontsize=12)
    ax.set_ylabel(t("lifecycle.people"), color=INK, fontsize=12)
    ax.legend(loc="upper left", ncols=3, frameon=False, fontsize=11)
    return ax
