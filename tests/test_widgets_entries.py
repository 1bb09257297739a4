"""The controls of every kind of question."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from question_bank import BANK, words

from crmkit.course import open_unit, unit_names
from crmkit.course.questions import Question, mark
from crmkit.widgets.entries import ENTRIES, Entry, entry
from crmkit.words import LANGUAGES, glossary, in_language

KINDS = list(BANK)


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for key, sentence in words().items():
        monkeypatch.setitem(glossary(), key, sentence)  # type: ignore[arg-type]
    with in_language(request.param):
        yield request.param


def controls(question: Question) -> tuple[Entry, list[Any]]:
    heard: list[Any] = []
    return entry(question, heard.append), heard


def picks(name: str) -> tuple[Entry, list[Any], Any]:
    found, heard = controls(BANK[name])
    return found, heard, found.control.board.pick


def test_every_kind_of_question_has_controls() -> None:
    assert {question.kind for question in BANK.values()} == set(ENTRIES) - {"dialogue"}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_shown_is_what_the_controls_hold(name: str) -> None:
    question = BANK[name]
    for answer in (question.key, *(wrong for _, wrong in question.wrong_answers())):
        found, _ = controls(question)
        if question.kind == "cut":
            answer = min((line for _, line in found.control.options), key=lambda x: abs(x - answer))
        found.show(answer)
        assert found.answer() == answer
        assert mark(question, found.answer()).line() == mark(question, answer).line()


@pytest.mark.parametrize("name", KINDS)
def test_controls_begin_without_an_answer(name: str) -> None:
    question = BANK[name]
    _, heard = controls(question)
    assert heard == []


@pytest.mark.parametrize("name", KINDS)
def test_still_shows_what_there_is_to_choose_from(name: str) -> None:
    question = BANK[name]
    found, _ = controls(question)
    still = unescape(found.still())
    form = question.form()
    assert all(option.label in still for option in form.options)
    assert all((row.label or row.cells[0]) in still for row in form.rows)


def test_ticks_come_in_the_order_shown() -> None:
    _, heard, pick = picks("several")
    for option in ("loss", "job", "password", "password", "nothing"):
        pick(option)
    assert heard == [["loss"], ["job", "loss"], ["job", "password", "loss"], ["job", "loss"]]


def test_lines_move_by_arrows_and_by_dragging() -> None:
    _, heard, pick = picks("ranking")
    pick("down:offer")
    assert heard[-1] == ["know", "offer", "trust"]
    pick("row:trust>know")
    assert heard[-1] == ["trust", "know", "offer"]
    for word in ("up:trust", "up:nobody", "row:nobody>know", "over:know"):
        pick(word)
    assert heard[-1] == ["trust", "know", "offer"]


def test_table_takes_only_its_own_items_and_options() -> None:
    _, heard, pick = picks("assign")
    for word in ("1=E", "9=A", "1", "=A", "1=A"):
        pick(word)
    assert heard == [{"1": "A"}]


def test_an_option_given_again_is_taken_from_where_it_was() -> None:
    _, heard, pick = picks("matching")
    for word in ("prospect=keep", "new=serve", "existing=keep"):
        pick(word)
    assert heard[-1] == {"new": "serve", "existing": "keep"}


def test_long_options_are_numbered_and_short_ones_stand_on_the_buttons() -> None:
    assert "①" in picks("matching")[0].control.board.html
    assert "①" not in picks("assign")[0].control.board.html


def test_many_cards_are_sorted() -> None:
    _, heard, pick = picks("cards")
    for card in BANK["cards"].key:
        pick(f"card:{card}>new")
    assert heard[-1] == dict.fromkeys(BANK["cards"].key, "new")


def test_calendar_hears_of_whole_contacts_only() -> None:
    question = BANK["calendar"]
    _, heard, pick = picks("calendar")
    for word in ("day:2026-09-08", "set:channel=call", "set:reason=feast"):
        pick(word)
    assert heard[-1] == [{"day": "2026-09-08", "channel": "call", "reason": "feast"}]
    assert not question.problem(heard[-1])


def test_policy_leaves_empty_cells_out() -> None:
    found, heard = controls(BANK["policy"])
    found.control.cells["A", "touches"].value = "２４"
    found.control.cells["D", "channel"].value = "sms"
    assert heard[-1] == {"A": {"touches": 24.0}, "D": {"channel": "sms"}}
    found.control.cells["A", "touches"].value = ""
    found.control.cells["D", "channel"].value = ""
    assert BANK["policy"].is_blank(heard[-1])


@pytest.mark.parametrize("name", ["rewrite", "code"])
def test_texts_start_from_something(name: str) -> None:
    found, heard = controls(BANK[name])
    assert found.answer() == BANK[name].form().text != ""
    found.control.value = "x"
    assert heard == ["x"]


@pytest.mark.parametrize("unit", unit_names())
def test_right_answers_of_the_course_can_be_shown_and_are_still_right(unit: str) -> None:
    for name, question in open_unit(unit, seed=1).questions.items():
        found, _ = controls(question)
        found.show(question.key)
        assert mark(question, found.answer()).line() == f"[{name}] correct 1.00"
