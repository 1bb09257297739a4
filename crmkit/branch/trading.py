"""Money in a month: trades and commission, profit, transfers in and out."""

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.events import (
    FEE,
    INCOME,
    INFLOW,
    OUTFLOW,
    PNL,
    TRADED,
    Rows,
    Weather,
    f32,
    sixteenth,
)
from crmkit.branch.plan import Plan
from crmkit.branch.state import Fixed, Flags, Floats, Money, State
from crmkit.branch.streams import exponential, normal

#: How eager people are to trade, and monthly chance of coming back to shares, by regime.
EAGER = {"bull": 1.13, "flat": 1.0, "bear": 0.85}
ENTRY = {"bull": 0.060, "flat": 0.045, "bear": 0.040}

#: Monthly chance of selling part of a position, and of selling out.
SELLS, SELLS_OUT = 0.30, 0.050

#: Dividends on shares, and interest on funds, per month.
DIVIDEND, INTEREST = 0.0016, 0.0014


def enter(
    state: State, weather: Weather, customer: Flags, worth: Floats, luck: NDArray[np.uint16]
) -> Rows:
    """Return who buys shares after a time without any; new clients do so soonest."""
    entry = ENTRY[weather.regime]
    keen = luck < sixteenth(5 * entry)
    keen &= (luck < sixteenth(entry)) | (state.tenure < 6)
    keen &= customer & ~state.invested
    maybe = np.flatnonzero(keen)
    return maybe[worth[maybe] > 200]


def trade(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    held: Rows,
    came: Rows,
    luck: NDArray[np.uint16],
    keep: NDArray[np.uint16],
    money: Money,
    trades: Floats,
) -> None:
    """Enter trades and commission; move people in and out of shares."""
    wish = fixed.people.traits["trades_monthly"][held] * exponential(luck[1][held])
    mood = f32(0.65) * state.satisfaction[held] + f32(0.6)
    wish *= f32(EAGER[weather.regime]) * mood * state.pace[held]
    shade = luck[2] * f32(2.0**-16)
    wish = np.floor(wish + shade[held])
    leaves = _sell(plan, state, held, wish > 0, keep[held])
    np.maximum(wish, leaves, out=wish)
    trading = np.flatnonzero(wish)
    who = np.concatenate([held[trading], came])
    count = np.concatenate([wish[trading], np.ones(len(came), dtype=f32)])
    assets = state.assets[who]
    count = np.floor(np.minimum(np.minimum(count, 80), assets * 4e-5))
    size = np.minimum(fixed.trade_size[who] * (0.5 + shade[who]), assets * 0.35)
    size = np.floor(size * 1e-4) * 1e4
    count *= size > 0
    amount = count * size
    due = (size * fixed.rate[who] + 500_000) // 1_000_000
    fee = count * np.maximum(fixed.minimum_fee[who], due)
    money[TRADED, who], money[FEE, who] = amount, fee
    money[PNL, who] = -fee - np.rint(amount * weather.levy)
    trades[who] = count
    state.invested[held] = ~leaves
    state.invested[came] = True
    state.gain[came] = 1


def _sell(plan: Plan, state: State, held: Rows, trading: Flags, keep: NDArray[np.uint16]) -> Flags:
    """Sell winners more readily than losers, count both, and return who sells out."""
    tilt = (plan.nature.disposition - 1) / (plan.nature.disposition + 1)
    gain = state.gain[held]
    ahead = gain > 1

    def wants(chance: float) -> Flags:
        sure = keep < sixteenth(chance * (1 - tilt))
        return sure | ((keep < sixteenth(chance * (1 + tilt))) & ahead)

    leaves = wants(SELLS_OUT)
    sells = leaves | (wants(SELLS) & trading)
    state.winning[held] += ahead
    state.losing[held] += ~ahead
    state.winners_sold[held] += sells & ahead
    state.losers_sold[held] += sells & ~ahead
    state.gain[held] = gain + f32(0.4) * sells * (1 - gain)
    return leaves


def earn(
    fixed: Fixed,
    state: State,
    weather: Weather,
    held: Rows,
    die: NDArray[np.uint16],
    money: Money,
) -> None:
    """Enter profit on shares and funds, and the firm's income from funds."""
    traits = fixed.people.traits
    chance = traits["luck"][held] * normal(die[held])
    common = fixed.alpha[held] + f32(weather.index_return + DIVIDEND)
    profit = np.maximum(common + chance, f32(-0.6))
    worth = state.assets[held] * fixed.stock_share[held]
    state.profit = np.zeros(len(state.stage), dtype=f32)
    state.profit[held] = profit
    state.gain[held] *= 1 + profit
    state.luck[held] += 0.01 * worth * (profit - common)
    in_funds = state.assets * state.product
    money[INCOME] = np.rint(in_funds * 0.00025)
    in_funds *= 0.1 * weather.index_return + 0.5 * INTEREST
    in_funds[held] += worth * profit
    money[PNL] += np.rint(in_funds)


def move_money(
    fixed: Fixed,
    state: State,
    weather: Weather,
    customer: Flags,
    luck: NDArray[np.uint16],
    money: Money,
) -> None:
    """Enter money in and out: people drift back to the level they can afford."""
    empty = state.assets < 10_000
    moves = (luck[0] < sixteenth(0.14)) | ((luck[0] < sixteenth(0.59)) & empty)
    who = np.flatnonzero((moves & customer) | (state.leaving == 1))
    wealth, grain, none = fixed.wealth[who], fixed.rounding[who], empty[who]
    worth = state.assets[who] + money[PNL, who]
    way = luck[1][who]
    likely = 0.70 + 1.2 * weather.index_return + 2 * none
    likely += 0.35 * np.maximum(1 - worth / wealth, -1.5) + 0.03 * state.trust[who]
    goes = state.leaving[who] > 0
    brings = (way * 2.0**-16 < likely) & ~goes
    part = 0.03 + 0.35 * (way * np.uint16(40_503) * 2.0**-16) ** 2 + 0.7 * none + 0.3 * goes
    comes = np.maximum(np.rint(wealth * part / grain) * grain, 1e4)
    takes = np.minimum(np.rint(worth * part / grain) * grain, np.floor(worth * 0.9))
    money[INFLOW, who] = comes * brings
    money[OUTFLOW, who] = np.maximum(takes, 0) * ~brings
