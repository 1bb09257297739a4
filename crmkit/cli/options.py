"""Arguments and options that commands share; a help text is a key of the words files.

`spoken` turns the keys into sentences when a language has been chosen.
"""

from pathlib import Path
from typing import Annotated

import typer

Ledger = Annotated[Path, typer.Argument(help="cli.ledger", metavar="LEDGER")]
Activity = Annotated[Path | None, typer.Option(help="cli.activity", metavar="FILE")]
AsOf = Annotated[str | None, typer.Option(help="cli.as_of", metavar="YYYY-MM-DD")]
Start = Annotated[str | None, typer.Option(help="cli.start", metavar="YYYY-MM-DD")]
Days = Annotated[int, typer.Option(help="cli.days", metavar="N")]
Minutes = Annotated[int, typer.Option(help="cli.minutes", metavar="N")]
Rules = Annotated[Path | None, typer.Option(help="cli.rules", metavar="FILE.toml")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="cli.out", metavar="FILE.xlsx")]
Ics = Annotated[Path | None, typer.Option(help="cli.ics", metavar="FILE.ics")]
Exact = Annotated[bool, typer.Option("--exact", help="agenda.cli.exact")]
Results = Annotated[Path | None, typer.Option(help="agenda.cli.results", metavar="FILE.xlsx")]
Pins = Annotated[Path | None, typer.Option(help="agenda.cli.pins", metavar="FILE.xlsx")]
Since = Annotated[str | None, typer.Option(help="agenda.cli.since", metavar="YYYY-MM-DD")]
OwnPlan = Annotated[Path, typer.Argument(help="score.cli.plan", metavar="PLAN")]
FewDays = Annotated[int | None, typer.Option("--days", help="score.cli.days", metavar="N")]
Html = Annotated[Path | None, typer.Option(help="agenda.cli.html", metavar="DIR")]
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
YearOf = Annotated[int, typer.Argument(help="calendar.cli.year", metavar="YEAR")]
Notice = Annotated[Path, typer.Argument(help="calendar.cli.file", metavar="FILE")]
HandedIn = Annotated[
    Path | None, typer.Option("--out", "-o", help="cli.handed_in", metavar="FILE.json")
]
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
