"""The ladder of wealth: assets, and everything that goes with their size.

The published distribution describes those who hold an account on the book's day. A book also
has people who left and people who came, and small clients come and go more often; so the
ladder is the published distribution times the number of people who pass through each size in
the book's years. Then those who remain have the published sizes again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import Preset
from crmkit.branch.streams import Line

Array = NDArray[np.float64]

#: Spread of the logarithm of a client's assets around his usual level, from flows and luck.
DRIFT = 0.50

#: Share of clients who leave or fall silent in a year, over all sizes.
USUAL_TURNOVER = 0.115

#: Share of prospects who open an account in the end.
CONVERSION = 0.55

#: By assets in CNY: yearly share that leaves or falls silent; yearly return lost or won by
#: choosing shares and by timing, on shares held; monthly luck on shares held.
_SIZES = np.log([2e3, 3.5e4, 2.3e5, 1.2e6, 5e6, 1.5e7])
_COLUMNS = {
    "turnover": (0.172, 0.157, 0.092, 0.037, 0.022, 0.020),
    "selection": (-0.108, -0.108, -0.019, -0.022, -0.054, 0.0309),
    "timing": (-0.030, -0.030, -0.014, -0.012, -0.016, -0.020),
    "luck": (0.178, 0.172, 0.155, 0.130, 0.102, 0.080),
}


@dataclass(frozen=True)
class Ladder:
    """Rungs from the smallest to the largest client: share of people below, and the rest.

    Attributes
    ----------
    share : array
        Share of the book's people at or below each rung.
    columns : mapping of str to array
        ``wealth`` in CNY, ``arrives`` (probability that such a person came during the
        book's months), and the columns that depend on size.
    """

    share: Array
    columns: Mapping[str, Array]

    @cached_property
    def rises(self) -> Mapping[str, Array]:
        """Return by how much each column rises from rung to rung."""
        return {name: np.diff(column) for name, column in self.columns.items()}

    @cached_property
    def steps(self) -> Line:
        """Return the line from shares to places on the ladder."""
        return Line.through(self.share, np.arange(float(len(self.share))))

    def below(self, wealth: float) -> float:
        """Return the share of people who keep to less than some CNY."""
        return float(np.interp(wealth, self.columns["wealth"], self.share, left=0.0))

    def climb(self, share: Array) -> "Climb":
        """Return where on the ladder the given shares stand."""
        place = self.steps.at(share)
        rung = np.minimum(place.astype(np.int64), len(self.share) - 2)
        return Climb(self, rung, place - rung)


@dataclass(frozen=True)
class Climb:
    """Places on a ladder: the rung below each, and the part of the way to the next."""

    ladder: Ladder
    rung: NDArray[np.int64]
    part: Array

    def column(self, name: str) -> Array:
        """Return one of the ladder's columns at these places."""
        here = self.ladder.columns[name].take(self.rung)
        here += self.part * self.ladder.rises[name].take(self.rung)
        return here


@cache
def make_ladder(preset: Preset, years: float) -> Ladder:
    """Return the ladder of a preset for a book of so many years."""
    logs = _rungs(preset)
    mass = np.diff(_below(preset, logs), append=1.0)
    columns = {name: np.interp(logs, _SIZES, values) for name, values in _COLUMNS.items()}
    columns["turnover"] *= USUAL_TURNOVER / float(np.sum(mass * columns["turnover"]))
    passing = columns["turnover"] * years / CONVERSION
    share = np.cumsum(mass * (1 + passing))
    rich = np.minimum(logs, np.log(3e7)) - np.log(3.5e4)
    columns |= {
        "wealth": np.exp(logs),
        "arrives": passing / (1 + passing),
        "trade_size": preset.trade_size * np.exp(preset.trade_size_power * rich),
        "trade_count": np.exp(preset.trade_count_power * rich),
    }
    return Ladder(share / share[-1], columns)


def _rungs(preset: Preset) -> Array:
    lowest = preset.log_mean - 4.2 * preset.log_spread
    return np.linspace(max(lowest, np.log(50.0)), np.log(preset.most), 4096)


def _below(preset: Preset, logs: Array) -> Array:
    """Return the share of clients whose usual level is below each rung.

    The body is lognormal, narrowed so that drifting around the level gives back the
    published spread; above ``tail_from`` it is Pareto.
    """
    body = NormalDist(preset.log_mean, np.sqrt(preset.log_spread**2 - DRIFT**2))
    shares = np.array([body.cdf(value) for value in logs])
    if preset.tail_index:
        start = np.log(preset.tail_from)
        above = 1 - NormalDist(preset.log_mean, preset.log_spread).cdf(start)
        spread_out = (preset.tail_index * DRIFT) ** 2 / 2
        tail = 1 - above * np.exp(-preset.tail_index * (logs - start) - spread_out)
        shares = np.where(logs > start, tail, np.minimum(shares, 1 - above))
    return shares
