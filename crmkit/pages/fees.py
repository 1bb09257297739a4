"""What ``crmkit fees`` has to say."""

from datetime import date
from typing import Any

import pandas as pd

from crmkit.pages.common import print_notes
from crmkit.pricing.fees import COMPONENTS, fee_caveats, trade_fees
from crmkit.rules import Rulebook
from crmkit.screen import print_table, say
from crmkit.words import t


def fees_document(trade: pd.DataFrame, rules: Rulebook, as_of: date) -> dict[str, Any]:
    """Return what ``crmkit fees --json`` prints; money in CNY."""
    row = trade.iloc[0]
    charged = trade_fees(trade, rules).iloc[0]
    return {
        "on": row["date"].strftime("%Y-%m-%d"),
        "market": row["market"],
        "side": row["side"],
        "quote": row["quote"],
        "amount": int(row["amount"]) / 100,
        "rate": float(row["commission_rate"]),
        **{part: int(charged[part]) / 100 for part in COMPONENTS},
        "contained": ["handling", "regulatory"] if row["quote"] == "all-in" else [],
        "notes": fee_caveats(trade, as_of, rules),
    }


def print_fees(trade: pd.DataFrame, rules: Rulebook, as_of: date) -> None:
    """Print the parts of a trade's cost, the effective rate and what is not certain."""
    found = fees_document(trade, rules, as_of)
    words = {kind: t(f"pricing.{kind}.{found[kind]}") for kind in ("market", "side", "quote")}
    say(t("pricing.trade", on=found["on"], amount=found["amount"], rate=found["rate"], **words))
    rows = [
        (t("pricing.contained", part=label) if part in found["contained"] else label, found[part])
        for part, label in ((part, t(f"pricing.{part}")) for part in COMPONENTS)
    ]
    print_table(pd.DataFrame(rows, columns=[t("pricing.part"), t("pricing.cny")]))
    print_notes(found["notes"])
