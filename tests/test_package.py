"""The package as a whole: its names, its version, what importing it costs."""

import subprocess
import sys
from pathlib import Path

import crmkit

ROOT = Path(__file__).parents[1]


def test_every_public_name_is_there_and_documented():
    for name in crmkit.__all__:
        assert getattr(crmkit, name).__doc__, name
    assert len(crmkit.__all__) == len(set(crmkit.__all__)) <= 30


def test_the_names_for_the_type_checker_are_the_public_ones():
    imported = {
        line.split(" as ")[-1]
        for line in (ROOT / "crmkit/__init__.py").read_text(encoding="utf-8").splitlines()
        if line.startswith("    from crmkit.")
    }
    assert imported == set(crmkit.__all__)


def test_importing_the_package_loads_nothing_heavy():
    heavy = ("pandas", "numpy", "matplotlib", "ipywidgets", "IPython", "duckdb", "crmkit.book")
    code = f"import sys, crmkit; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(crmkit, "nonsense")


def test_the_version_is_the_first_in_the_changelog():
    headings = [
        line.removeprefix("## ")
        for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    ]
    assert headings[0] == crmkit.__version__
