"""Who the branch's clients are: what can be seen of them, and what cannot."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.calendar import working_day
from crmkit.branch.ladder import DRIFT, USUAL_TURNOVER, make_ladder
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

#: Clients per branch office and per manager.
OFFICE, PORTFOLIO = 4096, 300

#: How long before the first month a prospect may have turned up.
EARLY = 4

#: Share of prospects who come through a client, and of clients who ever bring anybody.
REFERRED, ENGAGED = 0.55, 0.26

#: Ages at which accounts are opened, in steps of five per cent of people.
_OPENING_AGES = (18, 19, 20, 21, 22, 23, 23.8, 24.6, 25.5, 26.4, 27.4, 28.5, 29.8, 31.2, 33,
                 35.1, 37.8, 41.2, 46, 53, 68)  # fmt: skip

#: Accounts opened nationwide by year, in millions, roughly; booms show. A teaching
#: assumption after the clearing house's yearly figures.
_OPENINGS = {
    1993: 6, 1994: 3, 1995: 2, 1996: 8, 1997: 9, 1998: 6, 1999: 5, 2000: 12, 2001: 7, 2002: 3,
    2003: 2, 2004: 2, 2005: 2, 2006: 5, 2007: 38, 2008: 15, 2009: 17, 2010: 15, 2011: 11,
    2012: 6, 2013: 6, 2014: 11, 2015: 32, 2016: 19, 2017: 17, 2018: 13, 2019: 14, 2020: 19,
    2021: 20, 2022: 15, 2023: 14, 2024: 19, 2025: 22,
}  # fmt: skip

#: Commission offers (per mille) by the last year they were made; then the usual choices.
_OFFERS = (
    (2002, (3.0, 2.8, 2.5, 2.0)),
    (2007, (2.5, 2.0, 1.8, 1.5)),
    (2009, (1.8, 1.5, 1.2, 1.0)),
    (2011, (1.2, 1.0, 0.8, 0.6)),
    (2013, (1.0, 0.8, 0.6, 0.5)),
    (2015, (0.5, 0.3, 0.3, 0.25)),
    (2018, (0.3, 0.3, 0.25, 0.25)),
    (2021, (0.3, 0.25, 0.25, 0.2)),
    (9999, (0.25, 0.2, 0.15, 0.12)),
)

MOTIVE_SHARES = (0.50, 0.14, 0.16, 0.08, 0.12)
CHANNEL_SHARES = (0.14, 0.40, 0.36, 0.10)


@dataclass(frozen=True)
class People:
    """One block of people as codes and numbers; ``person.make_clients`` makes text of them.

    Days count from 1970-01-01, months from the book's first. Money is CNY.
    """

    first: int
    share: Reals
    wealth: Reals
    arrival: NDArray[np.int16]
    open_day: Ints
    birth_day: Ints
    age_at_opening: Reals
    male: NDArray[np.bool_]
    surname: Ints
    given: Ints
    area: Ints
    street: Ints
    occupation: Ints
    risk: Small
    risk_test_age: Ints
    motive: Small
    channel: Small
    calls: NDArray[np.bool_]
    messages: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    source: Small
    referrer: NDArray[np.int64]
    rate: Reals
    traits: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.wealth)

    @property
    def client(self) -> NDArray[np.int64]:
        """Return each person's place in the book."""
        return np.arange(self.first, self.first + len(self), dtype=np.int64)


def draw_people(plan: Plan, block: int) -> People:
    """Return the people of one block; the same for every worker and every size of book."""
    rows, first = plan.rows(block), block * BLOCK
    share = golden(plan.seed, "client", "wealth", first, rows)
    size = make_ladder(plan.preset, plan.months / 12).climb(share)
    arrival = _arrival(plan, block, rows, size["arrives"])
    opened = _open_day(plan, block, rows)
    age, years = _ages(
        plan, block, share, np.where(arrival < -EARLY, opened, _day_of(plan, arrival))
    )
    male = _first(plan, "gender", block, rows) < plan.preset.male_share
    source, referrer = _sources(plan, block, rows, arrival)
    looks = _looks(plan, block, rows, male, age, size["wealth"])
    return People(
        first=first,
        share=share,
        wealth=size["wealth"],
        arrival=arrival,
        open_day=opened,
        age_at_opening=years,
        male=male,
        source=source,
        referrer=referrer,
        rate=_rate(plan, block, size["wealth"], opened, arrival),
        traits=_traits(plan, block, rows, size, male, years),
        birth_day=age,
        **looks,
        **_wishes(plan, block, rows, share, years),
    )


def _four(plan: Plan, column: str, block: int, rows: int) -> NDArray[np.uint16]:
    return quarters(bits(plan.seed, "client", column, block), rows)


