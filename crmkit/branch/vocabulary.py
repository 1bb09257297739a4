"""The words people are made of: names by cohort, places, streets, occupations.

Everything here is a vocabulary and a look-up table of row numbers, so that drawing a word is
one array access and strings are made only when a book leaves the branch.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.streams import lookup

Words = NDArray[np.object_]
Rows = NDArray[np.int32]

#: First birth year of each cohort of given names after the first.
COHORTS = (1950, 1960, 1970, 1980, 1990, 2000)

#: First age of each band of occupations after the first, and first wealth (CNY) likewise.
AGES = (22, 25, 30, 40, 50, 55, 60, 65)
WEALTH = (100_000, 1_000_000)

#: An age towards the end of each band, at which its occupations must still be possible.
_LATE_IN_BAND = (21, 24, 29, 36, 46, 52, 57, 62, 75)

#: Years by which women in wage work have retired before men.
WOMEN_RETIRE_SOONER = 5

#: The hundred commonest surnames' share of the nation (household registry count).
TOP_HUNDRED = 0.855

NAME_ENTRIES, PLACE_ENTRIES, JOB_ENTRIES = 2**14, 2**10, 2**10


@dataclass(frozen=True)
class Vocabulary:
    """Words, and a table of their rows with each word as often as it should come."""

    words: Words
    table: Rows


def _read(name: str) -> str:
    return files("crmkit").joinpath("data/people", name).read_text(encoding="utf-8")


def _words(items: list[str]) -> Words:
    return np.array(items, dtype=object)


@cache
def surnames() -> Vocabulary:
    """Return surnames with Faker's weights, the rarer ones lifted to their true share."""
    from faker.providers.person.zh_CN import Provider

    ranked = sorted(Provider.last_names.items(), key=lambda item: (-item[1], item[0]))
    weights = np.array([weight for _, weight in ranked])
    weights[:100] *= TOP_HUNDRED / weights[:100].sum()
    weights[100:] *= (1 - TOP_HUNDRED) / weights[100:].sum()
    return Vocabulary(_words([name for name, _ in ranked]), lookup(weights, 2**16))


@cache
def given_names() -> Vocabulary:
    """Return given names; the table has one row per cohort and gender, women first."""
    words: list[str] = []
    tables = []
    for cohort in tomllib.loads(_read("given_names.toml")).values():
        for gender in ("f", "m"):
            names, weights = _cohort(cohort[gender], cohort["shares"])
            tables.append(lookup(weights, NAME_ENTRIES) + len(words))
            words += names
    return Vocabulary(_words(words), np.array(tables, dtype=np.int32))


def _cohort(names: dict[str, str], shares: list[float]) -> tuple[list[str], NDArray[np.float64]]:
    whole, single = names["whole"].split(), names["single"].split()
    firsts, seconds = names["first"].split(), names["second"].split()
    joined = [first + second for first in firsts for second in seconds]
    pairs = np.outer(_ranked(len(firsts)), _ranked(len(seconds))).ravel()
    weights = (_ranked(len(whole)), pairs, _ranked(len(single)))
    return whole + joined + single, np.concatenate(
        [share * weight for share, weight in zip(shares, weights, strict=True)]
    )


def _ranked(count: int) -> NDArray[np.float64]:
    """Return falling weights for words listed from the commonest to the rarest."""
    weights = 1 / (np.arange(count) + 8.0)
    return np.asarray(weights / weights.sum())


@dataclass(frozen=True)
class Places:
    """Real divisions, one row per district, and the cities that have branches."""

    province: Words
    city: Words
    district: Words
    urban: NDArray[np.float64]
    branch_cities: Words
    branch_weights: NDArray[np.float64]


@cache
def places() -> Places:
    """Return every province, city and district, and where branches are."""
    rows = list(csv.DictReader(_read("divisions.csv").splitlines()))
    cities = list(csv.DictReader(_read("cities.csv").splitlines()))
    return Places(
        province=_words([row["province"] for row in rows]),
        city=_words([row["city"] for row in rows]),
        district=_words([row["district"] for row in rows]),
        urban=np.array([_urban(row["district"]) for row in rows]),
        branch_cities=_words([row["city"] for row in cities]),
        branch_weights=np.array([float(row["weight"]) for row in cities]),
    )


def _urban(district: str) -> float:
    """Return how many investors a district has beside others of its city, roughly."""
    zone = len(district) > 5 or district.endswith("新区")
    return 0.15 if zone else {"区": 1.0, "市": 0.3}.get(district[-1], 0.15)


@cache
def catchment(city: str, fashion: int) -> Rows:
    """Return the districts a branch's clients live in: mostly its own city's.

    Parameters
    ----------
    city : str
    fashion : int
        Which of the city's districts happen to be popular with this branch.
    """
    country = places()
    home = country.city == city
    province = country.province == country.province[np.argmax(home)]
    near = 1 / (1 + (np.arange(len(home)) * 7 + fashion) % max(int(home.sum()), 1))
    own = np.where(home, country.urban * near, 0)
    parts = ((0.88, own), (0.09, province * country.urban), (0.03, country.urban))
    return lookup(np.sum([w * p / p.sum() for w, p in parts], axis=0), PLACE_ENTRIES)


@cache
def occupations() -> Vocabulary:
    """Return occupations; one row of the table per gender, age band and wealth band."""
    jobs = list(csv.DictReader(_read("occupations.csv").splitlines()))
    number = {
        name: np.array([float(job[name]) for job in jobs])
        for name in jobs[0]
        if name not in ("name", "en")
    }
    ages = list(zip((18, *AGES), _LATE_IN_BAND, strict=True))
    tables = [
        lookup(_likely(number, women, first, late, band), JOB_ENTRIES)
        for women in (True, False)
        for first, late in ages
        for band in ("low", "middle", "high")
    ]
    return Vocabulary(_words([job["name"] for job in jobs]), np.array(tables, dtype=np.int32))


def _likely(
    number: dict[str, NDArray[np.float64]], women: bool, first: int, late: int, band: str
) -> NDArray[np.float64]:
    """Return how likely each occupation is for people of a band of ages and of wealth."""
    salaried = (number["oldest"] >= 50) & (number["oldest"] <= 62)
    retired = number["youngest"] >= 55
    sooner = WOMEN_RETIRE_SOONER if women else 0
    youngest = number["youngest"] - sooner * retired
    fits = (youngest <= first) & (late <= number["oldest"] - sooner * salaried)
    share = number["women"] if women else 1 - number["women"]
    return number[band] * share * fits


@cache
def streets() -> Words:
    """Return street names; invented combinations of common ones, not an address list."""
    return _words(_read("streets.txt").split())


@cache
def compounds() -> Words:
    """Return names of housing compounds."""
    return _words(_read("compounds.txt").split())


def pick(table: NDArray[np.int32], random: NDArray[Any]) -> NDArray[np.int32]:
    """Return the table's entries at as many random positions, by the top bits of 16."""
    return table.take(random >> np.uint16(16 - int(np.log2(len(table)))))
