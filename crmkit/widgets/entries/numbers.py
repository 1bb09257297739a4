"""A number to type, and a line to draw through values."""

import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from crmkit import plots
from crmkit.course.questions import Question
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.widgets.style import FIGURE_WIDTH, FULL, image


def number(question: Question, changed: Changed) -> Entry:
    """Return a field with the unit beside it."""
    form = question.form()
    control = widgets.Text(layout=widgets.Layout(width="140px"))
    unit = widgets.HTML(escape(form.unit))
    control.observe(lambda change: changed(number_in(change["new"], form.unit)), "value")
    return Entry(
        widgets.HBox([control, unit], layout=widgets.Layout(align_items="center")),
        lambda answer: control.set_trait("value", f"{answer:.12g}"),
        lambda: number_in(control.value, form.unit),
        lambda: "",
        control,
    )


def number_in(text: str, unit: str = "") -> float | str | None:
    """Return the number a person typed, the text itself where there is none, or nothing.

    >>> number_in("１２,３４５．５ 元", "元"), number_in("5.2倍", "倍"), number_in(" ")
    (12345.5, 5.2, None)
    >>> number_in("five")
    'five'
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = plain.removesuffix(unicodedata.normalize("NFKC", unit)).replace(",", "").strip()
    try:
        return float(digits) if plain else None
    except ValueError:
        return text


def cut(question: Question, changed: Changed) -> Entry:
    """Return a slider that moves a line through the values, drawn by rank."""
    form = question.form()
    lines = line_positions(min(form.values), max(form.values))
    values = pd.Series(form.values)
    control = widgets.SelectionSlider(
        options=[(f"{line:,.0f} {form.unit}", line) for line in lines], layout=FULL
    )
    figure = widgets.Image(format="png", width=FIGURE_WIDTH)
    drawn = plots.LiveRanking(values, control.value)

    def draw() -> None:
        figure.value = drawn.png(control.value)

    def moved(change: Mapping[str, Any]) -> None:
        draw()
        changed(change["new"])

    def show(answer: float) -> None:
        control.value = min(lines, key=lambda line: abs(line - answer))

    draw()
    control.observe(moved, "value")
    return Entry(
        widgets.VBox([figure, control]),
        show,
        lambda: control.value,
        lambda: image(figure.value, FIGURE_WIDTH),
        control,
    )


def line_positions(lowest: float, highest: float, step: float = 1.03) -> list[float]:
    """Return where a line may be put: evenly apart on a log axis, two or three digits each.

    >>> line_positions(98, 120, 1.1)
    [98.0, 108.0, 119.0]
    """
    count = int(np.log(highest / lowest) / np.log(step)) + 1
    exact = [lowest * step**place for place in range(count)]
    rounded = {float(f"{value:.3g}") if value >= 100 else float(f"{value:.2g}") for value in exact}
    unit = 10.0 ** (np.floor(np.log10(lowest)) - (2 if lowest >= 100 else 1))
    below = float(f"{np.floor(lowest / unit) * unit:.3g}")  # nobody stands below the lowest line
    return sorted({below, *(value for value in rounded if value > lowest)})
