"""What ``crmkit tier`` has to say."""

from typing import Any

import pandas as pd

from crmkit.analysis.tiering import Tiering
from crmkit.book.book import ClientBook
from crmkit.book.ledger import Reading
from crmkit.book.privacy import mask
from crmkit.book.results import TIERING
from crmkit.book.schema import TIERS
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet
from crmkit.pages.common import named, print_kept, print_notes, with_name
from crmkit.screen import print_table, records
from crmkit.words import t


def tiers_document(book: ClientBook, tiering: Tiering) -> dict[str, Any]:
    """Return what ``crmkit tier --json`` prints."""
    cuts = pd.DataFrame(
        {
            "contribution_12m": [tiering.cuts.contribution],
            "turnover_ratio": [tiering.cuts.turnover],
        }
    )
    counts = tiering.tiers["tier"].value_counts()
    return {
        "as_of": book.as_of.isoformat(),
        "cuts": records(cuts)[0],
        "counts": {tier: int(counts[tier]) for tier in TIERS},
        "clients": records(named(tiering.tiers, mask(book.client))),
        "notes": list(tiering.notes),
    }


def print_tiers(reading: Reading, tiering: Tiering) -> None:
    """Print the lines, the groups with their strategies, and the clients."""
    print_kept(reading)
    print_notes(tiering.notes)
    print_table(groups(tiering.tiers))
    print_table(_by_tier(tiering.tiers, mask(reading.book.client)), t("branch.cli.clients"))


def tier_sheets(book: ClientBook, tiering: Tiering) -> list[Sheet]:
    """Return clients by tier and the strategies as sheets of a workbook, names in full."""
    note = " ".join([t("cli.unmasked"), *tiering.notes])
    return [
        Sheet(t("branch.cli.clients"), _by_tier(tiering.tiers, book.client), note),
        Sheet(t("cli.strategies"), groups(tiering.tiers)),
    ]


def _by_tier(tiers: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    """Return the clients under headings, best tier and highest contribution first."""
    order = ["tier", "contribution_12m", "client_id"]
    rows = named(tiers, client).sort_values(order, ascending=[True, False, True])
    columns = ["tier", "client_id", "name", "contribution_12m", "turnover_ratio", "basis", "reason"]
    return shown(rows[columns], with_name(TIERING.columns))


def groups(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per tier: how many clients, what they bring, what they are owed."""
    sums = tiers.groupby("tier", observed=False)["contribution_12m"].agg(["size", "sum"])
    sums = sums[sums["size"] > 0]
    total = sums["sum"].sum()
    return pd.DataFrame(
        {
            t("cli.tier_heading"): [t(f"tier.{tier}.name") for tier in sums.index],
            t("cli.count_heading"): sums["size"].to_numpy(),
            t("cli.share_heading"): [
                f"{part / total:.0%}" if total else "" for part in sums["sum"]
            ],
            t("cli.strategy_heading"): [t(f"tier.{tier}.strategy") for tier in sums.index],
        }
    )
