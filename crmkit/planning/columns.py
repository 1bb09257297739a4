"""The best month of every client at given prices: one dynamic programme, clients side by side.

The state is the node of the client's rhythm, the duties met among those whose window is open,
and the effect points collected. Duties whose windows do not overlap share a bit, so that most
clients have none or one. Clients with the same number of bits, rhythm and size of response
are worked out together; arrays run over (points, bits, clients).

Prices turn the months into proofs as well: at any prices no plan is worth more than the best
months together plus all resources at their price (Lagrange's bound).
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from crmkit.planning.problem import Cells, Flags, Floats, Ints, Problem
from crmkit.planning.rhythm import Rhythm, first_free, make_rhythm

#: What a contact that is not allowed is worth.
NEVER = -1e15

#: Clients worked out together at most, so that their arrays stay in the cache.
TOGETHER = 400

#: Sizes of the response that are told apart.
SIZES = (1, 2, 4, 8, 16, 32, 64, 128)


@dataclass(frozen=True, eq=False)
class _Step:
    """From a node to another: which flags are up then, and what is lost on the way."""

    to: int
    flags: Ints | None  # (F, n)
    flat: Ints | None  # the same as places in an array of F * n
    lost: Floats | None  # (F * n,)


@dataclass(frozen=True, eq=False)
class _Group:
    rows: Ints
    rhythm: Rhythm
    start: Ints
    worth: Floats  # (P + 1, n)
    bonus: Floats  # (T, 4, n)
    open: Flags  # (T, 4, n)
    points: tuple[int, ...]
    bits: int
    skip: tuple[_Step, ...]
    touch: tuple[tuple[_Step | None, ...], ...]


class Months:
    """Every client's best month, again and again at other prices.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._groups = _groups(problem)

    def best(self, prices: Floats, noise: Floats | None = None) -> tuple[Floats, Cells]:
        """Return what each client's best month is worth at some prices, and that month.

        Parameters
        ----------
        prices : (4, T) float
            Of each resource and day.
        noise : (N, T) float, optional
            Factors on the prices by client and day, to break ties.

        Returns
        -------
        worth : (N,) float
            Less what is paid and missed.
        cells : (N, T) int8
        """
        worth = np.zeros(self.problem.shape[0])
        cells = self.problem.empty()
        for group in self._groups:
            values, picks = _solve(group, self._offer(group, prices, noise))
            worth[group.rows] = _at_start(group, values)
            cells[group.rows] = _trace(group, picks, self.problem.shape[1])
        return worth, cells

    def worth(self, prices: Floats, closed: Ints | None = None) -> Floats:
        """Return what each client's best month is worth, if need be with a day closed.

        Parameters
        ----------
        prices : (4, T) float
        closed : (N,) int, optional
            The day on which each client may not be contacted; -1 for none.
        """
        worth = np.zeros(self.problem.shape[0])
        for group in self._groups:
            offer = self._offer(group, prices, None)
            if closed is not None:
                days = closed[group.rows]
                shut = np.flatnonzero(days >= 0)
                offer[days[shut], :, shut] = NEVER
            values, _ = _solve(group, offer, trace=False)
            worth[group.rows] = _at_start(group, values)
        return worth

    def bound(self, worth: Floats, prices: Floats) -> float:
        """Return the most any plan can be worth, from the best months at some prices."""
        return float(worth.sum() + (prices * self.problem.limit).sum())

    def _offer(self, group: _Group, prices: Floats, noise: Floats | None) -> Floats:
        asked = (prices.T @ self.problem.use)[:, :, None]
        if noise is not None:
            asked = asked * noise[group.rows].T[:, None, :]
        return np.where(group.open, group.bonus - asked, NEVER)


def _solve(group: _Group, offer: Floats, trace: bool = True) -> tuple[list[Floats], list[Cells]]:
    """Return by node the value, ``(P + 1, F * n)``, and one more than the channel picked."""
    rhythm = group.rhythm
    many = 1 << group.bits
    values: list[Floats] = [np.empty(0)] * len(rhythm.day)
    picks: list[Cells] = [np.empty(0, np.int8)] * len(rhythm.day)
    values[rhythm.end] = np.tile(group.worth, (1, many))
    for node in range(rhythm.end - 1, -1, -1):
        value = _after(values, group.skip[node]).copy()
        pick = np.zeros(value.shape if trace else (0, 0), dtype=np.int8)
        for way, step in enumerate(group.touch[node]):
            if step is not None:
                gain = np.tile(offer[rhythm.day[node], way], many)
                _try(value, pick, _after(values, step), gain, group.points[way], way + 1)
        values[node], picks[node] = value, pick
    return values, picks


