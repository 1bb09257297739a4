"""The practice of lesson 0: a book to look around in, and six clients on one morning."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from crmkit.book.book import ClientBook
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import make_book

AS_OF = date(2026, 6, 30)
#: What happened to each of the six, the most urgent first. The order is a course default:
#: promises with a clock, money on its way out, people who are hurt, then neglect, then joy.
URGENCY = ("complaint", "outflow", "loss", "overdue", "birthday", "content")
#: Assets of each in 10k CNY, from and to: the one in no need of you is the largest.
ASSETS: Mapping[str, tuple[int, int]] = {
    "complaint": (4, 9), "outflow": (90, 140), "loss": (15, 30), "overdue": (40, 70),
    "birthday": (10, 14), "content": (300, 480),
}  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """What lesson 0 is about, for one seed.

    Attributes
    ----------
    six : mapping of str to mapping
        Case to ``name`` (masked), ``assets`` (10k CNY) and ``days`` since the last contact.
    """

    seed: int
    six: Mapping[str, Mapping[str, object]]

    @property
    def book(self) -> ClientBook:
        """A simulated book of sixty people."""
        return _book(self.seed % 7)


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> list(make_practice(1).six) == list(URGENCY)
    True
    """
    rng = np.random.default_rng([seed, 0])
    names = person_table(make_plan(len(URGENCY), seed % 2**31, AS_OF), 0)["name"]
    days = {"complaint": 16, "outflow": 21, "loss": 33, "overdue": 74, "birthday": 12, "content": 4}
    six = {
        case: {"name": mask_name(name), "assets": int(rng.integers(*ASSETS[case])),
               "days": days[case] + int(rng.integers(4))}
        for case, name in zip(URGENCY, names, strict=True)
    }  # fmt: skip
    return Practice(seed, six)


@cache
def _book(seed: int) -> ClientBook:
    return make_book(60, seed, AS_OF, months=18)
