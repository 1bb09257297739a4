"""The planning problem in numbers, a plan as its solution, and what a plan is worth.

The design, in the order in which it is used::

    book, tiers, signals, rules
        -> obligations.py   what is owed to whom, why, when, by which channels
        -> model.py         Problem: everything below as arrays
        -> optimise.py      Solution: which contact on which day, its score, a proven bound
        -> gains.py         Explanation: what a minute costs, why this day, why this channel
        -> plan.py          Plan: the solution in the trade's words, for people and files
        -> replan.py        tomorrow's plan, and what changed

A problem has ``N`` clients, ``T`` trading days and the four channels of ``book.schema.CHANNELS``
in that order. Whatever two clients compete for is a *resource* of a day (minutes, visits,
messages, minutes of messages); everything else concerns one client alone. That is why the
problem comes apart: given a price for each resource and day, every client's month is planned
by itself (``columns.py``), and the prices are those of a linear programme over such months.

What is owed has one form for all rules, the duty: a client, a window of days, channels that
will do, a level and a weight. Level 0 is a must and counts before everything else; level 1 is
a shortfall, counted against the value. Values and weights are in *points*, of which the rules
say that one stands for about 1 CNY of income a month.

A plan is an array of whole numbers (``N`` x ``T``): -1 for no contact, else the channel's
place. ``score.evaluate`` is the only judge of it, for the optimiser, for a manager's own plan
and for a learner's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from crmkit.book.schema import CHANNELS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Cells = NDArray[np.int8]

#: What clients compete for on one day. ``message_minutes`` keeps minutes for calls and visits.
RESOURCES = ("minutes", "visits", "messages", "message_minutes")

#: Cell of a plan without a contact.
NOTHING = -1

#: Points one unit of a missed must counts: more than a client's whole month can be worth.
MUST = 1_000_000.0


@dataclass(frozen=True, eq=False)
class Duties:
    """What is owed, one entry per duty; all arrays have the same length ``K``.

    Attributes
    ----------
    client : (K,) int
        Row of the client.
    first, last : (K,) int
        Days of the window, both included.
    ways : (K, 4) bool
        Channels that meet it.
    level : (K,) int
        0: a must; 1: a shortfall.
    weight : (K,) float
        Level 0: units of a must; level 1: points lost when it is not met.
    neglect : (K,) bool
        Whether missing it means that the client is neglected.
    """

    client: Ints
    first: Ints
    last: Ints
    ways: Flags
    level: Ints
    weight: Floats
    neglect: Flags

    def __len__(self) -> int:
        return len(self.client)

    @cached_property
    def penalty(self) -> Floats:
        """Points lost when a duty is not met, musts at their full price."""
        return np.where(self.level == 0, self.weight * MUST, self.weight)


@dataclass(frozen=True, eq=False)
class Problem:
    """A manager's month in numbers.

    Attributes
    ----------
    clients : tuple of str
        ``client_id`` by row, the most important first.
    days : tuple of date
        Trading days.
    minutes : (4,) int
        How long a contact takes.
    points : (4,) int
        Effect points of a contact.
    limit : (4, T) int
        Of each resource of ``RESOURCES`` and day, how much there is.
    allowed : (N, T, 4) bool
        Which contacts are possible: consent, reach, leave, pins, contacts on record too near.
    response : (N, P + 1) float
        Value of a month by the effect points it collects, from none to ``P``; further points
        add nothing. Any curve.
    bonus : (N, T, 4) float
        Points a contact is worth beside its effect: a signal, a favourite channel, a
        district's day, the wish not to move what was planned, less the trouble it takes.
    rhythm : (N, 3) int
        Calendar days between two contacts at least; contacts at most in so many days; those
        days.
    recent : tuple of tuple of int
        Per client the calendar days from contacts on record to the first day, as -3 for three
        days before, nearest last. Only those that still bind.
    duties : Duties
    stretches : tuple of int
        Minutes of each stretch of working hours; a contact is not cut in two.
    """

    clients: tuple[str, ...]
    days: tuple[date, ...]
    minutes: Ints
    points: Ints
    limit: Ints
    allowed: Flags = field(repr=False)
    response: Floats = field(repr=False)
    bonus: Floats = field(repr=False)
    rhythm: Ints = field(repr=False)
    recent: tuple[tuple[int, ...], ...] = field(repr=False)
    duties: Duties = field(repr=False)
    stretches: tuple[int, ...]

    @cached_property
    def use(self) -> Ints:
        """What one contact takes of each resource, ``(4 resources, 4 channels)``."""
        visit, message = _is("visit"), _is("wechat", "sms")
        return np.stack([self.minutes, visit, message, message * self.minutes])

    @cached_property
    def calendar(self) -> Ints:
        """Calendar days from the first day to each day, ``(T,)``."""
        return np.array([(day - self.days[0]).days for day in self.days], dtype=np.int64)

    @cached_property
    def fitting(self) -> Flags:
        """The allowed contacts for which a day that holds nothing else has room, ``(N, T, 4)``.

        A plan has no others, and a bound that counted parts of them would be no good.
        """
        room = (self.use[:, None, :] <= self.limit[:, :, None]).all(axis=0)
        return np.asarray(self.allowed & room)

    @cached_property
    def owed(self) -> tuple[Ints, Ints]:
        """The duties in the order of the clients, and where each client's begin, ``(N + 1,)``."""
        order = np.argsort(self.duties.client, kind="stable")
        begin = np.searchsorted(self.duties.client[order], np.arange(len(self.clients) + 1))
        return order, begin

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        """Clients, days, channels."""
        return len(self.clients), len(self.days), len(CHANNELS)

    def empty(self) -> Cells:
        """Return the plan without any contact."""
        return np.full(self.shape[:2], NOTHING, dtype=np.int8)


