"""The conversation on the screen, driven as a person drives it."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from crmkit.book.book import ClientBook
from crmkit.branch.simulate import make_book
from crmkit.course import Sheet, Unit, open_sheet, open_unit
from crmkit.course.scripts import objections
from crmkit.widgets import Conversation, Exercise, Rehearsal, spoken, talk, tariff_table
from crmkit.widgets.talk import Talk
from crmkit.words import LANGUAGES, in_language


@pytest.fixture(scope="module")
def book() -> ClientBook:
    return make_book(n=300, seed=1, as_of="2026-06-30", months=13)


@pytest.fixture(scope="module")
def lesson() -> Unit:
    return open_unit("l06", seed=3)


@pytest.fixture(autouse=True)
def slow_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every press count; `test_one_press_is_one_reply` takes the guard back."""
    monkeypatch.setattr(talk, "TWICE", -1.0)


def with_sheet(lesson: Unit, sheet: Sheet) -> Unit:
    return open_unit("l06", seed=lesson.seed, sheet=sheet)


def press(shown: Talk, kind: str) -> None:
    place = [name for name, _ in shown.scene.options()].index(kind)
    shown.buttons[place].click()


def talk_of(exercise: Exercise) -> Talk:
    """Return the conversation in a question."""
    assert isinstance(exercise.entry.control, Talk)
    return exercise.entry.control


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_is_won_with_buttons(book: ClientBook, language: str):
    with in_language(language):
        shown = Conversation(book, 1).talk
        for _ in range(4):
            assert len({button.description for button in shown.buttons}) == 4
            press(shown, "good")
        assert shown.scene.ending == "kept"
        assert shown.replies.layout.display == shown.entry.layout.display == "none"
        assert ("得分 100" if language == "zh" else "Score 100") in shown.talk.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_words_are_sent_with_enter_and_a_breach_ends_it_with_the_reason(book, language: str):
    with in_language(language):
        shown = Conversation(book, 1, "o04").talk
        shown.words.value = "保证年底赚回来，亏了我赔您"
        assert not shown.scene.replies  # leaving the field sends nothing
        shown._entered({"event": "submit"})
        assert shown.scene.ending == "stopped" and not shown.words.value
        assert "crm-stop" in shown.talk.value
        shown.again.click()
        assert not shown.scene.replies and shown.replies.layout.display == ""


def test_letters_that_come_after_enter_are_sent_with_the_rest(book: ClientBook):
    async def type_fast() -> Talk:
        shown = Conversation(book, 1).talk
        shown._entered({"event": "submit"})
        shown.words.value = "我理解，您比的是哪一家？"
        return shown

    shown = asyncio.run(type_fast())
    assert [reply.text for reply in shown.scene.replies] == ["我理解，您比的是哪一家？"]


def test_one_press_is_one_reply(book: ClientBook, monkeypatch: pytest.MonkeyPatch):
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(talk, "TWICE", 0.5)
    monkeypatch.setattr(talk, "monotonic", lambda: clock.now)
    shown = Conversation(book, 1).talk
    for _ in range(5):  # a key held down
        clock.now += 0.1
        shown.buttons[0].click()
    assert len(shown.scene.replies) == 1
    clock.now += 1
    shown.buttons[0].click()
    assert len(shown.scene.replies) == 2 or shown.scene.ending


def test_another_conversation_begins_when_it_is_chosen(book: ClientBook):
    both = Conversation(book, 1)
    press(both.talk, "medium")
    both.which.value = "o05"
    assert both.talk.scene.dialogue.id == "o05" and not both.talk.scene.replies
    assert [key for _, key in both.which.options] == objections()


def test_the_figures_at_hand_are_those_in_the_replies(book: ClientBook):
    shown = Conversation(book, 1).talk
    press(shown, "good")
    slots = shown.scene.figures.slots()
    assert slots["fee"] in shown.at_hand.value and slots["traded"] in shown.at_hand.value
    assert any(slots["fee"] in button.description for button in shown.buttons)


def test_what_a_person_writes_is_shown_and_never_run(book: ClientBook):
    shown = Conversation(book, 1).talk
    shown.say("<script>alert(1)</script> 我明白")
    assert "<script>" not in shown.talk.value and "&lt;script&gt;" in shown.talk.value


