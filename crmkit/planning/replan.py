"""Tomorrow's plan: what was planned stays unless there is a reason, and the changes are listed.

The plan before is repaired first: what is no longer allowed or owed goes, the rest stays, and
what is free is filled. Only when the repaired plan is too far from the certified bound is the
whole month planned anew, and then every change costs a little (``steady_permille``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from crmkit.book.results import PLAN_CHANGES
from crmkit.book.schema import CHANNELS, conform
from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.desk import Desk, fill, prune
from crmkit.planning.musts import meet_musts, mend_hours
from crmkit.planning.optimise import optimise, prove
from crmkit.planning.plan import Plan
from crmkit.planning.problem import Cells, Floats, Problem, Solution
from crmkit.planning.score import evaluate

#: A repaired plan is kept when it is as near to the bound as this.
NEAR = 0.005
#: What a repair has to bring, as a share of the bound, before anything is added to a plan.
WORTH_IT = 0.001

#: What a contact can be for that was not known in the course of the tier's calendar.
_NEWS = frozenset({"complaint", "big_loss", "big_gain", "outflow", "silence", "signal"})

_Row = dict[str, Any]
_Visit = tuple[date, str]


def planned_before(before: pd.DataFrame, problem: Problem) -> Cells:
    """Return an earlier plan as far as it lies within a problem's days.

    Parameters
    ----------
    before : DataFrame
        ``client_id``, ``date`` and ``channel``, as in an agenda.
    problem : Problem
    """
    row = {client: place for place, client in enumerate(problem.clients)}
    day = {when: place for place, when in enumerate(problem.days)}
    cells = problem.empty()
    for client, when, channel in _visits(before):
        if client in row and when in day:
            cells[row[client], day[when]] = CHANNELS.index(channel)
    return cells


def with_steadiness(
    problem: Problem, cells: Cells, clients: Sequence[Client], rules: Rules
) -> Problem:
    """Return a problem in which every contact that was not planned before costs a little."""
    worth = np.array([client.rule.worth for client in clients], dtype=float)
    off = np.maximum(1.0, worth * rules.weight["steady_permille"] / 1000)
    bonus = problem.bonus - off[:, None, None]
    row, day = np.nonzero(cells >= 0)
    bonus[row, day, cells[row, day]] += off[row]
    return replace(problem, bonus=bonus)


def replan(
    problem: Problem, cells: Cells, prices: Floats | None = None, seed: int = 0, exact: bool = False
) -> Solution:
    """Return the plan nearest to an earlier one that is still nearly the best.

    Parameters
    ----------
    problem : Problem
        Of today, with steadiness.
    cells : (N, T) int8
        The earlier plan.
    prices : (4, T) float, optional
        Yesterday's, moved on by a day.
    seed : int
    exact : bool

    Returns
    -------
    Solution
    """
    kept = _still_good(problem, cells)
    mended = kept.copy()
    desk = Desk(problem, mended)
    mend_hours(desk)
    fill(desk)
    meet_musts(desk)
    found = _better(problem, kept, desk.cells)
    proof = prove(problem, found, prices, seed)
    if proof.proven and proof.gap <= NEAR and not exact:
        return proof
    anew = optimise(problem, seed, exact, prices)
    return anew if anew.score.total > proof.score.total else proof


def _still_good(problem: Problem, cells: Cells) -> Cells:
    """Return the contacts of a plan that are allowed, owed and find room."""
    desk = Desk(problem, problem.empty())
    for row, day in np.argwhere(cells >= 0).tolist():
        way = int(cells[row, day])
        if problem.allowed[row, day, way] and desk.free[row, day]:
            desk.put(row, day, way)
    prune(desk)
    for day in range(problem.shape[1]):
        losses = desk.losses(day)
        planned = np.flatnonzero(desk.cells[:, day] >= 0)
        rate = losses[planned] / problem.minutes[desk.cells[planned, day]]
        for row in planned[np.argsort(rate, kind="stable")].tolist():
            over = desk.left[:, day] < 0
            if over.any() and (problem.use[over, desk.cells[row, day]] > 0).any():
                desk.drop(row, day)
    return desk.cells


def _better(problem: Problem, kept: Cells, mended: Cells) -> Cells:
    before, after = evaluate(problem, kept), evaluate(problem, mended)
    little = after.net - before.net < WORTH_IT * abs(after.net)
    return kept if not before.broken and before.level0 <= after.level0 and little else mended


# what changed


def changes(
    before: pd.DataFrame, plan: Plan, clients: Sequence[Client], pins: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return how a plan differs from the one before it: ``results.PLAN_CHANGES``.

    A contact of before the first day that did not reach the client is listed too: moved, or
    cancelled, never lost.

    Parameters
    ----------
    before : DataFrame
        The earlier agenda: ``client_id``, ``date``, ``channel``.
    plan : Plan
    clients : sequence of Client
        Of the whole book, those who may not be contacted included.
    pins : DataFrame, optional
        What the plan was asked to keep to: ``results.PINS``.
    """
    asked = set() if pins is None else set(pins["client_id"].astype(str))
    known = {client.client_id: client for client in clients}
    old: Mapping[str, list[_Visit]] = defaultdict(list)
    since = min([when for _, when, _ in _visits(before)], default=plan.days[0])
    for client_id, when, channel in _visits(before):
        if client_id in known and not _made(known[client_id], when, plan.days[0]):
            old[client_id].append((when, channel))
    last = max([when for visits in old.values() for when, _ in visits], default=plan.days[0])
    used: Counter[date] = Counter()
    for _, when, channel in _visits(before):
        used[when] += plan.rules.minutes[channel]
    rows: list[_Row] = []
    for client in clients:
        now = [(plan.days[kept.day], kept.channel) for kept in plan.of(client)]
        own = _differences(client, old.get(client.client_id, []), now, last)
        rows += [
            row | {"cause": _cause(client, row, plan, since, asked) or _room(row, plan, used)}
            for row in own
        ]
    return conform(pd.DataFrame(rows), PLAN_CHANGES)


