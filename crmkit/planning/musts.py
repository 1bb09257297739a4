"""Repairs of a plan: missed musts take the place of the cheapest contacts, days fit the hours."""

import numpy as np

from crmkit.planning.desk import LEAST, Desk, fill
from crmkit.planning.problem import NOTHING, Floats, Ints
from crmkit.planning.score import duties_met, fits_the_hours, totals

_Move = tuple[float, int, int, list[int], list[int]]


def meet_musts(desk: Desk, rounds: int = 2) -> None:
    """Meet musts that are still missed where it costs less than they are worth.

    The client's own contacts that are too near go, and of that day the contacts that are worth
    least per minute, until there is room.
    """
    for _ in range(rounds):
        changed = False
        for owed in _missed(desk).tolist():
            changed |= _meet(desk, owed)
        if not changed:
            return
        fill(desk)


def mend_hours(desk: Desk) -> None:
    """Drop the cheapest contacts of every day that cannot be laid out within the hours."""
    for day in range(desk.cells.shape[1]):
        while not desk.fits_hours(day):
            rows = np.flatnonzero(desk.cells[:, day] >= 0)
            rate = desk.losses(day)[rows] / desk.problem.minutes[desk.cells[rows, day]]
            desk.drop(int(rows[rate.argmin()]), day)


def _missed(desk: Desk) -> Ints:
    duties = desk.problem.duties
    _, owed, met = duties_met(desk.problem, np.arange(len(desk.cells)), desk.cells)
    missed = owed[~met]
    missed = missed[duties.level[missed] == 0]
    return np.asarray(missed[np.argsort(-duties.weight[missed], kind="stable")])


def _meet(desk: Desk, owed: int) -> bool:
    problem = desk.problem
    duties = problem.duties
    row = int(duties.client[owed])
    best: _Move | None = None
    for day in range(int(duties.first[owed]), int(duties.last[owed]) + 1):
        losses: Floats | None = None
        for way in np.flatnonzero(duties.ways[owed] & problem.allowed[row, day]).tolist():
            losses = desk.losses(day) if losses is None else losses
            move = _move(desk, row, day, way, losses)
            if move and (best is None or move[0] > best[0] + 1e-9):
                best = move
    if best is None:
        return False
    _, day, way, own, others = best
    for other in others:
        desk.drop(other, day)
    for near in own:
        desk.drop(row, near)
    desk.put(row, day, way)
    return True


def _move(desk: Desk, row: int, day: int, way: int, losses: Floats) -> _Move | None:
    """Return what a contact would gain if room were made for it, and what would have to go."""
    problem, month = desk.problem, desk.cells[row]
    own = _in_the_way(desk, row, day)
    if own is None:
        return None
    changed = month.copy()
    changed[own] = NOTHING
    changed[day] = way
    before, after = totals(problem, np.array([row, row]), np.stack([month, changed]))
    room = desk.left[:, day] - problem.use[:, way]
    if month[day] >= 0:
        room = room + problem.use[:, month[day]]
    others = _cheapest(desk, row, day, room, losses)
    if others is None:
        return None
    gain = float(after - before) - float(losses[others].sum())
    column = desk.cells[:, day].copy()
    column[others], column[row] = NOTHING, way
    if gain <= LEAST or not fits_the_hours(problem, column):
        return None
    return gain, day, way, own, others


def _in_the_way(desk: Desk, row: int, day: int) -> list[int] | None:
    """Return the client's own contacts that forbid one on a day; None if the record does."""
    problem, month = desk.problem, desk.cells[row].copy()
    planned = np.flatnonzero(month >= 0)
    near = np.argsort(np.abs(problem.calendar[planned] - problem.calendar[day]), kind="stable")
    gone: list[int] = []
    for other in [None, *planned[near].tolist()]:
        if other is not None:
            month[other] = NOTHING
            gone.append(other)
        if desk.is_free(row, day, month):
            return gone
    return None


def _cheapest(desk: Desk, row: int, day: int, room: Ints, losses: Floats) -> list[int] | None:
    """Return whose contacts would have to go for the room to suffice, the cheapest per minute."""
    problem = desk.problem
    gone: list[int] = []
    if (room >= 0).all():
        return gone
    rows = np.flatnonzero(desk.cells[:, day] >= 0)
    rows = rows[rows != row]
    rate = losses[rows] / problem.minutes[desk.cells[rows, day]]
    for other in rows[np.argsort(rate, kind="stable")].tolist():
        use = problem.use[:, desk.cells[other, day]]
        if (use[room < 0] > 0).any():
            gone.append(other)
            room = room + use
        if (room >= 0).all():
            return gone
    return None
