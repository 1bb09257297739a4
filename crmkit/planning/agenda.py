"""The agenda: day by day, whom to contact, when, by which channel, why, and about what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import index
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import (
    AGENDA,
    ALERTS,
    LOAD,
    MISSED,
    NEXT_CONTACT,
    PINS,
    PLAN_CHANGES,
    PLAN_PRICES,
    UNPLANNED,
)
from crmkit.book.schema import Table, conform
from crmkit.errors import CrmkitError
from crmkit.planning.cadence import Rules, load_rules
from crmkit.planning.calendar import trading_days
from crmkit.planning.clients import list_clients
from crmkit.planning.facts import with_facts
from crmkit.planning.news import from_campaign, from_pins, from_signals
from crmkit.planning.notes import figures_of, notes_on, warnings_on
from crmkit.planning.obligations import by_any_way, obligations
from crmkit.planning.plan import Plan
from crmkit.planning.problem import RESOURCES, Floats
from crmkit.planning.reasons import with_reasons
from crmkit.planning.replan import changes
from crmkit.planning.rows import contact_rows, load_rows, missed_rows, next_rows, unplanned_rows
from crmkit.planning.solve import solve

#: What an exported agenda has to know of a person; screens show none of it unmasked.
PEOPLE = ("client_id", "name", "mobile", "phone", "wechat", "address", "note")


@dataclass(frozen=True)
class Agenda:
    """A plan of contacts and everything that did not get into it.

    Attributes
    ----------
    start : date
        The day asked for; the first trading day may be later.
    days : tuple of date
        The trading days of the plan.
    minutes : int
        The most that was to be planned on each day.
    contacts : DataFrame
        One row per contact, in order of time: the columns of ``results.AGENDA``.
    unplanned : DataFrame
        Every client without a contact, with the reason: ``results.UNPLANNED``.
    missed : DataFrame
        Musts that could not be met, also of clients with other contacts: ``results.MISSED``.
    next_contact : DataFrame
        One row per client, the soonest first: ``results.NEXT_CONTACT``.
    load : DataFrame
        One row per day: ``results.LOAD``.
    people : DataFrame
        Names, phones and remarks by client, unmasked. For exports only.
    tiers : DataFrame
        As they were given.
    figures : mapping of str to int
        ``clients``, ``planned`` (clients with a contact), ``contacts``, ``musts`` (contacts
        that have to be made), ``musts_missed``, ``shortfall`` (further regular contacts that
        did not fit), ``minutes_used`` and ``minutes_available``.
    notes : tuple of str
        Assumptions, cuts and doubts, each a sentence in the language in use.
    rules : Rules
    warnings : tuple of str
        What stands above every output: years whose closures are not announced yet.
    prices : DataFrame
        One row per day: ``results.PLAN_PRICES``.
    changes : DataFrame
        What is different from the plan before, if there was one: ``results.PLAN_CHANGES``.
    plan : Plan
        The plan itself: problem, solution, bound; ``plan.explanation`` has the reasons.
    """

    start: date
    days: tuple[date, ...]
    minutes: int
    contacts: pd.DataFrame = field(repr=False)
    unplanned: pd.DataFrame = field(repr=False)
    missed: pd.DataFrame = field(repr=False)
    next_contact: pd.DataFrame = field(repr=False)
    load: pd.DataFrame = field(repr=False)
    people: pd.DataFrame = field(repr=False)
    tiers: pd.DataFrame = field(repr=False)
    figures: Mapping[str, int]
    notes: tuple[str, ...] = field(repr=False)
    rules: Rules = field(repr=False)
    plan: Plan = field(repr=False)
    warnings: tuple[str, ...] = ()
    prices: pd.DataFrame = field(repr=False, default_factory=PLAN_PRICES.empty)
    changes: pd.DataFrame = field(repr=False, default_factory=PLAN_CHANGES.empty)


def make_agenda(
    book: ClientBook,
    tiers: pd.DataFrame,
    start: date,
    days: int,
    minutes: int,
    rules: Rules | None = None,
    exact: bool = False,
    seed: int = 0,
    signals: pd.DataFrame | None = None,
    pins: pd.DataFrame | None = None,
    campaign: pd.DataFrame | None = None,
    before: pd.DataFrame | None = None,
    prices: pd.DataFrame | None = None,
) -> Agenda:
    """Return the agenda of the next trading days within the manager's minutes per day.

    It is the best plan the optimiser finds, with a bound that says how much better any other
    could be. Musts and one contact for everybody who has come due count before everything
    else, then the cadence, then what contacts are worth. No client is contacted against their
    wish, twice within the spacing of their tier, on a day the exchanges are closed, or in
    quiet hours.

    Parameters
    ----------
    book : ClientBook
    tiers : DataFrame
        ``client_id`` and ``tier`` (A, B, C, D or unknown); where they come from is free.
    start : date
        The first day; when it is no trading day, the next one is.
    days : int
        Trading days, from 1 to 250.
    minutes : int
        Minutes a day, from 0 to what the working hours have.
    rules : Rules, optional
        The course's own by default.
    exact : bool
        Search longer, to within a few parts in ten thousand of the best plan.
    seed : int
        Breaks ties; the same seed gives the same plan.
    signals : DataFrame, optional
        What happened to clients: ``results.ALERTS``.
    pins : DataFrame, optional
        What the manager has fixed or kept free: ``results.PINS``.
    campaign : DataFrame, optional
        ``client_id`` and ``date`` of events to which clients have a seat.
    before : DataFrame, optional
        The plan before (``client_id``, ``date``, ``channel``): what can stay stays, and
        ``changes`` lists what does not.
    prices : DataFrame, optional
        The prices of the plan before, which save time.

    Raises
    ------
    CrmkitError
        For days or minutes that make no plan, a start outside the exchanges' time, tiers
        that are not ours, or a client who stands twice.

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> people = pd.DataFrame({"client_id": ["13131"], "mobile": ["13888888888"]})
    >>> book = make_client_book(date(2026, 7, 1), client=people)
    >>> tiers = pd.DataFrame({"client_id": ["13131"], "tier": ["A"]})
    >>> agenda = make_agenda(book, tiers, date(2026, 7, 1), days=5, minutes=240)
    >>> agenda.contacts[["start", "channel"]].iloc[0].tolist()
    ['09:00', 'call']
    """
    rules = rules or load_rules()
    start = start.date() if isinstance(start, datetime) else start
    planned_days = tuple(trading_days(start, days))
    minutes = _checked(minutes, rules)
    clients = list_clients(book, tiers, rules, planned_days[0])
    open_clients = [client for client in clients if not client.barred and client.reachable()]
    owed = obligations(open_clients, start, planned_days, rules)
    owed += from_signals(_or(signals, ALERTS), open_clients, planned_days, rules)
    owed += from_campaign(_or(campaign, PINS), open_clients, planned_days, rules)
    owed += from_pins(_or(pins, PINS), open_clients, planned_days)
    plan = solve(open_clients, by_any_way(owed), start, planned_days, minutes, rules, exact, seed,
                 pins, before, _prices_of(prices, planned_days))  # fmt: skip
    figures, why = figures_of(plan, clients), plan.explanation
    contacts = with_reasons(_table(AGENDA, contact_rows(plan, clients)), why.reasons, why.gains)
    return Agenda(
        start=start,
        days=planned_days,
        minutes=minutes,
        contacts=with_facts(contacts, book),
        unplanned=_table(UNPLANNED, unplanned_rows(plan, clients)),
        missed=_table(MISSED, missed_rows(plan)),
        next_contact=_table(NEXT_CONTACT, next_rows(plan, clients)),
        load=_table(LOAD, load_rows(plan)),
        people=book.client[list(PEOPLE)],
        tiers=tiers.astype({"client_id": "str"}),
        figures=figures,
        notes=tuple(notes_on(book, clients, tiers, plan, start, figures)),
        rules=rules,
        warnings=tuple(warnings_on([start, *planned_days])),
        prices=why.prices,
        changes=PLAN_CHANGES.empty() if before is None else changes(before, plan, clients, pins),
        plan=plan,
    )


def _checked(minutes: int, rules: Rules) -> int:
    try:
        whole = index(minutes)
    except TypeError:
        whole = -1
    if whole < 0:
        raise CrmkitError("planning.bad_minutes", minutes=minutes)
    if whole > rules.minutes_per_day():
        raise CrmkitError("planning.too_many_minutes", minutes=whole, most=rules.minutes_per_day())
    return whole


def _or(given: pd.DataFrame | None, table: Table) -> pd.DataFrame:
    return table.empty() if given is None else given


def _prices_of(table: pd.DataFrame | None, days: Sequence[date]) -> Floats | None:
    """Return a plan's prices moved on to some days; the last known holds for what is new."""
    if table is None or table.empty:
        return None
    known = table.set_index(pd.DatetimeIndex(table["date"]).date)[["minute", "visit", "message"]]
    rows = [known.loc[day] if day in known.index else known.iloc[-1] for day in days]
    found = np.zeros((len(RESOURCES), len(days)))
    found[:3] = np.array([row.to_numpy(dtype=float) for row in rows]).T
    return found


def _table(table: Table, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return conform(pd.DataFrame(list(rows)), table)