@dataclass(frozen=True)
class Score:
    """What a plan is worth, the first difference from the top deciding between two plans.

    Attributes
    ----------
    broken : tuple of (str, int, int)
        Hard rules the plan breaks: which, client row or -1, day or -1. Empty for every plan
        the optimiser makes.
    level0 : float
        Units of missed musts, neglected clients included.
    neglected : int
        Clients who hear nothing though the plan owes them a contact.
    must_missed : int
        Other musts that are not met.
    impossible : int
        Of all missed musts, those no plan could meet: the client is away, refuses, was just
        contacted. The rest found no capacity.
    shortfall : float
        Points lost on duties of level 1 not met.
    value : float
        Points of response and bonus.
    contacts, minutes_used : int
    """

    broken: tuple[tuple[str, int, int], ...]
    level0: float
    neglected: int
    must_missed: int
    impossible: int
    shortfall: float
    value: float
    contacts: int
    minutes_used: int

    @property
    def net(self) -> float:
        """Value less shortfall."""
        return self.value - self.shortfall

    @property
    def total(self) -> float:
        """Everything in one number, the one the optimiser makes as large as it can."""
        return self.net - MUST * self.level0


@dataclass(frozen=True, eq=False)
class Solution:
    """A plan with the proof of how good it is.

    Attributes
    ----------
    cells : (N, T) int8
        The channel's place in ``CHANNELS``, or ``NOTHING``.
    score : Score
    prices : (4, T) float
        Points one more unit of each resource would be worth on each day. ``prices[0]`` is the
        price of a minute.
    bound : float
        No plan whatsoever has a higher ``net`` at this level 0: a proof, not an estimate.
    level0_bound : float
        No plan misses fewer units of musts.
    rounded : (N,) bool
        Clients for whose month no price is the reason: whole contacts had to be made of
        fractions of them.
    exact : bool
        Whether the pool of months was searched to the end.
    """

    cells: Cells = field(repr=False)
    score: Score
    prices: Floats = field(repr=False)
    bound: float
    level0_bound: float
    rounded: Flags = field(repr=False)
    exact: bool = False

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of the bound: 0.004 is 0.4 %.

        Where the plan's own points are more, because both are negative, as a share of those.
        """
        left = max(0.0, self.bound - self.score.net)
        return left / max(abs(self.bound), abs(self.score.net), 1.0)

    @property
    def proven(self) -> bool:
        """Whether no plan misses fewer musts."""
        return self.score.level0 <= self.level0_bound + 1e-6


def duties_of(
    rows: Sequence[tuple[int, int, int, Sequence[str], int, float, bool]],
) -> Duties:
    """Return duties from rows of client, first, last, ways, level, weight and neglect.

    Examples
    --------
    >>> owed = duties_of([(0, 0, 4, ("call", "visit"), 1, 50.0, False)])
    >>> len(owed), owed.ways[0].tolist(), owed.penalty.tolist()
    (1, [True, True, False, False], [50.0])
    """
    client, first, last, ways, level, weight, neglect = (
        zip(*rows, strict=True) if rows else [()] * 7
    )
    return Duties(
        client=np.array(client, dtype=np.int64),
        first=np.array(first, dtype=np.int64),
        last=np.array(last, dtype=np.int64),
        ways=np.array([[way in some for way in CHANNELS] for some in ways], bool).reshape(-1, 4),
        level=np.array(level, dtype=np.int64),
        weight=np.array(weight, dtype=np.float64),
        neglect=np.array(neglect, dtype=bool),
    )


def _is(*channels: str) -> Ints:
    return np.array([channel in channels for channel in CHANNELS], dtype=np.int64)
