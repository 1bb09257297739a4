"""Months times policy gives a book; another policy on the same luck gives a what-if."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import pandas as pd

from crmkit.book.book import ClientBook, make_client_book
from crmkit.branch import records, truth
from crmkit.branch.history import History, live_through
from crmkit.branch.holdings import holdings
from crmkit.branch.market import Market
from crmkit.branch.plan import Plan, Preset, make_plan
from crmkit.branch.policies import Policy, habit

TABLE_MAKERS: Mapping[str, Callable[[Plan, History], pd.DataFrame]] = MappingProxyType({
    "client": records.clients,
    "account": records.accounts,
    "activity": records.activities,
    "contact": records.contacts,
    "complaint": records.complaints,
    "referral": records.referrals,
    "holding": holdings,
})  # fmt: skip

TRUTH_MAKERS: Mapping[str, Callable[[Plan, History], pd.DataFrame]] = MappingProxyType(
    {"trait": truth.traits, "outcome": truth.outcomes}
)


@dataclass(frozen=True)
class BranchBook(ClientBook):
    """A client book that was made up, together with what is true behind it.

    Attributes
    ----------
    plan : Plan
        What the book follows from.
    truth : mapping of str to DataFrame
        Traits and outcomes that no branch can know; see ``crmkit.branch.truth``. Learners
        get the observable tables only.
    """

    plan: Plan = field(repr=False, kw_only=True)
    truth: Mapping[str, pd.DataFrame] = field(repr=False, kw_only=True)

    def what_if(self, policy: Policy) -> "BranchBook":
        """Return the same people meeting the same luck under another policy.

        Whatever differs between the two books is the policy's doing, client by client.
        """
        return build_book(self.plan.with_policy(policy))


def make_book(
    n: int,
    seed: int,
    as_of: date | str,
    months: int = 36,
    preset: str | Preset = "sse2023",
    market: str | Market = "mixed",
    policy: Policy = habit,
) -> BranchBook:
    """Return a simulated client book and the truth behind it.

    Parameters
    ----------
    n : int
        People in the book: clients, those who left and prospects.
    seed : int
    as_of : date or str
        The book's day; its history ends with the last whole month before.
    months : int
        Months of history.
    preset : {"sse2023", "szse2018", "csdc2012"} or Preset
        Whose size, age, gender and risk the clients have.
    market : str or Market
        ``"mixed"``, ``"bull"``, ``"flat"``, ``"bear"`` or a frozen path such as
        ``"bear2018"``.
    policy : callable
        Whom the manager contacts; an ordinary manager's habit unless said otherwise.

    Raises
    ------
    CrmkitError
        When a parameter cannot be used.

    Examples
    --------
    >>> book = make_book(n=20, seed=1, as_of="2026-01-05", months=3)
    >>> len(book.client), bool(book.client["is_synthetic"].all())
    (20, True)
    """
    return build_book(make_plan(n, seed, as_of, months, preset, market, policy))


def build_book(plan: Plan) -> BranchBook:
    """Return the book that follows from a plan."""
    histories = [live_through(plan, block) for block in range(plan.blocks)]
    observable = make_client_book(
        plan.as_of, origin(plan), **_tables(plan, histories, TABLE_MAKERS)
    )
    return BranchBook(
        as_of=observable.as_of,
        tables=observable.tables,
        origin=observable.origin,
        plan=plan,
        truth=MappingProxyType(_tables(plan, histories, TRUTH_MAKERS)),
    )


def _tables(
    plan: Plan,
    histories: list[History],
    makers: Mapping[str, Callable[[Plan, History], pd.DataFrame]],
) -> dict[str, pd.DataFrame]:
    return {
        name: pd.concat([make(plan, history) for history in histories], ignore_index=True)
        for name, make in makers.items()
    }


def origin(plan: Plan) -> dict[str, object]:
    """Return what a book says about where it came from."""
    from crmkit import __version__

    return {
        "synthetic": True,
        "engine": __version__,
        "seed": plan.seed,
        "clients": plan.n,
        "months": plan.months,
        "preset": plan.preset.name,
        "market": plan.market.name,
        "policy": getattr(plan.policy, "__name__", type(plan.policy).__name__),
    }
