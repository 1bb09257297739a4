"""What a page asks must exist, and every wrong idea behind it be explained."""

import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from crmkit.course import Question, open_unit, unit_names
from crmkit.course.outcome import EXPLANATION
from crmkit.words import glossary

#: Seeds whose cases are looked at: one of two cases is missed once in a thousand times.
CASES = 10


def unit_of(cells: list[NotebookNode]) -> str:
    """Return the unit a source opens; empty where it opens none."""
    found = re.search(r'\bstart\(\s*"\w+",\s*"(\w+)"', _code(cells))
    return found[1] if found else ""


def faults(cells: list[NotebookNode]) -> Iterator[str]:
    """Yield what is wrong with the questions of a source."""
    name = unit_of(cells)
    if not name:
        return
    if name not in unit_names():
        yield f"there is no unit {name}"
        return
    try:
        words = glossary()
    except ValueError as error:
        yield str(error)
        return
    variants = [open_unit(name, seed=seed).questions for seed in range(CASES)]
    questions = variants[0]
    code = _code(cells)
    asked = set(re.findall(r'\b(?:ask|report)\(\s*"([\w-]+)"', code))
    yield from (f"asks {each}, which {name} has not" for each in sorted(asked - set(questions)))
    for question in questions.values():
        if question.graded and f'report("{question.id}")' not in code:
            yield f"{question.id} has no evidence cell"
        cases = {each[question.id].room: each[question.id] for each in variants}
        for case in cases.values():
            yield from _unsaid(case, words)


def _unsaid(question: Question, words: Mapping[str, object]) -> Iterator[str]:
    """Yield what a case of a question does not say."""
    if not question.has("prompt"):
        yield f"{question.id} has no prompt"
    for idea in question.misconceptions:
        key = question.remark(idea)
        missing = [part for part in EXPLANATION if f"{key}.{part}" not in words]
        if missing:
            yield f"{question.id}: {idea} lacks {', '.join(missing)}"


def _code(cells: list[NotebookNode]) -> str:
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")
