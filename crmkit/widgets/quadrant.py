"""The instrument of lesson 11: clients in four quarters, and two lines that move them."""

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from crmkit import plots
from crmkit.analysis.tiering import Cuts, place
from crmkit.book.schema import TIERS
from crmkit.widgets.entries.numbers import line_positions
from crmkit.widgets.panel import Panel
from crmkit.widgets.sliders import Rails, Slider
from crmkit.widgets.style import FIGURE_WIDTH, chip, image
from crmkit.words import t

CODES = pd.CategoricalDtype(list(TIERS))


class Quadrant(Panel):
    """Clients by contribution and turnover, with a slider for each line.

    Parameters
    ----------
    clients : DataFrame
        What :func:`crmkit.analysis.tiering.tier` takes.
    cuts : Cuts
        Where the lines are at first.
    """

    def __init__(self, clients: pd.DataFrame, cuts: Cuts) -> None:
        self.clients = clients
        income = clients["contribution_12m"].dropna().astype("float64") / 100
        turns = clients["turnover_ratio"].dropna()
        contribution = line_positions(max(income.min(), 1), income.max())
        turnover = line_positions(max(turns.min(), 0.1), turns.max())
        sliders = {
            "contribution_cut": _slider(
                "widgets.contribution_cut", contribution, cuts.contribution / 100, "{:,.0f}"
            ),
            "turnover_cut": _slider("widgets.turnover_cut", turnover, cuts.turnover, "{:.1f}"),
        }
        self.figure = widgets.Image(format="png", width=FIGURE_WIDTH)
        self.rails = Rails(sliders, self._draw)
        self.counts = widgets.HTML()
        self.reset = widgets.Button(description=t("widgets.reset"))
        self.reset.add_class("crm-button")
        self.reset.on_click(lambda _: self.rails.begin())
        rows = [self.figure, self.rails.view, self.reset, self.counts]
        super().__init__("Quadrant(contribution, turnover)", rows, self._picture)
        placed = clients.assign(tier=self.tiers())
        self._drawn = plots.LiveQuadrant(placed, **self.rails.values())
        self._draw()

    def move(self, contribution: float, turnover: float) -> None:
        """Put the lines as near to these places as the sliders go.

        Parameters
        ----------
        contribution : float
            CNY a year.
        turnover : float
            Times a year.
        """
        self.rails.move(contribution_cut=contribution, turnover_cut=turnover)

    def tiers(self) -> pd.Series:
        """Return every client's tier by the lines as they stand."""
        lines = self.rails.values()
        cuts = Cuts(lines["contribution_cut"] * 100, lines["turnover_cut"])
        letters = place(self.clients, cuts).collect().to_native()["tier"]
        return pd.Series(letters.to_numpy(), self.clients.index, CODES, name="tier")

    def _draw(self) -> None:
        placed = self.clients.assign(tier=self.tiers())
        self.figure.value = self._drawn.png(placed, **self.rails.values())
        self.counts.value = _counts(placed)

    def _picture(self) -> str:
        return image(self.figure.value, FIGURE_WIDTH) + str(self.counts.value)


def _slider(label: str, places: list[float], at: float, shape: str) -> Slider:
    return Slider(label, sorted({*places, at}), at, shape)


def _counts(placed: pd.DataFrame) -> str:
    """Return one line per tier: how many clients, what share, what part of contribution."""
    income = placed["contribution_12m"].astype("float64")
    rows = []
    for letter, count in placed["tier"].value_counts(sort=False).items():
        slots: Mapping[str, Any] = {
            "count": count,
            "clients": count / len(placed),
            "contribution": income[placed["tier"] == letter].sum() / income.sum(),
        }
        text = t("widgets.unknown_row" if letter == "unknown" else "widgets.tier_row", **slots)
        rows.append(f'<div class="crm-count">{chip(str(letter))}<span>{escape(text)}</span></div>')
    return "".join(rows)
