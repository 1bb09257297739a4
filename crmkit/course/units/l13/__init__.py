"""Lesson 13: keeping clients from leaving."""

from crmkit.course.units.l13.practice import Practice, make_practice
from crmkit.course.units.l13.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
