"""What a notebook of the course works with: one line to start, then questions and figures.

This is the door through which the day comes in: questions are told it, and read no clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from crmkit import plots
from crmkit.course import Outcome, Sheet, Unit, open_sheet, open_unit, solved
from crmkit.errors import CrmkitError
from crmkit.widgets.exercise import Exercise
from crmkit.widgets.safety import keep_quiet
from crmkit.widgets.still import Still
from crmkit.widgets.strip import Strip
from crmkit.words import t, use_language


@dataclass(frozen=True, repr=False)
class Lesson:
    """The learner's sheet, a unit, and how both are shown.

    Attributes
    ----------
    sheet : Sheet
    unit : Unit
    strip : Strip
        What stands at the top of the page.
    """

    sheet: Sheet
    unit: Unit
    strip: Strip

    def __repr__(self) -> str:
        return repr(self.strip)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return self.strip._repr_mimebundle_(**kwargs)

    @property
    def practice(self) -> Any:
        """What the unit is about: its book, tables and lines."""
        return self.unit.practice

    def ask(self, question: str) -> Exercise:
        """Return a question on the screen, and take it into the line of progress."""
        shown = Exercise(self.unit, question, date.today, lambda: self.strip.update(question))
        self.strip.add(question)
        return shown

    def report(self, question: str) -> str:
        """Return the canonical line of evidence."""
        return self.unit.report(question)


def start(language: str, unit: str, solved_already: bool = False) -> Lesson:
    """Prepare a notebook: its language, its font, its unit with the learner's answers.

    Parameters
    ----------
    language : {"zh", "en"}
    unit : str
        For example ``"l11"``.
    solved_already : bool
        Show every question answered; the learner's own answers are not touched.
    """
    use_language(language)
    keep_quiet()
    plots.use_font()
    sheet = _sheet()
    opened = open_unit(unit, sheet=sheet)
    if solved_already:
        opened = solved(opened)
    key = "widgets.banner_solved" if solved_already else "widgets.banner"
    return Lesson(sheet, opened, Strip(opened, _banner(t(key), sheet.notices)))


def _sheet() -> Sheet:
    """Return the learner's sheet; one in memory, with a notice, where nothing can be saved."""
    try:
        return open_sheet(clock=lambda: datetime.now().isoformat(timespec="seconds"))
    except CrmkitError as error:
        return Sheet(learner="", notices=[t("widgets.memory_only", why=error)])


def _banner(text: str, notices: list[str]) -> str:
    lines = [f'<div class="crm-banner">{escape(text)}</div>']
    lines += [f'<div class="crm-banner crm-notice">{escape(notice)}</div>' for notice in notices]
    return "".join(lines)


def progress(lesson: Lesson, exercise: str) -> Still:
    """Return how far the learner is with an exercise.

    Parameters
    ----------
    lesson : Lesson
    exercise : str
        What the ids of its questions begin with: ``"e11a"``.
    """
    questions = [name for name in lesson.unit.questions if name.startswith(f"{exercise}-")]
    marks = [lesson.unit.mark(name).outcome for name in questions]
    right = marks.count(Outcome.CORRECT)
    begun = any(outcome is not Outcome.NOT_ATTEMPTED for outcome in marks)
    state = "all" if right == len(marks) else "some" if begun else "none"
    text = t(f"widgets.progress_{state}", right=right, all=len(marks))
    dots = "".join(
        f'<span class="crm-dot{" crm-done" if mark is Outcome.CORRECT else ""}"></span>'
        for mark in marks
    )
    return Still(f"Progress({exercise})", f'<div class="crm-progress">{dots}{escape(text)}</div>')
