"""The practice of lesson 7: trades, a rate under attack, a leaver, and a year of a branch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from crmkit.course.practice import from_bank
from crmkit.pricing.economics import Business, four_answers, terms
from crmkit.pricing.fees import one_trade, pass_through, trade_fees
from crmkit.rules import Rulebook, read_rules
from crmkit.words import t

AS_OF = date(2026, 6, 30)
#: The day before stamp duty was halved: what an old rule would charge.
BEFORE = date(2023, 8, 25)
#: The rate to which the lesson's branch cuts, per mille.
CUT_TO = 0.2
#: How many measures of each answer the exercise draws from the bank, and how many the lesson.
#: What is forbidden comes on top: one in the lesson, two in the exercise, of two each.
MEASURES: Mapping[str, tuple[int, int]] = dict.fromkeys(
    ("clients", "traded", "products", "cost"), (1, 1)
)


@dataclass(frozen=True)
class Trip:
    """A purchase and a later sale, both at an all-in rate.

    Attributes
    ----------
    bought, sold : float
        CNY.
    rate : float
        Per mille.
    """

    bought: float
    sold: float
    rate: float

    def fees(self, rules: Rulebook, on: date = AS_OF, quote: str = "all-in") -> pd.DataFrame:
        """Return what purchase and sale cost, part by part, in fen."""
        sides = [
            one_trade(amount, self.rate, side, "SH", quote, on)
            for side, amount in (("buy", self.bought), ("sell", self.sold))
        ]
        return trade_fees(pd.concat(sides, ignore_index=True), rules)

    def total(self, rules: Rulebook, on: date = AS_OF, quote: str = "all-in") -> float:
        """Return what both cost, in CNY."""
        return float(self.fees(rules, on, quote)["total"].sum()) / 100


@dataclass(frozen=True)
class Practice:
    """What lesson 7 is about, for one seed.

    Attributes
    ----------
    rules : Rulebook
    trips : tuple of Trip
        One for the lesson, one for the exercise.
    small : float
        A purchase so small that the minimum bites, CNY.
    cuts : tuple of (float, float)
        Old and new rate, for the lesson and for the exercise.
    leavers : tuple of (float, float, float)
        Rate, chance of staying without a cut, and with one: for the figure, the lesson and
        the exercise. Their rates differ, so none shows another's floor.
    traded : tuple of float
        What a client trades a year, CNY, for the lesson and for the exercise.
    measures : tuple of (tuple of str)
        Measures against falling commission, for the lesson and for the exercise: names in
        the bank.
    """

    rules: Rulebook
    trips: tuple[Trip, Trip]
    small: float
    cuts: tuple[tuple[float, float], tuple[float, float]]
    leavers: tuple[tuple[float, float, float], ...]
    traded: tuple[float, float]
    measures: tuple[tuple[str, ...], tuple[str, ...]]
    as_of: date = AS_OF

    @property
    def fees(self) -> pd.DataFrame:
        """What purchase and sale of the lesson's trip cost, in fen."""
        return self.trips[0].fees(self.rules, self.as_of)

    @property
    def sides(self) -> list[str]:
        """What the two are called."""
        return [t("l07.label.buy"), t("l07.label.sell")]

    @property
    def collected(self) -> float:
        """What an all-in rate collects for others, per mille."""
        return pass_through(self.as_of, "SH", self.rules)

    @property
    def minimum(self) -> float:
        """The least commission of a trade, CNY."""
        return float(self.rules.value("commission.minimum", self.as_of))

    @property
    def business(self) -> Business:
        """A year of the lesson's branch, a teaching assumption."""
        return Business(clients=300, traded=800_000_00, products=100_00, cost=60_000_00, rate=0.3)

    def answers(self, **moves: float) -> pd.DataFrame:
        """Return what the four answers do about the cut; moves in per cent."""
        shares = {lever: move / 100 for lever, move in moves.items()}
        return four_answers(self.business, CUT_TO, self.collected, shares)

    @property
    def lost(self) -> float:
        """What the cut costs the branch a year, fen."""
        after = replace(self.business, rate=CUT_TO)
        return self.business.net(self.collected) - after.net(self.collected)

    @property
    def payout(self) -> float:
        """The manager's share of net commission; an assumption of the course."""
        return terms(self.as_of, self.rules).payout

    @property
    def tax(self) -> float:
        """The tax office's share of commission; an assumption of the course."""
        return terms(self.as_of, self.rules).tax


def make_practice(seed: int, rules: Rulebook | None = None) -> Practice:
    """Return the practice of a seed.

    >>> round(make_practice(1).collected, 4)
    0.0541
    """
    rng = np.random.default_rng([seed, 7])
    amounts = rng.choice([80_000, 100_000, 120_000, 150_000, 200_000], 2, replace=False)
    rates = rng.choice([0.25, 0.28, 0.3, 0.35], 2, replace=False)
    first, second = rng.permutation([0.25, 0.3, 0.35, 0.4])[:2].tolist()
    traded = rng.choice([2_400_000, 3_000_000, 4_000_000], 2, replace=False).tolist()
    return Practice(
        rules=rules or read_rules(),
        trips=(
            Trip(float(amounts[0]), float(amounts[0]) * 1.2, float(rates[0])),
            Trip(float(amounts[1]), float(amounts[1]) * 1.25, float(rates[1])),
        ),
        small=float(rng.choice([4_000, 5_000, 6_000, 8_000])),
        cuts=((first, 0.2), (second, 0.15)),
        leavers=tuple(_leaver(rate, rng) for rate in (0.25, 0.35, 0.3)),
        traded=(traded[0], traded[1]),
        measures=_measures(rng),
    )


def _leaver(rate: float, rng: np.random.Generator) -> tuple[float, float, float]:
    stay = float(rng.choice([0.5, 0.55, 0.6]))
    return rate, stay, round(stay + float(rng.choice([0.2, 0.25])), 2)


def _measures(rng: np.random.Generator) -> tuple[tuple[str, ...], tuple[str, ...]]:
    exercise, lesson = from_bank(MEASURES, rng)
    press, gift, war = (f"{kind}{rng.integers(1, 3)}" for kind in ("press", "gift", "war"))
    return (*lesson, press), (*exercise, gift, war)
