"""The market: monthly returns of one index, shared by every client of a book."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from crmkit.branch.checks import between, require
from crmkit.branch.streams import bits, normal, quarters
from crmkit.errors import CrmkitError

#: Regimes and what they do: monthly mean and standard deviation of the index.
REGIMES = {"bull": (0.03, 0.04), "flat": (0.0, 0.03), "bear": (-0.045, 0.05)}

#: From each regime to bull, flat, bear in the next month.
NEXT = {"bull": (0.85, 0.12, 0.03), "flat": (0.12, 0.76, 0.12), "bear": (0.05, 0.15, 0.80)}


#: Return of a month at the least and at the most, and by how many times the index may rise: more
#: and the money of a client is no longer counted to the fen.
LOWEST, HIGHEST, MOST_RISE = -0.6, 2.0, 10_000


@dataclass(frozen=True)
class Market:
    """One path of the index.

    Attributes
    ----------
    name : str
        Named path or regime.
    returns : tuple of float
        Return of each month, oldest first; 0.01 is one per cent.
    regimes : tuple of str
        ``bull``, ``flat`` or ``bear`` for each month.
    """

    name: str
    returns: tuple[float, ...]
    regimes: tuple[str, ...]

    def __post_init__(self) -> None:
        for value in self.returns:
            require(between(value, LOWEST, HIGHEST), "returns", value, f"{LOWEST} … {HIGHEST}")
        level = np.cumsum(np.log1p([0.0, *self.returns]))
        rise = float(np.exp(np.max(level - np.minimum.accumulate(level))))
        require(rise <= MOST_RISE, "returns", f"× {rise:,.0f}", f"× {MOST_RISE:,}")
        for regime in self.regimes:
            require(regime in tuple(REGIMES), "regimes", regime, ", ".join(REGIMES))
        lengths = len(self.regimes), len(self.returns)
        require(lengths[0] == lengths[1], "regimes", *map(str, lengths))


def make_market(name: str, months: int, seed: int = 0) -> Market:
    """Return a path of the wanted length.

    Parameters
    ----------
    name : str
        ``"mixed"`` moves between regimes by chance; ``"bull"``, ``"flat"`` and ``"bear"``
        stay in one and return what it says on average; the named paths of ``market_names``
        are frozen, the same for every seed, and end with the month in their name.
    months : int
    seed : int
        Which of the chance paths.

    Raises
    ------
    CrmkitError
        ``branch.market_unknown`` or, for a frozen path that is too short,
        ``branch.market_short``.

    Examples
    --------
    >>> year = make_market("bear2018", 12)
    >>> round(float(np.prod(1 + np.array(year.returns)) - 1), 2)
    -0.25
    """
    if not isinstance(name, str):
        raise CrmkitError("branch.market_unknown", name=name, names=", ".join(market_names()))
    if name in _frozen():
        return _frozen_market(name, months)
    if name not in ("mixed", *REGIMES):
        raise CrmkitError("branch.market_unknown", name=name, names=", ".join(market_names()))
    drawn = quarters(bits(seed, "market", name, 0), months)
    shares = drawn[0] / 2.0**16
    regimes = _wander(shares) if name == "mixed" else (name,) * months
    levels, shocks = np.array([REGIMES[regime] for regime in regimes]), normal(drawn[1])
    if name in REGIMES:
        shocks = shocks - shocks.mean()
    returns = levels[:, 0] + levels[:, 1] * shocks
    return Market(name, tuple(np.round(returns, 4).tolist()), regimes)


def market_names() -> tuple[str, ...]:
    """Return every name a market may have."""
    return ("mixed", *REGIMES, *_frozen())


def _wander(shares: np.ndarray[Any, Any]) -> tuple[str, ...]:
    regimes, current = [], "flat"
    for share in shares:
        current = list(REGIMES)[int(np.searchsorted(np.cumsum(NEXT[current])[:2], share))]
        regimes.append(current)
    return tuple(regimes)


def _frozen_market(name: str, months: int) -> Market:
    history = _closes()
    last = list(history).index(_frozen()[name])
    if months > last:
        raise CrmkitError("branch.market_short", name=name, months=months, most=last)
    levels = np.array(list(history.values()))[last - months : last + 1]
    returns = np.round(levels[1:] / levels[:-1] - 1, 4)
    past = np.array(list(history.values()))[max(last - months - 5, 0) : last + 1]
    return Market(name, tuple(returns.tolist()), _regimes(past)[-months:])


def _regimes(levels: np.ndarray[Any, Any]) -> tuple[str, ...]:
    """Name each month by the index's change over the half year that ends with it."""
    begun = np.concatenate([np.full(5, levels[0]), levels[:-5]])[: len(levels)]
    change = levels / begun - 1
    return tuple("bull" if c > 0.10 else "bear" if c < -0.10 else "flat" for c in change)


@cache
def _paths() -> dict[str, Any]:
    text = files("crmkit").joinpath("data/branch/market.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _closes() -> dict[str, float]:
    closes: dict[str, float] = _paths()["closes"]
    return closes


def _frozen() -> dict[str, str]:
    ends: dict[str, str] = _paths()["paths"]
    return ends
