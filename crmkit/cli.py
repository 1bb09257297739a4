"""The commands: parse, call, print. What they print is put together in ``pages``."""

import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmkit.errors import CrmkitError
from crmkit.spoken import run
from crmkit.words import language, t

if TYPE_CHECKING:
    from crmkit.book.ledger import Reading

# A help text is a key of the words files; `spoken` turns it into a sentence.
Ledger = Annotated[Path, typer.Argument(help="cli.ledger", metavar="LEDGER")]
Activity = Annotated[Path | None, typer.Option(help="cli.activity", metavar="FILE")]
AsOf = Annotated[str | None, typer.Option(help="cli.as_of", metavar="YYYY-MM-DD")]
Start = Annotated[str | None, typer.Option(help="cli.start", metavar="YYYY-MM-DD")]
Days = Annotated[int, typer.Option(help="cli.days", metavar="N")]
Minutes = Annotated[int, typer.Option(help="cli.minutes", metavar="N")]
Rules = Annotated[Path | None, typer.Option(help="cli.rules", metavar="FILE.toml")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="cli.out", metavar="FILE.xlsx")]
Ics = Annotated[Path | None, typer.Option(help="cli.ics", metavar="FILE.ics")]
ContributionShare = Annotated[float, typer.Option(help="cli.contribution_share", metavar="SHARE")]
TurnoverShare = Annotated[float, typer.Option(help="cli.turnover_share", metavar="SHARE")]
ContributionCut = Annotated[float | None, typer.Option(help="cli.contribution_cut", metavar="CNY")]
TurnoverCut = Annotated[float | None, typer.Option(help="cli.turnover_cut", metavar="TIMES")]
Amount = Annotated[float, typer.Option(help="cli.amount", metavar="CNY")]
Rate = Annotated[float, typer.Option(help="cli.rate", metavar="PER_MILLE")]
Side = Annotated[str, typer.Option(help="cli.side", metavar="buy|sell")]
Market = Annotated[str, typer.Option(help="cli.market", metavar="SH|SZ|BJ")]
Quote = Annotated[str, typer.Option(help="cli.quote", metavar="all-in|net")]
On = Annotated[str | None, typer.Option("--on", help="cli.on", metavar="YYYY-MM-DD")]
Shares = Annotated[int | None, typer.Option(help="cli.shares", metavar="N")]
FirmRules = Annotated[
    Path | None, typer.Option("--rules", help="cli.firm_rules", metavar="FILE.toml")
]
Message = Annotated[str, typer.Argument(help="cli.message", metavar="FILE|-")]
At = Annotated[str | None, typer.Option("--at", help="cli.at", metavar="HH:MM")]
NoConsent = Annotated[bool, typer.Option("--no-consent", help="cli.no_consent")]
RuleName = Annotated[str | None, typer.Argument(help="cli.rule_name", metavar="[NAME]")]
Port = Annotated[int | None, typer.Option(help="cli.port", metavar="N")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="cli.browser")]
NewBook = Annotated[Path, typer.Argument(help="branch.cli.new_book", metavar="OUT")]
Clients = Annotated[int, typer.Option(help="branch.cli.clients", metavar="N")]
Months = Annotated[int, typer.Option(help="branch.cli.months", metavar="N")]
Seed = Annotated[int, typer.Option(help="branch.cli.seed", metavar="N")]
Preset = Annotated[str, typer.Option(help="branch.cli.preset", metavar="NAME")]
Regime = Annotated[str, typer.Option("--market", help="branch.cli.path", metavar="NAME")]
Dirt = Annotated[float, typer.Option(help="branch.cli.dirt", metavar="SHARE")]
Workers = Annotated[int, typer.Option(help="branch.cli.workers", metavar="N")]
Truth = Annotated[Path | None, typer.Option(help="branch.cli.truth", metavar="DIR")]
Json = Annotated[bool, typer.Option("--json", help="cli.json")]
Lang = Annotated[str | None, typer.Option(help="cli.lang", metavar="zh|en")]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
book = typer.Typer(help="cli.book", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(book, name="book")


@app.callback(help="cli.crmkit")
def crmkit(lang: Lang = None) -> None:
    """Take ``--lang`` before the name of a command as well as after it."""


@book.command(help="cli.check")
def check(
    ledger: Ledger,
    activity: Activity = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Read a ledger and list what could not be read."""
    from crmkit import pages, screen
    from crmkit.book.workbook import write_workbook

    reading = _read(ledger, _day(as_of, "--as-of"), activity)
    if out:
        write_workbook(pages.problem_sheets(reading), out)
    screen.show(
        as_json,
        document=lambda: pages.reading_document(reading),
        page=lambda: pages.print_reading(reading),
    )
    screen.say_written(out)


@book.command("new", help="branch.cli.book_new")
def new_book(
    out: NewBook,
    clients: Clients = 300,
    months: Months = 36,
    seed: Seed = 1,
    as_of: AsOf = None,
    preset: Preset = "sse2023",
    market: Regime = "mixed",
    dirt: Dirt = 0.0,
    workers: Workers = 1,
    truth: Truth = None,
    lang: Lang = None,
) -> None:
    """Simulate a branch and write its client book."""
    from crmkit.branch.plan import make_plan
    from crmkit.branch.writing import write_book
    from crmkit.screen import say, watched

    day = _day(as_of, "--as-of")
    plan = make_plan(clients, seed, day, months, preset, market, dirt=dirt)
    with watched(t("branch.cli.simulating", count=clients), plan.blocks) as progress:
        write_book(plan, out, workers, truth, progress)
    say(t("branch.cli.simulated", count=clients, file=out))


@book.command("card", help="branch.cli.book_card")
def card(
    preset: Preset = "sse2023",
    clients: Clients = 20_000,
    seed: Seed = 1,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Hold a simulated branch against published facts."""
    from crmkit import pages, screen
    from crmkit.branch.calibration import make_card

    with screen.busy(t("branch.cli.measuring")):
        rows = make_card(preset, seed, clients)
    screen.show(
        as_json,
        document=lambda: pages.card_document(rows, preset, seed, clients),
        page=lambda: pages.print_card(rows),
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
    from crmkit import pages, screen
    from crmkit.analysis.tiering import tier_book
    from crmkit.book.workbook import write_workbook

    reading = _read(ledger, _day(as_of, "--as-of"), activity)
    tiering = tier_book(
        reading.book, contribution_share, turnover_share, _fen(contribution_cut), turnover_cut
    )
    if out:
        write_workbook(pages.tier_sheets(reading.book, tiering), out)
    screen.show(
        as_json,
        document=lambda: pages.tiers_document(reading.book, tiering),
        page=lambda: pages.print_tiers(reading, tiering),
    )
    screen.say_written(out)


@app.command(help="cli.plan")
def plan(
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
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Plan the contacts of the coming trading days."""
    from crmkit import pages, screen
    from crmkit.analysis.tiering import tier_book
    from crmkit.planning.agenda import make_agenda
    from crmkit.planning.cadence import load_rules
    from crmkit.planning.export import write_excel, write_ics

    first = _day(start, "--start")
    reading = _read(ledger, first, activity)
    tiering = tier_book(
        reading.book, contribution_share, turnover_share, _fen(contribution_cut), turnover_cut
    )
    agenda = make_agenda(reading.book, tiering.tiers, first, days, minutes, load_rules(rules))
    if out:
        write_excel(agenda, out, problems=reading.problems, notes=tiering.notes)
    if ics:
        write_ics(agenda, ics)
    screen.show(
        as_json,
        document=lambda: pages.agenda_document(reading.book, agenda, tiering),
        page=lambda: pages.print_agenda(reading, agenda, tiering),
    )
    screen.say_written(out, ics)


@app.command(help="cli.fees")
def fees(
    amount: Amount,
    rate: Rate,
    side: Side = "buy",
    market: Market = "SH",
    quote: Quote = "all-in",
    on: On = None,
    shares: Shares = None,
    rules: FirmRules = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Work out what a trade costs."""
    from crmkit import pages, screen
    from crmkit.pricing.fees import one_trade
    from crmkit.rules import read_rules

    trade = one_trade(amount, rate, side, market, quote, _day(on, "--on"), shares)
    known = read_rules(rules)
    screen.show(
        as_json,
        document=lambda: pages.fees_document(trade, known, date.today()),
        page=lambda: pages.print_fees(trade, known, date.today()),
    )


@app.command(help="cli.say")
def say(
    message: Message,
    at: At = None,
    no_consent: NoConsent = False,
    rules: FirmRules = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Read a message and name what it may not say."""
    from crmkit import pages, screen
    from crmkit.conduct.messages import Setting, read_message
    from crmkit.rules import read_rules

    setting = Setting(_moment(at), False if no_consent else None)
    known = read_rules(rules)
    breaches = read_message(screen.read_text(message), setting, known)
    screen.show(
        as_json,
        document=lambda: pages.breaches_document(breaches),
        page=lambda: pages.print_breaches(breaches, known, date.today()),
    )


@app.command(help="cli.rules_list")
def rules(
    name: RuleName = None,
    on: On = None,
    firm: FirmRules = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """List the rules in force on a day, or the history of one."""
    from crmkit import pages, screen
    from crmkit.rules import read_rules

    known = read_rules(firm)
    listed = known.history(name) if name else known.in_force(_day(on, "--on"))
    screen.show(
        as_json,
        document=lambda: pages.rules_document(listed, date.today()),
        page=lambda: pages.print_rules(listed, date.today()),
    )


@app.command(help="cli.lab")
def lab(port: Port = None, browser: Browser = True, lang: Lang = None) -> None:
    """Open the course in JupyterLab."""
    from crmkit.lab import open_lab

    open_lab(language(), port=port, browser=browser)


@app.command(help="cli.doctor")
def doctor(as_json: Json = False, lang: Lang = None) -> None:
    """Say what this computer lacks; exit code 1 when something is missing."""
    from crmkit import lab, pages, screen

    checks = lab.doctor()
    screen.show(
        as_json,
        document=lambda: pages.doctor_document(checks),
        page=lambda: pages.print_doctor(checks),
    )
    raise typer.Exit(0 if checks["ok"].all() else 1)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 something to put right.

    >>> main(["doctor", "--help", "--lang", "en"])  # doctest: +ELLIPSIS
    Usage: crmkit doctor [OPTIONS]
    ...
    0
    """
    return run(app, sys.argv[1:] if arguments is None else arguments)


def _read(ledger: Path, as_of: date, activity: Path | None) -> "Reading":
    """Read a ledger, or open the folder of a saved book, which knows its own day."""
    from crmkit.book.ledger import read_ledger
    from crmkit.book.store import open_book
    from crmkit.book.validation import check_book
    from crmkit.screen import busy

    with busy(t("cli.reading", file=ledger.name)):
        if ledger.is_dir() and activity is None:
            return check_book(open_book(ledger))
        return read_ledger(ledger, as_of, activity)


def _day(text: str | None, option: str) -> date:
    """Return the day an option names; the one place where a missing day means today."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CrmkitError("cli.bad_date", option=option, value=text) from error


def _moment(text: str | None) -> time | None:
    try:
        return None if text is None else time.fromisoformat(text)
    except ValueError as error:
        raise CrmkitError("cli.bad_time", value=text) from error


def _fen(cny: float | None) -> float | None:
    return None if cny is None else cny * 100


if __name__ == "__main__":
    sys.exit(main())
