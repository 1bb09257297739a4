"""A policy as a table: for every case, what is to be done, how often, at what price."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from crmkit.course.questions.base import ALL, Question, Verdict
from crmkit.course.questions.form import Field, Form, Option, Row, Table
from crmkit.course.questions.number import is_number
from crmkit.course.questions.requirements import Requirement, judged
from crmkit.course.questions.traps import Trap, shown, tell_apart

Cells = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Policy(Question):
    """A table with a value in every cell: an option of the column, or a number.

    The answer maps case to column to value; cells left out, or ``None``, are missing. The
    score is the share of cells that are right and of requirements that are met.

    Attributes
    ----------
    cases : tuple of str
        Sentences ``case.<name>``, or ``case`` with what `about` knows.
    columns : mapping of str to tuple
        The options of each column (sentences ``<column>.title`` and ``<column>.<option>``),
        or, for numbers, the lowest and the highest (``<column>.title``, ``<column>.unit``).
    right : mapping of str to mapping
        Case to column to value.
    accepted : mapping of (str, str) to sequence
        Further values that will do in a cell.
    within : mapping of str to float
        Tolerance of the numbers of a column.
    wrong : mapping of str to mapping
        The table each wrong idea leads to; cells left out are right.
    requirements : tuple of Requirement
        What the whole table must meet, before its cells are looked at.
    about : mapping of str to mapping

    A wrong table that shows no idea is told ``incomplete`` or ``slip``; sentences may use
    ``right``, ``total`` and ``left`` (counts), and ``case``, ``column``, ``given``, ``due``
    of one wrong cell.

    Examples
    --------
    >>> asked = Policy(id="e10-q1", room="l01", cases=("A", "D"), columns={"touches": (0, 50)},
    ...                right={"A": {"touches": 12}, "D": {"touches": 1}},
    ...                wrong={"all_alike": {"A": {"touches": 4}, "D": {"touches": 4}}})
    >>> asked.judge({"A": {"touches": 4}, "D": {"touches": 4}}).misconception
    'all_alike'
    """

    kind: ClassVar[str] = "policy"

    cases: tuple[str, ...]
    columns: Mapping[str, tuple[Any, ...]]
    right: Cells
    accepted: Mapping[tuple[str, str], Sequence[Any]] = field(default_factory=dict)
    within: Mapping[str, float] = field(default_factory=dict)
    wrong: Mapping[str, Cells] = field(default_factory=dict)
    requirements: tuple[Requirement, ...] = ()
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> dict[str, dict[str, Any]]:
        """The right table."""
        return {case: dict(self.right[case]) for case in self.cases}

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas: requirements first."""
        return (*(each.name for each in self.requirements), *self.wrong)

    @cached_property
    def _traps(self) -> tuple[Trap, ...]:
        wrong = {name: [self._entries(self._whole(cells))] for name, cells in self.wrong.items()}
        return tell_apart(self._entries(self.right), wrong)

    def _whole(self, cells: Cells) -> dict[str, dict[str, Any]]:
        return {case: {**self.right[case], **cells.get(case, {})} for case in self.cases}

    def _entries(self, table: Cells) -> dict[tuple[str, str], Any]:
        """Return the cells by case and column; what will do counts as the right value."""
        return {
            (case, column): self.right[case][column]
            if self._will_do(case, column, table.get(case, {}).get(column))
            else table.get(case, {}).get(column)
            for case in self.cases
            for column in self.columns
        }

    def _will_do(self, case: str, column: str, value: Any) -> bool:
        if value is None:
            return False
        due = self.right[case][column]
        if self._numeric(column):
            return bool(abs(value - due) <= self.within.get(column, 0) * (1 + 1e-9))
        return value == due or value in self.accepted.get((case, column), ())

    def _numeric(self, column: str) -> bool:
        return not isinstance(self.columns[column][0], str)

    def is_blank(self, answer: object) -> bool:
        """Tell whether no cell has a value."""
        if isinstance(answer, dict) and all(isinstance(row, dict) for row in answer.values()):
            return all(value is None for row in answer.values() for value in row.values())
        return super().is_blank(answer)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: an object of cases, each an object of columns."""
        cells: dict[str, Any] = {}
        for column, allowed in self.columns.items():
            cells[column] = (
                {"type": ["number", "null"], "minimum": allowed[0], "maximum": allowed[1]}
                if self._numeric(column)
                else {"enum": [*allowed, None]}
            )
        row = {"type": "object", "properties": cells, "additionalProperties": False}
        return {
            "type": "object", "properties": dict.fromkeys(self.cases, row),
            "additionalProperties": False,
        }  # fmt: skip

    def problem(self, answer: object) -> str:
        """Refuse what is no table of these cases and columns, and values out of range."""
        if not isinstance(answer, dict) or not all(isinstance(r, dict) for r in answer.values()):
            return "course.not_a_table"
        if not set(answer) <= set(self.cases):
            return "course.not_an_item"
        cells = [cell for row in answer.values() for cell in row.items() if cell[1] is not None]
        problems = (self._refuse(column, value) for column, value in cells)
        return next(filter(None, problems), "")

    def _refuse(self, column: object, value: object) -> str:
        if not isinstance(column, str) or column not in self.columns:
            return "course.not_an_item"
        allowed = self.columns[column]
        if not self._numeric(column):
            known = isinstance(value, str) and value in allowed
            return "" if known else "course.not_an_option"
        if not is_number(value):
            return "course.not_a_number"
        return "" if allowed[0] <= value <= allowed[1] else "course.out_of_range"

    def judge(self, answer: Cells) -> Verdict:
        """Look at the whole first, then count the cells that are right."""
        entries, due = self._entries(answer), self._entries(self.right)
        wrong = [cell for cell, value in due.items() if entries[cell] != value]
        whole = judged(self.requirements, answer) if not self._left(answer) else Verdict(1.0)
        parts = len(due) + len(self.requirements)
        met = len(due) - len(wrong) + whole.score * len(self.requirements)
        if whole.score < ALL:
            fatal = any(r.fatal for r in self.requirements if r.name == whole.misconception)
            return Verdict(0.0 if fatal else met / parts, whole.misconception, facts=whole.facts)
        remark = "incomplete" if self._left(answer) else "slip"
        facts = self._facts(answer, wrong)
        return Verdict(met / parts, shown(self._traps, entries), remark, facts)

    def _left(self, answer: Cells) -> int:
        return sum(
            answer.get(case, {}).get(column) is None
            for case in self.cases
            for column in self.columns
        )

    def _facts(self, answer: Cells, wrong: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
        total = len(self.cases) * len(self.columns)
        facts: dict[str, Any] = {
            "right": total - len(wrong), "total": total, "left": self._left(answer),
            "case": "", "column": "", "given": "", "due": "",
        }  # fmt: skip
        for case, column in wrong[:1]:
            facts |= dict(self.about.get(case, {})) | {
                "case": self.named(case),
                "column": self.titled(column),
                "given": self.valued(column, answer.get(case, {}).get(column)),
                "due": self.valued(column, self.right[case][column]),
            }
        return facts

    def wrong_answers(self) -> Iterator[tuple[str, Any]]:
        """Yield the table of each wrong idea."""
        yield from ((each.name, each.example) for each in self.requirements)
        yield from ((name, self._whole(cells)) for name, cells in self.wrong.items())

    def guess(self, rng: np.random.Generator) -> dict[str, dict[str, Any]]:
        """Return any value for every cell."""
        return {
            case: {
                column: float(round(rng.uniform(*allowed)))
                if self._numeric(column)
                else str(rng.choice(allowed))
                for column, allowed in self.columns.items()
            }
            for case in self.cases
        }

    def form(self) -> Form:
        """Return the cases and the columns with their options or bounds."""
        return Form(
            self.kind,
            rows=tuple(Row(case, self.named(case)) for case in self.cases),
            fields=tuple(self._field(column) for column in self.columns),
        )

    def _field(self, column: str) -> Field:
        title, allowed = self.titled(column), self.columns[column]
        if self._numeric(column):
            unit = self.label("", f"{column}.unit")
            return Field(column, title, unit=unit, lowest=allowed[0], highest=allowed[1])
        return Field(column, title, tuple(Option(o, self.valued(column, o)) for o in allowed))

    def worked(self) -> Table:
        """Return the right table."""
        heads = tuple(self.titled(column) for column in self.columns)
        rows = (
            (self.named(case), *(self.valued(c, self.right[case][c]) for c in self.columns))
            for case in self.cases
        )
        return Table(("", *heads), tuple(rows))

    def named(self, case: str) -> str:
        """Return what people read for a case."""
        return self.label(case, f"case.{case}", "case", **self.about.get(case, {}))

    def titled(self, column: str) -> str:
        """Return what people read above a column."""
        return self.label(column, f"{column}.title")

    def valued(self, column: str, value: Any) -> str:
        """Return what people read for a value of a column."""
        if value is None:
            return ""
        if self._numeric(column):
            return f"{value:g}"
        return self.label(value, f"{column}.{value}")
