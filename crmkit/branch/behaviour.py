"""One month in a client's life: contacts, money, trades, profit, mood, leaving.

Every chance is a plain product of factors, so that a reader sees what drives what and every
machine gets the same numbers. Each purpose draws from its own stream, one value per client
whether needed or not, so that two policies meet the same luck.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import Plan
from crmkit.branch.policies import Month
from crmkit.branch.state import (
    CLIENT,
    DORMANT,
    LOST,
    NONE_YET,
    PROSPECT,
    Fixed,
    Flags,
    Floats,
    Money,
    Small,
    State,
)
from crmkit.branch.streams import Bits, bits, exponential, normal, pairs, quarters

VISIT, CALL, WECHAT, SMS = 1, 2, 3, 4

#: How often a contact of each kind reaches the client (none, visit, call, WeChat, SMS).
_REACHES = np.array([0, 0.92, 0.62, 0.78, 0.97], dtype=np.float32)

#: How eager people are to trade, and how many come back to shares, by regime.
_EAGER = {"bull": 1.30, "flat": 1.0, "bear": 0.85}
_ENTRY = {"bull": 0.060, "flat": 0.045, "bear": 0.040}

#: Relative chance of leaving in the first, second, third, fourth and every later year.
_TENURE = np.repeat(np.array([0.62, 1.06, 1.06, 1.06, 1.0], dtype=np.float32), 12)

#: Share of a position that is sold now and then, and monthly chance of selling out.
_PART, _OUT = 0.30, 0.050

#: Dividends, and the return of funds and deposits, per month.
_DIVIDEND, _INTEREST = 0.0016, 0.0014

CAUSES = ("price", "loss", "neglect", "service", "life")


@dataclass(frozen=True)
class Weather:
    """What a month is like for everybody: its number and calendar month, market and taxes."""

    number: int
    calendar: int
    index_return: float
    regime: str
    levy: float
    last: bool


@dataclass(frozen=True)
class Events:
    """What happened to a block in one month; money in whole fen."""

    open: Flags
    kind: Small
    reached: Flags
    trades: NDArray[np.float32]
    amount: Money
    fee: Money
    product_income: Money
    inflow: Money
    outflow: Money
    pnl: Money
    logins: Floats
    complained: NDArray[np.intp]
    offered: Flags


def live(plan: Plan, block: int, fixed: Fixed, state: State, weather: Weather) -> Events:
    """Let a month pass for a block; the state moves on, the events are returned."""

    def draw(purpose: str) -> Bits:
        rows = len(state.stage)
        return bits(plan.seed, "life", purpose, block, rows, weather.calendar)

    kind, reached = _contact(plan, fixed, state, weather, draw("contact"))
    _open_accounts(plan, fixed, state, weather, reached & (kind <= CALL), draw("open"))
    customer = state.stage == CLIENT
    has_account = customer | (state.stage == DORMANT)
    dice = quarters(draw("trade"))
    count, size, sold = _trade(plan, fixed, state, weather, customer, dice, draw("hold"))
    amount = count * size
    fee = count * np.maximum(fixed.minimum_fee, np.rint(size * fixed.rate)) * (size > 0)
    earned, income = _earn(fixed, state, weather, dice[0])
    pnl = earned - fee - np.rint(amount * weather.levy)
    inflow, outflow = _move_money(fixed, state, weather, customer, pnl, draw("money"))
    _settle(state, sold, pnl + inflow - outflow)
    offered = _feel(plan, fixed, state, kind, reached, draw("feel"))
    complained = _complaints(plan, fixed, state, customer, draw("complaint"))
    outflow += _part(plan, fixed, state, weather, customer, reached, offered, draw("leave"))
    logins = _log_in(fixed, state, has_account, count, dice[3])
    _grow_older(state, has_account, amount > 0, reached)
    return Events(
        has_account, kind, reached, count, amount, fee, income, inflow, outflow, pnl, logins,
        complained, offered,
    )  # fmt: skip


def see(fixed: Fixed, state: State, weather: Weather) -> Month:
    """Return what the manager can see when a month begins."""
    return Month(
        number=weather.number,
        last=weather.last,
        regime=weather.regime,
        client=fixed.people.client,
        assets=state.assets / 100,
        tenure=state.tenure,
        months_since_trade=state.since_trade,
        months_since_contact=state.since_contact,
        profit=state.profit,
        may_call=fixed.may_call,
        may_message=fixed.may_message,
        likes_messages=fixed.likes_messages,
    )


def _contact(
    plan: Plan, fixed: Fixed, state: State, weather: Weather, drawn: Bits
) -> tuple[Small, Flags]:
    """Contact those the policy picks, unless they are gone, unknown or asked for peace."""
    asked = plan.policy(see(fixed, state, weather))
    here = (state.stage != LOST) & (fixed.people.arrival <= weather.number)
    may = here & ~fixed.people.silent
    luck, answer = pairs(drawn)
    visit = np.float32(asked.visit)
    call = visit + np.float32(asked.call)
    wechat = call + np.float32(asked.wechat)
    kind = np.int8(4) - (luck < visit) - (luck < call) - (luck < wechat)
    kind = (kind * ((luck < wechat + np.float32(asked.sms)) & may)).astype(np.int8)
    state.propensity = (call - visit) * may
    reached = answer < _REACHES.take(kind)
    talked = reached & (kind <= CALL)
    nature = plan.nature
    weight = np.where(
        kind == VISIT, np.float32(nature.visit_effect / max(nature.call_effect, 1e-6)), 1
    )
    state.trust = np.maximum(talked * weight, state.trust * np.float32(nature.memory)).astype(
        np.float32
    )
    hurt = talked & (state.profit < -0.10)
    state.comfort = np.maximum(hurt, state.comfort * np.float32(nature.memory))
    state.crowd = np.float32(0.5) * state.crowd + asked.times * (kind > 0)
    state.meetings += asked.times * talked
    return kind, reached


def _open_accounts(
    plan: Plan, fixed: Fixed, state: State, weather: Weather, talked: Flags, drawn: Bits
) -> None:
    """Let prospects open; every meeting helps, and a recommendation does."""
    waiting = np.flatnonzero((state.stage == PROSPECT) & (fixed.people.arrival <= weather.number))
    met = np.minimum(state.meetings[waiting] / plan.nature.meetings_needed, 1.5)
    chance = plan.nature.opening * (1 + 3 * met) * (1 + 0.6 * (fixed.people.source[waiting] == 3))
    opens = waiting[pairs(drawn)[0][waiting] < chance]
    state.stage[opens] = CLIENT
    state.tenure[opens] = 0
    state.opened[opens] = weather.number
    state.since_trade[opens] = 0
    state.gain[opens] = 1


def _trade(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    customer: Flags,
    dice: NDArray[np.uint16],
    drawn: Bits,
) -> tuple[Floats, Money, Flags]:
    """Return number and size of trades, and who sold; move people in and out of shares."""
    luck, entry = pairs(drawn)
    tilt = np.float32((plan.nature.disposition - 1) / (plan.nature.disposition + 1))
    ahead = state.gain > 1
    eager = np.float32(1) + tilt * (ahead * np.float32(2) - np.float32(1))
    held = state.invested & customer
    mood = np.float32(_EAGER[weather.regime]) * (
        np.float32(0.6) + np.float32(0.65) * state.satisfaction
    )
    mood *= np.float32(1) - np.float32(0.6) * (state.leaving > 0)
    wish = fixed.people.traits["trades_monthly"] * mood * exponential(dice[1])
    count = np.floor(wish + dice[2] * np.float32(2**-16)) * held
    most = np.minimum(np.floor(state.assets * 4e-5), 80)
    leaves = held & (luck < np.float32(_OUT) * eager)
    sold = leaves | ((count > 0) & (luck < np.float32(_PART) * eager))
    fresh = np.float32(_ENTRY[weather.regime]) * (
        np.float32(1) + np.float32(4) * (state.tenure < 6)
    )
    enters = customer & ~state.invested & (entry < fresh) & (state.assets > 20_000)
    count = np.minimum(np.maximum(count, leaves | enters), most)
    size = fixed.trade_size * (0.5 + dice[2].astype(np.float64) * 2**-16)
    size = np.floor(np.minimum(size, state.assets * 0.35) * 1e-4) * 1e4
    state.winning += held & ahead
    state.losing += held & ~ahead
    state.winners_sold += sold & ahead
    state.losers_sold += sold & ~ahead
    state.gain += (sold | enters) * (np.float32(0.4) + np.float32(0.6) * enters) * (1 - state.gain)
    state.invested = (held & ~leaves) | enters
    return count * (size > 0), size, sold


def _earn(
    fixed: Fixed, state: State, weather: Weather, die: NDArray[np.uint16]
) -> tuple[Money, Money]:
    """Return profit before costs, and the firm's income from funds; all in whole fen."""
    traits = fixed.people.traits
    chance = traits["luck"] * normal(die)
    common = fixed.alpha + np.float32(weather.index_return + _DIVIDEND)
    state.profit = np.maximum(common + chance, np.float32(-0.6)) * state.invested
    state.gain *= 1 + state.profit
    held = state.assets * traits["stock_share"]
    in_funds = state.assets * state.product * 0.5
    state.luck += held * (state.profit - common * state.invested)
    earned = np.rint(held * state.profit + in_funds * (0.2 * weather.index_return + _INTEREST))
    return earned, np.rint(in_funds * 0.0005)


