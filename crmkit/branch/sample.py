"""A simulated branch as plain arrays, for measuring."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.history import History, levy, live_through
from crmkit.branch.plan import Plan
from crmkit.branch.population import EARLY
from crmkit.branch.state import CLIENT, DORMANT

Array = NDArray[Any]


@dataclass(frozen=True)
class Sample:
    """The histories of a plan's blocks, joined column by column."""

    plan: Plan
    histories: tuple[History, ...]

    def person(self, name: str) -> Array:
        """Return an attribute of the people, one value each."""
        return np.concatenate([getattr(h.people, name) for h in self.histories])

    def trait(self, name: str) -> Array:
        """Return a hidden trait, one value each."""
        return np.concatenate([h.people.traits[name] for h in self.histories])

    def state(self, name: str) -> Array:
        """Return how people stand at the end, one value each."""
        return np.concatenate([getattr(h.state, name) for h in self.histories])

    def month(self, name: str) -> Array:
        """Return a column of the monthly table, one value per account and month."""
        return np.concatenate([h.activity[name] for h in self.histories])

    @cached_property
    def client(self) -> Array:
        """Return whose each row of the monthly table is."""
        return self.month("client")

    @cached_property
    def awake(self) -> Array:
        """Return who is a client with a living account at the end."""
        return np.asarray(self.state("stage") == CLIENT)

    @cached_property
    def opened(self) -> Array:
        """Return the month each account was opened, counted from the book's first; far in the
        future for those who never did."""
        day = self.person("open_day")
        before = (day / 30.436875 - (self.plan.first_month - 1970 * 12)).astype(np.int64)
        inside = self.state("opened").astype(np.int64)
        return np.where(self.person("arrival") < -EARLY, before, np.where(inside < 0, 9999, inside))

    def total(self, name: str, months: slice = slice(None)) -> Array:
        """Return a monthly column summed per person over some months."""
        wanted = np.arange(self.plan.months)[months]
        chosen = np.isin(self.month("month"), wanted)
        weights = self.month(name)[chosen].astype(np.float64)
        return np.bincount(self.client[chosen], weights, minlength=self.plan.n)

    @cached_property
    def levies(self) -> Array:
        """Return stamp duty and transfer fee in fen per person over all months."""
        first = self.plan.first_month
        rates = np.array([levy(first + number) for number in range(self.plan.months)])
        due = self.month("trade_amount") * rates[self.month("month")]
        return np.bincount(self.client, due, minlength=self.plan.n)

    def count(self, name: str, months: slice = slice(None)) -> Array:
        """Return in how many of some months a column was not zero, per person."""
        wanted = np.arange(self.plan.months)[months]
        chosen = np.isin(self.month("month"), wanted) & (self.month(name) != 0)
        return np.bincount(self.client[chosen], minlength=self.plan.n)

    @cached_property
    def never_silent(self) -> Array:
        """Return who was not silent at the start nor at the end."""
        start = np.concatenate([h.asleep for h in self.histories])
        return np.asarray(~start & (self.state("stage") != DORMANT))


def take_sample(plan: Plan, columns: Collection[str] = ()) -> Sample:
    """Return the whole branch of a plan.

    Parameters
    ----------
    plan : Plan
    columns : collection of str
        Of the monthly table only these columns are kept, for large branches; all when empty.
    """
    lived = (live_through(plan, block) for block in range(plan.blocks))
    return Sample(plan, tuple(_lighter(history, columns) for history in lived))


def _lighter(history: History, columns: Collection[str]) -> History:
    kept = {name: values for name, values in history.activity.items() if name in columns}
    return replace(history, activity=kept, contact={}) if columns else history
