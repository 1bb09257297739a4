"""The commands that plan contacts."""

from pathlib import Path

from crmkit.cli.app import plan
from crmkit.cli.arguments import day, fen, line, read, spare
from crmkit.cli.groups import MEANT
from crmkit.cli.options import (
    Activity,
    ContributionCut,
    ContributionShare,
    Days,
    Exact,
    FewDays,
    Html,
    Ics,
    Json,
    Lang,
    Ledger,
    Minutes,
    Out,
    OwnPlan,
    Pins,
    Results,
    Rules,
    Since,
    Start,
    TurnoverCut,
    TurnoverShare,
)
from crmkit.errors import CrmkitError


@plan.command(MEANT, help="cli.plan")
def make(
    ledger: Ledger,
    start: Start = None,
    days: Days = 20,
    minutes: Minutes = 240,
    activity: Activity = None,
    rules: Rules = None,
    exact: Exact = False,
    results: Results = None,
    pins: Pins = None,
    since: Since = None,
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
    from crmkit.analysis.signals import signals as find
    from crmkit.analysis.tiering import tier_book
    from crmkit.book.rewind import rewind
    from crmkit.pages import agenda as pages
    from crmkit.planning.agenda import make_agenda
    from crmkit.planning.cadence import load_rules
    from crmkit.planning.calendar import trading_days
    from crmkit.planning.export import cancelled_file, write_excel, write_ics
    from crmkit.planning.morning import begin_day, only_for
    from crmkit.planning.outcomes import log_file
    from crmkit.planning.pages import write_pages

    kept = ledger, activity, rules, log_file(ledger)
    spare(kept, [out, html])  # a workbook that came back may be written anew
    _no_ledger(ledger, results, pins)
    spare([*kept, results, pins, out], [ics, ics and cancelled_file(ics)])
    first = day(start, "--start")
    reading = read(ledger, None, activity, first)
    morning = begin_day(reading.book, ledger, trading_days(first, days), results, pins)
    book = morning.book
    tiering = tier_book(
        book,
        contribution_share,
        turnover_share,
        fen(contribution_cut, "--contribution-cut"),
        None if turnover_cut is None else line(turnover_cut, "--turnover-cut"),
    )
    agenda = make_agenda(
        book, tiering.tiers, first, days, minutes, load_rules(rules), exact,
        signals=find(rewind(book, day(since, "--since")), book) if since else None,
        pins=morning.pins, before=morning.before,
    )  # fmt: skip
    morning = only_for(morning, agenda.plan.problem.clients)
    if out:
        notes = [*tiering.notes, *morning.notes]
        write_excel(agenda, out, problems=reading.problems, notes=notes)
    calendars = write_ics(agenda, ics) if ics else []
    if html:
        write_pages(agenda, html)
    screen.show(
        as_json,
        document=lambda: pages.agenda_document(agenda, tiering, morning),
        page=lambda: pages.print_agenda(reading, agenda, tiering, morning),
    )
    screen.say_written(out, *calendars, html)


@plan.command("score", help="score.cli.score")
def score(
    own: OwnPlan,
    ledger: Ledger,
    start: Start = None,
    days: FewDays = None,
    minutes: Minutes = 240,
    activity: Activity = None,
    rules: Rules = None,
    exact: Exact = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Judge a person's plan by the same judge as the kit's own."""
    from crmkit import screen
    from crmkit.analysis.tiering import tier_book
    from crmkit.pages import score as pages
    from crmkit.planning.agenda import make_agenda
    from crmkit.planning.assess import assess
    from crmkit.planning.cadence import load_rules
    from crmkit.planning.own import cells_of, span_of
    from crmkit.planning.returned import read_returned

    _no_ledger(ledger, own)
    book = read(ledger, None, activity, day(start, "--start")).book
    returned = read_returned(own, book.client)
    first, length = span_of(returned.rows)
    first = day(start, "--start") if start else first
    tiers = tier_book(book).tiers
    best = make_agenda(book, tiers, first, days or length, minutes, load_rules(rules), exact).plan
    cells, outside = cells_of(returned.rows, best.problem)
    found = assess(best.problem, cells, best.solution)
    told = (found, cells, best.problem, outside, returned.problems)
    screen.show(
        as_json,
        document=lambda: pages.score_document(*told),
        page=lambda: pages.print_score(*told),
    )


def _no_ledger(ledger: Path, *plans: Path | None) -> None:
    """Refuse the ledger where a plan is asked for."""
    for path in plans:
        if path and path.exists() and ledger.exists() and path.samefile(ledger):
            raise CrmkitError("returned.a_ledger", where=str(path))
