"""A learner's answers on disk: saved at every change, never lost, never overwritten blindly."""

import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crmkit.book.files import atomic, user_folder
from crmkit.errors import CrmkitError
from crmkit.words import t

FILE = "answers.json"
KIND = "crmkit answers"
SCHEMA = 1


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
    """

    answer: Any = None
    tries: int = 0
    hints: int = 0
    solution_seen: bool = False


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
    """

    learner: str
    path: Path | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def entry(self, question: str) -> Entry:
        """Return what is kept about a question; a fresh entry if nothing is."""
        return self.entries.get(question, Entry())

    def keep(self, question: str, entry: Entry) -> None:
        """Keep an entry, on disk before this returns.

        Raises
        ------
        CrmkitError
            When the file cannot be written; the entry is then kept in memory.
        """
        self.entries[question] = entry
        if self.path is None:
            return
        with _alone(self.path):
            on_disk = self._read_again()
            self.entries = {**self.entries, **on_disk, question: entry}
            _write(self)

    def _read_again(self) -> Mapping[str, Entry]:
        """Return what other notebooks may have saved since this one was opened."""
        assert self.path is not None
        sheet = _read(self.path)
        if sheet is not None and sheet.learner == self.learner:
            return sheet.entries
        self.notices += _set_aside(self.path)
        return {}


def progress_folder() -> Path:
    """Return where answers are kept: ``CRMKIT_PROGRESS``, else the user's data folder."""
    return user_folder()


def open_sheet(folder: Path | None = None) -> Sheet:
    """Open the learner's sheet, or begin one.

    A file that is damaged, or is something else, or comes from a newer version is renamed,
    and the sheet's notices say so.

    Parameters
    ----------
    folder : Path, optional
        Default: :func:`progress_folder`.

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
    with _alone(path):
        found = _read(path)
        if found is not None:
            return found
        sheet = Sheet(_new_learner(), path, notices=_set_aside(path))
        _write(sheet)
        return sheet


def _new_learner() -> str:
    """Return who this is: given by a trainer or a test, else drawn once and kept."""
    return os.environ.get("CRMKIT_LEARNER") or secrets.token_hex(8)


def _read(path: Path) -> Sheet | None:
    """Return the sheet in a file, or nothing when it holds anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if (found["kind"], found["schema"]) != (KIND, SCHEMA):
            return None
        entries = {str(name): _entry(kept) for name, kept in found["answers"].items()}
        return Sheet(_text(found["learner"]), path, entries)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _entry(kept: Mapping[str, Any]) -> Entry:
    entry = Entry(**kept)
    kinds = (type(entry.tries), type(entry.hints), type(entry.solution_seen))
    if kinds != (int, int, bool):
        raise TypeError(kinds)
    return entry


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def _set_aside(path: Path) -> list[str]:
    """Rename a file that is not ours to write over; return what to tell the learner."""
    if not path.exists():
        return []
    numbered = (path.with_name(f"{path.stem}.set-aside-{n}{path.suffix}") for n in range(1, 10_000))
    aside = next(free for free in numbered if not free.exists())
    try:
        path.rename(aside)
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error
    return [t("course.set_aside", file=path.name, aside=aside.name)]


def _write(sheet: Sheet) -> None:
    assert sheet.path is not None
    kept = {name: asdict(entry) for name, entry in sorted(sheet.entries.items())}
    content = {"kind": KIND, "schema": SCHEMA, "learner": sheet.learner, "answers": kept}
    with atomic(sheet.path) as lent, lent.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
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
