"""Items that each get an option: a table, numbered sentences, or cards to sort."""

from collections.abc import Mapping
from html import escape

from crmkit.course.questions import Question
from crmkit.plots import TIER_COLOURS
from crmkit.widgets.board import Board, pick
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.widgets.sorter import Sorter
from crmkit.widgets.style import paragraph
from crmkit.words import t

#: From so many items without figures on, they are cards to sort.
CARDS = 6
#: Longest label of a box, in half-width characters.
SHORT = 24
#: Most that stands on all buttons of a line together: beside figures, and beside a sentence.
LINE_WITH_FIGURES, LINE = 24, 60


def assign(question: Question, changed: Changed) -> Entry:
    """Return cards to sort where there are many without figures, else a table."""
    form = question.form()
    short = all(_width(option.label) <= SHORT for option in form.options)
    if not form.headings and len(form.rows) >= CARDS and len(form.options) <= 6 and short:
        return _cards(question, changed)
    return _table(Assignment(question, changed))


def matching(question: Question, changed: Changed) -> Entry:
    """Return a table in which no option stands twice."""
    return _table(Assignment(question, changed, once=True))


def _table(table: "Assignment") -> Entry:
    return Entry(
        table.board.view, table.show, lambda: dict(table.chosen), lambda: table.board.html, table
    )


def _cards(question: Question, changed: Changed) -> Entry:
    form = question.form()
    sorter = Sorter(
        {row.name: paragraph(row.label) for row in form.rows},
        {option.name: option.label for option in form.options},
        changed,
    )
    still = "".join(f"<li>{escape(row.label)}</li>" for row in form.rows)
    boxes = t("words.comma").join(option.label for option in form.options)
    return Entry(
        sorter.view,
        sorter.show,
        lambda: dict(sorter.lies),
        lambda: f"{paragraph(boxes)}<ol>{still}</ol>",
        sorter,
    )


class Assignment:
    """A line per item, a button per option.

    Parameters
    ----------
    question : Question
    changed : callable
    once : bool
        Whether an option given to one item is taken from any other.
    """

    def __init__(self, question: Question, changed: Changed, once: bool = False) -> None:
        self.question, self.changed, self.once = question, changed, once
        self.form = question.form()
        self.chosen: dict[str, str] = {}
        self.board = Board(self._html, self._picked)

    def show(self, answer: Mapping[str, str]) -> None:
        """Show who has what."""
        items = {row.name for row in self.form.rows}
        self.chosen = {item: option for item, option in answer.items() if item in items and option}
        self.board.redraw()

    def _picked(self, word: str) -> None:
        item, _, option = word.rpartition("=")
        known = item in {row.name for row in self.form.rows}
        if not known or option not in {each.name for each in self.form.options}:
            return
        if self.once:
            self.chosen = {i: o for i, o in self.chosen.items() if o != option}
        self.chosen[item] = option
        self.changed(dict(self.chosen))

    def _labels(self) -> dict[str, str]:
        """Return what stands on the buttons: the options, or numbers for long ones."""
        labels = {option.name: option.label for option in self.form.options}
        room = LINE_WITH_FIGURES if self.form.headings else LINE
        if sum(map(_width, labels.values())) <= room:
            return labels
        return {name: chr(ord("①") + place) for place, name in enumerate(labels)}

    def _html(self) -> str:
        labels = self._labels()
        numbered = any(labels[option.name] != option.label for option in self.form.options)
        lines = "".join(self._line(row.name, labels, numbered) for row in self.form.rows)
        return (
            self._options(labels) if numbered else ""
        ) + f'<table class="crm-assign">{self._head()}<tbody>{lines}</tbody></table>'

    def _options(self, labels: Mapping[str, str]) -> str:
        lines = (
            f"<li><b>{labels[option.name]}</b><span> {escape(option.label)}</span></li>"
            for option in self.form.options
        )
        return f'<ul class="crm-options">{"".join(lines)}</ul>'

    def _head(self) -> str:
        if not self.form.headings:
            return ""
        heads = "".join(f"<th>{escape(head)}</th>" for head in self.form.headings)
        has = self.question.has("column.answer")
        answer = self.question.say("column.answer") if has else t("widgets.tier")
        return f"<thead><tr>{heads}<th>{escape(answer)}</th></tr></thead>"

    def _line(self, item: str, labels: Mapping[str, str], numbered: bool) -> str:
        row = next(row for row in self.form.rows if row.name == item)
        cells = row.cells or (row.label,)
        said = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        chosen = self.chosen.get(item)
        taken = set(self.chosen.values()) if self.once else set()
        buttons = "".join(
            pick(f"{item}={name}", escape(label),
                 "crm-give" + _colour(name) + (" crm-taken" if name in taken else ""),
                 pressed=name == chosen, label=f"{cells[0]}: {self._called(name)}")
            for name, label in labels.items()
        )  # fmt: skip
        beside = self._called(chosen) if chosen else t("widgets.not_chosen")
        note = f'<small class="crm-chosen">{escape(beside)}</small>' if numbered else ""
        return f'<tr class="crm-line">{said}<td data-arrows>{buttons}{note}</td></tr>'

    def _called(self, name: str) -> str:
        return next(option.label for option in self.form.options if option.name == name)


def _width(text: str) -> int:
    """Return how wide a text is, in half-width characters.

    >>> _width("新客户"), _width("new")
    (6, 3)
    """
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _colour(option: str) -> str:
    return f" crm-tier-{option}" if option in TIER_COLOURS else ""
