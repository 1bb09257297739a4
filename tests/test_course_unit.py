"""A unit: set for a learner, answered, marked, reported."""

import json
from pathlib import Path

import pytest

from crmkit.course import Entry, Outcome, Sheet, open_sheet, open_unit, solved
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

GRADED = ("e11a-q1", "e11a-q2", "e11a-q3")


def test_learners_get_practice_of_their_own() -> None:
    one, other = (open_unit("l11", sheet=Sheet(learner)) for learner in ("li", "wang"))
    assert one.practice.ten != other.practice.ten
    assert open_unit("l11", sheet=Sheet("li")).practice.ten == one.practice.ten


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_evidence_is_the_same_for_every_seed_and_language(seed: int, language: str) -> None:
    with in_language(language):
        unit = open_unit("l11", seed=seed)
        blank = [unit.report(name) for name in GRADED]
        done = [solved(unit).report(name) for name in GRADED]
    assert blank == [f"[{name}] not attempted 0.00" for name in GRADED]
    assert done == [f"[{name}] correct 1.00" for name in GRADED]


def test_answers_survive_a_round_trip_through_the_file(tmp_path: Path) -> None:
    unit = open_unit("l11", sheet=open_sheet(tmp_path))
    for name, question in unit.questions.items():
        unit.answer(name, question.key)
    again = open_unit("l11", sheet=open_sheet(tmp_path))
    assert all(again.mark(name).outcome is Outcome.CORRECT for name in again.questions)


def test_broken_entry_leaves_the_last_good_one(tmp_path: Path) -> None:
    unit = open_unit("l11", seed=4, sheet=open_sheet(tmp_path))
    unit.answer("e11a-q2", 800)
    for broken in ("eight hundred", -5, object(), {"a": 1}):
        unit.answer("e11a-q2", broken)
    assert unit.entry("e11a-q2").answer == 800


def test_answer_can_be_taken_back(tmp_path: Path) -> None:
    unit = open_unit("l11", seed=4, sheet=open_sheet(tmp_path))
    unit.answer("e11a-q2", 800)
    unit.answer("e11a-q2", None)
    assert unit.report("e11a-q2") == "[e11a-q2] not attempted 0.00"


def test_sheet_with_answers_to_another_book_is_marked_invalid_not_wrong() -> None:
    sheet = Sheet(
        "li", entries={"e11a-q1": Entry(open_unit("l11", seed=1).question("e11a-q1").key)}
    )
    assert open_unit("l11", seed=2, sheet=sheet).mark("e11a-q1").outcome is Outcome.INVALID


def test_only_real_tries_count() -> None:
    unit = open_unit("l11", seed=4)
    unit.check("e11a-q3")
    assert unit.entry("e11a-q3").tries == 0
    unit.answer("e11a-q3", {"A": "push"})
    unit.check("e11a-q3")
    assert unit.entry("e11a-q3").tries == 1


def test_solution_opens_after_three_tries() -> None:
    unit = open_unit("l11", seed=4)
    unit.answer("e11a-q3", {"A": "push"})
    opened = []
    for _ in range(3):
        unit.check("e11a-q3")
        opened.append(unit.may_see_solution("e11a-q3"))
    assert opened == [False, False, True]


def test_solution_opens_when_the_right_answer_was_checked() -> None:
    unit = open_unit("l11", seed=4)
    unit.answer("e11a-q3", unit.question("e11a-q3").key)
    assert not unit.may_see_solution("e11a-q3")
    unit.check("e11a-q3")
    assert unit.may_see_solution("e11a-q3")


def test_there_are_three_hints_and_no_fourth() -> None:
    unit = open_unit("l11", seed=4)
    assert [unit.hint("e11a-q1") for _ in range(5)] == [1, 2, 3, 3, 3]
    assert unit.hint("l11-x1") == 0


def test_solving_leaves_the_learners_own_sheet_alone(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    before = json.loads((tmp_path / "answers.json").read_text())
    done = solved(open_unit("l11", sheet=sheet))
    done.check("e11a-q1")
    assert json.loads((tmp_path / "answers.json").read_text()) == before
    assert done.practice.ten == open_unit("l11", sheet=sheet).practice.ten


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_unit_and_question_are_said_plainly(language: str) -> None:
    with in_language(language):
        with pytest.raises(CrmkitError, match="l11") as unit:
            open_unit("../l11")
        with pytest.raises(CrmkitError, match="e11a-q3") as question:
            open_unit("l11", seed=1).question("e11a-q9")
    assert (unit.value.key, question.value.key) == ("course.no_unit", "course.no_question")
