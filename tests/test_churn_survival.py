"""Survival against published tables and against statsmodels."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.analysis.churn.hazard import hazard_model, hazards, person_periods
from crmkit.analysis.churn.survival import half_life, kaplan_meier, log_rank, numbers_at_risk
from crmkit.errors import CrmkitError


def spells(times: str, group: str = "") -> pd.DataFrame:
    """Read times as books print them: ``6+`` is censored at 6."""
    words = times.split()
    return pd.DataFrame({
        "time": [float(word.rstrip("+")) for word in words],
        "left": [not word.endswith("+") for word in words],
        "group": group,
    })  # fmt: skip


#: Remission in weeks under 6-mercaptopurine and placebo: E. J. Freireich and others, Blood 21
#: (1963) 699-716, as printed by D. R. Cox and D. Oakes, Analysis of Survival Data, 1984.
MP = spells("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+", "6-MP")
PLACEBO = spells("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23", "placebo")
#: Survival in acute myelogenous leukaemia: R. G. Miller, Survival Analysis, 1981; the data set
#: ``aml`` of R's survival package, whose print-out the figures below are.
AML = pd.concat([
    spells("9 13 13+ 18 23 28+ 31 34 45+ 48 161+", "Maintained"),
    spells("5 5 8 8 12 16+ 23 27 30 33 43 45", "Nonmaintained"),
])  # fmt: skip
#: Years in teaching of 3,941 special educators: left and last seen by year. J. D. Singer and
#: J. B. Willett, Applied Longitudinal Data Analysis, 2003, table 10.1.
TEACHERS = [(456, 0), (384, 0), (359, 0), (295, 0), (218, 0), (184, 0), (123, 280), (79, 307),
            (53, 255), (35, 265), (16, 241), (5, 386)]  # fmt: skip


def at_events(curve: pd.DataFrame) -> pd.DataFrame:
    return curve[curve["left"] > 0]


def test_kaplan_meier_is_the_published_curve_of_6_mp():
    curve = at_events(kaplan_meier(MP))
    assert curve["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve["survival"].round(4).tolist() == [
        0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482,
    ]  # fmt: skip
    assert curve["error"].round(4).tolist() == [
        0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346,
    ]  # fmt: skip


def test_the_log_log_band_is_the_published_one():
    curve = at_events(kaplan_meier(MP))
    assert curve["low"].round(4).tolist() == [
        0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881,
    ]  # fmt: skip
    assert curve["high"].round(4).tolist() == [
        0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801,
    ]  # fmt: skip


def test_the_log_band_is_the_one_r_prints():
    curve = at_events(kaplan_meier(AML[AML["group"] == "Maintained"], band="log"))
    assert curve["survival"].round(3).tolist() == [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]
    assert curve["error"].round(4).tolist() == [
        0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535,
    ]  # fmt: skip
    assert curve["low"].round(4).tolist() == [
        0.7541, 0.6192, 0.4884, 0.3769, 0.2549, 0.1549, 0.0359,
    ]  # fmt: skip
    assert curve["high"].round(3).tolist() == [1.0, 1.0, 1.0, 0.999, 0.946, 0.875, 0.944]


def test_log_rank_is_the_published_one():
    found = log_rank(pd.concat([MP, PLACEBO]))
    assert round(found.chi2, 2) == 16.79
    assert found.p == pytest.approx(4.17e-5, rel=0.01)
    assert found.groups["left"].tolist() == [9, 21]
    assert found.groups["expected"].round(2).tolist() == [19.25, 10.75]
    aml = log_rank(AML)
    assert (round(aml.chi2, 1), round(aml.p, 4)) == (3.4, 0.0653)
    assert aml.groups["expected"].round(2).tolist() == [10.69, 7.31]


def test_permutations_tell_the_same_as_chi_squared_where_it_holds():
    assert log_rank(AML, permutations=999, seed=1).p == pytest.approx(0.0653, abs=0.025)


def test_numbers_at_risk_and_median_are_the_published_ones():
    curves = kaplan_meier(pd.concat([MP, PLACEBO]))
    table = numbers_at_risk(curves, [0, 6, 10, 23, 40])
    assert table.loc["6-MP"].tolist() == [21, 21, 15, 6, 0]
    assert half_life(curves).to_dict() == {"6-MP": 23, "placebo": 8}


def test_hazards_are_the_published_life_table():
    rows = [(year, left, count)
            for year, both in enumerate(TEACHERS, 1)
            for left, count in zip((True, False), both, strict=True)]  # fmt: skip
    one_each = pd.DataFrame(
        [(year, left) for year, left, count in rows for _ in range(count)],
        columns=["time", "left"],
    )
    table = hazards(one_each)
    assert table["at_risk"].tolist() == [
        3941, 3485, 3101, 2742, 2447, 2229, 2045, 1642, 1256, 948, 648, 391,
    ]  # fmt: skip
    assert table["hazard"].round(4).tolist() == [
        0.1157, 0.1102, 0.1158, 0.1076, 0.0891, 0.0825, 0.0601, 0.0481, 0.0422, 0.0369, 0.0247,
        0.0128,
    ]  # fmt: skip
    assert table["survival"].round(4).tolist() == [
        0.8843, 0.7869, 0.6958, 0.6209, 0.5656, 0.5189, 0.4877, 0.4642, 0.4446, 0.4282, 0.4177,
        0.4123,
    ]  # fmt: skip


def drawn(seed: int, groups: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    n = 60 * groups
    group = rng.integers(0, groups, n).astype(str)
    time = rng.geometric(0.05 + 0.03 * (group == "0"), n)
    limit = rng.integers(1, 30, n)
    return pd.DataFrame({"time": np.minimum(time, limit), "left": time <= limit, "group": group})


@pytest.mark.parametrize("groups", [2, 4])
def test_curves_and_test_agree_with_statsmodels(groups: int):
    from statsmodels.duration.survfunc import SurvfuncRight, survdiff

    rows = drawn(groups, groups)
    found = log_rank(rows)
    chi2, p = survdiff(rows["time"], rows["left"].astype(int), rows["group"])
    assert (found.chi2, found.p) == pytest.approx((chi2, p), rel=1e-9)
    for name, own in rows.groupby("group"):
        theirs = SurvfuncRight(own["time"], own["left"].astype(int))
        curve = at_events(kaplan_meier(own.assign(group=name)))
        assert curve["survival"].to_numpy() == pytest.approx(theirs.surv_prob, rel=1e-12)
        assert curve["error"].to_numpy() == pytest.approx(
            theirs.surv_prob_se, rel=1e-9, nan_ok=True
        )
        assert curve["at_risk"].tolist() == theirs.n_risk.tolist()


def test_late_entry_agrees_with_statsmodels():
    from statsmodels.duration.survfunc import SurvfuncRight

    rows = drawn(9, 1).query("time > 3").assign(entry=lambda r: (r["time"] // 3).astype(float))
    theirs = SurvfuncRight(rows["time"], rows["left"].astype(int), entry=rows["entry"])
    curve = at_events(kaplan_meier(rows))
    assert curve["survival"].to_numpy() == pytest.approx(theirs.surv_prob, rel=1e-12)


def test_the_hazard_model_agrees_with_statsmodels():
    import statsmodels.api as sm

    rows = drawn(5, 2).assign(first=lambda r: (r["group"] == "0").astype(int))
    periods = person_periods(rows, ["first"])
    design = sm.add_constant(periods[["first", "period"]].astype(float))
    theirs = sm.Logit(periods["left"].astype(int), design).fit(disp=0)
    ours = hazard_model(periods, ["first", "period"])
    assert np.log(ours).to_numpy() == pytest.approx(theirs.params[1:].to_numpy(), abs=1e-4)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30))
def test_any_spells_give_a_curve_that_only_falls_inside_its_band(rows):
    table = pd.DataFrame(rows, columns=["time", "left"])
    curve = kaplan_meier(table)
    assert (curve["survival"].diff().dropna() <= 0).all()
    inside = curve.dropna(subset=["low"])
    assert (inside["low"] <= inside["survival"] + 1e-12).all()
    assert (inside["survival"] <= inside["high"] + 1e-12).all()
    assert int((curve["left"] + curve["censored"]).sum()) == len(rows)


@pytest.mark.parametrize(
    "wrong",
    [{"time": [-1.0]}, {"time": [None]}, {"entry": [9.0]}, {"time": ["long"]}, {"left": ["gone"]},
     {"left": [2]}],
)  # fmt: skip
def test_times_that_cannot_be_are_named(wrong):
    row = pd.DataFrame({"time": [3.0], "left": [True]}).assign(**wrong)
    with pytest.raises(CrmkitError) as raised:
        kaplan_meier(row)
    assert raised.value.key == "churn.bad_spells"


def test_columns_that_are_not_there_are_named():
    with pytest.raises(CrmkitError) as raised:
        kaplan_meier(pd.DataFrame({"months": [3.0], "left": [True]}))
    assert raised.value.key == "churn.no_column" and "time" in raised.value.what


def test_one_group_has_nothing_to_be_compared_with():
    with pytest.raises(CrmkitError) as raised:
        log_rank(MP)
    assert raised.value.key == "churn.one_group"
