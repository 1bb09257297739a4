"""The command that reads a message."""

from datetime import date

from crmkit.cli.app import app
from crmkit.cli.arguments import moment
from crmkit.cli.options import At, FirmRules, Json, Lang, Message, NoConsent


@app.command(help="cli.say")
def say(
    message: Message,
    at: At = None,
    no_consent: NoConsent = False,
    rules: FirmRules = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Read a message and name what it may not say."""
    from crmkit import screen
    from crmkit.conduct.messages import Setting, read_message
    from crmkit.pages import messages as pages
    from crmkit.rules import read_rules

    today = date.today()
    setting = Setting(moment(at), False if no_consent else None, today)
    breaches = read_message(screen.read_text(message), setting, read_rules(rules))
    screen.show(
        as_json,
        document=lambda: pages.breaches_document(breaches),
        page=lambda: pages.print_breaches(breaches, today),
    )
