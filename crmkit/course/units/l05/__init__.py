"""Lesson 5: when it falls."""

from crmkit.course.units.l05.practice import Practice, make_practice
from crmkit.course.units.l05.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
