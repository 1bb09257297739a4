"""What came of the contacts of a day: kept beside the ledger, counted in the client book."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.files import atomic
from crmkit.book.results import PINS, RETURNED
from crmkit.book.schema import COMPLAINT, CONTACT, conform, make_table
from crmkit.planning.log import put_in
from crmkit.planning.returned import PROBLEMS, Returned, read_returned
from crmkit.words import t

#: Days for which a channel by which a client refused to talk is left alone. An assumption.
REFUSED_DAYS = 30

#: What is kept of a result, in the order of the file.
LOGGED = ("date", "client_id", "channel", "outcome", "moved_to")

_LOG = make_table(
    "log", "联系结果", "Results", ("client_id", "date"), *(RETURNED.columns[n] for n in LOGGED)
)


def outcomes_of(returned: Returned, today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the results in a returned agenda, and what is wrong with them.

    Parameters
    ----------
    returned : Returned
    today : date
        The first day of the next plan; a later day cannot have a result yet.

    Returns
    -------
    results : DataFrame
        ``date``, ``client_id``, ``channel``, ``outcome``, ``moved_to``.
    problems : DataFrame
        In the columns of ``Returned.problems``.
    """
    answered = returned.rows[returned.rows["outcome"].notna()]
    early = answered["date"] > pd.Timestamp(today)
    said = [
        {
            "row": row.row,
            "column": RETURNED.columns["date"].heading(),
            "value": f"{row.date:%Y-%m-%d}",
            "problem": t("returned.problem.future", date=f"{row.date:%Y-%m-%d}"),
            "hint": t("returned.problem.future_next"),
        }
        for row in answered[early].itertuples()
    ]
    results = answered.loc[~early, list(LOGGED)].reset_index(drop=True)
    return results, pd.DataFrame(said, columns=list(PROBLEMS))


def log_file(ledger: Path) -> Path:
    """Return where the results of a ledger's contacts are kept: a table beside it.

    Examples
    --------
    >>> log_file(Path("books/台账.xlsx")).as_posix()
    'books/台账.contacts.csv'
    """
    return ledger.with_name(f"{ledger.stem}.contacts.csv")


