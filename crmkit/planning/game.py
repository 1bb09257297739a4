"""The planner for a class: a dozen made-up clients, one week, an hour a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from crmkit.analysis.tiering import tier_book
from crmkit.book.book import ClientBook
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import build_book
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.exhaust import best_of_all
from crmkit.planning.problem import RESOURCES, Problem, Solution

#: The Monday of the class's week, and how many minutes a day it has.
MONDAY, DAYS, MINUTES = date(2026, 7, 6), 5, 60

#: How many clients of each tier there are.
CLASS = {"A": 3, "B": 3, "C": 4, "D": 4}

#: People among whom the class's clients are chosen; enough for every tier.
PEOPLE, MONTHS = 160, 24


def class_book(
    seed: int, clients: Mapping[str, int] = MappingProxyType(CLASS)
) -> tuple[ClientBook, pd.DataFrame]:
    """Return a small made-up book and its tiers, different for every seed.

    Parameters
    ----------
    seed : int
    clients : mapping of str to int
        How many of each tier.

    Examples
    --------
    >>> book, tiers = class_book(seed=1)
    >>> len(book.client), tiers["tier"].value_counts().to_dict()
    (14, {'C': 4, 'D': 4, 'A': 3, 'B': 3})
    """
    everybody = build_book(make_plan(PEOPLE, seed, MONDAY, MONTHS))
    tiers = tier_book(everybody).tiers[["client_id", "tier"]].astype({"tier": "str"})
    here = everybody.client.loc[
        everybody.client["stage"].isin(["new", "existing"])
        & ~everybody.client["do_not_contact"].fillna(False),
        "client_id",
    ]
    open_to_us = tiers[tiers["client_id"].isin(here)]
    chosen = pd.concat(
        [open_to_us[open_to_us["tier"] == tier].head(count) for tier, count in clients.items()],
        ignore_index=True,
    )
    return _only(everybody, set(chosen["client_id"])), chosen


def class_best(problem: Problem) -> Solution:
    """Return the best plan of a class's week, found by looking at every month of every client.

    Examples
    --------
    >>> agenda, _ = class_agenda(seed=1)
    >>> class_best(agenda.plan.problem).score.net >= agenda.plan.solution.score.net
    True
    """
    cells, score = best_of_all(problem)
    prices = np.zeros((len(RESOURCES), len(problem.days)))
    whole = np.zeros(len(problem.clients), dtype=bool)
    return Solution(cells, score, prices, score.net, score.level0, whole, exact=True)


def class_agenda(seed: int) -> tuple[Agenda, dict[str, str]]:
    """Return the kit's own plan of the class's week, and how the clients are called.

    Examples
    --------
    >>> agenda, names = class_agenda(seed=1)
    >>> len(agenda.days), len(names), agenda.minutes
    (5, 14, 60)
    """
    book, tiers = class_book(seed)
    names = dict(zip(book.client["client_id"], book.client["name"], strict=True))
    return make_agenda(book, tiers, MONDAY, DAYS, MINUTES), names


def _only(book: ClientBook, kept: set[str]) -> ClientBook:
    tables = {
        name: table[table["client_id"].isin(kept)].reset_index(drop=True)
        if "client_id" in table
        else table
        for name, table in book.tables.items()
    }
    return replace(book, tables=MappingProxyType(tables))
