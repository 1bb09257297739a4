"""From clients and what they are owed to a problem in numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.obligations import Obligation
from crmkit.planning.problem import Duties, Flags, Floats, Ints, Problem, duties_of
from crmkit.planning.response import adbudg, s_curve

#: Points a minute has to bring in any case, so that of two equal ways the shorter is taken.
MINUTE = 0.05
#: Points off for a channel other than the client's first, for each place down the list.
DOWN = 3.0
#: Points off for each day away from those on which a contact fits best.
AWAY = 0.3
#: The same for each day a must waits: more than evening out the days may cost.
WAITING = 1.5
#: The longest response in effect points; what would be longer is drawn closer together.
LONGEST = 96
#: A week, in which no client has more contacts than the rules say.
WEEK = 7


def make_problem(
    clients: Sequence[Client],
    owed: Sequence[Obligation],
    days: Sequence[date],
    minutes: int,
    rules: Rules,
) -> Problem:
    """Return the problem of planning some obligations.

    Parameters
    ----------
    clients : sequence of Client
        Those who may and can be contacted, the most important first.
    owed : sequence of Obligation
    days : sequence of date
        Trading days.
    minutes : int
        The most that may be planned on each.
    rules : Rules
    """
    row = {client.client_id: place for place, client in enumerate(clients)}
    by_client: dict[str, list[Obligation]] = defaultdict(list)
    for one in owed:
        by_client[one.client.client_id].append(one)
    mine = [by_client[client.client_id] for client in clients]
    shape = (len(clients), len(days), len(CHANNELS))
    dates = tuple(days)
    return Problem(
        clients=tuple(row),
        days=dates,
        minutes=np.array([rules.minutes[way] for way in CHANNELS]),
        points=np.array([rules.points[way] for way in CHANNELS]),
        limit=_limits(dates, minutes, rules),
        allowed=_stack([_allowed(c, o, dates, rules) for c, o in zip(clients, mine, strict=True)],
                       shape).astype(bool),
        response=_responses(clients, mine, rules),
        bonus=_stack([_trouble(c, o, len(days), rules) for c, o in zip(clients, mine, strict=True)],
                     shape) + _district_days(clients, dates, rules),
        rhythm=np.array([[c.rule.spacing_days, rules.week_most, WEEK] for c in clients],
                        dtype=np.int64).reshape(-1, 3),
        recent=tuple(_recent(client, days[0]) for client in clients),
        duties=duties_in_rows(owed, row),
        stretches=tuple(closes - opens for opens, closes in rules.open_hours()),
    )  # fmt: skip


def duties_in_rows(owed: Sequence[Obligation], row: Mapping[str, int]) -> Duties:
    """Return obligations as arrays."""
    return duties_of(
        [
            (
                row[one.client.client_id],
                one.opens,
                one.closes,
                one.ways,
                one.level,
                one.weight,
                one.covers,
            )
            for one in owed
        ]
    )


def _limits(days: Sequence[date], minutes: int, rules: Rules) -> Ints:
    work = np.array([0 if day in rules.leave else minutes for day in days])
    return np.stack(
        [
            work,
            np.full(len(days), rules.visits_per_day),
            np.full(len(days), rules.messages_per_day),
            np.maximum(0, work - rules.talk_minutes),
        ]
    )


def _allowed(
    client: Client, owed: Sequence[Obligation], days: Sequence[date], rules: Rules
) -> Flags:
    """Return by which channels a client may be contacted on which day, ``(T, 4)``.

    Only by ways that something owed asks for, never near a contact already on record for
    later, and on a birthday kept with a message by messages alone.
    """
    asked = {way for one in owed for way in one.ways if way not in client.closed}
    longest = max(closes - opens for opens, closes in rules.open_hours())
    ways = np.array([way in asked and rules.minutes[way] <= longest for way in CHANNELS])
    allowed = np.tile(ways, (len(days), 1))
    for contact in client.history:
        if contact.day > days[0]:
            gap = max(client.rule.spacing_days, WEEK if rules.week_most < WEEK else 0)
            allowed[[abs((day - contact.day).days) < gap for day in days]] = False
    for one in owed:
        if one.purpose == "birthday" and one.ways and one.ways[0] in ("wechat", "sms"):
            allowed[one.opens, :2] = False
    return allowed


def _trouble(client: Client, owed: Sequence[Obligation], days: int, rules: Rules) -> Floats:
    """Return what a contact costs beside its minutes' price, ``(T, 4)``, nothing above zero."""
    asked = dict.fromkeys(way for one in owed for way in one.ways)
    usual = [way for way in client.reachable() if way in asked]
    rank = {way: place for place, way in enumerate(usual)}
    ways = np.array([-MINUTE * rules.minutes[w] - DOWN * rank.get(w, 0) for w in CHANNELS])
    away = np.full(days, np.inf)
    for one in owed:
        span = np.arange(one.opens, one.closes + 1)
        early = np.maximum(0, one.first - span)
        late = np.maximum(0, span - (one.first if one.must else one.last))
        off = AWAY * early + (WAITING if one.must else AWAY) * late
        away[span] = np.minimum(away[span], off)
    found: Floats = ways - np.where(np.isinf(away), 0.0, away)[:, None]
    return found


