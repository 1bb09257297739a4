"""A calendar of contacts."""

from datetime import date

from crmkit.course.questions import Question
from crmkit.widgets.days import Days
from crmkit.widgets.entries.entry import Changed, Entry


def calendar(question: Question, changed: Changed) -> Entry:
    """Return a calendar to put contacts in; those about which something is open do not count."""
    form = question.form()
    day, *others = form.fields
    days = Days(
        {date.fromisoformat(option.name): option.label for option in day.options},
        {each.name: (each.label, {o.name: o.label for o in each.options}) for each in others},
        changed,
        most=form.most,
    )
    return Entry(days.view, days.show, days.complete, lambda: days.board.html, days)
