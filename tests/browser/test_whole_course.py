"""Every page of the course, question by question: a known mistake first, then the right answer.

Both languages are gone through to the end. The mistakes are made in Chinese in every other
lesson and in English in the rest; ``--mistakes both`` makes them in both languages.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from classroom import Classroom, follow, open_notebook, screenshot
from hands import answer
from playwright.sync_api import Locator, Page, expect

from crmkit.course import Outcome, Unit, open_sheet, open_unit
from crmkit.widgets.safety import LOG
from crmkit.words import LANGUAGES, in_language, t

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("warm_kernels")]
expect.set_options(timeout=60_000)

COURSE = Path(__file__).parents[2]
#: Where pictures of whole pages go, if they are asked for.
PICTURES = os.environ.get("CRMKIT_PAGES")
ERRORS = '[data-mime-type$=".stderr"], [data-mime-type$=".error"]'


def lessons() -> Iterator[Any]:
    """Yield the name and the unit of every lesson that can be opened."""
    listed = tomllib.loads((COURSE / "crmkit/data/course.toml").read_text(encoding="utf-8"))
    for lesson in listed["lesson"]:
        if (COURSE / "notebooks/zh" / f"{lesson['page']}.ipynb").exists():
            yield pytest.param(lesson["page"], lesson["unit"], id=lesson["page"])


@pytest.fixture
def mistakes(request: pytest.FixtureRequest, lab: Classroom, unit: str) -> bool:
    """Tell whether mistakes are made in a unit in the language of the lab."""
    turn = LANGUAGES[int(unit.removeprefix("l")) % len(LANGUAGES)]
    return lab.language == turn or request.config.getoption("mistakes", "turns") == "both"


@pytest.mark.parametrize(("name", "unit"), [*lessons()])
def test_lesson_and_exercise_are_gone_through(
    page: Page, lab: Classroom, name: str, unit: str, mistakes: bool
) -> None:
    lesson, exercise = (f"{f}/{lab.language}/{name}.ipynb" for f in ("notebooks", "exercises"))
    opened = open_notebook(page, lesson)
    asked = open_unit(unit, sheet=open_sheet(lab.progress))
    with in_language(lab.language):
        go_through(opened, asked, mistakes)
        keep_picture(page, lesson)
        if (COURSE / exercise).exists():
            link = opened.locator(f'a[href*="{exercise}"]').first.inner_text()
            go_through(follow(page, link, exercise), asked, mistakes)
            keep_picture(page, exercise)
    assert not (lab.progress / LOG).exists()


def go_through(notebook: Locator, unit: Unit, mistakes: bool) -> None:
    """Answer every question of a page; expect the page to be done and nothing to be cut off."""
    for name in questions(notebook):
        panel, question = notebook.locator(f".crm-at-{name}"), unit.question(name)
        for idea, wrong in [*question.wrong_answers()][: int(mistakes)]:
            assert answer(panel, question, wrong).misconception == idea
        assert answer(panel, question, question.key).outcome is Outcome.CORRECT
    strip = notebook.locator(".crm-strip")
    expect(strip).to_contain_text(t("widgets.strip_done"))
    expect(strip.locator(".crm-state:not(.crm-right)")).to_have_count(0)
    expect(notebook.locator(ERRORS)).to_have_count(0)
    assert clipped(notebook) == []


def questions(notebook: Locator) -> list[str]:
    """Return the ids of the questions on a page, in order."""
    return notebook.locator(".crm-panel[class*=crm-at-]").evaluate_all(
        "nodes => nodes.map(node => /crm-at-(\\S+)/.exec(node.className)[1])"
    )


def clipped(notebook: Locator) -> list[str]:
    """Return what is wider than the room it has."""
    return notebook.locator(".jp-Cell *:visible").evaluate_all(
        """nodes => nodes
          .filter((node) => getComputedStyle(node).display !== "inline")
          .filter((node) => node.clientWidth && node.scrollWidth > node.clientWidth + 4)
          .map((node) => `${node.className}: ${node.textContent.trim().slice(0, 60)}`)"""
    )


def keep_picture(page: Page, path: str) -> None:
    """Save the whole page, if asked to."""
    if PICTURES:
        screenshot(page, Path(PICTURES, path.replace("/", "_")).with_suffix(".png"), whole=True)
