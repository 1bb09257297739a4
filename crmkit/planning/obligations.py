"""What is owed to each client within a plan's days, from every rule, in one form."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from crmkit.book.birthdays import birthday, lunar_birthdays
from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.calendar import next_trading_day
from crmkit.planning.clients import Client

#: Days within which neglected clients, new ones, and those with a complaint hear from us.
NEGLECTED_WITHIN = 14
WELCOME_WITHIN = 7
COMPLAINT_WITHIN = 2
#: How much more the first client of a book weighs than the last of the same kind.
AHEAD = 0.01
#: Weekdays off in a row that make a holiday worth a greeting; days before it to send one.
HOLIDAY_LENGTH, HOLIDAY_BEFORE = 3, 5


@dataclass(frozen=True)
class Obligation:
    """One contact owed to one client.

    Attributes
    ----------
    client : Client
    purpose : str
        One of ``results.planning.PURPOSES``.
    due : date
        When it falls due; may lie before the plan.
    first, last : int
        The days of the plan, counted from 0, on which it fits best.
    ways : tuple of str
        Channels that will do, best first.
    weight : float
        Units of a must, or points lost when it is not met.
    must : bool
    fixed : bool
        Whether any other day would be pointless.
    in_turn : bool
        Whether many clients are overdue at once and ``first`` is this one's turn.
    opens, closes : int
        The days on which it can be met at all; those above lie within.
    covers : bool
        Whether it asks no more than that the client hears anything at all within the plan;
        missed, the client counts as neglected.
    """

    client: Client
    purpose: str
    due: date
    first: int
    last: int
    ways: tuple[str, ...]
    weight: float = 0.0
    must: bool = False
    fixed: bool = False
    in_turn: bool = False
    opens: int = 0
    closes: int = 0
    covers: bool = False

    @property
    def level(self) -> int:
        """0 for musts and for hearing anything at all, 1 for the rest."""
        return 0 if self.must or self.covers else 1


def obligations(
    clients: Sequence[Client], start: date, days: Sequence[date], rules: Rules
) -> list[Obligation]:
    """Return what the book and the rules owe to some clients.

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
    turns = _turns(clients, days)
    deep = deepenings(clients, days)
    festive = list(holidays(days))
    found: list[Obligation] = []
    for place, client in enumerate(clients):
        ahead = 1 + AHEAD * (len(clients) - place) / len(clients)
        regular = list(_regular(client, days, rules, turns.get(client.client_id), ahead))
        found += _birthdays(client, start, days)
        found += _complaint(client, days, rules)
        found += _new_client(client, days, rules)
        found += _meetings(client, days, rules)
        found += regular
        if regular and client.client_id in deep:
            found += _deepening(client, deep[client.client_id], regular, days, rules)
        found += _greetings(client, festive, days, rules)
    return found


def by_any_way(owed: Sequence[Obligation]) -> list[Obligation]:
    """Let regular contacts be met by whatever else the same client is owed, too.

    The clock restarts at any contact by any channel: who is met for another reason need not
    be called as well.
    """
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for one in owed:
        asked[one.client.client_id] |= dict.fromkeys(one.ways)
    return [
        replace(one, ways=tuple(dict.fromkeys((*one.ways, *asked[one.client.client_id]))))
        if one.purpose in ("regular", "neglected")
        else one
        for one in owed
    ]


def is_owed(client: Client, days: Sequence[date]) -> bool:
    """Return whether a client's next regular contact falls due within the plan or its grace."""
    grace = timedelta(days=client.rule.grace_days)
    return due_date(client, days[0]) <= days[-1] + grace


def due_date(client: Client, start: date) -> date:
    """Return when the next regular contact is owed: at once if none is on record."""
    last = client.last(start)
    return last.day + timedelta(days=client.rule.cadence_days) if last else start


def is_neglected(client: Client, start: date) -> bool:
    """Return whether nobody has been in touch for as long as the tier allows."""
    last = client.last(start)
    return last is not None and (start - last.day).days >= client.rule.neglect_days


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


def holidays(days: Sequence[date]) -> Iterator[date]:
    """Yield the first day of each long holiday of the exchanges that begins within a plan.

    Examples
    --------
    >>> [f"{day:%m-%d}" for day in holidays([date(2026, 9, 30), date(2026, 10, 8)])]
    ['10-01']
    """
    for day in days:
        rest = day + timedelta(days=1)
        off = [rest + timedelta(days=n) for n in range((next_trading_day(day) - rest).days)]
        weekdays = [one for one in off if one.weekday() < 5]
        if len(weekdays) >= HOLIDAY_LENGTH:
            yield weekdays[0]


# one rule each


def _birthdays(client: Client, start: date, days: Sequence[date]) -> Iterator[Obligation]:
    ways = client.ways(client.rule.greeting) or client.reachable()
    for due in _birthday_dates(client, start, next_trading_day(days[-1]) - timedelta(days=1)):
        day = max(bisect_right(days, due) - 1, 0)
        yield Obligation(client, "birthday", due, day, day, ways, float(client.rule.rank),
                         must=True, fixed=True, opens=day, closes=day)  # fmt: skip


def _birthday_dates(client: Client, first: date, last: date) -> Iterator[date]:
    if client.born_lunar:
        yield from lunar_birthdays(client.born_lunar, first, last)
    elif client.born:
        for year in range(first.year, last.year + 1):
            due = birthday(client.born, year)
            if client.born < due and first <= due <= last:
                yield due


