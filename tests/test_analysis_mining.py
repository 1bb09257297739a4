"""The cube by hand, and clusters where they are known to be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.analysis.activity import measures
from crmkit.analysis.clusters import clusters
from crmkit.analysis.cube import UNKNOWN, cube
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

ROWS = pd.DataFrame(
    {
        "tier": ["A", "A", "B", "B", "B", None],
        "region": ["east", "west", "east", "east", "west", "west"],
        "income": [100.0, 300.0, 10.0, None, 30.0, 60.0],
        "rate": [0.10, 0.02, -0.20, 0.50, None, 0.04],
        "assets": [100.0, 900.0, 50.0, 50.0, 80.0, None],
    }
)


def made():
    return cube(ROWS, ["tier", "region"], ["income"], {"rate": "assets"})


def test_the_cube_by_hand():
    view = made().view().set_index(["tier", "region"])
    assert view.loc[("B", "east"), "clients"] == 2
    assert view.loc[("B", "east"), "income"] == 10.0  # the other one is missing, not zero
    # (-0.2 x 50 + 0.5 x 50) / 100
    assert view.loc[("B", "east"), "rate"] == pytest.approx(0.15)
    assert np.isnan(view.loc[("B", "west"), "rate"])  # known of nobody
    assert view.loc[(UNKNOWN, "west"), "income"] == 60.0


def test_rolling_up_weights_and_is_not_the_mean_of_means():
    rolled = made().roll_up("tier").view().set_index("tier")
    # (0.10 x 100 + 0.02 x 900) / 1000, where the mean of the two cells would be 0.06
    assert rolled.loc["A", "rate"] == pytest.approx(0.028)
    assert rolled.loc["A", "income"] == 400.0
    whole = made().roll_up().view()
    assert whole["clients"].item() == 6
    assert whole["rate"].item() == pytest.approx((10 + 18 - 10 + 25) / 1100)


def test_a_slice_loses_its_dimension_and_a_dice_keeps_them():
    east = made().slice(region="east")
    assert east.dimensions == ("tier",)
    assert east.view()["income"].tolist() == [100.0, 10.0]
    some = made().dice(tier=["A", "B"], region=["west"])
    assert some.dimensions == ("tier", "region")
    assert some.view()["income"].tolist() == [300.0, 30.0]


def test_what_is_missing_is_told():
    assert [note.split("：")[0] for note in made().notes] == ["income", "rate"]
    assert "6 位客户中有 1 位" in made().notes[0] and "6 位客户中有 2 位" in made().notes[1]


def test_what_the_cube_does_not_have_is_an_error_with_what_it_has():
    with pytest.raises(CrmkitError, match="region"):
        made().slice(channel="call")
    with pytest.raises(CrmkitError, match="channel"):
        cube(ROWS, ["channel"])


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.none() | st.integers(-9, 9),
                  st.none() | st.integers(0, 5)),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_any_way_up_the_cube_gives_the_same_whole(rows):
    table = pd.DataFrame(rows, columns=["p", "q", "value", "weight"]).astype(
        {"value": "Float64", "weight": "Float64"}
    )
    table = table.assign(mean=table["value"])
    made_of = cube(table, ["p", "q"], ["value"], {"mean": "weight"})
    expected = cube(table, [], ["value"], {"mean": "weight"}).view()
    for way in (made_of.roll_up(), made_of.roll_up("p").roll_up(), made_of.roll_up("q").roll_up()):
        pd.testing.assert_frame_equal(way.view(), expected)
    both = table.dropna(subset=["value", "weight"])
    weight = float(both["weight"].sum())
    if weight > 0:
        mean = float((both["value"] * both["weight"]).sum()) / weight
        assert expected["mean"].item() == pytest.approx(mean)
    else:
        assert np.isnan(expected["mean"].item())


def planted(seed: int = 0) -> pd.DataFrame:
    """Return three groups of 60 that differ in what they do, and a useless column of money."""
    rng = np.random.default_rng(seed)
    group = np.repeat([0, 1, 2], 60)
    return pd.DataFrame(
        {
            "client_id": [f"{n:03d}" for n in range(180)],
            "group": group,
            "assets": rng.uniform(1e6, 9e6, 180),
            "trades_12m": np.array([2, 40, 45])[group] + rng.normal(0, 1, 180),
            "days_since_trade": np.array([300, 5, 150])[group] + rng.normal(0, 4, 180),
            "logins_12m": np.array([1, 200, 90])[group] + rng.normal(0, 4, 180),
        }
    )


def agree(found: pd.Series, truth: pd.Series) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(found.to_numpy(dtype=float), truth))


def test_planted_groups_are_found_named_and_stable():
    table = planted()
    found = clusters(table, ["trades_12m", "days_since_trade"])
    assert len(found.centres) == 3
    assert agree(found.members["cluster"], table["group"]) == 1.0
    assert found.stability > 0.99 and max(found.silhouettes.values()) > 0.8
    told = dict(
        zip(found.centres["trades_12m"].round(-1), found.centres["description"], strict=True)
    )
    assert "距上次成交(天)高" in told[0.0] and "年成交笔数低" in told[0.0]
    assert not any("没有统一尺度" in note for note in found.notes)


def test_unscaled_money_drowns_the_groups_and_the_notes_say_so():
    table = planted()
    features = ["assets", "trades_12m", "days_since_trade", "logins_12m"]
    scaled = clusters(table, features, number=3)
    raw = clusters(table, features, number=3, scaled=False)
    assert agree(raw.members["cluster"], table["group"]) < 0.1
    assert agree(scaled.members["cluster"], table["group"]) > 0.95
    assert any("没有统一尺度" in note and "资产" in note for note in raw.notes)


def test_one_cloud_has_no_groups_and_the_notes_say_so():
    rng = np.random.default_rng(1)
    cloud = pd.DataFrame(rng.normal(size=(150, 4)), columns=list("abcd"))
    found = clusters(cloud.assign(client_id=cloud.index.astype("str")), list("abcd"))
    assert any("连成一片" in note for note in found.notes)
    assert any("换一批客户" in note for note in found.notes)


def test_who_lacks_a_number_is_in_no_cluster_and_counted():
    table = planted()
    table.loc[:4, "trades_12m"] = None
    found = clusters(table, ["trades_12m", "days_since_trade"], number=3)
    assert found.members["cluster"].isna().sum() == 5
    assert len(found.members) == len(found.plane) == 180
    assert any("5 位客户缺少" in note for note in found.notes)


def test_too_few_clients_or_a_silly_number_is_an_error():
    with pytest.raises(CrmkitError) as few:
        clusters(planted().head(19), ["trades_12m"], number=2)
    assert few.value.key == "cluster.too_few"
    with pytest.raises(CrmkitError) as silly:
        clusters(planted(), ["trades_12m"], number=1)
    assert silly.value.key == "cluster.bad_number"


def test_the_busy_cluster_of_the_branch_is_of_those_born_busy():
    from sklearn.metrics import roc_auc_score

    book = make_book(300, 4, "2026-01-05", months=14)
    table = measures(book)
    found = clusters(table, number=4)
    members = found.members.dropna().set_index("client_id")["cluster"]
    trades = table.set_index("client_id").loc[members.index, "trades_12m"].astype("float64")
    busy = members == trades.groupby(members).median().idxmax()
    born = book.truth["trait"].set_index("client_id").loc[members.index, "trades_monthly"]
    # by chance 0.5 with an error of about 0.03; what a client did in a year hides the rest
    assert roc_auc_score(busy, born) > 0.7
    pd.testing.assert_frame_equal(found.members, clusters(table, number=4).members)


def test_a_cluster_that_the_sample_misses_still_counts():
    """One client a thousand times as rich as the others makes a cluster of his own."""
    rng = np.random.default_rng(0)
    table = pd.DataFrame({
        "client_id": np.arange(4000).astype(str),
        "assets": np.append(rng.normal(100, 10, 3999), 1e6), "trades_12m": rng.poisson(3, 4000),
    })  # fmt: skip
    for seed in range(3):
        found = clusters(table, ["assets", "trades_12m"], number=2, seed=seed, scaled=False)
        assert sorted(found.centres["clients"]) == [1, 3999] and found.silhouettes[2] > 0.9


def test_unscaled_clusters_of_a_simulated_branch():
    found = clusters(measures(make_book(n=2000, seed=5, as_of="2026-01-05")), scaled=False)
    assert all(-1 <= value <= 1 for value in found.silhouettes.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("change", "features", "key"), [
    ({}, ["height"], "cluster.no_feature"),
    ({"word": "x"}, ["word"], "cluster.no_number"),
    ({"same": 1.0}, ["same"], "cluster.alike"),
    ({"trades_12m": np.inf}, ["trades_12m"], "cluster.too_few"),
])  # fmt: skip
def test_what_cannot_be_clustered_is_said(change, features, key: str, language: str):
    with in_language(language), pytest.raises(CrmkitError) as raised:
        clusters(planted().assign(**change), features)
    assert raised.value.key == key and raised.value.next


@pytest.mark.parametrize(("dimensions", "sums", "means"), [
    (["tier"], ["assets"], {"assets": ""}), (["clients"], ["assets"], {}),
    (["tier"], ["clients"], {}), (["assets"], ["assets"], {}),
])  # fmt: skip
def test_no_column_of_a_cube_overwrites_another(dimensions, sums, means):
    rows = pd.DataFrame({"tier": ["A", "B"], "assets": [100, 200], "clients": [1, 2]})
    with pytest.raises(CrmkitError) as raised:
        cube(rows, dimensions, sums, means)
    assert raised.value.key == "cube.taken"
