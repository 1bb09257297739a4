"""Lesson 11, tiering: a practice book of 200 clients, its questions and their traps."""

from crmkit.course.units.l11.practice import Practice, make_practice
from crmkit.course.units.l11.questions import OBJECTIVES, make_questions

__all__ = ["OBJECTIVES", "Practice", "make_practice", "make_questions"]
