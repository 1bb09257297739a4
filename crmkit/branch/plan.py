"""What is to be simulated: how many people, which months, which preset, market and policy."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from crmkit.branch.checks import between, require, whole
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
        require(isinstance(self.name, str), "name", self.name, "str")
        require(isinstance(self.as_of, date), "as_of", self.as_of, "2026-01-05")
        for name, (least, most) in _BOUNDS.items():
            value = getattr(self, name)
            require(between(value, least, most), name, value, f"{least:g} … {most:g}")
        tail, shares = self.tail_index, self.risk_shares
        require(tail == 0 or tail >= 1.05, "tail_index", tail, "0, 1.05 … 5")
        require(self.tail_from < self.most, "tail_from", self.tail_from, "1e5 … most")
        require(self.least <= self.most / 10, "least", self.least, "0 … most / 10")
        require(whole(self.rate_year, 1990, 2100), "rate_year", self.rate_year, "1990 … 2100")
        require(
            isinstance(shares, tuple)
            and len(shares) == 5
            and all(between(share, 0, 1) for share in shares)
            and abs(sum(shares) - 1) < 1e-6,
            "risk_shares", shares, "Σ = 1",
        )  # fmt: skip


#: What a preset's numbers may be.
_BOUNDS = {
    "log_mean": (3, 18), "log_spread": (0.6, 3), "tail_from": (1e5, 1e11), "tail_index": (0, 5),
    "most": (1e5, 1e11), "least": (0, 1e10), "male_share": (0, 1), "trade_size": (0, 1e6),
    "trade_size_power": (-1, 1), "trade_count_power": (-1, 1), "trade_series": (0, 10),
    "trade_spread": (0, 2),
}  # fmt: skip


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

    def __post_init__(self) -> None:
        if not callable(self.policy):
            raise CrmkitError("branch.bad_policy", value=self.policy)
        require(isinstance(self.nature, Nature), "nature", self.nature, "Nature")

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
        The book's day, ``2026-01-05``; of a moment only the day counts.
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
    require(whole(n, 1, MOST_CLIENTS), "n", n, f"1 … {MOST_CLIENTS:,}")
    require(whole(seed, 0), "seed", seed, "0, 1, 2 …")
    require(whole(months, 1, MOST_MONTHS), "months", months, f"1 … {MOST_MONTHS}")
    require(between(dirt, 0, 1), "dirt", dirt, "0 … 1")
    day = _day(as_of)
    path = market if isinstance(market, Market) else make_market(market, int(months), int(seed))
    require(len(path.returns) == months, "market", len(path.returns), str(months))
    people = preset if isinstance(preset, Preset) else _preset(preset)
    return Plan(int(n), int(seed), day, int(months), people, path, policy, nature, float(dirt))


def presets() -> Mapping[str, Preset]:
    """Return the presets by name."""
    return {name: _preset(name) for name in _preset_tables()}


def _preset(name: str) -> Preset:
    if not isinstance(name, str) or name not in _preset_tables():
        raise CrmkitError("branch.preset_unknown", name=name, names=", ".join(_preset_tables()))
    wanted = {f.name for f in fields(Preset)}
    table = {key: value for key, value in _preset_tables()[name].items() if key in wanted}
    table["risk_shares"] = tuple(table["risk_shares"])
    return Preset(name=name, **table)


@cache
def _preset_tables() -> dict[str, dict[str, Any]]:
    text = files("crmkit").joinpath("data/branch/presets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _day(as_of: object) -> date:
    try:
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        day = day.date() if isinstance(day, datetime) else day
    except ValueError:
        raise CrmkitError("branch.bad_date", value=as_of) from None
    if not isinstance(day, date):
        raise CrmkitError("branch.bad_date", value=as_of)
    require(2005 <= day.year <= 2100, "as_of", day, "2005-01-01 … 2100-12-31")
    return day
