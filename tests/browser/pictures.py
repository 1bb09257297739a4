"""Take the pictures of ``docs/widgets.md``: instruments and kinds of question in a browser.

Usage: ``python tests/browser/pictures.py [name ...]``, with Chromium; all of them by default.
"""

import io
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from classroom import enter, open_classroom, open_notebook  # noqa: E402
from question_bank import BANK  # noqa: E402

IMAGES = ROOT / "docs" / "images"
SETUP = """
import sys
sys.path.insert(0, {tests!r})
from datetime import date
from question_bank import BANK, SAID, words
from crmkit.branch.simulate import make_book
from crmkit.course.units.l13.branch import spent as truly_kept
from crmkit.course import Sheet, Unit, open_unit
from crmkit.planning.game import class_agenda
from crmkit.plots.churn import spent
from crmkit.plots.style import new_axes
from crmkit.widgets import *
from crmkit.words import glossary, labels, use_language
use_language({language!r})
glossary().update(words())
bank = Unit("bank", 1, None, BANK, Sheet(""), lambda attempt: 1)
said = dict(zip("123", SAID[{language!r}]))
def line(slope):
    axes = new_axes(8, 2.6)
    axes.plot([0, 1], [0, slope], linewidth=3)
    axes.set(xlim=(0, 1), ylim=(0, 3))
    return axes
"""
#: What stands on the page, by the name of its picture.
INSTRUMENTS = {
    "browser": 'BookBrowser(make_book(60, 7, "2026-06-30", months=6), rows=6)',
    "profile": 'profile_card({"name": "王*", "birth_date": "1988-02-29",'
    ' "mobile": "154****5678", "assets": "35.2", "risk_level": "C3"})',
    "sorter": 'CardSorter(said, labels("value", "prospect", "new", "existing"),'
    ' {"1": "prospect", "2": "new", "3": "existing"})',
    "motives": 'motive_tagger(said, {"1": "habit"})',
    "questionnaire": "Questionnaire(date(2026, 6, 30))",
    "touches": "TouchTracker(date(2026, 9, 9), 6)",
    "planner": "PlannerPanel(Planner(*class_agenda(1), lambda pins, before: before))",
    "class_week": "ClassPanel(ClassWeek(1))",
    "budget": 'Sliders({"calls": Slider("l13.slider.calls", (50, 100, 200, 300, 400), 100)},'
    " lambda calls: spent(truly_kept(3, calls)))",
    "sliders": 'Sliders({"slope": Slider("widgets.turnover_cut", (1, 1.5, 2, 2.5, 3), 2)}, line)',
}
CELLS = INSTRUMENTS | {f"kind_{name}": f'Exercise(bank, "{name}")' for name in BANK}
#: What is clicked before the picture is taken: words of picks.
CLICKS = {
    "browser": ["sort:assets"],
    "sorter": ["box:prospect"],
    "touches": ["day:2026-09-10", "set:channel=call", "day:2026-09-18", "set:channel=visit"],
    "questionnaire": ["age=a", "capacity=a"],
    "kind_several": ["job"],
    "kind_assign": ["1=A", "2=C"],
    "kind_cards": ["box:prospect"],
    "kind_matching": ["prospect=develop"],
    "kind_calendar": ["day:2026-09-10", "set:channel=call"],
}


def main(names: list[str]) -> int:
    wanted = {name: CELLS[name] for name in names or CELLS}
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Path(folder)
        for part in ("notebooks", "exercises"):
            shutil.copytree(ROOT / part, course / part)
        os.environ["CRMKIT_PROGRESS"] = str(course / "progress")
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        for language in ("zh", "en"):
            for path in pictures(browser, course, language, wanted):
                print(path.relative_to(ROOT))
        browser.close()
    return 0


def pictures(
    browser: Browser, course: Path, language: str, wanted: dict[str, str]
) -> Iterator[Path]:
    """Take every picture in one language."""
    page_file = f"notebooks/{language}/90_widgets.ipynb"
    sources = [SETUP.format(tests=str(ROOT / "tests"), language=language), *wanted.values()]
    folded = {"jupyter": {"source_hidden": True}}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, metadata=folded) for source in sources],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "crmkit": {"autorun": True},
        },
    )
    nbformat.write(notebook, course / page_file)
    with open_classroom(course, language) as classroom:
        context = enter(browser, classroom)
        page = context.new_page()
        open_notebook(page, page_file)
        for place, name in enumerate(wanted, start=1):
            yield picture(page, place, name, language)
        context.close()


def picture(page: Page, place: int, name: str, language: str) -> Path:
    """Take one picture, in few colours."""
    cell = page.locator(".crmkit-page:visible .jp-Cell").nth(place)
    for word in CLICKS.get(name, []):
        cell.locator(f'[data-pick="{word}"]').first.click()
    page.wait_for_timeout(400)
    shown = cell.locator(".crm-panel, .crm-card-room").first
    shown.scroll_into_view_if_needed()
    taken = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    path = IMAGES / f"widget_{name}_{language}.png"
    taken.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
