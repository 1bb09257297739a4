"""What a plan rests on and what it leaves open, in sentences and figures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.planning.calendar import uncertain_years
from crmkit.planning.clients import Client
from crmkit.planning.schedule import Schedule
from crmkit.words import t

#: A ledger older than this many days at the start of a plan is called old.
OLD_AFTER = 7


def figures_of(schedule: Schedule, clients: Sequence[Client]) -> dict[str, int]:
    """Return the plan in numbers; ``Agenda`` says what each counts."""
    diary = schedule.diary
    kept = [one for today in diary.by_day() for one in today]
    return {
        "clients": len(clients),
        "planned": len({one.client.client_id for one in kept}),
        "contacts": len(kept),
        "musts": sum(one.must for one in kept),
        "musts_missed": len(schedule.missed),
        "shortfall": len(schedule.short),
        "minutes_used": sum(diary.rules.minutes[one.channel] for one in kept),
        "minutes_available": diary.minutes * len(diary.days),
    }


def notes_on(
    book: ClientBook,
    clients: Sequence[Client],
    tiers: pd.DataFrame,
    schedule: Schedule,
    start: date,
    figures: Mapping[str, int],
) -> Iterator[str]:
    """Yield what a reader should know before trusting the plan, in the language in use."""
    diary = schedule.diary
    yield t("planning.note.frame", start=diary.days[0], end=diary.days[-1],
            days=len(diary.days), minutes=diary.minutes, as_of=book.as_of)  # fmt: skip
    yield t("planning.note.result", **figures)
    yield from _about_time(book, schedule, start)
    yield from _about_gaps(clients, diary.days[0])
    if book.activity.empty and clients:
        yield t("planning.note.no_activity", days=diary.rules.welcome_days)
    if strangers := set(tiers["client_id"].astype("str")) - {
        client.client_id for client in clients
    }:
        yield t("planning.note.strangers", count=len(strangers))
    if figures["musts_missed"]:
        yield t("planning.note.missed", count=figures["musts_missed"])
    if figures["shortfall"]:
        yield t("planning.note.shortfall", count=figures["shortfall"])
    yield t("planning.note.order")
    yield t("planning.note.rules", count=_bases(schedule)["assumption"])
    if own := _bases(schedule)["firm"]:
        yield t("planning.note.firm", count=own)


def warnings_on(days: Iterable[date]) -> Iterator[str]:
    """Yield what must stand above a plan of some days: years not announced yet, or unknown."""
    for year in uncertain_years(days):
        yield t(f"planning.note.{year.status}", year=year.year)


def _about_time(book: ClientBook, schedule: Schedule, start: date) -> Iterator[str]:
    days = schedule.diary.days
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
        "unknown_tier": sum(client.tier == "unknown" for client in free),
    }
    for gap, count in gaps.items():
        if count:
            yield t(f"planning.note.{gap}", count=count)


def _bases(schedule: Schedule) -> Counter[str]:
    return Counter(origin.basis for origin in schedule.diary.rules.origin.values())
