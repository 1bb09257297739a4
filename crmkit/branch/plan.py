"""What is to be simulated: how many people, which months, which preset, market and policy."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from crmkit.branch.market import Market, make_market
from crmkit.branch.nature import ORDINARY, Nature
from crmkit.branch.policies import Policy, habit
from crmkit.branch.streams import BLOCK
from crmkit.errors import CrmkitError

#: A client number has eight digits that differ, so this many people are possible.
MOST_CLIENTS = 100_000_000

#: Longest history, in months.
MOST_MONTHS = 240


@dataclass(frozen=True)
class Preset:
    """Who the branch's clients are: a published population, or one of your own.

    Attributes
    ----------
    name : str
    as_of : date
        The day its published numbers describe.
    log_mean, log_spread : float
        Mean and standard deviation of the logarithm of assets in CNY.
    tail_from, tail_index, most : float
        Above ``tail_from`` CNY assets follow a Pareto law of this index, up to ``most``;
        a ``tail_index`` of zero means no such tail.
    least : float
        Only those of the population who keep to at least so many CNY; a branch of large
        clients tells more about them than the few in an ordinary one.
    male_share : float
    risk_shares : tuple of float
        Shares of C1 to C5.
    trade_size : float
        Usual trade in CNY of a client with 35,000 CNY.
    trade_size_power, trade_count_power : float
        How the size and the number of a client's trades grow with assets.
    trade_series : float
        Who trades more than once in a month trades in series: so many trades for each
        further wish.
    trade_spread : float
        Standard deviation of the logarithm of the number of trades among equals.
    rate_year : int
        The year whose commission offers new and renegotiated clients get.
    """

    name: str
    as_of: date
    log_mean: float
    log_spread: float
    tail_from: float = 1e6
    tail_index: float = 0.0
    most: float = 3e8
    least: float = 0.0
    male_share: float = 0.6
    risk_shares: tuple[float, ...] = (0.13, 0.301, 0.322, 0.17, 0.077)
    trade_size: float = 10_150.0
    trade_size_power: float = 0.44
    trade_count_power: float = 0.20
    trade_series: float = 2.5
    trade_spread: float = 1.0
    rate_year: int = 2025

    def __post_init__(self) -> None:
        _require(0.6 <= self.log_spread <= 3, "log_spread", self.log_spread, "0.6 … 3")
        _require(3 <= self.log_mean <= 18, "log_mean", self.log_mean, "3 … 18")
        _require(0 <= self.male_share <= 1, "male_share", self.male_share, "0 … 1")
        _require(
            self.tail_index == 0 or 1.05 <= self.tail_index <= 5,
            "tail_index", self.tail_index, "0, 1.05 … 5",
        )  # fmt: skip
        _require(1e5 <= self.tail_from < self.most <= 1e11, "tail_from", self.tail_from, "1e5 …")
        _require(0 <= self.least <= self.most / 10, "least", self.least, "0 … most / 10")
        _require(0 <= self.trade_series <= 10, "trade_series", self.trade_series, "0 … 10")
        _require(0 <= self.trade_spread <= 2, "trade_spread", self.trade_spread, "0 … 2")
        _require(
            len(self.risk_shares) == 5
            and min(self.risk_shares) >= 0
            and abs(sum(self.risk_shares) - 1) < 1e-6,
            "risk_shares", self.risk_shares, "Σ = 1",
        )  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Everything a simulated book follows from; equal plans give equal books.

    Attributes
    ----------
    n : int
        People in the book: clients, leavers and prospects.
    seed : int
    as_of : date
    months : int
        Whole calendar months of history before ``as_of``.
    preset : Preset
    market : Market
    policy : callable
        Whom the manager contacts; see ``crmkit.branch.policies``.
    nature : Nature
        How clients react.
    dirt : float
        Share of clients with a planted fault.
    """

    n: int
    seed: int
    as_of: date
    months: int
    preset: Preset
    market: Market
    policy: Policy = field(repr=False)
    nature: Nature = ORDINARY
    dirt: float = 0.0

    @property
    def last_month(self) -> int:
        """Return the last month of history as year times twelve plus month, January 0."""
        tomorrow = self.as_of + timedelta(days=1)
        return tomorrow.year * 12 + tomorrow.month - 2

    @property
    def first_month(self) -> int:
        """Return the first month of history, counted like ``last_month``."""
        return self.last_month - self.months + 1

    @property
    def blocks(self) -> int:
        """Return how many blocks of clients there are."""
        return -(-self.n // BLOCK)

    def rows(self, block: int) -> int:
        """Return how many clients a block has."""
        return min(BLOCK, self.n - block * BLOCK)

    def with_policy(self, policy: Policy) -> "Plan":
        """Return the same world under another policy."""
        return replace(self, policy=policy)


def make_plan(
    n: int,
    seed: int,
    as_of: date | str,
    months: int = 36,
    preset: str | Preset = "sse2023",
    market: str | Market = "mixed",
    policy: Policy = habit,
    nature: Nature = ORDINARY,
    dirt: float = 0.0,
) -> Plan:
    """Return a checked plan.

    Parameters
    ----------
    n : int
        1 to 100 million people.
    seed : int
        Zero or more.
    as_of : date or str
        The book's day, ``2026-01-05``.
    months : int
        1 to 240 months of history.
    preset : str or Preset
    market : str or Market
        A name of ``crmkit.branch.market.market_names`` or a path of as many months.
    policy : callable
    nature : Nature
    dirt : float
        Share of clients with a planted fault, 0 to 1.

    Raises
    ------
    CrmkitError
        ``branch.bad_number``, ``branch.bad_date``, ``branch.preset_unknown``,
        ``branch.bad_policy`` or one of the market's.
    """
    _require(_whole(n) and 1 <= n <= MOST_CLIENTS, "n", n, f"1 … {MOST_CLIENTS:,}")
    _require(_whole(seed) and seed >= 0, "seed", seed, "0, 1, 2 …")
    _require(_whole(months) and 1 <= months <= MOST_MONTHS, "months", months, f"1 … {MOST_MONTHS}")
    _require(0 <= dirt <= 1, "dirt", dirt, "0 … 1")
    day = _day(as_of)
    path = make_market(market, months, seed) if isinstance(market, str) else market
    _require(len(path.returns) == months, "market", len(path.returns), str(months))
    people = preset if isinstance(preset, Preset) else _preset(preset)
    if not callable(policy):
        raise CrmkitError("branch.bad_policy", value=policy)
    return Plan(n, seed, day, months, people, path, policy, nature, dirt)


def presets() -> Mapping[str, Preset]:
    """Return the presets by name."""
    return {name: _preset(name) for name in _preset_tables()}


def _preset(name: str) -> Preset:
    if name not in _preset_tables():
        raise CrmkitError("branch.preset_unknown", name=name, names=", ".join(_preset_tables()))
    wanted = {f.name for f in fields(Preset)}
    table = {key: value for key, value in _preset_tables()[name].items() if key in wanted}
    table["risk_shares"] = tuple(table["risk_shares"])
    return Preset(name=name, **table)


@cache
def _preset_tables() -> dict[str, dict[str, Any]]:
    text = files("crmkit").joinpath("data/branch/presets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _day(as_of: date | str) -> date:
    try:
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        raise CrmkitError("branch.bad_date", value=as_of) from None
    _require(2005 <= day.year <= 2100, "as_of", day, "2005-01-01 … 2100-12-31")
    return day


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _require(good: bool, name: str, value: object, allowed: str) -> None:
    if not good:
        raise CrmkitError("branch.bad_number", name=name, value=value, allowed=allowed)
