"""The command that studies who leaves."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from crmkit.book.files import workbook_name
from crmkit.cli.app import app
from crmkit.cli.arguments import named_day, read
from crmkit.cli.options import Activity, AsOf, Json, Lang, Ledger, Out
from crmkit.words import t

if TYPE_CHECKING:
    from crmkit.analysis.churn.study import Study

Map = Annotated[list[str] | None, typer.Option("--map", help="churn.cli.map",
                                               metavar="OURS=THEIRS|FILE.toml")]  # fmt: skip
Window = Annotated[int, typer.Option("--months", help="churn.cli.months", metavar="N")]
Kind = Annotated[str, typer.Option("--label", help="churn.cli.label",
                                   metavar="closed|asset|silent|streak")]  # fmt: skip
Most = Annotated[int | None, typer.Option("--most", help="churn.cli.most", metavar="N")]


@app.command(help="churn.cli.help")
def churn(
    context: typer.Context,
    ledger: Ledger,
    mapping: Map = None,
    months: Window = 6,
    label: Kind = "asset",
    most: Most = None,
    activity: Activity = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Say who leaves, when and why, and whom it pays to keep."""
    from crmkit import screen
    from crmkit.analysis.churn.customers import read_customers, read_mapping
    from crmkit.analysis.churn.study import study_book, study_customers
    from crmkit.analysis.tiering import tier_book
    from crmkit.book.workbook import write_workbook
    from crmkit.pages import churn as pages

    out = workbook_name(out)
    if mapping:
        book = None
        study = study_customers(read_customers(ledger, read_mapping(mapping)))
        study = _with_notes(study, _ignored(context))
    else:
        book = read(ledger, named_day(as_of, "--as-of"), activity).book
        tiers = tier_book(book).tiers.set_index("client_id")["tier"]
        study = study_book(book, tiers, months, label, most)
        if not (ledger.is_dir() or len(book.activity)):
            study = _with_notes(study, [t("churn.maybe_map")])
    if out:
        write_workbook(pages.churn_sheets(book, study), out)
    screen.show(
        as_json,
        document=lambda: pages.churn_document(book, study),
        page=lambda: pages.print_churn(book, study),
    )
    screen.say_written(out)


def _with_notes(study: "Study", notes: list[str]) -> "Study":
    return replace(study, notes=(*study.notes, *notes))


def _ignored(context: typer.Context) -> list[str]:
    """Return a note on the options given that mean nothing for a table without dates."""
    names = ("months", "label", "most", "activity", "as_of")
    sources = {name: context.get_parameter_source(name) for name in names}
    given = [f"--{name.replace('_', '-')}" for name, source in sources.items()
             if source is not None and source.name == "COMMANDLINE"]  # fmt: skip
    comma = t("words.comma")
    return [t("churn.ignored", options=comma.join(given))] if given else []
