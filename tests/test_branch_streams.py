import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from crmkit.branch.streams import (
    BLOCK,
    Line,
    bits,
    exponential,
    golden,
    lookup,
    normal,
    pairs,
    quarters,
    scatter,
    uniform,
)


def test_streams_of_different_columns_share_nothing():
    drawn = [bits(1, *names, block) for names in (("a", "b"), ("a", "c")) for block in (0, 1)]
    assert len({array.tobytes() for array in drawn}) == 4


def test_a_short_block_gets_the_first_draws_of_a_full_one():
    drawn = bits(5, "client", "birth", 0)
    for cut in (pairs, quarters):
        for short, full in zip(cut(drawn, 10), cut(drawn), strict=True):
            assert (short == full[:10]).all()


def test_uniform_draws_fill_their_range():
    first, second = pairs(bits(3, "x", "y", 0))
    for draw in (first, second):
        assert draw.min() >= 0 and draw.max() < 1
        assert abs(draw.mean() - 0.5) < 4 / np.sqrt(12 * BLOCK)


def test_tables_have_the_moments_of_their_distributions():
    every = np.arange(2**16, dtype=np.uint16)
    assert abs(normal(every).mean()) < 1e-6
    assert abs(normal(every).std() - 1) < 1e-3
    assert abs(exponential(every).mean() - 1) < 1e-3


def test_fewer_quarters_are_the_same_quarters():
    drawn = bits(5, "client", "birth", 0)
    for count in (1, 2, 3):
        assert (quarters(bits(5, "client", "birth", 0, count)) == quarters(drawn)[:count]).all()
    assert (uniform(bits(5, "client", "birth", 0, 2)) == pairs(drawn)[0]).all()


@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=40, unique=True),
    st.lists(st.floats(-120, 120), min_size=1, max_size=40),
)
def test_a_line_is_read_as_numpy_reads_it(points, wanted):
    x = np.array(sorted(points))
    y, asked = np.cos(x) * 10, np.array([*wanted, *x])
    assume(np.diff(x).min() > 1e-6)
    assert np.allclose(Line.through(x, y).at(asked), np.interp(asked, x, y), rtol=0, atol=1e-9)


def test_a_line_with_crowded_points_is_read_to_the_last_bit():
    x = np.concatenate([np.linspace(0, 1e-6, 500), np.linspace(2e-6, 1, 500)])
    asked = np.concatenate([quarters(bits(1, "x", "y", 0))[0] / 2.0**16, x, x * 1.000001])
    y = np.arange(1000.0)
    assert (Line.through(x, y).at(asked) == np.interp(asked, x, y)).all()


def test_golden_shares_continue_where_they_stopped():
    whole = golden(2, "client", "wealth", 0, 100)
    assert (golden(2, "client", "wealth", 60, 40) == whole[60:]).all()


def test_golden_shares_are_calmer_than_chance():
    counts = np.histogram(golden(2, "client", "wealth", 0, 300), bins=30, range=(0, 1))[0]
    assert counts.min() >= 8 and counts.max() <= 12


def test_a_lookup_table_holds_each_row_as_often_as_its_weight():
    weights = np.array([5.0, 0.0, 3.0])
    shares = np.bincount(lookup(weights, 1024), minlength=3) / 1024
    assert np.allclose(shares, weights / 8, atol=1 / 1024)


def test_scattered_bits_follow_from_the_keys_alone():
    keys = np.arange(1000)
    luck = scatter(1, "day", keys)
    assert (scatter(1, "day", keys[::-1])[::-1] == luck).all()
    assert len(np.unique(luck)) == 1000
    assert abs((luck >> np.uint64(63)).mean() - 0.5) < 0.07
