"""One option, or several."""

from collections.abc import Sequence
from html import escape

import ipywidgets as widgets

from crmkit.course.questions import Form, Question
from crmkit.widgets.board import Board, pick
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.widgets.style import FULL


def choice(question: Question, changed: Changed) -> Entry:
    """Return radio buttons."""
    form = question.form()
    control = widgets.RadioButtons(
        options=[(option.label, option.name) for option in form.options], value=None, layout=FULL
    )
    control.observe(lambda change: changed(change["new"]), "value")
    return Entry(
        control,
        lambda answer: control.set_trait("value", answer),
        lambda: control.value,
        lambda: _still(form),
        control,
    )


class Ticks:
    """Options that are each on or off."""

    def __init__(self, form: Form, changed: Changed) -> None:
        self.form, self.changed = form, changed
        self.ticked: list[str] = []
        self.board = Board(self._html, self._picked)

    def show(self, answer: Sequence[str]) -> None:
        """Tick what an answer names."""
        self.ticked = list(answer)
        self.board.redraw()

    def _picked(self, word: str) -> None:
        names = [option.name for option in self.form.options]
        if word in names:
            ticked = {*self.ticked} ^ {word}
            self.ticked = [name for name in names if name in ticked]
            self.changed(list(self.ticked))

    def _html(self) -> str:
        buttons = (
            pick(option.name, f"<i></i><span>{escape(option.label)}</span>", "crm-tick",
                 pressed=option.name in self.ticked)
            for option in self.form.options
        )  # fmt: skip
        return f'<div class="crm-ticks" data-arrows>{"".join(buttons)}</div>'


def several(question: Question, changed: Changed) -> Entry:
    """Return options to tick."""
    ticks = Ticks(question.form(), changed)
    return Entry(
        ticks.board.view, ticks.show, lambda: list(ticks.ticked), lambda: _still(ticks.form), ticks
    )


def _still(form: Form) -> str:
    lines = "".join(f"<li>{escape(option.label)}</li>" for option in form.options)
    return f"<ul>{lines}</ul>"
