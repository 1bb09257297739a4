"""One month in a client's life: contacts, money, trades, profit, mood, leaving.

Every chance is a plain product of factors, so that a reader sees what drives what and every
machine gets the same numbers. Each purpose draws from its own stream, one value per client
whether needed or not, so that two policies meet the same luck. What happens to few people in
a month is worked out for those few. Trades and money are in ``trading``, leaving is in
``leaving``.
"""

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.events import (
    ASSETS,
    CALL,
    OUTFLOW,
    SMS,
    VISIT,
    Dice,
    Events,
    Touch,
    Weather,
    f32,
    sixteenth,
)
from crmkit.branch.leaving import part, start_afresh
from crmkit.branch.plan import Plan
from crmkit.branch.policies import Contacts, Month
from crmkit.branch.state import (
    CLIENT,
    DORMANT,
    LATER,
    LOST,
    NEXT_YEARS,
    PROSPECT,
    Fixed,
    Flags,
    Floats,
    State,
)
from crmkit.branch.streams import exponential, pairs, quarters, raw
from crmkit.branch.trading import blank, earn, enter, holders, move_money, trade
from crmkit.errors import CrmkitError

#: How often nothing, a visit, call, WeChat or text message reaches the client.
REACHES = (0.0, 0.92, 0.62, 0.78, 0.97)
_REACHED = np.array([chance * 65536 for chance in REACHES], dtype=np.uint16)


def live(plan: Plan, fixed: Fixed, state: State, weather: Weather, luck: Dice) -> Events:
    """Let a month pass for a block; the state moves on, the events are returned."""
    rows = len(state.stage)
    social = quarters(raw(luck.social), rows)
    trading = quarters(raw(luck.trade), rows)
    cash = quarters(raw(luck.money), rows)
    leave, other = pairs(raw(luck.leave), rows)
    money, trades = blank(state), np.zeros(rows, dtype=f32)

    worth = state.assets.astype(f32)
    worth *= f32(0.01)
    touch = _contact(plan, fixed, state, weather, worth, social)
    _open_accounts(plan, fixed, state, weather, trading[3])
    customer = state.stage == CLIENT
    accounts = np.flatnonzero(customer | (state.stage == DORMANT))
    held = holders(state, customer)
    came = enter(state, weather, customer, worth, social[3])
    trade(plan, fixed, state, weather, held, came, trading, social[2], money, trades)
    earn(fixed, state, weather, held, trading[0], money)
    going = np.flatnonzero(state.leaving > 0)
    move_money(fixed, state, weather, customer, going, cash, money)
    offered = np.flatnonzero((cash[2] < sixteenth(plan.nature.offer_chance)) & customer)
    _feel(fixed, state, touch, cash[3])
    logins = _log_in(fixed, state, customer, trades, trading[3])
    complained = part(
        plan, fixed, state, weather, customer, going, offered, leave, other, money[OUTFLOW]
    )
    money[ASSETS] = state.assets
    _grow_older(plan, fixed, state, trades, touch)
    return Events(accounts, money, trades, logins, touch, complained, offered)


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
    if not isinstance(asked, Contacts):
        raise CrmkitError("branch.bad_policy", value=asked)
    asked.refuse_nonsense(len(worth))
    meet = luck[0] * f32(2.0**-16)
    visit = asked.visit
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
        state.propensity = (asked.call * fixed.reachable).astype(f32)
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
    start_afresh(plan, fixed, state, opens)


def _feel(fixed: Fixed, state: State, touch: Touch, event: NDArray[np.uint16]) -> None:
    """Move satisfaction, and sell products to some of those who were met."""
    mood = state.satisfaction
    mood *= f32(0.88)
    mood += f32(0.12 * 0.60)
    mood += fixed.warmth * state.trust
    mood += np.minimum(state.profit, fixed.nothing) * fixed.hurt
    mood[np.flatnonzero(event > sixteenth(1 - 0.006))] -= f32(0.3)
    np.clip(mood, f32(0), f32(1), out=mood)
    met = touch.who[np.flatnonzero(touch.reached & (touch.kind <= CALL))]
    buys = met[(event[met] < sixteenth(0.043)) & (state.stage[met] == CLIENT)]
    state.product[buys] = np.minimum(state.product[buys] + 0.15, 0.75)


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


def _grow_older(plan: Plan, fixed: Fixed, state: State, trades: Floats, touch: Touch) -> None:
    """Add a month to everything that counts months; tenure changes the chance of leaving."""
    state.tenure += np.int16(1)
    turned = np.flatnonzero((state.tenure == 12) | (state.tenure == 48))
    phase = np.where(state.tenure[turned] == 12, f32(NEXT_YEARS), f32(LATER))
    state.settled[turned] = 1
    state.inclined[turned] = f32(plan.nature.leaving) * phase * fixed.frailty[turned]
    state.since_trade += np.int16(1)
    state.since_trade *= (trades == 0).view(np.int8)
    state.since_contact += np.int16(1)
    state.since_contact[touch.who[np.flatnonzero(touch.reached)]] = 0
