"""What ``crmkit say`` has to say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from crmkit.conduct.messages import Breach, message_caveats
from crmkit.pages.common import print_notes
from crmkit.screen import print_table, say
from crmkit.words import t


def breaches_document(breaches: Iterable[Breach]) -> list[dict[str, Any]]:
    """Return what ``crmkit say --json`` prints."""
    return [
        {
            "rule": breach.rule,
            "span": list(breach.span),
            "text": breach.text,
            "why": breach.why,
            "instead": breach.instead,
        }
        for breach in breaches
    ]


def print_breaches(breaches: list[Breach], as_of: date) -> None:
    """Print each breach with its reason and a better sentence, and what the check cannot tell."""
    columns = ("rule", "text", "why", "instead")
    if breaches:
        say(t("conduct.message_count", count=len(breaches)))
        page = pd.DataFrame(breaches_document(breaches), columns=list(columns))
        page = page.assign(rule=[t(f"conduct.rule.{breach.rule}") for breach in breaches])
        headings = {name: t(f"conduct.message_heading.{name}") for name in columns}
        print_table(page.rename(columns=headings), most=len(page))
        print_notes(message_caveats(breaches, as_of))
    else:
        say(t("conduct.message_nothing"))
    say(t("conduct.message_limits"), style="cyan")
