"""Lesson 2: know the client."""

from crmkit.course.units.l02.practice import Practice, make_practice
from crmkit.course.units.l02.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
