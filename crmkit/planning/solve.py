"""From clients and obligations to a solved plan, and from its cells to appointments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from crmkit.book.results.planning import PURPOSES
from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.model import make_problem
from crmkit.planning.news import with_pins
from crmkit.planning.obligations import Obligation
from crmkit.planning.optimise import optimise
from crmkit.planning.plan import Appointment, Miss, Plan
from crmkit.planning.problem import Cells, Floats, Problem, Solution
from crmkit.planning.replan import planned_before, replan, with_steadiness
from crmkit.planning.score import duties_met, possible


def solve(
    clients: Sequence[Client],
    owed: Sequence[Obligation],
    start: date,
    days: Sequence[date],
    minutes: int,
    rules: Rules,
    exact: bool = False,
    seed: int = 0,
    pins: pd.DataFrame | None = None,
    before: pd.DataFrame | None = None,
    prices: Floats | None = None,
) -> Plan:
    """Return the best plan for some clients and what they are owed.

    Parameters
    ----------
    clients : sequence of Client
        Those who may and can be contacted, the most important first.
    owed : sequence of Obligation
    start : date
        The day asked for.
    days : sequence of date
        Trading days.
    minutes : int
    rules : Rules
    exact : bool
        Take the time to come within a few parts in ten thousand of the best.
    seed : int
        Breaks ties.
    pins : DataFrame, optional
        ``results.PINS``; what they fix is among ``owed`` already.
    before : DataFrame, optional
        The plan before: ``client_id``, ``date``, ``channel``.
    prices : (4, T) float, optional
        Of the plan before, moved on to these days.
    """
    problem = make_problem(clients, owed, days, minutes, rules)
    if pins is not None:
        problem = with_pins(problem, pins)
    if before is None:
        solution = optimise(problem, seed, exact, prices)
    else:
        cells = planned_before(before, problem)
        problem = with_steadiness(problem, cells, clients, rules)
        solution = replan(problem, cells, prices, seed, exact)
    return in_words(clients, owed, problem, solution, rules, start, minutes)


def in_words(
    clients: Sequence[Client],
    owed: Sequence[Obligation],
    problem: Problem,
    solution: Solution,
    rules: Rules,
    start: date,
    minutes: int,
) -> Plan:
    """Return a solution as a plan of appointments, each with what it meets."""
    met_by = _meetings(problem, solution.cells, owed)
    everybody = np.arange(problem.shape[0])
    _, which, met = duties_met(problem, everybody, solution.cells)
    missed = np.sort(which[~met]).tolist()
    can = possible(problem)
    return Plan(
        people=tuple(clients),
        owed=tuple(owed),
        problem=problem,
        solution=solution,
        rules=rules,
        start=start,
        minutes=minutes,
        appointments=tuple(_appointments(clients, problem, solution.cells, met_by)),
        missed=tuple(Miss(owed[one], not can[one]) for one in missed if owed[one].must),
        short=tuple(owed[one] for one in missed if owed[one].level),
    )


def _meetings(
    problem: Problem, cells: Cells, owed: Sequence[Obligation]
) -> Mapping[tuple[int, int], list[Obligation]]:
    """Return what each contact meets; an obligation is met by one contact, on its best days."""
    found: dict[tuple[int, int], list[Obligation]] = defaultdict(list)
    for one, row in zip(owed, problem.duties.client.tolist(), strict=True):
        if one.covers and not one.must:
            continue
        days = [
            day
            for day in range(one.opens, one.closes + 1)
            if cells[row, day] >= 0 and CHANNELS[cells[row, day]] in one.ways
        ]
        if days:
            best = [day for day in days if one.first <= day <= one.last]
            found[row, (best or days)[0]].append(one)
    return found


def _appointments(
    clients: Sequence[Client],
    problem: Problem,
    cells: Cells,
    met_by: Mapping[tuple[int, int], list[Obligation]],
) -> list[Appointment]:
    found = []
    for day, row in np.argwhere(cells.T >= 0).tolist():
        client, channel = clients[row], CHANNELS[cells[row, day]]
        owed = sorted(met_by.get((row, day), ()), key=lambda one: PURPOSES.index(one.purpose))
        extra = Obligation(client, "effect", problem.days[day], day, day, (channel,))
        found.append(Appointment(client, tuple(owed) or (extra,), day, channel))
    return found
