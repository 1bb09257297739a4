"""What ``crmkit book card`` has to say."""

import math
from typing import Any

import pandas as pd

from crmkit.screen import print_table, say
from crmkit.words import t


def card_document(
    card: pd.DataFrame, sayings: pd.DataFrame, preset: str, seed: int, clients: int
) -> dict[str, Any]:
    """Return what ``crmkit book card --json`` prints."""
    passed = {"facts": len(card), "passed": int(card["passes"].sum())}
    asked = {"preset": preset, "seed": seed, "clients": clients}
    return {**asked, **passed, "card": _rows(card), "folklore": _rows(sayings)}


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows for JSON, which knows no number that is none."""
    return [
        {str(name): None if value != value else value for name, value in row.items()}
        for row in table.to_dict(orient="records")
    ]


def print_card(card: pd.DataFrame, sayings: pd.DataFrame) -> None:
    """Print every fact with its band and what was observed, why some cannot hold, and the
    trade's sayings."""
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

    say(f"\n{t('branch.folklore.page.title')}")
    print_table(pd.DataFrame({
        "": sayings["text"],
        t("branch.folklore.page.told"): [_brief(value) for value in sayings["told"]],
        t("branch.cli.card_observed"): [_brief(value) for value in sayings["observed"]],
        t("branch.folklore.page.measure"): sayings["measure"],
    }))  # fmt: skip
    say(t("branch.folklore.page.note"))


def _brief(value: float) -> str:
    """Return a measured number in as many digits as anybody reads."""
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
