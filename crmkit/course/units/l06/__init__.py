"""Lesson 06, objections: a practice book whose clients complain, and conversations with them."""

from crmkit.course.units.l06.practice import Practice, make_practice
from crmkit.course.units.l06.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
