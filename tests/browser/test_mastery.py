"""A learner goes through lesson 1 to mastery in Chinese, and goes on in English."""

import pytest
from classroom import Classroom, follow, open_notebook, wait_until_ready
from hands import give
from playwright.sync_api import Page, expect

from crmkit.course import Outcome, Unit, open_sheet, open_unit
from crmkit.words import in_language, t

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)


def unit(lab: Classroom) -> Unit:
    """Return the learner's unit, as another process finds it on the disk."""
    return open_unit("l01", sheet=open_sheet(lab.progress))


def pass_twice(page: Page, lab: Classroom, names: list[str]) -> None:
    """Answer questions rightly, set each anew, and answer it rightly once more."""
    for name in names:
        panel = page.locator(f".crmkit-page:visible .crm-at-{name}")
        for run in (1, 2):
            question = unit(lab).question(name)
            give(panel, question, question.key)
            panel.locator(".crm-main").click()
            with in_language("zh"):
                expect(panel.locator(".crm-box h4").first).to_contain_text(Outcome.CORRECT.heading)
                if run == 1:
                    panel.get_by_role("button", name=t("widgets.another"), exact=True).click()
                    expect(panel.locator(".crm-box")).to_have_count(0)
                else:
                    expect(panel.locator(".crm-mastered")).to_have_text(t("widgets.mastered"))


@pytest.mark.parametrize("lab", ["zh"], indirect=True)
def test_lesson_is_mastered_in_chinese_and_gone_on_with_in_english(
    page: Page, lab: Classroom
) -> None:
    open_notebook(page, "notebooks/zh/00_start.ipynb")
    lesson = follow(page, "三个阶段", "notebooks/zh/01_stages.ipynb")
    names = list(unit(lab).questions)
    pass_twice(page, lab, [name for name in names if name.startswith("l01-x")])
    expect(lesson.locator(".crm-strip .crm-right")).to_have_count(3)

    open_notebook(page, "exercises/zh/01_stages.ipynb")
    graded = [name for name in names if name.startswith("e01")]
    pass_twice(page, lab, graded)
    assert all(unit(lab).mastered(part) for part in ("l01-x", "e01a", "e01b"))

    page.locator(".crmkit-page:visible .crmkit-twin").click()
    page.wait_for_url("**/exercises/en/01_stages.ipynb")
    exercise = wait_until_ready(page)
    last = exercise.locator(f".crm-at-{graded[-1]}")
    expect(last).to_be_in_viewport()
    with in_language("en"):
        expect(exercise.locator(".crm-mastered")).to_have_text(
            [t("widgets.mastered")] * len(graded)
        )
        expect(exercise.locator(".crm-strip")).to_contain_text(t("widgets.strip_done"))

    start = open_notebook(page, "notebooks/en/00_start.ipynb")
    right = len(graded) + 3
    with in_language("en"):
        expect(start.locator(".crm-map")).to_contain_text(
            t("widgets.map.standing", right=right, all=len(names))
        )
    start.locator(".crm-continue-link").click()
    page.wait_for_url("**/exercises/en/01_stages.ipynb")
    expect(page.locator(f".crmkit-page:visible .crm-at-{graded[-1]}")).to_be_in_viewport()
