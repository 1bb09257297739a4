"""What the course needs of this computer, and what to do where something is missing."""

import shutil
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.errors import CrmkitError
from crmkit.lab.server import course_root, free_port, progress_folder
from crmkit.words import glossary, language, t

if TYPE_CHECKING:
    import pandas as pd

#: Room for a learner's answers and a few workbooks, in MiB.
ROOM = 200

#: What a check hands back: whether all is well, and what was found.
Finding = tuple[bool, str]


def doctor(root: Path | None = None) -> "pd.DataFrame":
    """Check this computer for everything the course needs.

    Parameters
    ----------
    root : Path, optional
        The course folder; looked for from here upwards when left out.

    Returns
    -------
    DataFrame
        One row per check: ``check`` (its name, the same in every language), ``what`` was
        looked at, ``ok``, what was ``found``, and ``advice``, empty where all is well.
    """
    import pandas as pd

    rows = [(name, t(f"lab.check.{name}"), *_try(name, root)) for name in CHECKS]
    return pd.DataFrame(rows, columns=["check", "what", "ok", "found", "advice"])


def _try(name: str, root: Path | None) -> tuple[bool, str, str]:
    try:
        ok, found = CHECKS[name](root)
    except CrmkitError as problem:
        return False, problem.what, problem.next
    return ok, found, "" if ok else t(f"lab.check.{name}_next")


def _python(root: Path | None) -> Finding:
    return sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3]))


def _packages(root: Path | None) -> Finding:
    from packaging.requirements import Requirement

    every = [Requirement(line) for line in requires("crmkit") or []]
    needed = [one for one in every if not one.marker or one.marker.evaluate({"extra": ""})]
    unfit = [str(one) for one in needed if not one.specifier.contains(_version(one.name))]
    return not unfit, ", ".join(unfit) or t("lab.found.packages", count=len(needed))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"


def _chart(root: Path | None) -> Finding:
    from matplotlib.figure import Figure

    from crmkit.plots import use_font

    use_font()
    figure = Figure()
    figure.text(0.5, 0.5, glossary()["lab.check.chart"]["zh"])
    with warnings.catch_warnings(record=True) as missing:
        warnings.simplefilter("always")
        figure.savefig(BytesIO())
    return not missing, str(missing[0].message) if missing else t("lab.found.chart")


def _extension(root: Path | None) -> Finding:
    from jupyter_core.paths import jupyter_path

    shipped = Path(str(files("crmkit"))) / "data" / "lab" / "extension"
    program = Path("static", "remoteEntry.js")
    installed = [Path(folder, "crmkit-lab", program) for folder in jupyter_path("labextensions")]
    first = next((file for file in installed if file.is_file()), None)
    if first is None:
        return False, t("lab.found.no_extension")
    same = first.read_bytes() == (shipped / program).read_bytes()
    return same, t("lab.found.extension") if same else t("lab.found.old_extension")


def _course(root: Path | None) -> Finding:
    return True, str(course_root(language(), root))


def _progress(root: Path | None) -> Finding:
    return True, str(progress_folder(course_root(language(), root)))


def _disk(root: Path | None) -> Finding:
    free = shutil.disk_usage(root or Path.cwd()).free // 1024**2
    return free >= ROOM, t("lab.found.disk", free=free, room=ROOM)


def _port(root: Path | None) -> Finding:
    return True, str(free_port())


CHECKS: dict[str, Callable[[Path | None], Finding]] = {
    "python": _python,
    "packages": _packages,
    "chart": _chart,
    "extension": _extension,
    "course": _course,
    "progress": _progress,
    "disk": _disk,
    "port": _port,
}
