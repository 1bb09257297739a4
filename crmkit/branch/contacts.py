"""The contacts and complaints on a branch's record."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.book.schema import CHANNELS, COMPLAINT, CONTACT
from crmkit.branch.calendar import EPOCH, working_day
from crmkit.branch.columns import coded, dates, whose
from crmkit.branch.history import OUTCOMES, PURPOSES, History
from crmkit.branch.identity import client_ids
from crmkit.branch.plan import Plan
from crmkit.branch.remarks import jottings
from crmkit.branch.streams import scatter

#: Usual minutes of nothing, a visit, a call, a WeChat talk and a text message.
_MINUTES = np.array([0, 45, 8, 4, 1])

#: How complaints divide among the schema's topics, up to the last.
_TOPICS = np.array([0.30, 0.62, 0.82, 0.94])


def contacts(plan: Plan, history: History) -> pd.DataFrame:
    """Return the contacts of a block, sorted by client and day."""
    columns = history.contact
    serial = np.arange(len(columns["client"]))
    luck = scatter(plan.seed, "contact", columns["client"], columns["month"], columns["purpose"])
    days = working_day(plan.first_month + columns["month"].astype(np.int64), luck)
    order = np.lexsort((serial, days, columns["client"]))
    taken = {name: values[order] for name, values in columns.items()}
    outcome = taken["outcome"]
    return pd.DataFrame({
        "contact_id": _numbers(plan, taken["client"]),
        "client_id": whose(plan, history, taken["client"]),
        "date": dates(days[order]),
        "channel": coded(taken["kind"] - 1, CHANNELS),
        "direction": coded(taken["inbound"], CONTACT.columns["direction"].values),
        "purpose": coded(taken["purpose"], PURPOSES),
        "outcome": coded(outcome, OUTCOMES),
        "minutes": _minutes(taken["kind"], outcome, luck[order]),
        "note": jottings(taken["kind"], taken["purpose"], outcome, luck[order]),
    })  # fmt: skip


def _numbers(plan: Plan, client: NDArray[np.int64]) -> list[str]:
    """Number each client's contacts from one, for rows sorted by client."""
    starts = np.flatnonzero(np.diff(client, prepend=-1))
    nth = np.arange(len(client)) - np.repeat(starts, np.diff(starts, append=len(client))) + 1
    ids = client_ids(plan.seed, client).tolist()
    return [f"{number}-{count:03d}" for number, count in zip(ids, nth.tolist(), strict=True)]


def _minutes(
    kind: NDArray[Any], outcome: NDArray[Any], luck: NDArray[np.uint64]
) -> NDArray[np.int64]:
    spread = ((luck >> np.uint64(40)) % np.uint64(100)).astype(np.int64)
    took = np.maximum(_MINUTES[kind] * (50 + spread) // 100, 1)
    brief = np.minimum(took, 1)
    return np.asarray(np.where(outcome == OUTCOMES.index("reached"), took, brief))


def complaints(plan: Plan, history: History) -> pd.DataFrame:
    """Return the complaints of a block."""
    client, month = history.complaint["client"], history.complaint["month"].astype(np.int64)
    luck = scatter(plan.seed, "complaint", client, month)
    opened = working_day(plan.first_month + month, luck)
    closed = (opened + 2 + ((luck >> np.uint64(20)) % np.uint64(24)).astype(np.int64)) * 1.0
    closed[closed > plan.as_of.toordinal() - EPOCH] = np.nan
    ids = client_ids(plan.seed, client)
    topic = np.searchsorted(_TOPICS, (luck >> np.uint64(40)) / 2.0**24)
    named = zip(ids.tolist(), month.tolist(), strict=True)
    return pd.DataFrame({
        "complaint_id": [f"{number}-{when:03d}c" for number, when in named],
        "client_id": ids,
        "opened": dates(opened),
        "closed": dates(closed),
        "topic": coded(topic, COMPLAINT.columns["topic"].values),
    })  # fmt: skip
