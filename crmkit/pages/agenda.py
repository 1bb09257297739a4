"""What ``crmkit plan`` has to say."""

from typing import Any

import pandas as pd

from crmkit.analysis.tiering import Tiering
from crmkit.book.ledger import Reading
from crmkit.book.privacy import mask, mask_text
from crmkit.book.results import AGENDA, LOAD, UNPLANNED
from crmkit.book.views import shown
from crmkit.pages.common import headed, masked, named, print_kept, print_notes, with_name
from crmkit.planning.agenda import Agenda
from crmkit.planning.differences import in_words
from crmkit.planning.morning import Morning
from crmkit.screen import ROWS, print_table, records, say
from crmkit.words import t

#: A gap to the bound that is worth searching on for.
WORTH_SEARCHING = 0.01


def agenda_document(agenda: Agenda, tiering: Tiering, morning: Morning) -> dict[str, Any]:
    """Return what ``crmkit plan --json`` prints."""
    book = morning.book
    people = mask(book.client)
    told = in_words(agenda.changes, _names(people))
    return {
        "start": agenda.start.isoformat(),
        "days": len(agenda.days),
        "minutes": agenda.minutes,
        "as_of": book.as_of.isoformat(),
        "clients": len(book.client),
        "contacts": records(_spoken(named(agenda.contacts, people))),
        "unplanned": records(named(agenda.unplanned, people)),
        "missed": records(named(agenda.missed, people)),
        "next_contact": records(named(agenda.next_contact, people)),
        "load": records(agenda.load),
        "changes": [
            {**change, "told": sentence}
            for change, sentence in zip(records(named(agenda.changes, people)), told, strict=True)
        ],
        "returned": {
            "logged": morning.new,
            "pins": len(morning.pins),
            "problems": records(masked(morning.problems)),
        },
        "prices": records(agenda.prices),
        "notes": [*tiering.notes, *agenda.notes, *morning.notes],
        **quality(agenda),
    }


def quality(agenda: Agenda) -> dict[str, Any]:
    """Return how good a plan is: what it misses, what it is worth, how much better one could be.

    ``value`` and ``bound`` are in points, what was owed and is missed counted against both;
    no plan at all has a ``value`` above ``bound``. ``gap`` is the distance as a share of the
    bound.
    """
    solution = agenda.plan.solution
    score = solution.score
    return {
        "neglected": score.neglected,
        "must_missed": score.must_missed,
        "must_impossible": score.impossible,
        "shortfall": round(score.shortfall, 2),
        "value": round(score.net, 2),
        "bound": round(solution.bound, 2),
        "gap": round(solution.gap, 6),
        "minutes_used": score.minutes_used,
    }


def print_agenda(reading: Reading, agenda: Agenda, tiering: Tiering, morning: Morning) -> None:
    """Print the first day in full, the load of every day, what changed, and who was left out."""
    print_kept(reading)
    for warning in agenda.warnings:
        say(f"! {warning}", style="bold yellow")
    notes = [note for note in agenda.notes if note not in agenda.warnings]
    print_notes([*tiering.notes, *notes, *morning.notes])
    _print_quality(agenda)
    people = mask(reading.book.client)
    _print_returned(agenda, morning, people)
    today = agenda.contacts[agenda.contacts["date"] == agenda.contacts["date"].min()]
    if len(today):
        columns = ["start", "client_id", "name", "tier", "channel", "minutes", "reason"]
        print_table(
            shown(named(today, people)[columns], with_name(AGENDA.columns)),
            t("cli.first_day", date=f"{today['date'].iloc[0]:%Y-%m-%d}"),
        )
    print_table(shown(agenda.load, LOAD.columns), t("cli.load"))
    if len(agenda.unplanned):
        left = named(agenda.unplanned, people)[["client_id", "name", "tier", "reason", "due"]]
        title = t("cli.unplanned", count=len(left))
        print_table(shown(left, with_name(UNPLANNED.columns)), title)


def _print_quality(agenda: Agenda) -> None:
    found = quality(agenda)
    told = {name: f"{found[name]:,.0f}" for name in ("value", "bound")}
    say(t("agenda.print.quality", **{**found, **told, "gap": f"{found['gap']:.1%}"}))
    if found["gap"] > WORTH_SEARCHING and not agenda.plan.solution.exact:
        say(t("agenda.print.search_on"))
    minute = agenda.prices["minute"].median() if len(agenda.prices) else 0.0
    if minute > 0:
        say(t("agenda.print.price", minute=f"{minute:,.1f}"))


def _print_returned(agenda: Agenda, morning: Morning, people: pd.DataFrame) -> None:
    if len(morning.problems):
        say(t("agenda.print.unread", count=len(morning.problems)), style="yellow")
        print_table(headed(masked(morning.problems)))
    if len(agenda.changes):
        say(t("agenda.print.changes", count=len(agenda.changes)), style="bold")
        for place, sentence in enumerate(in_words(agenda.changes, _names(people))):
            if place < ROWS:
                say(f"· {sentence}")
        if len(agenda.changes) > ROWS:
            say(t("words.and_more", count=len(agenda.changes) - ROWS))


def _names(people: pd.DataFrame) -> dict[str, str]:
    return dict(zip(people["client_id"], people["name"].fillna(""), strict=True))


def _spoken(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return contacts with numbers hidden in what quotes the manager's own remarks."""
    return contacts.assign(talk=contacts["talk"].map(mask_text))
