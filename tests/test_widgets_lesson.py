"""What a notebook starts with, and the instrument of lesson 11."""

import base64
import logging
import warnings
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from crmkit.analysis.tiering import tier
from crmkit.course import open_sheet
from crmkit.errors import CrmkitError
from crmkit.plots import pareto
from crmkit.widgets import Lesson, Quadrant, picture, start, tier_cards
from crmkit.widgets.safety import in_a_sentence, keep_quiet
from crmkit.words import LANGUAGES, in_language, t


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path))
    yield tmp_path
    logging.captureWarnings(False)
    for name in ("crmkit", "py.warnings"):
        for handler in logging.getLogger(name).handlers:
            handler.close()


@pytest.fixture
def lesson(folder: Path, language: str) -> Lesson:
    return start(language, "l11")


def test_start_opens_the_learners_own_unit(lesson: Lesson, folder: Path) -> None:
    assert lesson.sheet.path == folder / "answers.json"
    lesson.unit.answer("e11a-q2", 10.0)
    assert lesson.report("e11a-q2") == open_and_report(folder)


def open_and_report(folder: Path) -> str:
    assert open_sheet(folder).entry("e11a-q2").answer == 10.0
    return start("en", "l11").report("e11a-q2")


def test_banner_says_that_answers_are_saved(lesson: Lesson) -> None:
    shown = lesson._repr_mimebundle_()
    assert t("widgets.banner") in unescape(shown["text/html"])
    assert shown["text/plain"] == repr(lesson) == "Lesson(l11)"


def test_banner_tells_what_became_of_a_damaged_sheet(folder: Path, language: str) -> None:
    (folder / "answers.json").write_text("{")
    assert "answers.set-aside-1.json" in start(language, "l11").strip.text


