"""Putting items in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any, ClassVar

import numpy as np

from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form, Row, Table
from crmkit.course.questions.traps import Trap, shown, tell_apart


@dataclass(frozen=True, kw_only=True)
class Ranking(Question):
    """Items in their right order: whom to call first, which step comes next.

    The answer lists every item once. The score is Kendall's tau where it is positive: pairs
    in the right order less pairs in the wrong one, as a share of all pairs, so that a chance
    order earns nothing on average and the reverse earns nothing at all.

    Attributes
    ----------
    items : tuple of str
        In the order first shown, which must not be the right one.
    right : tuple of str
    wrong : mapping of str to tuple of str
        The order that each wrong idea leads to; pairs tell the ideas apart.
    about : mapping of str to mapping
        What is known about each item.
    columns, steps : tuple of str
        As for tables: sentences ``column.<name>`` and ``cell.<name>``; without them an item
        is called by ``item.<name>`` or ``item``.

    A wrong order that shows no idea is told ``slip``; sentences may use ``first`` and
    ``second``, two neighbours of which the first belongs before the second and stands behind
    it, and ``pairs``, how many pairs stand the wrong way round.

    Examples
    --------
    >>> asked = Ranking(id="e04a-q1", room="l04", items=("b", "a", "c"), right=("a", "b", "c"),
    ...                 wrong={"backwards": ("c", "b", "a")})
    >>> asked.judge(["a", "c", "b"]).score, asked.judge(["c", "b", "a"]).misconception
    (0.333..., 'backwards')
    """

    kind: ClassVar[str] = "ranking"

    items: tuple[str, ...]
    right: tuple[str, ...]
    wrong: Mapping[str, Sequence[str]] = field(default_factory=dict)
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def key(self) -> list[str]:
        """The right order."""
        return list(self.right)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(self.wrong)

    @cached_property
    def _traps(self) -> tuple[Trap, ...]:
        wrong = {name: [self._pairs(order)] for name, order in self.wrong.items()}
        return tell_apart(self._pairs(self.right), wrong)

    def _pairs(self, order: Sequence[str]) -> dict[tuple[str, str], bool]:
        """Return, for every pair in the right order, whether it stands that way round."""
        place = {item: number for number, item in enumerate(order)}
        return {(one, two): place[one] < place[two] for one, two in combinations(self.right, 2)}

    def is_blank(self, answer: object) -> bool:
        """Tell whether nothing has been put in order."""
        return answer == [] or super().is_blank(answer)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: a list of all items, each once."""
        count = len(self.items)
        return {
            "type": "array", "items": {"enum": list(self.items)}, "uniqueItems": True,
            "minItems": count, "maxItems": count,
        }  # fmt: skip

    def problem(self, answer: object) -> str:
        """Refuse what is no list of all the items, each once."""
        if not isinstance(answer, list):
            return "course.not_a_list"
        if not all(isinstance(item, str) and item in self.items for item in answer):
            return "course.not_an_item"
        return "" if sorted(answer) == sorted(self.items) else "course.not_an_order"

    def judge(self, answer: list[str]) -> Verdict:
        """Compare every pair, and look for the idea that explains the wrong ones."""
        pairs = self._pairs(answer)
        wrong = sum(not right for right in pairs.values())
        swapped = next(((b, a) for a, b in pairwise(answer)
                        if pairs.get((b, a)) is False), ("", ""))  # fmt: skip
        facts = {
            "pairs": wrong,
            "first": self.named(swapped[0]) if swapped[0] else "",
            "second": self.named(swapped[1]) if swapped[1] else "",
        }
        return Verdict(1 - 2 * wrong / len(pairs), shown(self._traps, pairs), "slip", facts)

    def wrong_answers(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the order of each wrong idea."""
        yield from ((name, list(order)) for name, order in self.wrong.items())

    def guess(self, rng: np.random.Generator) -> list[str]:
        """Return any order."""
        return [str(item) for item in rng.permutation(self.items)]

    def form(self) -> Form:
        """Return the items in the order first shown."""
        return Form(
            self.kind,
            rows=tuple(Row(item, self.named(item), self._cells(item, self.columns))
                       for item in self.items),
            headings=tuple(self.say(f"column.{column}") for column in self.columns),
        )  # fmt: skip

    def worked(self) -> Table:
        """Return the items in the right order, numbered."""
        columns = (*self.columns, *self.steps)
        heads = tuple(self.say(f"column.{column}") for column in columns) or ("",)
        rows = [self._cells(item, columns) or (self.named(item),) for item in self.right]
        return Table(("", *heads), tuple((str(n), *row) for n, row in enumerate(rows, 1)))

    def named(self, item: str) -> str:
        """Return what people read for an item."""
        return self.label(item, f"item.{item}", "item", **self.about.get(item, {}))

    def _cells(self, item: str, columns: tuple[str, ...]) -> tuple[str, ...]:
        about = self.about.get(item, {})
        return tuple(self.say(f"cell.{column}", **about) for column in columns)
