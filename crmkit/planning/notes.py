"""What a plan rests on and what it leaves open, in sentences and figures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.planning.calendar import uncertain_years
from crmkit.planning.clients import Client
from crmkit.planning.plan import Plan
from crmkit.words import t

#: A ledger older than this many days at the start of a plan is called old.
OLD_AFTER = 7


def figures_of(plan: Plan, clients: Sequence[Client]) -> dict[str, int]:
    """Return the plan in numbers; ``Agenda`` says what each counts."""
    score = plan.solution.score
    return {
        "clients": len(clients),
        "planned": len({kept.client.client_id for kept in plan.appointments}),
        "contacts": score.contacts,
        "musts": sum(kept.must for kept in plan.appointments),
        "musts_missed": len(plan.missed),
        "shortfall": sum(one.purpose == "regular" for one in plan.short),
        "minutes_used": score.minutes_used,
        "minutes_available": int(plan.problem.limit[0].sum()),
    }


def notes_on(
    book: ClientBook,
    clients: Sequence[Client],
    tiers: pd.DataFrame,
    plan: Plan,
    start: date,
    figures: Mapping[str, int],
) -> Iterator[str]:
    """Yield what a reader should know before trusting the plan, in the language in use."""
    yield t("planning.note.frame", start=plan.days[0], end=plan.days[-1],
            days=len(plan.days), minutes=plan.minutes, as_of=book.as_of)  # fmt: skip
    yield t("planning.note.result", **figures)
    yield from _about_time(book, plan, start)
    yield from _about_gaps(clients, plan.days[0])
    if book.activity.empty and clients:
        yield t("planning.note.no_activity", days=plan.rules.welcome_days)
    if strangers := set(tiers["client_id"].astype("str")) - {
        client.client_id for client in clients
    }:
        yield t("planning.note.strangers", count=len(strangers))
    if figures["musts_missed"]:
        yield t("planning.note.missed", count=figures["musts_missed"])
    if figures["shortfall"]:
        yield t("planning.note.shortfall", count=figures["shortfall"])
    yield t("planning.note.order")
    yield t("planning.note.rules", count=_bases(plan)["assumption"])
    if own := _bases(plan)["firm"]:
        yield t("planning.note.firm", count=own)


def warnings_on(days: Iterable[date]) -> Iterator[str]:
    """Yield what must stand above a plan of some days: years not announced yet, or unknown."""
    for year in uncertain_years(days):
        yield t(f"planning.note.{year.status}", year=year.year)


def _about_time(book: ClientBook, plan: Plan, start: date) -> Iterator[str]:
    days = plan.days
    if start != days[0]:
        yield t("planning.note.moved", start=start, first=days[0])
    yield from warnings_on([start, *days])
    if not 0 <= (days[0] - book.as_of).days <= OLD_AFTER:
        yield t("planning.note.as_of", as_of=book.as_of, start=days[0])


def _about_gaps(clients: Sequence[Client], start: date) -> Iterator[str]:
    free = [client for client in clients if not client.barred]
    gaps = {
        "no_record": sum(client.last(start) is None for client in free),
        "no_birthday": sum(client.born is None for client in free),
        "no_consent": sum(bool(client.asks) for client in free),
        "unknown_tier": sum(client.untiered for client in free),
    }
    for gap, count in gaps.items():
        if count:
            yield t(f"planning.note.{gap}", count=count)


def _bases(plan: Plan) -> Counter[str]:
    return Counter(origin.basis for origin in plan.rules.origin.values())
