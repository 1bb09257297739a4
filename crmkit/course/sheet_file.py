"""The file of an answer sheet: read strictly, brought up to date, written whole."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from crmkit.book.files import atomic
from crmkit.course import journal
from crmkit.course.cards import Card
from crmkit.errors import CrmkitError
from crmkit.words import t

FILE = "answers.json"
KIND = "crmkit answers"
SCHEMA = 2


@dataclass(frozen=True)
class Entry:
    """What is kept about one question.

    Attributes
    ----------
    answer : object
        The answer as entered, whether or not it has been checked.
    tries : int
        How often a real answer was checked.
    hints : int
        How many hints were opened.
    solution_seen : bool
    variant : int
        Which variant is being worked on; 0 is the one of the lesson.
    passes : tuple of bool
        For every variant checked, in order: whether its first check was right, before any
        hint and without the solution.
    """

    answer: Any = None
    tries: int = 0
    hints: int = 0
    solution_seen: bool = False
    variant: int = 0
    passes: tuple[bool, ...] = ()


@dataclass
class Kept:
    """What a sheet's file holds.

    Attributes
    ----------
    learner, token : str
        Who, and what their seeds are made from; without a token the learner decides.
    entries : dict of str to Entry
    cards : dict of str to Card
    last : str
        The question worked on last.
    events : int
        How many events of the journal are in here.
    chain : str
        Digest of the last of them.
    """

    learner: str
    token: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    last: str = ""
    events: int = 0
    chain: str = ""


def read(path: Path) -> Kept | None:
    """Return what a file holds, brought up to date; nothing when it holds anything else."""
    try:
        return parse(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def parse(found: Any) -> Kept:
    """Return what JSON of this or an earlier schema holds.

    Raises
    ------
    ValueError, TypeError, KeyError or AttributeError
        When it is anything else.
    """
    if found["kind"] != KIND:
        raise ValueError(found["kind"])
    while found["schema"] != SCHEMA:
        found = MIGRATIONS[found["schema"]](found)
    return Kept(
        _filled(found["learner"]),
        _is(str, found["token"]),
        {_is(str, name): entry(kept) for name, kept in found["answers"].items()},
        {_is(str, name): _card(kept) for name, kept in found["cards"].items()},
        _is(str, found["last"]),
        _is(int, found["events"]),
        _is(str, found["chain"]),
    )


def _from_1(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add what schema 1 did not know: variants, passes, cards and the journal."""
    added = {"token": "", "cards": {}, "last": "", "events": 0, "chain": ""}
    return {**added, **found, "schema": 2}


#: How a file of an earlier schema becomes one of the next.
MIGRATIONS: Mapping[int, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {1: _from_1}


def as_json(kept: Kept) -> dict[str, Any]:
    """Return what goes into the file."""
    cards = {
        name: {**asdict(card), "due": card.due.isoformat()} for name, card in kept.cards.items()
    }
    return {
        "kind": KIND,
        "schema": SCHEMA,
        "learner": kept.learner,
        "token": kept.token,
        "answers": {name: entry_as_json(each) for name, each in sorted(kept.entries.items())},
        "cards": dict(sorted(cards.items())),
        "last": kept.last,
        "events": kept.events,
        "chain": kept.chain,
    }  # fmt: skip


def entry_as_json(kept: Entry) -> dict[str, Any]:
    """Return an entry as JSON holds it."""
    return {**{each.name: getattr(kept, each.name) for each in fields(Entry)},
            "passes": list(kept.passes)}  # fmt: skip


def entry(kept: Any) -> Entry:
    """Return an entry from JSON, strictly.

    Raises
    ------
    TypeError
        When something in it is of another kind.
    """
    made = Entry(**{**kept, "passes": tuple(_is(list, kept.get("passes", [])))})
    for value in (made.tries, made.hints, made.variant):
        _is(int, value)
    for value in (made.solution_seen, *made.passes):
        _is(bool, value)
    return made


def _card(kept: Any) -> Card:
    card = Card(date.fromisoformat(kept["due"]), _is(int, kept["streak"]), _is(int, kept["number"]))
    if len(kept) != len(fields(Card)):
        raise TypeError(kept)
    return card


def _is(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _filled(value: Any) -> str:
    if not _is(str, value):
        raise ValueError(value)
    return str(value)


def write(path: Path, kept: Kept) -> None:
    """Write the file whole, on disk before this returns."""
    with atomic(path) as lent, lent.open("w", encoding="utf-8") as file:
        json.dump(as_json(kept), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def catch_up(kept: Kept, folder: Path) -> int:
    """Take over what the journal tells and the file does not know; return how many events."""
    new = [event for event in journal.read(folder / journal.FILE)
           if event["n"] > kept.events and event.get("learner") == kept.learner]  # fmt: skip
    for event in new:
        try:
            if "entry" in event:
                kept.entries[_is(str, event["question"])] = entry(event["entry"])
                kept.last = event["question"]
            if "card" in event:
                kept.cards[_is(str, event["question"])] = _card(event["card"])
            kept.events, kept.chain = event["n"], _is(str, event["chain"])
        except (TypeError, ValueError, KeyError):
            continue
    return len(new)


def tidy(path: Path) -> None:
    """Remove what saves that were cut off have left behind; only while alone."""
    for folder in path.parent.glob(".crmkit-*"):
        if {each.name for each in folder.iterdir()} <= {path.name}:
            shutil.rmtree(folder, ignore_errors=True)


def set_aside(path: Path) -> str:
    """Rename a file that is not ours to write over; return its new name."""
    numbered = (path.with_name(f"{path.stem}.set-aside-{n}{path.suffix}") for n in range(1, 10_000))
    aside = next(free for free in numbered if not free.exists())
    try:
        path.rename(aside)
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error
    return aside.name


def put_aside(path: Path) -> list[str]:
    """Set a file aside, if there is one, and return what to tell the learner."""
    if not path.exists():
        return []
    return [t("course.set_aside", file=path.name, aside=set_aside(path))]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the sheet's lock; the system lets go of it when a process dies."""
    try:
        file = path.with_suffix(".lock").open("a+b")
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error
    with file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
