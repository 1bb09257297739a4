"""Lesson 0: where you stand, and a first flight."""

from crmkit.course.units.l00.practice import Practice, make_practice
from crmkit.course.units.l00.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