def read_log(path: Path, clients: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the results kept in a log and what cannot be read in it; none when there is no log.

    Parameters
    ----------
    path : Path
        What :func:`log_file` names; people may edit it.
    clients : DataFrame
        The ``client`` table of the book.
    """
    if not _is_begun(path):
        return _LOG.empty(), pd.DataFrame(columns=list(PROBLEMS))
    returned = read_returned(path, clients)
    answered = returned.rows[returned.rows["outcome"].notna()]
    return answered[list(LOGGED)].reset_index(drop=True), returned.problems


def append_log(
    path: Path, results: pd.DataFrame, clients: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add results to a log, whole or not at all, and return what :func:`read_log` finds then.

    A result for a client and day that the log has already takes its place, so that importing
    a file twice changes nothing. Everything else in the log stays where it is: rows that
    cannot be read, and columns that people have added.

    Raises
    ------
    CrmkitError
        ``book.not_writable``.
    """
    if len(results):
        begun = path if _is_begun(path) else None
        rows = read_returned(begun, clients).rows if begun else RETURNED.empty()
        new = conform(results, _LOG).sort_values(["date", "client_id"], ignore_index=True)
        text = put_in(begun, new, _LOG, rows.set_index(["client_id", "date"])["row"].to_dict())
        with atomic(path) as lent:
            lent.write_bytes(text.encode("utf-8-sig"))
    return read_log(path, clients)


def with_outcomes(book: ClientBook, results: pd.DataFrame) -> ClientBook:
    """Return the book with results counted in: contacts made and complaints heard.

    Any channel restarts the clock, unless the client was not reached or asked for another
    day. A complaint is open until a later result says that the client was reached. Results
    the book has already are not counted twice.

    Parameters
    ----------
    book : ClientBook
    results : DataFrame
        As :func:`outcomes_of` and :func:`read_log` give them.
    """
    if results.empty:
        return book
    number = results["date"].dt.strftime("log-%Y%m%d-") + results["client_id"]
    contacts = results.assign(contact_id=number, direction="out")
    heard = results[results["outcome"] == "complained"]
    complaints = pd.DataFrame(
        {
            "complaint_id": number[heard.index],
            "client_id": heard["client_id"],
            "opened": heard["date"],
            "closed": pd.Series(
                [_settled(row, results) for row in heard.itertuples()], heard.index
            ),
            "topic": "other",
        }
    )
    tables = {
        **book.tables,
        "contact": _added(book.contact, conform(contacts, CONTACT), "contact_id"),
        "complaint": _added(book.complaint, conform(complaints, COMPLAINT), "complaint_id"),
    }
    return replace(book, tables=MappingProxyType(tables))


def follow_ups(results: pd.DataFrame, days: tuple[date, ...]) -> pd.DataFrame:
    """Return what results ask of the plan of some days.

    Who asked for another day is contacted then and not before; by the channel by which
    somebody refused to talk nobody tries again for 30 days.

    Parameters
    ----------
    results : DataFrame
    days : tuple of date
        The trading days of the plan.

    Returns
    -------
    DataFrame
        ``results.PINS``.
    """
    pins = [pin for row in results.to_dict(orient="records") for pin in _follow_up(row, days)]
    return last_word(conform(pd.DataFrame(pins), PINS))


def last_word(pins: pd.DataFrame) -> pd.DataFrame:
    """Return pins of which the later one holds wherever two cannot both be kept to.

    A day keeps as many refused channels as there are. What is fixed on a day takes the place
    of an earlier contact fixed there and of what was to keep the day or its channel free; a
    channel or day kept free takes the place of what was fixed by it.

    Parameters
    ----------
    pins : DataFrame
        ``results.PINS``, the earlier word first.

    Examples
    --------
    >>> day = pd.Timestamp(2026, 7, 6)
    >>> said = [("1", day, "call", "kept_free"), ("1", day, "wechat", "kept_free")]
    >>> pins = pd.DataFrame(said, columns=["client_id", "date", "channel", "pin"])
    >>> last_word(pins)["channel"].tolist()
    ['call', 'wechat']
    """
    days: dict[tuple[Any, Any], dict[tuple[str, str | None], Any]] = defaultdict(dict)
    for pin in pins.to_dict(orient="records"):
        channel = None if pd.isna(pin["channel"]) else pin["channel"]
        day, said = days[pin["client_id"], pin["date"]], (pin["pin"], channel)
        for before in [one for one in day if one == said or _undone(one, said)]:
            del day[before]
        day[said] = pin
    return conform(pd.DataFrame([pin for day in days.values() for pin in day.values()]), PINS)


def _undone(before: tuple[str, str | None], said: tuple[str, str | None]) -> bool:
    """Return whether what was said of a day cannot be kept to beside what is said later."""
    (pin, channel), (later, other) = before, said
    if later == "fixed":
        return pin == "fixed" or channel in (None, other)
    return pin == "fixed" and other in (None, channel)


def _follow_up(row: dict[Any, Any], days: tuple[date, ...]) -> Iterator[dict[str, Any]]:
    who = {"client_id": row["client_id"], "channel": row["channel"]}
    if row["outcome"] == "moved" and pd.notna(row["moved_to"]):
        agreed = row["moved_to"].date()
        for day in days:
            if row["date"].date() < day < agreed:
                yield {**who, "channel": None, "date": pd.Timestamp(day), "pin": "kept_free"}
        if agreed in days:
            yield {**who, "date": row["moved_to"], "pin": "fixed"}
    elif row["outcome"] == "refused":
        until = row["date"].date() + timedelta(days=REFUSED_DAYS)
        for day in days:
            if row["date"].date() < day <= until:
                yield {**who, "date": pd.Timestamp(day), "pin": "kept_free"}


def _settled(complaint: Any, results: pd.DataFrame) -> pd.Timestamp | None:
    """Return when somebody who complained was next reached, if ever."""
    same = results[results["client_id"] == complaint.client_id]
    later = same[(same["date"] > complaint.date) & same["outcome"].isin(["reached", "sold"])]
    return later["date"].min() if len(later) else None


def _is_begun(path: Path) -> bool:
    return path.is_file() and bool(path.read_bytes().strip())


def _added(table: pd.DataFrame, rows: pd.DataFrame, key: str) -> pd.DataFrame:
    new = rows[~rows[key].isin(table[key])]
    return pd.concat([table, new], ignore_index=True) if len(new) else table
