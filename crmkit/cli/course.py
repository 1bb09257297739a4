"""Commands that open the course and look at the computer."""

import typer

from crmkit.cli.app import app
from crmkit.cli.options import Browser, Json, Lang, Port
from crmkit.words import language


@app.command(help="cli.lab")
def lab(port: Port = None, browser: Browser = True, lang: Lang = None) -> None:
    """Open the course in JupyterLab."""
    from crmkit.lab import open_lab

    open_lab(language(), port=port, browser=browser)


@app.command(help="cli.doctor")
def doctor(as_json: Json = False, lang: Lang = None) -> None:
    """Say what this computer lacks; exit code 1 when something is missing."""
    from crmkit import lab, screen
    from crmkit.pages import doctor as pages

    checks = lab.doctor()
    screen.show(
        as_json,
        document=lambda: pages.doctor_document(checks),
        page=lambda: pages.print_doctor(checks),
    )
    raise typer.Exit(0 if checks["ok"].all() else 1)
