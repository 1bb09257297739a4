"""What arguments mean: a ledger or a saved book, a day, an hour, a sum."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.errors import CrmkitError
from crmkit.words import t

if TYPE_CHECKING:
    from crmkit.book.ledger import Reading


def read(
    ledger: Path, as_of: date | None, activity: Path | None, otherwise: date | None = None
) -> "Reading":
    """Read a ledger, or open the folder of a saved book, which knows its own day.

    A ledger is of ``as_of``, else of its own day, which those of made-up books know, else of
    ``otherwise`` or today.
    """
    from crmkit.book.ledger import ledger_day, read_ledger
    from crmkit.book.store import open_book
    from crmkit.book.validation import check_book
    from crmkit.screen import busy

    with busy(t("cli.reading", file=ledger.name)):
        if ledger.is_dir() and activity is None:
            return check_book(open_book(ledger))
        known = as_of or ledger_day(ledger) or otherwise or date.today()
        return read_ledger(ledger, known, activity)


def spare(inputs: Iterable[Path | None], outputs: Iterable[Path | None]) -> None:
    """Refuse to write over what a command reads.

    Parameters
    ----------
    inputs : iterable of Path or None
        Files, and folders of saved books with everything in them.
    outputs : iterable of Path or None
        Files that are to be written.

    Raises
    ------
    CrmkitError
        ``cli.over_input``.
    """
    read_from = [path for path in inputs if path]
    for out in outputs:
        if out and any(_is_or_holds(path, out) for path in read_from):
            raise CrmkitError("cli.over_input", where=str(out))


def _is_or_holds(path: Path, out: Path) -> bool:
    same = path.exists() and out.exists() and path.samefile(out)  # under another name, too
    return same or path.resolve() in (out.resolve(), *out.resolve().parents)


def day(text: str | None, option: str) -> date:
    """Return the day an option names; a missing day means today."""
    return named_day(text, option) or date.today()


def named_day(text: str | None, option: str) -> date | None:
    """Return the day an option names, if any."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise CrmkitError("cli.bad_date", option=option, value=text) from error


def moment(text: str | None) -> time | None:
    """Return the hour an option names, on the client's clock."""
    try:
        hour = None if text is None else time.fromisoformat(text)
    except ValueError as error:
        raise CrmkitError("cli.bad_time", value=text) from error
    if hour is not None and hour.tzinfo is not None:
        raise CrmkitError("cli.zoned_time", value=text)
    return hour


def fen(cny: float | None, option: str) -> float | None:
    """Return a line in CNY as fen."""
    return None if cny is None else line(cny, option) * 100


def line(value: float, option: str) -> float:
    """Return where a line is to lie, which has to be a number and not below nothing."""
    if not (isfinite(value) and value >= 0):
        raise CrmkitError("cli.bad_line", option=option, value=value)
    return value


#: What the parameters of a simulation are called that have another name as options.
_OPTIONS = {"n": "--clients"}


@contextmanager
def in_options() -> Iterator[None]:
    """Speak of options where a parameter cannot be used."""
    try:
        yield
    except CrmkitError as error:
        if error.key != "branch.bad_number":
            raise
        name = str(error.slots["name"])
        named = {**error.slots, "name": _OPTIONS.get(name, "--" + name.replace("_", "-"))}
        raise CrmkitError(error.key, error.where, **named) from None