def _move_money(
    fixed: Fixed, state: State, weather: Weather, customer: Flags, pnl: Money, drawn: Bits
) -> tuple[Money, Money]:
    """Return money in and out: people drift back to the level they can afford."""
    when, way = pairs(drawn)
    gap = np.clip(1 - state.assets / fixed.wealth, -1.5, 1).astype(np.float32)
    new = (state.assets < 10_000) & customer
    chance = np.float32(0.14) + np.float32(0.45) * new
    moves = (when < chance) & customer
    likely = np.float32(0.5) + np.float32(0.35) * gap + np.float32(0.03) * state.trust
    brings = moves & ((way < likely + np.float32(1.2 * weather.index_return)) | new)
    part = (when / chance) ** 2 * 0.35 + 0.03
    grain = fixed.rounding
    wish = np.rint(fixed.wealth * (part + 0.5 * new) / grain) * grain
    inflow = np.minimum(wish, fixed.wealth * 2) * brings
    worth = np.maximum(state.assets + pnl, 0)
    part = part + 0.3 * (state.leaving > 0)
    takes = (moves & ~brings) | (state.leaving == 1)
    outflow = np.minimum(np.rint(worth * part / grain) * grain, np.floor(worth * 0.9)) * takes
    return inflow, outflow


def _settle(state: State, sold: Flags, change: Money) -> None:
    state.assets = np.maximum(state.assets + change, 0)


