"""Lesson 11 and its exercise in a real browser, as a learner goes through them."""

import os
from pathlib import Path

import pytest
from classroom import Classroom, follow, open_notebook, restart_kernel, screenshot
from playwright.sync_api import Locator, Page, expect

from crmkit.course import Outcome, Unit, open_sheet, open_unit
from crmkit.course.units.l11.questions import wrong_tiers
from crmkit.widgets.entries.numbers import line_positions
from crmkit.words import in_language, t

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

#: Where pictures for the README go, if they are asked for.
IMAGES = os.environ.get("CRMKIT_IMAGES")


def picture(page: Page, name: str, language: str, of: Locator | None = None) -> None:
    """Save the screen for the README, from the top of a panel on; only if asked to."""
    if not IMAGES:
        return
    page.set_viewport_size({"width": 1280, "height": 1000})
    if of is not None:
        of.evaluate("node => node.scrollIntoView({ block: 'start' })")
    screenshot(page, Path(IMAGES, f"{name}_{language}.png"))


def unit(lab: Classroom) -> Unit:
    """Return what the learner sees, as another process finds it on the disk."""
    return open_unit("l11", sheet=open_sheet(lab.progress))


def explanations(lab: Classroom, question: str, answer: object) -> tuple[str, list[str]]:
    """Return the misconception behind an answer, and what is to be read about it."""
    marked = unit(lab)
    marked.answer(question, answer)
    with in_language(lab.language):
        result = marked.mark(question)
        return result.misconception, list(result.explanation().values())


def panel(notebook: Locator, place: int) -> Locator:
    return notebook.locator(".crm-panel").nth(place)


def press(panel: Locator, key: str, language: str) -> None:
    with in_language(language):
        panel.get_by_role("button", name=t(key), exact=True).click()


def place(panel: Locator, answer: dict[str, str], options: tuple[str, ...]) -> None:
    """Click an option in every row of a table."""
    for row, option in zip(panel.locator(".crm-line").all(), answer.values(), strict=True):
        row.get_by_role("button").nth(options.index(option)).click()


def drag(page: Page, slider: Locator, share: float) -> None:
    """Drag a slider's handle to a share of its length."""
    slider.scroll_into_view_if_needed()
    handle, rail = slider.locator(".noUi-handle"), slider.locator(".noUi-base").bounding_box()
    assert rail is not None
    handle.hover()
    page.mouse.down()
    page.mouse.move(rail["x"] + share * rail["width"], rail["y"] + rail["height"] / 2, steps=8)
    page.mouse.up()


def heading(panel: Locator, outcome: Outcome, language: str) -> None:
    with in_language(language):
        expect(panel.locator(".crm-box h4").first).to_contain_text(outcome.heading)


def test_lesson_lines_move_and_counts_follow(page: Page, lab: Classroom) -> None:
    start = open_notebook(page, f"notebooks/{lab.language}/00_start.ipynb")
    picture(page, "start", lab.language)
    expect(start.get_by_role("heading").first).to_be_visible()
    lesson = follow(page, "11", f"notebooks/{lab.language}/11_tiering.ipynb")
    instrument = lesson.locator(".crm-panel", has=page.locator(".crm-count"))
    counts = instrument.locator(".crm-count span:last-child")
    figure = instrument.locator("img")
    before, drawn = counts.all_text_contents(), figure.get_attribute("src")
    picture(page, "lesson_top", lab.language)
    picture(page, "lesson", lab.language, of=instrument)
    drag(page, instrument.locator(".widget-slider").first, 0.15)
    expect(counts.first).not_to_have_text(before[0])
    expect(counts.last).to_have_text(before[-1])
    expect(figure).not_to_have_attribute("src", drawn or "")
    press(instrument, "widgets.reset", lab.language)
    expect(counts).to_have_text(before)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_exercise_explains_each_known_mistake(page: Page, lab: Classroom) -> None:
    exercise = open_notebook(page, f"exercises/{lab.language}/11_tiering.ipynb")
    asked = unit(lab)

    tiers = panel(exercise, 0)
    practice = asked.practice
    wrong = wrong_tiers(practice.clients.loc[list(practice.ten)], practice)["commission_twice"]
    place(tiers, wrong, asked.question("e11a-q1").options)
    press(tiers, "widgets.check", lab.language)
    name, told = explanations(lab, "e11a-q1", wrong)
    assert name == "commission_twice"
    for text in told:
        expect(tiers).to_contain_text(text)
    picture(page, "exercise_feedback", lab.language, of=tiers)

    line = panel(exercise, 1)
    slider = line.locator(".widget-slider")
    drag(page, slider, 0.5)
    step_to(page, slider, "median", lab)
    press(line, "widgets.check", lab.language)
    name, told = explanations(lab, "e11a-q2", unit(lab).entry("e11a-q2").answer)
    assert name == "median"
    for text in told:
        expect(line).to_contain_text(text)

    owed = panel(exercise, 2)
    wrong = asked.question("e11a-q3").key | {"C": "ignore", "D": "ignore"}
    place(owed, wrong, asked.question("e11a-q3").options)
    press(owed, "widgets.check", lab.language)
    name, told = explanations(lab, "e11a-q3", wrong)
    assert name == "ignore"
    for text in told:
        expect(owed).to_contain_text(text)


