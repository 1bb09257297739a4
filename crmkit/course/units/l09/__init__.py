"""Lesson 9: the contact plan."""

from crmkit.course.units.l09.practice import Practice, make_practice
from crmkit.course.units.l09.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
