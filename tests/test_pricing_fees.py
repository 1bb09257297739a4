"""Fees agree to the fen with what was worked out by hand, on both sides of every change."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.errors import CrmkitError
from crmkit.pricing.fees import COMPONENTS, MARKETS, fee_caveats, pass_through, trade_fees
from crmkit.rules import read_rules
from crmkit.words import in_language

CASES = pd.read_csv(Path(__file__).parent / "data/fees_by_hand.csv", dtype="str").fillna("")
FEN = Decimal("0.01")


def trades_of(cases: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "amount": [int(Decimal(a) * 100) for a in cases["amount"]],
            "commission_rate": cases["rate"].astype("float64"),
            "shares": pd.to_numeric(cases["shares"]).astype("Int64"),
            **{name: cases[name] for name in ("date", "market", "side", "quote")},
        }
    )


@pytest.mark.parametrize("row", range(len(CASES)))
def test_a_trade_worked_out_by_hand(row: int):
    fees = trade_fees(trades_of(CASES.iloc[[row]])).iloc[0]
    assert {name: f"{Decimal(int(fees[name])) / 100:.2f}" for name in COMPONENTS} == {
        name: f"{Decimal(CASES[name].iloc[row]):.2f}" for name in COMPONENTS
    }


@pytest.mark.parametrize("row", range(len(CASES)))
def test_the_hand_s_own_sums_hold(row: int):
    case = CASES.iloc[row]
    columns = dict(zip("csthr", COMPONENTS, strict=False))
    for term in case["derivation"].split():
        letter, said = term.split("=")
        factors = [Decimal(part) for part in said.split(":")[0].split("*")]
        worth = factors[0] * factors[1] / 1000 if len(factors) == 2 else factors[0]
        assert worth.quantize(FEN, ROUND_HALF_UP) == Decimal(case[columns[letter]]), term
    part = {name: Decimal(case[name]) for name in COMPONENTS}
    paid = part["commission"] + part["stamp_duty"] + part["transfer"]
    on_top = part["handling"] + part["regulatory"] if case["quote"] == "net" else 0
    assert part["total"] == paid + on_top


def test_a_whole_table_at_once_is_the_same_as_one_by_one_and_keeps_its_index():
    trades = trades_of(CASES).set_index(pd.Index(CASES.index * 7 + 3))
    together = trade_fees(trades)
    singly = pd.concat([trade_fees(trades.iloc[[row]]) for row in range(len(trades))])
    pd.testing.assert_frame_equal(together, singly)
    assert (together.dtypes == "int64").all()


def test_there_are_enough_cases_on_both_sides_of_the_changes():
    days = set(CASES["date"])
    assert len(CASES) >= 40
    for change in ("2008-04-24", "2008-09-19", "2012-06-01", "2012-09-01", "2015-08-01",
                   "2022-04-29", "2023-08-28"):  # fmt: skip
        before = str(np.datetime64(change) - 1)
        assert {change, before} <= days


TRADE = {"amount": 100_000_00, "commission_rate": 0.25, "side": "sell", "market": "SH",
         "quote": "all-in", "date": "2026-06-30"}  # fmt: skip


def total(**changes: object) -> int:
    return int(trade_fees(pd.DataFrame([{**TRADE, **changes}]))["total"].iloc[0])


@given(
    amount=st.integers(1, 1_000_000_000_000),
    rate=st.integers(0, 300_000).map(lambda whole: whole / 100_000),
    side=st.sampled_from(["buy", "sell"]),
    market=st.sampled_from(MARKETS),
    day=st.dates(date(2022, 1, 1), date(2030, 1, 1)),
)
def test_parts_make_the_whole_and_a_net_quote_never_costs_less(amount, rate, side, market, day):
    row = {"amount": amount, "commission_rate": rate, "side": side, "market": market, "date": day}
    all_in, net = (
        trade_fees(pd.DataFrame([{**row, "quote": quote}])).iloc[0] for quote in ("all-in", "net")
    )
    charged = [all_in["commission"], all_in["stamp_duty"], all_in["transfer"]]
    assert all_in["total"] == sum(charged) and min(all_in) >= 0
    assert net["total"] == net[["commission", "stamp_duty", "transfer"]].sum() + (
        net["handling"] + net["regulatory"]
    )
    assert all_in["commission"] >= max(500, all_in["handling"] + all_in["regulatory"])
    assert all_in["commission"] <= max(500, (amount * 3 + 500) // 1000)
    if amount > 100_000_00:
        assert net["total"] >= all_in["total"]


@given(amount=st.integers(1, 10_000_000_000), rate=st.integers(0, 300_000))
def test_rounding_is_half_up_and_exact(amount: int, rate: int):
    fees = trade_fees(
        pd.DataFrame(
            [{**TRADE, "amount": amount, "commission_rate": rate / 100_000, "minimum_fee": 0}]
        )
    ).iloc[0]
    exact = (Decimal(amount) * rate / 100_000_000).quantize(Decimal(1), ROUND_HALF_UP)
    handling = (Decimal(amount) * 341 / 10_000_000).quantize(Decimal(1), ROUND_HALF_UP)
    assert fees["handling"] == handling
    assert fees["commission"] == max(exact, fees["handling"] + fees["regulatory"])


def test_an_account_s_own_minimum_stands_in_place_of_the_rule():
    assert total(amount=1000_00) == 500 + 50 + 1
    assert total(amount=1000_00, minimum_fee=0) == 25 + 50 + 1
    assert total(amount=1000_00, minimum_fee=10) == 25 + 50 + 1


def test_shanghai_before_august_2015_needs_the_shares():
    with pytest.raises(CrmkitError) as caught:
        total(date="2015-07-31")
    assert caught.value.key == "pricing.needs_shares"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"amount": 0}, "pricing.bad_value"),
        ({"amount": -1}, "pricing.bad_value"),
        ({"amount": 10**13}, "pricing.bad_value"),
        ({"commission_rate": -0.1}, "pricing.bad_value"),
        ({"commission_rate": 0.1234567}, "pricing.bad_value"),
        ({"commission_rate": float("nan")}, "pricing.bad_value"),
        ({"commission_rate": 250}, "pricing.bad_value"),
        ({"commission_rate": "abc"}, "pricing.bad_value"),
        ({"amount": "abc"}, "pricing.bad_value"),
        ({"amount": 100.5}, "pricing.bad_value"),
        ({"minimum_fee": -500}, "pricing.bad_value"),
        ({"minimum_fee": None}, "pricing.bad_value"),
        ({"minimum_fee": 0.5}, "pricing.bad_value"),
        ({"shares": -1}, "pricing.bad_value"),
        ({"side": "hold"}, "pricing.bad_value"),
        ({"market": "HK"}, "pricing.bad_value"),
        ({"quote": "free"}, "pricing.bad_value"),
        ({"date": "someday"}, "pricing.bad_value"),
        ({"date": None}, "pricing.bad_value"),
        ({"market": "BJ", "date": "2021-11-14"}, "rules.none_so_early"),
        ({"date": "1999-01-01", "shares": 100}, "rules.none_so_early"),
    ],
)
def test_what_no_trade_can_be_is_refused_by_name(changes: dict, key: str):
    with pytest.raises(CrmkitError) as caught:
        total(**changes)
    assert caught.value.key == key


def test_a_missing_column_is_named():
    with pytest.raises(CrmkitError) as caught, in_language("en"):
        trade_fees(pd.DataFrame([TRADE]).drop(columns="quote"))
    assert "quote" in caught.value.what


def test_no_trades_cost_nothing():
    empty = trade_fees(pd.DataFrame([TRADE]).head(0))
    assert list(empty.columns) == list(COMPONENTS) and empty.empty


def test_one_changed_fee_moves_every_number_that_rests_on_it():
    rules = read_rules().changed("fee.handling.SH", 0.0682)
    trade = pd.DataFrame([{**TRADE, "quote": "net"}])
    before, after = trade_fees(trade).iloc[0], trade_fees(trade, rules).iloc[0]
    assert after["handling"] == 2 * before["handling"]
    assert after["total"] - before["total"] == before["handling"]
    assert pass_through(date(2026, 6, 30), "SH", rules) == pytest.approx(0.0882)


def test_caveats_name_what_was_not_verified_and_only_that():
    trade = pd.DataFrame([TRADE])
    with in_language("en"):
        (one,) = fee_caveats(trade, date(2026, 11, 22))
        old = fee_caveats(trade.assign(date="2010-06-03"), date(2026, 11, 22))
        stale = fee_caveats(trade, date(2027, 11, 22))
    assert "least commission" in one
    assert any("transfer fee, Shanghai" in said for said in old)
    assert any(said.startswith("Check again: stamp duty") for said in stale)
    assert fee_caveats(trade.assign(minimum_fee=0), date(2026, 11, 22)) == []
