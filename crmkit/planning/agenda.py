"""The agenda: day by day, whom to contact, when, by which channel, why, and about what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import index
from typing import Any

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import AGENDA, LOAD, MISSED, NEXT_CONTACT, UNPLANNED
from crmkit.book.schema import Table, conform
from crmkit.errors import CrmkitError
from crmkit.planning.cadence import Rules, load_rules
from crmkit.planning.calendar import trading_days
from crmkit.planning.clients import Client, list_clients
from crmkit.planning.diary import Appointment
from crmkit.planning.hours import MESSAGES, timetable
from crmkit.planning.notes import figures_of, notes_on
from crmkit.planning.obligations import due_date
from crmkit.planning.schedule import Schedule, fill
from crmkit.planning.wording import talk, why_channel, why_client, why_not, why_today

#: What an exported agenda has to know of a person; screens show none of it unmasked.
PEOPLE = ("client_id", "name", "mobile", "phone", "wechat", "address", "note")

_Row = dict[str, Any]


@dataclass(frozen=True)
class Agenda:
    """A plan of contacts and everything that did not get into it.

    Attributes
    ----------
    start : date
        The day asked for; the first trading day may be later.
    days : tuple of date
        The trading days of the plan.
    minutes : int
        The most that was to be planned on each day.
    contacts : DataFrame
        One row per contact, in order of time: the columns of ``results.AGENDA``.
    unplanned : DataFrame
        Every client without a contact, with the reason: ``results.UNPLANNED``.
    missed : DataFrame
        Musts that could not be met, also of clients with other contacts: ``results.MISSED``.
    next_contact : DataFrame
        One row per client, the soonest first: ``results.NEXT_CONTACT``.
    load : DataFrame
        One row per day: ``results.LOAD``.
    people : DataFrame
        Names, phones and remarks by client, unmasked. For exports only.
    tiers : DataFrame
        As they were given.
    figures : dict of str to int
        ``clients``, ``planned``, ``contacts``, ``musts_missed``, ``shortfall`` (further
        regular contacts that did not fit), ``minutes_used``, ``minutes_available``.
    notes : tuple of str
        Assumptions, cuts and doubts, each a sentence in the language in use.
    rules : Rules
    """

    start: date
    days: tuple[date, ...]
    minutes: int
    contacts: pd.DataFrame = field(repr=False)
    unplanned: pd.DataFrame = field(repr=False)
    missed: pd.DataFrame = field(repr=False)
    next_contact: pd.DataFrame = field(repr=False)
    load: pd.DataFrame = field(repr=False)
    people: pd.DataFrame = field(repr=False)
    tiers: pd.DataFrame = field(repr=False)
    figures: dict[str, int]
    notes: tuple[str, ...] = field(repr=False)
    rules: Rules = field(repr=False)


def make_agenda(
    book: ClientBook,
    tiers: pd.DataFrame,
    start: date,
    days: int,
    minutes: int,
    rules: Rules | None = None,
) -> Agenda:
    """Return the agenda of the next trading days within the manager's minutes per day.

    Musts come first (birthdays, new clients, those nobody has contacted for too long), then
    one contact for everybody who has come due, then better channels, further contacts and
    meetings, tier by tier. No client is contacted against their wish, twice within the
    spacing of their tier, on a day the exchanges are closed, or in quiet hours.

    Parameters
    ----------
    book : ClientBook
    tiers : DataFrame
        ``client_id`` and ``tier`` (A, B, C, D or unknown); where they come from is free.
    start : date
        The first day; when it is no trading day, the next one is.
    days : int
        Trading days, from 1 to 250.
    minutes : int
        Minutes a day, from 0 to what the working hours have.
    rules : Rules, optional
        The course's own by default.

    Raises
    ------
    CrmkitError
        For days or minutes that make no plan, a start outside the exchanges' time, tiers
        that are not ours, or a client who stands twice.

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> people = pd.DataFrame({"client_id": ["1313111"], "mobile": ["13888888888"]})
    >>> book = make_client_book(date(2026, 7, 1), client=people)
    >>> tiers = pd.DataFrame({"client_id": ["1313111"], "tier": ["A"]})
    >>> agenda = make_agenda(book, tiers, date(2026, 7, 1), days=5, minutes=240)
    >>> agenda.contacts[["date", "start", "channel"]].iloc[0].tolist()
    [Timestamp('2026-07-01 00:00:00'), '09:00', 'call']
    """
    rules = rules or load_rules()
    start = start.date() if isinstance(start, datetime) else start
    planned_days = tuple(trading_days(start, days))
    minutes = _checked(minutes, rules)
    clients = list_clients(book, tiers, rules, planned_days[0])
    open_clients = [client for client in clients if not client.barred and client.reachable()]
    schedule = fill(open_clients, start, planned_days, minutes, rules)
    figures = figures_of(schedule, clients)
    return Agenda(
        start=start,
        days=planned_days,
        minutes=minutes,
        contacts=_table(AGENDA, _contact_rows(schedule, clients)),
        unplanned=_table(UNPLANNED, _unplanned_rows(schedule, clients)),
        missed=_table(MISSED, _missed_rows(schedule)),
        next_contact=_next_contacts(schedule, clients),
        load=_table(LOAD, _load_rows(schedule)),
        people=book.client[list(PEOPLE)],
        tiers=tiers,
        figures=figures,
        notes=tuple(notes_on(book, clients, tiers, schedule, start, figures)),
        rules=rules,
    )


def _checked(minutes: int, rules: Rules) -> int:
    try:
        whole = index(minutes)
    except TypeError:
        whole = -1
    if whole < 0:
        raise CrmkitError("planning.bad_minutes", minutes=minutes)
    if whole > rules.minutes_per_day():
        raise CrmkitError("planning.too_many_minutes", minutes=whole, most=rules.minutes_per_day())
    return whole


def _table(table: Table, rows: Iterable[_Row]) -> pd.DataFrame:
    return conform(pd.DataFrame(list(rows)), table)


def _contact_rows(schedule: Schedule, clients: Sequence[Client]) -> Iterator[_Row]:
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


def _load_rows(schedule: Schedule) -> Iterator[_Row]:
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


def _unplanned_rows(schedule: Schedule, clients: Sequence[Client]) -> Iterator[_Row]:
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
    if due_date(client, diary.days[0]) > diary.days[-1]:
        return "not_due"
    clear = any(diary.is_clear(client, day) for day in range(len(diary.days)))
    return "no_minutes" if clear else "too_soon"


def _missed_rows(schedule: Schedule) -> Iterator[_Row]:
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
            "reason": why_not(owed.client, cause, diary.days, diary.rules),
        }


def _next_contacts(schedule: Schedule, clients: Sequence[Client]) -> pd.DataFrame:
    rows = [_next_row(schedule, client) for client in clients]
    table = _table(NEXT_CONTACT, rows)
    return table.sort_values("next_contact", kind="stable").reset_index(drop=True)


def _next_row(schedule: Schedule, client: Client) -> _Row:
    diary = schedule.diary
    planned = diary.of(client)
    last = client.last(diary.days[0])
    free = not client.barred and bool(client.reachable())
    owed = max(due_date(client, diary.days[0]), diary.days[0]) if free else None
    then = planned and diary.days[planned[-1].day] + timedelta(days=client.rule.cadence_days)
    return {
        "client_id": client.client_id,
        "tier": client.tier,
        "last_contact": last.day if last else None,
        "next_contact": diary.days[planned[0].day] if planned else owed,
        "planned": bool(planned),
        "channel": planned[0].channel if planned else None,
        "contacts": len(planned),
        "then_due": then or None,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
