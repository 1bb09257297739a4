"""What is particular to lessons 4 to 6: the gate's sliders, money lost, other cases per seed."""

from functools import cache

import pandas as pd
import pytest

from crmkit.course import Unit, mark, open_unit
from crmkit.course.units.l04.questions import SLIPS
from crmkit.course.units.l05.practice import LARGE, make_practice, money
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


def test_a_wrong_verdict_on_one_pair_is_told_by_that_pair() -> None:
    pairs = unit("l04", 2).questions["e04b-q1"]
    for language in LANGUAGES:
        with in_language(language):
            for pair, due in pairs.key.items():
                for given in {"offer", "on_request", "warn", "refuse", "assess"} - {due}:
                    result = mark(pairs, {**pairs.key, pair: given})
                    assert pair in " ".join(result.explanation().values()), (pair, given)
                    if (given, due) in SLIPS and not result.misconception:
                        assert result.remark.endswith(f".{SLIPS[given, due]}")


@pytest.mark.parametrize("seed", range(200))
def test_neither_sums_nor_shares_alone_put_the_three_in_order(seed: int) -> None:
    practice = make_practice(seed)
    three = practice.clients.loc[list(practice.three)]
    assert three["action"].tolist() == ["today", "week", "usual"]
    lost = money(three)
    assert lost.iloc[2] < lost.iloc[:2].min()
    assert three["total"].iloc[1] < three["total"].iloc[0] < three["total"].iloc[2]


@pytest.mark.parametrize("name", ["l04", "l05", "l06"])
def test_every_case_takes_its_figures_and_explains_each_idea_in_its_own_words(name: str) -> None:
    for seed in SEEDS:
        questions = unit(name, seed).questions.values()
        for language in LANGUAGES:
            with in_language(language):
                said = [
                    text
                    for one in questions
                    for answer in dict(one.wrong_answers()).values()
                    for text in mark(one, answer).explanation().values()
                ]
                assert len(said) == len(set(said)), seed
                for one in questions:
                    parts = [f"hint{number + 1}" for number in range(one.hints)]
                    parts += ["solution"] if one.has("solution") else []
                    shown = [one.say(part) for part in ["prompt", *parts]]
                    assert not any("{" in text for text in (*said, *shown)), (seed, one.id)
