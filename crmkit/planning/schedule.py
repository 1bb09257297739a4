"""The order in which a plan is filled: musts, everybody once, then what else is owed.

Coverage before depth. Whoever has to be contacted and whoever has come due first gets the
quickest channel that will do, so that minutes never run out on one client while another is
forgotten; only then do minutes go into better channels, further contacts and meetings, in
the order of the tiers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from itertools import takewhile

from crmkit.planning.cadence import Rules
from crmkit.planning.clients import PRIORITY, Client
from crmkit.planning.diary import Appointment, Diary
from crmkit.planning.obligations import (
    Obligation,
    as_personal_as,
    deepenings,
    falling_due,
    musts,
    regular,
)


@dataclass(frozen=True)
class Schedule:
    """A filled diary and what did not fit into it.

    Attributes
    ----------
    diary : Diary
    missed : tuple of Obligation
        Musts that could not be met.
    short : tuple of Obligation
        Further regular contacts that could not be made.
    """

    diary: Diary
    missed: tuple[Obligation, ...]
    short: tuple[Obligation, ...]


def fill(
    clients: Sequence[Client], start: date, days: Sequence[date], minutes: int, rules: Rules
) -> Schedule:
    """Return the diary of some clients, the most important first.

    Parameters
    ----------
    clients : sequence of Client
        Only those who may and can be contacted.
    start : date
        From when on birthdays count.
    days : sequence of date
        Trading days.
    minutes : int
        The most that may be planned on each.
    rules : Rules
    """
    diary = Diary(days, minutes, rules)
    missed = [owed for owed in musts(clients, start, days, rules) if not _meet(diary, owed)]
    for owed in regular(clients, days):
        if not diary.of(owed.client):
            diary.place(owed, _quickest_first(owed, rules), early=True)
    _prefer(diary, clients)
    short = _repeat(diary, clients)
    _deepen(diary, clients)
    _even_out(diary, clients)
    _prefer(diary, clients)
    return Schedule(diary, tuple(missed), tuple(short))


def _meet(diary: Diary, owed: Obligation) -> bool:
    planned = diary.of(owed.client)
    timely = [kept for kept in planned if owed.first <= kept.day <= owed.last]
    if timely:
        diary.join(timely[0], owed)
    elif not diary.place(owed, _quickest_first(owed, diary.rules), early=True):
        if owed.fixed or not planned:
            return False
        diary.join(planned[0], owed)
    return True


def _quickest_first(owed: Obligation, rules: Rules) -> list[str]:
    return sorted(owed.ways, key=lambda channel: rules.minutes[channel])


def _prefer(diary: Diary, clients: Sequence[Client]) -> None:
    """Put better channels in the place of quick ones, musts first, then by importance."""
    planned = [kept for client in clients for kept in diary.of(client)]
    for kept in sorted(planned, key=lambda kept: not kept.must):
        for channel in _better_ways(kept):
            if diary.change(kept, channel):
                break


def _better_ways(kept: Appointment) -> list[str]:
    ways = () if kept.deepened else kept.ways
    return list(takewhile(lambda way: way != kept.channel, ways))


def _repeat(diary: Diary, clients: Sequence[Client]) -> list[Obligation]:
    """Add the regular contacts that fall due after the first, tier by tier, day by day."""
    short = []
    queue = [
        _entry(owed, rank)
        for rank, client in enumerate(clients)
        if (owed := _next_gap(diary, client, None))
    ]
    heapify(queue)
    while queue:
        *_, rank, owed = heappop(queue)
        kept = diary.place(owed, owed.ways)
        if kept is None:
            short.append(owed)
        after = diary.days[kept.day] if kept else max(owed.due, diary.days[0])
        if further := _next_gap(diary, owed.client, after):
            heappush(queue, _entry(further, rank))
    return short


def _entry(owed: Obligation, rank: int) -> tuple[int, date, int, Obligation]:
    return PRIORITY.index(owed.client.tier), owed.due, rank, owed


def _next_gap(diary: Diary, client: Client, after: date | None) -> Obligation | None:
    """Return the first regular contact that is owed after a day and not in the diary yet."""
    planned = [diary.days[kept.day] for kept in diary.of(client)]
    if not planned:
        return None
    last = client.last(diary.days[0])
    after = after or (last.day if last else planned[0])
    interval, grace = (
        timedelta(days=n) for n in (client.rule.cadence_days, client.rule.grace_days)
    )
    for day in planned:
        # whoever was overdue at the start waits up to an interval for their turn
        if after < day <= max(after, diary.days[0]) + interval + grace:
            after = day
    due = after + interval
    return falling_due(client, diary.days, after) if due <= diary.days[-1] else None


def _deepen(diary: Diary, clients: Sequence[Client]) -> None:
    """Turn one contact of those whose turn it is into the more personal one they are owed."""
    since = deepenings(clients, diary.days)
    for client in clients:
        wanted = client.rule.deepen_channel
        if client.client_id not in since or wanted in client.closed:
            continue
        planned = [kept for kept in diary.of(client) if not kept.is_greeting]
        if any(kept.channel in as_personal_as(wanted) for kept in planned):
            continue
        for kept in sorted(planned, key=lambda kept: diary.used(kept.day)):
            if diary.change(kept, wanted, deepened=True):
                break


def _even_out(diary: Diary, clients: Sequence[Client]) -> None:
    """Move contacts to emptier days among those meant for them until nothing gets better."""
    while sum(diary.ease(kept) for client in clients for kept in diary.of(client)):
        pass
