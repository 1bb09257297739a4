"""The optimiser against brute force, its judge and its own bound."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from planning_months import WEDNESDAY, small_month

from crmkit.planning.agenda import make_agenda
from crmkit.planning.branch import compare_managers, plan_branch
from crmkit.planning.columns import Months
from crmkit.planning.desk import Desk, gains
from crmkit.planning.exhaust import every_month
from crmkit.planning.gains import explain
from crmkit.planning.game import class_book
from crmkit.planning.optimise import optimise, prove
from crmkit.planning.problem import MUST, NOTHING, Cells, Problem, Score, duties_of
from crmkit.planning.replan import replan
from crmkit.planning.score import breaches, evaluate, totals, usage

SEEDS = range(3)
LOOSE = 10**6


def rooms_of(problem: Problem, minutes: int) -> Problem:
    """Return a problem with other minutes and no other limits."""
    limit = np.full_like(problem.limit, LOOSE)
    limit[0] = minutes
    return replace(problem, limit=limit, stretches=(LOOSE,))


def brute_force(problem: Problem) -> Score:
    """Return the best of all plans of two clients that break no rule."""
    rows, months = every_month(problem)
    first, second = (np.flatnonzero(rows == row) for row in (0, 1))
    own = totals(problem, rows, months)
    both = own[first][:, None] + own[second][None, :]
    for place in np.argsort(-both, axis=None, kind="stable"):
        one, other = np.unravel_index(place, both.shape)
        score = evaluate(problem, np.stack([months[first[one]], months[second[other]]]))
        if not score.broken:
            return score
    raise AssertionError("not even the empty plan")


def worth(score: Score) -> tuple[float, float]:
    return score.level0, score.net


@pytest.mark.parametrize("seed", SEEDS)
def test_exact_finds_what_looking_at_every_plan_finds(seed: int):
    problem = replace(small_month(seed, count=2, days=3), stretches=(LOOSE,))
    found = optimise(problem, exact=True)
    assert worth(found.score) == pytest.approx(worth(brute_force(problem)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_is_never_passed_and_no_hard_rule_is_broken(seed: int):
    problem = small_month(seed, count=10, days=6, minutes=30)
    fast, exact = optimise(problem), optimise(problem, exact=True)
    for found in (fast, exact):
        assert found.score == evaluate(problem, found.cells)
        assert not found.score.broken
        assert found.score.net <= found.bound + 1e-6
        assert found.score.level0 >= found.level0_bound - 1e-6
    assert exact.score.total >= fast.score.total
    assert exact.score.level0 >= fast.level0_bound - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_month_s_price_is_what_the_judge_says(seed: int):
    problem = small_month(seed, count=20, days=8)
    draw = np.random.default_rng(seed)
    prices = draw.gamma(1.0, 4.0, problem.limit.shape)
    value, cells = Months(problem).best(prices)
    paid = (prices * usage(problem, cells)).sum()
    assert value.sum() == pytest.approx(totals(problem, np.arange(20), cells).sum() - paid)
    roomy = replace(problem, limit=np.full_like(problem.limit, LOOSE), stretches=(LOOSE,))
    assert not list(breaches(roomy, cells))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_month_is_the_best_of_all_months(seed: int):
    problem = small_month(seed, count=4, days=4)
    prices = np.random.default_rng(seed).gamma(1.0, 4.0, problem.limit.shape)
    value, _ = Months(problem).best(prices)
    rows, months = every_month(problem)
    asked = prices.T @ problem.use
    paid = np.where(months >= 0, asked[np.arange(4), months], 0.0).sum(axis=1)
    net = totals(problem, rows, months) - paid
    assert value == pytest.approx([net[rows == row].max() for row in range(4)])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_gain_is_the_difference_it_makes(seed: int):
    problem = small_month(seed, count=6, days=6)
    cells = optimise(problem).cells
    found = gains(problem, np.arange(6), cells)
    for row, day, way in np.argwhere(np.ones_like(found, dtype=bool)).tolist():
        if cells[row, day] == NOTHING:
            more = cells.copy()
            more[row, day] = way
            both = totals(problem, np.array([row, row]), np.stack([more[row], cells[row]]))
            assert found[row, day, way] == pytest.approx(both[0] - both[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_more_minutes_never_hurt(seed: int):
    problem = small_month(seed, count=8, days=6)
    found = [optimise(rooms_of(problem, minutes), exact=True).score for minutes in (0, 3, 20)]
    for less, more in pairwise(found):
        assert (-more.level0, more.net) >= (-less.level0, less.net - 1e-3 * abs(less.net))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_impossible_is_told_from_what_found_no_room(seed: int):
    problem = small_month(seed, count=20, days=8)
    roomy = optimise(rooms_of(problem, LOOSE)).score
    none = evaluate(problem, problem.empty())
    assert none.impossible <= roomy.neglected + roomy.must_missed
    away = replace(problem, allowed=np.zeros_like(problem.allowed))
    gone = optimise(away)
    assert gone.score.impossible == gone.score.neglected + gone.score.must_missed
    assert gone.proven and not gone.score.contacts


def test_the_same_seed_gives_the_same_plan():
    problem = small_month(5, count=60, days=10, minutes=60)
    first, again = optimise(problem, seed=3), optimise(problem, seed=3)
    assert first.cells.tobytes() == again.cells.tobytes()
    assert first.prices.tobytes() == again.prices.tobytes()
    assert first.bound == again.bound


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("minutes", [0, 60])
def test_odd_problems_have_plans_too(count: int, minutes: int):
    problem = small_month(1, count=max(count, 1), days=5, minutes=minutes)
    if not count:
        problem = replace(
            problem, clients=(), allowed=problem.allowed[:0], response=problem.response[:0],
            bonus=problem.bonus[:0], rhythm=problem.rhythm[:0], recent=(),
            duties=replace(problem.duties, **{n: getattr(problem.duties, n)[:0] for n in (
                "client", "first", "last", "ways", "level", "weight", "neglect")}),
        )  # fmt: skip
    for exact in (False, True):
        found = optimise(problem, exact=exact)
        assert not found.score.broken
        assert found.score.net <= found.bound + 1e-6


def planned(seed: int) -> tuple[Problem, Cells]:
    problem = small_month(seed, count=12, days=6, minutes=30)
    return problem, optimise(problem).cells


@pytest.mark.parametrize("seed", SEEDS)
def test_without_news_nothing_moves_for_nothing(seed: int):
    problem, cells = planned(seed)
    before = evaluate(problem, cells)
    proof = prove(problem, cells)
    again = replan(problem, cells, proof.prices)
    same = bool((again.cells == cells).all())
    assert same or again.score.total >= before.total  # nothing moves for nothing
    assert (replan(problem, again.cells, proof.prices).cells == again.cells).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_that_is_lost_costs_no_hard_rule(seed: int):
    problem, cells = planned(seed)
    limit = problem.limit.copy()
    limit[:, 3] = 0
    again = replan(replace(problem, limit=limit), cells)
    assert not again.score.broken
    assert (again.cells[:, 3] == NOTHING).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_reasons_are_the_judge_s_figures(seed: int):
    problem, cells = planned(seed)
    solution = prove(problem, cells)
    reasons = explain(problem, solution).reasons
    assert len(reasons) == solution.score.contacts
    row = {client: place for place, client in enumerate(problem.clients)}
    for one in reasons.to_dict(orient="records"):
        place = row[one["client_id"]]
        day = problem.days.index(one["date"].date())
        desk = Desk(problem, cells)
        lost = desk.losses(day)[place]
        assert one["gain"] == pytest.approx(lost - MUST * round(lost / MUST))
        assert one["must"] == (lost > MUST / 2)
        for other in one["other_days"].split():
            assert other != one["date"].date().isoformat()


def test_a_branch_is_planned_the_same_by_any_number_of_processes():
    problems = {f"m{seed}": small_month(seed, count=20, days=8) for seed in range(2)}
    one, two = plan_branch(problems, processes=1), plan_branch(problems, processes=2)
    assert list(one) == list(two) == list(problems)
    assert all((one[name].cells == two[name].cells).all() for name in problems)
    table = compare_managers(one)
    assert table["minute"].is_monotonic_decreasing and set(table["manager"]) == set(problems)


@pytest.mark.parametrize("minutes", [20, 60])
@pytest.mark.parametrize("seed", range(1, 5))
def test_a_small_book_is_planned_near_its_bound(seed: int, minutes: int):
    book, tiers = class_book(seed, {"A": 6, "B": 4, "C": 12, "D": 16})
    solution = make_agenda(book, tiers, WEDNESDAY, 10, minutes).plan.solution
    assert solution.proven
    assert solution.gap < 0.02


@pytest.mark.parametrize("minutes", [11, 14, 23])
def test_musts_that_fit_only_in_fractions_do_not_lift_the_bound(minutes: int):
    problem = rooms_of(small_month(1, count=4, days=4), minutes)
    visits = [(row, 1, 1, ("visit",), 0, 1.0, False) for row in range(4)]
    problem = replace(
        problem,
        duties=duties_of(visits),
        allowed=np.ones_like(problem.allowed),
        recent=((),) * 4,
    )
    found = optimise(problem)
    assert found.score.must_missed == found.level0_bound == 4 - minutes // 12
    assert found.score.net <= found.bound < problem.response.max(axis=1).sum() + 1000
    assert optimise(replace(problem, response=problem.response * 0)).bound < 1000


def test_a_gap_is_small_whatever_the_sign():
    solution = optimise(small_month(1))
    debt = replace(solution.score, value=0.0, shortfall=1000.0)
    assert replace(solution, score=debt, bound=-999.0).gap == pytest.approx(0.001)
    assert replace(solution, score=debt, bound=0.5).gap == pytest.approx(1.0005)
