"""Even days: contacts move to emptier ones where the client's month loses next to nothing."""

import numpy as np

from crmkit.planning.desk import Desk
from crmkit.planning.problem import NOTHING
from crmkit.planning.score import totals

#: Points a move may cost.
PRICE = 1.0
ROUNDS = 4


def even_out(desk: Desk) -> None:
    """Move contacts to emptier days, as long as that brings the two days nearer.

    Parameters
    ----------
    desk : Desk
        The plan to change.
    """
    for _ in range(ROUNDS):
        if not sum([_ease(desk, row) for row in _movable(desk)]):
            return


def _used(desk: Desk) -> np.ndarray:
    return np.asarray(desk.problem.limit[0] - desk.left[0])


def _movable(desk: Desk) -> list[int]:
    """Return the clients with a contact on a day fuller than the mean by more than a call."""
    used, open_days = _used(desk), desk.problem.limit[0] > 0
    if not open_days.any():
        return []
    full = used > used[open_days].mean() + 1
    return [int(row) for row in np.flatnonzero((desk.cells[:, full] >= 0).any(axis=1))]


def _ease(desk: Desk, row: int) -> bool:
    moved = False
    for day in np.flatnonzero(desk.cells[row] >= 0).tolist():
        moved |= _move(desk, row, day)
    return moved


def _move(desk: Desk, row: int, day: int) -> bool:
    problem, way = desk.problem, int(desk.cells[row, day])
    used, takes = _used(desk), int(problem.minutes[way])
    month = desk.cells[row].copy()
    month[day] = NOTHING
    better = used + takes < used[day]
    if not better.any():
        return False
    room = (problem.use[:, [way]] <= desk.left).all(axis=0)
    free = better & room & problem.allowed[row, :, way] & desk.free_days(row, month)
    others = np.flatnonzero(free)
    others = others[np.argsort(used[others], kind="stable")]
    if not len(others):
        return False
    months = np.repeat(month[None, :], len(others) + 1, axis=0)
    months[np.arange(len(others)), others] = way
    months[-1] = desk.cells[row]
    worth = totals(problem, np.full(len(months), row), months)
    good = others[worth[:-1] >= worth[-1] - PRICE]
    for other in good.tolist():
        if desk.fits_hours(other, way):
            desk.drop(row, day)
            desk.put(row, other, way)
            return True
    return False
