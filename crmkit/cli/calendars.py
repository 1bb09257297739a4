"""Commands about the trading calendar."""

from crmkit.cli.app import calendar
from crmkit.cli.options import Json, Lang, Notice, YearOf
from crmkit.words import t


@calendar.command("show", help="calendar.cli.show")
def show(year: YearOf, as_json: Json = False, lang: Lang = None) -> None:
    """List the days off of a year."""
    from crmkit import screen
    from crmkit.pages import calendar as pages
    from crmkit.planning.calendar import calendar_year

    known = calendar_year(year)
    screen.show(
        as_json,
        document=lambda: pages.year_document(known),
        page=lambda: pages.print_year(known),
    )


@calendar.command("import", help="calendar.cli.import")
def bring_in(notice: Notice, as_json: Json = False, lang: Lang = None) -> None:
    """Read an announced list of days off and plan by it from now on."""
    from crmkit import screen
    from crmkit.pages import calendar as pages
    from crmkit.planning.calendar import keep_year
    from crmkit.planning.notices import read_notice

    known = read_notice(notice)
    file = keep_year(known)
    counts = pages.year_counts(known)
    screen.show(
        as_json,
        document=lambda: pages.year_document(known),
        page=lambda: screen.say(t("calendar.imported", file=file, **counts)),
    )
