"""The best plan within the manager's minutes, and the proof of how good it is.

1. A uniform price of a minute at which a sample of clients would use up the minutes.
2. Months at that price, at others, and at one that only musts can pay; noise breaks the ties,
   or all clients to whom the day does not matter would choose the same.
3. A linear programme over the pool of months gives prices; the best months at these prices
   enlarge the pool and give a bound (Dantzig and Wolfe 1960; Lagrange's bound). A few rounds.
4. At most as many clients as there are limits are left in fractions: a small mixed programme
   decides for them.
5. What is left of the days is filled, and missed musts take the place of the cheapest contacts.

In ``exact`` mode a mixed programme runs over the whole pool as well, and over that of a small
book whose plan is not near its bound: with few clients, fractions of them weigh heavily. Nothing is
stopped by the clock: counts of rounds and nodes decide, so that the plan is the same on a busy
machine.
"""

from dataclasses import dataclass, replace

import numpy as np

from crmkit.planning.columns import Months
from crmkit.planning.desk import Desk, fill, prune
from crmkit.planning.even import even_out
from crmkit.planning.exhaust import MOST_MONTHS, every_month
from crmkit.planning.musts import meet_musts, mend_hours
from crmkit.planning.pool import Pool
from crmkit.planning.problem import MUST, Cells, Duties, Flags, Floats, Ints, Problem, Solution
from crmkit.planning.score import evaluate, possible, totals, usage

#: Prices tried first, as multiples of the uniform one.
AROUND = (0.7, 1.0, 1.4)
AGAIN = (0.85, 1.0, 1.2)
#: Tried for a small book, whose pool would else have too little to choose from.
WIDELY = (0.6, 0.8, 0.9, 1.0, 1.0, 1.1, 1.2, 1.5)
#: A price of a minute that nothing but a must can pay.
DEAR = MUST / 1000
#: A price of a minute that changes nothing but which of two equal days is taken.
HARDLY = 0.002
#: How much a price varies from client to client and day to day, to break ties.
NOISE = 0.3
#: Rounds of prices and months; fewer when a good start is known.
ROUNDS, ROUNDS_AGAIN = 3, 2
#: Clients decided anew together when fractions are made whole.
ROUNDING = 24
NODES, NODES_AGAIN, NODES_EXACT = 100, 10, 400
#: A book of so many clients is small; its plan is looked at again unless so near to its bound,
#: and once more, with some days kept for what takes a whole day, if it is still so far.
SMALL, NEAR, FAR = 60, 0.005, 0.05
#: How often days are kept free, and the least and the most that are, as shares of the days.
FREE_DAYS, FEWEST, MOST = 16, 0.2, 0.7


@dataclass
class _Search:
    """What is known so far."""

    problem: Problem
    months: Months
    pool: Pool
    draw: np.random.Generator
    bound: float = np.inf

    def price(self, prices: Floats) -> None:
        """Add everybody's best month at some prices, and see what it proves."""
        worth, cells = self.months.best(prices)
        self.bound = min(self.bound, self.months.bound(worth, prices))
        self.pool.add(np.arange(len(cells)), cells)

    def scatter(self, prices: Floats, noise: float) -> None:
        """Add months that are nearly best, each client with its own idea of the prices."""
        count, days, _ = self.problem.shape
        factors = np.exp(self.draw.normal(0.0, noise, (count, days)))
        self.pool.add(np.arange(count), self.months.best(prices, factors)[1])


