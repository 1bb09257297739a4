"""Figures of signals: what is new by kind, and one client's months with what they set off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.analysis.signals.limits import each
from crmkit.book.codes import word_for
from crmkit.plots.style import INK, new_axes
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Colour and marker by severity, told apart without colour as well.
SEVERITY = {"urgent": ("#D55E00", "^"), "soon": ("#0072B2", "s"), "routine": ("#6B7280", "o")}


def alert_bars(alerts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many clients each signal concerns: new ones solid, standing ones pale.

    Parameters
    ----------
    alerts : DataFrame
        As returned by `crmkit.analysis.signals.signals`.
    ax : Axes, optional
    """
    groups = alerts.groupby("signal", observed=True, sort=False)
    table = pd.DataFrame({
        "severity": groups["severity"].first(), "fresh": groups["fresh"].sum().astype("float64"),
        "all": groups.size().astype("float64"),
    })  # fmt: skip
    order = table["severity"].cat.codes.sort_values(kind="stable", ascending=False).index
    table = table.loc[order]
    ax = new_axes(height=1.1 + 0.36 * max(len(table), 3), left=0.22) if ax is None else ax
    ax.figure.subplots_adjust(bottom=0.62 / (1.1 + 0.36 * max(len(table), 3)), top=0.98)
    colours = [SEVERITY[str(severity)][0] for severity in table["severity"]]
    names = [word_for(str(name)) for name in table.index]
    ax.barh(names, table["all"], color=colours, alpha=0.28)
    ax.barh(names, table["fresh"], color=colours)
    for place, row in enumerate(each(table)):
        said = t("signals.figure.count", fresh=int(row.fresh), standing=int(row.all - row.fresh))
        ax.text(row.all, place, f"  {said}", va="center", fontsize=10.5, color=INK)
    ax.set_xlim(0, max(float(table["all"].max()) if len(table) else 1, 1) * 1.42)
    for severity, (colour, _) in SEVERITY.items():
        ax.barh([np.nan], [0], color=colour, label=word_for(severity))
    ax.legend(loc="lower right", frameon=False, fontsize=11)
    ax.set_xlabel(t("signals.figure.clients"), color=INK, fontsize=12)
    return ax


def timeline(months: pd.DataFrame, alerts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw one client's assets and flows by month, and what somebody should have noticed.

    Parameters
    ----------
    months : DataFrame
        The client's rows of the monthly table.
    alerts : DataFrame
        The client's alerts, with ``signal``, ``severity`` and ``since``; those without a day
        are left out.
    ax : Axes, optional
    """
    ax = new_axes(left=0.13) if ax is None else ax
    rows = months.sort_values("month")
    ends = rows["month"] + pd.offsets.MonthEnd(0)
    assets = rows["assets_end"].to_numpy(dtype=float, na_value=np.nan) / 1e6
    flow = (rows["inflow"] - rows["outflow"]).to_numpy(dtype=float, na_value=np.nan) / 1e6
    ax.bar(ends, flow, width=18, color=np.where(flow < 0, "#E69F00", "#56B4E9"),
           label=t("signals.figure.flow"))  # fmt: skip
    ax.plot(ends, assets, color=INK, linewidth=2, label=t("signals.figure.assets"))
    ax.axhline(0, color=INK, linewidth=0.8)
    top = max(float(np.nanmax(assets)), 1e-6)
    low = min(float(np.nanmin(flow)), 0)
    dated = alerts.dropna(subset=["since"]).sort_values("since")
    dated = dated[dated["since"] >= ends.min()]
    for place, row in enumerate(each(dated)):
        colour, marker = SEVERITY[str(row.severity)]
        height = top * (1.12 + 0.16 * (place % 3))
        ax.plot([row.since, row.since], [low, height], color=colour, linewidth=0.9,
                linestyle=(0, (2, 2)))  # fmt: skip
        ax.plot(row.since, height, marker, color=colour, markersize=8)
        late = row.since > ends.min() + (ends.max() - ends.min()) * 0.7
        ax.annotate(word_for(str(row.signal)), (row.since, height),
                    xytext=(-9 if late else 9, 0), textcoords="offset points",
                    ha="right" if late else "left", va="center", fontsize=11,
                    color=colour)  # fmt: skip
    ax.set_ylim(low * 1.15, top * 1.62)
    ax.legend(loc="upper left", frameon=False, fontsize=11)
    ax.set_ylabel(t("signals.figure.wan"), color=INK, fontsize=12)
    return ax
