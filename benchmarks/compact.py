"""The whole model as one mixed programme for scipy's milp: a rival, nothing of the planner's."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from crmkit.planning.problem import Problem


def solve_compact(problem: Problem, seconds: float) -> np.ndarray | None:
    """Return the plan found within some seconds: x by client, day and channel.

    The response is taken as concave, by one variable for each effect point; spacing by a row
    for each client and day; recent contacts by closing days.
    """
    count, days, _ = problem.shape
    free = np.array([past[-1] for past in problem.recent]) + problem.rhythm[:, 0]
    allowed = problem.allowed & (problem.calendar >= free[:, None])[:, :, None]
    row, day, way = np.nonzero(allowed)
    number = np.full(allowed.shape, -1)
    number[row, day, way] = np.arange(len(row))
    steps = np.diff(problem.response, axis=1)
    contacts, points, duties = len(row), steps.size, len(problem.duties)
    cost = np.concatenate([-problem.bonus[row, day, way], -steps.ravel(), problem.duties.penalty])
    entries: list[tuple[int, int, float]] = []
    low: list[float] = []
    high: list[float] = []

    def add(terms: list[tuple[int, float]], least: float, most: float) -> None:
        entries.extend((len(low), column, factor) for column, factor in terms)
        low.append(least)
        high.append(most)

    mine = [np.flatnonzero(row == client) for client in range(count)]
    for client in range(count):
        top = [(contacts + client * steps.shape[1] + p, 1.0) for p in range(steps.shape[1])]
        add([*top, *((int(j), -float(problem.points[way[j]])) for j in mine[client])], -np.inf, 0)
        spacing = int(problem.rhythm[client, 0])
        for d in range(days):
            near = (problem.calendar >= problem.calendar[d]) & (
                problem.calendar < problem.calendar[d] + spacing
            )
            cells = number[client, near]
            add([(int(j), 1.0) for j in cells[cells >= 0]], -np.inf, 1)
    for d in range(days):
        here = np.flatnonzero(day == d)
        for resource in range(len(problem.limit)):
            use = problem.use[resource, way[here]]
            terms = [(int(j), float(u)) for j, u in zip(here, use, strict=True) if u]
            add(terms, -np.inf, float(problem.limit[resource, d]))
    for one in range(duties):
        client = problem.duties.client[one]
        window = slice(problem.duties.first[one], problem.duties.last[one] + 1)
        cells = number[client, window][:, problem.duties.ways[one]].ravel()
        terms = [(int(j), 1.0) for j in cells[cells >= 0]]
        add([*terms, (contacts + points + one, 1.0)], 1, np.inf)
    at, columns, factors = zip(*entries, strict=True)
    size = contacts + points + duties
    matrix = coo_array((factors, (at, columns)), shape=(len(low), size)).tocsr()
    whole = np.concatenate([np.ones(contacts), np.zeros(points + duties)])
    found = milp(
        cost / 100,
        constraints=LinearConstraint(matrix, low, high),
        bounds=Bounds(0, 1),
        integrality=whole,
        options={"time_limit": seconds},
    )
    if found.x is None:
        return None
    cells = problem.empty()
    taken = np.flatnonzero(found.x[:contacts] > 0.5)
    cells[row[taken], day[taken]] = way[taken]
    return cells
