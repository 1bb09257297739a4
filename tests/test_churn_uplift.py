"""The branch's planted effect of calls: naive, adjusted, randomised, and for whom."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from crmkit.analysis.churn.plans import assumed_uplift, hold_out, playbook, save_plans
from crmkit.analysis.churn.uplift import adjusted, compare, learn_uplift, qini
from crmkit.book.results.churn import CAUSES
from crmkit.branch.events import CALL
from crmkit.branch.plan import make_plan
from crmkit.branch.policies import Policy, Trial, after, everybody, habit, nobody
from crmkit.branch.sample import take_sample
from crmkit.branch.state import DORMANT
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

N, START = 40_000, 24
ON_RECORD = ["assets", "tenure", "trades", "may_call"]


@dataclass(frozen=True)
class Worlds:
    """Who was called before a day and who left after it, as seen, as drawn by lot, as true."""

    seen: pd.DataFrame
    trial: pd.DataFrame
    true_on_called: float
    true_on_all: float


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    plan = make_plan(N, 2, "2026-01-05", 36, market="flat")

    def left(policy: Policy, since: int = START) -> np.ndarray:
        world = take_sample(plan.with_policy(after(since, habit, policy)))
        return np.asarray(world.state("left") >= START) * 1.0

    book = take_sample(plan)
    gone = book.state("left")
    here = (book.opened < 12) & (book.state("stage") != DORMANT) & ((gone < 0) | (gone >= START))
    month, kind, client = (
        np.concatenate([history.contact[name] for history in book.histories])
        for name in ("month", "kind", "client")
    )
    before = (kind <= CALL) & (month >= START - 6) & (month < START)
    called = np.isin(np.arange(N), client[before])
    assets = np.zeros(N)
    last = book.month("month") == START - 1
    assets[book.client[last]] = book.month("assets_end")[last]
    usual = (gone >= START) * 1.0
    rows = pd.DataFrame({
        "treated": called, "churned": usual, "assets": assets, "tenure": START - book.opened,
        "trades": book.count("trades", slice(START - 6, START)), "may_call": book.person("calls"),
    })[here]  # fmt: skip
    trial = rows.assign(treated=Trial().arm(np.arange(N))[here], churned=left(Trial())[here])
    return Worlds(
        rows,
        trial,
        float((usual - left(nobody, START - 6))[here & called].mean()),
        float((left(everybody("call")) - left(nobody))[here].mean()),
    )


def test_a_naive_comparison_overstates_and_adjusting_helps(worlds: Worlds):
    naive, weighted = compare(worlds.seen, randomised=False), adjusted(worlds.seen, ON_RECORD)
    assert naive.effect < 2 * worlds.true_on_called < 0
    assert abs(naive.effect - worlds.true_on_called) > 4 * naive.error
    assert abs(weighted.effect - worlds.true_on_called) < 2 * weighted.error
    assert abs(weighted.effect - worlds.true_on_called) < abs(naive.effect - worlds.true_on_called)
    assert naive.notes and weighted.notes


def test_a_randomised_trial_finds_the_effect(worlds: Worlds):
    found = compare(worlds.trial, randomised=True)
    assert abs(found.effect - worlds.true_on_all) < 2 * found.error
    assert found.effect < -3 * found.error
    assert not found.notes


def test_uplift_ranks_better_than_chance_and_risk(worlds: Worlds):
    uplift = learn_uplift(worlds.trial, ["assets", "tenure", "trades"])
    by_lot = pd.Series(np.random.default_rng(1).random(len(uplift)), index=uplift.index)
    assert qini(worlds.trial, uplift)[1] > max(qini(worlds.trial, by_lot)[1], 0)
    # 12 months of calls: the mean uplift is the effect of the trial
    found = compare(worlds.trial, randomised=True)
    assert uplift.mean() == pytest.approx(-found.effect, abs=found.error)


def test_qini_of_a_perfect_order_is_the_best_there_is():
    rng = np.random.default_rng(5)
    saved = rng.random(4000) < 0.3
    treated = rng.random(4000) < 0.5
    rows = pd.DataFrame({"treated": treated, "churned": saved & ~treated})
    perfect, none = pd.Series(saved * 1.0), pd.Series(rng.random(4000))
    curve, best = qini(rows, perfect)
    # all the saved come first: the area above the line is share x (1 - share) / 2, x half treated
    assert best == pytest.approx(0.3 * 0.7 / 2 / 2, abs=0.005)
    assert abs(qini(rows, none)[1]) < 0.01
    assert curve["kept"].iloc[-1] == pytest.approx(0.15, abs=0.01)


def test_inverse_weights_recover_a_known_effect():
    rng = np.random.default_rng(3)
    n = 20_000
    rich = rng.normal(size=n)
    treated = rng.random(n) < 1 / (1 + np.exp(-rich))
    left = rng.random(n) < np.clip(0.4 - 0.1 * rich - 0.1 * treated, 0, 1)
    rows = pd.DataFrame({"rich": rich, "treated": treated, "churned": left})
    found = adjusted(rows, ["rich"])
    assert abs(found.effect + 0.1) < 3 * found.error
    assert compare(rows, False).effect < -0.15


@pytest.mark.parametrize("treated", [True, False])
def test_without_a_holdout_nothing_is_measured(treated: bool):
    rows = pd.DataFrame({"treated": [treated] * 5, "churned": False})
    with pytest.raises(CrmkitError) as raised:
        compare(rows, randomised=True)
    assert raised.value.key == "churn.no_holdout"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_holdout_is_warned_of(language: str):
    rows = pd.DataFrame({"treated": [True] * 95 + [False] * 5, "churned": [True, False] * 50})
    with in_language(language):
        assert "5%" in compare(rows, randomised=True).notes[0]


def test_the_holdout_is_a_lot_of_the_campaign_s_own():
    clients = pd.Series(range(1000)).astype(str)
    first, again, other = (hold_out(clients, number) for number in (1, 1, 2))
    assert first.equals(again) and not first.equals(other)
    assert first.sum() == other.sum() == 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["A", "B", "C", "D", "unknown"])
def test_there_is_a_plan_for_every_cause_and_tier(language: str, tier: str):
    clients = pd.DataFrame({"client_id": list(CAUSES), "cause": list(CAUSES), "tier": tier})
    with in_language(language):
        plans = save_plans(clients)
    assert plans.notna().all().all()
    assert set(playbook()) == {*CAUSES, "key_tiers", "holdout", "minutes"}


def test_nobody_who_is_leaving_is_pressed():
    assert assumed_uplift(pd.Series(["leaving"]), pd.Series([0.99])).item() == 0
    with in_language("en"):
        plan = save_plans(pd.DataFrame({"client_id": ["1"], "cause": ["leaving"], "tier": ["A"]}))
    assert "Help with the exit" in plan["plan"].item()
