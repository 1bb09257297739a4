"""Who the branch's clients are: what can be seen of them, and what cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.calendar import EPOCH, month_start, working_day, years
from crmkit.branch.ladder import DRIFT, USUAL_TURNOVER, Climb, Ladder, make_ladder
from crmkit.branch.openings import offers, opening_ages, opening_months
from crmkit.branch.plan import Plan
from crmkit.branch.streams import (
    BLOCK,
    bits,
    golden,
    lookup,
    normal,
    pairs,
    quarters,
    scatter,
    share_below,
    uniform,
)
from crmkit.branch.vocabulary import (
    AGES,
    COHORTS,
    JOB_ENTRIES,
    NAME_ENTRIES,
    PLACE_ENTRIES,
    WEALTH,
    catchment,
    given_names,
    occupations,
    places,
    surnames,
)

Ints = NDArray[np.int32]
Small = NDArray[np.int8]
Reals = NDArray[np.float64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

#: Clients per branch office and per manager.
OFFICE, PORTFOLIO = 4096, 300

#: How long before the first month a prospect may have turned up.
EARLY = 4

#: Share of prospects who come through a client, and of clients who ever bring anybody.
REFERRED, ENGAGED = 0.55, 0.26

#: The year from which accounts could be opened online.
ONLINE_SINCE = 2013

#: How much more often men wish to trade than women.
MEN_TRADE = 1.35

MOTIVE_SHARES = (0.50, 0.14, 0.16, 0.08, 0.12)
CHANNEL_SHARES = (0.14, 0.40, 0.36, 0.10)


@dataclass(frozen=True)
class People:
    """One block of people as codes and numbers, each worked out when first asked for.

    The same block is the same for every worker and every size of book. Days count from
    1970-01-01, months from the book's first; money is CNY.
    """

    plan: Plan
    block: int

    def __len__(self) -> int:
        return self.plan.rows(self.block)

    def four(self, column: str, first: int = 4) -> NDArray[np.uint16]:
        """Return the first of four random 16-bit numbers each, from the column's own stream."""
        return quarters(bits(self.plan.seed, "client", column, self.block, first), len(self))

    def two(self, column: str) -> tuple[Floats, Floats]:
        """Return two uniform random numbers each, from the column's own stream."""
        return pairs(bits(self.plan.seed, "client", column, self.block), len(self))

    def one(self, column: str) -> Floats:
        """Return the first of the two."""
        return uniform(bits(self.plan.seed, "client", column, self.block, 2), len(self))

    @property
    def first(self) -> int:
        """Return the place in the book of the block's first person."""
        return self.block * BLOCK

    @cached_property
    def client(self) -> NDArray[np.int64]:
        """Return each person's place in the book."""
        return np.arange(self.first, self.first + len(self), dtype=np.int64)

    @cached_property
    def share(self) -> Reals:
        """Return the share of people poorer than each."""
        shares = golden(self.plan.seed, "client", "wealth", self.first, len(self))
        left_out = self._ladder.below(self.plan.preset.least)
        return left_out + (1 - left_out) * shares

    @property
    def _ladder(self) -> Ladder:
        return make_ladder(self.plan.preset, self.plan.months / 12)

    @cached_property
    def size(self) -> Climb:
        """Return each person's place on the ladder of wealth."""
        return self._ladder.climb(self.share)

    @cached_property
    def wealth(self) -> Reals:
        """Return the level of assets each person keeps to."""
        return self.size.column("wealth")

    @cached_property
    def arrival(self) -> NDArray[np.int16]:
        """Return the month in which a prospect turns up, or far before for clients of old."""
        comes, when = self.two("arrival")
        month = np.floor(when * (self.plan.months + EARLY)) - EARLY
        return np.where(comes < self.size.column("arrives"), month, -999).astype(np.int16)

    @cached_property
    def old(self) -> Flags:
        """Return who was a client before the book begins."""
        return np.asarray(self.arrival < -EARLY)

    @cached_property
    def open_day(self) -> Ints:
        """Return opening days of those who were clients before the book begins."""
        months, table = opening_months(self.plan.first_month)
        drawn = self.four("open", 2)
        return working_day(months.take(table.take(drawn[0] >> 2)), drawn[1]).astype(np.int32)

    @cached_property
    def age_at_opening(self) -> Reals:
        """Return ages in years on opening day; the rich open a little later, today's clients a
        little sooner."""
        score = 0.35 * self._standing + np.sqrt(1 - 0.35**2) * normal(self._age[0])
        score -= 0.01 * ~self.old
        return opening_ages().at(share_below(score))

    @cached_property
    def _age(self) -> NDArray[np.uint16]:
        return self.four("age", 2)

    @cached_property
    def _name(self) -> NDArray[np.uint16]:
        return self.four("name", 3)

    @cached_property
    def _standing(self) -> Floats:
        return normal((self.share * 65535).astype(np.uint16))

    @cached_property
    def birth_day(self) -> Ints:
        """Return birthdays; nobody is younger than eighteen on the book's day."""
        came = (self.plan.first_month + self.arrival - 1970 * 12) * 30.436875 + 15
        opened = np.where(self.old, self.open_day, came.astype(np.int32))
        days = np.floor(self.age_at_opening * 365.25 + self._age[1] / 65536 * 30)
        youngest = (self.plan.as_of.toordinal() - EPOCH) - 18 * 366
        return np.asarray(np.minimum(opened - days, youngest).astype(np.int32))

    @cached_property
    def birth_year(self) -> Ints:
        """Return years of birth."""
        return years(self.birth_day)

    @cached_property
    def male(self) -> Flags:
        """Return who is a man."""
        return np.asarray(self.one("gender") < self.plan.preset.male_share)

    @cached_property
    def surname(self) -> Ints:
        """Return rows of the surnames."""
        return np.asarray(surnames().table.take(self._name[0]))

    @cached_property
    def given(self) -> Ints:
        """Return rows of the given names, those of the person's generation and gender."""
        cohort = _bands(COHORTS).take(self.birth_year) * np.int32(2) + self.male
        luck = self._name[1] >> 2
        return np.asarray(given_names().table.ravel().take(cohort * NAME_ENTRIES + luck))

    @cached_property
    def occupation(self) -> Ints:
        """Return rows of the occupations, those of age, gender and wealth."""
        age = self.plan.as_of.year - self.birth_year
        kind = _bands(AGES).take(age) + self.male * np.int32(len(AGES) + 1)
        kind *= len(WEALTH) + 1
        kind += _steps(self.wealth, WEALTH)
        luck = self._name[2] >> 6
        return np.asarray(occupations().table.ravel().take(kind * JOB_ENTRIES + luck))

    @cached_property
    def area(self) -> Ints:
        """Return rows of the districts, most of them in the office's own city."""
        offices = np.arange(self.first // OFFICE, (self.first + len(self) - 1) // OFFICE + 1)
        near = np.concatenate([catchment(*office) for office in _offices(self.plan.seed, offices)])
        luck = self.four("home", 1)[0] >> 6
        return np.asarray(near.take(np.arange(len(self)) // OFFICE * PLACE_ENTRIES + luck))

    @cached_property
    def street(self) -> Ints:
        """Return random numbers that addresses are made from."""
        home = self.four("home", 3)
        return np.asarray(home[1].astype(np.int32) * 32768 + (home[2] >> 1))

    @cached_property
    def rate(self) -> Reals:
        """Return commission per mille: the opening year's offer, or a renegotiated one."""
        chance, choice = self.two("rate")
        now = self.plan.preset.rate_year
        year = np.where(self.old, years(self.open_day), now)
        asked = 0.88 + 0.11 * _steps(self.wealth, (3e4, 1e5, 5e5, 2e6)) / 4
        kept = (chance >= asked) | (now - year <= 2)
        standing = _steps(self.wealth, (5e4, 4e5)) * 0.22 + choice * 0.56
        rank = (np.minimum(standing, 0.999) * 4).astype(np.int32)
        rate = offers().take(np.where(kept, year, now) * 4 + rank)
        large = np.flatnonzero(~kept & (self.wealth > 3e6))
        rate[large] = np.maximum(rate[large] * 0.8, 0.1).round(2)
        return rate

    @property
    def offer(self) -> float:
        """Return the commission per mille that anybody is offered today."""
        return float(offers()[self.plan.preset.rate_year * 4])

    @cached_property
    def engaged(self) -> Flags:
        """Return who is inclined to recommend the firm."""
        return np.asarray(self.one("engaged") < ENGAGED)

    @cached_property
    def referrer(self) -> NDArray[np.int64]:
        """Return who would have sent each of the referred, -1 for the others.

        A referrer stands before the referred in the same block, is one of the engaged and was
        a client before the book began, so that every prefix of the book has him too; and he was
        one before the month in which the referred turns up.
        """
        fit, place = self.engaged & self.old, np.arange(len(self))
        turned_up = month_start(self.plan.first_month + np.maximum(self.arrival, -EARLY))
        referrer = np.full(len(self), -1, dtype=np.int64)
        for luck in (*self.four("referrer"), *self.four("referrer again")):
            other = (place * (luck / 65536.0)).astype(np.int64)
            earlier = (other < place) & (self.open_day[other] < turned_up)
            good = np.flatnonzero((referrer < 0) & fit[other] & earlier)
            referrer[good] = other[good]
        sent = (self.one("source") < REFERRED) & ~self.old & (referrer >= 0)
        return np.where(sent, referrer + self.first, -1)

    @cached_property
    def source(self) -> Small:
        """Return where people come from, as a place in the schema's list."""
        direct = np.searchsorted([0.30, 0.62], self.two("source")[1], side="right")
        early = self.old & (years(self.open_day) < ONLINE_SINCE)
        direct = np.where(early & (direct == 2), 0, direct)
        return np.where(self.referrer >= 0, 3, direct).astype(np.int8)

    @cached_property
    def risk(self) -> Small:
        """Return risk levels from 0; the young and the rich dare a little more."""
        daring = 0.25 * self._standing - 0.04 * (self.age_at_opening - 30)
        spread = np.sqrt(0.25**2 + 1 + (0.04 * 11) ** 2 - 2 * 0.25 * 0.04 * 11 * 0.3)
        level = share_below((daring + normal(self.four("risk", 1)[0])) / spread)
        edges = np.cumsum(self.plan.preset.risk_shares)[:4]
        return np.searchsorted(edges, level, side="right").astype(np.int8)

    @cached_property
    def risk_test_age(self) -> Reals:
        """Return how many days ago the risk test was taken."""
        return np.asarray((self.four("risk", 2)[1] / 65536.0) ** 2 * 1000 // 1 + 10)

    @cached_property
    def motive(self) -> Small:
        """Return why people invest, as a place in the schema's list."""
        table = lookup(np.array(MOTIVE_SHARES), 1024)
        return np.asarray(table.take(self.four("kind", 1)[0] >> 6).astype(np.int8))

    @cached_property
    def channel(self) -> Small:
        """Return how people like to be contacted, as a place in the schema's list."""
        table = lookup(np.array(CHANNEL_SHARES), 1024)
        return np.asarray(table.take(self.four("kind", 2)[1] >> 6).astype(np.int8))

    @cached_property
    def calls(self) -> Flags:
        """Return who agreed to calls."""
        return np.asarray(self.four("consent", 1)[0] < 0.72 * 65536)

    @cached_property
    def messages(self) -> Flags:
        """Return who agreed to messages."""
        return np.asarray(self.four("consent", 2)[1] < 0.85 * 65536)

    @cached_property
    def silent(self) -> Flags:
        """Return who asked not to be contacted at all."""
        return np.asarray(self.four("consent", 3)[2] < 0.02 * 65536)

    @cached_property
    def traits(self) -> dict[str, Floats]:
        """Return what no ledger shows: temper, habits and luck that a client carries along."""
        price, need, loss, patience = self.four("temper") / np.float32(65536)
        habits, size = self.four("habits"), self.size
        count = np.exp(self.plan.preset.trade_spread * normal(habits[0]))
        count = size.column("trade_count") * count * np.where(self.male, MEN_TRADE, 1.0)
        steady = 1.34 - 0.8 * np.clip((self.age_at_opening - 20) / 35, 0, 1)
        traits = {
            "price_sensitivity": price,
            "service_need": need,
            "loss_aversion": loss,
            "tolerance": 1 + np.floor(patience * 4),
            "engaged": self.engaged,
            "trades_monthly": 0.90 * count,
            "trade_size": size.column("trade_size") * np.exp(0.3 * normal(habits[1])),
            "stock_share": 0.55 + 0.4 * habits[2] / 65536,
            "logins_monthly": 2 + 14 * (habits[3] / 65536.0) ** 2 + 1.2 * np.sqrt(count),
            "start_level": np.exp(DRIFT * normal(self.four("level", 1)[0])),
            "frailty": size.column("turnover") / USUAL_TURNOVER * steady,
            "selection": size.column("selection") / 12,
            "timing": size.column("timing") / 12,
            "luck": size.column("luck"),
        }
        return {name: np.asarray(values, dtype=np.float32) for name, values in traits.items()}


def _steps(values: Reals, edges: Iterable[float]) -> Small:
    """Return how many edges each value has reached."""
    passed = np.zeros(len(values), dtype=np.int8)
    for edge in edges:
        passed += (values >= edge).view(np.int8)
    return passed


@cache
def _bands(firsts: tuple[int, ...]) -> Ints:
    """Return the band of every whole number, for bands that begin at the given ones."""
    return np.searchsorted(firsts, np.arange(2200), side="right").astype(np.int32)


def _offices(seed: int, offices: NDArray[np.int64]) -> list[tuple[str, int]]:
    """Return each office's city, and which of its districts happen to be popular there."""
    luck = scatter(seed, "office", offices)
    table = lookup(places().branch_weights, PLACE_ENTRIES)
    cities = places().branch_cities[table.take(luck >> np.uint64(54))]
    return list(zip(cities.tolist(), (luck % np.uint64(997)).tolist(), strict=True))
