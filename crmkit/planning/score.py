"""The one judge of a plan: what it is worth, what it misses, which hard rules it breaks."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from crmkit.book.schema import CHANNELS
from crmkit.planning.hours import share_out
from crmkit.planning.problem import RESOURCES, Cells, Flags, Floats, Ints, Problem, Score
from crmkit.planning.rhythm import first_free

_Breach = tuple[str, int, int]


def evaluate(problem: Problem, cells: Cells) -> Score:
    """Return what a plan is worth.

    Parameters
    ----------
    problem : Problem
    cells : (N, T) int8
        A channel's place, or -1 for no contact.

    Returns
    -------
    Score
        Also for plans that break hard rules; ``broken`` says which.
    """
    duties = problem.duties
    everybody = np.arange(len(cells))
    missed = np.zeros(len(duties), dtype=bool)
    _, owed, met = duties_met(problem, everybody, cells)
    missed[owed[~met]] = True
    musts = missed & (duties.level == 0)
    planned = cells >= 0
    return Score(
        broken=tuple(breaches(problem, cells)),
        level0=float(duties.weight[musts].sum()),
        neglected=int((musts & duties.neglect).sum()),
        must_missed=int((musts & ~duties.neglect).sum()),
        impossible=int((musts & ~possible(problem)).sum()),
        shortfall=float(duties.weight[missed & (duties.level == 1)].sum()),
        value=float(values(problem, everybody, cells).sum()),
        contacts=int(planned.sum()),
        minutes_used=int(problem.minutes[cells[planned]].sum()),
    )


def totals(problem: Problem, rows: Ints, months: Cells) -> Floats:
    """Return what months are worth, less what they miss, musts at their full price.

    Parameters
    ----------
    problem : Problem
    rows : (M,) int
        Whose month each is; a client may come more than once.
    months : (M, T) int8

    Returns
    -------
    (M,) float
    """
    which, owed, met = duties_met(problem, rows, months)
    lost = np.bincount(which[~met], problem.duties.penalty[owed[~met]], minlength=len(months))
    found: Floats = values(problem, rows, months) - lost
    return found


def values(problem: Problem, rows: Ints, months: Cells) -> Floats:
    """Return the response to the points collected, and the bonuses, of months, ``(M,)``."""
    which, days = np.nonzero(months >= 0)
    channels = months[which, days]
    earned = np.bincount(which, problem.points[channels], minlength=len(months)).astype(np.int64)
    worth = problem.response[rows, np.minimum(earned, problem.response.shape[1] - 1)]
    extra = problem.bonus[rows[which], days, channels]
    found: Floats = worth + np.bincount(which, extra, minlength=len(months))
    return found


def duties_met(problem: Problem, rows: Ints, months: Cells) -> tuple[Ints, Ints, Flags]:
    """Return every duty of some months: which month, which duty, whether it is met."""
    order, begin = problem.owed
    count = begin[rows + 1] - begin[rows]
    which = np.repeat(np.arange(len(rows)), count)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    owed = order[begin[rows][which] + offset]
    duties, days = problem.duties, np.arange(months.shape[1])
    within = (days >= duties.first[owed, None]) & (days <= duties.last[owed, None])
    ways = np.concatenate([duties.ways, np.zeros((len(duties), 1), dtype=bool)], axis=1)
    fits = ways[owed[:, None], months[which]]
    return which, owed, np.asarray((within & fits).any(axis=1))


def is_open(problem: Problem, row: int) -> Flags:
    """Return which contacts of a client would be possible in an empty plan, ``(T, 4)``."""
    free = first_free(problem.recent[row], *problem.rhythm[row].tolist())
    return np.asarray(problem.allowed[row] & (problem.calendar >= free)[:, None])


def possible(problem: Problem) -> Flags:
    """Return which duties some contact could meet, capacity aside, ``(K,)``."""
    duties, days = problem.duties, np.arange(problem.shape[1])
    rows, place = np.unique(duties.client, return_inverse=True)
    opens = [is_open(problem, row) for row in rows.tolist()]
    open_ways = np.array(opens, dtype=bool).reshape(-1, *problem.shape[1:])[place]
    within = (days >= duties.first[:, None]) & (days <= duties.last[:, None])
    fits = (open_ways & duties.ways[:, None, :]).any(axis=2)
    return np.asarray((within & fits).any(axis=1))


def usage(problem: Problem, cells: Cells) -> Ints:
    """Return what a plan takes of each resource and day, ``(4, T)``."""
    counts = np.stack([(cells == way).sum(axis=0) for way in range(len(CHANNELS))])
    return np.asarray(problem.use @ counts)


def breaches(problem: Problem, cells: Cells) -> Iterator[_Breach]:
    """Yield the hard rules a plan breaks, each with the client's row and the day, or -1."""
    clients, days = np.nonzero(cells >= 0)
    for row, day in zip(clients.tolist(), days.tolist(), strict=True):
        if not problem.allowed[row, day, cells[row, day]]:
            yield "allowed", row, day
    for resource, day in np.argwhere(usage(problem, cells) > problem.limit).tolist():
        yield RESOURCES[resource], -1, day
    for day in range(cells.shape[1]):
        if not fits_the_hours(problem, cells[:, day]):
            yield "hours", -1, day
    for row in np.unique(clients).tolist():
        for rule, day in _too_often(problem, row, cells[row]):
            yield rule, row, day


def fits_the_hours(problem: Problem, column: Cells) -> bool:
    """Return whether a day's contacts fit the stretches of work without being cut in two."""
    counts = Counter(CHANNELS[way] for way in column[column >= 0].tolist())
    minutes = dict(zip(CHANNELS, problem.minutes.tolist(), strict=True))
    return share_out(counts, minutes, problem.stretches) is not None


def _too_often(problem: Problem, row: int, month: Cells) -> Iterator[tuple[str, int]]:
    spacing, most, within = problem.rhythm[row].tolist()
    planned = [(int(problem.calendar[day]), int(day)) for day in np.flatnonzero(month >= 0)]
    made = [(day, -1) for day in problem.recent[row]] + planned
    for place, (when, day) in enumerate(made):
        if day < 0:
            continue
        if place and when - made[place - 1][0] < spacing:
            yield "spacing", day
        if place >= most and when - made[place - most][0] < within:
            yield "most", day
