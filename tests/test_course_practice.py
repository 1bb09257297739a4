"""The practice book of lesson 11: fair for every seed."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from crmkit.analysis.activity import measures
from crmkit.analysis.tiering import cuts_by_share, tier
from crmkit.book.schema import TABLES
from crmkit.course.units.l11.practice import CLIENTS, INCOMPLETE, MARGIN, Practice, make_practice

SEEDS = range(100, 140)


@cache
def practice(seed: int) -> Practice:
    return make_practice(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_key_is_what_the_reference_implementation_says(seed: int) -> None:
    made = practice(seed)
    tiers = tier(measures(made.book), made.cuts).set_index("client_id")["tier"]
    assert made.clients["tier"].astype("str").to_dict() == tiers.astype("str").to_dict()


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_asked_about_stands_near_a_line(seed: int) -> None:
    made = practice(seed)
    asked = made.clients.loc[[*made.ten, made.halfway]]
    for column, line in [
        ("contribution_12m", made.cuts.contribution),
        ("commission_12m", made.cuts.contribution),
        ("turnover_ratio", made.cuts.turnover),
    ]:
        apart = np.abs(np.log(asked[column].astype("float64").clip(lower=1e-9) / line))
        assert (apart >= np.log(MARGIN) - 1e-12).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_different_clients_of_every_tier(seed: int) -> None:
    made = practice(seed)
    letters = made.clients.loc[list(made.ten), "tier"].astype("str")
    assert len(set(made.ten)) == 10
    assert made.halfway not in made.ten
    assert letters.value_counts().reindex(list("ABCD")).min() >= 2
    assert made.clients.loc[made.halfway, "tier"] == "C"


@pytest.mark.parametrize("seed", SEEDS)
def test_stated_lines_are_the_default_shares_in_round_numbers(seed: int) -> None:
    made = practice(seed)
    exact = cuts_by_share(made.clients)
    assert made.cuts.contribution % 10_000 == 0
    assert abs(made.cuts.contribution - exact.contribution) <= 5_000
    assert abs(made.cuts.turnover - exact.turnover) <= 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_few_bring_most_and_some_data_are_missing(seed: int) -> None:
    income = practice(seed).clients["contribution_12m"].astype("float64")
    top = income.nlargest(round(0.2 * income.notna().sum()))
    assert 0.6 < top.sum() / income.sum() < 0.9
    assert income.isna().sum() == INCOMPLETE
    assert (practice(seed).clients["tier"] == "unknown").sum() == INCOMPLETE


def test_the_same_seed_gives_the_same_book_and_another_another() -> None:
    again = make_practice(100)
    pd.testing.assert_frame_equal(practice(100).clients, again.clients)
    assert practice(100).ten != practice(101).ten


def test_people_are_marked_as_made_up_and_cannot_be_reached() -> None:
    client = practice(100).book.client
    assert len(client) == CLIENTS
    assert client["is_synthetic"].all()
    reachable = [name for name, column in TABLES["client"].columns.items()
                 if column.personal and name != "name"]  # fmt: skip
    assert client[reachable].isna().all(axis=None)
    assert practice(100).clients["name"].str.endswith("*").all()
