"""Every morning: what came of yesterday, what the manager wants, and a plan made anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.planning.outcomes import (
    append_log,
    follow_ups,
    log_file,
    outcomes_of,
    read_log,
    with_outcomes,
)
from crmkit.planning.returned import PROBLEMS, pins_of, read_returned
from crmkit.words import t


@dataclass(frozen=True)
class Morning:
    """What a new plan begins with.

    Attributes
    ----------
    book : ClientBook
        With every result of the log counted in.
    pins : DataFrame
        ``results.PINS``: what clients asked for, then what the manager did, who has the last
        word.
    before : DataFrame or None
        Client, day and channel of the plan so far; None when no workbook carries one.
    results : DataFrame
        Everything in the log.
    problems : DataFrame
        What could not be read, in the columns of ``returned.PROBLEMS``.
    notes : tuple of str
        What was counted in, in sentences.
    """

    book: ClientBook
    pins: pd.DataFrame = field(repr=False)
    before: pd.DataFrame | None = field(repr=False)
    results: pd.DataFrame = field(repr=False)
    problems: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()


def begin_day(
    book: ClientBook,
    ledger: Path,
    days: Sequence[date],
    results: Path | None = None,
    edited: Path | None = None,
) -> Morning:
    """Return the book and the wishes of a morning.

    Parameters
    ----------
    book : ClientBook
        As read from the ledger.
    ledger : Path
        Where it was read; the log of results lies beside it.
    days : sequence of date
        The trading days of the new plan.
    results : Path, optional
        A workbook in which results were filled in; they go into the log.
    edited : Path, optional
        A workbook whose agenda the manager has changed.

    Raises
    ------
    CrmkitError
        When a file cannot be used at all, or the log cannot be written.
    """
    problems, asked, before, new = [], [], None, 0
    log = log_file(ledger)
    if results is not None:
        returned = read_returned(results, book.client)
        found, wrong = outcomes_of(returned, days[0])
        new, before = len(found), returned.planned
        problems += [returned.problems, wrong]
        logged = append_log(log, found, book.client)
    else:
        logged, unread = read_log(log, book.client)
        problems.append(unread)
    asked.append(follow_ups(logged, tuple(days)))
    if edited is not None:
        returned = read_returned(edited, book.client)
        before = returned.planned if returned.planned is not None else before
        problems += [returned.problems] if edited != results else []
        asked.append(pins_of(returned))
    pins, strange = _within(pd.concat(asked), days)
    told = [one for one in (*problems, strange) if len(one)]
    return Morning(
        book=with_outcomes(book, logged),
        pins=pins,
        before=before,
        results=logged,
        problems=pd.concat(told, ignore_index=True) if told else strange,
        notes=tuple(_notes(len(logged), new, log, len(pins))),
    )


def _within(pins: pd.DataFrame, days: Sequence[date]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pins of the plan's days, and what is asked for on other days to come."""
    last = pins.drop_duplicates(["client_id", "date"], keep="last")
    inside = last["date"].dt.date.isin(list(days))
    ahead = last["date"].dt.date >= days[0]
    lost = last[~inside & ahead & (last["pin"] == "fixed")]
    said = [
        {
            "value": row.client_id,
            "problem": t("returned.problem.not_planned", date=f"{row.date:%Y-%m-%d}"),
            "hint": t("returned.problem.not_planned_next", first=days[0], last=days[-1]),
        }
        for row in lost.itertuples()
    ]
    order = last[inside].sort_values(["date", "client_id"], ignore_index=True)
    return order, pd.DataFrame(said, columns=list(PROBLEMS))


def _notes(logged: int, new: int, log: Path, pins: int) -> list[str]:
    notes = []
    if logged:
        notes.append(t("agenda.note.logged", count=logged, new=new, file=log.name))
    if pins:
        notes.append(t("agenda.note.pins", count=pins))
    return notes
