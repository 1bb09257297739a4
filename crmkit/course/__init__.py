"""Learning: questions, marks, and a learner's answers."""

from crmkit.course.cards import Card, deck, next_due
from crmkit.course.mastery import Strength, mastered, strengths
from crmkit.course.outcome import Outcome, Result
from crmkit.course.questions import Question, mark
from crmkit.course.sheet import Entry, Sheet, open_sheet
from crmkit.course.unit import Unit, open_unit, solved, unit_names

__all__ = [
    "Card",
    "Entry",
    "Outcome",
    "Question",
    "Result",
    "Sheet",
    "Strength",
    "Unit",
    "deck",
    "mark",
    "mastered",
    "next_due",
    "open_sheet",
    "open_unit",
    "solved",
    "strengths",
    "unit_names",
]
