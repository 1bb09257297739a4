"""The page of coverage names only what is there, and every row of the sources once."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "build_coverage.py"
ROW = {"seed": "000", "zh": "一", "en": "one"}


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = spec_from_file_location("build_coverage", TOOL)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    subprocess.run([sys.executable, str(TOOL), "--check"], check=True)


def test_every_row_of_the_sources_is_there_once(coverage: ModuleType) -> None:
    rows = [number for lesson in coverage.lessons().values() for number in lesson]
    assert sorted(rows) == [f"S{n:03d}" for n in range(1, coverage.ROWS + 1)]


@pytest.mark.parametrize(
    ("part", "there", "gone"),
    [
        ("functions", "crmkit.analysis.tiering.tier", "crmkit.nowhere.tier"),
        ("functions", "crmkit tier --contribution-cut", "crmkit tier --no-such-option"),
        ("functions", "crmkit book check", "crmkit book burn"),
        ("questions", "e11a-q1", "e99z-q9"),
        ("tests", "tests/test_coverage.py::test_the_page_is_up_to_date",
         "tests/test_coverage.py::test_nothing"),
        ("tests", "tests/test_coverage.py::test_every_row_of_the_sources_is_there_once",
         "tests/test_gone.py::test_the_page_is_up_to_date"),
    ],
)  # fmt: skip
def test_what_is_gone_is_found_out(coverage: ModuleType, part: str, there: str, gone: str) -> None:
    def wrong(name: str) -> list[str]:
        return list(coverage.problems({"l11": {"S085": {**ROW, part: [name]}}}))

    assert wrong(gone) and gone in wrong(gone)[0]

    assert not wrong(there)


def test_a_row_without_its_words_or_twice_is_found_out(coverage: ModuleType) -> None:
    assert list(coverage.problems({"l11": {"S085": {"seed": "000", "zh": "一"}}}))
    assert list(coverage.problems({"l10": {"S085": ROW}, "l11": {"S085": ROW}}))
    assert list(coverage.problems({"l11": {"S085": {**ROW, "test": []}}}))
    assert not list(coverage.problems({"l11": {"S085": ROW}}))
