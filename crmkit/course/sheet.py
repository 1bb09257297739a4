"""A learner's answers: saved at every change, never lost, never overwritten blindly."""

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crmkit.book.files import atomic, user_folder
from crmkit.course import journal
from crmkit.course.cards import Card
from crmkit.course.sheet_file import (
    FILE,
    KIND,
    SCHEMA,
    Entry,
    Kept,
    alone,
    as_json,
    catch_up,
    entry_as_json,
    put_aside,
    read,
    set_aside,
    tidy,
    write,
)
from crmkit.course.variants import learner_token
from crmkit.errors import CrmkitError
from crmkit.words import t

__all__ = ["FILE", "KIND", "SCHEMA", "Entry", "Sheet", "open_sheet", "progress_folder"]

#: What one file to hand in says it is.
HANDED_IN = "crmkit hand-in"
#: What lies beside the answers when they are in the course folder.
COURSE = "notebooks"


@dataclass
class Sheet:
    """One learner's entries, by question id.

    Several notebooks may be open on the same sheet: each saves its own question and leaves
    the others as the file has them.

    Attributes
    ----------
    learner : str
        Decides, together with the unit, which practice book the learner gets.
    path : Path or None
        The file; without one the sheet lives in memory only.
    entries : dict of str to Entry
    notices : list of str
        What happened when the file was opened, for the learner.
    cards : dict of str to Card
        The daily deck.
    token : str
        What the learner's seeds are made from, where a trainer has given one out.
    last : str
        The question worked on last: where to continue.
    clock : callable, optional
        Returns the time for the journal; without one it notes none.
    """

    learner: str
    path: Path | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    token: str = ""
    last: str = ""
    clock: Callable[[], str] | None = None

    @property
    def seeded_by(self) -> str:
        """What this learner's seeds are made from."""
        return self.token or learner_token(self.learner)

    def entry(self, question: str) -> Entry:
        """Return what is kept about a question; a fresh entry if nothing is."""
        return self.entries.get(question, Entry())

    def keep(self, question: str, entry: Entry, did: str = "answer", outcome: str = "") -> None:
        """Keep an entry, on disk before this returns.

        Parameters
        ----------
        question : str
        entry : Entry
        did, outcome : str
            For the journal: what the learner did, and what came of it.

        Raises
        ------
        CrmkitError
            When the file cannot be written; the entry is then kept in memory.
        """
        self.entries[question] = entry
        self.last = question
        self._save({"question": question, "did": did, "outcome": outcome,
                    "entry": entry_as_json(entry)})  # fmt: skip

    def keep_card(self, question: str, card: Card) -> None:
        """Keep a card of the daily deck, on disk before this returns."""
        self.cards[question] = card
        self._save({
            "question": question, "did": "card",
            "card": {"due": card.due.isoformat(), "streak": card.streak, "number": card.number},
        })  # fmt: skip

    def hand_in(self, target: Path | None = None) -> Path:
        """Write everything into one file for a trainer: answers, cards and journal.

        What other notebooks have saved since this sheet was opened is in it, and the numbers
        of journal events that do not follow from the one before.

        Parameters
        ----------
        target : Path, optional
            The file, or a folder for ``<learner>.crmkit.json``. Without one the file goes
            into the course folder; where the answers are kept elsewhere, or the course
            folder is closed, it goes with the answers.

        Raises
        ------
        CrmkitError
            When nothing has been answered yet, or the file cannot be written.
        """
        content = self._to_hand_in()
        if target or not self.path:
            return self._write_to_hand_in(content, target or Path())
        folder = self.path.parent.absolute()
        if (folder.parent / COURSE).is_dir():
            with suppress(CrmkitError):
                return self._write_to_hand_in(content, folder.parent)
        return self._write_to_hand_in(content, folder)

    def _to_hand_in(self) -> Mapping[str, Any]:
        kept = Kept(self.learner, self.token, self.entries, self.cards, self.last)
        events: list[Mapping[str, Any]] = []
        broken: list[int] = []
        if self.path:
            with alone(self.path):
                kept = self._read_again()
                kept_in = self.path.with_name(journal.FILE)
                events, broken = list(journal.read(kept_in)), journal.broken_links(kept_in)
        if not kept.entries:
            raise CrmkitError("course.nothing_to_hand_in", where=str(self.path or ""))
        return {"kind": HANDED_IN, "schema": SCHEMA, "sheet": as_json(kept),
                "journal": events, "broken": broken}  # fmt: skip

    def _write_to_hand_in(self, content: Mapping[str, Any], target: Path) -> Path:
        name = re.sub(r"[^\w.-]+", "-", self.learner).strip(".") or "sheet"
        file = target / f"{name}.crmkit.json" if target.is_dir() else target
        with atomic(file) as lent:
            lent.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        return file

    def _save(self, event: Mapping[str, Any]) -> None:
        if self.path is None:
            return
        with alone(self.path):
            kept = self._read_again()
            told = {"n": kept.events + 1, "learner": self.learner, **event}
            if self.clock:
                told["at"] = self.clock()
            try:
                kept.chain = journal.append(self.path.with_name(journal.FILE), told, kept.chain)
            except OSError as error:
                raise CrmkitError("book.not_writable", where=str(self.path)) from error
            name, kept.events, kept.last = str(event["question"]), told["n"], self.last
            if "entry" in event:
                kept.entries[name] = self.entries[name]
            else:
                kept.cards[name] = self.cards[name]
            write(self.path, kept)
            self.entries, self.cards = kept.entries, kept.cards

    def _read_again(self) -> Kept:
        """Return what is on disk, with what other notebooks saved since this one was opened."""
        assert self.path is not None
        kept = read(self.path)
        mine = Kept(self.learner, self.token, dict(self.entries), dict(self.cards), self.last)
        if kept is None or kept.learner != self.learner:
            self.notices += put_aside(self.path)
            kept = Kept(self.learner, self.token)
            catch_up(kept, self.path.parent)
        kept.entries = {**mine.entries, **kept.entries}
        kept.cards = {**mine.cards, **kept.cards}
        return kept