def _differences(
    client: Client, old: list[_Visit], now: list[_Visit], last: date
) -> Iterator[_Row]:
    """Pair what is gone with what is new, in order of time; the rest was added or cancelled."""
    gone = sorted(set(old) - set(now))
    new = sorted(set(now) - set(old))
    for place in range(max(len(gone), len(new))):
        was = gone[place] if place < len(gone) else (None, None)
        becomes = new[place] if place < len(new) else (None, None)
        if was[0] is None and becomes[0] is not None and becomes[0] > last:
            continue  # the day was not planned before
        if was[0] is None:
            change = "added"
        elif becomes[0] is None:
            change = "cancelled"
        else:
            change = "other_channel" if was[0] == becomes[0] else "moved"
        yield {
            "client_id": client.client_id,
            "tier": client.tier,
            "change": change,
            "old_date": was[0],
            "old_channel": was[1],
            "new_date": becomes[0],
            "new_channel": becomes[1],
        }


def _cause(client: Client, row: _Row, plan: Plan, since: date, asked: set[str]) -> str:
    """Return what about the client changed a contact, or nothing.

    `since` is the first day of the plan before.
    """
    if client.barred or not client.reachable():
        return "barred"
    start, was = plan.days[0], row["old_date"]
    if row["change"] == "cancelled" and was > plan.days[-1]:
        return "beyond"
    if client.client_id in asked:
        return "asked"
    tried = [contact for contact in client.history if was and was <= contact.day <= start]
    if (was and was < start) or any(not contact.reached for contact in tried):
        return "not_reached"
    lately = any(contact.day >= since for contact in client.history)
    if lately or any(owed.purpose in _NEWS for kept in plan.of(client) for owed in kept.owed):
        return "news"
    return ""


def _room(row: _Row, plan: Plan, used: Mapping[date, int]) -> str:
    """Return whether room changed a contact of whose client there is nothing to say.

    `used` has the minutes of each day in the plan before.
    """
    was, becomes, way = row["old_date"], row["new_date"], row["new_channel"]
    if row["change"] == "added":
        full = used.get(becomes, 0) + plan.rules.minutes[way] > plan.minutes
        return "room" if full else "anew"
    if was > plan.days[-1]:
        return "beyond"
    instead_of = way if was == becomes else None
    room = was in plan.days and plan.has_room(was, row["old_channel"], instead_of)
    return "anew" if room else "make_room"


def _made(client: Client, when: date, start: date) -> bool:
    """Return whether a contact of before the start reached the client on its day."""
    return when < start and any(c.reached and c.day == when for c in client.history)


def _visits(table: pd.DataFrame) -> Iterator[tuple[str, date, str]]:
    names = ["client_id", "date", "channel"]
    for client_id, when, channel in table[names].itertuples(index=False, name=None):
        yield str(client_id), pd.Timestamp(when).date(), str(channel)
