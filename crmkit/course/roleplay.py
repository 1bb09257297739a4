"""The role-play as a kind of question: the answer is the conversation, kept reply by reply."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from crmkit.course.dialogue import PASS, Reply, Scene, choose, is_courteous, replay, why_it_ends
from crmkit.course.questions import Form, Question, Table, Verdict
from crmkit.course.scripts import KINDS, Turn
from crmkit.errors import CrmkitError
from crmkit.words import glossary, t

#: Losing by courtesy alone: replies that please and say nothing.
POLITE = "polite"
#: No reply is longer, in characters.
LONGEST_REPLY = 1000


@dataclass(frozen=True, kw_only=True)
class RolePlay(Question):
    """A conversation to be won.

    The answer is a mapping: ``moves`` holds the replies of the conversation on the screen,
    ``{"option": kind}`` or ``{"text": words}``, and ``won``, where there is one, those of a
    conversation that was won, so that playing again costs nothing. Marking plays the replies
    again: a sheet earns what its replies earn. A conversation that was stopped, or that the
    client left, is worth nothing; one that convinced nobody or is not over, its share of the
    marks.

    The sentences are the same for every conversation and stand in ``words/roleplay.toml``.
    The known wrong ideas are the rules and faults that the conversation offers, and courtesy
    without content; sentences may speak of the reply that decided it (``turn``, ``said``,
    ``client``), of better ones (``better``, ``instead``), of the rule (``why``) and of the
    client's own figures.

    Attributes
    ----------
    scene : Scene
        Where the learner comes in: at the beginning, or after turns that were played for them.
    """

    kind: ClassVar[str] = "dialogue"

    room: str = "roleplay"
    scene: Scene

    @property
    def key(self) -> dict[str, Any]:
        """The good reply in every turn."""
        return {"moves": [{"option": "good"} for _ in self._turns]}

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The rules that can be broken, the faults that can be made, and courtesy alone."""
        rules = [turn.options["red"].rule for turn in self._turns]
        faults = [turn.options["bad"].fault for turn in self._turns]
        return tuple(dict.fromkeys([*rules, *faults, POLITE]))

    @property
    def _turns(self) -> tuple[Turn, ...]:
        return self.scene.dialogue.turns[len(self.scene.replies) :]

    def schema(self) -> Mapping[str, Any]:
        """Return the schema: replies chosen or written, turn by turn."""
        replies = {
            "option": {"enum": list(KINDS)},
            "text": {"type": "string", "minLength": 1, "maxLength": LONGEST_REPLY},
        }
        move = {"type": "object", "properties": replies, "minProperties": 1, "maxProperties": 1,
                "additionalProperties": False}  # fmt: skip
        moves = {"type": "array", "items": move, "maxItems": len(self._turns)}
        return {"type": "object", "properties": {"moves": moves, "won": moves},
                "required": ["moves"], "additionalProperties": False}  # fmt: skip

    def is_blank(self, answer: object) -> bool:
        """Tell whether nothing has been said."""
        if isinstance(answer, dict) and set(answer) <= {"moves", "won"}:
            return all(moves == [] for moves in answer.values())
        return super().is_blank(answer)

    def problem(self, answer: object) -> str:
        """Refuse what is no conversation, goes on after its end, or was not won as it says."""
        if not (isinstance(answer, dict) and "moves" in answer and set(answer) <= {"moves", "won"}):
            return "roleplay.not_a_conversation"
        if not all(_are_moves(moves) for moves in answer.values()):
            return "roleplay.not_a_conversation"
        try:
            self.played(answer)
            won = "won" not in answer or replay(self.scene, answer["won"]).ending == "kept"
        except CrmkitError:
            won = False
        return "" if won else "roleplay.not_a_conversation"

    def played(self, answer: Any) -> Scene:
        """Return the conversation on the screen, for a well-formed answer or none."""
        return replay(self.scene, answer["moves"] if answer else ())

    def judge(self, answer: Any) -> Verdict:
        """Judge the conversation that was won, if one was, else the one on the screen."""
        scene = replay(self.scene, answer["won"]) if "won" in answer else self.played(answer)
        idea = self._idea(scene)
        return Verdict(_score(scene), idea, scene.ending or "unfinished", _facts(scene, idea))

    def _idea(self, scene: Scene) -> str:
        """Return the rule broken, else the fault made most often, else courtesy alone."""
        own = scene.replies[len(self.scene.replies) :]
        if scene.ending == "stopped":
            return _rule(own[-1])
        faults = Counter(reply.fault for reply in own if reply.fault)
        if faults:
            return faults.most_common(1)[0][0]
        empty = sum(bool(reply.missing) and is_courteous(reply.text) for reply in own)
        return POLITE if scene.ending == "undecided" and empty * 2 >= len(own) else ""

    def wrong_answers(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield, for each wrong idea, the first conversation that comes to it."""
        for idea in self.misconceptions:
            yield idea, self._answer(self._kinds(idea))

    def _answer(self, kinds: Iterable[str]) -> dict[str, Any]:
        """Return the conversation that some options lead to, as far as it goes."""
        scene = self.scene
        for kind in kinds:
            scene = scene if scene.ending else choose(scene, kind)
        return {"moves": [dict(reply.move) for reply in scene.replies[len(self.scene.replies) :]]}

    def _kinds(self, idea: str) -> list[str]:
        if idea == POLITE:
            return ["medium"] * len(self._turns)
        for place, turn in enumerate(self._turns):
            if turn.options["red"].rule == idea:
                return ["good"] * place + ["red"]
            if turn.options["bad"].fault == idea:
                rest = len(self._turns) - place - 1
                return ["good"] * place + ["bad"] + ["good"] * rest
        raise KeyError(idea)

    def guess(self, rng: np.random.Generator) -> dict[str, Any]:
        """Return a conversation of somebody who only clicks."""
        return self._answer(rng.choice(KINDS, len(self._turns)).tolist())

    def form(self) -> Form:
        """Return who the client is; the conversation itself is in ``scene``."""
        return Form(self.kind, text=self.scene.dialogue.title, most=LONGEST_REPLY)

    def worked(self) -> Table:
        """Return a conversation that is won, turn by turn."""
        scene = replay(self.scene, self.key["moves"])
        rows = [
            (str(place + 1), client, reply.text)
            for place, (client, reply) in enumerate(zip(scene.heard(), scene.replies, strict=True))
        ]
        headings = (t("roleplay.turn"), t("dialogue.screen.client"), t("dialogue.screen.you"))
        return Table(headings, tuple(rows))

    def say(self, part: str, /, **slots: Any) -> str:
        """Return one of the sentences, which may speak of the client."""
        about = {"title": self.scene.dialogue.title, "turns": len(self._turns)}
        known = {**self.scene.figures.slots(), **about, **self.slots, **slots}
        return t(f"{self.room}.{part}", **known)

    def has(self, part: str) -> bool:
        """Tell whether there is such a sentence."""
        return f"{self.room}.{part}" in glossary()

    def remark(self, part: str) -> str:
        """Return the key of a remark."""
        return f"{self.room}.{part}"


def _are_moves(moves: object) -> bool:
    return isinstance(moves, list) and all(map(_is_move, moves))


def _is_move(move: object) -> bool:
    if not isinstance(move, dict) or len(move) != 1:
        return False
    ((how, said),) = move.items()
    if not isinstance(said, str):
        return False
    return said in KINDS if how == "option" else how == "text" and len(said) <= LONGEST_REPLY


def _score(scene: Scene) -> float:
    if scene.ending == "kept":
        return 1.0
    return 0.0 if scene.ending in ("stopped", "left") else min(scene.score, 99) / 100


def _facts(scene: Scene, idea: str) -> Mapping[str, Any]:
    """Return the reply that decided it, the rule behind it, and the client's figures."""
    place = _decisive(scene.replies, idea)
    reply = scene.replies[place]
    lacking = dict.fromkeys(mark for each in scene.replies for mark in each.missing)
    return {
        **scene.figures.slots(),
        "who": scene.dialogue.who,
        "turn": place + 1,
        "said": reply.text,
        "client": scene.heard()[place],
        "why": why_it_ends(scene, reply.breach) if reply.breach else "",
        "instead": reply.breach.instead if reply.breach else "",
        "better": scene.better(place),
        "missing": t("words.comma").join(t(f"dialogue.mark.{mark}") for mark in lacking),
        "total": scene.score,
        "needed": PASS,
        "left": len(scene.dialogue.turns) - len(scene.replies),
    }


def _decisive(replies: Sequence[Reply], idea: str) -> int:
    """Return the first reply that shows the idea, else the first that lacks something."""
    places = range(len(replies))
    shown = [n for n in places if idea and idea in (replies[n].fault, _rule(replies[n]))]
    lacking = [n for n in places if replies[n].missing]
    return [*shown, *lacking, places[-1]][0]


def _rule(reply: Reply) -> str:
    return reply.breach.rule if reply.breach else ""
