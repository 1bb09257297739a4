"""What a price does to the business, against figures worked out by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.errors import CrmkitError
from crmkit.plots import png, prices
from crmkit.pricing.economics import (
    LEVERS,
    Business,
    Terms,
    break_even,
    deepest_cut,
    effective_rate,
    fair_offers,
    firm_net,
    four_answers,
    least_order,
    manager_net,
    published_rate,
    terms,
)
from crmkit.pricing.fees import pass_through, trade_fees
from crmkit.rules import read_rules
from crmkit.words import LANGUAGES, in_language

TODAY = date(2026, 6, 30)
COLLECTED = 0.0541
YEAR = Business(clients=300, traded=800_000_00, products=100_00, cost=60_000_00, rate=0.3)

rates = st.floats(0.06, 3)


@pytest.mark.parametrize(
    ("old", "new", "times"),
    [(0.30, 0.20, 1.685), (0.30, 0.15, 2.564), (0.25, 0.15, 2.043), (1.0, 0.8, 1.268)],
)
def test_turnover_that_makes_good_a_cut(old: float, new: float, times: float):
    assert break_even(old, new, COLLECTED) == pytest.approx(times, abs=5e-4)


@given(rates, rates)
def test_at_the_break_even_the_firm_keeps_the_same(old: float, new: float):
    traded = break_even(old, new, COLLECTED)
    assert firm_net(traded, new, COLLECTED) == pytest.approx(firm_net(1, old, COLLECTED))


@pytest.mark.parametrize("new", [COLLECTED, 0.05, 0])
def test_no_turnover_makes_good_a_rate_below_cost(new: float):
    with pytest.raises(CrmkitError) as caught:
        break_even(0.3, new, COLLECTED)
    assert caught.value.key == "pricing.below_cost"


def test_the_deepest_cut_worth_making():
    assert deepest_cut(0.30, COLLECTED, 0.55, 0.80) == pytest.approx(0.223, abs=5e-4)
    assert deepest_cut(0.30, COLLECTED, 0.55, 0.55) == 0.30
    assert deepest_cut(0.30, COLLECTED, 0.9, 0.5) == 0.30


@given(st.floats(0.05, 1), st.floats(0.05, 1), st.floats(0.5, 2))
def test_at_the_deepest_cut_both_ways_bring_the_same(without: float, with_cut: float, kept: float):
    lowest = deepest_cut(0.30, COLLECTED, without, with_cut, kept)
    if lowest < 0.30:
        cut = with_cut * firm_net(kept, lowest, COLLECTED)
        assert cut == pytest.approx(without * firm_net(1, 0.30, COLLECTED))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: least_order(0, 500),
        lambda: least_order(-0.1, 500),
        lambda: deepest_cut(0.3, COLLECTED, 0.5, 0.8, kept=0),
    ],
)
def test_nothing_is_divided_by_nothing(ask):
    with pytest.raises(CrmkitError) as caught:
        ask()
    assert caught.value.key == "pricing.not_above_zero"


@pytest.mark.parametrize("chance", [0, -0.1, 1.1])
def test_a_probability_is_one(chance: float):
    with pytest.raises(CrmkitError) as caught:
        deepest_cut(0.3, COLLECTED, chance, 0.8)
    assert caught.value.key == "pricing.not_a_chance"


def test_the_deck_s_two_clients_at_four_turns():
    # 张三 100,000 at 1.0 and 李四 200,000 at 0.8; both sides of four turns are eight times assets
    traded = pd.Series([800_000_00, 1_600_000_00])
    rate = pd.Series([1.0, 0.8])
    assert (traded * rate / 1000 / 100).tolist() == [800, 1280]
    assert (firm_net(traded, rate, COLLECTED) / 100).round().tolist() == [757, 1193]


def test_small_orders_pay_what_the_fee_table_says():
    for cny in (1_000, 5_000, 19_999, 20_000, 20_001, 80_000):
        trade = {"amount": cny * 100, "commission_rate": 0.25, "side": "buy", "market": "SH",
                 "quote": "all-in", "date": TODAY}  # fmt: skip
        paid = trade_fees(pd.DataFrame([trade]))["commission"].iloc[0]
        assert effective_rate(cny * 100, 0.25, 500) == pytest.approx(paid / cny * 10, abs=1e-4)


def test_the_manager_s_net_is_worked_out_from_the_terms():
    agreed = Terms(payout=0.3, tax=0.06, minute=100)
    # 10m x 0.2459 per mille = 2,459.00; less 6 % = 2,311.46; 30 % = 693.438; 120 minutes at 1
    net = manager_net(10_000_000_00, 0.3, COLLECTED, agreed, minutes=120)
    assert net == pytest.approx(573.438 * 100)
    assert manager_net(0, 0.3, COLLECTED, agreed, products=1000, cash=50) == 250
    assert terms(TODAY) == agreed


def test_each_answer_alone_makes_good_the_cut_when_moved_as_far_as_it_says():
    alone = four_answers(YEAR, 0.2, COLLECTED, {}).set_index("lever")["alone"]
    lost = YEAR.net(COLLECTED) - four_answers_net({})
    for lever in LEVERS:
        moved = four_answers(YEAR, 0.2, COLLECTED, {lever: alone[lever]}).set_index("lever")
        assert moved.loc[lever, "gain"] == pytest.approx(lost)
        assert moved.loc["together", "gain"] == pytest.approx(lost)


def four_answers_net(moves: dict) -> float:
    after = Business(YEAR.clients, YEAR.traded, YEAR.products, YEAR.cost, 0.2).net(COLLECTED)
    return after + four_answers(YEAR, 0.2, COLLECTED, moves)["gain"].iloc[-1]


def test_a_lever_with_nothing_to_pull_says_that_it_cannot():
    bare = Business(300, 800_000_00, 0, 0, 0.3)
    alone = four_answers(bare, 0.2, COLLECTED, {"products": 0.5}).set_index("lever")
    assert np.isinf(alone.loc["products", "alone"]) and alone.loc["products", "gain"] == 0
    assert np.isinf(alone.loc["cost", "alone"])


CLIENTS = pd.DataFrame(
    {
        "client_id": ["small", "assets", "active", "big", "cheap", "gap"],
        "assets": pd.array([10_000_00, 500_000_00, 0, 9_000_000_00, 10_000_00, None], "Int64"),
        "trade_amount_12m": pd.array([0, 0, 10_000_000_00, 0, 100_00, None], "Int64"),
        "commission_rate": [0.3, 0.3, 0.2, 0.3, 0.1, None],
    }
)


def test_assets_or_turnover_reach_a_step_of_the_tariff():
    published = published_rate(CLIENTS["assets"], CLIENTS["trade_amount_12m"], TODAY)
    assert published.tolist() == [0.3, 0.25, 0.2, 0.15, 0.3, 0.3]


def test_who_is_owed_a_cut_and_who_has_a_private_one():
    offers = fair_offers(CLIENTS, TODAY).set_index("client_id")
    assert offers["verdict"].iloc[:5].tolist() == ["fair", "owed", "fair", "owed", "off_tariff"]
    assert offers["verdict"].isna().tolist() == [False] * 5 + [True]
    assert not offers.loc["small", "alike"] and offers.loc["big", "alike"]
    assert offers.loc["big", "cost_12m"] == 0  # trades nothing, so the cut costs nothing


def test_an_owed_cut_costs_turnover_times_the_gap():
    client = CLIENTS.iloc[[2]].assign(commission_rate=0.3)
    assert fair_offers(client, TODAY)["cost_12m"].tolist() == [1_000_00]


def test_one_changed_rule_moves_what_rests_on_it():
    rules = read_rules().changed("fee.handling.SH", 0.0682)
    dearer = pass_through(TODAY, "SH", rules)
    assert break_even(0.3, 0.2, dearer) > break_even(0.3, 0.2, pass_through(TODAY))
    steps = [{"assets": 0, "traded": 0, "rate": 0.28}]
    one_step = read_rules().changed("tariff", steps)
    assert fair_offers(CLIENTS, TODAY, one_step)["published_rate"].eq(0.28).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_drawn_in_both_languages_without_a_missing_sign(language: str):
    sides = [{"amount": 10_000_000, "commission_rate": 0.25, "side": side, "market": "SH",
              "quote": "all-in", "date": TODAY} for side in ("buy", "sell")]  # fmt: skip
    with in_language(language):
        drawn = [
            prices.fee_stack(trade_fees(pd.DataFrame(sides)), ["1", "2"]),
            prices.effective_rate_curve(0.25, 500),
            prices.break_even_curve(0.3, 0.2, COLLECTED),
            prices.deepest_cut_curve(0.3, COLLECTED, 0.55, 0.8),
            prices.lever_bars(four_answers(YEAR, 0.2, COLLECTED, {"clients": 0.1}), 24_000_00),
        ]
        for axes in drawn:
            assert axes.get_xlabel() and png(axes, 40).startswith(b"\x89PNG")
    assert "×1.685" in [note.get_text() for note in drawn[2].texts]
    assert "76.00" in [note.get_text().strip() for note in drawn[0].texts]