def test_a_failure_ends_in_a_sentence(book: ClientBook, monkeypatch, tmp_path):
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path))
    shown = Conversation(book, 1).talk
    monkeypatch.setattr(talk, "choose", lambda *_: 1 / 0)
    shown.buttons[0].click()
    assert shown.problem.value and "Traceback" not in shown.problem.value


def test_it_can_be_read_where_nothing_runs(book: ClientBook):
    still = Conversation(book, 1)._repr_mimebundle_()
    assert still["text/plain"] == "Conversation"
    assert "crm-bubble" in still["text/html"] and "<li>" in still["text/html"]


def test_every_turn_is_on_the_sheet_and_comes_back_with_the_page(lesson: Unit, tmp_path: Path):
    unit = with_sheet(lesson, open_sheet(tmp_path))
    shown = talk_of(Exercise(unit, "e06b-q1"))
    press(shown, "good")
    shown.say("我明白，账单我们一起看")
    again = with_sheet(lesson, open_sheet(tmp_path))
    exercise = Exercise(again, "e06b-q1")
    assert talk_of(exercise).scene == shown.scene
    assert exercise.feedback.value == "" and again.entry("e06b-q1").tries == 0
    assert again.report("e06b-q1") == "[e06b-q1] partial 0.33"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_is_marked_at_once_and_a_win_is_kept(lesson: Unit, language: str):
    with in_language(language):
        unit = with_sheet(lesson, Sheet("learner"))
        exercise = Exercise(unit, "e06b-q1")
        shown = talk_of(exercise)
        press(shown, "red")
        assert unit.entry("e06b-q1").tries == 1
        assert unit.mark("e06b-q1").misconception == "rebate"
        assert shown.scene.figures.slots()["published"] in exercise.feedback.value
        shown.again.click()
        assert exercise.feedback.value == ""
        for _ in range(5):
            press(shown, "good")
        assert unit.report("e06b-q1") == "[e06b-q1] correct 1.00"
        assert unit.may_see_solution("e06b-q1")
        shown.again.click()
        press(shown, "bad")
        assert unit.report("e06b-q1") == "[e06b-q1] correct 1.00"


def test_a_conversation_taken_over_half_way_begins_there(lesson: Unit):
    shown = talk_of(Exercise(with_sheet(lesson, Sheet("learner")), "l06-p5"))
    assert len(shown.scene.replies) == 2
    press(shown, "red")
    shown.again.click()
    assert len(shown.scene.replies) == 2 and not shown.scene.ending


def test_the_solution_is_a_conversation_with_the_clients_own_figures(lesson: Unit):
    unit = with_sheet(lesson, Sheet("learner"))
    exercise = Exercise(unit, "e06b-q1")
    for _ in range(3):
        press(talk_of(exercise), "red")
        talk_of(exercise).again.click()
    exercise.solution_button.click()
    assert talk_of(exercise).scene.figures.slots()["saving"] in exercise.solution.value
    assert exercise.check_button not in exercise.buttons.children


def test_a_rehearsal_shows_what_is_won_and_goes_on_with_what_is_not(lesson: Unit):
    unit = with_sheet(lesson, Sheet("learner"))
    rehearsal = Rehearsal(unit, "l06-o")
    assert len(rehearsal.which.options) == 15 and rehearsal.which.value == "l06-o01"
    first = talk_of(rehearsal.exercise)
    for _ in range(4):
        press(first, "good")
    assert rehearsal.which.options[0][0].startswith("✓")
    assert rehearsal.which.value == "l06-o01" and first.scene.ending == "kept"
    rehearsal.which.value = "l06-o05"
    assert talk_of(rehearsal.exercise).scene.dialogue.id == "o05"
    assert Rehearsal(unit, "l06-o").which.value == "l06-o02"
    assert "✓" in rehearsal._repr_mimebundle_()["text/html"]


def test_a_worked_example_is_all_there_to_read(lesson: Unit):
    shown = spoken(lesson.practice.example).html
    assert shown.count("crm-says-client") >= 4 and "crm-stop" not in shown.partition("</style>")[2]


def test_the_tariff_shown_is_the_rules(lesson: Unit):
    shown = tariff_table(lesson.practice.book.as_of).html
    assert all(rate in shown for rate in ("0.30‰", "0.25‰", "0.20‰", "0.15‰"))
