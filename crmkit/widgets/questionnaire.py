"""The risk questionnaire: a client's answers, and the level they come to at once."""

from collections.abc import Mapping
from datetime import date
from html import escape
from itertools import groupby

from crmkit.conduct.suitability import LEVELS, Item, assess, questionnaire
from crmkit.widgets.board import Board, pick
from crmkit.widgets.panel import Panel
from crmkit.words import t


class Questionnaire(Panel):
    """The practice questionnaire, answered item by item.

    Parameters
    ----------
    on : date
        The day of the answers; a level is valid from then on for a time the rules set.
    answers : mapping of str to str, optional
        What has been answered already.
    """

    def __init__(self, on: date, answers: Mapping[str, str] | None = None) -> None:
        self.on = on
        self.answers = dict(answers or {})
        self.board = Board(self._html, self._picked)
        super().__init__(
            f"Questionnaire({len(questionnaire())})", [self.board.view], lambda: self.board.html
        )

    def _picked(self, word: str) -> None:
        item, _, option = word.partition("=")
        if option:
            self.answers[item] = option
        elif word == "clear":
            self.answers.clear()

    def _html(self) -> str:
        parts = [
            f"<section><h5>{escape(t(f'instruments.risk.part.{part}'))}</h5>"
            + "".join(self._item(item) for item in items)
            + "</section>"
            for part, items in groupby(questionnaire(), key=lambda item: item.part)
        ]
        return (
            f'<div class="crm-risk"><div>{"".join(parts)}</div>'
            f'<aside aria-live="polite">{self._result()}</aside></div>'
        )

    def _item(self, item: Item) -> str:
        chosen = self.answers.get(item.id)
        options = "".join(
            pick(f"{item.id}={option.id}", escape(option.text), "crm-option",
                 pressed=option.id == chosen)
            for option in item.options
        )  # fmt: skip
        text = escape(item.text)
        return f'<div class="crm-item"><p>{text}</p><div data-arrows>{options}</div></div>'

    def _result(self) -> str:
        left = len(questionnaire()) - len(self.answers)
        clear = pick("clear", escape(t("instruments.risk.clear")), "crm-small")
        if left:
            scale = _scale("")
            said = t("instruments.risk.left", left=left)
            return f"{scale}<p>{escape(said)}</p>{clear if self.answers else ''}"
        found = assess(self.answers, self.on)
        lines = [
            t("instruments.risk.score", score=found.score),
            t("instruments.risk.valid", until=found.valid_until),
            t("instruments.risk.change"),
        ]
        if found.lowest:
            lines.insert(1, t("instruments.risk.lowest"))
        text = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"{_scale(found.level)}{text}{clear}"


def _scale(level: str) -> str:
    steps = "".join(
        f'<span class="{"crm-on" if step == level else ""}">{step}</span>' for step in LEVELS
    )
    said = t("instruments.risk.level", level=level) if level else t("instruments.risk.none")
    ends = (t(f"instruments.risk.{end}") for end in ("careful", "daring"))
    names = "".join(f"<i>{escape(end)}</i>" for end in ends)
    return (
        f"<b>{escape(said)}</b>"
        f'<div class="crm-scale">{steps}</div><div class="crm-scale-ends">{names}</div>'
    )
