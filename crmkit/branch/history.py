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
REACHED, MISSED, MOVED = (np.int8(OUTCOMES.index(name)) for name in ("reached", "missed", "moved"))


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
    journal = Journal(people.first, len(people), plan.months)
    luck, asleep = dice(plan, block), state.stage == DORMANT
    for weather in weathers(plan):
        tenure, profit = state.tenure.copy(), state.profit
        events = live(plan, fixed, state, weather, luck)
        journal.enter(weather.number, events, tenure, profit)
    contact, complaint = journal.contacts(fixed), journal.complaints()
    return History(people, fixed, state, asleep, journal.activity(), contact, complaint)


class Journal:
    """A block's months as they are written down, one after the other."""

    def __init__(self, first: int, rows: int, months: int) -> None:
        self.first, self.counts = first, np.zeros(months + 1, dtype=np.int64)
        self.client = np.empty(rows * months, dtype=np.int64)
        self.money = [np.empty(rows * months, dtype=np.int64) for _ in MONEY]
        self.small = [np.empty(rows * months, dtype=np.int16) for _ in _COUNTED]
        self.touched: list[Columns] = []
        self.offered: list[Columns] = []
        self.complained: list[Columns] = []

    def enter(
        self,
        month: int,
        events: Events,
        tenure: NDArray[np.int16],
        profit: NDArray[np.float32],
    ) -> None:
        """Write down a month; ``tenure`` and ``profit`` are those it began with."""
        who, touch, filled = events.accounts, events.touch, int(self.counts[: month + 1].sum())
        page = slice(filled, filled + len(who))
        np.add(who, self.first, out=self.client[page])
        for written, amounts in zip(self.money, events.money, strict=True):
            np.take(amounts, who, out=written[page], mode="clip")
        for column, counted in zip(self.small, (events.trades, events.logins), strict=True):
            column[page] = counted.take(who)
        self.counts[month + 1] = len(who)
        self.touched.append({
            **_stamped(month, touch.who), "kind": touch.kind, "reached": touch.reached,
            "tenure": tenure.take(touch.who), "profit": profit.take(touch.who),
        })  # fmt: skip
        self.offered.append(_stamped(month, events.offered))
        self.complained.append(_stamped(month, events.complained))

    def activity(self) -> Columns:
        """Return one row for each account there was in each month."""
        rows, months = int(self.counts.sum()), np.arange(len(self.counts) - 1, dtype=np.int16)
        return {
            "client": self.client[:rows],
            "month": np.repeat(months, self.counts[1:]),
            **{name: column[:rows] for name, column in zip(MONEY, self.money, strict=True)},
            **{name: column[:rows] for name, column in zip(_COUNTED, self.small, strict=True)},
        }

    def complaints(self) -> Columns:
        """Return who complained in which month."""
        return self._named(_stack(self.complained))

    def contacts(self, fixed: Fixed) -> Columns:
        """Return the contacts: the manager's, then the calls that clients made."""
        made, came, told = (_stack(rows) for rows in (self.touched, self.offered, self.complained))
        asks = fixed.price[came["client"]] > 0.45
        called = [len(made["client"]), int(asks.sum()), len(told["client"])]
        missed = np.where(made["kind"] == VISIT, MOVED, MISSED)
        return self._named({
            "client": np.concatenate([made["client"], came["client"][asks], told["client"]]),
            "month": np.concatenate([made["month"], came["month"][asks], told["month"]]),
            "kind": np.append(made["kind"], np.full(sum(called[1:]), CALL, dtype=np.int8)),
            "inbound": np.repeat([False, True, True], called),
            "purpose": np.append(
                _purpose(made["tenure"], made["profit"], made["kind"]),
                np.repeat(_ASKED, called[1:]),
            ),
            "outcome": np.append(
                np.where(made["reached"], REACHED, missed),
                np.repeat(_ANSWERED, called[1:]),
            ),
        })  # fmt: skip

    def _named(self, columns: Columns) -> Columns:
        """Return columns with places in the book for places in the block."""
        return {**columns, "client": columns["client"] + self.first}


#: What is counted beside the money.
_COUNTED = ("trades", "logins")

#: Why clients ring up after an offer and with a complaint, and how that ends.
_ASKED = np.array([PURPOSES.index("fee"), PURPOSES.index("complaint")], dtype=np.int8)
_ANSWERED = np.array([REACHED, OUTCOMES.index("complained")], dtype=np.int8)


def _stamped(month: int, who: NDArray[np.intp]) -> Columns:
    return {"client": who, "month": np.full(len(who), month, dtype=np.int16)}


def _stack(rows: list[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in rows]) for name in rows[0]}


def _purpose(
    tenure: NDArray[np.int16], profit: NDArray[np.float32], kind: NDArray[np.int8]
) -> NDArray[np.int8]:
    choices = [tenure < 0, tenure < 3, (profit < -0.1) & (kind <= CALL), kind > CALL]
    names = ("prospect", "welcome", "comfort", "care")
    numbers = [np.int8(PURPOSES.index(name)) for name in names]
    return np.select(choices, numbers, np.int8(PURPOSES.index("review")))
