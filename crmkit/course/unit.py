"""A unit: the questions of one lesson, set for one learner, with that learner's answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from crmkit.course import units
from crmkit.course.cards import answered, missed
from crmkit.course.mastery import mastered
from crmkit.course.outcome import Outcome, Result
from crmkit.course.questions import TRIES_BEFORE_SOLUTION, Question, mark
from crmkit.course.sheet import Entry, Sheet
from crmkit.course.variants import variant_seed
from crmkit.errors import CrmkitError

#: Variants drawn at most to find one that differs: half of two cases come out the same.
DRAWS = 8


@dataclass(frozen=True)
class Setting:
    """A unit's practice and questions for one seed."""

    practice: Any
    questions: Mapping[str, Question]


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
        As the lesson sets them: variant 0.
    sheet : Sheet
    seeds : callable
        The seed of every other attempt.
    """

    name: str
    seed: int
    practice: Any
    questions: Mapping[str, Question]
    sheet: Sheet
    seeds: Callable[[int | str], int] = field(repr=False)
    _settings: dict[int | str, Setting] = field(default_factory=dict, repr=False)

    def question(self, question: str) -> Question:
        """Return a question by its id, in the variant the learner is working on.

        Raises
        ------
        CrmkitError
            When the unit has no such question.
        """
        return self.variant(question, self.entry(question).variant)

    def variant(self, question: str, attempt: int | str) -> Question:
        """Return a question on the practice of another attempt."""
        if question not in self.questions:
            known = ", ".join(self.questions)
            raise CrmkitError("course.no_question", where=self.name, question=question, known=known)
        if attempt == 0:
            return self.questions[question]
        if attempt not in self._settings:
            self._settings[attempt] = make_setting(self.name, self.seeds(attempt))
        return self._settings[attempt].questions[question]

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

    def check(self, question: str, today: date | None = None) -> Result:
        """Mark the answer on the sheet and count the try, if it was one.

        The first check of a variant decides whether it is passed; a miss puts the question
        into the daily deck when it is known what day it is.
        """
        result = self.mark(question)
        if not result.outcome.counts:
            return result
        entry = self.entry(question)
        right = result.outcome is Outcome.CORRECT
        if not entry.tries:
            unaided = right and not entry.hints and not entry.solution_seen
            entry = replace(entry, passes=(*entry.passes, unaided))
            if today and not right and self.questions[question].misconceptions:
                self.sheet.keep_card(question, missed(self.sheet.cards.get(question), today))
        entry = replace(entry, tries=entry.tries + 1)
        self.sheet.keep(question, entry, "check", result.outcome)
        return result

    def another(self, question: str) -> Question:
        """Set the question anew, so that there is something else to read, and return it."""
        kept = self.entry(question)
        first, before = kept.variant + 1, self.question(question).content()
        fresh = range(first, first + DRAWS)
        other = (one for one in fresh if self.variant(question, one).content() != before)
        entry = Entry(variant=next(other, first), passes=kept.passes)
        self.sheet.keep(question, entry, "another")
        return self.question(question)

    def mastered(self, exercise: str) -> bool:
        """Tell whether every question of an exercise was passed twice in a row.

        Parameters
        ----------
        exercise : str
            What the ids of its questions begin with: ``"e11a"``, ``"l11-x"``.
        """
        names = [name for name in self.questions if name.startswith(exercise)]
        return bool(names) and all(mastered(self.entry(name).passes) for name in names)

    def card(self, question: str) -> Question:
        """Return a question as the daily deck asks it next: always on new figures."""
        card = self.sheet.cards[question]
        return self.variant(question, f"card-{card.number}")

    def check_card(self, question: str, answer: object, today: date) -> Result:
        """Mark a card's answer, and put the card where it belongs now."""
        result = mark(self.card(question), answer)
        if result.outcome.counts:
            right = result.outcome is Outcome.CORRECT
            card = answered(self.sheet.cards[question], right, today)
            self.sheet.keep_card(question, card)
        return result

    def report(self, question: str) -> str:
        """Return the canonical line of evidence, ``[e11a-q1] correct 1.00``."""
        return self.mark(question).line()

    def hint(self, question: str) -> int:
        """Open one more hint; return how many are open."""
        entry = self.entry(question)
        opened = min(entry.hints + 1, self.question(question).hints)
        self.sheet.keep(question, replace(entry, hints=opened), "hint")
        return opened

    def may_see_solution(self, question: str) -> bool:
        """Tell whether the solution is open: after three tries, or once the answer is right."""
        entry = self.entry(question)
        solved = entry.tries > 0 and self.mark(question).outcome is Outcome.CORRECT
        return entry.solution_seen or solved or entry.tries >= TRIES_BEFORE_SOLUTION

    def see_solution(self, question: str) -> None:
        """Note that the solution was looked at."""
        self.sheet.keep(question, replace(self.entry(question), solution_seen=True), "solution")


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
    token = sheet.seeded_by if seed is None else str(seed)
    seed = variant_seed(token, name) if seed is None else seed
    made = make_setting(name, seed)
    return Unit(
        name, seed, made.practice, made.questions, sheet,
        lambda attempt: variant_seed(token, name, attempt),
    )  # fmt: skip


def make_setting(name: str, seed: int) -> Setting:
    """Return the practice and the questions of a unit for a seed."""
    module = unit_module(name)
    practice = module.make_practice(seed)
    made: Iterable[Question] = module.make_questions(practice, seed)
    return Setting(practice, {question.id: question for question in made})


def unit_module(name: str) -> ModuleType:
    """Return the module of a unit."""
    return import_module(f"crmkit.course.units.{name}")


def unit_names() -> list[str]:
    """Return the units there are."""
    return sorted(module.name for module in iter_modules(units.__path__))


def solved(unit: Unit) -> Unit:
    """Return the unit with every answer given, on a sheet of its own that is never saved."""
    entries = {
        name: Entry(unit.question(name).key, 1, solution_seen=True,
                    variant=unit.entry(name).variant)
        for name in unit.questions
    }  # fmt: skip
    sheet = Sheet(unit.sheet.learner, entries=entries, token=unit.sheet.token)
    return replace(unit, sheet=sheet)
