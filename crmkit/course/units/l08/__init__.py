"""Lesson 8: what old clients are worth."""

from crmkit.course.units.l08.practice import Practice, make_practice
from crmkit.course.units.l08.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
