"""The ways to install the project agree with each other."""

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import BuildString, MatchSpec, PackageRecord

from tools import lock

ROOT = Path(__file__).parents[1]
#: What conda-forge calls a package that has another name on the Python index.
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "duckdb": "python-duckdb",
    "tzdata": "python-tzdata",
}

ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
ENTRIES = [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def conda_name(name: str) -> str:
    return canonicalize_name(CONDA_NAMES.get(name, name))


def bounds(specifier: str) -> set[str]:
    return set(specifier.split(","))


def name_of(entry: str) -> str:
    return canonicalize_name(MatchSpec(entry).name.normalized)


@pytest.mark.parametrize("entry", ENTRIES)
def test_conda_understands_every_entry(entry: str):
    spec = MatchSpec(entry)
    assert name_of(entry) == "pip" or spec.version


def test_conda_asks_for_what_the_project_needs_within_the_same_bounds():
    ours = {"python": bounds(PROJECT["requires-python"]), "pip": set()}
    for requirement in map(Requirement, PROJECT["dependencies"]):
        ours[conda_name(requirement.name)] = bounds(str(requirement.specifier))
    theirs = {name_of(entry): bounds(MatchSpec(entry).version or "") - {""} for entry in ENTRIES}
    assert theirs == ours
    assert ENVIRONMENT["dependencies"][-1] == {"pip": ["-e ."]}


@pytest.mark.parametrize("computer", lock.COMPUTERS, ids=lock.title)
def test_what_is_locked_would_do_for_conda(computer: lock.Computer):
    locked = lock.installed(lock.read_lock(ROOT / lock.LEARNER), computer)
    records = {
        conda_name(name): PackageRecord(conda_name(name), version, BuildString("0"), 0, "noarch")
        for name, version in locked.items()
    }
    for entry in ENTRIES:
        if name_of(entry) not in {"python", "pip"}:
            assert MatchSpec(entry).matches(records[name_of(entry)]), entry


def test_the_lock_files_are_whole():
    assert list(lock.problems(ROOT)) == []


FAULTS = {
    "an address": (lock.LEARNER, lambda text: "--index-url https://example.com/\n" + text),
    "no hash": (lock.LEARNER, lambda text: text.replace("--hash=sha256:", "--hash=sha256:x")),
    "not one version": (lock.DEVELOPER, lambda text: text.replace("pandas==", "pandas>=")),
    "pandas is not": (lock.DEVELOPER, lambda text: text.replace("pandas==3", "pandas==2")),
    "ruff": (lock.DEVELOPER, lambda text: text.replace("ruff==", "rough==")),
    "duckdb>=2.0 is 1": (lock.LEARNER, lambda text: text.replace("duckdb==2", "duckdb==1")),
    "hatchling>=1.27 is missing": (lock.LEARNER, lambda text: text.replace("hatchling", "hatched")),
    "pyspark>=4.1 is missing": (lock.SPARK, lambda text: text.replace("pyspark==", "spark==")),
    "twice": (
        lock.LEARNER,
        lambda text: text + text[text.index("pandas==") :].partition("\npa")[0],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_lock_file_is_named(tmp_path: Path, fault: str):
    for name in (lock.LEARNER, lock.DEVELOPER, lock.SPARK, "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    file, spoil = FAULTS[fault]
    spoiled: Callable[[str], str] = spoil
    text = (tmp_path / file).read_text(encoding="utf-8")
    (tmp_path / file).write_text(spoiled(text), encoding="utf-8")
    assert fault in "\n".join(lock.problems(tmp_path))
