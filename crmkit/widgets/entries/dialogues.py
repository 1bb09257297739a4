"""Controls for a conversation."""

from collections.abc import Mapping
from typing import Any

from crmkit.course.dialogue import Scene
from crmkit.course.roleplay import RolePlay
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.widgets.talk import Talk


def dialogue(question: RolePlay, changed: Changed) -> Entry:
    """Return the conversation; every reply is an answer, and its end is the end of it."""
    played = _Played(question, changed)
    return Entry(
        view=played.talk.view,
        show=played.show,
        answer=played.answer,
        still=played.talk.still,
        control=played.talk,
        ended=played.ended,
    )


class _Played:
    """A conversation, and the one that was won before it."""

    def __init__(self, question: RolePlay, changed: Changed) -> None:
        self.question = question
        self.won: list[Mapping[str, str]] = []
        self._changed = changed
        self.talk = Talk(question.scene, self._said)

    def show(self, answer: Mapping[str, Any]) -> None:
        self.won = answer.get("won", [])
        self.talk.show(self.question.played(answer))

    def answer(self) -> dict[str, Any]:
        begun = len(self.question.scene.replies)
        moves = [dict(reply.move) for reply in self.talk.scene.replies[begun:]]
        return {"moves": moves} | ({"won": self.won} if self.won else {})

    def ended(self) -> dict[str, Any] | None:
        return {"moves": self.answer()["moves"]} if self.talk.scene.ending else None

    def _said(self, scene: Scene) -> None:
        if scene.ending == "kept":
            self.won = self.answer()["moves"]
        self._changed(self.answer())
