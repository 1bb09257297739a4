"""Where answers are entered: one set of controls per kind of question."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from crmkit import plots
from crmkit.course.questions import Assign, Choice, Cut, Number, Question
from crmkit.widgets.style import FIGURE_WIDTH, image, paragraph, table
from crmkit.words import t

#: Takes an answer whenever it changes.
Changed = Callable[[Any], None]
FULL = {"width": "100%"}
WIDE = {"flex": "1 1 auto"}


@dataclass(frozen=True)
class Entry:
    """The controls of one question.

    Attributes
    ----------
    view : Widget
    controls : mapping of str to Widget
        The controls by item, or under the question's id where there is only one.
    show : callable
        Takes a well-formed answer and sets the controls to it.
    still : callable
        Returns, as HTML, what there is to see when nothing runs.
    """

    view: widgets.Widget
    controls: Mapping[str, widgets.Widget]
    show: Callable[[Any], None]
    still: Callable[[], str]


def entry(question: Question, changed: Changed) -> Entry:
    """Return the controls of a question; `changed` hears of every answer entered."""
    makers: Mapping[type[Question], Callable[[Any, Changed], Entry]] = {
        Choice: _choice,
        Number: _number,
        Cut: _cut,
        Assign: _assign,
    }
    return makers[type(question)](question, changed)


def _choice(question: Choice, changed: Changed) -> Entry:
    labels = {option: question.say(f"option.{option}") for option in question.options}
    control = widgets.RadioButtons(
        options=[(label, option) for option, label in labels.items()], value=None, layout=FULL
    )
    control.observe(lambda change: changed(change["new"]), "value")
    still = "".join(f"<li>{escape(label)}</li>" for label in labels.values())
    return Entry(
        control,
        {question.id: control},
        lambda answer: control.set_trait("value", answer),
        lambda: f"<ul>{still}</ul>",
    )


def _number(question: Number, changed: Changed) -> Entry:
    control = widgets.Text(layout=widgets.Layout(width="140px"))
    unit = widgets.HTML(escape(question.say("unit")))
    control.observe(lambda change: changed(number_in(change["new"], question.say("unit"))), "value")
    return Entry(
        widgets.HBox([control, unit]),
        {question.id: control},
        lambda answer: control.set_trait("value", f"{answer:g}"),
        lambda: "",
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


def _cut(question: Cut, changed: Changed) -> Entry:
    lines = line_positions(min(question.values), max(question.values))
    values = pd.Series(question.values)
    control = widgets.SelectionSlider(
        options=[(f"{line:,.0f} {question.say('unit')}", line) for line in lines], layout=FULL
    )
    figure = widgets.Image(format="png", width=FIGURE_WIDTH)

    def draw() -> None:
        figure.value = plots.png(plots.ranking(values, control.value), 120)

    def moved(change: Mapping[str, Any]) -> None:
        draw()
        changed(change["new"])

    def show(answer: float) -> None:
        control.value = min(lines, key=lambda line: abs(line - answer))

    draw()
    control.observe(moved, "value")
    return Entry(
        widgets.VBox([figure, control]),
        {question.id: control},
        show,
        lambda: image(figure.value, FIGURE_WIDTH),
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


def _assign(question: Assign, changed: Changed) -> Entry:
    wide = bool(question.columns)
    labels = _labels(question)
    controls = {
        item: widgets.ToggleButtons(
            options=[(label, option) for option, label in labels.items()],
            value=None,
            style={"button_width": "40px"},
        )
        for item in question.items
    }
    beside = {item: widgets.HTML(layout=WIDE) for item in controls}

    def answer() -> dict[str, str]:
        return {item: c.value for item, c in controls.items() if c.value is not None}

    def fill(item: str) -> None:
        beside[item].value = _cells(question, item) if wide else _chosen(question, controls[item])

    def chosen(item: str, _: object) -> None:
        fill(item)
        changed(answer())

    def show(given: Mapping[str, str]) -> None:
        for item, control in controls.items():
            control.value = given.get(item)

    for item, control in controls.items():
        control.add_class("crm-tiers" if wide else "crm-numbers")
        fill(item)
        control.observe(partial(chosen, item), "value")
    lines = [_line(question, item, controls[item], beside[item]) for item in controls]
    return Entry(
        widgets.VBox([_head(question), *lines]), controls, show, lambda: worked(question, False)
    )


def _labels(question: Assign) -> dict[str, str]:
    """Return what stands on the buttons: the options themselves, or numbers for sentences."""
    if question.columns:
        return {option: option for option in question.options}
    return {option: chr(ord("①") + place) for place, option in enumerate(question.options)}


def _line(
    question: Assign, item: str, control: widgets.Widget, beside: widgets.HTML
) -> widgets.HBox:
    cells = [beside, control] if question.columns else [_name(question, item), control, beside]
    line = widgets.HBox(cells)
    line.add_class("crm-line")
    return line


def _name(question: Assign, item: str) -> widgets.HTML:
    name = escape(question.say("item", **question.about[item]))
    return widgets.HTML(f"<b>{name}</b>", layout=widgets.Layout(flex="none", width="72px"))


def _head(question: Assign) -> widgets.Widget:
    if question.columns:
        cells = "".join(f"<span>{escape(_column(question, c))}</span>" for c in question.columns)
        titles = widgets.HTML(f'<div class="crm-cells crm-head">{cells}</div>', layout=WIDE)
        tier = widgets.HTML(
            f'<div class="crm-head">{escape(t("widgets.tier"))}</div>',
            layout=widgets.Layout(flex="none", width="184px"),
        )
        return widgets.HBox([titles, tier], layout=widgets.Layout(align_items="flex-end"))
    return widgets.HTML(_options(question))


def _options(question: Assign) -> str:
    lines = "".join(
        f"<li><b>{label}</b><span> {escape(question.say(f'option.{option}'))}</span></li>"
        for option, label in _labels(question).items()
    )
    return f'<ul class="crm-options">{lines}</ul>'


def _cells(question: Assign, item: str) -> str:
    cells = "".join(f"<span>{escape(_cell(question, c, item))}</span>" for c in question.columns)
    return f'<div class="crm-cells">{cells}</div>'


def _chosen(question: Assign, control: widgets.Widget) -> str:
    said = question.say(f"option.{control.value}") if control.value else t("widgets.not_chosen")
    return paragraph(said, "crm-chosen")


def _column(question: Assign, column: str) -> str:
    return question.say(f"column.{column}")


def _cell(question: Assign, column: str, item: str) -> str:
    return question.say(f"cell.{column}", **question.about[item])


def worked(question: Assign, answers: bool = True) -> str:
    """Return the items as a table, with the right options and how to get there if asked."""
    if not question.columns:
        rows = [
            [
                question.say("item", **question.about[item]),
                question.say(f"option.{question.right[item]}"),
            ]
            for item in question.items
        ]
        return table([], rows) if answers else _options(question)
    columns = [*question.columns, *(question.steps if answers else ())]
    heads = [_column(question, column) for column in columns]
    rows = [[_cell(question, column, item) for column in columns] for item in question.items]
    if answers:
        heads.append(t("widgets.tier"))
        for row, item in zip(rows, question.items, strict=True):
            row.append(question.right[item])
    return table(heads, rows)