def test_where_nothing_can_be_saved_the_lesson_still_works(
    folder: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("CRMKIT_PROGRESS", str(folder / "file"))
    lesson = start(language, "l11")
    assert t("book.not_writable") in unescape(lesson.strip.text)
    exercise = lesson.ask("l11-x1")
    exercise.set("income")
    exercise.check()
    assert lesson.report("l11-x1") == "[l11-x1] correct 1.00"


def test_solutions_are_the_learners_own_and_leave_the_sheet_alone(
    folder: Path, language: str
) -> None:
    own = start(language, "l11")
    done = start(language, "l11", solved_already=True)
    assert done.practice.ten == own.practice.ten
    for name in ("e11a-q1", "e11a-q2", "e11a-q3"):
        done.ask(name).check()
        assert done.report(name) == f"[{name}] correct 1.00"
    assert open_sheet(folder).entries == {}
    assert t("widgets.banner_solved") in unescape(done.strip.text)


def test_line_of_progress_knows_right_from_tried_only_after_a_check(lesson: Lesson) -> None:
    names = ["l11-x1", "l11-x2", "l11-x3"]
    first, second, _ = (lesson.ask(name) for name in names)
    assert lesson.strip.states == dict.fromkeys(names, "open")
    first.set(first.question.key)
    second.set("quiet_d")
    assert lesson.strip.states["l11-x1"] == lesson.strip.states["l11-x2"] == "begun"
    assert lesson.strip.next() == "l11-x1"
    first.check()
    second.check()
    assert [lesson.strip.states[name] for name in names] == ["right", "tried", "open"]
    assert lesson.strip.next() == "l11-x2"
    assert 'data-goto="l11-x2" class="crm-go"' in lesson.strip.board.html
    assert t("widgets.strip", right=1, all=3) in lesson.strip.board.html


def test_line_of_progress_says_when_all_is_done(lesson: Lesson) -> None:
    exercise = lesson.ask("l11-x1")
    exercise.set(exercise.question.key)
    exercise.check()
    assert lesson.strip.next() == ""
    assert t("widgets.strip_done") in unescape(lesson.strip.board.html)
    exercise.another()
    assert lesson.strip.states == {"l11-x1": "right"}


def test_misses_go_into_the_daily_deck(lesson: Lesson, folder: Path) -> None:
    exercise = lesson.ask("l11-x1")
    exercise.set("size")
    exercise.check()
    assert list(open_sheet(folder).cards) == ["l11-x1"]


def test_quadrant_counts_as_the_reference_does(lesson: Lesson) -> None:
    practice = lesson.practice
    quadrant = Quadrant(practice.clients, practice.cuts)
    expected = tier(practice.clients, practice.cuts)["tier"].astype("str").tolist()
    assert quadrant.tiers().astype("str").tolist() == expected
    for letter in "ABCD":
        share = expected.count(letter) / len(expected)
        assert f"{expected.count(letter)} " in quadrant.counts.value
        assert f"{share:.0%}" in quadrant.counts.value
    assert t("widgets.unknown_row", count=4) in unescape(quadrant.counts.value)


def test_moving_a_line_moves_clients(lesson: Lesson) -> None:
    quadrant = Quadrant(lesson.practice.clients, lesson.practice.cuts)
    figure, counts = quadrant.figure.value, quadrant.counts.value
    before = quadrant.tiers().value_counts()
    quadrant.move(1, quadrant.rails.values()["turnover_cut"])
    after = quadrant.tiers().value_counts()
    assert (after["A"], after["B"]) == (before["A"] + before["C"], before["B"] + before["D"])
    assert (quadrant.figure.value, quadrant.counts.value) != (figure, counts)
    quadrant.reset.click()
    assert (quadrant.figure.value, quadrant.counts.value) == (figure, counts)


def test_highest_lines_leave_one_client_above(lesson: Lesson) -> None:
    quadrant = Quadrant(lesson.practice.clients, lesson.practice.cuts)
    quadrant.move(1e9, 1e9)
    assert quadrant.tiers().value_counts()["D"] >= len(lesson.practice.clients) - 8


def test_quadrant_can_be_seen_where_nothing_runs(lesson: Lesson) -> None:
    shown = Quadrant(lesson.practice.clients, lesson.practice.cuts)._repr_mimebundle_()
    assert shown["text/plain"] == "Quadrant(contribution, turnover)"
    assert "data:image/png;base64," in shown["text/html"]


def test_picture_is_a_png_with_a_width(lesson: Lesson) -> None:
    data, about = picture(pareto(lesson.practice.clients["contribution_12m"]))._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert about["image/png"]["width"] < 900
    assert data["text/plain"] == "Figure"


def test_cards_hold_every_tiers_strategy(language: str) -> None:
    html = unescape(tier_cards().html)
    for letter in "ABCD":
        assert t(f"tier.{letter}.strategy") in html


def test_warnings_go_to_the_log(folder: Path) -> None:
    keep_quiet()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("colour of the day", UserWarning, stacklevel=1)
    assert "colour of the day" in (folder / "crmkit.log").read_text()


def test_errors_are_a_sentence_and_a_log_entry(folder: Path, language: str) -> None:
    keep_quiet()
    assert in_a_sentence(CrmkitError("book.not_found", where="x.xlsx")).startswith("x.xlsx")
    sentence = in_a_sentence(ZeroDivisionError("secret"))
    assert "secret" not in sentence
    assert "secret" in (folder / "crmkit.log").read_text()


def test_cell_that_fails_shows_one_sentence(
    folder: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = InteractiveShell.instance()
    shown: list[tuple[object, ...]] = []
    monkeypatch.setattr(shell, "_showtraceback", lambda *told: shown.append(told))
    try:
        keep_quiet()
        result = shell.run_cell("1 / 0")
    finally:
        shell.restore_sys_module_state()
        InteractiveShell.clear_instance()
    assert result.error_in_exec is not None
    [(_, sentence, lines)] = shown
    assert lines == [sentence]
    assert "crmkit.log" in str(sentence)