def _complaint(client: Client, days: Sequence[date], rules: Rules) -> Iterator[Obligation]:
    if client.complaint is None or client.complaint > days[0]:
        return
    ways = client.ways(rules.signal_ways["complaint_ways"]) or client.reachable()
    soonest = bisect_left(days, _earliest(client, days[0]))
    within = bisect_right(days, days[0] + timedelta(days=COMPLAINT_WITHIN)) - 1
    last = min(max(within, soonest), len(days) - 1)
    yield Obligation(client, "complaint", client.complaint, 0, last, ways,
                     float(rules.weight["complaint"]), must=True, closes=last)  # fmt: skip


def _earliest(client: Client, start: date) -> date:
    """Return the first day on which the spacing leaves room after the contacts on record."""
    past = [contact.day for contact in client.history if contact.day <= start]
    return max(start, past[-1] + timedelta(days=client.rule.spacing_days)) if past else start


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
    yield Obligation(client, purpose, due, 0, last, tuple(ways), float(client.rule.rank),
                     must=True, closes=last)  # fmt: skip


def _meetings(client: Client, days: Sequence[date], rules: Rules) -> Iterator[Obligation]:
    if client.stage != "prospect":
        return
    ways = client.ways(("visit", "call"))
    met = client.meetings()
    since = client.last(days[0], ("visit",))
    gap = timedelta(days=rules.meeting_days)
    due = max(since.day + gap, days[0]) if since else days[0]
    while ways and met < rules.meetings and due <= days[-1]:
        first, last = bisect_left(days, due), bisect_left(days, due + gap) - 1
        yield Obligation(client, "meeting", due, first, last, ways,
                         client.rule.owed * rules.weight["deepen_percent"] / 100,
                         opens=first, closes=last)  # fmt: skip
        met, due = met + 1, due + gap


def _regular(
    client: Client, days: Sequence[date], rules: Rules, turn: int | None, ahead: float
) -> Iterator[Obligation]:
    """Yield that the client is to hear anything, and the windows of the cadence.

    The first weighs more than those after it, and more the longer it is overdue: everybody
    once comes before anybody twice.
    """
    if not is_owed(client, days):
        return
    rule, due, end = client.rule, due_date(client, days[0]), len(days) - 1
    interval, grace = timedelta(days=rule.cadence_days), timedelta(days=rule.grace_days)
    begins = max(due, days[0]) if due <= days[-1] else max(due - grace, days[0])
    late = max(0, (days[0] - due).days) / rule.cadence_days
    shift = timedelta(days=0) if turn is None else days[turn] - days[0]
    owed = Obligation(client, "regular", due, 0, end, client.reachable(), float(rule.rank),
                      in_turn=turn is not None, closes=end, covers=True)  # fmt: skip
    if is_neglected(client, days[0]):
        owed = replace(owed, purpose="neglected", weight=2.0 * rule.rank, must=True)
    else:
        yield owed
        weight = ahead * rule.owed * (1 + 0.1 * min(late, 3.0))
        owed = replace(owed, weight=weight, covers=False)
    while begins <= days[-1]:
        opens = bisect_left(days, begins)
        closes = max(opens, bisect_left(days, begins + interval) - 1)
        first = min(max(bisect_left(days, begins + shift), opens), closes)
        last = min(max(bisect_right(days, days[first] + grace) - 1, first), closes)
        window = (0, end) if owed.must else (opens, closes)
        yield replace(owed, first=first, last=last, opens=window[0], closes=window[1])
        begins += interval
        owed = Obligation(client, "regular", begins, 0, end, client.reachable(),
                          rule.owed * rules.weight["again_percent"] / 100)  # fmt: skip


def _turns(clients: Sequence[Client], days: Sequence[date]) -> dict[str, int]:
    """Return the turn of everybody overdue: the day of the plan on which it would be fair.

    Clients who are overdue, or without a contact on record, take turns over one interval of
    their tier, the longest silence first: not everybody can be Monday's.
    """
    turns: dict[str, int] = {}
    waiting = [client for client in clients if due_date(client, days[0]) <= days[0]]
    waiting = sorted(waiting, key=lambda client: _kind(client, days[0]))
    kinds = groupby(waiting, key=lambda client: _kind(client, days[0]))
    for (_, neglected), members in kinds:
        group = list(members)
        span = group[0].rule.cadence_days
        span = min(span, NEGLECTED_WITHIN) if neglected else span
        count = bisect_left(days, days[0] + timedelta(days=span))
        turns |= {c.client_id: place * count // len(group) for place, c in enumerate(group)}
    return turns


def _kind(client: Client, start: date) -> tuple[str, bool]:
    return client.tier, is_neglected(client, start)


def _deepening(
    client: Client, due: date, regular: Sequence[Obligation], days: Sequence[date], rules: Rules
) -> Iterator[Obligation]:
    ways = client.ways(tuple(reversed(as_personal_as(client.rule.deepen_channel))))
    opens = max(regular[0].opens, bisect_left(days, due))
    if ways and opens < len(days):
        yield Obligation(client, "deepen", due, opens, len(days) - 1, ways,
                         client.rule.owed * rules.weight["deepen_percent"] / 100,
                         opens=opens, closes=len(days) - 1)  # fmt: skip


def _greetings(
    client: Client, festive: Sequence[date], days: Sequence[date], rules: Rules
) -> Iterator[Obligation]:
    ways = client.ways(("wechat", "sms", "call"))
    for due in festive if ways else ():
        closes = bisect_left(days, due) - 1
        opens = max(0, closes - HOLIDAY_BEFORE + 1)
        yield Obligation(client, "holiday", due, opens, closes, ways,
                         client.rule.owed * rules.weight["greeting_percent"] / 100,
                         opens=opens, closes=closes)  # fmt: skip