def _feel(
    plan: Plan, fixed: Fixed, state: State, kind: Small, reached: Flags, drawn: Bits
) -> Flags:
    """Move satisfaction and products; return who got a rival's offer."""
    offer, event = pairs(drawn)
    traits = fixed.people.traits
    loss = np.minimum(state.profit, np.float32(0)) * traits["loss_aversion"]
    calm = np.float32(0.62) + np.float32(0.18) * state.trust * traits["service_need"]
    calm -= np.float32(0.06) * (state.since_contact > 9) * traits["service_need"]
    fault = event > np.float32(1 - 0.006)
    state.satisfaction += np.float32(0.12) * (calm - state.satisfaction)
    state.satisfaction += np.float32(0.5) * loss - np.float32(0.3) * fault
    np.clip(state.satisfaction, 0, 1, out=state.satisfaction)
    buys = event < np.float32(0.003) + np.float32(0.04) * (reached & (kind <= CALL) & (kind > 0))
    state.product = np.minimum(state.product + np.float32(0.15) * buys, np.float32(0.75))
    return offer < np.float32(plan.nature.offer_chance)


def _complaints(
    plan: Plan, fixed: Fixed, state: State, customer: Flags, drawn: Bits
) -> NDArray[np.intp]:
    """Return who complains: rarely, five times as often after a loss of a fifth."""
    luck = pairs(drawn)[0]
    chance = np.float32(plan.nature.complaint_chance)
    maybe = np.flatnonzero((luck < chance * 10) & customer)
    cross = 1 + 4 * (state.profit[maybe] < -0.2) + 4 * (state.satisfaction[maybe] < 0.35)
    complained: NDArray[np.intp] = maybe[luck[maybe] < chance * cross]
    return complained


