"""Items to put in order: by dragging, or with the arrows beside each."""

from collections.abc import Sequence
from html import escape

from crmkit.course.questions import Form, Question
from crmkit.widgets.board import Board, pick
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.words import t


class Order:
    """Lines that can be moved up and down."""

    def __init__(self, form: Form, changed: Changed) -> None:
        self.form, self.changed = form, changed
        self.rows = {row.name: row for row in form.rows}
        self.order = list(self.rows)
        self.board = Board(self._html, self._picked)

    def show(self, answer: Sequence[str]) -> None:
        """Put the items in the order of an answer."""
        self.order = list(answer)
        self.board.redraw()

    def _picked(self, word: str) -> None:
        what, _, at = word.partition(">")
        way, _, item = what.partition(":")
        if item not in self.order:
            return
        here = self.order.index(item)
        if at in self.order:
            self._move(item, self.order.index(at))
        elif way in ("up", "down"):
            self._move(item, max(here - 1, 0) if way == "up" else here + 1)

    def _move(self, item: str, place: int) -> None:
        self.order.remove(item)
        self.order.insert(place, item)
        self.changed(list(self.order))

    def _html(self) -> str:
        heads = "".join(f"<span>{escape(head)}</span>" for head in self.form.headings)
        head = f'<li class="crm-head"><b></b><div>{heads}</div></li>' if heads else ""
        lines = "".join(self._line(place, name) for place, name in enumerate(self.order))
        how = f'<p class="crm-quiet">{escape(t("widgets.order_how"))}</p>'
        return f'{how}<ol class="crm-order" data-arrows>{head}{lines}</ol>'

    def _line(self, place: int, name: str) -> str:
        row = self.rows[name]
        cells = "".join(f"<span>{escape(cell)}</span>" for cell in row.cells or (row.label,))
        called = row.label or row.cells[0]
        up = pick(f"up:{name}", "↑", "crm-turn", disabled=place == 0,
                  label=t("widgets.move_up", item=called))  # fmt: skip
        down = pick(f"down:{name}", "↓", "crm-turn", disabled=place == len(self.order) - 1,
                    label=t("widgets.move_down", item=called))  # fmt: skip
        return (
            f'<li draggable="true" data-drag="row:{escape(name)}" data-drop="{escape(name)}">'
            f"<b>{place + 1}</b><div>{cells}</div><div>{up}{down}</div></li>"
        )


def ranking(question: Question, changed: Changed) -> Entry:
    """Return lines to put in order."""
    order = Order(question.form(), changed)
    return Entry(
        order.board.view, order.show, lambda: list(order.order), lambda: order.board.html, order
    )
