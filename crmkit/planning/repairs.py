"""A plan bettered by one kind of move alone, to see what that kind of mistake has cost."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace

import numpy as np

from crmkit.planning.desk import LEAST, Desk, fill, gains
from crmkit.planning.problem import NOTHING, Cells, Flags, Floats, Problem
from crmkit.planning.score import duties_met, fits_the_hours, totals

#: Moves of one kind that are made at most, and places tried for each must.
MOVES, TRIES = 400, 6


def repaired(problem: Problem, cells: Cells, kind: str) -> Cells:
    """Return a plan after every move of one kind that betters it, the best first.

    Parameters
    ----------
    problem : Problem
    cells : (N, T) int8
        A plan that breaks no hard rule.
    kind : str
        ``must`` and ``neglected`` meet musts that are missed, and drop the cheapest contacts
        of the day if there is no room; ``channel`` makes contacts by another channel, on the
        same day; ``mix`` gives the minutes of one client to another; ``idle`` only adds.
    """
    return _KINDS[kind](Desk(problem, cells))


def _must(desk: Desk) -> Cells:
    return _meet(desk, ~desk.problem.duties.neglect)


def _neglected(desk: Desk) -> Cells:
    return _meet(desk, desk.problem.duties.neglect)


def _meet(desk: Desk, kind: Flags) -> Cells:
    """Meet missed musts of a kind, each where it costs least."""
    duties = desk.problem.duties
    _, owed, met = duties_met(desk.problem, np.arange(len(desk.cells)), desk.cells)
    missed = owed[~met]
    missed = missed[(duties.level[missed] == 0) & kind[missed]]
    for duty in missed[np.argsort(-duties.weight[missed], kind="stable")].tolist():
        tries = (_forced(desk, int(duties.client[duty]), *spot) for spot in _spots(desk, duty))
        best = max((tried for tried in tries if tried), key=lambda tried: tried[0], default=None)
        if best is not None and best[0] > LEAST:
            desk = best[1]
    return desk.cells


def _spots(desk: Desk, duty: int) -> list[tuple[int, int]]:
    """Return days and channels that would meet a duty, the roomiest days first."""
    duties, row = desk.problem.duties, int(desk.problem.duties.client[duty])
    days = range(int(duties.first[duty]), int(duties.last[duty]) + 1)
    spots = [
        (day, way)
        for day in sorted(days, key=lambda day: -int(desk.left[0, day]))
        for way in np.flatnonzero(duties.ways[duty] & desk.problem.allowed[row, day]).tolist()
    ]
    return sorted(spots, key=lambda spot: int(desk.problem.minutes[spot[1]]))[:TRIES]


def _forced(desk: Desk, row: int, day: int, way: int) -> tuple[float, Desk] | None:
    """Return the gain and the plan of putting a contact on a day whatever has to go for it."""
    tried, changed = _copy(desk), {row}
    if tried.cells[row, day] != NOTHING:
        tried.drop(row, day)
    for near in sorted(np.flatnonzero(tried.cells[row] >= 0), key=lambda d: abs(d - day)):
        if tried.free[row, day]:
            break
        tried.drop(row, int(near))
    if not tried.free[row, day]:
        return None
    while (desk.problem.use[:, way] > tried.left[:, day]).any() or not tried.fits_hours(day, way):
        others = np.flatnonzero(tried.cells[:, day] >= 0)
        if not len(others):
            return None
        minutes = desk.problem.minutes[tried.cells[others, day]]
        cheapest = int(others[(tried.losses(day)[others] / minutes).argmin()])
        tried.drop(cheapest, day)
        changed.add(cheapest)
    tried.put(row, day, way)
    rows = np.array(sorted(changed))
    after = totals(desk.problem, rows, tried.cells[rows])
    return float((after - totals(desk.problem, rows, desk.cells[rows])).sum()), tried


def _copy(desk: Desk) -> Desk:
    other = copy(desk)
    other.cells, other.left, other.free = desk.cells.copy(), desk.left.copy(), desk.free.copy()
    return other


def _channel(desk: Desk) -> Cells:
    for _ in range(MOVES):
        rows, days = np.nonzero(desk.cells >= 0)
        own = totals(desk.problem, rows, desk.cells[rows])
        best, move = LEAST, None
        for way in range(desk.problem.shape[2]):
            months = desk.cells[rows]
            months[np.arange(len(rows)), days] = way
            gain = totals(desk.problem, rows, months) - own
            gain[~desk.problem.allowed[rows, days, way]] = 0.0
            for place in np.argsort(-gain, kind="stable")[:20].tolist():
                row, day = int(rows[place]), int(days[place])
                if gain[place] <= best:
                    break
                if _room(desk, day, way, int(desk.cells[row, day])):
                    best, move = float(gain[place]), (row, day, way)
        if move is None:
            break
        desk.drop(*move[:2])
        desk.put(*move)
    return desk.cells


def _mix(desk: Desk) -> Cells:
    """Give minutes to whoever gains more by them; musts neither gain nor are given up."""
    lighter = _without_musts(desk.problem)
    adds = gains(lighter, np.arange(len(desk.cells)), desk.cells)
    moves = 0
    for day in range(desk.cells.shape[1]):
        while moves < MOVES and (move := _swap(desk, adds, day)):
            row, other, way = move
            desk.drop(row, day)
            desk.put(other, day, way)
            both = np.array([row, other])
            adds[both] = gains(lighter, both, desk.cells[both])
            moves += 1
    return desk.cells


def _swap(desk: Desk, adds: Floats, day: int) -> tuple[int, int, int] | None:
    """Return whose contact of a day to give to whom, by which channel, if anything is gained."""
    use, lost = desk.problem.use, desk.losses(day)
    open_to = np.where(desk.problem.allowed[:, day] & desk.free[:, day, None], adds[:, day], 0.0)
    best, move = LEAST, None
    for row in np.flatnonzero(desk.cells[:, day] >= 0).tolist():
        way = int(desk.cells[row, day])
        room = (use <= (desk.left[:, day] + use[:, way])[:, None]).all(axis=0)
        gain = np.where(room, open_to, 0.0) - lost[row]
        gain[row] = 0.0
        other, new = divmod(int(gain.argmax()), gain.shape[1])
        if gain[other, new] > best and _room(desk, day, new, way):
            best, move = float(gain[other, new]), (row, other, new)
    return move


def _idle(desk: Desk) -> Cells:
    """Fill the minutes that are left, musts apart."""
    light = Desk(_without_musts(desk.problem), desk.cells)
    fill(light)
    return light.cells


def _room(desk: Desk, day: int, way: int, instead: int) -> bool:
    """Return whether a day has room for a contact in the place of another."""
    use = desk.problem.use
    if ((use[:, way] - use[:, instead]) > desk.left[:, day]).any():
        return False
    column = desk.cells[:, day].copy()
    place = int(np.flatnonzero(column == instead)[0])
    column[place] = way
    return fits_the_hours(desk.problem, column)


def _without_musts(problem: Problem) -> Problem:
    duties = problem.duties
    weight = np.where(duties.level == 0, 0.0, duties.weight)
    return replace(problem, duties=replace(duties, weight=weight))


_KINDS: Mapping[str, Callable[[Desk], Cells]] = {
    "must": _must,
    "neglected": _neglected,
    "mix": _mix,
    "channel": _channel,
    "idle": _idle,
}
