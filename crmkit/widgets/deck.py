"""The daily three minutes: questions missed before come back on new figures."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets as widgets

from crmkit.course import Outcome, Sheet, Unit, deck, mark, next_due, open_unit
from crmkit.course.overview import unit_of
from crmkit.errors import CrmkitError
from crmkit.widgets.days import day_name
from crmkit.widgets.entries import entry
from crmkit.widgets.panel import Panel
from crmkit.widgets.safety import in_a_sentence
from crmkit.widgets.style import feedback, paragraph
from crmkit.words import t


class Deck(Panel):
    """Today's cards, one at a time.

    Parameters
    ----------
    sheet : Sheet
    today : date
    """

    def __init__(self, sheet: Sheet, today: date) -> None:
        self.sheet, self.today = sheet, today
        self.waiting = [name for name in deck(sheet.cards, today) if unit_of(name)]
        self.all = len(self.waiting)
        self.units: dict[str, Unit] = {}
        self.answer: Any = None
        self.said, self.told = widgets.HTML(), widgets.HTML()
        self.place = widgets.VBox()
        self.begin_button = self._button("widgets.deck.begin", self.begin)
        self.check_button = self._button("widgets.check", self.check)
        self.next_button = self._button("widgets.deck.next", self.next)
        self.buttons = widgets.HBox()
        rows = [self.said, self.place, self.buttons, self.told]
        super().__init__("Deck()", rows, lambda: str(self.said.value))
        self._stand_by()

    def begin(self) -> None:
        """Show the first card."""
        self.next()

    def next(self) -> None:
        """Show the card that is on top."""
        self.told.value, self.answer = "", None
        if not self.waiting:
            self._stand_by()
            return
        name = self.waiting[0]
        question = self._unit(name).card(name)
        number = self.all - len(self.waiting) + 1
        head = paragraph(t("widgets.deck.card", number=number, all=self.all), "crm-saved")
        self.said.value = head + paragraph(question.say("prompt"), "crm-prompt")
        self.place.children = [entry(question, self._enter).view]
        self.buttons.children = [self.check_button]

    def check(self) -> None:
        """Mark the answer; a blank one stays on the table."""
        name = self.waiting[0]
        result = mark(self._unit(name).card(name), self.answer)
        if result.outcome in (Outcome.NOT_ATTEMPTED, Outcome.INVALID):
            self.told.value = feedback(result)
            return
        self._unit(name).check_card(name, self.answer, self.today)
        self.told.value = feedback(result)
        self.waiting = self.waiting[1:]
        self.buttons.children = [self.next_button]

    def _enter(self, answer: object) -> None:
        self.answer = answer

    def _unit(self, question: str) -> Unit:
        name = unit_of(question)
        if name not in self.units:
            self.units[name] = open_unit(name, sheet=self.sheet)
        return self.units[name]

    def _stand_by(self) -> None:
        """Show how many cards there are, or when the next ones come."""
        self.place.children = []
        if self.waiting:
            self.said.value = paragraph(t("widgets.deck.due", count=self.all))
            self.buttons.children = [self.begin_button]
            return
        self.buttons.children = []
        coming = next_due(self.sheet.cards)
        key = "done" if self.all else "none"
        lines = [t(f"widgets.deck.{key}")]
        if coming and coming > self.today:
            lines.append(t("widgets.deck.coming", day=day_name(coming)))
        self.said.value = "".join(map(paragraph, lines))

    def _button(self, key: str, action: Callable[[], None]) -> widgets.Button:
        button = widgets.Button(description=t(key))
        button.add_class("crm-button")
        button.add_class("crm-main")
        button.on_click(lambda _: self._guarded(action))
        return button

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except CrmkitError as error:
            self.told.value = paragraph(t("widgets.unsaved", why=error))
        except Exception as error:
            self.told.value = paragraph(in_a_sentence(error))
