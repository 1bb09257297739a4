"""What several pages share: what was kept, notes, names, masks."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from crmkit.book.ledger import Reading
from crmkit.book.ledger.headings import match
from crmkit.book.privacy import mask
from crmkit.book.schema import CLIENT, Column
from crmkit.screen import say
from crmkit.words import t


def print_kept(reading: Reading) -> None:
    """Print how many clients were read and whether anything was wrong."""
    book = reading.book
    file = book.origin.get("file", t("cli.saved_book"))
    say(t("cli.kept", file=file, clients=len(book.client), as_of=book.as_of))
    if len(reading.problems):
        say(t("cli.has_problems", count=len(reading.problems)), style="yellow")


def print_notes(notes: Iterable[str]) -> None:
    """Print what a reader must be told."""
    for note in notes:
        say(note, style="cyan")


def masked(findings: pd.DataFrame) -> pd.DataFrame:
    """Return findings with values hidden as their column in the file asks for."""
    hidden = [
        mask(values.rename(_column(str(heading))).to_frame()).iloc[:, 0]
        for heading, values in findings.groupby("column")["value"]
    ]
    return findings.assign(value=pd.concat(hidden)) if hidden else findings


def _column(heading: str) -> str:
    """Return which column a heading of the user's file means; a remark if none."""
    found = match(heading)
    return found[0].name if found else "note"


def headed(findings: pd.DataFrame) -> pd.DataFrame:
    """Return findings under headings in the language in use."""
    kept = findings.drop(columns="kind", errors="ignore")
    return kept.rename(columns=lambda name: t(f"cli.finding.{name}"))


def named(rows: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the client's name behind the client's number."""
    names = rows["client_id"].map(client.set_index("client_id")["name"])
    place = list(rows.columns).index("client_id") + 1
    return pd.concat([rows.iloc[:, :place], names.rename("name"), rows.iloc[:, place:]], axis=1)


def with_name(columns: Any) -> dict[str, Column]:
    """Return the columns of a table and the client's name."""
    return {**columns, "name": CLIENT.columns["name"]}
