"""One month in a client's life: contacts, money, trades, profit, mood, leaving.

Every chance is a plain product of factors, so that a reader sees what drives what and every
machine gets the same numbers. Each purpose draws from its own stream, one value per client
whether needed or not, so that two policies meet the same luck. What happens to few people in
a month is worked out for those few.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import Plan
from crmkit.branch.policies import Month
from crmkit.branch.state import (
    CLIENT,
    DORMANT,
    FIRST_YEAR,
    LATER,
    LOST,
    NEXT_YEARS,
    NONE_YET,
    PROSPECT,
    Fixed,
    Flags,
    Floats,
    Money,
    Small,
    State,
)
from crmkit.branch.streams import exponential, normal, pairs, quarters, raw, stream

Rows = NDArray[np.intp]
f32 = np.float32

VISIT, CALL, WECHAT, SMS = 1, 2, 3, 4
CAUSES = ("price", "loss", "neglect", "service", "life")

#: How often nothing, a visit, call, WeChat or text message reaches the client.
REACHES = (0.0, 0.92, 0.62, 0.78, 0.97)
_REACHED = np.array([chance * 65536 for chance in REACHES], dtype=np.uint16)

#: How eager people are to trade, and monthly chance of coming back to shares, by regime.
EAGER = {"bull": 1.13, "flat": 1.0, "bear": 0.85}
ENTRY = {"bull": 0.060, "flat": 0.045, "bear": 0.040}

#: Monthly chance of selling part of a position, and of selling out.
SELLS, SELLS_OUT = 0.30, 0.050

#: Dividends on shares, and interest on funds, per month.
DIVIDEND, INTEREST = 0.0016, 0.0014


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
class Dice:
    """The streams of a block, one per purpose; each month takes the next bits of all."""

    social: np.random.SFC64
    trade: np.random.SFC64
    money: np.random.SFC64
    leave: np.random.SFC64


def dice(plan: Plan, block: int) -> Dice:
    """Return the streams of a block."""
    names = ("social", "trade", "money", "leave")
    return Dice(*(stream(plan.seed, "life", name, block) for name in names))


#: The columns of money an account's month has, in the order of ``Events.money``.
MONEY = ("trade_amount", "commission", "product_income", "inflow", "outflow", "pnl", "assets_end")


@dataclass(frozen=True)
class Touch:
    """The contacts a manager made in a month: with whom, of which kind, who was reached."""

    who: Rows
    kind: Small
    reached: Flags


@dataclass(frozen=True)
class Events:
    """What happened to a block in one month.

    ``money`` has one row for each column of ``MONEY``, in whole fen.
    """

    has_account: Flags
    money: Money
    trades: Floats
    logins: Floats
    touch: Touch
    complained: Rows
    offered: Rows


def live(plan: Plan, fixed: Fixed, state: State, weather: Weather, luck: Dice) -> Events:
    """Let a month pass for a block; the state moves on, the events are returned."""
    rows = len(state.stage)
    social = quarters(raw(luck.social), rows)
    trading = quarters(raw(luck.trade), rows)
    cash = quarters(raw(luck.money), rows)
    leave, other = pairs(raw(luck.leave), rows)
    money, trades = np.zeros((len(MONEY), rows)), np.zeros(rows, dtype=f32)

    worth = state.assets.astype(f32)
    worth *= f32(0.01)
    touch = _contact(plan, fixed, state, weather, worth, social)
    _open_accounts(plan, fixed, state, weather, trading[3])
    customer = state.stage == CLIENT
    has_account = customer | (state.stage == DORMANT)
    held = np.flatnonzero(state.invested & customer)
    came = _enter(state, weather, customer, worth, social[3])
    _trade(plan, fixed, state, weather, held, came, trading, social[2], money, trades)
    _earn(fixed, state, weather, held, trading[0], money)
    _move_money(fixed, state, weather, customer, cash, money)
    state.assets += money[5]
    state.assets += money[3]
    state.assets -= money[4]
    offered = np.flatnonzero((cash[2] < sixteenth(plan.nature.offer_chance)) & customer)
    _feel(fixed, state, held, touch, cash[3])
    complained = _complain(plan, state, customer, leave)
    logins = _log_in(fixed, state, customer, trades, trading[3])
    _part(plan, fixed, state, weather, customer, offered, leave, other, money[4])
    money[6] = state.assets
    _grow_older(plan, fixed, state, trades, touch)
    _come_back(plan, fixed, state, weather, other)
    return Events(has_account, money, trades, logins, touch, complained, offered)


def sixteenth(chance: float) -> np.uint16:
    """Return the 16-bit number below which a chance comes true."""
    return np.uint16(min(max(chance, 0.0), 0.99998) * 65536)


def see(fixed: Fixed, state: State, weather: Weather, worth: Floats) -> Month:
    """Return what the manager can see when a month begins."""
    return Month(
        number=weather.number,
        last=weather.last,
        regime=weather.regime,
        client=fixed.people.client,
        assets=worth,
        tenure=state.tenure,
        months_since_trade=state.since_trade,
        months_since_contact=state.since_contact,
        profit=state.profit,
        may_call=fixed.may_call,
        may_message=fixed.may_message,
        likes_messages=fixed.likes_messages,
    )


def _contact(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    worth: Floats,
    luck: NDArray[np.uint16],
) -> Touch:
    """Contact those the policy picks, unless they are gone, unknown or asked for peace."""
    asked = plan.policy(see(fixed, state, weather, worth))
    meet = luck[0].astype(f32)
    meet *= f32(2.0**-16)
    visit = asked.visit + f32(0)
    call = visit + asked.call
    wechat = call + asked.wechat
    maybe = np.flatnonzero((meet < wechat + asked.sms) & fixed.reachable)
    here = (state.stage[maybe] != LOST) & (fixed.arrival[maybe] <= weather.number)
    who = maybe[np.flatnonzero(here)]
    met = meet[who]
    kind = np.full(len(who), SMS, dtype=np.int8)
    for edge in (visit, call, wechat):
        kind -= met < (edge[who] if isinstance(edge, np.ndarray) else edge)
    reached = luck[1][who] < _REACHED[kind]
    if weather.last:
        state.propensity = ((call - visit) * fixed.reachable).astype(f32)
    touch = Touch(who, kind, reached)
    _remember(plan, state, touch, asked.times)
    return touch


def _remember(plan: Plan, state: State, touch: Touch, times: int) -> None:
    """Build trust by visits and calls that reached the client, comfort by those in a slump."""
    nature = plan.nature
    state.trust *= f32(nature.memory)
    state.comfort *= f32(nature.memory)
    state.crowd *= f32(0.5)
    state.crowd[touch.who] += times
    spoke = np.flatnonzero(touch.reached & (touch.kind <= CALL))
    talked = touch.who[spoke]
    visits = nature.visit_effect / nature.call_effect if nature.call_effect else 1.0
    weight = np.where(touch.kind[spoke] == VISIT, f32(visits), f32(1))
    state.trust[talked] = np.maximum(state.trust[talked], weight)
    state.comfort[talked[state.profit[talked] < -0.10]] = 1
    state.meetings[talked] += times


def _open_accounts(
    plan: Plan, fixed: Fixed, state: State, weather: Weather, luck: NDArray[np.uint16]
) -> None:
    """Let prospects open; every meeting helps, and a recommendation does."""
    waiting = np.flatnonzero((state.stage == PROSPECT) & (fixed.arrival <= weather.number))
    met = np.minimum(state.meetings[waiting] / plan.nature.meetings_needed, 1.5)
    chance = plan.nature.opening * (1 + 3 * met) * (1 + 0.6 * (fixed.people.source[waiting] == 3))
    opens = waiting[luck[waiting] > 65536 * (1 - chance)]
    state.stage[opens] = CLIENT
    state.opened[opens] = weather.number
    state.since_trade[opens] = 0
    _start_afresh(plan, fixed, state, opens)


def _start_afresh(plan: Plan, fixed: Fixed, state: State, who: Rows) -> None:
    state.tenure[who] = 0
    state.settled[who] = 0
    state.inclined[who] = f32(plan.nature.leaving * FIRST_YEAR) * fixed.frailty[who]


def _enter(
    state: State, weather: Weather, customer: Flags, worth: Floats, luck: NDArray[np.uint16]
) -> Rows:
    """Return who buys shares after a time without any; new clients do so soonest."""
    entry = ENTRY[weather.regime]
    keen = luck < sixteenth(5 * entry)
    keen &= (luck < sixteenth(entry)) | (state.tenure < 6)
    keen &= customer & ~state.invested
    maybe = np.flatnonzero(keen)
    return maybe[worth[maybe] > 200]


def _trade(
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
    money[0, who], money[1, who] = amount, fee
    money[5, who] = -fee - np.rint(amount * weather.levy)
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


def _earn(
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
    money[2] = np.rint(in_funds * 0.00025)
    in_funds *= 0.1 * weather.index_return + 0.5 * INTEREST
    in_funds[held] += worth * profit
    money[5] += np.rint(in_funds)


def _move_money(
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
    worth = state.assets[who] + money[5, who]
    way = luck[1][who]
    likely = 0.70 + 1.2 * weather.index_return + 2 * none
    likely += 0.35 * np.maximum(1 - worth / wealth, -1.5) + 0.03 * state.trust[who]
    goes = state.leaving[who] > 0
    brings = (way * 2.0**-16 < likely) & ~goes
    part = 0.03 + 0.35 * (way * np.uint16(40_503) * 2.0**-16) ** 2 + 0.7 * none + 0.3 * goes
    comes = np.maximum(np.rint(wealth * part / grain) * grain, 1e4)
    takes = np.minimum(np.rint(worth * part / grain) * grain, np.floor(worth * 0.9))
    money[3, who] = comes * brings
    money[4, who] = np.maximum(takes, 0) * ~brings


def _feel(fixed: Fixed, state: State, held: Rows, touch: Touch, event: NDArray[np.uint16]) -> None:
    """Move satisfaction, and sell products to some of those who were met."""
    mood = state.satisfaction
    mood *= f32(0.88)
    mood += f32(0.12 * 0.60)
    mood += fixed.warmth * state.trust
    mood[held] += np.minimum(state.profit[held], f32(0)) * fixed.hurt[held]
    mood[np.flatnonzero(event > sixteenth(1 - 0.006))] -= f32(0.3)
    np.maximum(mood, f32(0), out=mood)
    np.minimum(mood, f32(1), out=mood)
    met = touch.who[np.flatnonzero(touch.reached & (touch.kind <= CALL))]
    buys = met[(event[met] < sixteenth(0.043)) & (state.stage[met] == CLIENT)]
    state.product[buys] = np.minimum(state.product[buys] + f32(0.15), f32(0.75))


def _complain(plan: Plan, state: State, customer: Flags, luck: Floats) -> Rows:
    """Return who complains: rarely, five times as often after a loss of a fifth."""
    chance = plan.nature.complaint_chance
    maybe = np.flatnonzero((luck > f32(1 - chance * 9)) & customer)
    cross = 1 + 4 * (state.profit[maybe] < -0.2) + 4 * (state.satisfaction[maybe] < 0.35)
    complained: Rows = maybe[luck[maybe] > 1 - chance * cross]
    return complained


def _log_in(
    fixed: Fixed, state: State, customer: Flags, trades: Floats, die: NDArray[np.uint16]
) -> Floats:
    """Return log-ins: a habit, more while shares are held, fewer when unhappy or leaving."""
    logins = exponential(die)
    logins *= fixed.people.traits["logins_monthly"]
    logins *= f32(0.4) + state.satisfaction
    logins *= state.pace
    logins *= f32(0.25) + state.invested.view(np.int8)
    logins += trades
    np.floor(logins, out=logins)
    logins *= customer
    return logins


def _part(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    customer: Flags,
    offered: Rows,
    leave: Floats,
    other: Floats,
    outflow: Money,
) -> None:
    """Let people decide to go, go, and fall silent; what they take along flows out."""
    chance = _chance_to_leave(plan, fixed, state, offered)
    decided = np.flatnonzero(state.leaving)
    maybe = np.flatnonzero((leave < chance) & customer)
    decides = maybe[state.leaving[maybe] == 0]
    state.leaving[decided] -= 1
    gone = decided[state.leaving[decided] == 0]
    quiet = np.flatnonzero((other < f32(plan.nature.silence * 2)) & customer)
    quiet = quiet[state.leaving[quiet] == 0]
    sleeps = quiet[other[quiet] < plan.nature.silence * np.minimum(fixed.frailty[quiet], 2)]
    for who, share in ((sleeps, 0.98), (gone, 1.0)):
        taken = np.floor(state.assets[who] * share)
        state.assets[who] -= taken
        outflow[who] += taken
        state.invested[who] = False
        state.pace[who] = 1
    state.stage[sleeps] = DORMANT
    state.stage[gone] = LOST
    state.left[gone] = weather.number
    state.tenure[gone] = NONE_YET
    state.leaving[decides] = 2
    state.pace[decides] = 0.4
    _note_why(fixed, state, decides, offered, other)


def _note_why(fixed: Fixed, state: State, who: Rows, offered: Rows, luck: Floats) -> None:
    """Keep what weighed on those who decided to go; ``causes`` makes sense of it later."""
    tempted = np.zeros(len(state.stage), dtype=np.bool_)
    tempted[offered] = True
    state.reasons[:, who] = (
        tempted[who],
        state.satisfaction[who],
        state.since_contact[who] > 6,
        luck[who],
    )


def causes(fixed: Fixed, state: State) -> NDArray[np.int8]:
    """Return why each client left or is leaving, each cause as likely as it weighed; -1 for
    those who stay."""
    traits = fixed.people.traits
    tempted, mood, neglected, luck = state.reasons
    weights = np.stack([
        fixed.price * (0.3 + 6 * tempted),
        4 * np.maximum(0.55 - mood, 0) * traits["loss_aversion"],
        0.5 * traits["service_need"] * neglected,
        0.25 * traits["service_need"],
        np.full(len(luck), 0.15),
    ])  # fmt: skip
    edges = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    cause = (luck > edges[:4]).sum(axis=0)
    return np.where((state.left >= 0) | (state.leaving > 0), cause, -1).astype(np.int8)


def _chance_to_leave(plan: Plan, fixed: Fixed, state: State, offered: Rows) -> Floats:
    nature = plan.nature
    kept = f32(-nature.call_effect) * state.trust
    kept *= state.settled
    kept += f32(1)
    chance = state.inclined * kept
    kept = f32(-nature.comfort_effect) * state.comfort
    kept += f32(1)
    chance *= kept
    upset = f32(-2) * state.satisfaction
    upset += f32(2.2)
    chance *= np.maximum(upset, f32(0.2), out=upset)
    chance[offered] *= 1 + f32(nature.offer_effect) * fixed.price[offered]
    crowded = np.flatnonzero(state.crowd > fixed.bearable)
    over = 0.5 * (state.crowd[crowded] - fixed.bearable[crowded])
    chance[crowded] *= 1 + nature.crowding * over
    return chance


def _come_back(plan: Plan, fixed: Fixed, state: State, weather: Weather, luck: Floats) -> None:
    """Wake some of the silent, sooner in a bull market or when reached; some of those who
    left come back after half a year."""
    late = np.flatnonzero(luck > f32(0.96))
    stage = state.stage[late]
    rate = plan.nature.waking * (2.5 if weather.regime == "bull" else 1.0)
    asleep = late[stage == DORMANT]
    eager = np.where(state.since_contact[asleep] == 0, 3, 1)
    state.stage[asleep[luck[asleep] > 1 - np.minimum(rate * eager, 0.04)]] = CLIENT
    away = late[(stage == LOST) & (luck[late] > 1 - 0.004)]
    back = away[state.left[away] <= weather.number - 6]
    state.stage[back] = CLIENT
    state.left[back] = -1
    _start_afresh(plan, fixed, state, back)


def _grow_older(plan: Plan, fixed: Fixed, state: State, trades: Floats, touch: Touch) -> None:
    """Add a month to everything that counts months; tenure changes the chance of leaving."""
    state.tenure += (state.tenure > NONE_YET).view(np.int8)
    for tenure, phase in ((12, NEXT_YEARS), (48, LATER)):
        turned = np.flatnonzero(state.tenure == tenure)
        state.settled[turned] = 1
        state.inclined[turned] = f32(plan.nature.leaving * phase) * fixed.frailty[turned]
    state.since_trade += 1
    state.since_trade *= trades == 0
    state.since_contact += 1
    state.since_contact[touch.who[np.flatnonzero(touch.reached)]] = 0
