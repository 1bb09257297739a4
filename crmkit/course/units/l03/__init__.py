"""Lesson 3: be remembered."""

from crmkit.course.units.l03.practice import Practice, make_practice
from crmkit.course.units.l03.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
