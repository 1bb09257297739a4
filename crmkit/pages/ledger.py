"""What ``crmkit book check`` has to say."""

from typing import Any

from crmkit.book.ledger import Reading
from crmkit.book.workbook import Sheet
from crmkit.pages.common import headed, masked, print_kept
from crmkit.screen import print_table, records, say
from crmkit.words import t


def reading_document(reading: Reading) -> dict[str, Any]:
    """Return what ``crmkit book check --json`` prints."""
    return {
        "as_of": reading.book.as_of.isoformat(),
        "clients": len(reading.book.client),
        "months": len(reading.book.activity),
        "contacts": len(reading.book.contact),
        "problems": records(masked(reading.problems)),
        "notes": records(masked(reading.notes)),
        "ignored": records(reading.ignored),
    }


def print_reading(reading: Reading) -> None:
    """Print what was read, what could not be, and what to do about it."""
    print_kept(reading)
    for findings, title in ((reading.problems, "cli.problems"), (reading.notes, "cli.notes")):
        if len(findings):
            print_table(headed(masked(findings)), t(title, count=len(findings)))
    if len(reading.ignored):
        print_table(headed(reading.ignored), t("cli.ignored", count=len(reading.ignored)))
    if reading.problems.empty:
        say(t("cli.nothing_wrong"))


def problem_sheets(reading: Reading) -> list[Sheet]:
    """Return problems and notes as sheets of a workbook, values in full."""
    note = t("cli.unmasked")
    return [
        Sheet(t("cli.problems_sheet"), headed(reading.problems), note),
        Sheet(t("cli.notes_sheet"), headed(reading.notes), note),
    ]
