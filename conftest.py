"""What every test needs: a place of its own for answers, and notebooks compared by their text."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

#: nbval compares text only: pictures and HTML depend on versions, stderr on the machine.
NOT_COMPARED = ("stderr", "text/html", "image/svg+xml", "application/javascript")
#: Seconds nbval waits for a cell's output on a busy computer; its own 5 are too few.
PATIENCE = 60


def pytest_configure(config: pytest.Config) -> None:
    """Keep the answers of every test process, and of the kernels it starts, in a fresh folder."""
    folder = Path(mkdtemp(prefix="crmkit-"))
    config.add_cleanup(lambda: _remove(folder))
    os.environ["CRMKIT_PROGRESS"] = str(folder)
    os.environ["CRMKIT_LEARNER"] = "test"
    if find_spec("hypothesis"):  # generated cases take their time: a busy computer is no failure
        from hypothesis import settings

        settings.register_profile("patient", deadline=None)
        settings.load_profile("patient")
    if config.getoption("nbval", False) or config.getoption("nbval_lax", False):
        _fork_kernels()


def _fork_kernels() -> None:
    """Let nbval start its kernels from a process that has done the imports."""
    from nbval.kernel import NbvalKernelspecManager

    from tools.warm.kernels import kernel_spec

    NbvalKernelspecManager.get_kernel_spec = lambda self, name: kernel_spec()


def _remove(folder: Path) -> None:
    """Remove the folder; show first what notebooks kept from their readers."""
    log = folder / "crmkit.log"
    if log.exists():
        print(log.read_text(encoding="utf-8"), file=sys.__stderr__)
    shutil.rmtree(folder, ignore_errors=True)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Tell nbval what not to compare."""
    if type(collector).__name__ == "IPyNbFile":
        collector.skip_compare += NOT_COMPARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the cells of notebooks time."""
    for item in items:
        if type(item).__name__ == "IPyNbCell":
            item.output_timeout = PATIENCE
