"""What ``crmkit calendar`` has to say."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from crmkit.planning.calendar import Year, is_trading_day
from crmkit.screen import print_table, say
from crmkit.words import t

KINDS = ("holidays", "make_up", "exchanges_only")


def year_counts(known: Year) -> dict[str, int]:
    """Return how many days of each kind a year has."""
    first = date(known.year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    sessions = sum(is_trading_day(day) for day in days if day.year == known.year)
    return {
        "year": known.year,
        "holidays": len(known.holidays),
        "make_up": len(known.make_up),
        "sessions": sessions,
    }


def year_document(known: Year) -> dict[str, Any]:
    """Return what ``crmkit calendar show --json`` prints."""
    days = {kind: [day.isoformat() for day in sorted(getattr(known, kind))] for kind in KINDS}
    told = {"status": known.status, "imported": known.imported, "source": known.offices}
    return {"year": known.year, **told, "sessions": year_counts(known)["sessions"], **days}


def print_year(known: Year) -> None:
    """Print the days of a year that are not like an ordinary week."""
    status = "imported" if known.imported else known.status
    counts = year_counts(known)
    say(t("calendar.title", status=t(f"calendar.status.{status}"), **counts))
    rows = [
        {
            "day": day.isoformat(),
            "weekday": t(f"planning.weekday.{day.weekday()}"),
            "kind": t(f"calendar.kind.{kind}"),
        }
        for day, kind in sorted((day, kind) for kind in KINDS for day in getattr(known, kind))
    ]
    table = pd.DataFrame(rows, columns=["day", "weekday", "kind"])
    print_table(table.rename(columns=lambda name: t(f"calendar.heading.{name}")), most=60)
    for source in filter(None, (known.offices, known.exchanges)):
        say(t("calendar.source", source=source))