def progress_folder() -> Path:
    """Return where answers are kept: ``CRMKIT_PROGRESS``, else the user's data folder."""
    return user_folder()


def open_sheet(folder: Path | None = None, clock: Callable[[], str] | None = None) -> Sheet:
    """Open the learner's sheet, or begin one.

    A file that is damaged, or is something else, or comes from a newer version is renamed,
    and the sheet's notices say so; what the journal beside it still tells is taken over.

    Parameters
    ----------
    folder : Path, optional
        Default: :func:`progress_folder`.
    clock : callable, optional
        Returns the time for the journal, as text.

    Raises
    ------
    CrmkitError
        When the folder cannot be written to.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     open_sheet(Path(folder)).keep("e11a-q2", Entry(answer=5200))
    ...     open_sheet(Path(folder)).entry("e11a-q2").answer
    5200
    """
    path = (folder or progress_folder()) / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error
    with alone(path):
        tidy(path)
        found = read(path)
        kept, notices = (found, list[str]()) if found else _begun(path)
        if not found or catch_up(found, path.parent):
            write(path, kept)
    return _sheet(kept, path, notices, clock)


def _begun(path: Path) -> tuple[Kept, list[str]]:
    """Return a sheet to begin with: what a journal tells, else an empty one."""
    events = list(journal.read(path.with_name(journal.FILE)))
    damaged = path.exists()
    aside = set_aside(path) if damaged else ""
    learner = os.environ.get("CRMKIT_LEARNER") or next(
        (str(event["learner"]) for event in reversed(events) if event.get("learner")), ""
    )
    kept = Kept(learner or secrets.token_hex(8), os.environ.get("CRMKIT_TOKEN", ""))
    restored = catch_up(kept, path.parent)
    if not damaged:
        return kept, []
    key = "course.restored" if restored else "course.set_aside"
    return kept, [t(key, file=path.name, aside=aside)]


def _sheet(kept: Kept, path: Path, notices: list[str], clock: Callable[[], str] | None) -> Sheet:
    return Sheet(
        kept.learner, path, kept.entries, notices, kept.cards, kept.token, kept.last, clock
    )
