"""The role-play on the screen: bubbles, the client's mood, the figures at hand."""

from collections.abc import Callable
from functools import cache, partial
from html import escape
from importlib.resources import files
from typing import Any

import ipywidgets as widgets

from crmkit.book.book import ClientBook
from crmkit.course.dialogue import (
    Scene,
    choose,
    feedback,
    open_dialogue,
    say,
    verdict,
)
from crmkit.course.figures import MONEY, RATES
from crmkit.course.scripts import dialogues
from crmkit.errors import CrmkitError
from crmkit.widgets.panel import Panel
from crmkit.widgets.safety import in_a_sentence
from crmkit.widgets.style import paragraph, table
from crmkit.words import t

#: Colours of a mood, from this much on.
MOODS = ((60, "#00704F"), (30, "#9A5B00"), (0, "#A83F00"))


class Conversation(Panel):
    """A conversation with a client of the learner's own book.

    Every control is a button, a list or a text field, so Tab, the arrow keys and Enter are
    enough.

    Parameters
    ----------
    book : ClientBook
        Made up, never a real one: the client's figures are on the screen.
    seed : int
    name : str
        The conversation to begin with.
    """

    def __init__(self, book: ClientBook, seed: int, name: str = "o01") -> None:
        self.book, self.seed = book, seed
        titles = [(dialogue.title, key) for key, dialogue in dialogues().items()]
        self.which = widgets.Dropdown(options=titles, value=name, layout={"width": "420px"})
        self.top, self.talk, self.problem = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.at_hand = widgets.HTML()
        self.at_hand.add_class("crm-at-hand")
        self.replies = widgets.VBox()
        self.words = widgets.Text(placeholder=t("dialogue.screen.words"),
                                  layout={"width": "620px"}, continuous_update=False)  # fmt: skip
        self.send = _button(t("dialogue.screen.send"), self._guarded(self._send), "crm-main")
        self.again = _button(t("dialogue.screen.again"), self._guarded(self.begin))
        self.entry = widgets.HBox([self.words, self.send])
        self.scene = open_dialogue(name, book, seed)
        rows = [widgets.HTML(f"<style>{_css()}</style>"), self.which, self.top, self.talk,
                self.problem, self.replies, self.entry, self.at_hand, self.again]  # fmt: skip
        super().__init__("Conversation", rows, self._as_it_stands)
        self.which.observe(self._guarded(lambda _: self.begin()), "value")
        self.words.observe(self._guarded(lambda change: self._send()), "value")
        self._show()

    def begin(self) -> None:
        """Begin the chosen conversation anew."""
        self.scene = open_dialogue(self.which.value, self.book, self.seed)
        self._show()

    def choose(self, kind: str) -> None:
        """Reply with one of the options, named by its kind."""
        self.scene = choose(self.scene, kind)
        self._show()

    def say(self, words: str) -> None:
        """Reply in one's own words."""
        self.scene = say(self.scene, words)
        self._show()

    def _send(self) -> None:
        words = self.words.value.strip()
        if words and not self.scene.ending:
            self.say(words)

    def _show(self) -> None:
        scene = self.scene
        self.problem.value = ""
        self.words.value = ""
        self.top.value = _mood(scene)
        self.talk.value = _bubbles(scene)
        self.replies.children = [
            _button(text, self._guarded(partial(self.choose, kind)), "crm-reply")
            for kind, text in scene.options()
        ]
        self.entry.layout.display = "none" if scene.ending else ""
        self.at_hand.value = _at_hand(scene, self.book)

    def _guarded(self, action: Callable[..., None]) -> Callable[..., None]:
        """Return an action that ends in a sentence, should it fail, and never in a traceback."""

        def act(*event: Any) -> None:
            try:
                action(*event)
            except CrmkitError as error:
                self.problem.value = paragraph(str(error))
            except Exception as error:
                self.problem.value = paragraph(in_a_sentence(error))

        return act

    def _as_it_stands(self) -> str:
        options = "".join(f"<li>{escape(text)}</li>" for _, text in self.scene.options())
        parts = [f"<style>{_css()}</style>", self.top.value, self.talk.value, f"<ul>{options}</ul>"]
        return "".join([*parts, self.at_hand.value])


def _button(text: str, action: Callable[[], None], kind: str = "") -> widgets.Button:
    button = widgets.Button(description=text, tooltip=text)
    button.add_class("crm-button")
    if kind:
        button.add_class(kind)
    button.on_click(lambda _: action())
    return button


def _mood(scene: Scene) -> str:
    """Return the turn and the mood, in words and as a bar."""
    turns = len(scene.dialogue.turns)
    turn = min(len(scene.replies) + 1, turns)
    colour = next(colour for least, colour in MOODS if scene.mood >= least)
    said = " · ".join(
        [t("dialogue.screen.turn", turn=turn, turns=turns),
         t("dialogue.screen.mood", mood=scene.mood)]
    )  # fmt: skip
    bar = f'<div class="crm-mood"><span style="width:{scene.mood}%;background:{colour}"></span>'
    return paragraph(said) + bar + "</div>"


def _bubbles(scene: Scene) -> str:
    """Return the conversation up to now; live, so that screen readers hear what is new."""
    said = []
    for place, (client, reply) in enumerate(zip(scene.heard(), scene.replies, strict=False)):
        said += [_bubble("client", client), _bubble("you", reply.text), _coach(scene, place)]
    if scene.ending:
        stop = " crm-stop" if scene.ending == "stopped" else ""
        said.append(_bubble("coach", verdict(scene), stop))
    else:
        said.append(_bubble("client", scene.client_says))
    return f'<div class="crm-talk" role="log" aria-live="polite">{"".join(said)}</div>'


def _coach(scene: Scene, place: int) -> str:
    reply = scene.replies[place]
    said = [feedback(scene, place)]
    if reply.earned:
        marks = t("words.comma").join(t(f"dialogue.mark.{mark}") for mark in reply.earned)
        said.insert(0, t("dialogue.screen.earned", marks=marks))
    if reply.missing or reply.breach:
        said.append(t("dialogue.screen.better", text=scene.better(place)))
    return _bubble("coach", "\n".join(said), " crm-stop" if reply.breach else "")


def _bubble(who: str, text: str, more: str = "") -> str:
    body = "<br>".join(escape(line) for line in text.split("\n"))
    name = escape(t(f"dialogue.screen.{who}"))
    return f'<div class="crm-bubble crm-says-{who}{more}"><b>{name}</b>{body}</div>'


def _at_hand(scene: Scene, book: ClientBook) -> str:
    """Return the client's figures and what is not certain about the rules behind them."""
    slots = scene.figures.slots()
    rows = [(t(f"dialogue.figure.{name}"), slots[name] + ("‰" if name in RATES else ""))
            for name in (*RATES, *MONEY, "visits")]  # fmt: skip
    notes = "".join(paragraph(note) for note in scene.notes(book.as_of))
    return table([t("dialogue.screen.figures"), ""], rows) + notes


@cache
def _css() -> str:
    return files("crmkit").joinpath("data/conversation.css").read_text(encoding="utf-8")
