"""What is owed to each client within a plan's days: birthdays, welcomes, overdue contacts."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from crmkit.book.birthdays import birthday
from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.calendar import next_trading_day
from crmkit.planning.clients import PRIORITY, Client

#: Days within which neglected clients, and new ones, hear from us.
NEGLECTED_WITHIN = 14
WELCOME_WITHIN = 7


@dataclass(frozen=True)
class Obligation:
    """One contact owed to one client.

    Attributes
    ----------
    client : Client
    purpose : {"birthday", "welcome", "first_trade", "neglected", "regular"}
    due : date
        When it falls due; may lie before the plan.
    first, last : int
        The days of the plan, counted from 0, on which it fits best.
    ways : tuple of str
        Channels that will do, best first.
    must : bool
    fixed : bool
        Whether any other day would be pointless.
    in_turn : bool
        Whether many clients are overdue at once and ``first`` is this one's turn.
    """

    client: Client
    purpose: str
    due: date
    first: int
    last: int
    ways: tuple[str, ...]
    must: bool = False
    fixed: bool = False
    in_turn: bool = False


def musts(
    clients: Sequence[Client], start: date, days: Sequence[date], rules: Rules
) -> list[Obligation]:
    """Return what has to be done, in the order in which it is placed.

    Birthdays come first because they have one day only, then new clients, then those nobody
    has been in touch with for too long.

    Parameters
    ----------
    clients : sequence of Client
        Those who may be contacted, the most important first.
    start : date
        From when on birthdays count; ``days`` may begin later.
    days : sequence of date
        The trading days of the plan.
    rules : Rules
    """
    birthdays = [owed for client in clients for owed in _birthdays(client, start, days)]
    new = [owed for client in clients for owed in _new_client(client, days, rules)]
    silent = [client for client in clients if _neglected(client, days[0])]
    overdue = _in_turn(silent, days, "neglected", NEGLECTED_WITHIN)
    return birthdays + new + [replace(owed, must=True) for owed in overdue]


def regular(clients: Sequence[Client], days: Sequence[date]) -> list[Obligation]:
    """Return the next regular contact of everybody who is owed one within the plan.

    Clients who are overdue on the first day, or without a contact on record, take turns over
    one interval of their tier, the longest silence first: not everybody can be Monday's.
    """
    calm = [client for client in clients if not _neglected(client, days[0])]
    waiting = [client for client in calm if due_date(client, days[0]) <= days[0]]
    coming = [client for client in calm if due_date(client, days[0]) > days[0]]
    later = [falling_due(client, days) for client in coming if is_owed(client, days)]
    owed = [*_in_turn(waiting, days, "regular"), *later]
    return sorted(owed, key=lambda one: PRIORITY.index(one.client.tier))


def falling_due(client: Client, days: Sequence[date], after: date | None = None) -> Obligation:
    """Return the regular contact that falls due within the plan, or early if shortly after it.

    Parameters
    ----------
    client : Client
    days : sequence of date
    after : date, optional
        The contact from which the interval runs; by default the last one on record.
    """
    rule = client.rule
    due = after + timedelta(days=rule.cadence_days) if after else due_date(client, days[0])
    early = due - timedelta(days=rule.grace_days)
    first = bisect_left(days, due if due <= days[-1] else early)
    return _obligation(client, "regular", due, first, days)


def is_owed(client: Client, days: Sequence[date]) -> bool:
    """Return whether a client's next regular contact falls due within the plan or its grace."""
    grace = timedelta(days=client.rule.grace_days)
    return due_date(client, days[0]) <= days[-1] + grace


def due_date(client: Client, start: date) -> date:
    """Return when the next regular contact is owed: at once if none is on record."""
    last = client.last(start)
    return last.day + timedelta(days=client.rule.cadence_days) if last else start


def deepenings(clients: Sequence[Client], days: Sequence[date]) -> dict[str, date]:
    """Return who is owed the more personal contact of their tier within the plan, since when.

    Clients without one on record take turns over the whole interval, so that one plan brings
    up only the share whose turn it is.
    """
    owed = {}
    for _, members in groupby(clients, key=lambda client: client.tier):
        never = []
        for client in members:
            if last := client.last(days[0], as_personal_as(client.rule.deepen_channel)):
                owed[client.client_id] = last.day + timedelta(days=client.rule.deepen_days)
            else:
                never.append(client)
        for turn, client in enumerate(never):
            wait = turn * client.rule.deepen_days // len(never)
            owed[client.client_id] = days[0] + timedelta(days=wait)
    return {client_id: due for client_id, due in owed.items() if due <= days[-1]}


def as_personal_as(channel: str) -> tuple[str, ...]:
    """Return the channel and those more personal: a visit will do for a call.

    Examples
    --------
    >>> as_personal_as("call")
    ('visit', 'call')
    """
    return CHANNELS[: CHANNELS.index(channel) + 1]


def _birthdays(client: Client, start: date, days: Sequence[date]) -> Iterator[Obligation]:
    if client.born is None:
        return
    for year in range(start.year, days[-1].year + 2):
        due = birthday(client.born, year)
        if client.born < due and start <= due < next_trading_day(days[-1]):
            day = max(bisect_right(days, due) - 1, 0)
            ways = client.ways(client.rule.greeting) or client.reachable()
            yield Obligation(client, "birthday", due, day, day, ways, must=True, fixed=True)


def _new_client(client: Client, days: Sequence[date], rules: Rules) -> Iterator[Obligation]:
    if client.opened is None or client.opened > days[0] or client.traded:
        return
    age = (days[0] - client.opened).days
    spoken = client.last(days[0], as_personal_as("call"))
    welcomed = spoken is not None and spoken.day >= client.opened
    if age <= rules.welcome_days and not welcomed:
        purpose, due = "welcome", client.opened + timedelta(days=rules.welcome_days)
    elif age <= rules.first_trade_days and client.traded is False:
        purpose, due = "first_trade", client.opened + timedelta(days=rules.first_trade_days)
    else:
        return
    last = bisect_right(days, min(due, days[0] + timedelta(days=WELCOME_WITHIN - 1))) - 1
    ways = sorted(client.reachable(), key=lambda channel: channel != "call")
    yield Obligation(client, purpose, due, 0, last, tuple(ways), must=True)


def _neglected(client: Client, start: date) -> bool:
    last = client.last(start)
    return last is not None and (start - last.day).days >= client.rule.neglect_days


def _in_turn(
    clients: Sequence[Client], days: Sequence[date], purpose: str, within: int = 366
) -> Iterator[Obligation]:
    for _, members in groupby(clients, key=lambda client: client.tier):
        group = list(members)
        span = min(group[0].rule.cadence_days, within)
        turns = bisect_left(days, days[0] + timedelta(days=span))
        for place, client in enumerate(group):
            due, first = due_date(client, days[0]), place * turns // len(group)
            yield replace(_obligation(client, purpose, due, first, days), in_turn=True)


def _obligation(
    client: Client, purpose: str, due: date, first: int, days: Sequence[date]
) -> Obligation:
    latest = days[first] + timedelta(days=client.rule.grace_days)
    last = bisect_right(days, latest) - 1
    return Obligation(client, purpose, due, first, last, client.reachable())
