"""A policy: for every case, an option or a number in every column."""

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from crmkit.course.questions import Field, Question
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.widgets.entries.numbers import number_in
from crmkit.widgets.style import table
from crmkit.words import t

Cells = Mapping[str, Mapping[str, Any]]


class Cases:
    """A grid of lists and number fields."""

    def __init__(self, question: Question, changed: Changed) -> None:
        self.form, self.changed = question.form(), changed
        self.cells = {
            (row.name, field.name): _cell(field)
            for row in self.form.rows
            for field in self.form.fields
        }
        for control in self.cells.values():
            control.observe(lambda _: self.changed(self.answer()), "value")
        texts = [widgets.HTML(f"<b>{escape(field.label)}</b>") for field in self.form.fields]
        children = [widgets.HTML("&nbsp;"), *texts]
        for row in self.form.rows:
            own = (self.cells[row.name, field.name] for field in self.form.fields)
            children += [widgets.HTML(escape(row.label)), *own]
        columns = f"minmax(90px, 1fr) repeat({len(self.form.fields)}, minmax(110px, 1.2fr))"
        self.view = widgets.GridBox(
            children, layout=widgets.Layout(grid_template_columns=columns, grid_gap="6px 14px")
        )
        self.view.add_class("crm-policy")

    def answer(self) -> dict[str, dict[str, Any]]:
        """Return what the cells hold, those left empty not among it."""
        rows: dict[str, dict[str, Any]] = {row.name: {} for row in self.form.rows}
        units = {field.name: field.unit for field in self.form.fields}
        for (case, column), control in self.cells.items():
            text = isinstance(control, widgets.Text)
            value = number_in(control.value, units[column]) if text else control.value or None
            if value is not None:
                rows[case][column] = value
        return {case: cells for case, cells in rows.items() if cells}

    def show(self, answer: Cells) -> None:
        """Show a table."""
        for (case, column), control in self.cells.items():
            value = answer.get(case, {}).get(column)
            if isinstance(control, widgets.Text):
                control.value = "" if value is None else f"{value:g}"
            else:
                control.value = value or ""

    def still(self) -> str:
        """Return the table as it stands."""
        heads = ["", *(field.label for field in self.form.fields)]
        rows = [[row.label, *("" for _ in self.form.fields)] for row in self.form.rows]
        return table(heads, rows)


def _cell(field: Field) -> widgets.Widget:
    if not field.options:
        return widgets.Text(placeholder=field.unit, layout=WIDE)
    options = [(t("widgets.choose"), ""), *((each.label, each.name) for each in field.options)]
    return widgets.Dropdown(options=options, value="", layout=WIDE)


def policy(question: Question, changed: Changed) -> Entry:
    """Return a grid of lists and number fields."""
    cases = Cases(question, changed)
    return Entry(cases.view, cases.show, cases.answer, cases.still, cases)


WIDE = widgets.Layout(width="100%")
