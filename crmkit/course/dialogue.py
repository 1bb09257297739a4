"""The role-play: a client with a mood, the learner's replies, what each earned and why.

A conversation is a data file (``data/dialogues/``) of turns with four replies each. A scene
is one learner in one conversation; it never changes, a reply returns the next one.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from zlib import crc32

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.conduct.messages import Breach, Setting, breach_of, message_caveats, read_message
from crmkit.conduct.plain import plain
from crmkit.course.figures import RULES, Figures, cast, figures_of
from crmkit.course.scripts import CRITERIA, KINDS, Dialogue, Turn, dialogues
from crmkit.errors import CrmkitError
from crmkit.rules import Rulebook, read_rules
from crmkit.words import LANGUAGES, language, t

PASS, FAULT_COSTS = 70, 2
#: A reply that shares at least this much with an earlier one, of the shorter one's pairs of
#: neighbouring words or characters, says nothing new. Good replies of a conversation share less
#: than a quarter, courteous ones less than half.
SAID_BEFORE = 0.6


@dataclass(frozen=True)
class Reply:
    """A reply given, and what it came to.

    Attributes
    ----------
    text : str
    earned, missing : tuple of str
        Criteria.
    fault : str
    breach : Breach, optional
        The rule it broke; such a reply ends the conversation.
    mood : int
        Of the client after it.
    move : mapping
        The reply as data: ``{"option": kind}`` or ``{"text": words}``.
    again : bool
        Whether it says once more what was said before, which earns nothing.
    """

    text: str
    earned: tuple[str, ...]
    missing: tuple[str, ...]
    fault: str
    breach: Breach | None
    mood: int
    move: Mapping[str, str]
    again: bool = False


@dataclass(frozen=True)
class Scene:
    """One learner in one conversation, up to now.

    Attributes
    ----------
    dialogue : Dialogue
    figures : Figures
        Of the client who takes part.
    seed : int
        Decides how replies are shuffled.
    as_of : date
        The day of the book that the client is in.
    replies : tuple of Reply
    """

    dialogue: Dialogue
    figures: Figures
    seed: int
    as_of: date
    replies: tuple[Reply, ...] = ()

    @property
    def mood(self) -> int:
        """The client's mood, 0 to 100."""
        return self.replies[-1].mood if self.replies else self.dialogue.mood

    @property
    def score(self) -> int:
        """Marks earned less two for each fault, as a share of all that the turns ask for."""
        marks = sum(len(reply.earned) - FAULT_COSTS * bool(reply.fault) for reply in self.replies)
        return max(0, round(100 * marks / self.dialogue.marks))

    @property
    def ending(self) -> str:
        """How it ended: kept, undecided, left or stopped; empty while it goes on."""
        if self.replies and self.replies[-1].breach:
            return "stopped"
        if self.mood <= 0:
            return "left"
        if len(self.replies) < len(self.dialogue.turns):
            return ""
        shown = {mark for reply in self.replies for mark in reply.earned}
        return "kept" if self.score >= PASS and shown == set(CRITERIA) else "undecided"

    @property
    def client_says(self) -> str:
        """What the client says now, or last said."""
        turn = self.dialogue.turns[min(len(self.replies), len(self.dialogue.turns) - 1)]
        return self._said(turn.client)

    def heard(self) -> list[str]:
        """Return what the client has said in each turn answered."""
        return [self._said(turn.client) for turn in self.dialogue.turns[: len(self.replies)]]

    def options(self) -> list[tuple[str, str]]:
        """Return the replies to choose from, kind and words, in this learner's order."""
        if self.ending:
            return []
        turn = self.dialogue.turns[len(self.replies)]
        order = _stream(self.seed, self.dialogue.id, len(self.replies)).permutation(KINDS)
        return [(str(kind), self._said(turn.options[str(kind)].texts)) for kind in order]

    def better(self, turn: int) -> str:
        """Return the good reply of a turn."""
        return self._said(self.dialogue.turns[turn].options["good"].texts)

    def notes(self, rules: Rulebook | None = None) -> list[str]:
        """Return what to know about the rules behind the client's figures."""
        return (rules or read_rules()).caveats(RULES, self.as_of, self.as_of)

    def _said(self, texts: Mapping[str, str]) -> str:
        return texts[language()].format(**self.figures.slots())


