"""The command that compares two dates of a book."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmkit.cli.app import app
from crmkit.cli.arguments import day, named_day, read
from crmkit.cli.options import Activity, AsOf, Json, Lang, Ledger, Out

if TYPE_CHECKING:
    from crmkit.book.book import ClientBook

After = Annotated[Path | None, typer.Argument(help="signals.cli.after", metavar="[AFTER]")]
Since = Annotated[str | None, typer.Option(help="signals.cli.since", metavar="YYYY-MM-DD")]
BeforeAsOf = Annotated[str | None, typer.Option(help="signals.cli.before_as_of",
                                                metavar="YYYY-MM-DD")]  # fmt: skip
Compliance = Annotated[bool, typer.Option("--compliance", help="signals.cli.compliance")]
Invited = Annotated[Path | None, typer.Option("--invited", help="signals.cli.invited",
                                             metavar="FILE")]  # fmt: skip
New = Annotated[bool, typer.Option("--new", help="signals.cli.new")]


@app.command(help="signals.cli.help")
def signals(
    before: Ledger,
    after: After = None,
    since: Since = None,
    activity: Activity = None,
    before_as_of: BeforeAsOf = None,
    as_of: AsOf = None,
    invited: Invited = None,
    new: New = False,
    compliance: Compliance = False,
    out: Out = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Say what changed between two dates of a book and who should hear from us."""
    from crmkit import screen
    from crmkit.analysis.signals import comparison_notes, for_compliance, since_notes
    from crmkit.analysis.signals import signals as find
    from crmkit.book.rewind import rewind
    from crmkit.book.workbook import write_workbook
    from crmkit.errors import CrmkitError
    from crmkit.pages import signals as pages

    if after is None and since is None:
        raise CrmkitError("signals.one_book")
    now = read(after or before, named_day(as_of, "--as-of"), activity).book
    if after is None:
        then = rewind(now, day(since, "--since"))
        notes = since_notes(now, then.as_of)
    else:
        then = read(before, named_day(before_as_of, "--before-as-of"), None).book
        notes = []
    guests = None if compliance else _invited(invited, now)
    notes += comparison_notes(then, now, guests)
    rows = for_compliance(then, now) if compliance else find(then, now, invited=guests)
    if new and not compliance:
        rows = rows[rows["fresh"]].reset_index(drop=True)
    says = pages.COMPLIANCE if compliance else pages.SERVICE
    if out:
        write_workbook(says.sheets(now, rows), out)
    screen.show(
        as_json,
        document=lambda: says.document(then, now, rows, notes),
        page=lambda: says.page(then, now, rows, notes),
    )
    screen.say_written(out)


def _invited(file: Path | None, book: "ClientBook") -> set[str] | None:
    """Return whom a list of client numbers says were invited; none of them ours is a mistake."""
    from crmkit.errors import CrmkitError

    if file is None:
        return None
    listed = set(read(file, book.as_of, None).book.client["client_id"])
    if not listed & set(book.client["client_id"]):
        raise CrmkitError("signals.nobody_invited", file=file.name)
    return listed
