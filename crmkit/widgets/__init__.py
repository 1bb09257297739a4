"""Views of the course in JupyterLab; no rule lives here."""

from crmkit.widgets.exercise import Exercise
from crmkit.widgets.lesson import Lesson, picture, progress, start
from crmkit.widgets.quadrant import Quadrant

__all__ = ["Exercise", "Lesson", "Quadrant", "picture", "progress", "start"]
