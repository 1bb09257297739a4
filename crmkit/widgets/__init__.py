"""Views of the course in JupyterLab; no rule lives here."""

from crmkit.widgets.conversation import Conversation
from crmkit.widgets.exercise import Exercise
from crmkit.widgets.lesson import Lesson, progress, start
from crmkit.widgets.quadrant import Quadrant
from crmkit.widgets.still import Still, picture, tier_cards

__all__ = [
    "Conversation",
    "Exercise",
    "Lesson",
    "Quadrant",
    "Still",
    "picture",
    "progress",
    "start",
    "tier_cards",
]
