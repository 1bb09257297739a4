"""What a notebook of the course works with: one line to start, then questions and figures.

This is the door through which the day comes in: questions are told it, and read no clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from crmkit.course import Sheet, Unit, open_sheet, open_unit, solved
from crmkit.errors import CrmkitError
from crmkit.widgets.course_map import Course
from crmkit.widgets.exercise import Exercise
from crmkit.widgets.safety import keep_quiet
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
    """Prepare a notebook: its language, its unit with the learner's answers.

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
    sheet = _sheet()
    opened = open_unit(unit, sheet=sheet)
    if solved_already:
        opened = solved(opened)
    key = "widgets.banner_solved" if solved_already else "widgets.banner"
    return Lesson(sheet, opened, Strip(_banner(t(key), sheet.notices), opened))


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


def open_course(language: str) -> Course:
    """Prepare the start page: its language, and the learner's sheet.

    Parameters
    ----------
    language : {"zh", "en"}
    """
    use_language(language)
    keep_quiet()
    sheet = _sheet()
    return Course(sheet, date.today(), Strip(_banner(t("widgets.banner"), sheet.notices)))
