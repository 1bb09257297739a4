"""Exercises as a learner uses them: controls set, buttons clicked, feedback read."""

from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crmkit.course import Entry, Outcome, Sheet, Unit, open_sheet, open_unit
from crmkit.course.units.l11.questions import wrong_tiers
from crmkit.widgets import Exercise
from crmkit.widgets.entries.numbers import line_positions, number_in
from crmkit.words import LANGUAGES, in_language, t


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    return open_unit("l11", sheet=open_sheet(tmp_path))


def reopened(unit: Unit) -> Unit:
    """Return the unit as a fresh kernel finds it."""
    assert unit.sheet.path is not None
    return open_unit("l11", sheet=open_sheet(unit.sheet.path.parent))


def enter(exercise: Exercise, answer: Any) -> None:
    """Set the controls one by one, as a hand would."""
    control = exercise.entry.control
    if isinstance(answer, dict):
        for item, option in answer.items():
            control.board.pick(f"{item}={option}")
    else:
        control.value = answer


def said(exercise: Exercise) -> str:
    return unescape(exercise.feedback.value)


def wrong(unit: Unit, idea: str) -> dict[str, str]:
    practice = unit.practice
    return wrong_tiers(practice.clients.loc[list(practice.ten)], practice)[idea]


def nearest(exercise: Exercise, line: float) -> float:
    places = [place for _, place in exercise.entry.control.options]
    return min(places, key=lambda place: abs(place - line))


def test_right_answer_by_hand(unit: Unit, language: str) -> None:
    exercise = Exercise(unit, "e11a-q1")
    enter(exercise, exercise.question.key)
    exercise.check_button.click()
    assert Outcome.CORRECT.heading in said(exercise)
    assert unit.report("e11a-q1") == "[e11a-q1] correct 1.00"


@pytest.mark.parametrize("idea", ["commission_twice", "commission_only", "size", "swapped"])
def test_wrong_tiers_are_explained(unit: Unit, language: str, idea: str) -> None:
    exercise = Exercise(unit, "e11a-q1")
    enter(exercise, wrong(unit, idea))
    exercise.check_button.click()
    result = unit.mark("e11a-q1")
    assert result.misconception == idea
    for part, text in result.explanation().items():
        assert text in said(exercise)
        assert t(f"widgets.{part}") in said(exercise)


def test_line_in_the_middle_is_explained(unit: Unit, language: str) -> None:
    exercise = Exercise(unit, "e11a-q2")
    middle = sorted(unit.question("e11a-q2").values)[98]
    enter(exercise, nearest(exercise, middle))
    exercise.check_button.click()
    assert unit.mark("e11a-q2").misconception == "median"
    assert unit.mark("e11a-q2").explanation()["principle"] in said(exercise)


@pytest.mark.parametrize("idea", ["ignore", "push"])
def test_wrong_service_is_explained(unit: Unit, language: str, idea: str) -> None:
    exercise = Exercise(unit, "e11a-q3")
    enter(exercise, unit.question("e11a-q3").key | {"D": idea})
    exercise.check_button.click()
    assert unit.mark("e11a-q3").explanation()["cause"] in said(exercise)


def test_moving_the_line_redraws_the_figure_and_saves(unit: Unit) -> None:
    exercise = Exercise(unit, "e11a-q2")
    figure = exercise.entry.view.children[0]
    before = figure.value
    assert reopened(unit).entry("e11a-q2") == Entry()
    enter(exercise, nearest(exercise, 2000))
    assert figure.value != before
    assert reopened(unit).entry("e11a-q2").answer == nearest(exercise, 2000)


def test_every_change_is_saved_before_anything_is_checked(unit: Unit) -> None:
    exercise = Exercise(unit, "e11a-q1")
    first, second = unit.question("e11a-q1").items[:2]
    for item, option in ((first, "A"), (second, "C"), (first, "B")):
        enter(exercise, {item: option})
        assert reopened(unit).entry("e11a-q1").answer[item] == option
    assert t("widgets.saved") in exercise.saved.value


@pytest.mark.parametrize("name", ["l11-p2", "l11-p3", "e11a-q1", "e11a-q2", "e11a-q3"])
def test_fresh_kernel_finds_answer_and_feedback_again(unit: Unit, name: str) -> None:
    exercise = Exercise(unit, name)
    exercise.set(exercise.question.key)
    exercise.check_button.click()
    again = Exercise(reopened(unit), name)
    assert again.entry.answer() == exercise.entry.answer()
    assert again.entry.answer()
    assert said(again) == said(exercise) != ""


def test_answer_not_yet_checked_comes_back_without_feedback(unit: Unit) -> None:
    enter(Exercise(unit, "l11-x1"), "size")
    again = Exercise(reopened(unit), "l11-x1")
    assert again.entry.answer() == "size"
    assert said(again) == ""


def test_opening_an_exercise_changes_nothing_on_the_sheet(unit: Unit) -> None:
    unit.answer("e11a-q2", 2345.6)
    before = dict(unit.sheet.entries)
    for name in unit.questions:
        Exercise(unit, name)
    assert unit.sheet.entries == before


def test_hints_open_one_by_one(unit: Unit, language: str) -> None:
    exercise = Exercise(unit, "e11a-q2")
    assert exercise.hints.value == ""
    for number in (1, 2, 3):
        exercise.hint_button.click()
        assert exercise.question.say(f"hint{number}") in unescape(exercise.hints.value)
    assert exercise.hint_button.disabled
    assert Exercise(reopened(unit), "e11a-q2").hints.value == exercise.hints.value


