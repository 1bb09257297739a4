"""A solved plan in the trade's words: appointments with what they meet, and what is missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.gains import Explanation, explain
from crmkit.planning.obligations import Obligation
from crmkit.planning.problem import Problem, Solution
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

    def by_day(self) -> list[list[Appointment]]:
        """Return the appointments of each day."""
        found: list[list[Appointment]] = [[] for _ in self.days]
        for kept in self.appointments:
            found[kept.day].append(kept)
        return found

    @cached_property
    def _by_client(self) -> Mapping[str, list[Appointment]]:
        found: dict[str, list[Appointment]] = {}
        for kept in self.appointments:
            found.setdefault(kept.client.client_id, []).append(kept)
        return found
