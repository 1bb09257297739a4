"""What clients are worth, against sums worked out year by year."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.analysis.value import (
    assumed,
    assumptions,
    client_values,
    lifetime_value,
    payback,
    retention_value,
    swap_cost,
    word_of_mouth,
)
from crmkit.errors import CrmkitError


@settings(max_examples=50)
@given(st.floats(0, 1e7), st.floats(0, 0.99), st.floats(0.02, 0.3))
def test_lifetime_value_is_the_sum_over_the_years(margin: float, stay: float, discount: float):
    years = np.arange(1, 5000)
    by_year = (margin * (stay / (1 + discount)) ** years).sum()
    assert lifetime_value(margin, stay, discount) == pytest.approx(by_year, rel=1e-9, abs=1e-6)


def test_five_points_of_retention_are_a_third_more_and_no_doubling():
    values = [lifetime_value(600, stay, 0.08) for stay in (0.80, 0.85, 0.90)]
    assert [round(value) for value in values] == [1714, 2217, 3000]
    assert 0.28 < values[1] / values[0] - 1 < 0.36


def test_retention_value_is_the_difference_of_two_worlds():
    discount = assumed("discount")
    later = 600 + lifetime_value(600, 0.8)
    worlds = [stay * later / (1 + discount) for stay in (0.55, 0.80)]
    assert retention_value(600, 0.55, 0.80) != worlds[1] - worlds[0]  # later years differ
    later = 600 + lifetime_value(600, 0.55)
    assert retention_value(600, 0.55, 0.80, cost=50) == pytest.approx(0.25 * later / 1.08 - 50)


@pytest.mark.parametrize("stay", [-0.1, 1.2])
def test_chances_that_are_none_are_refused(stay: float):
    with pytest.raises(CrmkitError) as raised:
        lifetime_value(600, stay)
    assert raised.value.key == "worth.bad_stay"


@pytest.mark.parametrize(("margin", "stay"), [("a", 0.9), (600, "b"), (None, 0.9), (600, None)])
def test_what_is_no_number_has_no_value(margin, stay):
    with pytest.raises(CrmkitError) as raised:
        lifetime_value(margin, stay)
    assert raised.value.key == "worth.no_number"


def test_swapping_a_hundred_is_never_level():
    level = swap_cost(100, 600_00, 0.85, 0.85, keep=50_00, times=1, lag_months=0)
    assert level.total == 0
    for times in (2, 6, 10):
        cost = swap_cost(100, 600_00, 0.90, 0.80, keep=50_00, times=times)
        assert cost.total == pytest.approx(
            (times - 1) * 50_00 * 100 + 3 * 600_00 / 12 * 100
            + 100 * (lifetime_value(600_00, 0.9) - lifetime_value(600_00, 0.8))
        )  # fmt: skip


def test_folk_numbers_are_marked_as_such():
    folk = {name for name, entry in assumptions().items() if entry["basis"] == "folklore"}
    assert folk == {"acquire_over_keep", "leads_of_satisfied", "deals_of_leads",
                    "reach_of_dissatisfied"}  # fmt: skip
    assert word_of_mouth(100, 0)["expected_deals"] == 100
    assert word_of_mouth(0, 4, silent=0.5)["heard_bad"] == 50


def test_clients_are_valued_by_contribution_and_staying():
    rows = pd.DataFrame({"client_id": ["1", "2", "3"], "contribution_12m": [1000_00, -5, None]})
    values = client_values(rows, pd.Series({"1": 0.5, "2": 0.9, "3": 0.9}))
    keep = 1 - assumed("serving_share")
    assert values["lifetime_value"].tolist()[:2] == [round(keep * 1000_00 * 0.5 / 0.58), 0]
    assert values["lifetime_value"].isna().tolist() == [False, False, True]


def test_the_j_curve_goes_down_before_it_goes_up():
    curve = payback([500, 100, 100, 100], [0, 150, 350, 600])
    assert curve["balance"].tolist() == [-500, -450, -200, 300]
    assert curve["repaid"].tolist() == [False, False, False, True]
