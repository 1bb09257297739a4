"""Lesson 1: three stages, four groups."""

from crmkit.course.units.l01.practice import Practice, make_practice
from crmkit.course.units.l01.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