def _part(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    customer: Flags,
    reached: Flags,
    offered: Flags,
    drawn: Bits,
) -> Money:
    """Let people decide to leave, leave, fall silent and come back; return what they take."""
    leave, other = pairs(drawn)
    nature = plan.nature
    late = state.tenure >= 12
    over = np.maximum(state.crowd * np.float32(0.5) - fixed.people.traits["tolerance"], 0)
    chance = np.float32(nature.leaving) * _TENURE.take(np.clip(state.tenure, 0, 59)) * fixed.frailty
    chance *= np.float32(1) - np.float32(nature.call_effect) * state.trust * late
    chance *= np.float32(1) - np.float32(nature.comfort_effect) * state.comfort
    chance *= np.float32(1) + np.float32(nature.crowding) * over
    chance *= np.maximum(np.float32(2.2) - np.float32(2) * state.satisfaction, np.float32(0.2))
    pressed = np.float32(nature.offer_effect) * fixed.price * offered
    chance *= np.float32(1) + pressed
    gone = customer & (state.leaving == 1)
    decides = np.flatnonzero(customer & (state.leaving == 0) & (leave < chance))
    state.cause[decides] = _causes(fixed, state, pressed, decides, other)
    state.leaving -= state.leaving > 0
    state.leaving[decides] = 2
    sleeps = customer & ~gone & (other < np.float32(nature.silence) * fixed.frailty)
    _wake(plan, state, weather, reached, other)
    taken = state.assets * gone + np.floor(state.assets * 0.98) * sleeps
    state.assets -= taken
    state.invested &= ~(gone | sleeps)
    state.stage[gone] = LOST
    state.left[gone] = weather.number
    state.tenure[gone] = NONE_YET
    state.stage[sleeps] = DORMANT
    return taken


def _wake(plan: Plan, state: State, weather: Weather, reached: Flags, other: Floats) -> None:
    """Let some of the silent wake, sooner in a bull market or when somebody rings, and some
    of those who left come back half a year later."""
    rate = plan.nature.waking * (2.5 if weather.regime == "bull" else 1.0)
    asleep = np.flatnonzero(state.stage == DORMANT)
    state.stage[asleep[other[asleep] > 1 - rate * (1 + 2 * reached[asleep])]] = CLIENT
    away = np.flatnonzero((state.stage == LOST) & (state.left <= weather.number - 6))
    back = away[other[away] > 1 - 0.004]
    state.stage[back] = CLIENT
    state.tenure[back] = 0
    state.left[back] = -1
    state.cause[back] = -1


def _causes(
    fixed: Fixed, state: State, pressed: Floats, who: NDArray[np.intp], luck: Floats
) -> NDArray[np.int8]:
    """Return why people leave, each cause as likely as it weighs."""
    need = fixed.people.traits["service_need"][who]
    weights = np.stack([
        0.3 * fixed.price[who] + pressed[who],
        4 * np.maximum(0.55 - state.satisfaction[who], 0) * fixed.people.traits["loss_aversion"][who],
        0.5 * need * (state.since_contact[who] > 6),
        0.25 * need,
        np.full(len(who), 0.15),
    ])  # fmt: skip
    edges = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    return (luck[who] > edges[:4]).sum(axis=0).astype(np.int8)


def _log_in(
    fixed: Fixed, state: State, has_account: Flags, count: Floats, die: NDArray[np.uint16]
) -> Floats:
    """Return log-ins: a habit, more while shares are held, fewer when unhappy or leaving."""
    wish = fixed.people.traits["logins_monthly"] * (np.float32(0.25) + state.invested)
    wish *= np.float32(0.4) + state.satisfaction
    awake = (state.stage == CLIENT) & (state.leaving == 0)
    wish *= np.float32(0.35) + np.float32(0.65) * awake
    return np.floor(wish * exponential(die) * (state.stage != DORMANT) + count) * has_account


def _grow_older(state: State, has_account: Flags, traded: Flags, reached: Flags) -> None:
    state.tenure += state.tenure > NONE_YET
    state.since_trade += 1
    state.since_trade[traded] = 0
    state.since_contact += 1
    state.since_contact[reached] = 0
