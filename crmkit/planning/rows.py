"""A filled diary as rows of the agenda's tables."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from crmkit.planning.clients import Client
from crmkit.planning.diary import Appointment
from crmkit.planning.hours import MESSAGES, timetable
from crmkit.planning.obligations import due_date, is_owed
from crmkit.planning.schedule import Schedule
from crmkit.planning.wording import talk, why_channel, why_client, why_not, why_today

_Row = dict[str, Any]


def contact_rows(schedule: Schedule, clients: Sequence[Client]) -> Iterator[_Row]:
    """Yield the contacts in order of time."""
    rank = {client.client_id: place for place, client in enumerate(clients)}
    for kept_today in schedule.diary.by_day():
        musts_first = sorted(kept_today, key=lambda k: (not k.must, rank[k.client.client_id]))
        times = timetable([kept.channel for kept in musts_first], schedule.diary.rules)
        for kept, (opens, closes) in sorted(zip(musts_first, times, strict=True), key=_begins):
            yield _contact_row(kept, schedule) | {"start": _clock(opens), "end": _clock(closes)}


def _begins(entry: tuple[Appointment, tuple[int, int]]) -> int:
    return entry[1][0]


def _contact_row(kept: Appointment, schedule: Schedule) -> _Row:
    diary = schedule.diary
    return {
        "date": diary.days[kept.day],
        "client_id": kept.client.client_id,
        "tier": kept.client.tier,
        "channel": kept.channel,
        "minutes": diary.rules.minutes[kept.channel],
        "must": kept.must,
        "purpose": kept.owed[0].purpose,
        "due": kept.owed[0].due,
        "reason": why_client(kept, diary),
        "why_today": why_today(kept, diary),
        "why_channel": why_channel(kept, diary),
        "talk": talk(kept, diary),
    }


def load_rows(schedule: Schedule) -> Iterator[_Row]:
    """Yield the load of every day."""
    diary = schedule.diary
    for day, kept_today in zip(diary.days, diary.by_day(), strict=True):
        channels = [kept.channel for kept in kept_today]
        used = sum(diary.rules.minutes[channel] for channel in channels)
        yield {
            "date": day,
            "contacts": len(channels),
            "visits": channels.count("visit"),
            "calls": channels.count("call"),
            "messages": sum(channel in MESSAGES for channel in channels),
            "musts": sum(kept.must for kept in kept_today),
            "minutes": used,
            "free_minutes": diary.minutes - used,
        }


def unplanned_rows(schedule: Schedule, clients: Sequence[Client]) -> Iterator[_Row]:
    """Yield the clients without a contact, the most important first, each with the reason."""
    diary = schedule.diary
    for client in clients:
        if not diary.of(client):
            cause = client.barred or _cause(schedule, client)
            free = cause not in ("do_not_contact", "lost", "unreachable")
            yield {
                "client_id": client.client_id,
                "tier": client.tier,
                "cause": cause,
                "reason": why_not(client, cause, diary.days, diary.rules),
                "due": due_date(client, diary.days[0]) if free else None,
            }


def _cause(schedule: Schedule, client: Client) -> str:
    diary = schedule.diary
    if not client.reachable():
        return "unreachable"
    if not is_owed(client, diary.days):
        return "not_due"
    clear = any(diary.is_clear(client, day) for day in range(len(diary.days)))
    return "no_minutes" if clear else "too_soon"


def missed_rows(schedule: Schedule) -> Iterator[_Row]:
    """Yield the musts that could not be met, each with the reason."""
    diary = schedule.diary
    for owed in schedule.missed:
        window = range(owed.first, owed.last + 1) if owed.fixed else range(len(diary.days))
        clear = any(diary.is_clear(owed.client, day) for day in window)
        cause = "no_minutes" if clear else "too_soon"
        yield {
            "client_id": owed.client.client_id,
            "tier": owed.client.tier,
            "purpose": owed.purpose,
            "due": owed.due,
            "cause": "no_capacity" if clear else "impossible",
            "reason": why_not(owed.client, cause, diary.days, diary.rules),
        }


def next_rows(schedule: Schedule, clients: Sequence[Client]) -> list[_Row]:
    """Return when every client is next to be contacted, the soonest first."""
    rows = [_next_row(schedule, client) for client in clients]
    return sorted(rows, key=lambda row: row["next_contact"] or date.max)


def _next_row(schedule: Schedule, client: Client) -> _Row:
    diary = schedule.diary
    planned, last = diary.of(client), client.last(diary.days[0])
    free = not client.barred and bool(client.reachable())
    owed = max(due_date(client, diary.days[0]), diary.days[0]) if free else None
    interval = timedelta(days=client.rule.cadence_days)
    return {
        "client_id": client.client_id,
        "tier": client.tier,
        "last_contact": last.day if last else None,
        "next_contact": diary.days[planned[0].day] if planned else owed,
        "planned": bool(planned),
        "channel": planned[0].channel if planned else None,
        "contacts": len(planned),
        "then_due": diary.days[planned[-1].day] + interval if planned else None,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
