"""Who complains, leaves, falls silent and comes back, and why."""

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.events import Fen, Rows, Weather, f32
from crmkit.branch.plan import Plan
from crmkit.branch.state import (
    CLIENT,
    DORMANT,
    FIRST_YEAR,
    LOST,
    NONE_YET,
    Fixed,
    Flags,
    Floats,
    State,
)

CAUSES = ("price", "loss", "neglect", "service", "life")


def part(
    plan: Plan,
    fixed: Fixed,
    state: State,
    weather: Weather,
    customer: Flags,
    going: Rows,
    offered: Rows,
    leave: Floats,
    other: Floats,
    outflow: Fen,
) -> Rows:
    """Let people complain, decide to go, go, fall silent and come back.

    What they take along flows out. Returns who complains.
    """
    nature = plan.nature
    chance = _chance_to_leave(plan, fixed, state, offered)
    cross = f32(1 - nature.complaint_chance * 9)
    maybe = np.flatnonzero(((leave < chance) | (leave > cross)) & customer)
    decides = maybe[(leave[maybe] < chance[maybe]) & (state.leaving[maybe] == 0)]
    complained = _complain(plan, state, maybe, leave)
    few = np.flatnonzero((other < f32(nature.silence * 2)) | (other > f32(_LATE)))
    quiet = few[other[few] < nature.silence * np.minimum(fixed.frailty[few], 2)]
    sleeps = quiet[customer[quiet] & (state.leaving[quiet] == 0)]
    state.leaving[going] -= 1
    gone = going[state.leaving[going] == 0]
    for who, share in ((sleeps, 0.98), (gone, 1.0)):
        taken = np.floor(state.assets[who] * share)
        state.assets[who] -= taken
        outflow[who] += taken.astype(np.int64)
        state.invested[who] = False
        state.pace[who] = 1
    state.stage[sleeps] = DORMANT
    state.stage[gone] = LOST
    state.left[gone] = weather.number
    state.tenure[gone] = NONE_YET
    state.leaving[decides] = JUST_DECIDED
    state.pace[decides] = 0.4
    _note_why(state, decides, offered, other)
    _come_back(plan, fixed, state, weather, few[other[few] > f32(_LATE)], other)
    return complained


#: Those who wake or come back are among those with more luck than this.
_LATE = 0.96

#: Months until somebody who has made up his mind is gone.
JUST_DECIDED = 2


def _complain(plan: Plan, state: State, maybe: Rows, luck: Floats) -> Rows:
    """Return who complains: rarely, five times as often after a loss of a fifth."""
    cross = 1 + 4 * (state.profit[maybe] < -0.2) + 4 * (state.satisfaction[maybe] < 0.35)
    complained: Rows = maybe[luck[maybe] > 1 - plan.nature.complaint_chance * cross]
    return complained


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
    if state.crowd.max() > fixed.patience:
        crowded = np.flatnonzero(state.crowd > fixed.bearable)
        over = 0.5 * (state.crowd[crowded] - fixed.bearable[crowded])
        chance[crowded] *= 1 + nature.crowding * over
    return chance


def _note_why(state: State, who: Rows, offered: Rows, luck: Floats) -> None:
    """Keep what weighed on those who decided to go; ``causes`` makes sense of it later."""
    tempted, mood, neglected, chance = state.reasons
    tempted[who] = 0
    tempted[offered[state.leaving[offered] == JUST_DECIDED]] = 1
    mood[who] = state.satisfaction[who]
    neglected[who] = state.since_contact[who] > 6
    chance[who] = luck[who]


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


def _come_back(
    plan: Plan, fixed: Fixed, state: State, weather: Weather, late: Rows, luck: Floats
) -> None:
    """Wake some of the silent, sooner in a bull market or when reached; some of those who
    left come back after half a year."""
    stage = state.stage[late]
    rate = plan.nature.waking * (2.5 if weather.regime == "bull" else 1.0)
    asleep = late[stage == DORMANT]
    eager = np.where(state.since_contact[asleep] == 0, 3, 1)
    state.stage[asleep[luck[asleep] > 1 - np.minimum(rate * eager, 0.04)]] = CLIENT
    away = late[(stage == LOST) & (luck[late] > 1 - 0.004)]
    back = away[state.left[away] <= weather.number - 6]
    state.stage[back] = CLIENT
    state.left[back] = -1
    start_afresh(plan, fixed, state, back)


def start_afresh(plan: Plan, fixed: Fixed, state: State, who: Rows) -> None:
    """Let the first year with the firm begin."""
    state.tenure[who] = 0
    state.settled[who] = 0
    state.inclined[who] = f32(plan.nature.leaving * FIRST_YEAR) * fixed.frailty[who]
