"""Runs a learner's function in a process of its own, with limits, and brings back its values.

This contains accidents: endless loops, floods of memory or text, exits, odd values. It is no
wall against somebody who means harm; on Windows only the time is limited.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

#: Most that comes back, in bytes, and how deep values may be nested.
LARGEST, DEEPEST = 200_000, 20


@dataclass(frozen=True)
class Limits:
    """What a learner's function may use: seconds, MiB of memory, KiB of files."""

    cpu_seconds: int = 3
    wall_seconds: float = 15.0
    memory_mib: int = 3072
    file_kib: int = 1024


@dataclass(frozen=True)
class Run:
    """What came of running a function on every case.

    Attributes
    ----------
    values : tuple
        What it returned, case by case, as JSON holds it; up to where it failed.
    failure : str
        ``""``, ``"slow"``, ``"memory"``, ``"exit"``, ``"odd"``, ``"large"``, ``"error"`` or
        ``"missing"`` (no such function).
    facts : mapping
        Of a failure: ``case`` (number, from 1), ``line`` and ``error`` or ``type``.
    """

    values: tuple[Any, ...] = ()
    failure: str = ""
    facts: Mapping[str, Any] | None = None


def run_function(
    source: str, name: str, cases: Sequence[Sequence[Any]], limits: Limits | None = None
) -> Run:
    """Run a function on some cases.

    Parameters
    ----------
    source : str
        Python that defines the function.
    name : str
    cases : sequence of sequence
        Positional arguments of every call, as JSON holds them.
    limits : Limits, optional

    Examples
    --------
    >>> run_function("def double(x):\\n    return 2 * x", "double", [(2,), (5,)]).values
    (4, 10)
    >>> run_function("def double(x):\\n    return 1 / x", "double", [(0,)]).failure
    'error'
    """
    return _run(source, name, json.dumps([list(case) for case in cases]), limits or Limits())


@lru_cache(maxsize=128)
def _run(source: str, name: str, cases: str, limits: Limits) -> Run:
    task = {
        "source": source, "name": name, "cases": json.loads(cases), "largest": LARGEST,
        "deepest": DEEPEST, "cpu": limits.cpu_seconds, "memory": limits.memory_mib * 2**20,
        "file": limits.file_kib * 2**10,
    }  # fmt: skip
    with TemporaryDirectory(prefix="crmkit-", ignore_cleanup_errors=True) as folder:
        code = _in_child(json.dumps(task), Path(folder), limits)
        told = Path(folder, "out")
        if code == "slow":
            return Run(failure="slow")
        if told.stat().st_size > 2 * LARGEST:
            return Run(failure="large")
        return _read(told.read_text(encoding="utf-8", errors="replace"), code)


def _in_child(task: str, folder: Path, limits: Limits) -> str:
    """Run the task with its output in ``folder/out``; return how the process ended."""
    work = folder / "work"
    work.mkdir()
    command = [sys.executable, "-I", str(Path(__file__).with_name("child_runner.py"))]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            cwd=work,
            env={**kept, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )
        try:
            process.communicate(task.encode(), timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            return "slow"
        finally:
            _end(process)
    cpu = getattr(signal, "SIGXCPU", None)
    return "slow" if cpu and process.returncode in (-cpu, -signal.SIGKILL) else "done"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it has started."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(told: str, code: str) -> Run:
    """Return what the child told; a child that ended without a word has exited."""
    values: list[Any] = []
    for line in told.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            return Run(tuple(values), "exit")
        if "failure" in said:
            return Run(tuple(values), said.pop("failure"), said)
        if "value" in said:
            values.append(said["value"])
        elif said.get("end"):
            return Run(tuple(values))
    return Run(tuple(values), "exit", {"case": len(values) + 1})
