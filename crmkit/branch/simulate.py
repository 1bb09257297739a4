"""Months times policy gives a book; another policy on the same luck gives a what-if."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from types import MappingProxyType

import pandas as pd

from crmkit.book.book import ClientBook, make_client_book
from crmkit.branch import records, truth
from crmkit.branch.checks import require, whole
from crmkit.branch.contacts import complaints, contacts
from crmkit.branch.dirt import Tables, soil
from crmkit.branch.history import History, live_through, month_start
from crmkit.branch.holdings import holdings
from crmkit.branch.market import Market
from crmkit.branch.nature import ORDINARY, Nature
from crmkit.branch.plan import Plan, Preset, make_plan
from crmkit.branch.policies import Policy, after, everybody, habit, nobody

TABLE_MAKERS: Mapping[str, Callable[[Plan, History], pd.DataFrame]] = MappingProxyType({
    "client": records.clients,
    "account": records.accounts,
    "activity": records.activities,
    "contact": contacts,
    "complaint": complaints,
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
    faults : DataFrame
        The log of planted faults; empty for a clean book.
    """

    plan: Plan = field(repr=False, kw_only=True)
    truth: Mapping[str, pd.DataFrame] = field(repr=False, kw_only=True)
    faults: pd.DataFrame = field(repr=False, kw_only=True)

    def what_if(self, policy: Policy | None = None, nature: Nature | None = None) -> "BranchBook":
        """Return the same people meeting the same luck under another policy, or with another
        nature.

        Whatever differs between the two books is the doing of what was changed, client by
        client.

        Parameters
        ----------
        policy : callable, optional
            The book's own if left out.
        nature : Nature, optional
            The book's own if left out.
        """
        plan = self.plan if policy is None else self.plan.with_policy(policy)
        return build_book(plan if nature is None else replace(plan, nature=nature))

    def potential(self, months: int = 12, channel: str = "call") -> pd.DataFrame:
        """Return who would have left in the last months, contacted monthly and never.

        Until then both worlds follow the book's own policy. The difference of the two columns
        is the effect of the contact on each client, which no real branch can ever see.

        Parameters
        ----------
        months : int
            How long before the book's day the worlds part; no longer than its history.
        channel : {"visit", "call", "wechat", "sms"}

        Returns
        -------
        DataFrame
            ``client_id``, ``left_if_contacted``, ``left_if_not``: only clients whose account
            was open when the worlds parted.

        Raises
        ------
        CrmkitError
            When the book has not so many months, or there is no such channel.
        """
        most = self.plan.months
        require(whole(months, 1, most), "months", months, f"1 … {most}")
        start = self.plan.months - months
        worlds = {
            "left_if_contacted": build_book(
                self.plan.with_policy(after(start, self.plan.policy, everybody(channel)))
            ),
            "left_if_not": build_book(
                self.plan.with_policy(after(start, self.plan.policy, nobody))
            ),
        }
        return compare(self, worlds, start)


def compare(book: BranchBook, worlds: Mapping[str, BranchBook], start: int) -> pd.DataFrame:
    """Return who left since a month in each of several worlds of the same people."""
    since = month_start(book.plan.first_month + start)
    ends = {
        name: world.truth["outcome"].set_index("client_id")["left_month"]
        for name, world in worlds.items()
    }
    here = book.activity.loc[book.activity["month"] == since, "client_id"]
    return pd.DataFrame(
        {name: (left >= since).reindex(here).to_numpy() for name, left in ends.items()}
    ).assign(client_id=here.to_numpy())[["client_id", *worlds]]


def make_book(
    n: int,
    seed: int,
    as_of: date | str,
    months: int = 36,
    preset: str | Preset = "sse2023",
    market: str | Market = "mixed",
    policy: Policy = habit,
    dirt: float = 0.0,
    nature: Nature = ORDINARY,
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
    dirt : float
        Share of clients with a planted fault; the log is in ``faults``.
    nature : Nature
        How clients react: ``Nature(meetings_needed=3)`` is a branch where three meetings do what
        the saying has seven do.

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
    return build_book(make_plan(n, seed, as_of, months, preset, market, policy, nature, dirt))


def build_book(plan: Plan) -> BranchBook:
    """Return the book that follows from a plan."""
    parts = [build_part(plan, block) for block in range(plan.blocks)]
    tables, truth = (_joined([part[side] for part in parts]) for side in (0, 1))
    observable = make_client_book(plan.as_of, origin(plan), **tables)
    return BranchBook(
        as_of=observable.as_of,
        tables=observable.tables,
        origin=observable.origin,
        plan=plan,
        faults=truth.pop("fault"),
        truth=MappingProxyType(truth),
    )


def build_part(plan: Plan, block: int) -> tuple[Tables, Tables]:
    """Return one block's observable tables and its truth, the fault log among the latter."""
    history = live_through(plan, block)
    clean = {name: make(plan, history) for name, make in TABLE_MAKERS.items()}
    tables, faults = soil(clean, plan.seed, plan.as_of, plan.dirt)
    truth = {name: make(plan, history) for name, make in TRUTH_MAKERS.items()}
    return tables, truth | {"fault": faults}


def _joined(parts: list[Tables]) -> Tables:
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}


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
        "dirt": plan.dirt,
        **_changed(plan.nature),
    }


def _changed(nature: Nature) -> dict[str, object]:
    """Return how clients react where it is not as usual."""
    usual = asdict(ORDINARY)
    changed = {name: value for name, value in asdict(nature).items() if value != usual[name]}
    return {"nature": changed} if changed else {}
