"""Why a plan is as it is, in figures: what a minute costs, what each contact gains.

All of it comes from the prices of the linear programme and from marginal gains; nothing is
told after the fact. Where prices do not explain a client's month, because fractions had to be
made whole, the tables say so.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.results import PLAN_GAINS, PLAN_PRICES, PLAN_REASONS
from crmkit.book.schema import CHANNELS, conform
from crmkit.planning.columns import Months
from crmkit.planning.desk import Desk, gains
from crmkit.planning.problem import MUST, NOTHING, Flags, Floats, Ints, Problem, Solution
from crmkit.planning.score import usage

#: A day is as good as another when the client's month loses less than this many points.
AS_GOOD = 1.0
#: How many such days the table names.
NAMED = 5


@dataclass(frozen=True, eq=False)
class Explanation:
    """The figures behind a plan's reasons, each a table of ``book.results``.

    Attributes
    ----------
    prices : DataFrame
        Per day, what a minute, a visit and a message cost: ``PLAN_PRICES``.
    reasons : DataFrame
        Per contact, gain, cost, days that would do as well, and the best contact that did not
        get its minutes: ``PLAN_REASONS``, in the order of date and client.
    gains : DataFrame
        Per contact and channel that was open: ``PLAN_GAINS``.
    """

    prices: pd.DataFrame = field(repr=False)
    reasons: pd.DataFrame = field(repr=False)
    gains: pd.DataFrame = field(repr=False)


def explain(problem: Problem, solution: Solution) -> Explanation:
    """Return the figures behind a plan.

    Parameters
    ----------
    problem : Problem
    solution : Solution

    Returns
    -------
    Explanation
    """
    day, row = np.nonzero(solution.cells.T >= 0)
    if not len(row):
        nothing = PLAN_REASONS.empty(), PLAN_GAINS.empty()
        return Explanation(price_table(problem, solution), *nothing)
    way = solution.cells[row, day].astype(np.int64)
    without = solution.cells[row]
    without[np.arange(len(row)), day] = NOTHING
    worth = gains(problem, row, without)
    contacts = _Contacts(problem, solution, row, day, way, worth, solution.prices.T @ problem.use)
    free = _free(problem, row, without)
    return Explanation(
        prices=price_table(problem, solution),
        reasons=conform(pd.DataFrame(_reasons(contacts, free)), PLAN_REASONS),
        gains=conform(pd.DataFrame(_by_channel(contacts)), PLAN_GAINS),
    )


@dataclass(frozen=True, eq=False)
class _Contacts:
    """The ``K`` contacts of a plan with what each could be worth."""

    problem: Problem
    solution: Solution
    row: Ints
    day: Ints
    way: Ints
    worth: Floats  # (K, T, 4): gain of a contact there and so, this one being taken out
    asked: Floats  # (T, 4): what a contact takes, at the prices

    @property
    def client(self) -> list[str]:
        return [self.problem.clients[row] for row in self.row.tolist()]

    @property
    def date(self) -> list[Any]:
        return [self.problem.days[day] for day in self.day.tolist()]


def price_table(problem: Problem, solution: Solution) -> pd.DataFrame:
    """Return what a minute, a visit and a message cost on each day: ``PLAN_PRICES``."""
    rows = {
        "date": list(problem.days),
        "minute": solution.prices[0],
        "visit": solution.prices[1],
        "message": solution.prices[2],
        "minutes": problem.limit[0],
        "used": usage(problem, solution.cells)[0],
    }
    return conform(pd.DataFrame(rows), PLAN_PRICES)


def _reasons(contacts: _Contacts, free: Flags) -> dict[str, Any]:
    each = np.arange(len(contacts.row))
    here = contacts.worth[each, contacts.day, contacts.way]
    good = _days_as_good(contacts, free)
    who, how, what = _displaced(contacts)
    problem = contacts.problem
    return {
        "client_id": contacts.client,
        "date": contacts.date,
        "channel": [CHANNELS[way] for way in contacts.way.tolist()],
        "gain": _without_musts(here),
        "cost": contacts.asked[contacts.day, contacts.way],
        "must": here > MUST / 2,
        "days_as_good": good.sum(axis=1),
        "other_days": [
            " ".join(problem.days[day].isoformat() for day in np.flatnonzero(days)[:NAMED])
            for days in good
        ],
        "regret": _regret(contacts),
        "displaced": [problem.clients[row] if row >= 0 else None for row in who.tolist()],
        "displaced_channel": [CHANNELS[way] if way >= 0 else None for way in how.tolist()],
        "displaced_gain": np.where(who >= 0, what, np.nan),
        "rounded": contacts.solution.rounded[contacts.row],
    }


def _by_channel(contacts: _Contacts) -> dict[str, Any]:
    problem = contacts.problem
    each = np.arange(len(contacts.row))
    open_ways = problem.allowed[contacts.row, contacts.day]
    which, way = np.nonzero(open_ways)
    gain = _without_musts(contacts.worth[each, contacts.day])[which, way]
    cost = contacts.asked[contacts.day][which, way]
    client, date = contacts.client, contacts.date
    return {
        "client_id": [client[one] for one in which.tolist()],
        "date": [date[one] for one in which.tolist()],
        "channel": [CHANNELS[one] for one in way.tolist()],
        "gain": gain,
        "minutes": problem.minutes[way],
        "cost": cost,
        "net": gain - cost,
        "planned": way == contacts.way[which],
    }


def _days_as_good(contacts: _Contacts, free: Flags) -> Flags:
    """Return on which other days the same contact would be worth as much at the prices."""
    each = np.arange(len(contacts.row))
    net = contacts.worth - contacts.asked
    same = net[each, :, contacts.way]
    here = same[each, contacts.day]
    open_days = contacts.problem.allowed[contacts.row, :, contacts.way] & free
    good = open_days & (same >= here[:, None] - AS_GOOD)
    good[each, contacts.day] = False
    return np.asarray(good)


def _regret(contacts: _Contacts) -> Floats:
    """Return what each client's best month loses when the contact's day is closed to it."""
    problem, prices = contacts.problem, contacts.solution.prices
    months = Months(problem)
    best = months.worth(prices)
    turn = _turn(contacts.row)
    lost = np.zeros(len(contacts.row))
    for pass_ in range(int(turn.max(initial=-1)) + 1):
        now = turn == pass_
        closed = np.full(problem.shape[0], -1)
        closed[contacts.row[now]] = contacts.day[now]
        lost[now] = (best - months.worth(prices, closed))[contacts.row[now]]
    return np.round(_without_musts(np.maximum(lost, 0.0)), 6)


def _turn(row: Ints) -> Ints:
    """Return of each contact how many the same client has before it."""
    order = np.argsort(row, kind="stable")
    first = np.searchsorted(row[order], row[order])
    turn = np.empty(len(row), np.int64)
    turn[order] = np.arange(len(row)) - first
    return turn


def _displaced(contacts: _Contacts) -> tuple[Ints, Ints, Floats]:
    """Return the best contact that would fit into each contact's minutes and is not planned."""
    problem = contacts.problem
    everybody = np.arange(problem.shape[0])
    cells = contacts.solution.cells
    free = problem.allowed & _free(problem, everybody, cells)[:, :, None]
    extra = np.where(free, _without_musts(gains(problem, everybody, cells)), 0.0)
    row = extra.argmax(axis=0)  # (T, 4)
    best = extra.max(axis=0, initial=0.0)
    fits = problem.minutes <= problem.minutes[contacts.way][:, None]
    some = np.where(fits, best[contacts.day], 0.0)
    way = some.argmax(axis=1)
    gain = some[np.arange(len(way)), way]
    found = gain > AS_GOOD
    who = np.where(found, row[contacts.day, way], -1)
    return who, np.where(found, way, -1), gain


def _free(problem: Problem, rows: Ints, months: np.ndarray) -> Flags:
    desk = Desk(problem, problem.empty())
    days = [
        desk.free_days(row, month) & (month < 0)
        for row, month in zip(rows.tolist(), months, strict=True)
    ]
    return np.array(days, dtype=bool).reshape(len(rows), problem.shape[1])


def _without_musts(points: Floats) -> Floats:
    return np.asarray(points - MUST * np.round(points / MUST))
