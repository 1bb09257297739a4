"""Kinds of question. An answer is data; each kind knows a blank, a broken and a right one.

Answers are what JSON can hold, so that they can be kept, handed in and marked again:

============  ==================================================================
Choice        the name of an option
Several       a list of names of options
Number        a number in the question's unit
Cut           a number: where the line lies among the values
Ranking       a list of every item, in order
Matching      a mapping of item to option, each option once
Assign        a mapping of item to option: tiers to clients, stages to cards
Calendar      a list of contacts, each a mapping of field to option, with its day
Rewrite       a text
Policy        a mapping of case to column to option or number
Code          the source of a function
============  ==================================================================

A new kind is a subclass of :class:`Question` that says what an answer looks like, marks it,
knows answers that follow from wrong ideas, and says what is needed to show it; `mark`, the
sheet and the checks on every unit then work for it as they do for the others.
"""

from crmkit.course.questions.assign import Assign, Matching
from crmkit.course.questions.base import TRIES_BEFORE_SOLUTION, Question, Verdict, mark
from crmkit.course.questions.calendar import Calendar
from crmkit.course.questions.choice import Choice, Several, one_of
from crmkit.course.questions.code import Code
from crmkit.course.questions.form import Field, Form, Option, Row, Table
from crmkit.course.questions.number import Cut, Number
from crmkit.course.questions.order import any_order, out_of_order
from crmkit.course.questions.policy import Policy
from crmkit.course.questions.ranking import Ranking
from crmkit.course.questions.requirements import Condition, Required, Requirement
from crmkit.course.questions.rewrite import A_DAY, AN_OFFER, Rewrite, both
from crmkit.course.questions.traps import Trap

__all__ = [
    "AN_OFFER",
    "A_DAY",
    "TRIES_BEFORE_SOLUTION",
    "Assign",
    "Calendar",
    "Choice",
    "Code",
    "Condition",
    "Cut",
    "Field",
    "Form",
    "Matching",
    "Number",
    "Option",
    "Policy",
    "Question",
    "Ranking",
    "Required",
    "Requirement",
    "Rewrite",
    "Row",
    "Several",
    "Table",
    "Trap",
    "Verdict",
    "any_order",
    "both",
    "mark",
    "one_of",
    "out_of_order",
]
