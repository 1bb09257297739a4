"""Every morning: what came of yesterday, what the manager wants, and a plan made anew."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import RETURNED
from crmkit.planning.outcomes import (
    append_log,
    follow_ups,
    last_word,
    log_file,
    outcomes_of,
    read_log,
    with_outcomes,
)
from crmkit.planning.returned import PROBLEMS, Returned, pins_of, read_returned
from crmkit.words import t

_Row = dict[str, object]


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
        What could not be read or kept to, in the columns of ``returned.PROBLEMS``.
    log : str
        The name of the file of results.
    new : int
        Results that were not in it before.
    unlogged : int
        Results filled in in a workbook that was given for its changes only.
    """

    book: ClientBook
    pins: pd.DataFrame = field(repr=False)
    before: pd.DataFrame | None = field(repr=False)
    results: pd.DataFrame = field(repr=False)
    problems: pd.DataFrame = field(repr=False)
    log: str = ""
    new: int = 0
    unlogged: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What was counted in, in sentences."""
        return tuple(_notes(self))


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
    problems, asked, before, unlogged = [], [], None, 0
    log = log_file(ledger)
    logged, unread = known = read_log(log, book.client)
    if results is not None:
        returned = read_returned(results, book.client)
        found, wrong = outcomes_of(returned, days[0])
        before = returned.planned
        problems += [returned.problems, wrong]
        logged, unread = append_log(log, found, book.client)
    problems.append(unread)
    asked.append(follow_ups(logged, tuple(days)))
    if edited is not None:
        returned = read_returned(edited, book.client)
        before = returned.planned if returned.planned is not None else before
        wanted, strange = _within(returned, days)
        asked.append(wanted)
        problems += [strange] if edited == results else [returned.problems, strange]
        unlogged = 0 if edited == results else len(_unknown(returned.rows, logged))
    told = pd.concat(problems, ignore_index=True)
    return Morning(
        book=with_outcomes(book, logged),
        pins=last_word(pd.concat(asked)).sort_values(_ORDER, ignore_index=True),
        before=before,
        results=logged,
        problems=told.assign(row=told["row"].astype("Int64")),
        log=log.name,
        new=len(_unknown(logged, known[0])),
        unlogged=unlogged,
    )


def only_for(morning: Morning, people: Collection[str]) -> Morning:
    """Return a morning in which whatever is fixed for others than some people is a problem.

    Parameters
    ----------
    morning : Morning
    people : collection of str
        The ``client_id`` of everybody who may be contacted.
    """
    fixed = morning.pins["pin"] == "fixed"
    vain = fixed & ~morning.pins["client_id"].isin(list(people))
    said = [
        _problem(row.client_id, "barred", date=f"{row.date:%Y-%m-%d}")
        for row in morning.pins[vain].itertuples()
    ]
    problems = pd.DataFrame(said, columns=list(PROBLEMS)).astype({"row": "Int64"})
    told = pd.concat([morning.problems, problems], ignore_index=True)
    return replace(morning, pins=morning.pins[~vain].reset_index(drop=True), problems=told)


_ORDER = ["date", "client_id", "channel"]


def _within(returned: Returned, days: Sequence[date]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pins of the plan's days, and what is asked for on any other day.

    Who is asked for on such a day keeps what was planned: the row is not gone, it is wrong.
    """
    pins = pins_of(returned)
    inside = pins["date"].dt.date.isin(list(days))
    lost = pins[~inside & (pins["pin"] == "fixed")]
    lost = lost[~_stood(lost, returned) | (lost["date"] >= pd.Timestamp(days[0]))]
    row_of = dict(zip(_keys(returned.rows), returned.rows["row"], strict=True))
    said = [
        _problem(row.client_id, "not_planned", row_of[key], date=f"{row.date:%Y-%m-%d}",
                 first=days[0], last=days[-1])
        for row, key in zip(lost.itertuples(), _keys(lost), strict=True)
    ]  # fmt: skip
    spared = (pins["pin"] == "kept_free") & pins["client_id"].isin(lost["client_id"])
    return pins[inside & ~spared], pd.DataFrame(said, columns=list(PROBLEMS))


def _stood(pins: pd.DataFrame, returned: Returned) -> pd.Series:
    """Return which pins were planned like that already, and are of no use any more when past."""
    known = set() if returned.planned is None else set(_keys(returned.planned))
    return pd.Series([key in known for key in _keys(pins)], pins.index, dtype=bool)


def _keys(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(rows[["client_id", "date", "channel"]].itertuples(index=False, name=None))


def _unknown(results: pd.DataFrame, logged: pd.DataFrame) -> pd.DataFrame:
    """Return the results that a log does not have."""
    names = ["client_id", "date", "outcome"]
    known = set(logged[names].itertuples(index=False, name=None))
    new = [key not in known for key in results[names].itertuples(index=False, name=None)]
    return results[pd.Series(new, results.index, dtype=bool) & results["outcome"].notna()]


def _problem(
    client_id: object, kind: str, row: object = None, **slots: object
) -> dict[str, object]:
    return {
        "row": row,
        "column": RETURNED.columns["client_id"].heading(),
        "value": client_id,
        "problem": t(f"returned.problem.{kind}", **slots),
        "hint": t(f"returned.problem.{kind}_next", **slots),
    }


def _notes(morning: Morning) -> Iterator[str]:
    if logged := len(morning.results):
        yield t("agenda.note.logged", count=logged, new=morning.new, file=morning.log)
    if morning.unlogged:
        yield t("agenda.note.unlogged", count=morning.unlogged)
    if pins := len(morning.pins):
        yield t("agenda.note.pins", count=pins)
