"""Money in a month: trades and commission, profit, transfers in and out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.events import (
    FEE,
    INCOME,
    INFLOW,
    OUTFLOW,
    PNL,
    TRADED,
    Fen,
    Rows,
    Weather,
    f32,
    sixteenth,
)
from crmkit.branch.plan import Plan
from crmkit.branch.state import Fixed, Flags, Floats, State
from crmkit.branch.streams import exponential, normal

#: How eager people are to trade, and monthly chance of coming back to shares, by regime.
EAGER = {"bull": 1.04, "flat": 0.95, "bear": 0.70}
ENTRY = {"bull": 0.060, "flat": 0.045, "bear": 0.040}

#: Monthly chance of selling part of a position, and of selling out.
SELLS, SELLS_OUT = 0.30, 0.050

#: Dividends on shares, and interest on funds, per month.
DIVIDEND, INTEREST = 0.0016, 0.0014


#: Most trades of a client in a month.
MOST_TRADES = 200


def blank(state: State) -> Fen:
    """Return the slip for the month's money, wiped where only some write on it."""
    state.slip[TRADED : FEE + 1] = 0
    state.slip[INFLOW : PNL + 1] = 0
    return state.slip


@dataclass
class Holders:
    """Those who hold shares when the month begins, and what their shares are worth over cost."""

    who: Rows
    gain: Floats


def holders(state: State, customer: Flags) -> Holders:
    """Return the customers who hold shares."""
    who = np.flatnonzero(state.invested & customer)
    return Holders(who, state.gain.take(who))


def enter(
    state: State, weather: Weather, customer: Flags, worth: Floats, luck: NDArray[np.uint16]
) -> Rows:
    """Return who buys shares after a time without any; new clients do so soonest."""
    entry = ENTRY[weather.regime]
    maybe = np.flatnonzero((luck < sixteenth(5 * entry)) & (customer > state.invested))
    keen = (luck[maybe] < sixteenth(entry)) | (state.tenure[maybe] < 6)
    comes: Rows = maybe[keen & (worth[maybe] > 200)]
    return comes


def trade(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    held: Holders,
    came: Rows,
    luck: NDArray[np.uint16],
    keep: NDArray[np.uint16],
    money: Fen,
    trades: Floats,
) -> None:
    """Enter trades and commission; move people in and out of shares."""
    shade = luck[2] * f32(2.0**-16)
    wish = _wishes(fixed, state, weather, held.who, luck[1], shade)
    leaves = _sell(plan, state, held, wish > 0, keep.take(held.who))
    np.maximum(wish, leaves, out=wish)
    trading = np.flatnonzero(wish > 0)
    who = np.concatenate([held.who[trading], came])
    more = plan.preset.trade_series * (wish[trading].astype(np.float64) - 1)
    count = np.concatenate([1 + more, np.ones(len(came))])
    assets = state.assets.take(who)
    count = np.floor(np.minimum(np.minimum(count, MOST_TRADES), assets * 4e-5))
    part = shade.take(who).astype(np.float64) + 0.5
    size = np.minimum(fixed.trade_size.take(who) * part, assets * 0.35)
    size = np.floor(size * 1e-4) * 1e4
    count *= size > 0
    amount = count * size
    due = np.floor((size * fixed.rate.take(who) + 500_000) / 1e6)
    fee = count * np.maximum(fixed.minimum_fee.take(who), due)
    money[TRADED][who], money[FEE][who] = amount, fee
    money[PNL][who] = -fee - np.rint(amount * weather.levy)
    trades[who] = count
    state.invested[held.who[leaves]] = False
    state.invested[came] = True
    state.gain[came] = 1


def _wishes(
    fixed: Fixed,
    state: State,
    weather: Weather,
    who: Rows,
    luck: NDArray[np.uint16],
    shade: Floats,
) -> Floats:
    """Return how often each of some would like to trade."""
    wish = exponential(luck.take(who))
    wish *= fixed.people.traits["trades_monthly"].take(who)
    mood = state.satisfaction.take(who)
    mood *= f32(0.65)
    mood += f32(0.6)
    mood *= f32(EAGER[weather.regime])
    mood *= state.pace.take(who)
    wish *= mood
    wish += shade.take(who)
    return np.floor(wish, out=wish)


