"""The practice of lesson 8: a hundred lost and won, a client's worth, and eight clients."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from crmkit.analysis.value import Swap, assumed, lifetime_value, swap_cost, word_of_mouth
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.words import t

AS_OF = date(2026, 6, 30)
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
    eight : DataFrame
        By case: ``name`` (masked), ``assets`` (10k CNY), ``commission``, ``products`` and
        ``total`` (CNY a year).
    """

    margin: int
    keep: int
    old: float
    new: float
    months: int
    eight: pd.DataFrame

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

    def swap_of(self, times: float | None = None, months: float | None = None) -> Swap:
        """Return the parts of what a hundred lost and a hundred won cost, CNY."""
        lag = self.months if months is None else months
        return swap_cost(100, self.margin, self.old, self.new, self.keep, times, lag)

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
    names = person_table(make_plan(len(EIGHT), seed % 2**31, AS_OF), 0)["name"]
    rows = {
        case: {"name": mask_name(name), **_drawn(spans, rng)}
        for (case, spans), name in zip(EIGHT.items(), names, strict=True)
    }
    eight = pd.DataFrame.from_dict(rows, orient="index")
    return Practice(
        margin=int(rng.choice([480, 540, 600, 660])),
        keep=int(rng.choice([40, 50, 60])),
        old=float(rng.choice([0.88, 0.9, 0.92])),
        new=float(rng.choice([0.78, 0.8, 0.82])),
        months=int(rng.integers(2, 5)),
        eight=eight.assign(total=eight["commission"] + eight["products"]),
    )


def _drawn(spans: tuple[Span, Span, Span], rng: np.random.Generator) -> dict[str, int]:
    kinds = ("assets", "commission", "products")
    return {kind: int(rng.integers(*span)) for kind, span in zip(kinds, spans, strict=True)}
