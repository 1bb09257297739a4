"""What a learner did, one line an event, only ever added to.

The journal backs the answer sheet: what a line tells and the sheet does not know yet, because
the computer went down in between, is taken over when the sheet is opened again. Each line
carries a digest of the one before, so that damage shows; it proves nothing to anybody who
does not trust the learner.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = "journal.jsonl"


def append(path: Path, event: Mapping[str, Any], before: str) -> str:
    """Add an event to a journal, on disk before this returns; return its digest.

    Parameters
    ----------
    path : Path
    event : mapping
        As JSON holds it, with its number ``n``.
    before : str
        The digest of the line before.
    """
    chain = digest(event, before)
    line = json.dumps({**event, "chain": chain}, ensure_ascii=False)
    with path.open("a+b") as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":  # a line that was cut off
                file.write(b"\n")
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return chain


def digest(event: Mapping[str, Any], before: str) -> str:
    """Return the digest of an event that follows another.

    >>> digest({"n": 1}, "") == digest({"n": 1}, "") != digest({"n": 1}, "x")
    True
    """
    told = before + json.dumps(event, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def read(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the events of a journal; lines that are damaged are passed over."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict) and isinstance(event.get("n"), int):
            yield event


def broken_links(path: Path) -> list[int]:
    """Return the numbers of the events that do not follow from the one before."""
    broken, before = [], ""
    for event in read(path):
        told = {name: value for name, value in event.items() if name != "chain"}
        if digest(told, before) != event.get("chain"):
            broken.append(int(event["n"]))
        before = str(event.get("chain"))
    return broken
