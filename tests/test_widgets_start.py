"""The start page: the map, where to go on, today's cards, strengths."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from crmkit.course import Card, Entry, Sheet, open_sheet, open_unit, unit_names
from crmkit.course.overview import lesson_of, lessons, question_names, stages, standings, unit_of
from crmkit.course.terms import terms
from crmkit.widgets import Course, open_course
from crmkit.widgets.deck import Deck
from crmkit.words import LANGUAGES, in_language, t

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 3, 2)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> Course:
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path))
    return replace(open_course(language), today=TODAY)


def test_map_knows_every_unit_and_its_page() -> None:
    assert set(unit_names()) <= {lesson.unit for lesson in lessons()}
    assert {lesson.stage for lesson in lessons()} == set(stages())
    for lesson in lessons():
        assert lesson.page.startswith(lesson.unit[1:])
        written = (ROOT / "lessons" / f"{lesson.page}.py").exists()
        assert lesson.is_open == written, lesson.page


@pytest.mark.parametrize("unit", unit_names())
def test_names_of_questions_are_those_the_unit_makes(unit: str) -> None:
    made = {q.id for q in open_unit(unit, seed=1).questions.values() if q.kind != "dialogue"}
    assert set(question_names(unit)) == made
    assert all(unit_of(name) == unit for name in made)


def test_what_is_no_question_belongs_to_no_lesson() -> None:
    assert lesson_of("") is lesson_of("l99-p1") is lesson_of("x11-p1") is None


def test_standing_counts_what_was_right_when_checked(tmp_path: Path) -> None:
    unit = open_unit("l11", sheet=open_sheet(tmp_path))
    assert standings(unit.sheet)["l11"].begun == 0
    unit.answer("l11-x1", unit.question("l11-x1").key)
    unit.answer("l11-x2", "quiet_d")
    found = standings(open_sheet(tmp_path))["l11"]
    assert (found.begun, found.right) == (2, 0)
    unit.check("l11-x1")
    unit.check("l11-x2")
    unit.answer("l11-x2", "unknown")
    unit.check("l11-x2")
    found = standings(open_sheet(tmp_path))["l11"]
    assert (found.questions, found.begun, found.right) == (len(unit.questions), 2, 2)
    unit.another("l11-x1")
    assert standings(open_sheet(tmp_path))["l11"].right == 2


def test_beginners_are_shown_the_first_lesson(course: Course) -> None:
    first = next(lesson for lesson in lessons() if lesson.is_open)
    html = unescape(course.continue_here()._repr_mimebundle_()["text/html"])
    assert first.title in html
    assert 'data-at=""' in html


def test_others_go_on_where_they_were(course: Course, language: str) -> None:
    unit = open_unit("l11", sheet=course.sheet)
    for name, folder in (("l11-x1", "notebooks"), ("e11a-q2", "exercises")):
        unit.answer(name, unit.question(name).key)
        html = course.continue_here()._repr_mimebundle_()["text/html"]
        assert f'data-open="{folder}/{language}/11_tiering.ipynb" data-at="{name}"' in html


def test_map_links_what_is_open_and_announces_the_rest(course: Course, language: str) -> None:
    html = unescape(course.map()._repr_mimebundle_()["text/html"])
    assert all(lesson.title in html for lesson in lessons())
    soon = sum(not lesson.is_open for lesson in lessons())
    assert html.count(f">{t('widgets.map.soon')}<") == soon
    assert f'data-open="notebooks/{language}/11_tiering.ipynb"' in html


def test_no_cards_no_deck(course: Course) -> None:
    deck = course.deck()
    assert t("widgets.deck.none") in unescape(deck.said.value)
    assert list(deck.buttons.children) == []


def test_card_comes_back_until_it_was_right_on_two_days(course: Course) -> None:
    unit = open_unit("l11", sheet=course.sheet)
    unit.answer("e11a-q3", unit.question("e11a-q3").key | {"C": "ignore"})
    unit.check("e11a-q3", TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert Deck(course.sheet, TODAY).waiting == []
    for day in (tomorrow, tomorrow + timedelta(days=3)):
        deck = Deck(course.sheet, day)
        assert t("widgets.deck.due", count=1) in unescape(deck.said.value)
        deck.begin_button.click()
        asked = deck.units["l11"].card("e11a-q3")
        assert asked.say("prompt") in unescape(deck.said.value)
        deck.check_button.click()
        assert t("course.blank") in unescape(deck.told.value)
        deck._enter(asked.key)
        deck.check_button.click()
        deck.next_button.click()
        assert t("widgets.deck.done") in unescape(deck.said.value)
    assert course.sheet.cards["e11a-q3"].retired


def test_card_of_a_lesson_that_is_gone_is_left_out() -> None:
    sheet = Sheet("", cards={"x-q1": Card(TODAY)})
    assert Deck(sheet, TODAY).waiting == []


def test_card_whose_question_is_gone_ends_in_a_sentence(language: str) -> None:
    deck = Deck(Sheet("", cards={"l11-zz": Card(TODAY)}), TODAY)
    deck.begin_button.click()
    assert "l11-zz" in deck.told.value


def test_strengths_are_worked_out_when_asked_for(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert t("widgets.strengths.none") in unescape(course.strengths().board.html)
    unit = open_unit("l11", sheet=course.sheet)
    serving = {name: replace(asked, objective="aim") for name, asked in unit.questions.items()}
    monkeypatch.setattr(
        "crmkit.widgets.course_map.open_unit", lambda *_, **__: replace(unit, questions=serving)
    )
    unit.answer("e11a-q1", unit.question("e11a-q1").key)
    unit.check("e11a-q1")
    shown = course.strengths()
    assert t("widgets.strengths.look") in unescape(shown.board.html)
    shown.board.pick("look")
    said = t("widgets.strengths.row", right=1, asked=1, mastered=0, questions=len(serving))
    assert said in unescape(shown.board.html)


def test_map_leads_to_pages_there_are(course: Course) -> None:
    pages = set(re.findall(r'data-open="([^"]+)"', course.map()._repr_mimebundle_()["text/html"]))
    assert len(pages) > 10
    assert [page for page in sorted(pages) if not (ROOT / page).exists()] == []


def test_the_button_writes_the_file_to_hand_in_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path / "progress"))
    button = open_course(language).hand_in()
    assert t("widgets.hand_in") in unescape(button.board.html)
    button.board.pick("write")
    assert t("course.nothing_to_hand_in") in unescape(button.board.html)
    open_sheet().keep("l11-x1", Entry("income"))  # by another notebook
    button.board.pick("write")
    file = tmp_path / "progress" / f"{button.sheet.learner}.crmkit.json"
    assert str(file) in unescape(button.board.html)
    assert "l11-x1" in json.loads(file.read_text(encoding="utf-8"))["sheet"]["answers"]


def sources(unit: str) -> str:
    """Return everything a learner can read in a lesson."""
    (lesson,) = (ROOT / "lessons").glob(f"{unit[1:]}_*.py")
    words = ROOT / "crmkit" / "data" / "words" / f"{unit}.toml"
    return (lesson.read_text("utf-8") + words.read_text("utf-8")).lower()


def test_every_word_of_the_trade_is_used_in_its_lesson(language: str) -> None:
    assert [term.lesson for term in terms()] == sorted(term.lesson for term in terms())
    assert len({term.word for term in terms()}) == len(terms())
    for term in terms():
        for word in (term.word, term.other):
            assert re.split("[（、,(]", word)[0].strip().lower() in sources(term.lesson), word
        assert term.meaning.endswith(("。", "."))


def test_every_word_of_the_trade_stands_on_the_start_page(course: Course, language: str) -> None:
    shown = unescape(course.words()._repr_mimebundle_()["text/html"])
    for term in terms():
        assert all(text in shown for text in (term.word, term.other, term.meaning))
    assert shown.count("<summary>") == len({term.lesson for term in terms()})
