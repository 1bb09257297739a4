"""Where every client of a block stands, and how he began."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import Plan
from crmkit.branch.population import EARLY, People
from crmkit.branch.streams import bits, normal, quarters
from crmkit.rules import read_rules

Floats = NDArray[np.float32]
Money = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int8]
Tally = NDArray[np.uint8]
Months = NDArray[np.int16]

PROSPECT, CLIENT, DORMANT, LOST = 0, 1, 2, 3

#: Tenure of those without an account, and months since what never happened.
NONE_YET, NEVER = -999, 99

#: Relative chance of leaving in the first year, in the next three, and after.
FIRST_YEAR, NEXT_YEARS, LATER = 0.70, 1.045, 1.0

#: Small accounts are topped up from wages: fen aimed at per CNY of their usual level.
TOPPED_UP = 117, 108


@dataclass
class State:
    """The state of a block, changed in place month by month by its owner.

    Money is fen in floats that are always whole. ``gain`` is the value of the shares held
    over their cost; ``trust`` and ``comfort`` fade; ``crowd`` is how thick contacts came of
    late; ``pace`` falls when a client has made up his mind to go; ``inclined`` is the monthly
    chance of leaving that temper and tenure alone would give. Two are totals for the truth:
    ``luck``, and ``sales``, the months in which shares were held at a loss and kept, at a loss
    and sold, at a gain and kept, at a gain and sold. ``slip`` is paper to write the month's
    money on.
    """

    stage: Small
    tenure: Months
    assets: Money
    invested: Flags
    gain: Floats
    profit: Floats
    trust: Floats
    comfort: Floats
    crowd: Floats
    satisfaction: Floats
    product: Money
    meetings: Floats
    since_trade: Months
    since_contact: Months
    leaving: Small
    pace: Floats
    inclined: Floats
    settled: Floats
    reasons: Floats
    left: Months
    opened: Months
    propensity: Floats
    luck: Floats
    sales: Tally
    slip: NDArray[np.int64]

    @property
    def winning(self) -> Tally:
        """Return the months in which shares were held at a gain."""
        return np.asarray(self.sales[2] + self.sales[3])

    @property
    def losing(self) -> Tally:
        """Return the months in which shares were held at a loss."""
        return np.asarray(self.sales[0] + self.sales[1])

    @property
    def winners_sold(self) -> Tally:
        """Return the months in which some of them were sold at a gain."""
        return np.asarray(self.sales[3])

    @property
    def losers_sold(self) -> Tally:
        """Return the months in which some of them were sold at a loss."""
        return np.asarray(self.sales[1])


@dataclass(frozen=True)
class Fixed:
    """What never changes about a block, in the shape the monthly steps want.

    ``rate`` is in millionths.
    """

    people: People
    arrival: Months
    reachable: Flags
    may_call: Flags
    may_message: Flags
    likes_messages: Flags
    rate: Money
    minimum_fee: Money
    wealth: Money
    rounding: Money
    trade_size: Money
    stock_share: Money
    alpha: Floats
    price: Floats
    frailty: Floats
    hurt: Floats
    warmth: Floats
    bearable: Floats
    patience: float
    nothing: Floats


def fix(plan: Plan, people: People) -> Fixed:
    """Return the fixed side of a block."""
    traits = people.traits
    overpaid = np.clip(people.rate / people.offer, 1, 4) / 4
    referred = np.where(people.source == 3, 1 - plan.nature.referral_effect, 1.0)
    steps = np.searchsorted([2e4, 2e5, 2e6], people.wealth)
    return Fixed(
        people=people,
        arrival=people.arrival,
        reachable=~people.silent,
        may_call=people.calls & ~people.silent,
        may_message=people.messages & ~people.silent,
        likes_messages=people.channel >= 2,
        rate=np.rint(people.rate * 1000),
        minimum_fee=minimum_fee(people, plan.as_of),
        wealth=people.wealth * np.where(people.wealth < 1e5, *TOPPED_UP),
        rounding=np.array([1e4, 1e5, 1e6, 1e7])[steps],
        trade_size=traits["trade_size"].astype(np.float64) * 100,
        stock_share=traits["stock_share"].astype(np.float64),
        alpha=traits["selection"] + traits["timing"],
        price=traits["price_sensitivity"] * overpaid.astype(np.float32),
        frailty=traits["frailty"] * referred.astype(np.float32),
        hurt=np.float32(0.5) * traits["loss_aversion"],
        warmth=np.float32(0.024) * traits["service_need"],
        bearable=np.float32(2) * traits["tolerance"],
        patience=2 * float(traits["tolerance"].min()),
        nothing=np.zeros(len(people), dtype=np.float32),
    )


def minimum_fee(people: People, as_of: date) -> Money:
    """Return the least commission per trade in fen, by the rules; waived for some large clients."""
    waived = (people.wealth > 3e6) & (people.rate < 0.2)
    return np.where(waived, 0.0, 100.0 * read_rules().value("commission.minimum", as_of))


def begin(plan: Plan, block: int, fixed: Fixed) -> State:
    """Return the state before the first month."""
    people = fixed.people
    rows = len(people)
    old = people.arrival < -EARLY
    luck = quarters(bits(plan.seed, "state", "begin", block), rows)
    asleep = old & (luck[0] < 0.09 * 65536)
    level = people.wealth * people.traits["start_level"] * 100
    start = (plan.first_month - 1970 * 12) * 30.436875
    tenure = np.where(old, (start - people.open_day) // 30.44, NONE_YET).astype(np.int16)

    def months(value: int) -> Months:
        return np.full(rows, value, dtype=np.int16)

    def zeros() -> Floats:
        return np.zeros(rows, dtype=np.float32)

    phase = np.array([FIRST_YEAR, NEXT_YEARS, LATER], dtype=np.float32)
    inclined = phase[np.searchsorted([12, 48], tenure, side="right")] * fixed.frailty
    return State(
        stage=np.where(asleep, DORMANT, np.where(old, CLIENT, PROSPECT)).astype(np.int8),
        tenure=tenure,
        assets=np.floor(np.where(old, np.where(asleep, luck[1] % 9000, level), 0.0)),
        invested=old & ~asleep & (luck[2] < 0.46 * 65536),
        gain=np.exp(np.float32(0.2) * normal(luck[3])),
        profit=zeros(), trust=zeros(), comfort=zeros(), crowd=zeros(), meetings=zeros(),
        satisfaction=zeros() + np.float32(0.62),
        product=0.25 * (old & (luck[2] & 7 < 2)),
        since_trade=np.where(asleep, 40, np.where(old, luck[1] % 9, NEVER)).astype(np.int16),
        since_contact=months(NEVER),
        leaving=np.zeros(rows, dtype=np.int8),
        pace=zeros() + np.float32(1),
        inclined=inclined * np.float32(plan.nature.leaving),
        settled=(tenure >= 12).astype(np.float32),
        reasons=np.zeros((4, rows), dtype=np.float32),
        left=months(-1), opened=months(-1), propensity=zeros(), luck=zeros(),
        sales=np.zeros((4, rows), dtype=np.uint8),
        slip=np.zeros((7, rows), dtype=np.int64),
    )  # fmt: skip
