"""Lesson 7: the economics of the commission war."""

from crmkit.course.units.l07.practice import Practice, make_practice
from crmkit.course.units.l07.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
