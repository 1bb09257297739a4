"""A person's plan beside the best: the judge, the bands, the loss taken apart, all months."""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import numpy as np
import pytest

from crmkit.errors import CrmkitError
from crmkit.planning.assess import BANDS, KINDS, assess
from crmkit.planning.calendar import trading_days
from crmkit.planning.exhaust import best_of_all, every_month
from crmkit.planning.problem import NOTHING, Problem, Solution, duties_of
from crmkit.planning.repairs import repaired
from crmkit.planning.score import breaches, evaluate, usage

VISIT, CALL, WECHAT, SMS = range(4)
TALKS, ANY = ("visit", "call"), ("visit", "call", "wechat", "sms")


@cache
def problem(seed: int, clients: int = 6, days: int = 5, minutes: int = 70) -> Problem:
    """A made-up week: everybody is worth something else, some must be talked to."""
    draw = np.random.default_rng(seed)
    worth = np.sort(draw.lognormal(5, 1, clients))[::-1]
    curve = 1 - np.exp(-np.arange(33) / 6)
    limit = np.full((4, days), 1000)
    limit[0], limit[1] = minutes, 1
    duties = [
        (row, first := int(draw.integers(0, days)), int(draw.integers(first, days)),
         TALKS if draw.random() < 0.5 else ANY, int(draw.random() < 0.5),
         float(draw.integers(1, 4)), bool(draw.random() < 0.5))
        for row in range(clients) if draw.random() < 0.7
    ]  # fmt: skip
    allowed = draw.random((clients, days, 4)) < 0.85
    return Problem(
        clients=tuple(f"{row}" for row in range(clients)),
        days=tuple(trading_days(date(2026, 7, 6), days)),
        minutes=np.array([60, 10, 2, 1]),
        points=np.array([12, 5, 2, 1]),
        limit=limit,
        allowed=allowed,
        response=np.floor(worth[:, None] * curve),
        bonus=np.zeros((clients, days, 4)),
        rhythm=np.stack(
            [draw.integers(2, 4, clients), np.full(clients, 9), np.ones(clients, int)], 1
        ),
        recent=tuple((-1,) if draw.random() < 0.3 else () for _ in range(clients)),
        duties=duties_of(duties),
        stretches=(480,),
    )


best_of = cache(best_of_all)


def proven(week: Problem) -> Solution:
    cells, score = best_of(week)
    prices = np.zeros((4, len(week.days)))
    return Solution(cells, score, prices, score.net, score.level0, np.zeros(len(cells), bool), True)


SEEDS = range(6)


@pytest.mark.parametrize("seed", range(4))
def test_the_choice_among_all_months_is_that_of_all_plans(seed: int) -> None:
    tiny = problem(seed, clients=3, days=2, minutes=12 if seed % 2 else 65)
    cells_open = [
        [NOTHING, *np.flatnonzero(tiny.allowed[row, day]).tolist()]
        for row, day in product(range(3), range(2))
    ]
    plans = [np.array(cells, dtype=np.int8).reshape(3, 2) for cells in product(*cells_open)]
    room = [cells for cells in plans if (usage(tiny, cells) <= tiny.limit).all()]
    whole = [score for cells in room if not (score := evaluate(tiny, cells)).broken]
    best = max(whole, key=lambda score: (-score.level0, score.net))
    cells, found = best_of_all(tiny)
    assert (found.level0, found.net) == (best.level0, best.net)
    assert evaluate(tiny, cells) == found and not found.broken


def test_every_month_keeps_the_distances_and_no_month_is_left_out() -> None:
    tiny = problem(3, clients=2, days=3)
    rows, months = every_month(tiny)
    for row in range(2):
        listed = {tuple(month) for month in months[rows == row].tolist()}
        for month in product((NOTHING, VISIT, CALL, WECHAT, SMS), repeat=3):
            cells = tiny.empty()
            cells[row] = month
            own = [rule for rule, who, _ in breaches(tiny, cells) if who == row]
            assert (month in listed) == (not own)


def test_a_book_that_is_too_large_is_refused() -> None:
    with pytest.raises(CrmkitError) as caught:
        every_month(replace(problem(1, clients=9, days=7), rhythm=np.ones((9, 3), dtype=int)))
    assert caught.value.key == "game.too_large"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_plan_has_full_marks_and_nothing_to_mend(seed: int) -> None:
    week = problem(seed)
    best = proven(week)
    found = assess(week, best.cells, best)
    assert (found.band, found.musts, found.share, found.losses) == ("A", 1.0, 1.0, ())


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_at_all_has_no_marks(seed: int) -> None:
    week = problem(seed)
    found = assess(week, week.empty(), proven(week))
    assert found.band == "D" and found.share == 0.0
    assert found.losses


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_repair_keeps_the_rules_and_never_makes_a_plan_worse(seed: int, kind: str) -> None:
    week = problem(seed)
    draw = np.random.default_rng(seed)
    cells = best_of(week)[0].copy()
    cells[draw.random(cells.shape) < 0.4] = NOTHING
    before, after = evaluate(week, cells), evaluate(week, repaired(week, cells, kind))
    assert not after.broken
    assert after.total >= before.total - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_each_repair_moves_only_what_it_is_named_for(seed: int) -> None:
    week = problem(seed)
    cells = best_of(week)[0].copy()
    cells[:2] = NOTHING
    planned = cells >= 0
    filled = repaired(week, cells, "idle")
    assert (filled[planned] == cells[planned]).all()
    other_way = repaired(week, cells, "channel")
    assert ((other_way >= 0) == planned).all()
    swapped = repaired(week, cells, "mix")
    assert ((swapped >= 0).sum(axis=0) == planned.sum(axis=0)).all()


def test_a_mistake_of_one_kind_is_called_by_its_name() -> None:
    """One client, one day, one must that only a call meets; a text message was sent."""
    week = replace(
        problem(0, clients=1, days=1),
        allowed=np.ones((1, 1, 4), dtype=bool),
        recent=((),),
        duties=duties_of([(0, 0, 0, ("call",), 0, 1.0, False)]),
        limit=np.array([[10], [0], [9], [99]]),
    )
    sms = week.empty()
    sms[0, 0] = SMS
    best = proven(week)
    losses = {loss.kind: loss for loss in assess(week, sms, best).losses}
    assert losses["channel"].musts == 1.0
    assert "idle" not in losses and "mix" not in losses
    nothing = {loss.kind: loss for loss in assess(week, week.empty(), best).losses}
    assert nothing["must"].musts == 1.0 and "channel" not in nothing


def test_a_plan_that_breaks_a_rule_is_rejected_whatever_it_is_worth() -> None:
    week = problem(1)
    cells = best_of(week)[0].copy()
    cells[:, 0] = VISIT
    found = assess(week, cells, proven(week))
    assert found.band == "rejected" and found.score.broken and found.losses == ()


def test_bands_fall_with_the_share() -> None:
    week = replace(problem(2), duties=duties_of([]))
    best = proven(week)
    cells, bands = best.cells.copy(), []
    for row in range(len(cells)):
        bands.append(assess(week, cells, best).band)
        cells[row] = NOTHING
    order = [band for band, _ in BANDS]
    assert [order.index(band) for band in bands] == sorted(order.index(band) for band in bands)
    assert bands[0] == "A" and bands[-1] == "D"
