"""JupyterLab set up for people who do not program, open on the course's start page."""

import os
import secrets
import socket
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from crmkit.errors import CrmkitError
from crmkit.words import reader_language, t

HOST = "127.0.0.1"
PORTS = range(8888, 8988)


@dataclass(frozen=True)
class Lab:
    """What it takes to start JupyterLab on one course folder.

    Attributes
    ----------
    address : str
        Opens the start page; holds the token without which nobody gets in.
    command : tuple of str
        Starts the server.
    environment : dict of str to str
        What the server and every kernel find in their environment, beside what is there.
    log : Path
        Where the server is to write what it has to say.
    """

    address: str
    command: tuple[str, ...]
    environment: dict[str, str]
    log: Path


def open_lab(
    language: str | None = None,
    port: int | None = None,
    browser: bool = True,
    root: Path | None = None,
) -> None:
    """Open the course in JupyterLab and stay until the reader stops it.

    Parameters
    ----------
    language : {"zh", "en"}, optional
        Of the course and of JupyterLab itself; the reader's own when left out.
    port : int, optional
        The first free one from 8888 on when left out.
    browser : bool
        Whether to open the start page in the reader's browser.
    root : Path, optional
        The course folder; looked for from here upwards when left out.

    Raises
    ------
    CrmkitError
        When there is no course here, its folder cannot be written to, the port is taken, or
        JupyterLab stops by itself.
    """
    lab = prepare_lab(language, port, browser, root)
    print(t("lab.opening", address=lab.address), flush=True)
    if _serve(lab) != 0:
        raise CrmkitError("lab.stopped", where=str(lab.log))


def prepare_lab(
    language: str | None = None,
    port: int | None = None,
    browser: bool = True,
    root: Path | None = None,
) -> Lab:
    """Return what `open_lab` starts, with every folder it needs in place; see there."""
    language = language or reader_language()
    course = course_root(language, root)
    progress = progress_folder(course)
    port = free_port(port)
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_urlsafe(24)
    page = f"/lab/tree/{start_page(language)}?reset"
    command = (
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={course}",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.open_browser={browser}",
        f"--LabApp.default_url={page}",
    )
    return Lab(
        address=f"http://{HOST}:{port}{page}&token={token}",
        command=command,
        environment=_environment(language, progress) | {"JUPYTER_TOKEN": token},
        log=progress / ".lab" / "server.log",
    )


def start_page(language: str) -> str:
    """Return where a language's start page is in the course folder.

    >>> start_page("en")
    'notebooks/en/00_start.ipynb'
    """
    return f"notebooks/{language}/00_start.ipynb"


def course_root(language: str, start: Path | None = None) -> Path:
    """Return the course folder: the one that holds the start page.

    It is looked for in `start` (here when left out) and the folders above, then beside
    the kit itself, where it is when the kit was installed from the course folder.

    Raises
    ------
    CrmkitError
        When none of them holds the start page.
    """
    here = (start or Path.cwd()).absolute()
    beside_the_kit = Path(str(files("crmkit"))).parent
    for folder in (here, *here.parents, beside_the_kit):
        if (folder / start_page(language)).is_file():
            return folder
    raise CrmkitError("lab.no_course", where=str(here))


def progress_folder(course: Path) -> Path:
    """Return where answers and JupyterLab's own state are kept, made if need be.

    Raises
    ------
    CrmkitError
        When nothing can be written there.
    """
    folder = Path(os.environ.get("CRMKIT_PROGRESS") or course / "progress")
    try:
        (folder / ".lab").mkdir(parents=True, exist_ok=True)
        (folder / ".lab" / "server.log").touch()
    except OSError as problem:
        raise CrmkitError("lab.not_writable", where=str(folder)) from problem
    return folder


def free_port(asked: int | None = None) -> int:
    """Return the port asked for, or else the first free one from 8888 on.

    Raises
    ------
    CrmkitError
        When it is, or all of them are, in use.
    """
    for port in [asked] if asked else PORTS:
        with socket.socket() as listener:
            try:
                listener.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CrmkitError("lab.port_taken", port=asked or PORTS.start)


def _serve(lab: Lab) -> int:
    with lab.log.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            lab.command, env=os.environ | lab.environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            return server.wait()
        except KeyboardInterrupt:  # the server has had it too and is closing its kernels
            server.wait()
            return 0


def _environment(language: str, progress: Path) -> dict[str, str]:
    shipped = Path(str(files("crmkit") / "data" / "lab"))
    own = progress / ".lab" / language
    return {
        "CRMKIT_LANG": language,
        "CRMKIT_PROGRESS": str(progress),
        "JUPYTER_CONFIG_PATH": os.pathsep.join([str(shipped / language), str(shipped / "base")]),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
    }
