"""Who complains, leaves, falls silent and comes back, and why."""

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.events import Rows, Weather, f32
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
    Money,
    State,
)

CAUSES = ("price", "loss", "neglect", "service", "life")


def complain(plan: Plan, state: State, customer: Flags, luck: Floats) -> Rows:
    """Return who complains: rarely, five times as often after a loss of a fifth."""
    chance = plan.nature.complaint_chance
    maybe = np.flatnonzero((luck > f32(1 - chance * 9)) & customer)
    cross = 1 + 4 * (state.profit[maybe] < -0.2) + 4 * (state.satisfaction[maybe] < 0.35)
    complained: Rows = maybe[luck[maybe] > 1 - chance * cross]
    return complained


def part(
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


def come_back(plan: Plan, fixed: Fixed, state: State, weather: Weather, luck: Floats) -> None:
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
    start_afresh(plan, fixed, state, back)


def start_afresh(plan: Plan, fixed: Fixed, state: State, who: Rows) -> None:
    """Let the first year with the firm begin."""
    state.tenure[who] = 0
    state.settled[who] = 0
    state.inclined[who] = f32(plan.nature.leaving * FIRST_YEAR) * fixed.frailty[who]
