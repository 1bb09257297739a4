"""The command that writes a branch manager's report."""

from pathlib import Path
from typing import Annotated

import typer

from crmkit.cli.app import app
from crmkit.cli.arguments import day, named_day, read
from crmkit.cli.options import Activity, AsOf, Lang, Ledger
from crmkit.words import t

Page = Annotated[Path, typer.Option("--out", "-o", help="report.cli.out", metavar="FILE.html")]
Since = Annotated[str | None, typer.Option(help="report.cli.since", metavar="YYYY-MM-DD")]


@app.command(help="report.cli.help")
def report(
    ledger: Ledger,
    out: Page = Path("report.html"),
    since: Since = None,
    activity: Activity = None,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Write one self-contained page about a book."""
    from crmkit.analysis.signals import since_notes
    from crmkit.book.files import atomic
    from crmkit.pages.report import look_into, report_html
    from crmkit.screen import busy, say

    book = read(ledger, named_day(as_of, "--as-of"), activity).book
    compared = day(since, "--since") if since else None
    with busy(t("report.cli.working")):
        page = report_html(look_into(book, compared))
        with atomic(out) as file:
            file.write_text(page, encoding="utf-8", newline="\n")
    for note in since_notes(book, compared) if compared else ():
        say(note)
    say(t("report.cli.written", file=out))