def optimise(
    problem: Problem, seed: int = 0, exact: bool = False, prices: Floats | None = None
) -> Solution:
    """Return the best plan found, with a bound no plan can pass.

    Parameters
    ----------
    problem : Problem
    seed : int
        Breaks ties.
    exact : bool
        Search the pool of months to the end: slower, and hardly anything is left to gain.
    prices : (4, T) float, optional
        A good guess of the prices, such as yesterday's; saves a third of the time.

    Returns
    -------
    Solution
        The same for the same problem, seed and prices, on every machine.
    """
    search = _Search(problem, Months(problem), Pool(problem), np.random.default_rng(seed))
    if not problem.shape[0]:
        return _solution(search, problem.empty(), np.zeros(problem.limit.shape), exact)
    ample = _if_minutes_are_ample(search)
    if ample is not None:
        return _solution(search, _finished(problem, ample), np.zeros(problem.limit.shape), exact)
    shares, prices = _find_prices(search, prices)
    cells = _made_whole(search, shares, prices)
    cells = _finished(problem, cells)
    found = _solution(search, cells, prices, exact)
    small, nodes = problem.shape[0] <= SMALL, NODES_EXACT if exact else NODES_AGAIN
    if exact or (small and found.gap > NEAR):
        found = _solution(search, _searched(search, cells, prices, nodes), prices, exact)
    if small and found.gap > FAR:
        _keep_days_free(search, prices)
        found = _solution(search, _searched(search, found.cells, prices, nodes), prices, exact)
    return found


def prove(problem: Problem, cells: Cells, prices: Floats | None = None, seed: int = 0) -> Solution:
    """Return a plan made elsewhere with prices and a bound, its cells as they are.

    Parameters
    ----------
    problem : Problem
    cells : (N, T) int8
    prices : (4, T) float, optional
        A good guess, such as yesterday's.
    seed : int
    """
    search = _Search(problem, Months(problem), Pool(problem), np.random.default_rng(seed))
    if not problem.shape[0]:
        return _solution(search, cells, np.zeros(problem.limit.shape), False)
    if _if_minutes_are_ample(search) is not None:
        return _solution(search, cells, np.zeros(problem.limit.shape), False)
    search.pool.add(np.arange(len(cells)), cells)
    _, prices = _find_prices(search, prices)
    return _solution(search, cells, prices, False)


def _if_minutes_are_ample(search: _Search) -> Cells | None:
    """Return everybody's best month if the days have room for them all."""
    problem = search.problem
    count, days, _ = problem.shape
    nothing = np.zeros(problem.limit.shape)
    worth, cells = search.months.best(nothing)
    search.bound = search.months.bound(worth, nothing)
    if not _has_room(problem, cells):
        hardly = nothing.copy()
        hardly[0] = HARDLY
        noise = np.exp(search.draw.normal(0.0, 1.0, (count, days)))
        _, cells = search.months.best(hardly, noise)
    return cells if _has_room(problem, cells) else None


def _has_room(problem: Problem, cells: Cells) -> bool:
    return bool((usage(problem, cells) <= problem.limit).all())


def _find_prices(search: _Search, known: Floats | None) -> tuple[Floats, Floats]:
    problem = search.problem
    start = _uniform(problem) if known is None else known
    for factor in AROUND if known is None else AGAIN:
        search.scatter(start * factor, NOISE)
    dear = np.zeros_like(start)
    dear[0] = DEAR
    search.scatter(dear, NOISE)
    rounds = ROUNDS if known is None else ROUNDS_AGAIN
    for turn in range(rounds):
        _, value, prices = search.pool.prices()
        search.price(prices)
        if search.bound - value < 1e-4 * abs(search.bound % MUST) or turn == rounds - 1:
            break
        search.scatter(prices, NOISE / 3)
    shares, _, prices = search.pool.prices()
    return shares, prices


def _uniform(problem: Problem) -> Floats:
    """Return the price of a minute at which a quarter of the clients use a quarter of them."""
    count = problem.shape[0]
    some = np.arange(0, count, 4 if count > 240 else 1)
    months = Months(part(problem, some, problem.limit))
    wanted = problem.limit[0].sum() * len(some) / count
    prices = np.zeros(problem.limit.shape)
    low, high = 0.0, DEAR
    for _ in range(12):
        middle = max(2 * low, 8.0) if high == DEAR else (low + high) / 2
        prices[0] = min(middle, DEAR)
        _, cells = months.best(prices)
        if usage(months.problem, cells)[0].sum() > wanted and middle < DEAR:
            low = middle
        else:
            high = min(middle, DEAR)
        if high - low < 0.05 * high or high < 1e-3:
            break
    prices[0] = (low + high) / 2
    return prices