def _sell(
    plan: Plan, state: State, held: Holders, trading: Flags, keep: NDArray[np.uint16]
) -> Flags:
    """Sell winners more readily than losers, count both, and return who sells out."""
    tilt = (plan.nature.disposition - 1) / (plan.nature.disposition + 1)
    ahead = held.gain > 1

    def wants(chance: float) -> Flags:
        sure = keep < sixteenth(chance * (1 - tilt))
        return sure | ((keep < sixteenth(chance * (1 + tilt))) & ahead)

    leaves = wants(SELLS_OUT)
    sells = leaves | (wants(SELLS) & trading)
    cell = 2 * ahead.view(np.int8) + sells.view(np.int8)
    tally = state.sales.reshape(-1)
    tally[held.who + cell * np.intp(len(state.stage))] += 1
    some = np.flatnonzero(sells)
    held.gain[some] += f32(0.4) * (1 - held.gain[some])
    return leaves


def earn(
    fixed: Fixed,
    state: State,
    weather: Weather,
    held: Holders,
    die: NDArray[np.uint16],
    money: Fen,
) -> None:
    """Enter profit on shares and funds, and the firm's income from funds."""
    who = held.who
    chance = normal(die.take(who))
    chance *= fixed.people.traits["luck"].take(who)
    common = fixed.alpha.take(who)
    common += f32(weather.index_return + DIVIDEND)
    profit = np.maximum(common + chance, f32(-0.6))
    worth = state.assets.take(who)
    worth *= fixed.stock_share.take(who)
    state.profit = np.zeros(len(state.stage), dtype=f32)
    state.profit[who] = profit
    state.gain[who] = held.gain * (1 + profit)
    common -= profit
    common *= worth
    state.luck[who] -= f32(0.01) * common
    in_funds = state.assets * state.product
    money[INCOME] = in_funds * 0.00025 + 0.5
    in_funds *= 0.1 * weather.index_return + 0.5 * INTEREST
    worth *= profit
    in_funds[who] += worth
    np.rint(in_funds, out=in_funds)
    in_funds += money[PNL]
    state.assets += in_funds
    money[PNL] = in_funds


def move_money(
    fixed: Fixed,
    state: State,
    weather: Weather,
    customer: Flags,
    going: Rows,
    luck: NDArray[np.uint16],
    money: Fen,
) -> None:
    """Enter money in and out: people drift back to the level they can afford."""
    often = luck[0] < sixteenth(0.59)
    often &= customer
    maybe = np.flatnonzero(often)
    moves = luck[0].take(maybe) < sixteenth(0.14)
    moves |= state.assets.take(maybe) < 10_000
    moves |= state.leaving.take(maybe) == 1
    last = going[(state.leaving[going] == 1) & ~often[going]]
    who = np.concatenate([maybe[moves], last])
    wealth, grain = fixed.wealth.take(who), fixed.rounding.take(who)
    worth, way = state.assets.take(who), luck[1].take(who)
    none = worth < 10_000
    likely = 0.70 + 1.2 * weather.index_return + 2 * none
    likely += 0.35 * np.maximum(1 - worth / wealth, -1.5) + 0.03 * state.trust.take(who)
    goes = state.leaving.take(who) > 0
    brings = (way * 2.0**-16 < likely) & ~goes
    part = 0.03 + 0.35 * (way * np.uint16(40_503) * 2.0**-16) ** 2 + 0.7 * none + 0.3 * goes
    comes = np.maximum(np.rint(wealth * part / grain) * grain, 1e4)
    takes = np.minimum(np.rint(worth * part / grain) * grain, np.floor(worth * 0.9))
    comes *= brings
    takes = np.maximum(takes, 0) * ~brings
    money[INFLOW][who], money[OUTFLOW][who] = comes, takes
    state.assets[who] += comes - takes
