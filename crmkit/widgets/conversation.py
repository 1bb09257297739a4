"""The role-play on the page: free with any book, in rehearsal, and as a worked example."""

from typing import TYPE_CHECKING

import ipywidgets as widgets

from crmkit.book.book import ClientBook
from crmkit.course import Outcome, Unit
from crmkit.course.dialogue import begin
from crmkit.course.figures import figures_of
from crmkit.course.roleplay import RolePlay
from crmkit.course.scripts import dialogues, objections
from crmkit.widgets.exercise import Exercise
from crmkit.widgets.panel import Panel
from crmkit.widgets.still import Still
from crmkit.widgets.style import paragraph, table
from crmkit.widgets.talk import Talk, transcript_of
from crmkit.words import t

if TYPE_CHECKING:
    from crmkit.course.dialogue import Scene

#: What stands before a conversation in the list: won, begun, not begun.
SIGNS = {Outcome.CORRECT: "✓ ", Outcome.NOT_ATTEMPTED: ""}


class Conversation(Panel):
    """A conversation with a client of a book, of which nothing is kept.

    Parameters
    ----------
    book : ClientBook
        Made up, never a real one: the client's figures are on the screen.
    seed : int
    name : str
        The conversation to begin with.
    """

    def __init__(self, book: ClientBook, seed: int, name: str = "o01") -> None:
        self.book, self.seed, self._known = book, seed, figures_of(book)
        titles = [(dialogues()[key].title, key) for key in objections()]
        self.which = widgets.Dropdown(options=titles, value=name, layout={"width": "420px"})
        self.talk = self._open()
        self._place = widgets.Box([self.talk.view])
        super().__init__("Conversation", [self.which, self._place], lambda: self.talk.still())
        self.which.observe(lambda _: self._change(), "value")

    def _open(self) -> Talk:
        dialogue = dialogues()[self.which.value]
        scene = begin(dialogue, self._known, self.seed, self.book.as_of)
        return Talk(scene, lambda _: None)

    def _change(self) -> None:
        self.talk = self._open()
        self._place.children = [self.talk.view]


class Rehearsal(Panel):
    """The conversations of a unit, one at a time; each is saved and marked by itself.

    Parameters
    ----------
    unit : Unit
    begins : str
        What the ids of the conversations begin with: ``"l06-o"``.
    """

    def __init__(self, unit: Unit, begins: str) -> None:
        self.unit = unit
        self.names = [name for name in unit.questions if name.startswith(begins)]
        self.which = widgets.Dropdown(layout={"width": "420px"}, description=t("roleplay.which"),
                                      style={"description_width": "initial"})  # fmt: skip
        self.tally = widgets.HTML()
        self._place = widgets.Box()
        self._list()
        self.which.value = next(filter(self._open, self.names), self.names[0])
        self.exercise = self._asked()
        super().__init__(f"Rehearsal({begins})", [self.which, self.tally, self._place],
                         self._as_it_stands)  # fmt: skip
        self.which.observe(lambda _: self._change(), "value")

    def _open(self, name: str) -> bool:
        return self.unit.mark(name).outcome is not Outcome.CORRECT

    def _list(self) -> None:
        """Show each conversation with how it stands; the one on the screen stays."""
        chosen = self.which.value
        self._listing = True
        self.which.options = [(self._title(name), name) for name in self.names]
        self.which.value = chosen or self.names[0]
        self._listing = False
        won = len(self.names) - sum(map(self._open, self.names))
        self.tally.value = paragraph(t("roleplay.tally", won=won, all=len(self.names)))

    def _title(self, name: str) -> str:
        question = self.unit.question(name)
        assert isinstance(question, RolePlay)
        sign = SIGNS.get(self.unit.mark(name).outcome, "… ")
        return sign + question.scene.dialogue.title

    def _asked(self) -> Exercise:
        exercise = Exercise(self.unit, self.which.value, moved=self._list)
        self._place.children = [exercise.view]
        return exercise

    def _change(self) -> None:
        if not self._listing:
            self.exercise = self._asked()

    def _as_it_stands(self) -> str:
        titles = ((self._title(name),) for name in self.names)
        return f"{self.tally.value}{table([t('roleplay.which')], titles)}"


def spoken(scene: "Scene") -> Still:
    """Return a conversation to read, with what each reply earned and why."""
    return Still("Transcript", transcript_of(scene))