def _made_whole(search: _Search, shares: Floats, prices: Floats) -> Cells:
    """Return whole months: those taken entirely stay, the rest are chosen anew together."""
    problem, pool = search.problem, search.pool
    cells = problem.empty()
    sure = np.flatnonzero(shares > 1 - 1e-6)
    cells[pool.client[sure]] = pool.months[sure]
    undecided = np.ones(problem.shape[0], dtype=bool)
    undecided[pool.client[sure]] = False
    rows = _more(search, undecided, prices)
    if not len(rows):
        return cells
    cells[rows] = -1
    left = problem.limit - usage(problem, cells)
    small = part(problem, rows, left)
    own = _Search(small, Months(small), Pool(small), search.draw)
    mine = np.isin(pool.client, rows)
    own.pool.add(np.searchsorted(rows, pool.client[mine]), pool.months[mine])
    for factor in (0.6, 1.0, 1.5, 0.8):
        own.scatter(prices * factor, NOISE)
    found = own.pool.choose(np.ones(len(own.pool.client), dtype=bool), left, NODES, 2e-3)
    if found is not None:
        cells[rows[own.pool.client[found]]] = own.pool.months[found]
    return cells


def _more(search: _Search, undecided: Flags, prices: Floats) -> Ints:
    """Return the undecided clients and some others, so that there is room to make them whole."""
    others = np.flatnonzero(~undecided)
    wanted = min(max(0, ROUNDING - int(undecided.sum())), len(others))
    if not undecided.any():
        return np.flatnonzero(undecided)
    extra = search.draw.choice(others, wanted, replace=False)
    return np.sort(np.concatenate([np.flatnonzero(undecided), extra]))


def _finished(problem: Problem, cells: Cells) -> Cells:
    desk = Desk(problem, cells)
    mend_hours(desk)
    prune(desk)
    fill(desk)
    meet_musts(desk)
    even_out(desk)
    prune(desk)
    fill(desk)
    return desk.cells


def _searched(search: _Search, cells: Cells, prices: Floats, nodes: int) -> Cells:
    """Return the best choice from the whole pool, if it is better than a plan."""
    problem, pool = search.problem, search.pool
    everybody = np.arange(len(cells))
    for factor in (0.9, 1.0, 1.1):
        search.scatter(prices * factor, NOISE / 6)
    for factor in WIDELY if len(cells) <= SMALL else ():
        search.scatter(prices * factor, NOISE)
    pool.add(everybody, cells)
    all_of_them = _can_look_at_all(problem)
    if all_of_them:
        pool.add(*every_month(problem))
    reached = float(totals(problem, everybody, cells).sum())
    _, _, prices = pool.prices()
    search.price(prices)
    some = _worth_a_look(search, prices, reached)
    found = pool.choose(some, problem.limit, nodes, 0.0 if all_of_them else 5e-4)
    if found is None:
        return cells
    whole = problem.empty()
    whole[pool.client[found]] = pool.months[found]
    whole = _finished(problem, whole)
    better = float(totals(problem, everybody, whole).sum()) > reached
    return whole if better else cells


def _keep_days_free(search: _Search, prices: Floats) -> None:
    """Add months that stay away from some days: a visit may take the minutes of a whole one."""
    for _ in range(FREE_DAYS):
        days = search.draw.random(prices.shape[1]) < search.draw.uniform(FEWEST, MOST)
        asked = prices.copy()
        asked[0] = np.where(days, asked[0] + DEAR, asked[0] / 2)
        search.scatter(asked, NOISE)


def _can_look_at_all(problem: Problem) -> bool:
    count, days, ways = problem.shape
    return bool(count * (1 + ways) ** days <= MOST_MONTHS)


