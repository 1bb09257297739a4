"""The best plan of a small book by looking at every month of every client.

For a class of a dozen clients and a week the months can be counted; which to take of each is a
choice a mixed programme settles exactly. Nothing here is shared with the optimiser but the
judge, so each checks the other.
"""

from itertools import product

import numpy as np

from crmkit.errors import CrmkitError
from crmkit.planning.problem import MUST, NOTHING, Cells, Floats, Ints, Problem, Score
from crmkit.planning.score import evaluate, totals

#: Months of all clients together beyond which looking at each takes too long.
MOST_MONTHS = 60_000


def best_of_all(problem: Problem) -> tuple[Cells, Score]:
    """Return a plan no other plan is better than.

    Parameters
    ----------
    problem : Problem
        Of few clients and days: five days give a client at most some hundred months.

    Returns
    -------
    cells : (N, T) int8
    score : Score

    Raises
    ------
    CrmkitError
        ``game.too_large`` when there are too many months to look at.
    """
    rows, months = every_month(problem)
    worth = totals(problem, rows, months)
    missed = np.round(np.maximum(0.0, -worth) / MUST)  # units of musts, which no month repays
    fewest = _choose(problem, rows, months, -missed, None)
    level = float(missed[fewest].sum())
    chosen = _choose(problem, rows, months, worth + missed * MUST, (missed, level))
    cells = problem.empty()
    cells[rows[chosen]] = months[chosen]
    return cells, evaluate(problem, cells)


def every_month(problem: Problem) -> tuple[Ints, Cells]:
    """Return every month each client may have, and whose it is."""
    rows, months = [], []
    for row in range(len(problem.clients)):
        open_ways = [
            [NOTHING, *np.flatnonzero(problem.fitting[row, day]).tolist()]
            for day in range(len(problem.days))
        ]
        found = [month for month in product(*open_ways) if _keeps(problem, row, month)]
        rows += [row] * len(found)
        months += found
        if len(months) > MOST_MONTHS:
            raise CrmkitError(
                "game.too_large", clients=len(problem.clients), days=len(problem.days)
            )
    return np.array(rows, dtype=np.int64), np.array(months, dtype=np.int8).reshape(len(rows), -1)


def _keeps(problem: Problem, row: int, month: tuple[int, ...]) -> bool:
    """Return whether a month keeps the client's distances."""
    spacing, most, within = problem.rhythm[row].tolist()
    made = [
        *problem.recent[row],
        *(int(problem.calendar[d]) for d, way in enumerate(month) if way >= 0),
    ]
    begin = len(problem.recent[row])
    return all(
        (not place or when - made[place - 1] >= spacing)
        and (place < most or when - made[place - most] >= within)
        for place, when in enumerate(made)
        if place >= begin
    )


def _choose(
    problem: Problem,
    rows: Ints,
    months: Cells,
    worth: Floats,
    keep: tuple[Floats, float] | None,
) -> Ints:
    """Return one month of each client, together within the days' limits and worth the most."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    count, days, _ = problem.shape
    one_each = csr_array((np.ones(len(rows)), (rows, np.arange(len(rows)))), (count, len(rows)))
    use = np.concatenate([problem.use, np.zeros((4, 1), dtype=np.int64)], axis=1)[:, months]
    use = use.transpose(0, 2, 1).reshape(4 * days, len(rows))
    rules = [
        LinearConstraint(one_each, 1, 1),
        LinearConstraint(csr_array(use), -np.inf, problem.limit.reshape(-1)),
    ]
    if keep is not None:
        rules.append(LinearConstraint(csr_array(keep[0][None, :]), -np.inf, keep[1] + 0.5))
    found = milp(-worth, integrality=np.ones(len(rows)), bounds=(0, 1), constraints=rules,
                 options={"mip_rel_gap": 0.0})  # fmt: skip
    return np.flatnonzero(found.x > 0.5)
