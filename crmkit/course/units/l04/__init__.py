"""Lesson 4: the first trade, done right."""

from crmkit.course.units.l04.practice import Practice, make_practice
from crmkit.course.units.l04.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
