"""Commands about commission and rules."""

from datetime import date

from crmkit.cli.app import app
from crmkit.cli.arguments import day
from crmkit.cli.options import (
    Amount,
    FirmRules,
    Json,
    Lang,
    Market,
    On,
    Quote,
    Rate,
    RuleName,
    Shares,
    Side,
)


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
    from crmkit import screen
    from crmkit.pages import fees as pages
    from crmkit.pricing.fees import one_trade
    from crmkit.rules import read_rules

    trade = one_trade(amount, rate, side, market, quote, day(on, "--on"), shares)
    known = read_rules(rules)
    screen.show(
        as_json,
        document=lambda: pages.fees_document(trade, known, date.today()),
        page=lambda: pages.print_fees(trade, known, date.today()),
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
    from crmkit import screen
    from crmkit.pages import rules as pages
    from crmkit.rules import read_rules

    known = read_rules(firm)
    listed = known.history(name) if name else known.in_force(day(on, "--on"))
    screen.show(
        as_json,
        document=lambda: pages.rules_document(listed, date.today()),
        page=lambda: pages.print_rules(listed, date.today()),
    )
