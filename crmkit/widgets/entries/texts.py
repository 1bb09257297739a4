"""Texts: a message to rewrite, a function to write."""

from html import escape

import ipywidgets as widgets

from crmkit.course.questions import Question
from crmkit.widgets.entries.entry import Changed, Entry


def rewrite(question: Question, changed: Changed) -> Entry:
    """Return a field that starts from the text to be mended."""
    return _text(question, changed, "crm-rewrite", 4)


def code(question: Question, changed: Changed) -> Entry:
    """Return a field for a program."""
    return _text(question, changed, "crm-code", 10)


def _text(question: Question, changed: Changed, kind: str, rows: int) -> Entry:
    form = question.form()
    control = widgets.Textarea(form.text, rows=rows, layout=widgets.Layout(width="100%"))
    control.add_class(kind)
    control.observe(lambda change: changed(change["new"]), "value")
    return Entry(
        control,
        lambda answer: control.set_trait("value", answer),
        lambda: control.value,
        lambda: f'<pre class="{kind}">{escape(form.text)}</pre>',
        control,
    )
