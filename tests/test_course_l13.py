"""What is particular to lesson 13: accounts, scores, and branches whose truth is known."""

from functools import cache

import pandas as pd
import pytest

from crmkit.analysis.churn.features import check_leakage
from crmkit.course import Outcome, Unit, mark, open_unit
from crmkit.course.units.l13 import branch
from crmkit.course.units.l13.practice import TRY, has_left
from crmkit.words import LANGUAGES, in_language

SEEDS = range(20)


@cache
def unit(seed: int) -> Unit:
    return open_unit("l13", seed=seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_five_have_left_of_whom_one_closed(seed: int) -> None:
    accounts = unit(seed).practice.accounts
    left = has_left(accounts)
    assert set(accounts.loc[left, "case"]) == {"closed", "emptied", "silent"}
    assert (int(left.sum()), int(accounts["closed"].sum())) == (5, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_three_are_worth_a_try_and_none_of_them_is_in_most_danger(seed: int) -> None:
    calls = unit(seed).practice.calls
    key = pd.Series(unit(seed).question("e13b-q1").key)
    tried = calls.loc[key[key == "try"].index]
    assert (tried["uplift"] / 100 * tried["value"] > TRY).all()
    assert len(tried) == 3
    assert tried["risk"].max() < calls["risk"].nlargest(4).min()


@pytest.mark.parametrize("seed", SEEDS)
def test_points_added_by_hand(seed: int) -> None:
    for name, client in (("l13-p5", unit(seed).practice.first),
                         ("e13a-q3", unit(seed).practice.second)):  # fmt: skip
        by_hand = 25 + 18 - 10 + 15 * client.fee + 5 * client.one_product + 3 * client.stale
        assert mark(unit(seed).question(name), by_hand).outcome is Outcome.CORRECT


def test_nothing_in_the_half_year_knows_its_end() -> None:
    known, left, _ = branch.half_year(3)
    assert not check_leakage(known, left)
    assert 0.02 < left.mean() < 0.10


def test_only_those_who_moved_money_out_come_first_when_nothing_else_counts() -> None:
    known, left, _ = branch.half_year(3)
    out = (known["net_outflow_share"] > 0.30).to_numpy(dtype=bool, na_value=False)
    first = branch.tenths(3, outflow=1000, login=0, neglect=0, fee=0).iloc[0]
    assert 0 < out.sum() <= first["clients"]
    assert first["observed"] * first["clients"] >= left.to_numpy()[out].sum()


def test_the_tree_speaks_the_language_in_use() -> None:
    said = []
    for language in LANGUAGES:
        with in_language(language):
            said.append(branch.leaves(3)["sentence"].iloc[0])
    assert said[0] != said[1]


def test_the_riskiest_are_not_worth_the_calls_over_six_branches() -> None:
    """The lesson's claim, on 24,000 clients: what is kept by value and change outdoes risk."""
    kept = sum((branch.spent(seed, 300) for seed in range(1, 6)), branch.spent(6, 300))
    assert kept.loc["risk", "value"] < 0.1 * kept.loc["risk", "cost"]
    assert kept.loc["gain", "value"] > 10 * kept.loc["risk", "value"]
    assert kept.loc["gain", "value"] > 3 * kept.loc["lot", "value"]


def test_worth_alone_does_as_well_as_change_times_worth_and_more_calls_pay_less() -> None:
    """What section 8 says of the figure, over six branches."""
    net = {}
    for calls in (50, 200, 400):
        kept = sum((branch.spent(seed, calls) for seed in range(1, 6)), branch.spent(6, calls))
        net[calls] = kept["value"] - kept["cost"]
        assert kept.loc["value", "value"] > 0.7 * kept.loc["gain", "value"]
        assert net[calls][["value", "gain"]].min() > net[calls]["risk"] + 0.3 * kept["cost"].max()
    assert net[50]["value"] > net[200]["value"] > net[400]["value"]
    assert net[50]["gain"] > net[200]["gain"] > net[400]["gain"]
    assert (net[400] < 0).all()


def test_a_longer_window_and_a_higher_floor_count_more() -> None:
    windows = ((3, 1000), (12, 1000), (3, 50_000))
    short, long, high = (branch.definitions(3, months, floor) for months, floor in windows)
    assert (long["rate"] > short["rate"]).all()
    assert high.loc["streak", "rate"] >= short.loc["streak", "rate"]