def _worth_a_look(search: _Search, prices: Floats, reached: float) -> Flags:
    """Return the months that could be part of a better plan, by what they fall short at prices."""
    problem, pool = search.problem, search.pool
    worth, _ = search.months.best(prices)
    asked = prices.T @ problem.use
    paid = np.where(pool.months >= 0, asked[np.arange(asked.shape[0]), pool.months], 0.0).sum(
        axis=1
    )
    short = worth[pool.client] - (pool.worth - paid)
    return np.asarray(short <= max(search.months.bound(worth, prices) - reached, 0.0) + 1e-6)


def part(problem: Problem, rows: Ints, limit: Ints) -> Problem:
    """Return the problem of some clients alone, within some limits."""
    place = np.full(problem.shape[0], -1)
    place[rows] = np.arange(len(rows))
    duties = problem.duties
    mine = place[duties.client] >= 0
    own = _some(duties, mine, place[duties.client[mine]])
    return replace(
        problem,
        clients=tuple(problem.clients[row] for row in rows.tolist()),
        limit=limit,
        allowed=problem.allowed[rows],
        response=problem.response[rows],
        bonus=problem.bonus[rows],
        rhythm=problem.rhythm[rows],
        recent=tuple(problem.recent[row] for row in rows.tolist()),
        duties=own,
    )


def _some(duties: Duties, mine: Flags, client: Ints) -> Duties:
    """Return some duties, of clients numbered anew."""
    names = ("first", "last", "ways", "level", "weight", "neglect")
    return replace(duties, client=client, **{name: getattr(duties, name)[mine] for name in names})


def _solution(search: _Search, cells: Cells, prices: Floats, exact: bool) -> Solution:
    problem = search.problem
    score = evaluate(problem, cells)
    bound = search.bound if problem.shape[0] else score.total
    slack = 1e-9 * abs(bound)
    fewest = _hopeless(problem)
    if score.level0 > fewest + 1e-6:
        fewest = max(fewest, _fewest_musts(search))
    worth = search.months.worth(prices) if problem.shape[0] else np.zeros(0)
    most = bound + MUST * score.level0
    if score.level0 and most - score.net > MUST / 100:  # lifted by parts of musts, of no use
        most = min(most, _most_without_musts(search))
    return Solution(
        cells=cells,
        score=score,
        prices=prices,
        bound=max(most + slack, score.net),
        level0_bound=fewest,
        rounded=_off_the_prices(problem, cells, prices, worth),
        exact=exact,
    )


def _hopeless(problem: Problem) -> float:
    """Return the units of musts that no plan can meet."""
    musts = problem.duties.level == 0
    return float(problem.duties.weight[musts & ~possible(problem)].sum())


def _fewest_musts(search: _Search) -> float:
    """Return a bound on the units of musts missed, from a problem with nothing else in it."""
    problem, duties = search.problem, search.problem.duties
    musts = duties.level == 0
    bare = replace(
        problem,
        response=np.zeros((problem.shape[0], 2)),
        bonus=np.zeros(problem.bonus.shape),
        duties=_some(duties, musts, duties.client[musts]),
    )
    alone = _Search(bare, Months(bare), Pool(bare), search.draw)
    if _if_minutes_are_ample(alone) is None:
        _find_prices(alone, None)
    return float(np.ceil(-alone.bound / MUST - 1e-6))


def _most_without_musts(search: _Search) -> float:
    """Return a bound on the value of any plan, from the problem in which musts count nothing."""
    problem, duties = search.problem, search.problem.duties
    free = replace(duties, weight=np.where(duties.level == 0, 0.0, duties.weight))
    light = replace(problem, duties=free)
    alone = _Search(light, Months(light), Pool(light), search.draw)
    if _if_minutes_are_ample(alone) is None:
        _find_prices(alone, None)
    return alone.bound


def _off_the_prices(problem: Problem, cells: Cells, prices: Floats, worth: Floats) -> Flags:
    asked = prices.T @ problem.use
    paid = np.where(cells >= 0, asked[np.arange(asked.shape[0]), cells], 0.0).sum(axis=1)
    own = totals(problem, np.arange(len(cells)), cells) - paid
    return np.asarray(worth - own > 1e-6 * np.maximum(1.0, np.abs(worth)) + 1.0)
