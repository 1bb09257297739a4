"""What clients said, and whom we did not ask: inquiries, complaints, life, birthdays, campaigns."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from crmkit.analysis.signals.limits import Found, each
from crmkit.analysis.signals.silence import Standing
from crmkit.book.birthdays import birthday as solar_birthday
from crmkit.book.birthdays import lunar_birthdays, read_lunar
from crmkit.book.book import ClientBook
from crmkit.book.rewind import NEW_MONTHS
from crmkit.words import t


def fee_inquiry(before: ClientBook, after: ClientBook, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who asked about the commission since the earlier book."""
    since = _new_contacts(before, after)
    asked = since[(since["purpose"] == "fee") & (since["direction"] == "in")]
    for row in each(asked.sort_values("date").drop_duplicates("client_id", keep="last")):
        yield Found(row.client_id, row.date.date(), t("signals.reason.fee_inquiry"))
    yield from _noted(before, after, limit, "signals.reason.fee_noted")


def life_event(before: ClientBook, after: ClientBook, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients of whom a new remark speaks of a change in their life."""
    yield from _noted(before, after, limit, "signals.reason.life_event")


def _new_contacts(before: ClientBook, after: ClientBook) -> pd.DataFrame:
    return after.contact[after.contact["date"] > pd.Timestamp(before.as_of)]


def _read_for(limit: Mapping[str, Any]) -> re.Pattern[str]:
    """Return a pattern of the words and patterns of a signal, Latin words as whole words."""
    words = [
        rf"(?<![A-Za-z-]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word)
        for word in limit["words"]
    ]
    return re.compile("|".join([*words, *limit.get("patterns", ())]), re.IGNORECASE)


def _noted(
    before: ClientBook, after: ClientBook, limit: Mapping[str, Any], reason: str
) -> Iterator[Found]:
    """Yield clients with a word in a remark that the earlier book did not have.

    The remark itself is not repeated: it may name people. Where the earlier book has no
    remarks at all nobody can say which are new, and only dated contacts count.
    """
    pattern = _read_for(limit)
    notes: pd.DataFrame = _new_contacts(before, after)[["client_id", "date", "note"]]
    if before.client["note"].notna().any():
        old = before.client.set_index("client_id")["note"].fillna("")
        now = after.client[["client_id", "note"]].dropna()
        fresh: pd.DataFrame = now[now["note"] != now["client_id"].map(old)]
        notes = pd.concat([notes, fresh], ignore_index=True)  # a remark has no date
    seen = set()
    for row in each(notes.dropna(subset=["note"])):
        found = pattern.search(str(row.note))
        if found and row.client_id not in seen:
            seen.add(row.client_id)
            day = row.date.date() if pd.notna(row.date) else None
            yield Found(row.client_id, day, t(reason, word=found[found.lastindex or 0]))


def complaint(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients with a complaint that has not been settled."""
    rows = at.book.complaint
    still = rows[rows["closed"].isna()].sort_values("opened").drop_duplicates("client_id")
    for row in each(still):
        days = (pd.Timestamp(at.book.as_of) - row.opened).days
        late = "complaint_late" if days > limit["answer_days"] else "complaint"
        said = t(f"signals.reason.{late}", days=days, line=limit["answer_days"])
        yield Found(row.client_id, row.opened.date(), said)


def birthday(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients whose birthday falls within the days ahead, by the calendar they keep.

    A remark that names a lunar birthday decides; else the date of birth does, and who was
    born on 29 February is greeted on the 28th in common years.
    """
    first = at.book.as_of
    last = first + timedelta(days=limit["ahead_days"])
    for row in each(at.clients.reset_index()[["client_id", "birth_date", "note"]]):
        lunar = read_lunar(row.note) if isinstance(row.note, str) else None
        if lunar is not None:
            for day in lunar_birthdays(lunar, first, last):
                yield Found(row.client_id, day, t("signals.reason.lunar_birthday", day=day))
        elif pd.notna(row.birth_date):
            yield from _solar(row.client_id, row.birth_date.date(), first, last)


def _solar(client: str, born: date, first: date, last: date) -> Iterator[Found]:
    for year in sorted({first.year, last.year}):
        day = solar_birthday(born, year)
        if first <= day <= last:
            moved = (born.month, born.day) != (day.month, day.day)
            kind = "leap_birthday" if moved else "birthday"
            yield Found(client, day, t(f"signals.reason.{kind}", day=day))


def skipped(
    before: ClientBook, after: ClientBook, invited: Collection[str] | None
) -> Iterator[Found]:
    """Yield old clients who would take messages and were left out of a campaign.

    Parameters
    ----------
    before, after : ClientBook
    invited : collection of str, optional
        Client numbers; if not given, those with a contact for the purpose ``campaign`` since
        the earlier book. Without any there was no campaign.

    Where the book has no stage, whoever opened the account half a year ago is an old client.
    """
    if invited is None:
        since = _new_contacts(before, after)
        invited = set(since.loc[since["purpose"] == "campaign", "client_id"])
    if not invited:
        return
    client = after.client
    lasting = client["open_date"] <= pd.Timestamp(after.as_of) - pd.DateOffset(months=NEW_MONTHS)
    old = client["stage"].isin(["existing", "dormant"]) | (client["stage"].isna() & lasting)
    open_to = ~client["do_not_contact"].fillna(False) & client["consent_messages"].fillna(True)
    for number in client.loc[old & open_to & ~client["client_id"].isin(invited), "client_id"]:
        yield Found(number, None, t("signals.reason.skipped", invited=len(invited)))
