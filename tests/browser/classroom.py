"""What a learner does in the browser, as functions of a page."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

from crmkit.lab import prepare_lab

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
#: Longest wait for JupyterLab, a kernel or a lesson on a busy computer, in seconds.
PATIENCE = 120


@dataclass(frozen=True)
class Classroom:
    """A running JupyterLab: its language, where to find it, and what it works on."""

    language: str
    address: str
    token: str
    course: Path
    progress: Path

    def ask(self, path: str, method: str = "GET") -> object:
        """Return what the server's REST interface answers."""
        headers = {"Authorization": f"token {self.token}"}
        with urlopen(Request(self.address + path, headers=headers, method=method)) as answer:
            return json.loads(answer.read() or "null")


@contextmanager
def open_classroom(course: Path, language: str) -> Iterator[Classroom]:
    """Run JupyterLab as ``crmkit lab`` does, until the block is left."""
    lab = prepare_lab(language, browser=False, root=course)
    at = urlsplit(lab.address)
    classroom = Classroom(
        language=language,
        address=f"{at.scheme}://{at.netloc}",
        token=lab.environment["JUPYTER_TOKEN"],
        course=course,
        progress=Path(lab.environment["CRMKIT_PROGRESS"]),
    )
    with lab.log.open("w") as log:
        server = subprocess.Popen(
            lab.command, env=os.environ | lab.environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(server, classroom, lab.log)
            yield classroom
        finally:
            server.terminate()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], classroom: Classroom, log: Path) -> None:
    for _ in range(PATIENCE * 10):
        assert server.poll() is None, log.read_text()
        try:
            classroom.ask("/api")
        except URLError:
            sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text())


def enter(browser: Browser, classroom: Classroom) -> BrowserContext:
    """Return a browser that is logged in to the classroom."""
    context = browser.new_context(
        base_url=classroom.address,
        locale=LOCALES[classroom.language],
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(PATIENCE * 1000)
    context.request.get("/api/status", params={"token": classroom.token})
    return context


@contextmanager
def visit(context: BrowserContext, classroom: Classroom) -> Iterator[Page]:
    """Return a page; leaving it ends its kernels and fails if anything was wrong on it."""
    page = context.new_page()
    troubles = _watch(page, classroom)
    yield page
    page.close()
    for session in classroom.ask("/api/sessions"):
        classroom.ask(f"/api/sessions/{session['id']}", "DELETE")
    assert troubles == []


def _watch(page: Page, classroom: Classroom) -> list[str]:
    home = urlsplit(classroom.address).netloc
    troubles: list[str] = []

    def reach(url: str) -> None:
        at = urlsplit(url)
        if at.scheme not in {"data", "blob"} and at.netloc != home:
            troubles.append(f"asked the outside: {url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            troubles.append(f"{response.status}: {response.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"console: {message.text}")

    page.on("request", lambda request: reach(request.url))
    page.on("websocket", lambda socket: reach(socket.url))
    page.on("response", answered)
    page.on("pageerror", lambda error: troubles.append(f"page: {error}"))
    page.on("console", said)
    return troubles


def open_notebook(page: Page, path: str) -> Locator:
    """Open a notebook of the course, ``notebooks/zh/11_tiering.ipynb``, and wait for it."""
    page.goto(f"/lab/tree/{path}?reset")
    return wait_until_ready(page)


def wait_until_ready(page: Page) -> Locator:
    """Return the notebook on the screen when everything in it has run."""
    notebook = page.locator(".crmkit-page:visible")
    page.locator(
        ".crmkit-page:visible[data-crmkit=ready], .crmkit-page:visible[data-crmkit=failed]"
    ).wait_for()
    assert notebook.get_attribute("data-crmkit") == "ready", notebook.inner_text()
    return notebook


def follow(page: Page, link: str, path: str) -> Locator:
    """Click a link on the screen; return the notebook at `path`, to which it leads."""
    page.locator(".crmkit-page:visible").get_by_role("link", name=link).first.click()
    page.wait_for_url(f"**/{path}")
    return wait_until_ready(page)


def restart_kernel(page: Page) -> Locator:
    """Click "run this page again", which restarts the kernel; wait until the page has run."""
    notebook = page.locator(".crmkit-page:visible")
    notebook.evaluate("node => { node.dataset.crmkit = 'told to restart' }")
    notebook.locator("[data-jp-item-name=again] >> role=button").click()
    return wait_until_ready(page)


def screenshot(page: Page, path: Path, whole: bool = False) -> None:
    """Save what is on the screen or, if `whole`, the notebook from top to bottom."""
    before = page.viewport_size
    if whole:
        inside = page.locator(".crmkit-page:visible .jp-WindowedPanel-inner")
        height = inside.evaluate("node => node.scrollHeight") + 160
        page.set_viewport_size({"width": before["width"], "height": height})
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    page.set_viewport_size(before)
