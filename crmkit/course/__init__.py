"""Learning: questions, marks, and a learner's answers."""

from crmkit.course.outcome import Outcome, Result
from crmkit.course.questions import Question, mark
from crmkit.course.sheet import Entry, Sheet, open_sheet
from crmkit.course.unit import Unit, open_unit, solved

__all__ = [
    "Entry",
    "Outcome",
    "Question",
    "Result",
    "Sheet",
    "Unit",
    "mark",
    "open_sheet",
    "open_unit",
    "solved",
]
