"""Commands that open the course and look at the computer."""

import typer

from crmkit.cli.app import app
from crmkit.cli.options import Browser, HandedIn, Json, Lang, Port
from crmkit.words import language, t


@app.command(help="cli.lab")
def lab(port: Port = None, browser: Browser = True, lang: Lang = None) -> None:
    """Open the course in JupyterLab."""
    from crmkit.lab import open_lab

    open_lab(language(), port=port, browser=browser)


@app.command("hand-in", help="cli.hand_in")
def hand_in(out: HandedIn = None, as_json: Json = False, lang: Lang = None) -> None:
    """Write a learner's answers, cards and journal into one file for the trainer."""
    from crmkit import screen
    from crmkit.course import open_sheet
    from crmkit.lab import course_root, progress_folder

    sheet = open_sheet(progress_folder(course_root(language())))
    file = sheet.hand_in(out)
    screen.show(
        as_json,
        document=lambda: {
            "file": str(file), "learner": sheet.learner,
            "answers": len(sheet.entries), "cards": len(sheet.cards),
        },
        page=lambda: screen.say("\n".join([*sheet.notices, t("course.handed_in", file=file)])),
    )  # fmt: skip


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
