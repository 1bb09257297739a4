"""What no branch can know: traits, propensities, causes. Kept apart from every book."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from crmkit.branch.columns import coded, months
from crmkit.branch.history import History
from crmkit.branch.identity import client_ids
from crmkit.branch.leaving import CAUSES, causes
from crmkit.branch.plan import Plan
from crmkit.words import t

#: Truth tables and what their columns hold, with the unit.
TRUTH_TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "trait": {
        "client_id": "", "wealth": "CNY", "price_sensitivity": "0…1", "service_need": "0…1",
        "loss_aversion": "0…1", "tolerance": "contacts a month", "engaged": "0 or 1",
        "trades_monthly": "trades", "frailty": "times the usual", "selection": "per month",
        "timing": "per month", "propensity": "probability",
    },
    "outcome": {
        "client_id": "", "left_month": "month", "cause": "", "trust": "0…1.3",
        "satisfaction": "0…1", "luck": "CNY", "winning": "months", "winners_sold": "months",
        "losing": "months", "losers_sold": "months",
    },
})  # fmt: skip


def meaning(table: str, column: str) -> str:
    """Return what a column of the truth means, in the language in use.

    >>> from crmkit.words import in_language
    >>> with in_language("en"): meaning("trait", "wealth")
    'usual level of assets'
    """
    return t(f"branch.truth.{table}.{column}")


def traits(plan: Plan, history: History) -> pd.DataFrame:
    """Return what clients are like underneath, one row each."""
    people = history.people
    own = {name: people.traits[name].astype(np.float64) for name in _named("trait", people.traits)}
    return pd.DataFrame({
        "client_id": client_ids(plan.seed, people.client),
        "wealth": people.wealth,
        **own,
        "propensity": history.state.propensity.astype(np.float64),
    })  # fmt: skip


def _named(table: str, known: Mapping[str, object]) -> list[str]:
    return [name for name in TRUTH_TABLES[table] if name in known]


def outcomes(plan: Plan, history: History) -> pd.DataFrame:
    """Return how clients' stories ended and why, one row each."""
    state = history.state
    gone = state.left >= 0
    left = months(plan, state.left)
    left[~gone] = np.datetime64("NaT")
    why = np.where(gone, causes(history.fixed, state), -1)
    return pd.DataFrame({
        "client_id": client_ids(plan.seed, history.people.client),
        "left_month": left,
        "cause": coded(why, CAUSES),
        "trust": state.trust.astype(np.float64),
        "satisfaction": state.satisfaction.astype(np.float64),
        "luck": state.luck.astype(np.float64),
        "winning": state.winning,
        "winners_sold": state.winners_sold,
        "losing": state.losing,
        "losers_sold": state.losers_sold,
    })  # fmt: skip
