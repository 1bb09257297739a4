import numpy as np
import pytest

from crmkit.branch.market import make_market, market_names
from crmkit.errors import CrmkitError


def test_frozen_paths_do_not_depend_on_the_seed():
    assert make_market("bear2018", 36, 1) == make_market("bear2018", 36, 2)


def test_the_years_in_the_names_are_what_they_were():
    for name, change in (("bear2018", -0.246), ("bull2019", 0.223)):
        path = make_market(name, 12)
        assert np.prod(1 + np.array(path.returns)) - 1 == pytest.approx(change, abs=0.003)


def test_a_longer_look_back_keeps_the_later_months():
    assert make_market("bear2018", 48).returns[-12:] == make_market("bear2018", 12).returns


def test_chance_paths_differ_by_seed_and_stay_in_their_regime():
    assert make_market("mixed", 36, 1) != make_market("mixed", 36, 2)
    assert set(make_market("bear", 36, 1).regimes) == {"bear"}
    assert set(make_market("mixed", 240, 1).regimes) == {"bull", "flat", "bear"}


def test_every_named_market_can_be_had():
    assert all(len(make_market(name, 12).returns) == 12 for name in market_names())


@pytest.mark.parametrize(
    ("name", "months", "key"),
    [("bear1929", 12, "branch.market_unknown"), ("boom2015", 60, "branch.market_short")],
)
def test_markets_that_cannot_be_had_say_why(name, months, key):
    with pytest.raises(CrmkitError) as raised:
        make_market(name, months)
    assert raised.value.key == key
