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
from crmkit.widgets.style import FIGURE_WIDTH, FULL, chip, image
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
        self._default = (cuts.contribution / 100, cuts.turnover)
        self.contribution = _slider(line_positions(max(income.min(), 1), income.max()),
                                    self._default[0], "contribution_cut", "{:,.0f}")  # fmt: skip
        self.turnover = _slider(line_positions(max(turns.min(), 0.1), turns.max()),
                                self._default[1], "turnover_cut", "{:.1f}")  # fmt: skip
        self.figure = widgets.Image(format="png", width=FIGURE_WIDTH)
        self.counts = widgets.HTML()
        self.reset = widgets.Button(description=t("widgets.reset"))
        self.reset.add_class("crm-button")
        self.reset.on_click(lambda _: self.move(*self._default))
        sliders = [*_labelled(self.contribution), *_labelled(self.turnover)]
        rows = [self.figure, *sliders, self.reset, self.counts]
        super().__init__("Quadrant(contribution, turnover)", rows, self._picture)
        for slider in (self.contribution, self.turnover):
            slider.observe(lambda _: self._draw(), "value")
        placed = self.clients.assign(tier=self.tiers())
        self._drawn = plots.LiveQuadrant(placed, self.contribution.value, self.turnover.value)
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
        _nearest(self.contribution, contribution)
        _nearest(self.turnover, turnover)

    def tiers(self) -> pd.Series:
        """Return every client's tier by the lines as they stand."""
        cuts = Cuts(self.contribution.value * 100, self.turnover.value)
        letters = place(self.clients, cuts).collect().to_native()["tier"]
        return pd.Series(letters.to_numpy(), self.clients.index, CODES, name="tier")

    def _draw(self) -> None:
        placed = self.clients.assign(tier=self.tiers())
        self.figure.value = self._drawn.png(placed, self.contribution.value, self.turnover.value)
        self.counts.value = _counts(placed)

    def _picture(self) -> str:
        return image(self.figure.value, FIGURE_WIDTH) + str(self.counts.value)


def _slider(places: list[float], at: float, label: str, shape: str) -> widgets.SelectionSlider:
    places = sorted({*places, at})
    return widgets.SelectionSlider(
        options=[(shape.format(place), place) for place in places],
        value=at,
        layout=FULL,
        tooltip=t(f"widgets.{label}"),
    )


def _labelled(slider: widgets.SelectionSlider) -> tuple[widgets.HTML, widgets.SelectionSlider]:
    return widgets.HTML(escape(slider.tooltip)), slider


def _nearest(slider: widgets.SelectionSlider, place: float) -> None:
    values = [value for _, value in slider.options]
    slider.value = min(values, key=lambda value: abs(value - place))


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