def step_to(page: Page, slider: Locator, trap: str, lab: Classroom) -> None:
    """Move a slider by the keyboard to the nearest place that shows a misconception."""
    question = unit(lab).question("e11a-q2")
    places = line_positions(min(question.values), max(question.values))
    here = places.index(resting_line(page, lab))
    shows = [n for n, line in enumerate(places) if question.judge(line).misconception == trap]
    aim = min(shows, key=lambda place: abs(place - here))
    slider.locator(".noUi-handle").focus()
    for _ in range(abs(aim - here)):
        page.keyboard.press("ArrowRight" if aim > here else "ArrowLeft")
    while resting_line(page, lab) != places[aim]:
        page.wait_for_timeout(100)


def resting_line(page: Page, lab: Classroom) -> float:
    """Return the line on the disk once it has stopped moving."""
    line, before = None, object()
    while line is None or line != before:
        before = line
        page.wait_for_timeout(400)
        line = unit(lab).entry("e11a-q2").answer
    return line


def test_answer_outlives_the_kernel_and_the_page(page: Page, lab: Classroom) -> None:
    path = f"exercises/{lab.language}/11_tiering.ipynb"
    exercise = open_notebook(page, path)
    asked = unit(lab).question("e11a-q1")
    place(panel(exercise, 0), asked.key, asked.options)
    press(panel(exercise, 0), "widgets.check", lab.language)
    heading(panel(exercise, 0), Outcome.CORRECT, lab.language)
    picture(page, "exercise_right", lab.language, of=panel(exercise, 0))

    for again in (restart_kernel, lambda page: open_notebook(page, path)):
        exercise = again(page)
        chosen = panel(exercise, 0).locator(".crm-line [aria-pressed=true]")
        expect(chosen).to_have_text(list(asked.key.values()))
        heading(panel(exercise, 0), Outcome.CORRECT, lab.language)

    start = open_notebook(page, f"notebooks/{lab.language}/00_start.ipynb")
    with in_language(lab.language):
        standing = t("widgets.map.standing", right=1, all=len(unit(lab).questions))
    expect(start.locator(".crm-map")).to_contain_text(standing)


@pytest.mark.parametrize("lab", ["zh"], indirect=True)
def test_question_can_be_answered_by_keyboard(page: Page, lab: Classroom) -> None:
    lesson = open_notebook(page, f"notebooks/{lab.language}/11_tiering.ipynb")
    item = lesson.locator(".crm-at-l11-x1")
    right = unit(lab).question("l11-x1")
    item.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(right.options.index(right.key)):
        page.keyboard.press("ArrowDown")
    expect(item.get_by_role("radio").nth(right.options.index(right.key))).to_be_checked()
    with in_language(lab.language):
        expect(item.get_by_text(t("widgets.saved")).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(item.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Enter")
    heading(item, Outcome.CORRECT, lab.language)