def open_dialogue(name: str, book: ClientBook, seed: int, rules: Rulebook | None = None) -> Scene:
    """Begin a conversation with a client of a book.

    Parameters
    ----------
    name : str
        ``"o01"`` to ``"o15"``, or ``"e06b"``.
    book : ClientBook
        The learner's own, made-up one.
    seed : int
        Decides which client takes part and how options are shuffled.
    rules : Rulebook, optional
        For another tariff or another fee.

    Raises
    ------
    CrmkitError
        ``dialogue.unknown``, or ``dialogue.nobody`` when no client of the book will do.
    """
    if name not in dialogues():
        raise CrmkitError("dialogue.unknown", name=name)
    return begin(dialogues()[name], figures_of(book, rules), seed, book.as_of)


def begin(dialogue: Dialogue, known: pd.DataFrame, seed: int, as_of: date) -> Scene:
    """Begin a conversation with one of the clients whose figures are known.

    Parameters
    ----------
    dialogue : Dialogue
    known : DataFrame
        From `crmkit.course.figures.figures_of`.
    seed : int
    as_of : date
        Of the book.
    """
    return Scene(dialogue, cast(dialogue.case, known, _stream(seed, dialogue.id)), seed, as_of)


def choose(scene: Scene, kind: str) -> Scene:
    """Reply with one of the options, named by its kind.

    Raises
    ------
    CrmkitError
        ``dialogue.over``, or ``dialogue.no_option``.
    """
    turn = _open_turn(scene)
    if kind not in turn.options:
        raise CrmkitError("dialogue.no_option", name=kind)
    option = turn.options[kind]
    half = ("empathy",) if len(turn.wants) > 1 and "empathy" in turn.wants else ()
    earned = {"good": turn.wants, "medium": half}.get(kind, ())
    text = scene._said(option.texts)
    breach = _breach(option.rule, text, scene.as_of) if option.rule else None
    return _answered(scene, text, earned, option.fault, breach, {"option": kind})


def say(scene: Scene, text: str, rules: Rulebook | None = None) -> Scene:
    """Reply in one's own words: conduct first, then what the reply offers.

    Words are matched against patterns and numbers against the client's figures; the tone of
    a reply is beyond it. What was said before earns nothing a second time.

    Raises
    ------
    CrmkitError
        ``dialogue.over``, or ``dialogue.nothing_said``.
    """
    turn = _open_turn(scene)
    if not text.strip():
        raise CrmkitError("dialogue.nothing_said")
    breaches = read_message(text, Setting(on=scene.as_of), rules)
    serious = [breach for breach in breaches if breach.rule != "disparage"]
    evidence = scene.figures.judge(text, heard=scene.client_says)
    offered = {mark for mark in CRITERIA if mark != "evidence" and _shows(mark, text)}
    fault = (
        "attack" if breaches and not serious
        else "wrong_number" if evidence is False
        else "shrug" if _shows("shrug", text)
        else ""
    )  # fmt: skip
    offered |= {"evidence"} if evidence else set()
    again = any(_shared(text, reply.text) >= SAID_BEFORE for reply in scene.replies)
    nothing = fault or serious or again
    earned = () if nothing else tuple(mark for mark in turn.wants if mark in offered)
    breach = serious[0] if serious else None
    fault = "" if breach else fault
    return _answered(scene, text, earned, fault, breach, {"text": text}, again)


def replay(scene: Scene, moves: Iterable[Mapping[str, str]]) -> Scene:
    """Return a scene after replies kept as data, so that a transcript can be marked again."""
    for move in moves:
        scene = (
            say(scene, move["text"]) if "text" in move else choose(scene, move.get("option", ""))
        )
    return scene


def feedback(scene: Scene, place: int) -> str:
    """Return what there is to say about a reply: what it earned, what it lacked, and why."""
    reply = scene.replies[place]
    if reply.breach:
        why, instead = why_it_ends(scene, reply.breach), reply.breach.instead
        return t("dialogue.stopped", why=why, instead=instead)
    if reply.fault:
        return t(f"dialogue.fault.{reply.fault}", **scene.figures.slots())
    if reply.again:
        return t("dialogue.again")
    if not reply.missing:
        return t(f"dialogue.good.{scene.dialogue.turns[place].wants[-1]}")
    return "\n".join(t(f"dialogue.missing.{mark}") for mark in reply.missing)


