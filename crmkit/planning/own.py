"""A plan somebody made: from rows to cells, and what is against the rules in it."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from crmkit.book.schema import CHANNELS
from crmkit.errors import CrmkitError
from crmkit.planning.assess import Assessment
from crmkit.planning.calendar import is_trading_day
from crmkit.planning.problem import Cells, Problem
from crmkit.words import t


def cells_of(rows: pd.DataFrame, problem: Problem) -> tuple[Cells, list[str]]:
    """Return the cells of a person's plan, and a sentence for each row that has no cell.

    Parameters
    ----------
    rows : DataFrame
        ``client_id``, ``date`` and ``channel``.
    problem : Problem

    Returns
    -------
    cells : (N, T) int8
    outside : list of str
        Contacts with people who must not or cannot be contacted, or on days without trading or
        outside the plan. Any of these rejects the plan.
    """
    cells, outside = problem.empty(), []
    row_of = {client_id: row for row, client_id in enumerate(problem.clients)}
    day_of = {day: place for place, day in enumerate(problem.days)}
    for row in rows.to_dict(orient="records"):
        client_id, day = str(row["client_id"]), row["date"].date()
        if client_id in row_of and day in day_of:
            cells[row_of[client_id], day_of[day]] = CHANNELS.index(str(row["channel"]))
        else:
            key = "client" if client_id not in row_of else _why_not(day)
            outside.append(t(f"score.outside.{key}", client_id=client_id, day=day,
                             first=problem.days[0], last=problem.days[-1]))  # fmt: skip
    return cells, outside


def span_of(rows: pd.DataFrame) -> tuple[date, int]:
    """Return the first day of a plan and how many trading days it runs to its last.

    Raises
    ------
    CrmkitError
        ``score.empty`` for a plan without a contact.

    Examples
    --------
    >>> rows = pd.DataFrame({"date": pd.to_datetime(["2026-10-09", "2026-09-30"])})
    >>> span_of(rows)
    (datetime.date(2026, 9, 30), 3)
    """
    if rows.empty:
        raise CrmkitError("score.empty")
    first, last = rows["date"].min().date(), rows["date"].max().date()
    days = pd.date_range(first, last).date
    return first, max(1, sum(is_trading_day(day) for day in days))


def broken_in_words(found: Assessment, cells: Cells, problem: Problem) -> Iterator[str]:
    """Yield a sentence for each hard rule a plan breaks."""
    for rule, row, day in found.score.broken:
        way = CHANNELS[cells[row, day]] if row >= 0 and day >= 0 else ""
        client_id = problem.clients[row] if row >= 0 else ""
        when = problem.days[day] if day >= 0 else ""
        channel = t(f"value.{way}") if way else ""
        spacing = int(problem.rhythm[row, 0]) if row >= 0 else 0
        most, within = problem.rhythm[row, 1:].tolist() if row >= 0 else (0, 0)
        yield t(f"score.broken.{rule}", client_id=client_id, day=when, channel=channel,
                spacing=spacing, most=most, within=within)  # fmt: skip


def losses_in_words(found: Assessment) -> Iterator[str]:
    """Yield a sentence for each kind of mistake, the dearest first."""
    for loss in found.losses:
        points = f"{loss.points:,.0f}"
        more = "with_musts" if loss.points >= 1 else "musts"
        key = more if loss.musts > 0 else "points"
        gain = t(f"score.gain.{key}", points=points, musts=f"{loss.musts:g}")
        yield t(f"score.loss.{loss.kind}", contacts=loss.contacts, gain=gain)


def _why_not(day: date) -> str:
    return "day" if is_trading_day(day) else "closed"
