"""What managers scribble about clients."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.events import CALL
from crmkit.branch.history import MISSED, MOVED, PURPOSES, History
from crmkit.branch.leaving import CAUSES, causes
from crmkit.branch.plan import Plan
from crmkit.branch.state import DORMANT, LOST, PROSPECT
from crmkit.branch.streams import scatter
from crmkit.branch.vocabulary import occupations


def remarks(plan: Plan, history: History) -> list[str | None]:
    """Return a remark for every prospect and for about half of the others.

    None of them is at odds with the client's occupation: nobody who has retired is busy with
    a business.
    """
    luck = scatter(plan.seed, "note", history.people.client)
    kinds = _kinds(history)
    written = ((luck & np.uint64(1)) == 0) | (kinds == "prospect")
    choice = (luck >> np.uint64(8)).tolist()
    walks, known = _walks().take(history.people.occupation), _fitting()
    rows = zip(kinds.tolist(), walks.tolist(), choice, written.tolist(), strict=True)
    return [
        known[kind, walk][number % len(known[kind, walk])] if there else None
        for kind, walk, number, there in rows
    ]


def _kinds(history: History) -> NDArray[Any]:
    """Return what there is to say of each client: the first that applies."""
    people, state = history.people, history.state
    why, lost = causes(history.fixed, state), state.stage == LOST
    choices = {
        "prospect": state.stage == PROSPECT,
        **{f"lost_{cause}": lost & (why == number) for number, cause in enumerate(CAUSES)},
        "quiet": (state.stage == DORMANT) | (state.since_trade > 18),
        "price": history.fixed.price > 0.42,
        "loss": (state.gain < 0.75) & state.invested,
        "rich": people.wealth > 2e6,
        "old": people.birth_day < -2200,
        "active": people.traits["trades_monthly"] > 3.5,
        "service": people.traits["service_need"] > 0.7,
        "product": state.product > 0.3,
        "young": people.birth_day > 9500,
    }
    return np.select(list(choices.values()), list(choices), "active")


def jottings(
    channel: NDArray[np.integer],
    purpose: NDArray[np.integer],
    outcome: NDArray[np.integer],
    luck: NDArray[np.uint64],
) -> NDArray[np.object_]:
    """Return what is jotted down after contacts: something after three in five."""
    topic = np.where(outcome == MOVED, _TOPICS.index("moved"), purpose)
    nobody = np.where(channel > CALL, _TOPICS.index("unread"), _TOPICS.index("missed"))
    topic = np.where(outcome == MISSED, nobody, topic)
    words, first, count = _jotted()
    rows = first[topic] + ((luck >> np.uint64(16)) % count[topic]).astype(np.int64)
    written = (luck >> np.uint64(32)) % np.uint64(5) < 3
    noted: NDArray[np.object_] = words.take(np.where(written, rows, len(words) - 1))
    return noted


#: What there may be to jot down: a word on the purpose, or on why nobody was reached.
_TOPICS = (*PURPOSES, "missed", "unread", "moved")


@cache
def _jotted() -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.uint64]]:
    """Return all jottings and an empty one at the end, where each topic begins and how many
    it has."""
    topics = [_phrases()[f"contact_{name}"] for name in _TOPICS]
    count = np.array([len(phrases) for phrases in topics])
    words = np.array([*(word for phrases in topics for word in phrases), None], dtype=object)
    return words, np.cumsum(count) - count, count.astype(np.uint64)


@cache
def _walks() -> NDArray[np.object_]:
    """Return the walk of life of every occupation."""
    named = {job: walk for walk, jobs in _notes()["walks"].items() for job in jobs}
    words = occupations().words.tolist()
    return np.array([named.get(job, _EMPLOYED) for job in words], dtype=object)


#: The walk of life of all occupations that belong to no other.
_EMPLOYED = "employed"


@cache
def _fitting() -> dict[tuple[str, str], list[str]]:
    """Return the remarks of each kind that fit each walk of life."""
    only = _notes()["only"]
    return {
        (kind, walk): [phrase for phrase in phrases if walk in only.get(phrase, (walk,))]
        for kind, phrases in _phrases().items()
        for walk in (*_notes()["walks"], _EMPLOYED)
    }


def _phrases() -> dict[str, list[str]]:
    return {kind: words for kind, words in _notes().items() if isinstance(words, list)}


@cache
def _notes() -> dict[str, Any]:
    text = files("crmkit").joinpath("data/people/notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
