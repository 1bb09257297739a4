"""A conversation on the screen: bubbles, the client's mood, the figures at hand."""

from asyncio import get_running_loop
from collections.abc import Callable, Mapping
from functools import cache, partial
from html import escape
from importlib.resources import files
from time import monotonic
from typing import Any

import ipywidgets as widgets

from crmkit.course.dialogue import Scene, choose, feedback, say, verdict
from crmkit.course.figures import MONEY, RATES
from crmkit.errors import CrmkitError
from crmkit.widgets.safety import in_a_sentence
from crmkit.widgets.style import paragraph, table
from crmkit.words import t

#: Colours of a mood, from this much on.
MOODS = ((60, "#00704F"), (30, "#9A5B00"), (0, "#A83F00"))
#: A second press within so many seconds is the same press: no key held down, and no double
#: click, answers two turns.
TWICE = 0.5
#: How long to wait, in seconds, for the last letters typed before Enter.
LAST_LETTERS = 0.3


class Talk:
    """One conversation, with a button for each reply and a field for one's own words.

    The same four buttons serve every turn, so the keyboard's focus stays where it is; Tab,
    Enter and the space bar are enough.

    Parameters
    ----------
    scene : Scene
        Where it begins.
    said : callable
        Hears of the conversation after every reply, and when it begins anew.
    """

    def __init__(self, scene: Scene, said: Callable[[Scene], None]) -> None:
        self.beginning = self.scene = scene
        self._said = said
        self._pressed_at = float("-inf")
        self._sending = False
        self.top, self.talk, self.problem = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.at_hand = widgets.HTML(_at_hand(scene))
        self.buttons = [_button("", self._guarded(partial(self._press, n)), "crm-reply")
                        for n in range(4)]  # fmt: skip
        self.words = widgets.Text(placeholder=t("dialogue.screen.words"), continuous_update=False,
                                  layout={"flex": "1 1 auto", "width": "auto"})  # fmt: skip
        self.send = _button(t("dialogue.screen.send"), self._send_soon, "crm-main")
        self.again = _button(t("dialogue.screen.again"), self._guarded(self.begin))
        self.entry = widgets.HBox([self.words, self.send])
        self.replies = widgets.VBox(self.buttons)
        self.words.observe(lambda _: self._send() if self._sending else None, "value")
        self.words.on_msg(lambda _, event, __: self._entered(event))
        self.view = self._laid_out()
        self._show()

    def begin(self) -> None:
        """Begin anew."""
        self._move(self.beginning)
        self.buttons[0].focus()

    def choose(self, kind: str) -> None:
        """Reply with one of the options, named by its kind."""
        self._move(choose(self.scene, kind))

    def say(self, words: str) -> None:
        """Reply in one's own words."""
        scene = say(self.scene, words)
        self.words.value = ""
        self._move(scene)

    def show(self, scene: Scene) -> None:
        """Put a conversation on the screen as it was left."""
        self.scene = scene
        self._show()

    def still(self) -> str:
        """Return what there is to see when nothing runs."""
        options = "".join(f"<li>{escape(text)}</li>" for _, text in self.scene.options())
        parts = [f"<style>{css()}</style>", self.top.value, bubbles(self.scene)]
        return "".join([*parts, f"<ul>{options}</ul>" if options else "", self.at_hand.value])

    def _laid_out(self) -> widgets.Widget:
        self.at_hand.add_class("crm-at-hand")
        style = widgets.HTML(f"<style>{css()}</style>", layout={"display": "none"})
        rows = [style, self.top, self.talk, self.problem, self.replies, self.entry, self.again]
        left = widgets.VBox(rows)
        left.add_class("crm-talking")
        both = widgets.Box([left, self.at_hand])
        both.add_class("crm-conversation")
        return both

    def _move(self, scene: Scene) -> None:
        self.scene = scene
        self._said(scene)
        self._show()
        if scene.ending:
            self.again.focus()

    def _show(self) -> None:
        scene = self.scene
        self.problem.value = ""
        self.top.value = _mood(scene)
        self.talk.value = f'<div class="crm-scroll" tabindex="0">{bubbles(scene)}</div>'
        for button, (_, text) in zip(self.buttons, scene.options(), strict=False):
            button.description = text
        over = bool(scene.ending)
        for part in (self.replies, self.entry):
            part.layout.display = "none" if over else ""
        self.again.layout.display = "none" if scene == self.beginning else ""

    def _press(self, place: int) -> None:
        """Reply with the option on a button, unless it is the last press over again."""
        if monotonic() - self._pressed_at > TWICE and not self.scene.ending:
            self.choose(self.scene.options()[place][0])
        self._pressed_at = monotonic()

    def _entered(self, event: Mapping[str, Any]) -> None:
        if event.get("event") == "submit":
            self._send_soon()

    def _send_soon(self) -> None:
        """Send what is in the field; what was typed last may still be on its way."""
        self._sending = True
        try:
            get_running_loop().call_later(LAST_LETTERS, self._send)
        except RuntimeError:
            self._send()

    def _send(self) -> None:
        words = self.words.value.strip()
        if self._sending and words and not self.scene.ending:
            self._sending = False
            self._guarded(partial(self.say, words))()
        self._sending = False

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


def transcript_of(scene: Scene) -> str:
    """Return a conversation, with what was earned and why, as a still picture."""
    return f"<style>{css()}</style>{bubbles(scene)}"


def _button(text: str, action: Callable[[], None], kind: str = "") -> widgets.Button:
    button = widgets.Button(description=text)
    button.add_class("crm-button")
    if kind:
        button.add_class(kind)
    button.on_click(lambda _: action())
    return button


def _mood(scene: Scene) -> str:
    """Return the turn and the mood, in words and as a bar."""
    turns = len(scene.dialogue.turns)
    turn = len(scene.replies) + (not scene.ending)
    colour = next(colour for least, colour in MOODS if scene.mood >= least)
    said = " · ".join(
        [scene.dialogue.title, t("dialogue.screen.turn", turn=turn, turns=turns),
         t("dialogue.screen.mood", mood=scene.mood)]
    )  # fmt: skip
    bar = f'<div class="crm-mood"><span style="width:{scene.mood}%;background:{colour}"></span>'
    return paragraph(said, "crm-who") + bar + "</div>"


def bubbles(scene: Scene) -> str:
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


def _at_hand(scene: Scene) -> str:
    """Return the client's figures and what is not certain about the rules behind them."""
    slots = scene.figures.slots()
    rows = [(t(f"dialogue.figure.{name}"), slots[name] + ("‰" if name in RATES else ""))
            for name in (*RATES, *MONEY, "visits")]  # fmt: skip
    notes = "".join(paragraph(note) for note in scene.notes())
    return table([t("dialogue.screen.figures"), ""], rows) + notes


@cache
def css() -> str:
    """Return the style sheet of conversations."""
    return files("crmkit").joinpath("data/conversation.css").read_text(encoding="utf-8")
