"""The classroom itself: what JupyterLab looks like to a learner, and what it does by itself."""

from pathlib import Path

import nbformat
import psutil
import pytest
from classroom import (
    Classroom,
    follow,
    open_notebook,
    restart_kernel,
    wait_until_ready,
)
from playwright.sync_api import Page, expect

from crmkit.lab import start_page

pytestmark = pytest.mark.browser

MENU = {"zh": "文件", "en": "File"}
AGAIN = {"zh": "重新运行本页", "en": "Run this page again"}
TWIN = {"zh": ("English", "en"), "en": ("中文", "zh")}

#: For what does not depend on the language.
once = pytest.mark.parametrize("lab", ["zh"], indirect=True)


@pytest.fixture
def lesson(lab: Classroom) -> str:
    """Return a small lesson: a heading, a folded program with controls, an evidence line."""
    controls = (
        "from ipywidgets import Button, HTML, Text, VBox\n"
        "name, said, ok = Text(), HTML('-'), Button(description='OK')\n"
        "clicks = []\n"
        "def clicked(_):\n"
        "    clicks.append(1)\n"
        "    said.value = f'{name.value} {len(clicks)}'\n"
        "ok.on_click(clicked)\n"
        "VBox([name, ok, said])"
    )
    path = f"notebooks/{lab.language}/90_room.ipynb"
    folded = {"jupyter": {"source_hidden": True}, "editable": False, "deletable": False}
    cells = [
        nbformat.v4.new_markdown_cell(
            f"# 教室 Room\n\n[back]({Path(start_page(lab.language)).name})"
        ),
        nbformat.v4.new_code_cell(controls, metadata=folded),
        nbformat.v4.new_code_cell(
            "print('[room] correct 1.00')", metadata=folded | {"tags": ["nbval-check-output"]}
        ),
        nbformat.v4.new_code_cell("6 * 7"),
    ]
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "crmkit": {"autorun": True},
    }
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(notebook, lab.course / path)
    return path


def test_start_page_opens_in_the_readers_language(page: Page, lab: Classroom) -> None:
    start = open_notebook(page, start_page(lab.language))
    expect(start.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_role("menuitem", name=MENU[lab.language], exact=True)).to_be_visible()
    expect(start.get_by_role("button", name=AGAIN[lab.language])).to_be_visible()


@once
def test_nothing_but_the_page_is_on_the_desk(page: Page, lesson: str) -> None:
    open_notebook(page, lesson)
    for clutter in (
        ".jp-FileBrowser",
        ".jp-cell-toolbar",
        ".jp-Notebook-footer",
        ".jp-InputPrompt",
        "#jp-title-panel-title",
        "[data-jp-item-name=cellType]",
        ".Toastify__toast",
        ".jp-Dialog",
    ):
        expect(page.locator(clutter).locator("visible=true")).to_have_count(0)


def test_lesson_runs_by_itself_with_its_programs_out_of_sight(page: Page, lesson: str) -> None:
    notebook = open_notebook(page, lesson)
    notebook.get_by_role("textbox").first.fill("张")
    notebook.get_by_role("button", name="OK").click()
    expect(notebook.locator(".widget-html")).to_have_text("张 1")
    expect(notebook.get_by_text("ipywidgets")).not_to_be_visible()
    expect(notebook.get_by_text("[room] correct 1.00", exact=True)).not_to_be_visible()
    expect(notebook.get_by_text("6 * 7")).to_be_visible()
    expect(notebook.get_by_text("42", exact=True)).to_be_visible()


@once
def test_restart_brings_the_controls_back_to_life(page: Page, lesson: str) -> None:
    notebook = open_notebook(page, lesson)
    notebook.get_by_role("button", name="OK").click()
    expect(notebook.locator(".widget-html")).to_have_text("1")
    restart_kernel(page)
    expect(notebook.locator(".widget-html")).to_have_text("-")
    notebook.get_by_role("button", name="OK").click()
    expect(notebook.locator(".widget-html")).to_have_text("1")


@once
def test_file_changes_only_when_the_reader_writes_in_it(
    page: Page, lab: Classroom, lesson: str
) -> None:
    before = (lab.course / lesson).read_bytes()
    notebook = open_notebook(page, lesson)
    restart_kernel(page)
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)
    notebook.get_by_text("6 * 7").click()
    page.keyboard.type("#")
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(1)
    assert (lab.course / lesson).read_bytes() == before


@once
def test_kernel_that_died_comes_back_with_the_page(page: Page, lab: Classroom, lesson: str) -> None:
    notebook = open_notebook(page, lesson)
    notebook.evaluate("node => { node.dataset.crmkit = 'about to die' }")
    for process in psutil.Process().children(recursive=True):
        if "ipykernel_launcher" in " ".join(process.cmdline()):
            process.kill()
    page.get_by_role("dialog").get_by_role("button").last.click()
    wait_until_ready(page)
    notebook.get_by_role("button", name="OK").click()
    expect(notebook.locator(".widget-html")).to_have_text("1")


@once
def test_keys_beside_a_field_change_nothing(page: Page, lesson: str) -> None:
    notebook = open_notebook(page, lesson)
    notebook.get_by_role("heading", name="教室 Room").click()
    for key in ("a", "b", "x", "m", "d", "d", "0", "0", "ArrowLeft"):
        page.keyboard.press(key)
    expect(notebook.locator(".jp-Cell")).to_have_count(4)
    expect(notebook.get_by_role("button", name="OK")).to_be_visible()
    assert notebook.get_attribute("data-crmkit") == "ready"


def test_links_lead_from_page_to_page_and_to_the_other_language(
    page: Page, lab: Classroom, lesson: str
) -> None:
    open_notebook(page, lesson)
    follow(page, "back", start_page(lab.language))
    name, other = TWIN[lab.language]
    follow(page, name, start_page(other))
