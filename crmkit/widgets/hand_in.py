"""Handing in: one file with all that a learner did, for the trainer."""

from html import escape

from crmkit.course import Sheet
from crmkit.errors import CrmkitError
from crmkit.widgets.board import Board, pick
from crmkit.widgets.panel import Panel
from crmkit.widgets.safety import in_a_sentence
from crmkit.words import t


class HandIn(Panel):
    """A button that writes the file to hand in and says where it is.

    Parameters
    ----------
    sheet : Sheet
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.said = ""
        self.board = Board(self._html, self._picked)
        super().__init__("HandIn()", [self.board.view], lambda: self.board.html)

    def _picked(self, word: str) -> None:
        if word == "write":
            self.said = self._written()

    def _written(self) -> str:
        try:
            return t("course.handed_in", file=self.sheet.hand_in())
        except CrmkitError as error:
            return str(error)
        except Exception as error:
            return in_a_sentence(error)

    def _html(self) -> str:
        button = pick("write", escape(t("widgets.hand_in")), "crm-small")
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.said.splitlines())
        return f'{button}<div role="status">{lines}</div>'