def test_solution_opens_after_three_checks_and_shows_the_way(unit: Unit, language: str) -> None:
    exercise = Exercise(unit, "e11a-q1")
    enter(exercise, wrong(unit, "size"))
    for _ in range(3):
        assert exercise.solution_button.disabled
        exercise.check_button.click()
    assert not exercise.solution_button.disabled
    exercise.solution_button.click()
    for client in unit.practice.ten:
        assert client in exercise.solution.value
    assert exercise.question.say("solution") in unescape(exercise.solution.value)


def test_click_on_a_closed_solution_does_nothing(unit: Unit) -> None:
    exercise = Exercise(unit, "e11a-q1")
    exercise.solution_button.click()
    assert exercise.solution.value == ""
    assert not unit.entry("e11a-q1").solution_seen


def visible(button: Any) -> bool:
    return button.layout.display != "none"


def test_two_right_answers_in_a_row_on_other_figures_are_mastery(unit: Unit, language: str) -> None:
    exercise = Exercise(unit, "e11a-q1")
    assert not visible(exercise.another_button)
    asked = exercise.question
    for run in (1, 2):
        exercise.set(exercise.question.key)
        exercise.check_button.click()
        assert visible(exercise.another_button)
        said = t("widgets.streak", run=1, due=2) if run == 1 else t("widgets.mastered")
        assert said in unescape(exercise.mastery.value)
        if run == 1:
            exercise.another_button.click()
            assert exercise.question.key != asked.key
            assert exercise.entry.answer() == {}
            assert exercise.feedback.value == ""
    assert unit.mastered("e11a-q1")
    assert Exercise(reopened(unit), "e11a-q1").question == exercise.question


def test_questions_along_the_lesson_are_asked_once(unit: Unit) -> None:
    exercise = Exercise(unit, "l11-p3")
    exercise.set(exercise.question.key)
    exercise.check_button.click()
    assert not visible(exercise.another_button)
    assert exercise.mastery.value == ""


def test_blank_and_unreadable_entries_cost_no_try(unit: Unit, language: str) -> None:
    exercise = Exercise(unit, "l11-p2")
    exercise.check_button.click()
    assert t("course.blank") in said(exercise)
    enter(exercise, "six or so")
    exercise.check_button.click()
    assert t("course.not_a_number") in said(exercise)
    assert unit.entry("l11-p2") == Entry()


def test_emptied_field_is_blank_again(unit: Unit) -> None:
    exercise = Exercise(unit, "l11-p2")
    enter(exercise, "5")
    enter(exercise, "")
    assert unit.report("l11-p2") == "[l11-p2] not attempted 0.00"


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return what sets the exercise's watch."""

    def set_watch(time: float) -> None:
        monkeypatch.setattr("crmkit.widgets.exercise.monotonic", lambda: time)

    set_watch(0)
    return set_watch


def test_old_feedback_goes_when_the_answer_changes(
    unit: Unit, seconds: Callable[[float], None]
) -> None:
    exercise = Exercise(unit, "l11-x1")
    enter(exercise, "size")
    exercise.check_button.click()
    assert said(exercise) != ""
    seconds(1)
    enter(exercise, "income")
    assert said(exercise) == ""


def test_change_that_a_click_overtook_is_judged(
    unit: Unit, seconds: Callable[[float], None]
) -> None:
    exercise = Exercise(unit, "l11-x1")
    exercise.check_button.click()
    seconds(0.2)
    enter(exercise, "income")
    assert Outcome.CORRECT.heading in said(exercise)
    assert unit.entry("l11-x1").tries == 1


def test_full_disk_is_a_sentence_and_the_answer_stays_in_memory(
    unit: Unit, tmp_path: Path, language: str
) -> None:
    exercise = Exercise(unit, "l11-x1")
    (tmp_path / "answers.json").unlink()
    (tmp_path / "answers.json").mkdir()
    (tmp_path / "answers.json" / "x").touch()
    (tmp_path / "answers.lock").unlink()
    (tmp_path / "answers.lock").mkdir()
    enter(exercise, "income")
    assert t("book.not_writable") in said(exercise)
    assert unit.report("l11-x1") == "[l11-x1] correct 1.00"


def test_fault_in_the_kit_is_a_sentence_too(
    unit: Unit, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = Exercise(unit, "l11-x1")
    monkeypatch.setattr(Sheet, "keep", lambda *_: 1 / 0)
    enter(exercise, "income")
    assert "crmkit.log" in said(exercise)
    assert "Traceback" not in said(exercise)


def test_name_never_changes_and_the_still_picture_tells_the_question(
    unit: Unit, language: str
) -> None:
    for name in unit.questions:
        exercise = Exercise(unit, name)
        shown = exercise._repr_mimebundle_()
        assert shown["text/plain"] == repr(exercise) == f"Exercise({name})"
        assert exercise.question.say("prompt") in unescape(shown["text/html"])
        assert "application/vnd.jupyter.widget-view+json" in shown


def test_answers_to_another_book_do_not_break_the_controls() -> None:
    sheet = Sheet("li", entries={"e11a-q1": Entry({"999999": "A"}, tries=1)})
    exercise = Exercise(open_unit("l11", seed=2, sheet=sheet), "e11a-q1")
    assert exercise.entry.answer() == {}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("6.9", 6.9), (" 6.9 倍", 6.9), ("６．９", 6.9), ("1,234.5", 1234.5), ("-3", -3.0),
        ("", None), ("  ", None), ("6,9 or so", "6,9 or so"), ("倍", "倍"), ("１２３４５", 12345.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed: str, number: object) -> None:
    assert number_in(typed, "倍") == number


def test_places_for_a_line_are_close_and_readable() -> None:
    places = line_positions(13, 45_000)
    assert places[0] == 13
    assert max(b / a for a, b in pairwise(places)) < 1.09
    assert all(float(f"{place:.3g}") == place for place in places)
