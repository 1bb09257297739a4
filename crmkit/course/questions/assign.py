"""Tables: every item gets an option; matching, where each option is used once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from crmkit.course.questions.base import Question, Verdict
from crmkit.course.questions.form import Form, Option, Row, Table
from crmkit.course.questions.traps import Trap, shown, tell_apart
from crmkit.words import t

Pairs = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Assign(Question):
    """Every item gets one of the options: tiers to clients, stages to cards.

    The answer maps item to option; items left out, or given ``None``, are missing. The score
    is the share of items with the right option.

    Attributes
    ----------
    items, options : tuple of str
        In the order shown.
    right : mapping of str to str
        Item to option.
    wrong : mapping of str to mapping
        The whole answer that each wrong idea leads to, worked out on the same book by the
        wrong rule; what tells the ideas apart is found by itself. Items left out are right.
    traps : tuple of Trap
        Ideas told by telltales of the author's own, before those of `wrong`.
    about : mapping of str to mapping
        What is known about each item; sentences about it may use these.
    columns, steps : tuple of str
        What to show of each item, and what the solution adds; the sentences are
        ``column.<name>`` and ``cell.<name>``. Without columns an item is called by its
        sentence ``item`` (with what is known about it), or ``item.<name>``, and an option
        by ``option.<name>``; with columns options are short and shown as they are unless
        they have a sentence.
    bank : str
        Where the items' sentences stand when several questions draw from them:
        ``<room>.<bank>.<item>``.
    slips : mapping of (str, str) to str
        Which sentence to say about an item that got the first option instead of the second.

    A wrong answer that shows no idea is told ``incomplete``, or a slip (``slip`` unless
    `slips` says more). Sentences may use ``right``, ``total``, ``left`` and ``shown``
    (counts), and of one wrong item ``given``, ``due`` and what is known about it.

    Examples
    --------
    >>> asked = Assign(
    ...     id="e01a-q1", room="l01", items=("Li", "Wu"), options=("new", "old"),
    ...     right={"Li": "new", "Wu": "old"}, wrong={"size": {"Li": "old"}})
    >>> verdict = asked.judge({"Li": "old", "Wu": "old"})
    >>> verdict.score, verdict.misconception
    (0.5, 'size')
    """

    kind: ClassVar[str] = "assign"

    items: tuple[str, ...]
    options: tuple[str, ...]
    right: Pairs
    wrong: Mapping[str, Pairs | Sequence[Pairs]] = field(default_factory=dict)
    traps: tuple[Trap, ...] = ()
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    bank: str = ""
    slips: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def key(self) -> dict[str, str]:
        """The right option of every item."""
        return dict(self.right)

    @cached_property
    def _ideas(self) -> Mapping[str, Sequence[Pairs]]:
        """The answers of each idea, whole."""
        listed = {n: [w] if isinstance(w, Mapping) else list(w) for n, w in self.wrong.items()}
        return {n: [{**self.right, **answer} for answer in w] for n, w in listed.items()}

    @cached_property
    def _traps(self) -> tuple[Trap, ...]:
        return (*self.traps, *tell_apart(self.right, self._ideas))

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The known wrong ideas."""
        return tuple(trap.name for trap in self._traps)

    def is_blank(self, answer: object) -> bool:
        """Tell whether no item has an option."""
        if isinstance(answer, dict):
            return all(option is None for option in answer.values())
        return super().is_blank(answer)

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: an object of items, each with an option or nothing."""
        option = {"enum": [*self.options, None]}
        return {
            "type": "object", "properties": dict.fromkeys(self.items, option),
            "additionalProperties": False,
        }  # fmt: skip

    def problem(self, answer: object) -> str:
        """Refuse what is no mapping, and items and options the question does not have."""
        if not isinstance(answer, dict):
            return "course.not_a_table"
        if not set(answer) <= set(self.items):
            return "course.not_an_item"
        entered = [option for option in answer.values() if option is not None]
        known = all(isinstance(option, str) and option in self.options for option in entered)
        return "" if known else "course.not_an_option"

    def judge(self, answer: Pairs) -> Verdict:
        """Count the items with the right option, and look for what explains the others."""
        wrong = [item for item in self.items if answer.get(item) != self.right[item]]
        if not wrong:
            return Verdict(1.0, facts=self._facts(answer, wrong, ""))
        idea = shown(self._traps, answer)
        missing = any(answer.get(item) is None for item in self.items)
        slip = self.slips.get((answer.get(wrong[0], ""), self.right[wrong[0]]), "slip")
        remark = "incomplete" if missing else slip
        return Verdict(
            1 - len(wrong) / len(self.items), idea, remark, self._facts(answer, wrong, idea)
        )

    def _facts(self, answer: Pairs, wrong: Sequence[str], idea: str) -> Mapping[str, Any]:
        """Return the counts and what is known about one item that is wrong."""
        trap = next((trap for trap in self._traps if trap.name == idea), None)
        mistakes = [str(item) for item in trap.shown_by(answer)] if trap else []
        example = next(
            iter([*mistakes, *[item for item in wrong if answer.get(item)], *wrong]), None
        )
        facts: dict[str, Any] = dict(self.about.get(example, {})) if example else {}
        return facts | {
            "right": len(self.items) - len(wrong),
            "total": len(self.items),
            "left": sum(answer.get(item) is None for item in self.items),
            "shown": len(mistakes),
            "given": answer.get(example) if example else None,
            "due": self.right[example] if example else None,
        }

    def wrong_answers(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the answers of each wrong idea."""
        for trap in self.traps:
            yield trap.name, {**self.right, **{str(i): o for i, o in trap.telltales.items()}}
        for name, answers in self._ideas.items():
            yield from ((name, dict(answer)) for answer in answers)

    def guess(self, rng: np.random.Generator) -> dict[str, str]:
        """Return any option for every item."""
        return {item: str(rng.choice(self.options)) for item in self.items}

    def form(self) -> Form:
        """Return the items with their cells, and the options."""
        return Form(
            self.kind,
            options=tuple(Option(o, self.called(o)) for o in self.options),
            rows=tuple(Row(item, self.named(item), self._cells(item, self.columns))
                       for item in self.items),
            headings=tuple(self.say(f"column.{column}") for column in self.columns),
        )  # fmt: skip

    def worked(self) -> Table:
        """Return the items with all their cells and the right option."""
        columns = (*self.columns, *self.steps)
        heads = tuple(self.say(f"column.{column}") for column in columns)
        head = (self.label("", "column.answer"),)
        first = () if columns else ("",)
        return Table(
            (*first, *heads, *head),
            tuple(
                (*(self._cells(item, columns) or (self.named(item),)),
                 self.called(self.right[item]))
                for item in self.items
            ),
        )  # fmt: skip

    def called(self, option: str) -> str:
        """Return what people read for an option."""
        return self.label(option, f"option.{option}")

    def named(self, item: str) -> str:
        """Return what people read for an item that has no cells."""
        if self.bank:
            return t(f"{self.room}.{self.bank}.{item}")
        return self.label(item, f"item.{item}", "item", **self.about.get(item, {}))

    def _cells(self, item: str, columns: tuple[str, ...]) -> tuple[str, ...]:
        about = self.about.get(item, {})
        return tuple(self.say(f"cell.{column}", **about) for column in columns)


@dataclass(frozen=True, kw_only=True)
class Matching(Assign):
    """Every item gets an option of its own; options may be left over.

    As :class:`Assign`, but an option used twice is refused and costs no try. Every answer in
    `wrong` must keep to that as well.
    """

    kind: ClassVar[str] = "matching"

    def problem(self, answer: object) -> str:
        """Refuse besides an option that is used twice."""
        if problem := super().problem(answer):
            return problem
        assert isinstance(answer, dict)
        used = [option for option in answer.values() if option is not None]
        return "" if len(set(used)) == len(used) else "course.used_twice"

    def guess(self, rng: np.random.Generator) -> dict[str, str]:
        """Return different options for the items."""
        drawn = rng.permutation(self.options)[: len(self.items)].tolist()
        return dict(zip(self.items, drawn, strict=True))
