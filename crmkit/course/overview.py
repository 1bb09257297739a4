"""The course as a whole: its lessons in order, and how far along a learner is in each.

Nothing here makes a practice book: what a learner has done is read from the sheet and its
journal, and what there is to do from the words of the questions, so the start page opens fast.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crmkit.course import journal
from crmkit.course.outcome import Outcome
from crmkit.course.sheet import Sheet
from crmkit.course.unit import unit_names
from crmkit.words import glossary, language

_QUESTION = re.compile(r"[el](\d\d)[a-z]?-\w+")


@dataclass(frozen=True)
class Stop:
    """A lesson on the map.

    Attributes
    ----------
    unit : str
        ``"l11"``.
    stage : str
    page : str
        The name of its notebooks, ``"11_tiering"``.
    titles : mapping of str to str
        By language.
    """

    unit: str
    stage: str
    page: str
    titles: Mapping[str, str]

    @property
    def title(self) -> str:
        """The title in the language in use."""
        return self.titles[language()]

    @property
    def is_open(self) -> bool:
        """Whether the lesson has been written."""
        return self.unit in unit_names()

    @property
    def has_exercise(self) -> bool:
        """Whether anything in the lesson is graded."""
        return any(name.startswith("e") for name in question_names(self.unit))


@dataclass(frozen=True)
class Standing:
    """How far along a learner is with a lesson and its exercises.

    Attributes
    ----------
    questions : int
        How many there are.
    begun, right : int
        How many have an answer, and how many were right when checked.
    """

    questions: int
    begun: int
    right: int


@cache
def lessons() -> tuple[Stop, ...]:
    """Return the lessons in the order of the course.

    >>> [lesson.unit for lesson in lessons()][:2], lessons()[11].page
    (['l00', 'l01'], '11_tiering')
    """
    return tuple(
        Stop(each["unit"], each["stage"], each["page"], {"zh": each["zh"], "en": each["en"]})
        for each in _course()["lesson"]
    )


def stages() -> dict[str, str]:
    """Return the stages of the course, in order, and their names in the language in use."""
    return {stage["name"]: stage[language()] for stage in _course()["stage"]}


def unit_of(question: str) -> str:
    """Return the unit that a question belongs to; nothing for what is no question's id.

    >>> unit_of("e11a-q1"), unit_of("l03-x2"), unit_of("nonsense")
    ('l11', 'l03', '')
    """
    found = _QUESTION.fullmatch(question)
    return f"l{found[1]}" if found else ""


def lesson_of(question: str) -> Stop | None:
    """Return the lesson that a question belongs to, if it is open."""
    unit = unit_of(question)
    return next((each for each in lessons() if each.unit == unit and each.is_open), None)


@cache
def question_names(unit: str) -> tuple[str, ...]:
    """Return the questions that have words, without making them.

    >>> question_names("l11")[:3]
    ('e11a-q1', 'e11a-q2', 'e11a-q3')
    """
    prompts = (key.split(".") for key in glossary() if key.endswith(".prompt"))
    names = {part[1] for part in prompts if len(part) == 3}
    return tuple(sorted(name for name in names if unit_of(name) == unit))


def standings(sheet: Sheet) -> dict[str, Standing]:
    """Return how far along a learner is, by unit.

    Right is what was right when last checked, or passed on any variant.
    """
    last = _outcomes(sheet)
    found = {}
    for lesson in lessons():
        names = {*question_names(lesson.unit),
                 *(name for name in sheet.entries if unit_of(name) == lesson.unit)}  # fmt: skip
        entries = {name: sheet.entry(name) for name in names}
        right = [name for name, entry in entries.items()
                 if any(entry.passes) or last.get(name) == Outcome.CORRECT]  # fmt: skip
        begun = [name for name, entry in entries.items()
                 if entry.answer is not None or entry.tries or entry.passes]  # fmt: skip
        found[lesson.unit] = Standing(len(names), len(begun), len(right))
    return found


def _outcomes(sheet: Sheet) -> dict[str, str]:
    """Return what came of the last check of each question."""
    if sheet.path is None:
        return {}
    events = journal.read(sheet.path.with_name(journal.FILE))
    return {
        str(event.get("question")): str(event.get("outcome"))
        for event in events
        if event.get("did") == "check" and event.get("learner") == sheet.learner
    }


@cache
def _course() -> Mapping[str, list[dict[str, str]]]:
    text = files("crmkit").joinpath("data/course.toml").read_text(encoding="utf-8")
    course: Mapping[str, list[dict[str, str]]] = tomllib.loads(text)
    return course
