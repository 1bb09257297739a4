"""What ``crmkit book card`` has to say."""

from typing import Any

import pandas as pd

from crmkit.screen import print_table, say
from crmkit.words import t


def card_document(card: pd.DataFrame, preset: str, seed: int, clients: int) -> dict[str, Any]:
    """Return what ``crmkit book card --json`` prints."""
    rows = card.to_dict(orient="records")
    facts = [row | {"observed": None} if pd.isna(row["observed"]) else row for row in rows]
    passed = {"facts": len(card), "passed": int(card["passes"].sum())}
    return {"preset": preset, "seed": seed, "clients": clients, **passed, "card": facts}


def print_card(card: pd.DataFrame) -> None:
    """Print every fact with its band and what was observed, then why some cannot hold."""
    marks = card["passes"].map({True: "✓", False: "✗"})
    low, high, seen = ([_brief(v) for v in card[name]] for name in ("low", "high", "observed"))
    bands = [f"{least} … {most}" for least, most in zip(low, high, strict=True)]
    page = pd.DataFrame({
        "#": card["fact"],
        t("branch.cli.card_fact"): card["text"],
        t("branch.cli.card_band"): bands,
        t("branch.cli.card_observed"): seen,
        "": marks,
        t("branch.cli.card_status"): card["status"],
    })  # fmt: skip
    print_table(page, most=len(page))
    say(t("branch.cli.card_marks"))
    for row in card[~card["passes"]].to_dict(orient="records"):
        say(f"{row['fact']}  {row['why'] or t('branch.cli.card_unexplained')}")


def _brief(value: float) -> str:
    """Return a measured number in as many digits as anybody reads."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
