"""What ``crmkit tier`` has to say of a book that it works through file by file."""

from pathlib import Path
from typing import Any

from crmkit.analysis.large import LargeTiering
from crmkit.pages.common import print_notes
from crmkit.pages.tiers import cuts_document, groups_of
from crmkit.screen import print_table, say
from crmkit.words import t


def large_document(found: LargeTiering) -> dict[str, Any]:
    """Return what ``crmkit tier -o FILE.parquet --json`` prints."""
    counts = found.groups.set_index("tier")["clients"]
    return {
        "cuts": cuts_document(found.cuts),
        "counts": {str(tier): int(count) for tier, count in counts.items()},
        "notes": list(found.notes),
    }


def print_large(found: LargeTiering, out: Path) -> None:
    """Print the lines, the groups with their strategies, and where the tiers are."""
    print_notes(found.notes)
    sums = found.groups.set_index("tier")
    print_table(groups_of(sums["clients"], sums["contribution_12m"]))
    say(t("tier.cli.large_written", file=out))
