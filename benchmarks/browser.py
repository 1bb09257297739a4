"""How long a learner waits: from a click to what it changes on the screen, in a real browser.

Usage: ``python benchmarks/browser.py [--repeats 40]``. Prints, for every kind of act, the median
and the 95th percentile in milliseconds, and how long a page takes to come alive. The course
wants 150 and 300 ms for feedback and 3 s for the first cells of a page that has been open before.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from classroom import enter, open_classroom, open_notebook  # noqa: E402

#: Between two acts, in milliseconds: a change so soon after a check would be checked at once.
PAUSE = 500
#: From an act to the first change of what is watched, in milliseconds.
TIMED = """
([act, watched]) => new Promise((done, fail) => {
  const began = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  });
  seen.observe(watched, { attributes: true, childList: true, characterData: true, subtree: true });
  setTimeout(() => fail(new Error("nothing changed")), 20000);
  act.click();
})
"""
#: The same for a key on a slider's handle, whose picture follows.
KEYED = TIMED.replace(
    "act.click();",
    'act.dispatchEvent(new KeyboardEvent("keydown", { key: KEY, bubbles: true }));',
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=40)
    repeats = parser.parse_args().repeats
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Path(folder)
        for name in ("notebooks", "exercises", "datasets"):
            shutil.copytree(ROOT / name, course / name)
        os.environ["CRMKIT_PROGRESS"] = str(course / "progress")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        with open_classroom(course, "zh") as classroom:
            page = enter(browser, classroom).new_page()
            print(f"load of the machine: {os.getloadavg()[0]:.1f}")
            measure(page, repeats)
        browser.close()


def measure(page: Page, repeats: int) -> None:
    """Print the times of every act."""
    open_notebook(page, "notebooks/zh/00_start.ipynb")
    for path in ("notebooks/zh/11_tiering.ipynb", "exercises/zh/11_tiering.ipynb",
                 "notebooks/zh/01_stages.ipynb"):  # fmt: skip
        began = perf_counter()
        page.goto(f"/lab/tree/{path}?reset")
        page.locator(".crmkit-page:visible[data-crmkit=running]").wait_for()
        running = perf_counter()
        page.locator(".crmkit-page:visible .crm-strip").first.wait_for()
        report(f"first cells, {path}", [1000 * (perf_counter() - running)])
        page.locator(".crmkit-page:visible[data-crmkit=ready]").wait_for()
        report(f"whole page, {path}", [1000 * (perf_counter() - began)])
        for what, times in ACTS.get(path, lambda page, repeats: [])(page, repeats):
            report(what, times)


def lesson(page: Page, repeats: int) -> list[tuple[str, list[float]]]:
    """Time a choice that is checked, and the sliders of the quadrant."""
    panels = page.locator(".crmkit-page:visible .crm-panel")
    choice = panels.nth(4)
    figure = panels.nth(3)
    checks = []
    for turn in range(repeats):
        page.wait_for_timeout(PAUSE)
        choice.get_by_role("radio").nth(turn % 3).check()
        page.wait_for_timeout(PAUSE)
        checks.append(timed(choice.locator(".crm-main"), choice))
    slides = [keyed(figure, turn) for turn in range(repeats)]
    return [("check a choice", checks), ("slide the quadrant", slides)]


def exercise(page: Page, repeats: int) -> list[tuple[str, list[float]]]:
    """Time letters given in a table, checks of it, and the line through the values."""
    panels = page.locator(".crmkit-page:visible .crm-panel")
    table, line = panels.nth(0), panels.nth(1)
    gives, checks = [], []
    for turn in range(repeats):
        row = table.locator(".crm-line").nth(turn % 10)
        page.wait_for_timeout(PAUSE)
        gives.append(timed(row.locator("button").nth(turn // 10 % 4), table.locator(".crm-board")))
        page.wait_for_timeout(PAUSE)
        checks.append(timed(table.locator(".crm-main"), table))
    slides = [keyed(line, turn) for turn in range(repeats)]
    return [("give a letter", gives), ("check a table", checks), ("slide the line", slides)]


ACTS: dict[str, Callable[[Page, int], list[tuple[str, list[float]]]]] = {
    "notebooks/zh/11_tiering.ipynb": lesson,
    "exercises/zh/11_tiering.ipynb": exercise,
}


def timed(act: Locator, watched: Locator) -> float:
    """Return how long it takes from a click to the first change."""
    act.scroll_into_view_if_needed()
    return float(act.page.evaluate(TIMED, [act.element_handle(), watched.element_handle()]))


def keyed(panel: Locator, turn: int) -> float:
    """Return how long a figure takes to follow a slider moved by some places."""
    handle = panel.locator(".noUi-handle").first
    handle.focus()
    key = "PageDown" if turn % 2 else "PageUp"  # one place alone may move nothing by a pixel
    time = panel.page.evaluate(
        KEYED.replace("KEY,", f'"{key}",'),
        [handle.element_handle(), panel.locator("img").element_handle()],
    )
    panel.page.wait_for_timeout(100)
    return float(time)


def report(what: str, times: list[float]) -> None:
    if len(times) == 1:
        print(f"{what:48} {times[0]:7.0f} ms")
    else:
        print(f"{what:48} median {median(times):5.0f} ms, p95 {quantiles(times, n=20)[-1]:5.0f} ms")


if __name__ == "__main__":
    main()
