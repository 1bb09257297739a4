"""The lines of a log of results: people write in it too, and what they wrote stays."""

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pandas as pd

from crmkit.book.ledger.cells import is_blank, original
from crmkit.book.schema import Table
from crmkit.book.views import shown
from crmkit.planning.returned import find_table

#: What tells one result from another; the rest of a line is replaced when a result comes again.
WHOSE = ("date", "client_id")


def put_in(
    path: Path | None, results: pd.DataFrame, table: Table, places: Mapping[object, int]
) -> str:
    """Return the text of a log with results put in their places, all else as it stood.

    Parameters
    ----------
    path : Path or None
        The log so far.
    results : DataFrame
        In the columns of `table`.
    table : Table
        What is kept of a result.
    places : mapping
        By client and day, the row of the log whose place a result takes; a result without
        one comes at the end.
    """
    lines, top, at = _begun(path) if path else ([[]], 0, {})
    for name, column in table.columns.items():
        if name not in at:
            at[name] = len(lines[top])
            lines[top].append(column.heading())
    keys = results[["client_id", "date"]].itertuples(index=False, name=None)
    words = shown(results, table.columns).fillna("").itertuples(index=False, name=None)
    for key, said in zip(keys, words, strict=True):
        told = dict(zip(table.columns, map(str, said), strict=True))
        if key in places:
            line = lines[places[key] - 1]
            told = {name: word for name, word in told.items() if name not in WHOSE}
        else:
            line = []
            lines.append(line)
        line += [""] * (len(lines[top]) - len(line))
        for name, word in told.items():
            line[at[name]] = word
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def _begun(path: Path) -> tuple[list[list[str]], int, dict[str, int]]:
    """Return the lines of a log, which of them has the headings, and where each column is."""
    sheet, (top, at) = find_table(path)
    lines = [[cell if isinstance(cell, str) else original(cell) for cell in r] for r in sheet.rows]
    while all(is_blank(cell) for cell in lines[-1]):
        lines.pop()
    return lines, top, dict(at)
