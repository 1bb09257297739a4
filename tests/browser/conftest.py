"""A course opened in a real browser, as a learner opens it.

A test takes ``page``, a browser page logged in to a JupyterLab that was started through
`crmkit.lab` on a copy of the course, in each language in turn, and moves about in it with
the functions of ``classroom``::

    def test_lesson(page, lab):
        lesson = open_notebook(page, f"notebooks/{lab.language}/11_tiering.ipynb")
        lesson.get_by_role("button", name=...).click()

``lab.progress`` holds the learner's answers; it is empty when a test starts. An error on
the page, or a request to the outside, fails the test at its end.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from classroom import Classroom, enter, open_classroom, visit
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from crmkit.words import LANGUAGES
from tools.warm.kernels import kernel_spec

COURSE = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the whole course be gone through with its mistakes in both languages."""
    parser.addoption(
        "--mistakes",
        choices=("turns", "both"),
        default="turns",
        help="lessons make their known mistakes in both languages, or take turns (default)",
    )


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what learners open, free to be changed."""
    copy = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "exercises", "datasets"):
        shutil.copytree(COURSE / name, copy / name)
    return copy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return where JupyterLab looks for kernels first; there are none as long as it is empty."""
    folder = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        yield folder / "kernels"


@pytest.fixture(scope="module")
def warm_kernels(kernels: Path) -> Iterator[None]:
    """Have kernels forked from a process that has done the imports, for tests of many pages."""
    folder = kernels / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(kernel_spec().to_json(), encoding="utf-8")
    yield
    shutil.rmtree(folder)


@pytest.fixture(scope="session", params=LANGUAGES)
def lab(request: pytest.FixtureRequest, course: Path, kernels: Path) -> Iterator[Classroom]:
    """Return a running JupyterLab, one language after the other."""
    with open_classroom(course, request.param) as classroom:
        yield classroom


@pytest.fixture(scope="session")
def context(browser: Browser, lab: Classroom) -> Iterator[BrowserContext]:
    """Return one browser for all tests of a language, so that JupyterLab is loaded once."""
    context = enter(browser, lab)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, lab: Classroom) -> Iterator[Page]:
    """Return a page at the door of the lab, for a learner who has not begun."""
    for answers in lab.progress.iterdir():
        if answers.name != ".lab":
            shutil.rmtree(answers) if answers.is_dir() else answers.unlink()
    with visit(context, lab) as page:
        yield page
