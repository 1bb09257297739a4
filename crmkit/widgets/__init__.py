"""Views of the course in JupyterLab; no rule lives here."""

from crmkit.widgets.board import Board
from crmkit.widgets.browser import BookBrowser
from crmkit.widgets.class_week import ClassPanel, ClassWeek
from crmkit.widgets.conversation import Conversation, Rehearsal, spoken
from crmkit.widgets.course_map import Course
from crmkit.widgets.exercise import Exercise
from crmkit.widgets.judgements import Judgements
from crmkit.widgets.lesson import Lesson, open_course, start
from crmkit.widgets.planner import Planner, PlannerPanel
from crmkit.widgets.prices import tariff_table
from crmkit.widgets.profile import profile_card
from crmkit.widgets.quadrant import Quadrant
from crmkit.widgets.questionnaire import Questionnaire
from crmkit.widgets.sliders import Slider, Sliders
from crmkit.widgets.sorter import CardSorter, motive_tagger
from crmkit.widgets.still import Still, picture, tier_cards
from crmkit.widgets.touches import TouchTracker

__all__ = [
    "Board",
    "BookBrowser",
    "CardSorter",
    "ClassPanel",
    "ClassWeek",
    "Conversation",
    "Course",
    "Exercise",
    "Judgements",
    "Lesson",
    "Planner",
    "PlannerPanel",
    "Quadrant",
    "Questionnaire",
    "Rehearsal",
    "Slider",
    "Sliders",
    "Still",
    "TouchTracker",
    "motive_tagger",
    "open_course",
    "picture",
    "profile_card",
    "spoken",
    "start",
    "tariff_table",
    "tier_cards",
]
