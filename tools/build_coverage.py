"""Build docs/coverage.md: what the source documents ask for, and where the kit has it.

python tools/build_coverage.py           write the page
python tools/build_coverage.py --check   fail if it is not what would be written

The table is `tools/coverage/<lesson>.toml`, one entry per row and key:

    [S085]
    seed = "000"                 the source document
    zh = "…"                     what it asks for, in our own words
    en = "…"
    functions = ["crmkit.analysis.activity.measures", "crmkit tier"]
    questions = ["e11a-q1"]
    tests = ["tests/test_analysis_activity.py::test_income_is_told_apart_by_source"]

Functions are names that can be imported, or commands; questions are ids in the units; tests
are functions in test files. Each of the three is looked up, and one that is not there is an
error, so that the page cannot promise what has gone.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from typer.main import get_command

from crmkit.cli.app import app
from crmkit.course.unit import open_unit, unit_names

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tools" / "coverage"
PAGE = ROOT / "docs" / "coverage.md"
ROWS = 170
PARTS = ("functions", "questions", "tests")
#: Lessons whose rows have to name a function, a question and a test.
WHOLE = ("l00", "l01", "l02", "l03", "l04", "l05", "l06", "l07", "l08", "l09", "l13")

INTRODUCTION = """\
# 覆盖表 · Coverage

由 `python tools/build_coverage.py` 从 `tools/coverage/` 生成，请勿手改。五份原始材料里的每一条
规则、数字、表格和系统是一行：出自哪份材料（000 至 004，003 是培训课件），说的是什么，由哪个函数
或命令实现，在哪道题里练到，由哪个测试证明。函数、题目和测试都会核对是否存在；“—”表示还没有。

Generated from `tools/coverage/`; do not edit it by hand. Every rule, number, table and system of
the five source documents is a row: which document (000 to 004; 003 is the training deck), what it
says, which function or command does it, which question practises it, which test proves it.
Functions, questions and tests are looked up; "—" means none yet.
"""
HEADINGS = ("", "出处 · From", "内容 · What", "函数 · Function", "题目 · Question", "测试 · Test")

Row = Mapping[str, Any]


def lessons() -> dict[str, dict[str, Row]]:
    """Return the rows by lesson, in the order of the files' names."""
    files = sorted(TABLE.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def problems(table: Mapping[str, Mapping[str, Row]]) -> Iterator[str]:
    """Say what is wrong with the table: rows twice, names that are not there."""
    seen: set[str] = set()
    for lesson, rows in table.items():
        for number, row in rows.items():
            where = f"{lesson}.toml [{number}]"
            if number in seen or not re.fullmatch(r"S\d{3}", number):
                yield f"{where}: twice, or no number of a row"
            seen.add(number)
            if unknown := set(row) - {"seed", "zh", "en", *PARTS}:
                yield f"{where}: unknown keys {sorted(unknown)}"
            if not (row.get("zh") and row.get("en") and row.get("seed")):
                yield f"{where}: needs seed, zh and en"
            for part in PARTS:
                if lesson in WHOLE and not row.get(part):
                    yield f"{where}: nothing among {part}"
                for name in row.get(part, []):
                    if not EXISTS[part](name):
                        yield f"{where}: no such thing among {part}: {name}"


def is_function(name: str) -> bool:
    """Tell whether a name can be imported, or is a command with its options."""
    if name.startswith("crmkit "):
        return _is_command(name.split()[1:])
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found is not None
    return False


def _is_command(words: list[str]) -> bool:
    command = get_command(app)
    for word in words:
        if word.startswith("--"):
            return any(word in option.opts for option in command.params)
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            return False
    return True


def is_question(name: str) -> bool:
    """Tell whether some unit has a question of that id."""
    return name in _questions()


@cache
def _questions() -> set[str]:
    return {question for name in unit_names() for question in open_unit(name, seed=1).questions}


def is_test(name: str) -> bool:
    """Tell whether a file of tests has a test of that name."""
    file, _, test = name.partition("::")
    return test in _tests(file)


@cache
def _tests(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


EXISTS = {"functions": is_function, "questions": is_question, "tests": is_test}


def page(table: Mapping[str, Mapping[str, Row]]) -> str:
    """Return the text of the page."""
    parts = [INTRODUCTION, _summary(table)]
    for lesson, rows in table.items():
        parts.append(f"## {lesson.upper()}\n\n" + _lines(HEADINGS, map(_cells, rows.items())))
    return "\n".join(parts)


def _summary(table: Mapping[str, Mapping[str, Row]]) -> str:
    rows = [row for rows in table.values() for row in rows.values()]
    with_part = [sum(1 for row in rows if row.get(part)) for part in PARTS]
    headings = ("共 · In all", "已列 · Listed", *HEADINGS[3:])
    return _lines(headings, [map(str, (ROWS, len(rows), *with_part))])


def _cells(entry: tuple[str, Row]) -> Iterator[str]:
    number, row = entry
    yield number
    yield row["seed"]
    yield f"{row['zh']}<br>{row['en']}"
    for part in PARTS:
        names = (name.removeprefix("crmkit.").removeprefix("tests/") for name in row.get(part, []))
        yield "<br>".join(f"`{name}`" for name in names) or "—"


def _lines(headings: tuple[str, ...], rows: Any) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    entries = lessons()
    if wrong := list(problems(entries)):
        sys.exit("\n".join(wrong))
    fresh = page(entries)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(fresh, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh:
        sys.exit(f"{PAGE} is not what would be built; run python {sys.argv[0]}")
