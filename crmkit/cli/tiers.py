"""The command that tiers a book."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crmkit.book.files import workbook_name
from crmkit.cli.app import app
from crmkit.cli.arguments import fen, line, named_day, read
from crmkit.cli.options import (
    Activity,
    AsOf,
    ContributionCut,
    Json,
    Lang,
    Ledger,
    TurnoverCut,
)
from crmkit.errors import CrmkitError
from crmkit.words import t

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
    from crmkit.analysis.large import save_tiers
    from crmkit.analysis.tier_rules import load_tier_rules
    from crmkit.book.workbook import write_workbook
    from crmkit.pages import tiers as pages

    firm = load_tier_rules(rules).but(
        contribution_share=contribution_share,
        turnover_share=turnover_share,
        contribution_cut=fen(contribution_cut, "--contribution-cut"),
        turnover_cut=None if turnover_cut is None else line(turnover_cut, "--turnover-cut"),
    )
    table = out if out and out.suffix.lower() == ".parquet" else None
    if table and (ledger.is_dir() or ledger.suffix.lower() == ".parquet"):
        _refuse({"--activity": activity, "--as-of": as_of, "--before": before,
                 "--before-as-of": before_as_of}, table)  # fmt: skip
        return _tier_large(ledger, table, firm.lines(), as_json)
    workbook = None if table else workbook_name(out)
    reading = read(ledger, named_day(as_of, "--as-of"), activity)
    earlier = read(before, named_day(before_as_of, "--before-as-of"), None).book if before else None
    found = pages.look_into(reading.book, firm, earlier)
    if table:
        save_tiers(found.tiering.tiers, table)
    if workbook:
        write_workbook(pages.tier_sheets(reading.book, found), workbook)
    screen.show(
        as_json,
        document=lambda: pages.tiers_document(reading.book, found),
        page=lambda: pages.print_tiers(reading, found),
    )
    screen.say_written(workbook)
    if table and not as_json:
        screen.say(t("tier.cli.large_written", file=table))
    return None


def _refuse(options: dict[str, object], out: Path) -> None:
    """Refuse what has no part in work from file to file."""
    for option, value in options.items():
        if value is not None:
            raise CrmkitError("tier.not_large", where=str(out), option=option)


def _tier_large(source: Path, out: Path, lines: dict[str, Any], as_json: bool) -> None:
    """Tier from file to file what need not fit in memory."""
    from crmkit import screen
    from crmkit.analysis.large import tier_file
    from crmkit.pages import large as pages

    with screen.busy(t("cli.reading", file=source.name)):
        found = tier_file(source, out, **lines)
    screen.show(
        as_json,
        document=lambda: pages.large_document(found),
        page=lambda: pages.print_large(found, out),
    )
