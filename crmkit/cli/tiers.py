"""The command that tiers a book."""

from crmkit.cli.app import app
from crmkit.cli.arguments import day, fen, read
from crmkit.cli.options import (
    Activity,
    AsOf,
    ContributionCut,
    ContributionShare,
    Json,
    Lang,
    Ledger,
    Out,
    TurnoverCut,
    TurnoverShare,
)


@app.command(help="cli.tier")
def tier(
    ledger: Ledger,
    activity: Activity = None,
    as_of: AsOf = None,
    contribution_share: ContributionShare = 0.2,
    turnover_share: TurnoverShare = 0.5,
    contribution_cut: ContributionCut = None,
    turnover_cut: TurnoverCut = None,
    out: Out = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Tier the clients of a ledger A to D."""
    from crmkit import screen
    from crmkit.analysis.tiering import tier_book
    from crmkit.book.workbook import write_workbook
    from crmkit.pages import tiers as pages

    reading = read(ledger, day(as_of, "--as-of"), activity)
    tiering = tier_book(
        reading.book, contribution_share, turnover_share, fen(contribution_cut), turnover_cut
    )
    if out:
        write_workbook(pages.tier_sheets(reading.book, tiering), out)
    screen.show(
        as_json,
        document=lambda: pages.tiers_document(reading.book, tiering),
        page=lambda: pages.print_tiers(reading, tiering),
    )
    screen.say_written(out)
