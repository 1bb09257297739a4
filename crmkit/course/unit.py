"""A unit: the questions of one lesson, set for one learner, with that learner's answers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from crmkit.course import units
from crmkit.course.outcome import Outcome, Result
from crmkit.course.questions import TRIES_BEFORE_SOLUTION, Question, mark
from crmkit.course.sheet import Entry, Sheet
from crmkit.errors import CrmkitError


@dataclass(frozen=True)
class Unit:
    """Questions, the practice they are about, and the sheet the answers go to.

    Attributes
    ----------
    name : str
    seed : int
        Decides everything in ``practice`` and ``questions``.
    practice : object
        What the unit's module made for this seed, for the lesson's figures and tables.
    questions : mapping of str to Question
    sheet : Sheet
    """

    name: str
    seed: int
    practice: Any
    questions: Mapping[str, Question]
    sheet: Sheet

    def question(self, question: str) -> Question:
        """Return a question by its id.

        Raises
        ------
        CrmkitError
            When the unit has no such question.
        """
        if question not in self.questions:
            known = ", ".join(self.questions)
            raise CrmkitError("course.no_question", where=self.name, question=question, known=known)
        return self.questions[question]

    def entry(self, question: str) -> Entry:
        """Return what the sheet keeps about a question."""
        return self.sheet.entry(question)

    def answer(self, question: str, answer: object) -> None:
        """Keep an answer; a broken entry is not kept, and the last good one stays."""
        if mark(self.question(question), answer).outcome is not Outcome.INVALID:
            self.sheet.keep(question, replace(self.entry(question), answer=answer))

    def mark(self, question: str) -> Result:
        """Mark the answer on the sheet."""
        return mark(self.question(question), self.entry(question).answer)

    def check(self, question: str) -> Result:
        """Mark the answer on the sheet and count the try, if it was one."""
        result = self.mark(question)
        if result.outcome.counts:
            entry = self.entry(question)
            self.sheet.keep(question, replace(entry, tries=entry.tries + 1))
        return result

    def report(self, question: str) -> str:
        """Return the canonical line of evidence, ``[e11a-q1] correct 1.00``."""
        return self.mark(question).line()

    def hint(self, question: str) -> int:
        """Open one more hint; return how many are open."""
        entry = self.entry(question)
        opened = min(entry.hints + 1, self.question(question).hints)
        self.sheet.keep(question, replace(entry, hints=opened))
        return opened

    def may_see_solution(self, question: str) -> bool:
        """Tell whether the solution is open: after three tries, or once the answer is right."""
        entry = self.entry(question)
        solved = entry.tries > 0 and self.mark(question).outcome is Outcome.CORRECT
        return entry.solution_seen or solved or entry.tries >= TRIES_BEFORE_SOLUTION

    def see_solution(self, question: str) -> None:
        """Note that the solution was looked at."""
        self.sheet.keep(question, replace(self.entry(question), solution_seen=True))


def open_unit(name: str, seed: int | None = None, sheet: Sheet | None = None) -> Unit:
    """Set a unit for a learner.

    Parameters
    ----------
    name : str
        A module of ``crmkit.course.units``, for example ``"l11"``.
    seed : int, optional
        Default: the learner's own, from the sheet.
    sheet : Sheet, optional
        Default: one in memory, for nobody in particular.

    Raises
    ------
    CrmkitError
        When there is no such unit.

    Examples
    --------
    >>> unit = open_unit("l11", seed=7)
    >>> unit.report("e11a-q1")
    '[e11a-q1] not attempted 0.00'
    >>> unit.answer("e11a-q1", unit.question("e11a-q1").key)
    >>> unit.report("e11a-q1")
    '[e11a-q1] correct 1.00'
    """
    if name not in unit_names():
        raise CrmkitError("course.no_unit", where=name, known=", ".join(unit_names()))
    sheet = sheet or Sheet(learner="")
    seed = unit_seed(sheet.learner, name) if seed is None else seed
    module = import_module(f"crmkit.course.units.{name}")
    practice = module.make_practice(seed)
    questions = {question.id: question for question in module.make_questions(practice, seed)}
    return Unit(name, seed, practice, questions, sheet)


def unit_names() -> list[str]:
    """Return the units there are."""
    return sorted(module.name for module in iter_modules(units.__path__))


def unit_seed(learner: str, unit: str) -> int:
    """Return the seed of a learner's practice in a unit: theirs alone, and always the same.

    >>> unit_seed("wang", "l11") == unit_seed("wang", "l11") != unit_seed("li", "l11")
    True
    """
    digest = hashlib.sha256(f"{learner}/{unit}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def solved(unit: Unit) -> Unit:
    """Return the unit with every answer given, on a sheet of its own that is never saved."""
    entries = {
        name: Entry(answer=question.key, tries=1, solution_seen=True)
        for name, question in unit.questions.items()
    }
    return replace(unit, sheet=Sheet(unit.sheet.learner, entries=entries))
