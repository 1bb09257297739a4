"""A plan being changed one contact at a time, with what is left of each day."""

from heapq import heapify, heappop, heappush

import numpy as np

from crmkit.planning.problem import NOTHING, Cells, Flags, Floats, Ints, Problem
from crmkit.planning.rhythm import first_free
from crmkit.planning.score import duties_met, fits_the_hours, totals, usage

#: A gain below this is none.
LEAST = 1e-6


class Desk:
    """A plan, and which contacts can still be added to it.

    Parameters
    ----------
    problem : Problem
    cells : (N, T) int8
        A plan that keeps each client's own rules; it is copied.
    """

    def __init__(self, problem: Problem, cells: Cells) -> None:
        self.problem = problem
        self.cells = cells.copy()
        self.left = problem.limit - usage(problem, cells)
        self.free = np.stack([self.free_days(row) for row in range(len(cells))]).reshape(
            cells.shape
        )
        self._tight = sum(problem.stretches) - len(problem.stretches) * int(problem.minutes.max())

    def put(self, row: int, day: int, way: int) -> None:
        """Add a contact."""
        self.cells[row, day] = way
        self.left[:, day] -= self.problem.use[:, way]
        self.free[row] = self.free_days(row)

    def drop(self, row: int, day: int) -> None:
        """Take a contact out."""
        self.left[:, day] += self.problem.use[:, self.cells[row, day]]
        self.cells[row, day] = NOTHING
        self.free[row] = self.free_days(row)

    def gains(self, rows: Ints) -> Floats:
        """Return what each further contact would add, ``(n, T, 4)``; capacity is not looked at."""
        return gains(self.problem, rows, self.cells[rows])

    def fits(self, rows: Ints) -> Flags:
        """Return which contacts could be added, ``(n, T, 4)``."""
        room = (self.problem.use[:, None, :] <= self.left[:, :, None]).all(axis=0)
        return np.asarray(self.problem.allowed[rows] & self.free[rows][:, :, None] & room)

    def fits_hours(self, day: int, way: int | None = None) -> bool:
        """Return whether a day can be laid out, with one more contact if given."""
        used = int(self.problem.limit[0, day] - self.left[0, day])
        if used + int(self.problem.minutes.max()) <= self._tight:
            return True
        column = self.cells[:, day]
        return fits_the_hours(self.problem, column if way is None else np.append(column, way))

    def losses(self, day: int) -> Floats:
        """Return what each client would lose without their contact on a day, ``(N,)``."""
        rows = np.flatnonzero(self.cells[:, day] >= 0)
        without = self.cells[rows]
        without[:, day] = NOTHING
        lost = np.zeros(len(self.cells))
        own = totals(self.problem, rows, self.cells[rows])
        lost[rows] = own - totals(self.problem, rows, without)
        return lost

    def is_free(self, row: int, day: int, month: Cells) -> bool:
        """Return whether a month of a client has room for a contact on a day."""
        return bool(self.free_days(row, month)[day])

    def free_days(self, row: int, month: Cells | None = None) -> Flags:
        """Return on which days the client's rhythm has room for one more contact, ``(T,)``."""
        spacing, most, within = self.problem.rhythm[row].tolist()
        when, past = self.problem.calendar, self.problem.recent[row]
        planned = when[(self.cells[row] if month is None else month) >= 0]
        made = np.array([*past, *planned.tolist()])
        free = when >= first_free(past, spacing, most, within)
        free &= (np.abs(when[:, None] - made) >= max(spacing, 1)).all(axis=1)
        if len(made) >= most:
            free &= [_holds(made, int(day), most, within) for day in when]
        return np.asarray(free)


def gains(problem: Problem, rows: Ints, months: Cells) -> Floats:
    """Return what one more contact would add to months, ``(M, T, 4)``, where there is none.

    The rise of the response, the bonus, and the duties it would meet that nothing meets yet.
    """
    which, days = np.nonzero(months >= 0)
    earned = np.bincount(which, problem.points[months[which, days]], minlength=len(months)).astype(
        np.int64
    )
    top = problem.response.shape[1] - 1
    after = np.minimum(earned[:, None] + problem.points, top)
    rise = problem.response[rows[:, None], after]
    rise = rise - problem.response[rows, np.minimum(earned, top)][:, None]
    found = rise[:, None, :] + problem.bonus[rows]
    which, owed, met = duties_met(problem, rows, months)
    which, owed = which[~met], owed[~met]
    duties, calendar = problem.duties, np.arange(months.shape[1])
    within = (calendar >= duties.first[owed, None]) & (calendar <= duties.last[owed, None])
    saved = within[:, :, None] * (duties.ways[owed] * duties.penalty[owed, None])[:, None, :]
    np.add.at(found, which, saved)
    return np.asarray(found)


def fill(desk: Desk) -> None:
    """Add the contact with the highest gain per minute until none gains anything."""
    everybody = np.arange(len(desk.cells))
    worth = np.where(desk.fits(everybody), desk.gains(everybody), 0.0)
    rates = _rates(desk.problem, worth).reshape(len(worth), -1)
    queue = [
        (-float(rate), row)
        for row, rate in enumerate(rates.max(axis=1, initial=0.0).tolist())
        if rate > LEAST
    ]
    heapify(queue)
    while queue:
        rate, row = heappop(queue)
        best, day, way = _best(desk, row)
        if best <= LEAST:
            continue
        if best < -rate - LEAST and queue and best < -queue[0][0]:
            heappush(queue, (-best, row))
            continue
        if desk.fits_hours(day, way):
            desk.put(row, day, way)
            heappush(queue, (-best, row))


def prune(desk: Desk) -> None:
    """Take out contacts whose client is better off without them."""
    for day in range(desk.cells.shape[1]):
        for row in np.flatnonzero(desk.losses(day) < -LEAST).tolist():
            desk.drop(row, day)


def _best(desk: Desk, row: int) -> tuple[float, int, int]:
    own = np.array([row])
    worth = np.where(desk.fits(own), desk.gains(own), 0.0)
    rates = _rates(desk.problem, worth)[0]
    place = int(rates.argmax())
    day, way = divmod(place, rates.shape[1])
    return float(rates[day, way]), day, way


def _rates(problem: Problem, worth: Floats) -> Floats:
    return np.asarray(worth / problem.minutes)


def _holds(made: Ints, day: int, most: int, within: int) -> bool:
    """Return whether a contact keeps every stretch of days around it within the most allowed.

    Stretches without it do not matter: the record may hold more than the rules allow today.
    """
    after = np.sort(np.append(made, day))
    place = int(np.searchsorted(after, day))
    first = max(0, place - most)
    last = min(place, len(after) - most - 1)
    span = after[first + most : last + most + 1] - after[first : last + 1]
    return bool((span >= within).all())
