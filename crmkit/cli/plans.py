"""The commands that plan contacts."""

from crmkit.cli.app import plan
from crmkit.cli.arguments import day, fen, read
from crmkit.cli.groups import MEANT
from crmkit.cli.options import (
    Activity,
    ContributionCut,
    ContributionShare,
    Days,
    Html,
    Ics,
    Json,
    Lang,
    Ledger,
    Minutes,
    Out,
    Rules,
    Start,
    TurnoverCut,
    TurnoverShare,
)


@plan.command(MEANT, help="cli.plan")
def make(
    ledger: Ledger,
    start: Start = None,
    days: Days = 20,
    minutes: Minutes = 240,
    activity: Activity = None,
    rules: Rules = None,
    contribution_share: ContributionShare = 0.2,
    turnover_share: TurnoverShare = 0.5,
    contribution_cut: ContributionCut = None,
    turnover_cut: TurnoverCut = None,
    out: Out = None,
    ics: Ics = None,
    html: Html = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Plan the contacts of the coming trading days."""
    from crmkit import screen
    from crmkit.analysis.tiering import tier_book
    from crmkit.pages import agenda as pages
    from crmkit.planning.agenda import make_agenda
    from crmkit.planning.cadence import load_rules
    from crmkit.planning.export import write_excel, write_ics
    from crmkit.planning.pages import write_pages

    first = day(start, "--start")
    reading = read(ledger, first, activity)
    tiering = tier_book(
        reading.book, contribution_share, turnover_share, fen(contribution_cut), turnover_cut
    )
    agenda = make_agenda(reading.book, tiering.tiers, first, days, minutes, load_rules(rules))
    if out:
        write_excel(agenda, out, problems=reading.problems, notes=tiering.notes)
    calendars = write_ics(agenda, ics) if ics else []
    if html:
        write_pages(agenda, html)
    screen.show(
        as_json,
        document=lambda: pages.agenda_document(reading.book, agenda, tiering),
        page=lambda: pages.print_agenda(reading, agenda, tiering),
    )
    screen.say_written(out, *calendars, html)
