"""What is particular to lessons 4 to 6: the gate's sliders, money lost, other cases per seed."""

from functools import cache

import pandas as pd
import pytest

from crmkit.course import Unit, open_unit
from crmkit.course.units.l05.practice import LARGE, money
from crmkit.words import LANGUAGES, in_language

SEEDS = range(20)


@cache
def unit(name: str, seed: int) -> Unit:
    return open_unit(name, seed=seed)


@pytest.mark.parametrize("level", [1, 3, 5])
def test_nothing_above_r1_for_the_lowest_category_at_any_level(level: int) -> None:
    verdict = unit("l04", 1).practice.verdict
    for language in LANGUAGES:
        with in_language(language):
            assert verdict(level, 1, 1, 1) == verdict(1, 1, 1, 0)
            for grade in range(2, 6):
                assert verdict(level, grade, 1, 1) == verdict(1, grade, 1, 1)
                assert verdict(level, grade, 1, 1) != verdict(level, grade, 1, 0)


def test_what_was_lost_and_what_is_left_make_what_was_paid_in() -> None:
    clients = pd.DataFrame({"assets": [100_000.0, 75_000.0], "total": [-0.4, 0.25]})
    assert money(clients).round(2).tolist() == [-66_666.67, 15_000.0]


@pytest.mark.parametrize("seed", SEEDS)
def test_only_dips_in_large_accounts_are_large_sums(seed: int) -> None:
    clients = unit("l05", seed).practice.clients
    large = money(clients) <= -LARGE
    assert (large == (clients["case"] == "big_dip")).all()