def _two(plan: Plan, column: str, block: int, rows: int) -> tuple[Floats, Floats]:
    return pairs(bits(plan.seed, "client", column, block), rows)


def _first(plan: Plan, column: str, block: int, rows: int) -> Floats:
    return _two(plan, column, block, rows)[0]


def _day_of(plan: Plan, month: NDArray[np.int16]) -> Ints:
    """Return the middle of a month of the book as days since 1970."""
    return ((plan.first_month + month - 1970 * 12) * 30.436875 + 15).astype(np.int32)


def _arrival(plan: Plan, block: int, rows: int, arrives: Reals) -> NDArray[np.int16]:
    """Return the month in which a prospect turns up, or far before for clients of old."""
    comes, when = _two(plan, "arrival", block, rows)
    month = np.floor(when * (plan.months + EARLY)) - EARLY
    return np.where(comes < arrives, month, -999).astype(np.int16)


def _open_day(plan: Plan, block: int, rows: int) -> Ints:
    """Return opening days of those who were clients before the book begins."""
    months, table = _opening_months(plan.first_month, plan.as_of.year * 12)
    drawn = _four(plan, "open", block, rows)
    month = months.take(table.take(drawn[0] >> 2))
    return working_day(month, drawn[1]).astype(np.int32)


@cache
def _opening_months(first_month: int, _until: int) -> tuple[Ints, Ints]:
    """Return the months before the book and how often clients of today opened in each."""
    years = np.repeat(list(_OPENINGS), 12)
    months = years * 12 + np.tile(np.arange(12), len(_OPENINGS))
    before = months < first_month
    ago = (first_month - months[before]) / 12
    weights = np.repeat(list(_OPENINGS.values()), 12)[before] * 0.995**ago
    return months[before].astype(np.int32), lookup(weights, 2**14)


def _ages(plan: Plan, block: int, share: Reals, opened: Ints) -> tuple[Ints, Reals]:
    """Return birthdays and the age in years on opening day; the rich open a little later."""
    drawn = _four(plan, "age", block, len(share))
    standing = normal((share * 65535).astype(np.uint16))
    score = 0.35 * standing + np.sqrt(1 - 0.35**2) * normal(drawn[0])
    years = np.interp(share_below(score), np.linspace(0, 1, 21), _OPENING_AGES)
    days = np.floor(years * 365.25 + drawn[1] / 65536 * 30)
    last_day = (plan.as_of.toordinal() - 719163) - 18 * 366
    return np.minimum(opened - days, last_day).astype(np.int32), years


def _sources(
    plan: Plan, block: int, rows: int, arrival: NDArray[np.int16]
) -> tuple[Small, NDArray[np.int64]]:
    """Return where people come from and, for the referred, who would have sent them.

    A referrer stands before the referred in the same block, is one of the engaged and was a
    client before the book began, so that every prefix of the book has him too.
    """
    chance, kind = _two(plan, "source", block, rows)
    engaged = _first(plan, "engaged", block, rows) < ENGAGED
    fit = engaged & (arrival < -EARLY)
    referrer = np.full(rows, -1, dtype=np.int64)
    place = np.arange(rows)
    tries = _four(plan, "referrer", block, rows)
    more = _four(plan, "referrer again", block, rows)
    for luck in (*tries, *more):
        other = (place * (luck / 65536.0)).astype(np.int64)
        good = (referrer < 0) & fit[other] & (other < place)
        referrer[good] = other[good]
    referred = (chance < REFERRED) & (arrival >= -EARLY) & (referrer >= 0)
    direct = np.searchsorted([0.30, 0.62], kind, side="right")
    return (
        np.where(referred, 3, direct).astype(np.int8),
        np.where(referred, referrer + block * BLOCK, -1),
    )


def _looks(
    plan: Plan, block: int, rows: int, male: NDArray[np.bool_], birth: Ints, wealth: Reals
) -> dict[str, Any]:
    names = _four(plan, "name", block, rows)
    home = _four(plan, "home", block, rows)
    year = birth.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    cohort = np.searchsorted(COHORTS, year, side="right") * 2 + male
    age = plan.as_of.year - year
    job = (np.where(male, len(AGES) + 1, 0) + np.searchsorted(AGES, age, side="right")) * 3
    job += np.searchsorted(WEALTH, wealth, side="right")
    given, work = given_names().table, occupations().table
    return {
        "surname": surnames().table.take(names[0]),
        "given": given.ravel().take(cohort * NAME_ENTRIES + (names[1] >> 2)),
        "occupation": work.ravel().take(job * JOB_ENTRIES + (names[2] >> 6)),
        "area": _areas(plan, block, rows, home[0] >> 6),
        "street": home[1].astype(np.int32) * 65536 // 2 + (home[2] >> 1),
    }


