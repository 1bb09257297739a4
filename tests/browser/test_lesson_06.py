"""The role-play in a real browser: won by keyboard, lost to a red line, and picked up again."""

import os
from pathlib import Path

import pytest
from classroom import Classroom, open_notebook, restart_kernel, screenshot
from playwright.sync_api import Locator, Page, expect

from crmkit.course import Unit, open_sheet, open_unit
from crmkit.course.dialogue import Scene
from crmkit.words import in_language, t

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

#: Where pictures for the docs go, if they are asked for.
IMAGES = os.environ.get("CRMKIT_IMAGES")
#: A person reads before the next reply, in milliseconds; what comes sooner is the same press.
PAUSE = 600
WORDS = {
    "zh": "我理解，您同事那边是净佣还是全佣？",
    "en": "I understand. Is your colleague's quote net or all-in?",
}


def unit(lab: Classroom) -> Unit:
    """Return what the learner sees, as another process finds it on the disk."""
    return open_unit("l06", sheet=open_sheet(lab.progress))


def scene(lab: Classroom) -> Scene:
    """Return the conversation of E06b as it is on the disk."""
    question = unit(lab).question("e06b-q1")
    return question.played(unit(lab).entry("e06b-q1").answer)


def reply(lab: Classroom, kind: str) -> str:
    with in_language(lab.language):
        return dict(scene(lab).options())[kind]


def said(talk: Locator, count: int) -> None:
    expect(talk.locator(".crm-says-you")).to_have_count(count)


def focus(page: Page, text: str) -> None:
    """Go by Tab to the button with a text; the first is reached from the one before it."""
    for _ in range(12):
        if page.evaluate("document.activeElement.innerText").strip() == text:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {text}")


def press(page: Page, lab: Classroom, talk: Locator, count: int) -> None:
    """Choose the good reply with the keyboard alone, from the scroll above the replies."""
    text = reply(lab, "good")
    talk.locator(".crm-scroll").focus()
    focus(page, text)
    page.keyboard.press("Enter")
    said(talk, count)
    page.wait_for_timeout(PAUSE)


def test_a_conversation_is_won_by_keyboard_and_outlives_the_kernel(
    page: Page, lab: Classroom
) -> None:
    exercise = open_notebook(page, f"exercises/{lab.language}/06_objections.ipynb")
    talk = exercise.locator(".crm-conversation")
    for turn in (1, 2, 3):
        press(page, lab, talk, turn)
    assert page.evaluate("document.activeElement.className").count("crm-reply")
    if IMAGES:
        page.set_viewport_size({"width": 1280, "height": 1000})
        exercise.locator(".crm-panel").last.evaluate(
            "node => node.scrollIntoView({ block: 'start' })"
        )
        screenshot(page, Path(IMAGES, f"conversation_{lab.language}.png"))
    talk = restart_kernel(page).locator(".crm-conversation")
    said(talk, 3)
    for turn in (4, 5):
        press(page, lab, talk, turn)
    panel = page.locator(".crmkit-page:visible .crm-panel").last
    with in_language(lab.language):
        expect(panel.locator(".crm-box h4").first).to_contain_text(t("course.outcome.correct"))
        assert page.evaluate("document.activeElement.innerText") == t("dialogue.screen.again")
    assert unit(lab).report("e06b-q1") == "[e06b-q1] correct 1.00"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_own_words_count_and_a_red_line_ends_it_with_rule_and_figures(
    page: Page, lab: Classroom
) -> None:
    exercise = open_notebook(page, f"exercises/{lab.language}/06_objections.ipynb")
    talk = exercise.locator(".crm-conversation")
    talk.get_by_role("textbox").fill(WORDS[lab.language])
    page.keyboard.press("Enter")
    said(talk, 1)
    page.wait_for_timeout(PAUSE)
    talk.get_by_role("button", name=reply(lab, "red"), exact=True).click()
    expect(talk.locator(".crm-stop").first).to_be_visible()
    expect(exercise.locator(".crm-panel").last.locator(".crm-box").first).to_be_visible()
    panel = exercise.locator(".crm-panel").last
    with in_language(lab.language):
        result = unit(lab).mark("e06b-q1")
        assert result.misconception == "client_privacy"
        for text in result.explanation().values():
            expect(panel).to_contain_text(text)
    slots = scene(lab).figures.slots()
    expect(panel.locator(".crm-box").first).to_contain_text(slots["assets"])
