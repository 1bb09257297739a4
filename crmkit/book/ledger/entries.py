"""What a reading has to say: problems, notes, rows left aside; as tables for people."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from crmkit.book.ledger.cells import Finding
from crmkit.words import t

#: Findings that ask for nothing to be put right.
NOTES = frozenset(
    {"column_kept", "column_not_read", "do_not_contact", "phone_moved", "unit_assumed"}
)

PROBLEM_COLUMNS = {
    "sheet": "str", "row": "Int64", "column": "str", "value": "str", "kind": "str",
    "problem": "str", "hint": "str",
}  # fmt: skip


class Entry(NamedTuple):
    """One finding and the place it is about, as the user sees it in the file.

    Attributes
    ----------
    sheet : str
    row : int or None
        As Excel numbers it, from 1.
    column : str
        The heading as it stands in the file; empty when the whole row is meant.
    value : str
        What stands in the cell, as text.
    finding : Finding
    lost : bool
        Whether the row is left out of the book.
    """

    sheet: str
    row: int | None
    column: str
    value: str
    finding: Finding
    lost: bool = False


class Ignored(NamedTuple):
    """A row that is no data, or a whole sheet, and why it was left aside."""

    sheet: str
    row: int | None
    reason: str


def problem_table(entries: Iterable[Entry], notes: bool = False) -> pd.DataFrame:
    """Return the entries with their sentences in the language in use.

    Parameters
    ----------
    entries : iterable of Entry
    notes : bool
        Give those that ask for nothing instead of those that do.

    Returns
    -------
    DataFrame
        ``sheet``, ``row``, ``column``, ``value``, ``kind``, ``problem``, ``hint``, in the
        order of the file.
    """
    rows = [
        (e.sheet, e.row, e.column, e.value, e.finding.kind, _sentence(e), _hint(e.finding))
        for e in entries
        if (e.finding.kind in NOTES) == notes
    ]
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS)).astype(PROBLEM_COLUMNS)


def ignored_table(ignored: Iterable[Ignored]) -> pd.DataFrame:
    """Return ``sheet``, ``row`` (missing for a whole sheet) and ``reason``."""
    table = pd.DataFrame(list(ignored), columns=["sheet", "row", "reason"])
    return table.astype({"sheet": "str", "row": "Int64", "reason": "str"})


def _sentence(entry: Entry) -> str:
    said = t(f"problem.{entry.finding.kind}", **entry.finding.slots)
    return t("problem.row_lost", said=said) if entry.lost else said


def _hint(finding: Finding) -> str:
    return t(f"problem.{finding.kind}_next", **finding.slots)
