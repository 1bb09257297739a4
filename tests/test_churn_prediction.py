"""Labels, features, score, tree and judgement of predictions, by hand and on made-up books."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from crmkit.analysis.churn import labels
from crmkit.analysis.churn.evaluation import evaluate, profit_curve
from crmkit.analysis.churn.features import check_leakage, features, last_day
from crmkit.analysis.churn.risk import fit_risk
from crmkit.analysis.churn.scorecard import evidence, score, scorecard
from crmkit.analysis.churn.targets import pick_targets, spend
from crmkit.analysis.churn.tree import grow_tree
from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.rewind import rewind
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

START = date(2025, 6, 30)
MONTHS = pd.date_range("2025-01-01", "2025-12-01", freq="MS")


def told(**clients: tuple[list[int], list[int], str]) -> ClientBook:
    """A book of month-end assets in CNY, log-ins and the stage today, by client."""
    rows = [
        {"client_id": name, "month": month, "assets_end": assets * 100, "logins": logins,
         "trades": 0}
        for name, (worth, seen, _) in clients.items()
        for month, assets, logins in zip(MONTHS, worth, seen, strict=False)
    ]  # fmt: skip
    client = pd.DataFrame({"client_id": list(clients), "stage": [c[2] for c in clients.values()],
                           "open_date": pd.Timestamp("2020-01-01")})  # fmt: skip
    return make_client_book(date(2026, 1, 5), client=client, activity=pd.DataFrame(rows))


BOOK = told(
    stays=([50_000] * 12, [5] * 12, "existing"),
    closes=([50_000] * 7 + [0], [5] * 8, "lost"),
    drains=([50_000] * 9 + [9_000] * 3, [5] * 12, "existing"),
    sleeps=([50_000] * 12, [5] * 8 + [0] * 4, "existing"),
    empties=([50_000] * 9 + [900] * 3, [5] * 12, "existing"),
    small=([900] * 12, [5] * 12, "existing"),
    asleep=([50_000] * 12, [5, 5, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5], "existing"),
)


@pytest.mark.parametrize(("kind", "expected"), [
    ("closed", {"closes"}),
    ("asset", {"closes", "drains", "empties"}),
    ("silent", {"closes", "sleeps"}),
    ("streak", {"closes", "empties"}),
])  # fmt: skip
def test_each_definition_counts_whom_it_says(kind: str, expected: set[str]):
    found = labels.label(BOOK, kind, START)
    assert set(found.loc[found["churned"], "client_id"]) == expected
    assert "small" not in set(found["client_id"])
    assert "asleep" not in set(found["client_id"])


def test_the_disagreement_is_counted_pair_by_pair():
    table = labels.disagreement(BOOK, START)
    assert table["churned"].tolist() == [1, 3, 2, 2]
    assert table["alone"].to_dict() == {"closed": 0, "asset": 1, "silent": 1, "streak": 0}
    assert table.loc["asset", "streak"] == table.loc["streak", "asset"] == 2
    assert table.loc["silent", "asset"] == 1


def test_one_data_set_two_readings_of_in_a_row():
    days = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-02-10", "2026-02-11"])
    rows = pd.DataFrame({"client_id": "1", "date": days, "assets": 500_00})
    strict, loose = (labels.streaks(rows, 100_00, missing=m) for m in ("unknown", "low"))
    assert (strict["longest"].item(), loose["longest"].item()) == (0, 38)
    assert (strict["churned"].item(), loose["churned"].item()) == (False, True)


@pytest.mark.parametrize(("arguments", "key"), [
    (("gone", START), "churn.bad_kind"),
    (("closed", date(2025, 9, 1)), "churn.short_book"),
    (("closed", START, 0), "churn.short_book"),
    (("asset", date(1999, 6, 1)), "churn.before_record"),
])  # fmt: skip
def test_what_cannot_be_labelled_is_refused(arguments, key: str):
    with pytest.raises(CrmkitError) as raised:
        labels.label(BOOK, *arguments)
    assert raised.value.key == key


def test_a_day_may_come_as_a_time_stamp_and_too_early_a_one_asks_for_a_later():
    pd.testing.assert_frame_equal(
        labels.label(BOOK, "asset", pd.Timestamp(START)), labels.label(BOOK, "asset", START)
    )
    with in_language("en"), pytest.raises(CrmkitError) as raised:
        labels.label(BOOK, "asset", date(1999, 6, 1))
    assert "later" in raised.value.next and "2025-01-31" in raised.value.next


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("change", "key"), [
    ({"assets": None}, "churn.no_column"), ({"date": "soon"}, "churn.bad_days"),
    ({"assets": "much"}, "churn.bad_days"),
])  # fmt: skip
def test_balances_that_cannot_be_read_are_refused(change, key: str, language: str):
    rows = pd.DataFrame({"client_id": ["1"], "date": pd.Timestamp("2026-01-01"), "assets": 1})
    rows = rows.drop(columns="assets") if change == {"assets": None} else rows.assign(**change)
    with in_language(language), pytest.raises(CrmkitError) as raised:
        labels.streaks(rows, 100_00)
    assert raised.value.key == key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prediction_no_better_than_guessing_is_said_to_have_learnt_nothing(language: str):
    left = pd.Series([True, False] * 50)
    with in_language(language):
        bad, good = evaluate(left, 1 - left * 1.0), evaluate(left, left * 1.0)
    assert ("学到" in bad.notes[0]) or ("learnt nothing" in bad.notes[0])
    assert good.notes == ()


@pytest.mark.parametrize(("left", "chance"), [
    ([True, False], [0.5, np.nan]), ([True, None], [0.5, 0.2]), ([True, False], [0.5]),
    ([True, False], [0.5, np.inf]),
])  # fmt: skip
def test_chances_that_are_missing_are_not_judged(left, chance):
    with pytest.raises(CrmkitError) as raised:
        evaluate(pd.Series(left, dtype="object"), pd.Series(chance))
    assert raised.value.key == "churn.bad_chances"


@pytest.mark.parametrize("arguments", [{"least": 0}, {"depth": 0}, {"cost_ratio": 0}])
def test_no_tree_grows_on_impossible_terms(arguments):
    left = pd.Series([True] * 40 + [False] * 60)
    with pytest.raises(CrmkitError) as raised:
        grow_tree(pd.DataFrame({"calls": [0] * 50 + [5] * 50}), left, **arguments)
    assert raised.value.key == "churn.bad_tree"
    for learn in (grow_tree, fit_risk):
        with pytest.raises(CrmkitError) as raised:
            learn(pd.DataFrame({"calls": [1] * 100}), left)
        assert raised.value.key == "churn.no_columns"


def test_the_tree_speaks_as_people_do():
    known = pd.DataFrame({"assets": pd.array([1_000_00] * 50 + [5_000_00] * 50, "Int64")})
    gone = pd.DataFrame({"days_since_login": [1] * 50 + [30] * 50})
    left = pd.Series([True] * 40 + [False] * 60)
    with in_language("en"):
        said = {*grow_tree(known, left)["sentence"], *grow_tree(gone, left)["sentence"]}
        assert said == {"Assets at most CNY 3,000", "Assets above CNY 3,000",
                        "at most 15.5 days since a log-in",
                        "more than 15.5 days since a log-in"}  # fmt: skip
    with in_language("zh"):
        said = {*grow_tree(known, left)["sentence"], *grow_tree(gone, left)["sentence"]}
        assert said == {"资产不高于 3,000 元", "资产高于 3,000 元", "距上次登录不超过 15.5 天",
                        "距上次登录超过 15.5 天"}  # fmt: skip


@pytest.fixture(scope="module")
def branch() -> ClientBook:
    return make_book(n=1500, seed=4, as_of="2026-01-05")


def test_features_use_nothing_of_the_window(branch: ClientBook):
    """Whatever happens after the day changes no feature."""
    whole = features(branch, START)
    cut = rewind(branch, START)
    later = make_client_book(
        branch.as_of,
        client=branch.client.assign(note="已转走"),
        account=branch.account.assign(assets=0),
        activity=branch.activity.assign(
            outflow=branch.activity["outflow"].where(branch.activity["month"] < "2025-07-01", 9**9)
        ),
        contact=branch.contact[branch.contact["date"] <= "2025-06-30"],
        complaint=branch.complaint,
    )
    pd.testing.assert_frame_equal(whole, features(later, START))
    assert cut.activity["month"].max() == pd.Timestamp("2025-06-01")
    assert cut.client["note"].isna().all()
    assert not cut.complaint["closed"].gt(pd.Timestamp(START)).any()


def test_rewinding_twice_is_rewinding_once(branch: ClientBook):
    twice = rewind(rewind(branch, date(2025, 9, 30)), START)
    once = rewind(branch, START)
    for name in ("activity", "contact", "complaint", "referral"):
        pd.testing.assert_frame_equal(once.tables[name], twice.tables[name])


def test_a_book_does_not_know_the_future():
    with pytest.raises(CrmkitError) as raised:
        rewind(BOOK, date(2027, 1, 1))
    assert raised.value.key == "book.not_yet"


def test_features_are_those_worked_out_by_hand():
    months = pd.DataFrame({
        "client_id": "1", "month": pd.date_range("2025-10-01", periods=3, freq="MS"),
        "inflow": [0, 0, 0], "outflow": [0, 0, 60_000_00], "pnl": [0, 0, -20_000_00],
        "trades": [10, 10, 2], "logins": [3, 0, 0],
        "assets_end": [100_000_00, 100_000_00, 20_000_00],
    })  # fmt: skip
    client = pd.DataFrame({"client_id": ["1"], "open_date": [pd.Timestamp("2025-01-05")]})
    talk = pd.DataFrame({"contact_id": ["a"], "client_id": "1", "date": pd.Timestamp("2025-12-26"),
                         "channel": "call", "direction": "in", "purpose": "fee",
                         "outcome": "reached"})  # fmt: skip
    known = features(
        make_client_book(date(2026, 1, 5), client=client, activity=months, contact=talk),
        date(2026, 1, 5),
    ).iloc[0]
    assert known["net_outflow_share"] == pytest.approx(0.6)
    assert known["trades_change"] == pytest.approx(-0.8)
    assert known["drawdown"] == pytest.approx(-0.2)
    assert known["days_since_login"] == 66
    assert known["fee_talk"] and known["comforted"]
    assert not known["reviewed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_leakage_is_named_in_words(language: str):
    rng = np.random.default_rng(1)
    left = pd.Series(rng.random(400) < 0.2)
    known = pd.DataFrame({
        "client_id": np.arange(400).astype(str), "harmless": rng.normal(size=400),
        "answer": left * 1.0 + rng.normal(size=400) / 20, "Complain": rng.random(400) < 0.1,
        "seen": pd.Timestamp("2025-07-02"), "kind": np.where(left, "x", "y"),
    })  # fmt: skip
    with in_language(language):
        said = check_leakage(known, left, START)
    assert len(said) == 4
    for name in ("answer", "Complain", "seen", "kind"):
        assert sum(name in sentence for sentence in said) == 1
    assert not any("harmless" in sentence for sentence in said)


CLIENT = {"client_id": ["1"], "days_since_login": [70.0], "net_outflow_share": [0.4],
          "drawdown": [-0.2], "comforted": [False], "products_held": [3], "reviewed": [True],
          "days_since_contact": [45.0]}  # fmt: skip


@pytest.mark.parametrize(("change", "tier", "points"), [
    ({}, "A", 25 + 18 + 12 + 8 - 6 - 10),
    ({"comforted": [True]}, "A", 25 + 18 + 8 - 16),
    ({}, "B", 25 + 18 + 12 - 16),
    ({}, "D", 25 + 18 + 12 - 16),
    ({"days_since_login": [40.0]}, "B", 25 + 10 + 12 - 16),
    ({"net_outflow_share": [None], "products_held": [1]}, "B", 18 + 12 + 5 - 10),
])  # fmt: skip
def test_points_add_up_and_missing_scores_nothing(change, tier: str, points: int):
    found = score(pd.DataFrame(CLIENT | change), pd.Series({"1": tier}))
    assert found["score"].item() == points


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_score_without_its_reasons(language: str):
    with in_language(language):
        found = score(pd.DataFrame(CLIENT), pd.Series({"1": "A"})).iloc[0]
    assert found["band"] == "amber"
    assert found["cause"] == "leaving"
    assert found["reasons"].split()[0] == "outflow"
    assert all(f"({p}" in found["reason"].replace("（", "(") for p in ("+25", "+18", "-10"))


def test_every_item_of_the_card_has_words_source_and_cause():
    for item in scorecard().items:
        assert item.source and item.basis in ("deck", "course", "study")
        assert item.points


def test_evidence_is_the_logarithm_of_the_odds():
    rows = pd.DataFrame({"client_id": np.arange(100).astype(str),
                         "reviewed": [True] * 20 + [False] * 80})  # fmt: skip
    left = pd.Series([True] * 2 + [False] * 18 + [True] * 28 + [False] * 52)
    found = evidence(rows, pd.Series(dtype="str"), left).loc["reviewed"]
    assert found["weight"] == pytest.approx(np.log((2.5 / 31) / (18.5 / 71)))
    assert (found["clients"], found["left"], found["rate"]) == (20, 2, 0.1)


def test_the_model_recovers_the_odds_it_was_given():
    rng = np.random.default_rng(2)
    loss = rng.normal(size=20_000)
    left = pd.Series(rng.random(20_000) < 1 / (1 + np.exp(2.5 - 0.7 * loss)))
    model = fit_risk(pd.DataFrame({"loss": loss, "noise": rng.normal(size=20_000)}), left)
    # the standard error of a weight is about 1 / sqrt(n p (1 - p)) = 0.025
    assert model.weights["loss"] == pytest.approx(0.7, abs=0.08)
    assert model.weights["noise"] == pytest.approx(0.0, abs=0.08)


def test_a_tree_finds_the_rule_it_was_grown_from_and_tells_it():
    rng = np.random.default_rng(3)
    n = 3000
    known = pd.DataFrame({
        "client_id": np.arange(n).astype(str), "drawdown": rng.uniform(-0.5, 0.5, n),
        "comforted": pd.array(rng.random(n) < 0.5, "boolean"), "city": rng.choice(["a", "b"], n),
    })  # fmt: skip
    alone = (known["drawdown"] < -0.15) & ~known["comforted"].astype(bool)
    left = pd.Series(rng.random(n) < np.where(alone, 0.6, 0.02))
    with in_language("en"):
        leaves = grow_tree(known, left)
    assert "Profit, last 3 months " in leaves["sentence"][0]
    assert "-15%" in leaves["sentence"].str.cat()
    assert leaves.loc[leaves["flagged"], "sentence"].str.contains("Spoken to: no").all()
    assert leaves["clients"].sum() == n and leaves["left"].sum() == left.sum()
    assert leaves["clients"].min() >= 30
    flagged = leaves[leaves["flagged"]]
    assert flagged["clients"].sum() == pytest.approx(alone.sum(), abs=60)


def test_too_few_leavers_teach_nothing():
    left = pd.Series([True] * 5 + [False] * 95)
    with pytest.raises(CrmkitError) as raised:
        grow_tree(pd.DataFrame({"x": range(100)}), left)
    assert raised.value.key == "churn.few_leavers"


def test_judgement_by_hand():
    left = pd.Series([True, False, True, False, False, False, False, False, False, False])
    chance = pd.Series([0.9, 0.8, 0.7, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.1])
    found = evaluate(left, chance, parts=5)
    assert found.pr_auc == pytest.approx((1 + 2 / 3) / 2)
    assert found.auc == pytest.approx(15 / 16)
    assert found.tenths["lift"].tolist() == [2.5, 2.5, 0, 0, 0]
    assert found.tenths["captured"].tolist() == [0.5, 1, 1, 1, 1]
    assert found.brier_base == pytest.approx(0.16)
    assert not found.notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_accuracy_on_rare_leavers_is_warned_of(language: str):
    left = pd.Series([True] * 3 + [False] * 197)
    with in_language(language):
        note = evaluate(left, pd.Series(np.linspace(1, 0, 200))).notes[0]
    assert "98.5%" in note and "PR-AUC" in note


def test_calibration_of_true_chances_is_inside_its_band():
    rng = np.random.default_rng(7)
    chance = pd.Series(rng.beta(1, 9, 20_000))
    found = evaluate(pd.Series(rng.random(20_000) < chance), chance).tenths
    inside = (found["low"] <= found["predicted"]) & (found["predicted"] <= found["high"])
    assert inside.sum() >= 9


PEOPLE = pd.DataFrame({
    "client_id": list("abcdefg"),
    "risk": [0.9, 0.5, 0.4, 0.3, 0.8, 0.7, 0.2],
    "uplift": [0.0, 0.2, 0.1, -0.1, 0.3, 0.3, 0.01],
    "value": [1000_00, 500_00, 4000_00, 900_00, 9000_00, 9000_00, 500_00],
    "cost": [50_00] * 7,
    "do_not_contact": [False, False, False, False, True, False, None],
    "leaving": [False, False, False, False, False, True, False],
})  # fmt: skip


def test_whom_to_keep_is_uplift_times_value_less_cost():
    found = pick_targets(PEOPLE)
    chosen = found.clients[found.clients["chosen"]]
    assert chosen["client_id"].tolist() == ["c", "b"]
    assert chosen["gain"].tolist() == [350_00, 50_00]
    assert found.profit == 400_00
    assert found.profit_by_risk == pytest.approx(-50_00 + 50_00)
    assert pick_targets(PEOPLE, most=1).clients["chosen"].sum() == 1
    assert found.clients.set_index("client_id")["reason"].is_unique is False


def test_the_highest_risk_is_never_the_reason():
    found = pick_targets(PEOPLE, most=2, by="risk")
    assert set(found.clients.loc[found.clients["chosen"], "client_id"]) == {"a", "b"}
    assert found.profit < pick_targets(PEOPLE, most=2).profit
    assert found.notes


def test_those_who_asked_for_peace_or_for_the_transfer_are_left_alone():
    rows = pick_targets(PEOPLE).clients.set_index("client_id")
    assert not rows.loc[["e", "f"], "chosen"].any()


def test_risk_is_no_substitute_for_uplift():
    with pytest.raises(CrmkitError) as raised:
        pick_targets(PEOPLE.drop(columns="uplift"))
    assert raised.value.key == "churn.no_uplift"


def test_what_was_spent_is_counted_on_those_approached_and_by_lot_in_proportion():
    rows = pd.DataFrame({
        "kept": [1, 0, -1, 0], "value": [1000, 5000, 300, 0], "cost": 10,
        "risk": [0.1, 0.2, 0.9, 0.8], "gain": [9, 5, 1, 0],
    })  # fmt: skip
    table = spend(rows, 2, ["risk", "gain"])
    assert table["kept"].tolist() == [-1, 1, 0]
    assert table["value"].tolist() == [-300, 1000, 350]
    assert table["cost"].tolist() == [20, 20, 20]
    everybody = spend(rows, 99, ["risk", "gain"])
    assert everybody.nunique().tolist() == [1, 1, 1, 1]


def test_the_profit_curve_ends_where_all_are_approached():
    rows = PEOPLE.assign(gain=PEOPLE["uplift"] * PEOPLE["value"] - PEOPLE["cost"])
    curve = profit_curve(rows)
    assert curve["profit"].iloc[-1] == pytest.approx(rows["gain"].sum())
    assert curve["profit"].max() == pytest.approx(rows["gain"].clip(lower=0).sum())
    assert curve["best"].sum() == 1


def test_the_last_day_leaves_whole_months():
    assert last_day(BOOK, 6) == START
