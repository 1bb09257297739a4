"""What ``crmkit signals`` has to say."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.codes import word_for
from crmkit.book.privacy import mask
from crmkit.book.results import ALERTS, TO_COMPLIANCE
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet
from crmkit.pages.common import named, print_notes, with_name
from crmkit.screen import print_table, records, say
from crmkit.words import t


def alerts_document(
    before: ClientBook, after: ClientBook, rows: pd.DataFrame, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what ``crmkit signals --json`` prints."""
    counts = rows["signal"].value_counts()
    return {
        "before": before.as_of.isoformat(),
        "after": after.as_of.isoformat(),
        "counts": {str(name): int(count) for name, count in counts.items() if count},
        "alerts": records(named(rows, mask(after.client))),
        "notes": list(notes),
    }


def print_alerts(
    before: ClientBook, after: ClientBook, rows: pd.DataFrame, notes: Sequence[str] = ()
) -> None:
    """Print how many alerts there are of each kind, and the pressing ones."""
    print_notes([t("signals.compared", before=before.as_of, after=after.as_of,
                   alerts=len(rows), clients=rows["client_id"].nunique()), *notes])  # fmt: skip
    print_table(alert_counts(rows), t("signals.counts"))
    columns = ["tier", "client_id", "name", "signal", "severity", "due", "channel", "reason"]
    listed = named(rows, mask(after.client))[columns]
    print_table(shown(listed, with_name(ALERTS.columns)), t("signals.list"))


def alert_counts(alerts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per signal under headings: how many clients, how many new, what to do."""
    groups = alerts.groupby("signal", observed=True, sort=False)
    first = groups.first()
    order = first["severity"].cat.codes.sort_values(kind="stable").index
    table = pd.DataFrame({
        ALERTS.columns["signal"].heading(): [word_for(str(name)) for name in order],
        ALERTS.columns["severity"].heading(): [word_for(str(first["severity"][n])) for n in order],
        t("signals.clients"): groups.size().loc[order].to_numpy(),
        ALERTS.columns["fresh"].heading(): groups["fresh"].sum().loc[order].to_numpy(),
        ALERTS.columns["play"].heading(): first["play"].loc[order].to_numpy(),
    })  # fmt: skip
    return table


def alert_sheets(after: ClientBook, rows: pd.DataFrame) -> list[Sheet]:
    """Return the alerts as a sheet of a workbook, names in full."""
    listed = named(rows, after.client)
    return [Sheet(t("signals.list"), shown(listed, with_name(ALERTS.columns)), t("cli.unmasked")),
            Sheet(t("signals.counts"), alert_counts(rows))]  # fmt: skip


def compliance_document(
    before: ClientBook, after: ClientBook, rows: pd.DataFrame, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what ``crmkit signals --compliance --json`` prints."""
    return {
        "before": before.as_of.isoformat(),
        "after": after.as_of.isoformat(),
        "for_compliance": records(named(rows, mask(after.client))),
        "notes": [t("signals.compliance.note"), *notes],
    }


def print_compliance(
    before: ClientBook, after: ClientBook, rows: pd.DataFrame, notes: Sequence[str] = ()
) -> None:
    """Print what goes to the compliance officer, and the duty of silence first."""
    print_notes([t("signals.compliance.note"), *notes])
    if not len(rows):
        return say(t("signals.compliance.none"))
    return print_table(
        shown(named(rows, mask(after.client)), with_name(TO_COMPLIANCE.columns)),
        TO_COMPLIANCE.title(),
    )


def compliance_sheets(after: ClientBook, rows: pd.DataFrame) -> list[Sheet]:
    """Return what goes to the compliance officer as a sheet, names in full."""
    note = " ".join([t("cli.unmasked"), t("signals.compliance.note")])
    table = shown(named(rows, after.client), with_name(TO_COMPLIANCE.columns))
    return [Sheet(TO_COMPLIANCE.title(), table, note)]


class Saying(NamedTuple):
    """How one of the two queues is told: as JSON, on the screen, in a workbook."""

    document: Callable[[ClientBook, ClientBook, pd.DataFrame, Sequence[str]], dict[str, Any]]
    page: Callable[[ClientBook, ClientBook, pd.DataFrame, Sequence[str]], None]
    sheets: Callable[[ClientBook, pd.DataFrame], list[Sheet]]


SERVICE = Saying(alerts_document, print_alerts, alert_sheets)
COMPLIANCE = Saying(compliance_document, print_compliance, compliance_sheets)