def _after(values: list[Floats], step: _Step) -> Floats:
    value = values[step.to]
    if step.flat is None or step.lost is None:
        return value
    return value[:, step.flat] - step.lost


def _try(value: Floats, pick: Cells, then: Floats, gain: Floats, points: int, mark: int) -> None:
    """Let a contact take the place of what was best so far wherever it is better."""
    top = len(value) - 1
    near = max(top - points, 0)  # from here on the contact reaches the end of the response
    for here, made in (
        (slice(0, near), then[points : points + near] + gain),
        (slice(near, top + 1), then[top:] + gain),
    ):
        if len(pick):
            pick[here][made > value[here] + 1e-9] = mark
        np.maximum(value[here], made, out=value[here])


def _at_start(group: _Group, values: list[Floats]) -> Floats:
    places = np.arange(len(group.rows))
    found = [values[node][0, place] for place, node in zip(places, group.start, strict=True)]
    return np.array(found)


def _trace(group: _Group, picks: list[Cells], days: int) -> Cells:
    """Walk forward along the best picks."""
    rhythm, count = group.rhythm, len(group.rows)
    cells = np.full((count, days), -1, dtype=np.int8)
    node, flags, earned = group.start.copy(), np.zeros(count, np.int64), np.zeros(count, np.int64)
    top = len(group.worth) - 1
    for here in range(rhythm.end):
        at = np.flatnonzero(node == here)
        if not len(at):
            continue
        pick = picks[here][earned[at], flags[at] * count + at]
        for mark in np.unique(pick).tolist():
            some = at[pick == mark]
            step = group.touch[here][mark - 1] if mark else group.skip[here]
            assert step is not None
            if mark:
                cells[some, rhythm.day[here]] = mark - 1
                earned[some] = np.minimum(earned[some] + group.points[mark - 1], top)
            if step.flags is not None:
                flags[some] = step.flags[flags[some], some]
            node[some] = step.to
    return cells


# how clients are put together


def _groups(problem: Problem) -> list[_Group]:
    always = _always_owed(problem)
    layer = _layers(problem, ~always)
    bits = np.zeros(problem.shape[0], dtype=np.int64)
    np.maximum.at(bits, problem.duties.client, layer + 1)
    size = _sizes(problem.response)
    kinds: dict[tuple[int, int, tuple[int, int, int]], list[int]] = defaultdict(list)
    for row, (spacing, most, within) in enumerate(problem.rhythm.tolist()):
        kinds[int(bits[row]), int(size[row]), (spacing, most, within)].append(row)
    groups = []
    for (many, top, rule), rows in sorted(kinds.items()):
        pasts = {problem.recent[row] for row in rows}
        rhythm = make_rhythm(problem.calendar.tolist(), rule, pasts)
        for begin in range(0, len(rows), TOGETHER):
            some = np.array(rows[begin : begin + TOGETHER])
            groups.append(_group(problem, some, rhythm, many, top, layer, always))
    return groups


def _always_owed(problem: Problem) -> Flags:
    """Return which duties any contact of the whole plan meets: no bit is needed for them."""
    duties, days = problem.duties, problem.shape[1]
    if (problem.points == 0).any():
        return np.zeros(len(duties), dtype=bool)
    open_ways = np.asarray(problem.allowed.any(axis=1))[duties.client]
    whole = (duties.first == 0) & (duties.last == days - 1)
    found: Flags = whole & (duties.ways | ~open_ways).all(axis=1)
    return found


def _layers(problem: Problem, counted: Flags) -> Ints:
    """Return the bit of each duty, -1 for those without: windows on one bit do not overlap."""
    duties = problem.duties
    layer = np.full(len(duties), -1, dtype=np.int64)
    ends: dict[int, list[int]] = defaultdict(list)
    for place in np.lexsort((duties.last, duties.first)).tolist():
        if not counted[place]:
            continue
        own = ends[int(duties.client[place])]
        free = (bit for bit, last in enumerate(own) if last < duties.first[place])
        bit = next(free, len(own))
        own[bit : bit + 1] = [int(duties.last[place])]
        layer[place] = bit
    return layer


