"""What a block's months leave behind, as columns of numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.branch.behaviour import live
from crmkit.branch.events import CALL, MONEY, VISIT, Events, Weather, dice
from crmkit.branch.plan import Plan
from crmkit.branch.population import People
from crmkit.branch.state import DORMANT, Fixed, State, begin, fix
from crmkit.rules import read_rules

Columns = Mapping[str, NDArray[Any]]

PURPOSES = ("review", "prospect", "welcome", "comfort", "care", "fee", "complaint")
OUTCOMES = ("reached", "missed", "moved", "refused", "complained", "sold")
MISSED, MOVED = OUTCOMES.index("missed"), OUTCOMES.index("moved")


@dataclass(frozen=True)
class History:
    """One block of people, how they stand at the end, and what happened on the way.

    ``asleep`` says who was silent when the book began. ``activity``, ``contact`` and
    ``complaint`` hold one array per column; ``client`` is the place in the book and
    ``month`` counts from the book's first.
    """

    people: People
    fixed: Fixed
    state: State
    asleep: NDArray[np.bool_]
    activity: Columns
    contact: Columns
    complaint: Columns


def weathers(plan: Plan) -> Iterator[Weather]:
    """Yield every month of a plan as its clients meet it."""
    path = zip(plan.market.returns, plan.market.regimes, strict=True)
    for number, (index_return, regime) in enumerate(path):
        calendar = plan.first_month + number
        yield Weather(
            number, calendar, index_return, regime, levy(calendar), number == plan.months - 1
        )


@cache
def levy(calendar: int) -> float:
    """Return stamp duty and transfer fee as a share of two-sided trade in a month.

    Half of two-sided trade is purchases, half sales; the rules say who pays on which. Before
    the first rule on record there is none.
    """
    on = month_start(calendar).date()

    def rate(name: str) -> float:
        known = [rule for rule in read_rules().history(name) if rule.unit == "per mille"]
        return next((float(r.value) for r in reversed(known) if r.effective_from <= on), 0.0)

    stamp = rate("fee.stamp_duty.buy") + rate("fee.stamp_duty.sell")
    return (stamp / 2 + rate("fee.transfer.SH")) / 1000


def month_start(calendar: int) -> pd.Timestamp:
    """Return the first day of a month that is counted as year times twelve plus month."""
    return pd.Timestamp(year=calendar // 12, month=calendar % 12 + 1, day=1)


def live_through(plan: Plan, block: int) -> History:
    """Return the history of one block under a plan."""
    people = People(plan, block)
    fixed = fix(plan, people)
    state = begin(plan, block, fixed)
    months: dict[str, list[Columns]] = {"activity": [], "contact": [], "complaint": []}
    luck, asleep = dice(plan, block), state.stage == DORMANT
    for weather in weathers(plan):
        tenure, profit = state.tenure.copy(), state.profit
        events = live(plan, fixed, state, weather, luck)
        months["activity"].append(_activity(people, events, weather))
        months["contact"].append(_contacts(people, events, weather, tenure, profit, fixed))
        months["complaint"].append(_stamped(people, weather, events.complained))
    tables = {name: _stack(rows) for name, rows in months.items()}
    return History(people, fixed, state, asleep, **tables)


#: How the columns of the tables are kept; the others are whole fen.
_KINDS = {"client": "i8", "month": "i2", "trades": "i2", "logins": "i2", "kind": "i1",
          "inbound": "?", "purpose": "i1", "outcome": "i1"}  # fmt: skip


def _stack(rows: list[Columns]) -> Columns:
    return {
        name: np.concatenate(
            [part[name] for part in rows], dtype=_KINDS.get(name, "i8"), casting="unsafe"
        )
        for name in rows[0]
    }


def _stamped(people: People, weather: Weather, who: NDArray[np.intp]) -> dict[str, NDArray[Any]]:
    month = np.full(len(who), weather.number, dtype=np.int16)
    return {"client": (who + people.first).astype(np.int64), "month": month}


def _activity(people: People, events: Events, weather: Weather) -> Columns:
    """Return one row for each account there is in the month."""
    who = np.flatnonzero(events.has_account)
    return {
        **_stamped(people, weather, who),
        **dict(zip(MONEY, events.money.take(who, axis=1), strict=True)),
        "trades": events.trades.take(who),
        "logins": events.logins.take(who),
    }


def _contacts(
    people: People,
    events: Events,
    weather: Weather,
    tenure: NDArray[np.int16],
    profit: NDArray[np.float32],
    fixed: Fixed,
) -> Columns:
    """Return the contacts of a month: the manager's, then the calls that clients made."""
    touch = events.touch
    came = events.offered[fixed.price[events.offered] > 0.45]
    told = events.complained
    who = np.concatenate([touch.who, came, told])
    calls = np.full(len(came) + len(told), CALL, dtype=np.int8)
    return {
        **_stamped(people, weather, who),
        "kind": np.concatenate([touch.kind, calls]),
        "inbound": np.arange(len(who)) >= len(touch.who),
        "purpose": np.concatenate([
            _purpose(tenure[touch.who], profit[touch.who], touch.kind),
            np.full(len(came), PURPOSES.index("fee")),
            np.full(len(told), PURPOSES.index("complaint")),
        ]),
        "outcome": np.concatenate([
            np.where(touch.reached, 0, np.where(touch.kind == VISIT, MOVED, MISSED)),
            np.zeros(len(came), dtype=np.int64),
            np.full(len(told), OUTCOMES.index("complained")),
        ]),
    }  # fmt: skip


def _purpose(
    tenure: NDArray[np.int16], profit: NDArray[np.float32], kind: NDArray[np.int8]
) -> NDArray[np.int64]:
    choices = [tenure < 0, tenure < 3, (profit < -0.1) & (kind <= CALL), kind > CALL]
    names = ["prospect", "welcome", "comfort", "care"]
    return np.select(choices, [PURPOSES.index(name) for name in names], PURPOSES.index("review"))
