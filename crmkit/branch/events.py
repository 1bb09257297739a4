"""What a month is like, and what happened in it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import Plan
from crmkit.branch.state import Flags, Floats, Small
from crmkit.branch.streams import stream

Rows = NDArray[np.intp]
Fen = NDArray[np.int64]
f32 = np.float32

VISIT, CALL, WECHAT, SMS = 1, 2, 3, 4

#: The rows of ``Events.money``, and the columns of the monthly table they become.
TRADED, FEE, INCOME, INFLOW, OUTFLOW, PNL, ASSETS = range(7)
MONEY = ("trade_amount", "commission", "product_income", "inflow", "outflow", "pnl", "assets_end")


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


@dataclass(frozen=True)
class Touch:
    """The contacts a manager made in a month: with whom, of which kind, who was reached."""

    who: Rows
    kind: Small
    reached: Flags


@dataclass(frozen=True)
class Events:
    """What happened to a block in one month.

    ``accounts`` are the rows that have an account. ``money`` has one row for each column of
    ``MONEY``, in fen; it is the block's one slip of paper and good until the next month.
    """

    accounts: Rows
    money: Fen
    trades: Floats
    logins: Floats
    touch: Touch
    complained: Rows
    offered: Rows


@lru_cache(1024)
def sixteenth(chance: float) -> np.uint16:
    """Return the 16-bit number below which a chance comes true."""
    return np.uint16(min(max(chance, 0.0), 0.99998) * 65536)
