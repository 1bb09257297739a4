"""The line at the top of a page: how far along its questions the learner is."""

from html import escape

from crmkit.course import Outcome, Unit
from crmkit.widgets.board import Board
from crmkit.widgets.panel import Panel
from crmkit.words import t

#: How a question stands, and its sign; what is right is not told before it was checked.
STATES = {"right": "●", "tried": "◐", "begun": "◌", "open": "○"}


class Strip(Panel):
    """A sign for every question of a page, each a way to it, and a button to go on.

    Parameters
    ----------
    text : str
        HTML to stand above it.
    unit : Unit, optional
        Whose questions they are.
    """

    def __init__(self, text: str, unit: Unit | None = None) -> None:
        self.unit, self.text = unit, text
        self.states: dict[str, str] = {}
        self.board = Board(self._html, lambda _: None)
        name = f"Lesson({unit.name})" if unit else "Course()"
        super().__init__(name, [self.board.view], lambda: text)
        self.view.remove_class("crm-panel")
        self.view.add_class("crm-top")

    def add(self, question: str) -> None:
        """Take a question of the page up, after those there are."""
        if self.unit:
            self.states[question] = state(self.unit, question)
            self.board.redraw()

    def update(self, question: str) -> None:
        """Look again at how a question stands."""
        now = state(self.unit, question) if self.unit else "open"
        if self.states.get(question, now) != now:
            self.states[question] = now
            self.board.redraw()

    def next(self) -> str:
        """Return the first question that is not right yet; nothing when all are."""
        return next((name for name, now in self.states.items() if now != "right"), "")

    def _html(self) -> str:
        return f"{self.text}{self._line() if self.states else ''}"

    def _line(self) -> str:
        signs = "".join(
            _sign(number, name, now) for number, (name, now) in enumerate(self.states.items(), 1)
        )
        right = sum(now == "right" for now in self.states.values())
        said = t("widgets.strip", right=right, all=len(self.states))
        here = self.next()
        label = escape(t("widgets.strip_next" if here else "widgets.strip_done"))
        go = (
            f'<button type="button" data-goto="{here}" class="crm-go">{label} ↓</button>'
            if here
            else f'<span class="crm-go-done">✓ {label}</span>'
        )
        return (
            f'<nav class="crm-strip"><span class="crm-signs">{signs}</span>'
            f"<span>{escape(said)}</span>{go}</nav>"
        )


def _sign(number: int, name: str, now: str) -> str:
    label = escape(
        t("widgets.strip_dot", number=number, outcome=t(f"widgets.state.{now}")), quote=True
    )
    return (
        f'<button type="button" data-goto="{name}" class="crm-state crm-{now}"'
        f' aria-label="{label}" title="{label}">{STATES[now]}</button>'
    )


def state(unit: Unit, question: str) -> str:
    """Return how a question stands: right, tried, begun or open.

    Right is what was right when it was checked; passing on other figures counts for good.
    """
    kept = unit.entry(question)
    if any(kept.passes):
        return "right"
    if kept.tries:
        return "right" if unit.mark(question).outcome is Outcome.CORRECT else "tried"
    return "begun" if kept.answer is not None else "open"
