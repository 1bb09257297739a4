"""A solved plan in the trade's words: appointments with what they meet, and what is missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.desk import Desk
from crmkit.planning.gains import Explanation, explain
from crmkit.planning.obligations import Obligation
from crmkit.planning.problem import NOTHING, Flags, Problem, Solution
from crmkit.planning.rhythm import first_free
from crmkit.planning.score import is_open


@dataclass(frozen=True)
class Appointment:
    """A planned contact: one or more obligations to one client, met at once.

    Attributes
    ----------
    client : Client
    owed : tuple of Obligation
        What it meets, the weightiest first. A contact that meets none, made for its effect
        alone, carries one with the purpose ``effect``.
    day : int
        Of the plan, counted from 0.
    channel : str
    """

    client: Client
    owed: tuple[Obligation, ...]
    day: int
    channel: str

    @property
    def must(self) -> bool:
        """Whether it meets anything that has to be done."""
        return any(owed.must for owed in self.owed)

    @property
    def deepened(self) -> bool:
        """Whether the channel is more personal than usual because that was owed."""
        usual = self.client.reachable()[:1]
        owed = any(one.purpose == "deepen" for one in self.owed)
        return owed and self.channel not in usual

    @property
    def is_greeting(self) -> bool:
        """Whether it is for a birthday or holiday and nothing else."""
        return all(owed.purpose in ("birthday", "holiday") for owed in self.owed)


@dataclass(frozen=True)
class Miss:
    """A must the plan does not meet, and whether any plan could have."""

    owed: Obligation
    impossible: bool


@dataclass(frozen=True, eq=False)
class Plan:
    """A manager's plan.

    Attributes
    ----------
    people : tuple of Client
        Those who may be contacted, in the order of ``problem.clients``.
    owed : tuple of Obligation
        In the order of ``problem.duties``.
    problem : Problem
    solution : Solution
        Cells, score, prices, bound; ``explanation`` has the reasons.
    rules : Rules
    start : date
        The day asked for; the first trading day may be later.
    minutes : int
        The most that was to be planned on each day.
    appointments : tuple of Appointment
        By day, then in the order of the clients.
    missed : tuple of Miss
        Musts that are not met.
    short : tuple of Obligation
        Obligations of level 1 that are not met.
    """

    people: tuple[Client, ...] = field(repr=False)
    owed: tuple[Obligation, ...] = field(repr=False)
    problem: Problem = field(repr=False)
    solution: Solution
    rules: Rules = field(repr=False)
    start: date
    minutes: int
    appointments: tuple[Appointment, ...] = field(repr=False)
    missed: tuple[Miss, ...] = field(repr=False)
    short: tuple[Obligation, ...] = field(repr=False)

    @cached_property
    def explanation(self) -> Explanation:
        """The figures behind its reasons."""
        return explain(self.problem, self.solution)

    @property
    def days(self) -> tuple[date, ...]:
        """The trading days of the plan."""
        return self.problem.days

    def of(self, client: Client) -> Sequence[Appointment]:
        """Return a client's appointments, the earliest first."""
        return self._by_client.get(client.client_id, ())

    def could(self, client: Client) -> bool:
        """Return whether any contact of a client would be possible, capacity aside."""
        row = self.problem.clients.index(client.client_id)
        return bool(is_open(self.problem, row).any())

    def is_kept_free(self, client: Client, owed: Obligation | None = None) -> bool:
        """Return whether pins alone stand against a client's contacts, or those that meet `owed`.

        The spacing leaves room, and still nothing is allowed.
        """
        row = self.problem.clients.index(client.client_id)
        days = slice(owed.opens, owed.closes + 1) if owed else slice(None)
        ways = [way in owed.ways if owed else True for way in CHANNELS]
        free = first_free(self.problem.recent[row], *self.problem.rhythm[row].tolist())
        room = self.problem.calendar[days] >= free
        ahead = any(contact.day > self.days[0] for contact in client.history)
        return bool(room.any()) and not ahead and not self.problem.allowed[row, days][:, ways].any()

    def openings(self, kept: Appointment, channel: str) -> tuple[Flags, Flags]:
        """Return on which days a contact could be by a channel, and on which it finds room.

        The contact itself is taken out first. The client's wishes and the distance to the other
        contacts say when it could be, what else is planned says where there is room.
        """
        problem, way = self.problem, CHANNELS.index(channel)
        row = problem.clients.index(kept.client.client_id)
        month, left = self.solution.cells[row].copy(), self._desk.left.copy()
        month[kept.day] = NOTHING
        left[:, kept.day] += problem.use[:, CHANNELS.index(kept.channel)]
        could = problem.allowed[row, :, way] & self._desk.free_days(row, month)
        could = np.asarray(could & (problem.limit[0] > 0))
        room = could & (problem.use[:, [way]] <= left).all(axis=0)
        for day in np.flatnonzero(room).tolist():
            room[day] = day == kept.day or self._desk.fits_hours(day, way)
        return could, room

    def has_room(self, when: date, channel: str, instead_of: str | None = None) -> bool:
        """Return whether a day has room for one more contact, or for one in place of another."""
        day, use = self.days.index(when), self.problem.use
        left = self._desk.left[:, day] - use[:, CHANNELS.index(channel)]
        if instead_of is not None:
            left = left + use[:, CHANNELS.index(instead_of)]
        return bool((left >= 0).all())

    @cached_property
    def nets(self) -> Mapping[tuple[str, date, str], float]:
        """What each contact would bring after its minutes by each channel open that day."""
        gains = self.explanation.gains
        keys = zip(gains["client_id"], gains["date"].dt.date, gains["channel"], strict=True)
        return dict(zip(keys, gains["net"].tolist(), strict=True))

    @cached_property
    def in_order(self) -> frozenset[str]:
        """Clients overdue who are contacted in their turn, by ``client_id``.

        Of those overdue like them nobody who has waited longer comes later, and nobody who has
        waited less comes earlier. Where all of a kind come on one day, nobody takes turns.
        """
        groups: dict[tuple[str, str, bool], list[tuple[date, int, str]]] = {}
        met = [(owed, kept.day) for kept in self.appointments for owed in kept.owed]
        left = [(miss.owed, len(self.days)) for miss in self.missed if not miss.impossible]
        left += [(owed, len(self.days)) for owed in self.short]
        for owed, day in [*met, *left]:
            if owed.in_turn:
                kind = (owed.client.tier, owed.purpose, owed.client.last(self.days[0]) is None)
                groups.setdefault(kind, []).append((owed.due, day, owed.client.client_id))
        return frozenset(one for group in groups.values() for one in _in_order(group))

    def by_day(self) -> list[list[Appointment]]:
        """Return the appointments of each day."""
        found: list[list[Appointment]] = [[] for _ in self.days]
        for kept in self.appointments:
            found[kept.day].append(kept)
        return found

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.problem, self.solution.cells)

    @cached_property
    def _by_client(self) -> Mapping[str, list[Appointment]]:
        found: dict[str, list[Appointment]] = {}
        for kept in self.appointments:
            found.setdefault(kept.client.client_id, []).append(kept)
        return found


def _in_order(group: list[tuple[date, int, str]]) -> list[str]:
    """Return who of those waiting, each with due date and day, comes neither late nor early."""
    if len({day for _, day, _ in group}) < 2:
        return []
    return [
        client_id
        for due, day, client_id in group
        if not any((due - d).days * (day - n) < 0 for d, n, _ in group)
    ]
