"""Commands about books: check a ledger, simulate a branch, hold it against facts."""

from crmkit.cli.app import book
from crmkit.cli.arguments import day, in_options, named_day, read
from crmkit.cli.options import (
    Activity,
    AsOf,
    Clients,
    Dirt,
    Json,
    Lang,
    Ledger,
    Months,
    NewBook,
    Out,
    Preset,
    Regime,
    Seed,
    Truth,
    Workers,
)
from crmkit.words import t


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
    from crmkit import screen
    from crmkit.book.workbook import write_workbook
    from crmkit.pages import ledger as pages

    reading = read(ledger, named_day(as_of, "--as-of"), activity)
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

    with in_options():
        plan = make_plan(clients, seed, day(as_of, "--as-of"), months, preset, market, dirt=dirt)
        with watched(t("branch.cli.simulating", count=clients), 1) as progress:
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
    from crmkit import screen
    from crmkit.branch.calibration import make_card
    from crmkit.branch.folklore import weigh_preset
    from crmkit.pages import card as pages

    with screen.busy(t("branch.cli.measuring")):
        rows, sayings = make_card(preset, seed, clients), weigh_preset(preset, seed)
    screen.show(
        as_json,
        document=lambda: pages.card_document(rows, sayings, preset, seed, clients),
        page=lambda: pages.print_card(rows, sayings),
    )
