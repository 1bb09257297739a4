"""The command that tiers a book."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crmkit.cli.app import app
from crmkit.cli.arguments import fen, named_day, read
from crmkit.cli.options import (
    Activity,
    AsOf,
    ContributionCut,
    Json,
    Lang,
    Ledger,
    TurnoverCut,
)

Share = Annotated[
    float | None,
    typer.Option("--contribution-share", help="tier.cli.contribution_share", metavar="SHARE"),
]
Turns = Annotated[
    float | None, typer.Option("--turnover-share", help="tier.cli.turnover_share", metavar="SHARE")
]
TierRules = Annotated[
    Path | None, typer.Option("--rules", help="tier.cli.rules", metavar="FILE.toml")
]
Before = Annotated[Path | None, typer.Option(help="tier.cli.before", metavar="LEDGER")]
BeforeAsOf = Annotated[str | None, typer.Option(help="tier.cli.before_as_of", metavar="YYYY-MM-DD")]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="tier.cli.out", metavar="FILE.xlsx|.parquet")
]


@app.command(help="cli.tier")
def tier(
    ledger: Ledger,
    activity: Activity = None,
    as_of: AsOf = None,
    before: Before = None,
    before_as_of: BeforeAsOf = None,
    rules: TierRules = None,
    contribution_share: Share = None,
    turnover_share: Turns = None,
    contribution_cut: ContributionCut = None,
    turnover_cut: TurnoverCut = None,
    out: Out = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Tier the clients of a ledger A to D."""
    from crmkit import screen
    from crmkit.analysis.tier_rules import load_tier_rules
    from crmkit.book.workbook import write_workbook
    from crmkit.pages import tiers as pages

    firm = load_tier_rules(rules).but(
        contribution_share=contribution_share,
        turnover_share=turnover_share,
        contribution_cut=fen(contribution_cut),
        turnover_cut=turnover_cut,
    )
    if out and out.suffix == ".parquet":
        return _tier_large(ledger, out, firm.lines(), as_json)
    reading = read(ledger, named_day(as_of, "--as-of"), activity)
    earlier = read(before, named_day(before_as_of, "--before-as-of"), None).book if before else None
    found = pages.look_into(reading.book, firm, earlier)
    if out:
        write_workbook(pages.tier_sheets(reading.book, found), out)
    screen.show(
        as_json,
        document=lambda: pages.tiers_document(reading.book, found),
        page=lambda: pages.print_tiers(reading, found),
    )
    screen.say_written(out)
    return None


def _tier_large(source: Path, out: Path, lines: dict[str, Any], as_json: bool) -> None:
    """Tier from file to file what need not fit in memory."""
    from crmkit import screen
    from crmkit.analysis.large import tier_file
    from crmkit.pages import large as pages
    from crmkit.words import t

    with screen.busy(t("cli.reading", file=source.name)):
        found = tier_file(source, out, **lines)
    screen.show(
        as_json,
        document=lambda: pages.large_document(found),
        page=lambda: pages.print_large(found, out),
    )
