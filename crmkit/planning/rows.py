"""A plan as rows of the agenda's tables."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from crmkit.planning.clients import Client
from crmkit.planning.hours import MESSAGES, timetable
from crmkit.planning.obligations import due_date, is_owed
from crmkit.planning.plan import Appointment, Plan
from crmkit.planning.wording import talk, why_channel, why_client, why_not, why_today

_Row = dict[str, Any]


def contact_rows(plan: Plan, clients: Sequence[Client]) -> Iterator[_Row]:
    """Yield the contacts in order of time."""
    rank = {client.client_id: place for place, client in enumerate(clients)}
    for kept_today in plan.by_day():
        musts_first = sorted(kept_today, key=lambda k: (not k.must, rank[k.client.client_id]))
        times = timetable([kept.channel for kept in musts_first], plan.rules)
        for kept, (opens, closes) in sorted(zip(musts_first, times, strict=True), key=_begins):
            yield _contact_row(kept, plan) | {"start": _clock(opens), "end": _clock(closes)}


def _begins(entry: tuple[Appointment, tuple[int, int]]) -> int:
    return entry[1][0]


def _contact_row(kept: Appointment, plan: Plan) -> _Row:
    return {
        "date": plan.days[kept.day],
        "client_id": kept.client.client_id,
        "tier": kept.client.tier,
        "channel": kept.channel,
        "minutes": plan.rules.minutes[kept.channel],
        "must": kept.must,
        "purpose": kept.owed[0].purpose,
        "due": kept.owed[0].due,
        "reason": why_client(kept, plan),
        "why_today": why_today(kept, plan),
        "why_channel": why_channel(kept, plan),
        "talk": talk(kept, plan),
    }


def load_rows(plan: Plan) -> Iterator[_Row]:
    """Yield the load of every day."""
    for day, kept_today in zip(plan.days, plan.by_day(), strict=True):
        channels = [kept.channel for kept in kept_today]
        used = sum(plan.rules.minutes[channel] for channel in channels)
        yield {
            "date": day,
            "contacts": len(channels),
            "visits": channels.count("visit"),
            "calls": channels.count("call"),
            "messages": sum(channel in MESSAGES for channel in channels),
            "musts": sum(kept.must for kept in kept_today),
            "minutes": used,
            "free_minutes": plan.minutes - used,
        }


def unplanned_rows(plan: Plan, clients: Sequence[Client]) -> Iterator[_Row]:
    """Yield the clients without a contact, the most important first, each with the reason."""
    for client in clients:
        if not plan.of(client):
            cause = client.barred or _cause(plan, client)
            free = cause not in ("do_not_contact", "lost", "unreachable")
            yield {
                "client_id": client.client_id,
                "tier": client.tier,
                "cause": cause,
                "reason": why_not(client, cause, plan),
                "due": due_date(client, plan.days[0]) if free else None,
            }


def _cause(plan: Plan, client: Client) -> str:
    if not client.reachable():
        return "unreachable"
    if not is_owed(client, plan.days):
        return "not_due"
    if plan.could(client):
        return "no_minutes"
    return "kept_free" if plan.is_kept_free(client) else "too_soon"


def missed_rows(plan: Plan) -> Iterator[_Row]:
    """Yield the musts that could not be met, each with the reason."""
    for miss in plan.missed:
        owed = miss.owed
        free = "kept_free" if plan.is_kept_free(owed.client, owed) else "too_soon"
        cause = free if miss.impossible else "no_minutes"
        yield {
            "client_id": owed.client.client_id,
            "tier": owed.client.tier,
            "purpose": owed.purpose,
            "due": owed.due,
            "cause": "impossible" if miss.impossible else "no_capacity",
            "reason": why_not(owed.client, cause, plan),
        }


def next_rows(plan: Plan, clients: Sequence[Client]) -> list[_Row]:
    """Return when every client is next to be contacted, the soonest first."""
    rows = [_next_row(plan, client) for client in clients]
    return sorted(rows, key=lambda row: row["next_contact"] or date.max)


def _next_row(plan: Plan, client: Client) -> _Row:
    planned, last = plan.of(client), client.last(plan.days[0])
    free = not client.barred and bool(client.reachable())
    owed = max(due_date(client, plan.days[0]), plan.days[0]) if free else None
    interval = timedelta(days=client.rule.cadence_days)
    return {
        "client_id": client.client_id,
        "tier": client.tier,
        "last_contact": last.day if last else None,
        "next_contact": plan.days[planned[0].day] if planned else owed,
        "planned": bool(planned),
        "channel": planned[0].channel if planned else None,
        "contacts": len(planned),
        "then_due": plan.days[planned[-1].day] + interval if planned else None,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