def _responses(
    clients: Sequence[Client], owed: Sequence[Sequence[Obligation]], rules: Rules
) -> Floats:
    """Return the value of each client's month by effect points, ``(N, P + 1)``."""
    needed = [_owed_points(c, o, rules) for c, o in zip(clients, owed, strict=True)]
    reach = rules.weight["beyond_percent"] / 100
    longest = max([int(np.ceil(points * reach)) for points in needed], default=1)
    effect = np.arange(min(max(longest, 1), LONGEST) + 1)
    scale = max(1.0, longest / LONGEST)
    curves = [
        _curve(client, np.minimum(effect * scale / max(points, 1), reach), points, rules)
        for client, points in zip(clients, needed, strict=True)
    ]
    return np.array(curves, dtype=float).reshape(len(clients), len(effect))


def _owed_points(client: Client, owed: Sequence[Obligation], rules: Rules) -> int:
    """Return the effect of the contacts owed, each by the way that suits the client best."""
    counted = ("regular", "neglected", "meeting")
    contacts = [one for one in owed if one.ways and one.purpose in counted]
    return sum(rules.points[one.ways[0]] for one in contacts if one.must or not one.covers)


def _curve(client: Client, share: Floats, points: int, rules: Rules) -> Floats:
    if not points:
        return np.zeros(len(share))
    if client.stage == "prospect":
        whole = rules.meetings * rules.points["visit"]
        met = client.meetings() * rules.points["visit"]
        path = s_curve((met + share * points) / whole) - s_curve(np.array(met / whole))
        return np.asarray(rules.worth_prospect * path)
    worth = float(client.rule.worth)
    if client.contribution is not None and client.contribution > 0:
        worth = max(client.contribution / 1200, client.rule.worth / 10)
    curve = adbudg(client.rule.answers, share)
    return np.asarray(worth * (curve - curve[0]) / 100)


def _district_days(clients: Sequence[Client], days: Sequence[date], rules: Rules) -> Floats:
    """Return points off for visits on another weekday than the district's, ``(N, T, 4)``.

    Districts take the weekdays in turn, those with the most clients to visit first, so that
    visits to one district come together without any route being planned.
    """
    counts: dict[str, int] = defaultdict(int)
    for client in clients:
        if client.district and "visit" not in client.closed:
            counts[client.district] += 1
    order = sorted(counts, key=lambda district: (-counts[district], district))
    weekday = {district: place % 5 for place, district in enumerate(order)}
    found = np.zeros((len(clients), len(days), len(CHANNELS)))
    today = np.array([day.weekday() for day in days])
    for row, client in enumerate(clients):
        if client.district in weekday and counts[str(client.district)] > 1:
            found[row, today != weekday[client.district], 0] = -float(
                rules.weight["district_points"]
            )
    return found


def _recent(client: Client, start: date) -> tuple[int, ...]:
    """Return the contacts on record that may still bind, as days from the start."""
    horizon = start - timedelta(days=max(client.rule.spacing_days, WEEK))
    return tuple(
        (contact.day - start).days for contact in client.history if horizon < contact.day <= start
    )


def _stack(parts: Sequence[Floats] | Sequence[Flags], shape: tuple[int, int, int]) -> Floats:
    return np.array(parts, dtype=float).reshape(shape)
