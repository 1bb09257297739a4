"""The practice of lesson 8: a hundred lost and won, a client's worth, and eight clients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.value import Swap, assumed, lifetime_value, swap_cost, word_of_mouth
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import make_book
from crmkit.course.practice import from_bank
from crmkit.words import t

AS_OF = date(2026, 6, 30)
#: How many acts for each use the exercise draws from the bank, and how many the lesson.
ACTS: Mapping[str, tuple[int, int]] = dict.fromkeys(("keep", "cost", "refer", "more"), (1, 2))
#: The eight clients of the exercise: assets (10k CNY), commission and product income (CNY a
#: year). Whoever is ranked by the first or by the second is misled; teaching figures.
Span = tuple[int, int]
EIGHT: Mapping[str, tuple[Span, Span, Span]] = {
    "products": ((90, 120), (500, 700), (4200, 4800)),
    "trader": ((30, 45), (3300, 3700), (0, 100)),
    "both": ((140, 170), (1500, 1700), (1200, 1400)),
    "steady": ((60, 75), (1000, 1150), (900, 1000)),
    "rich_idle": ((420, 520), (150, 250), (800, 900)),
    "small": ((15, 20), (600, 700), (0, 50)),
    "idle": ((240, 300), (100, 160), (200, 280)),
    "sleeper": ((8, 12), (60, 100), (0, 20)),
}
#: The same of the four clients of the lesson, and of the three at its exit.
FOUR: Mapping[str, tuple[Span, Span, Span]] = {
    "funds": ((100, 130), (300, 450), (3600, 4200)),
    "busy": ((35, 50), (2600, 3000), (0, 100)),
    "plain": ((60, 80), (800, 950), (500, 650)),
    "still": ((450, 550), (150, 250), (600, 800)),
}
THREE: Mapping[str, tuple[Span, Span, Span]] = {
    "quiet": ((70, 90), (200, 300), (2800, 3300)),
    "busy": ((30, 50), (1800, 2200), (0, 100)),
    "rich": ((300, 400), (100, 200), (500, 700)),
}


@dataclass(frozen=True)
class Practice:
    """What lesson 8 is about, for one seed.

    Attributes
    ----------
    margin : int
        What a client brings a year after the cost of serving, CNY.
    keep : int
        What keeping one costs a year, CNY.
    old, new : float
        Chance that an old client, and a new one, stays another year.
    months : int
        Until a new client trades.
    eight, four, three : DataFrame
        By case: ``name`` (masked), ``assets`` (10k CNY), ``commission``, ``products`` and
        ``total`` (CNY a year); for the exercise, the lesson and its exit.
    acts : tuple of (tuple of str)
        What is done for old clients, for the lesson and for the exercise: names in the bank.
    seed : int
    """

    margin: int
    keep: int
    old: float
    new: float
    months: int
    eight: pd.DataFrame
    four: pd.DataFrame
    three: pd.DataFrame
    acts: tuple[tuple[str, ...], tuple[str, ...]]
    seed: int

    @property
    def brought(self) -> pd.Series:
        """What every client of a branch brought in a year, fen."""
        return _branch(self.seed % 2**31)

    @property
    def times(self) -> float:
        """How many times as much winning costs as keeping: folklore of the trade."""
        return assumed("acquire_over_keep")

    @property
    def discount(self) -> float:
        """The yearly discount, an assumption."""
        return assumed("discount")

    def worth(self, stay: float) -> float:
        """Return what a client is worth who stays with a chance, CNY."""
        return float(lifetime_value(self.margin, stay))

    def swap_of(self, months: float, clients: int = 100) -> Swap:
        """Return the parts of what some clients lost and as many won cost, CNY."""
        return swap_cost(clients, self.margin, self.old, self.new, self.keep, None, months)

    def swap_fen(self, times: float, months: float) -> Swap:
        """Return the same in fen, as figures take it."""
        return swap_cost(100, self.margin * 100, self.old, self.new, self.keep * 100, times, months)

    @staticmethod
    def talk(good: float, bad: float) -> str:
        """Return how far talk goes by the deck's folk numbers, as HTML."""
        return t("l08.talk", good=good, bad=bad, **word_of_mouth(good, bad))


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.eight), practice.times
    (8, 6.0)
    """
    rng = np.random.default_rng([seed, 8])
    count = len(EIGHT) + len(FOUR) + len(THREE)
    people = person_table(make_plan(count, seed % 2**31, AS_OF), 0)["name"]
    names = [mask_name(str(name)) for name in people]
    exercise, lesson = from_bank(ACTS, rng)
    return Practice(
        margin=int(rng.choice([480, 540, 600, 660])),
        keep=int(rng.choice([40, 50, 60])),
        old=float(rng.choice([0.88, 0.9, 0.92])),
        new=float(rng.choice([0.78, 0.8, 0.82])),
        months=int(rng.integers(2, 5)),
        eight=_clients(EIGHT, names[:8], rng),
        four=_clients(FOUR, names[8:12], rng),
        three=_clients(THREE, names[12:], rng),
        acts=(lesson, exercise),
        seed=seed,
    )


def _clients(
    cases: Mapping[str, tuple[Span, Span, Span]], names: Sequence[str], rng: np.random.Generator
) -> pd.DataFrame:
    kinds = ("assets", "commission", "products")
    rows = {
        case: {"name": name}
        | {kind: int(rng.integers(*span)) for kind, span in zip(kinds, spans, strict=True)}
        for (case, spans), name in zip(cases.items(), names, strict=True)
    }
    clients = pd.DataFrame.from_dict(rows, orient="index")
    return clients.assign(total=clients["commission"] + clients["products"])


@cache
def _branch(seed: int) -> pd.Series:
    return measures(make_book(300, seed, AS_OF))["contribution_12m"]