def _sizes(response: Floats) -> Ints:
    """Return how many points each response needs, rounded up to a size told apart."""
    rising = response != response[:, -1:]
    last = response.shape[1] - 1
    needed = np.where(rising.any(axis=1), last - rising[:, ::-1].argmax(axis=1) + 1, 0)
    steps = np.array([size for size in SIZES if size < last] + [last])
    return np.asarray(steps[np.searchsorted(steps, np.minimum(needed, last))])


def _group(
    problem: Problem,
    rows: Ints,
    rhythm: Rhythm,
    bits: int,
    top: int,
    layer: Ints,
    always: Flags,
) -> _Group:
    place = np.full(problem.shape[0], -1)
    place[rows] = np.arange(len(rows))
    mine = place[problem.duties.client] >= 0
    worth = problem.response[rows, : top + 1].T.copy()
    owed = np.flatnonzero(mine & always)
    np.subtract.at(worth[0], place[problem.duties.client[owed]], problem.duties.penalty[owed])
    open_ways = problem.fitting[rows] & ~_too_early(problem, rows)[:, :, None]
    windows = _Windows(problem, place, np.flatnonzero(mine & (layer >= 0)), layer, bits)
    last = range(rhythm.end)
    return _Group(
        rows=rows,
        rhythm=rhythm,
        start=np.array([rhythm.start[problem.recent[row]] for row in rows.tolist()]),
        worth=worth,
        bonus=problem.bonus[rows].transpose(1, 2, 0).copy(),
        open=open_ways.transpose(1, 2, 0).copy(),
        points=tuple(problem.points.tolist()),
        bits=bits,
        skip=tuple(windows.step(rhythm, node, rhythm.skip[node]) for node in last),
        touch=tuple(
            tuple(
                windows.step(rhythm, node, rhythm.touch[node], way)
                if open_ways[:, rhythm.day[node], way].any()
                else None
                for way in range(len(problem.points))
            )
            for node in last
        ),
    )


def _too_early(problem: Problem, rows: Ints) -> Flags:
    """Return on which days contacts on record still forbid another, ``(n, T)``."""
    free = [first_free(problem.recent[row], *problem.rhythm[row].tolist()) for row in rows.tolist()]
    return np.asarray(problem.calendar < np.array(free)[:, None])


class _Windows:
    """The duties of a group by day: which flags a contact sets, which the evening clears."""

    def __init__(self, problem: Problem, place: Ints, owed: Ints, layer: Ints, bits: int) -> None:
        duties, (_, days, ways) = problem.duties, problem.shape
        count = int((place >= 0).sum())
        self.flags = np.arange(1 << bits)[:, None]
        self.sets = np.zeros((days, ways, count), dtype=np.int64)
        self.clears = np.zeros((days, count), dtype=np.int64)
        self.lost = np.zeros((days, 1 << bits, count))
        for one in owed.tolist():
            who, bit = place[duties.client[one]], 1 << int(layer[one])
            window = slice(int(duties.first[one]), int(duties.last[one]) + 1)
            self.sets[window, duties.ways[one], who] |= bit
            self.clears[window.stop - 1, who] |= bit
            self.lost[window.stop - 1, (self.flags[:, 0] & bit) == 0, who] += duties.penalty[one]

    def step(self, rhythm: Rhythm, node: int, to: int, way: int | None = None) -> _Step:
        """Return a step from a node to another, over the evenings between them."""
        if len(self.flags) == 1:
            return _Step(to, None, None, None)
        begin, count = rhythm.day[node], self.clears.shape[1]
        flags = self.flags | (0 if way is None else self.sets[begin, way])
        flags = np.broadcast_to(flags, (len(self.flags), count))
        lost = np.zeros(flags.shape)
        who = np.arange(count)
        for day in range(begin, rhythm.day[to]):
            if self.clears[day].any():
                lost += self.lost[day][flags, who]
                flags = flags & ~self.clears[day]
        if (flags == self.flags).all() and not lost.any():
            return _Step(to, None, None, None)
        return _Step(to, flags, (flags * count + who).ravel(), lost.ravel())
