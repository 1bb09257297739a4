"""What comes to a plan from outside the rules: signals, a manager's pins, campaign seats."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.obligations import Obligation, as_personal_as
from crmkit.planning.problem import Problem

#: What a signal is to a plan; those left out are obligations of the book's own anyway.
PURPOSE_OF = {
    "outflow": "outflow", "big_loss": "big_loss", "big_gain": "big_gain",
    "complaint": "complaint", "first_trade": "first_trade", "silence": "silence",
    "login_gap": "silence", "fee_inquiry": "signal", "life_event": "signal",
    "inflow": "signal", "remote": "signal", "skipped": "signal", "stale_profile": "signal",
}  # fmt: skip

#: Units of a must that a pin counts: more than anything else.
PIN = 100.0
#: Calendar days before an event within which to invite, and tiers whose urgent signals are musts.
INVITE = 14
KEY = ("A", "B", "C", "unknown")


def from_signals(
    signals: pd.DataFrame, clients: Sequence[Client], days: Sequence[date], rules: Rules
) -> Iterator[Obligation]:
    """Yield what signals ask for.

    Urgent ones of all but D clients are musts, and complaints of everybody; the rest are
    shortfalls when missed. A signal without a channel asks for no contact.

    Parameters
    ----------
    signals : DataFrame
        ``client_id``, ``signal``, ``severity`` (urgent, soon, routine), ``due`` and
        ``channel``, as in ``results.ALERTS``.
    clients : sequence of Client
    days : sequence of date
    rules : Rules
    """
    known = {client.client_id: client for client in clients}
    for row in _rows(signals):
        client, purpose = known.get(str(row["client_id"])), PURPOSE_OF.get(str(row["signal"]))
        if client is None or purpose is None or _none(row["channel"]):
            continue
        if purpose == "complaint" and client.complaint is not None:
            continue  # the book has it already
        usual = rules.signal_ways.get("complaint_ways" if purpose == "complaint" else purpose)
        ways = client.ways(usual or as_personal_as(str(row["channel"]))) or client.reachable()
        due = days[0] if _none(row["due"]) else pd.Timestamp(row["due"]).date()
        last = max(bisect_right(days, max(due, days[0])) - 1, 0)
        must = purpose == "complaint" or (row["severity"] == "urgent" and client.tier in KEY)
        weight = client.rule.owed * rules.weight["signal_percent"] / 100
        if must:
            weight = float(
                rules.weight["complaint"] if purpose == "complaint" else client.rule.rank
            )
        yield Obligation(client, purpose, due, 0, last, ways, weight, must, closes=last)


def from_pins(
    pins: pd.DataFrame, clients: Sequence[Client], days: Sequence[date]
) -> Iterator[Obligation]:
    """Yield the contacts a manager has fixed: ``client_id``, ``date``, ``channel``, ``pin``."""
    known = {client.client_id: client for client in clients}
    place = {day: number for number, day in enumerate(days)}
    for row in _rows(pins):
        client, when = known.get(str(row["client_id"])), pd.Timestamp(row["date"]).date()
        if row["pin"] == "fixed" and client is not None and when in place:
            day = place[when]
            yield Obligation(client, "pin", when, day, day, (str(row["channel"]),), PIN,
                             must=True, fixed=True, opens=day, closes=day)  # fmt: skip


def from_campaign(
    seats: pd.DataFrame, clients: Sequence[Client], days: Sequence[date], rules: Rules
) -> Iterator[Obligation]:
    """Yield invitations: ``client_id`` and the ``date`` of the event, for seats already given."""
    known = {client.client_id: client for client in clients}
    for row in _rows(seats):
        client, when = known.get(str(row["client_id"])), pd.Timestamp(row["date"]).date()
        closes = bisect_left(days, when) - 1
        opens = bisect_left(days, when - timedelta(days=INVITE))
        if client is not None and closes >= max(opens, 0) and client.reachable():
            weight = client.rule.owed * rules.weight["signal_percent"] / 100
            yield Obligation(client, "campaign", when, opens, closes, client.reachable(), weight,
                             opens=opens, closes=closes)  # fmt: skip


def with_pins(problem: Problem, pins: pd.DataFrame) -> Problem:
    """Return a problem in which pinned days hold nothing but what was pinned."""
    row = {client: place for place, client in enumerate(problem.clients)}
    day = {when: place for place, when in enumerate(problem.days)}
    allowed = problem.allowed.copy()
    for pin in _rows(pins):
        at = row.get(str(pin["client_id"])), day.get(pd.Timestamp(pin["date"]).date())
        if at[0] is None or at[1] is None:
            continue
        channel = None if _none(pin["channel"]) else CHANNELS.index(str(pin["channel"]))
        if pin["pin"] == "fixed" and channel is not None:
            allowed[at[0], at[1], [way for way in range(len(CHANNELS)) if way != channel]] = False
        elif pin["pin"] == "kept_free":
            allowed[at[0], at[1], slice(None) if channel is None else channel] = False
    return replace(problem, allowed=allowed)


def _rows(table: pd.DataFrame) -> list[Mapping[Any, Any]]:
    return list(table.to_dict(orient="records"))


def _none(value: object) -> bool:
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]