def is_courteous(text: str) -> bool:
    """Tell whether a reply pleases: polite or kind words, whatever else it says."""
    return _shows("courtesy", text) or _shows("empathy", text)


def why_it_ends(scene: Scene, breach: Breach) -> str:
    """Return why a reply is a breach, and how far to trust the rule behind it."""
    gap = " " if language() == "en" else ""
    return gap.join([breach.why, *message_caveats([breach], scene.as_of)])


def verdict(scene: Scene) -> str:
    """Return how it ended, the principle behind it, and what the client kept to themselves."""
    dialogue = scene.dialogue
    said = [
        t(f"dialogue.ending.{scene.ending}", score=scene.score, needed=PASS),
        t(f"dialogue.principle.p{dialogue.principle}"),
        t("dialogue.persona", comparator=dialogue.comparators[language()], mood=dialogue.mood,
          price=dialogue.price_sensitivity),
    ]  # fmt: skip
    return "\n".join(said)


def transcript(scene: Scene) -> pd.DataFrame:
    """Return the conversation as a table.

    Returns
    -------
    DataFrame
        One row per reply: ``turn``, ``client``, ``reply``, ``earned``, ``missing``,
        ``fault``, ``rule``, ``feedback``, ``better`` and ``mood``.
    """
    return pd.DataFrame(
        [
            {
                "turn": place + 1,
                "client": scene._said(scene.dialogue.turns[place].client),
                "reply": reply.text,
                "earned": t("words.comma").join(t(f"dialogue.mark.{m}") for m in reply.earned),
                "missing": t("words.comma").join(t(f"dialogue.mark.{m}") for m in reply.missing),
                "fault": reply.fault,
                "rule": reply.breach.rule if reply.breach else "",
                "feedback": feedback(scene, place),
                "better": scene.better(place),
                "mood": reply.mood,
            }
            for place, reply in enumerate(scene.replies)
        ]
    )


def _stream(seed: int, name: str, turn: int = 0) -> np.random.Generator:
    """Return what decides who takes part, and in which order the replies of a turn stand."""
    return np.random.default_rng([seed, crc32(name.encode()), turn])


def _open_turn(scene: Scene) -> Turn:
    if scene.ending:
        raise CrmkitError("dialogue.over")
    return scene.dialogue.turns[len(scene.replies)]


@lru_cache(maxsize=2048)
def _breach(rule: str, text: str, on: date) -> Breach:
    """Return where an option breaks a rule; clicking through all of them asks again and again."""
    return breach_of(rule, text, on)


def _answered(
    scene: Scene, text: str, earned: tuple[str, ...], fault: str, breach: Breach | None,
    move: Mapping[str, str], again: bool = False,
) -> Scene:  # fmt: skip
    wanted = scene.dialogue.turns[len(scene.replies)].wants
    missing = tuple(mark for mark in wanted if mark not in earned)
    touchy = scene.dialogue.price_sensitivity
    change = -25 - 10 * touchy if fault else -3 - 3 * touchy if missing else 12
    mood = round(min(100, max(0, scene.mood + change)))
    reply = Reply(text, tuple(earned), missing, fault, breach, mood, move, again)
    return replace(scene, replies=(*scene.replies, reply))


def _shared(text: str, before: str) -> float:
    """Return how much two replies have in common, as a share of the shorter one."""
    one, other = _pairs(text), _pairs(before)
    least = min(one.total(), other.total())
    return (one & other).total() / least if least else 0.0


def _pairs(text: str) -> Counter[tuple[str, ...]]:
    """Count the pairs of neighbouring words, numbers or Chinese characters."""
    words = _WORD.findall(plain(text)[0].lower())
    return Counter(pairwise(words) if len(words) > 1 else [tuple(words)])


_WORD = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)*|[一-鿿]")


def _shows(mark: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _marks()[mark])


@cache
def _marks() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    text = files("crmkit").joinpath("data/dialogue_marks.toml").read_text(encoding="utf-8")
    return {
        mark: tuple(re.compile(p, re.IGNORECASE) for name in LANGUAGES for p in entry[name])
        for mark, entry in tomllib.loads(text).items()
    }
