"""Write the lock files from pyproject.toml and constraints.txt, or check them without a network.

``requirements.lock`` is what learners install, ``requirements-dev.lock`` the same and what
the tests need, ``requirements-spark.lock`` Spark alone, for a folder beside. All hold exact
versions with hashes for every system and Python the project supports, and no address, so that
they work with any index or mirror. Versions stay as they are where they still fit;
``--upgrade`` moves all to the newest.

Usage: ``python tools/lock.py [--upgrade | --check]``
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LEARNER, DEVELOPER = "requirements.lock", "requirements-dev.lock"
SPARK = "requirements-spark.lock"
ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links|--trusted-host|\bfile:")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?![0-9a-f])")

Computer = dict[str, str]


def supported() -> Iterator[Computer]:
    """Return what markers look at, for every Python and system the project supports."""
    systems = [
        ("linux", "Linux", "x86_64", "posix"),
        ("win32", "Windows", "AMD64", "nt"),
        ("darwin", "Darwin", "arm64", "posix"),
        ("darwin", "Darwin", "x86_64", "posix"),
    ]
    for python, (platform, system, machine, os_name) in product(("3.11", "3.12", "3.13"), systems):
        yield {
            "python_version": python,
            "python_full_version": f"{python}.9",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "sys_platform": platform,
            "platform_system": system,
            "platform_machine": machine,
            "os_name": os_name,
            "extra": "",
        }


COMPUTERS = list(supported())


@dataclass(frozen=True)
class Pin:
    """One entry of a lock file: a requirement, exact, and how many hashes stand by it."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        return str(self.requirement.specifier).removeprefix("==")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", action="store_true")
    options.add_argument("--upgrade", action="store_true")
    chosen = options.parse_args()
    if not chosen.check:
        write(chosen.upgrade)
    found = list(problems(ROOT))
    print("\n".join(found) or "the lock files are whole and agree with pyproject.toml")
    return 1 if found else 0


def write(upgrade: bool) -> None:
    """Let uv choose the versions."""
    compile_lock(LEARNER, ["-c", "constraints.txt"] + ["--upgrade"] * upgrade)
    compile_lock(DEVELOPER, ["-c", LEARNER, "--extra", "dev"] + ["--upgrade"] * upgrade)
    extras = project(ROOT)["project"]["optional-dependencies"]
    spark = "\n".join(extras["spark"])
    compile_lock(SPARK, ["-c", DEVELOPER] + ["--upgrade"] * upgrade, spark)


def compile_lock(output: str, options: list[str], wanted: str = "") -> None:
    """Compile what the project needs, or the requirements that are given instead."""
    source = "-" if wanted else "pyproject.toml"
    command = [sys.executable, "-m", "uv", "pip", "compile", source, "--quiet"]
    style = ["--no-emit-index-url", "--no-annotate", "--no-header", "--generate-hashes"]
    reach = ["--universal", "--python-version", "3.11"]
    whole = [*command, *reach, *style, *options, "-o", output]
    subprocess.run(whole, cwd=ROOT, check=True, input=wanted, text=True)


def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def problems(root: Path) -> Iterator[str]:
    """Say what is wrong with the lock files of a folder."""
    declared = project(root)
    constraints = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = [*declared["project"]["dependencies"], *declared["build-system"]["requires"]]
    extras = declared["project"]["optional-dependencies"]
    yield from faults(root / LEARNER)
    yield from faults(root / DEVELOPER)
    yield from faults(root / SPARK)
    learner, developer = read_lock(root / LEARNER), read_lock(root / DEVELOPER)
    yield from unmet(requirements([*wanted, *constraints]), learner, LEARNER)
    yield from unmet(requirements(extras["dev"]), developer, DEVELOPER)
    yield from unmet(requirements(extras["spark"]), read_lock(root / SPARK), SPARK)
    for computer in COMPUTERS:
        ours, theirs = installed(learner, computer), installed(developer, computer)
        for name in sorted(ours):
            if ours[name] != theirs.get(name):
                yield f"{DEVELOPER}: {name} is not {ours[name]} on {title(computer)}"


def requirements(lines: Iterable[str]) -> list[Requirement]:
    return [Requirement(line) for line in lines if line.strip()]


def read_lock(path: Path) -> list[Pin]:
    """Return the entries of a lock file."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [
        Pin(Requirement(line.partition("--hash=")[0]), len(HASH.findall(line)))
        for line in lines
        if line[:1].isalnum()
    ]


def faults(lock: Path) -> Iterator[str]:
    """Say where a lock file holds an address, or names something other than one exact file."""
    for found in ADDRESS.finditer(lock.read_text(encoding="utf-8")):
        yield f"{lock.name}: holds an address, {found[0]}"
    for pin in read_lock(lock):
        if [one.operator for one in pin.requirement.specifier] != ["=="]:
            yield f"{lock.name}: {pin.requirement} is not one version"
        if not pin.hashes:
            yield f"{lock.name}: {pin.requirement} has no hash"
    for computer in COMPUTERS:
        names = Counter(pin.name for pin in read_lock(lock) if applies(pin.requirement, computer))
        for name in (name for name, times in names.items() if times > 1):
            yield f"{lock.name}: {name} is there twice on {title(computer)}"


def unmet(wanted: list[Requirement], pins: list[Pin], lock: str) -> Iterator[str]:
    """Say what a lock does not give a computer that needs it."""
    for computer in COMPUTERS:
        versions = installed(pins, computer)
        for requirement in filter(lambda one: applies(one, computer), wanted):
            version = versions.get(canonicalize_name(requirement.name), "missing")
            if version == "missing" or not requirement.specifier.contains(version):
                yield f"{lock}: {requirement} is {version} on {title(computer)}"


def installed(pins: Iterable[Pin], computer: Computer) -> dict[str, str]:
    """Return the version of each package that a lock puts on a computer."""
    return {pin.name: pin.version for pin in pins if applies(pin.requirement, computer)}


def applies(requirement: Requirement, computer: Computer) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(computer)


def title(computer: Computer) -> str:
    return "{platform_system} {platform_machine}, Python {python_version}".format_map(computer)


if __name__ == "__main__":
    sys.exit(main())
