"""What ``crmkit rules`` has to say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from crmkit.rules import Rule
from crmkit.screen import print_table
from crmkit.words import t


def rules_document(listed: Iterable[Rule], as_of: date) -> dict[str, Any]:
    """Return what ``crmkit rules --json`` prints."""
    return {
        "as_of": as_of.isoformat(),
        "rules": [
            {
                "name": rule.name,
                "title": rule.title,
                "unit": rule.unit,
                "value": rule.shown(),
                "effective_from": rule.effective_from.isoformat(),
                "superseded_on": rule.superseded_on and rule.superseded_on.isoformat(),
                "source": rule.source,
                "checked_on": rule.checked_on.isoformat(),
                "status": rule.status,
                "notes": rule.caveats(as_of),
            }
            for rule in listed
        ],
    }


def print_rules(listed: Iterable[Rule], as_of: date) -> None:
    """Print rules with their source and how far to trust them."""
    columns = ("name", "title", "value", "effective_from", "source", "status")
    rows = rules_document(listed, as_of)["rules"]
    page = pd.DataFrame(rows, columns=list(columns)).assign(
        status=[t(f"rules.status.{row['status']}") for row in rows]
    )
    print_table(
        page.rename(columns={name: t(f"rules.heading.{name}") for name in columns}), most=len(page)
    )