def _areas(plan: Plan, block: int, rows: int, luck: NDArray[np.uint16]) -> Ints:
    first = block * BLOCK // OFFICE
    offices = -(-rows // OFFICE)
    drawn = scatter(plan.seed, "office", np.arange(first, first + offices))
    table = lookup(places().branch_weights, PLACE_ENTRIES)
    cities = places().branch_cities[table.take(drawn >> np.uint64(54))]
    near = np.concatenate(
        [
            catchment(city, fashion)
            for city, fashion in zip(cities, (drawn % np.uint64(997)).tolist(), strict=True)
        ]
    )
    return near.take(np.arange(rows) // OFFICE * PLACE_ENTRIES + luck)


def _rate(plan: Plan, block: int, wealth: Reals, opened: Ints, arrival: NDArray[np.int16]) -> Reals:
    """Return commission per mille: the offer of the opening year, or a renegotiated one."""
    chance, choice = _two(plan, "rate", block, len(wealth))
    year = opened.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    year = np.where(arrival < -EARLY, year, plan.preset.rate_year)
    lasts = np.array([last for last, _ in _OFFERS])
    asked = 0.88 + 0.11 * np.searchsorted([3e4, 1e5, 5e5, 2e6], wealth) / 4
    age = plan.preset.rate_year - year
    kept = chance >= np.where(age > 2, asked, 0)
    year = np.where(kept, year, plan.preset.rate_year)
    menu = np.array([rates for _, rates in _OFFERS])
    standing = np.clip(np.searchsorted([5e4, 4e5], wealth) * 0.22 + choice * 0.56, 0, 0.999)
    rate = menu[np.searchsorted(lasts, year), (standing * 4).astype(np.int64)]
    large = ~kept & (wealth > 3e6)
    return np.where(large, np.maximum(rate * 0.8, 0.1), rate).round(2)


def _wishes(plan: Plan, block: int, rows: int, share: Reals, years: Reals) -> dict[str, Any]:
    """Return risk level and test, motive, channel and consent."""
    kinds = _four(plan, "kind", block, rows)
    tests = _four(plan, "risk", block, rows)
    consent = _four(plan, "consent", block, rows)
    daring = 0.25 * normal((share * 65535).astype(np.uint16)) - 0.04 * (years - 31)
    spread = np.sqrt(0.25**2 + 1 + (0.04 * 11) ** 2 - 2 * 0.25 * 0.04 * 11 * 0.3)
    level = share_below((daring + normal(tests[0])) / spread)
    edges = np.cumsum(plan.preset.risk_shares)[:4]
    table_motive, table_channel = (
        lookup(np.array(MOTIVE_SHARES), 1024),
        lookup(np.array(CHANNEL_SHARES), 1024),
    )
    return {
        "risk": np.searchsorted(edges, level, side="right").astype(np.int8),
        "risk_test_age": (tests[1] / 65536.0) ** 2 * 1000 // 1 + 10,
        "motive": table_motive.take(kinds[0] >> 6).astype(np.int8),
        "channel": table_channel.take(kinds[1] >> 6).astype(np.int8),
        "calls": consent[0] < 0.72 * 65536,
        "messages": consent[1] < 0.85 * 65536,
        "silent": consent[2] < 0.02 * 65536,
    }


def _traits(
    plan: Plan, block: int, rows: int, size: dict[str, Reals], male: NDArray[np.bool_], years: Reals
) -> dict[str, Floats]:
    """Return what no ledger shows: temper, habits and luck that a client carries along."""
    temper, habits = (_four(plan, name, block, rows) for name in ("temper", "habits"))
    price, need, loss, bear = temper / np.float32(65536)
    count = size["trade_count"] * np.exp(plan.preset.trade_spread * normal(habits[0]))
    count *= np.where(male, 1.45, 1.0)
    traits = {
        "price_sensitivity": price,
        "service_need": need,
        "loss_aversion": loss,
        "tolerance": 1 + np.floor(bear * 4),
        "engaged": _first(plan, "engaged", block, rows) < ENGAGED,
        "trades_monthly": 0.90 * count,
        "trade_size": size["trade_size"] * np.exp(0.3 * normal(habits[1])),
        "stock_share": 0.55 + 0.4 * habits[2] / 65536,
        "logins_monthly": 2 + 14 * (habits[3] / 65536.0) ** 2 + 1.2 * np.sqrt(count),
        "start_level": np.exp(DRIFT * normal(_four(plan, "level", block, rows)[0])),
        "frailty": size["turnover"]
        / USUAL_TURNOVER
        * (1.25 - 0.5 * np.clip((years - 20) / 35, 0, 1)),
        "selection": size["selection"] / 12,
        "timing": size["timing"] / 12,
        "luck": size["luck"],
    }
    return {name: np.asarray(values, dtype=np.float32) for name, values in traits.items()}
