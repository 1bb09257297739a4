"""When accounts are opened, at what age, and which commission is offered then."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.streams import Line, lookup

Ints = NDArray[np.int32]
Reals = NDArray[np.float64]

#: Ages at which accounts are opened, in steps of five per cent of people.
_OPENING_AGES = (18, 18.9, 19.8, 20.6, 21.4, 22.2, 23, 23.8, 24.6, 25.5, 26.5, 27.8, 29.4,
                 31.4, 33.8, 36.5, 39.6, 43, 47, 53, 66)  # fmt: skip

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


@cache
def opening_ages() -> Line:
    """Return the age on opening day below which a share of people were."""
    return Line.through(np.linspace(0, 1, 21), np.array(_OPENING_AGES, dtype=np.float64))


@cache
def offers() -> Reals:
    """Return the four usual offers of every year, one year after the other."""
    last = [last for last, _ in _OFFERS]
    menus = np.array([rates for _, rates in _OFFERS])
    return menus[np.searchsorted(last, np.arange(2200))].ravel()


@cache
def opening_months(first_month: int) -> tuple[Ints, Ints]:
    """Return the months before the book and how often clients of today opened in each."""
    opened = np.repeat(list(_OPENINGS), 12)
    months = opened * 12 + np.tile(np.arange(12), len(_OPENINGS))
    before = months < first_month
    ago = (first_month - months[before]) / 12
    weights = np.repeat(list(_OPENINGS.values()), 12)[before] * 0.999**ago
    return months[before].astype(np.int32), lookup(weights, 2**14)
