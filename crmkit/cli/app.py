"""The application every command joins."""

import typer

from crmkit.cli.groups import WithDefault
from crmkit.cli.options import Lang

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
book = typer.Typer(help="cli.book", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(book, name="book")
plan = typer.Typer(help="cli.plan_group", cls=WithDefault, rich_markup_mode=None)
app.add_typer(plan, name="plan")
calendar = typer.Typer(help="calendar.cli.group", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(calendar, name="calendar")


@app.callback(help="cli.crmkit")
def crmkit(lang: Lang = None) -> None:
    """Take ``--lang`` before the name of a command as well as after it."""
