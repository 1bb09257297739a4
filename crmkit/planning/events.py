"""The agenda as calendar events in Beijing time."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pandas as pd
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from crmkit.book.codes import word_for
from crmkit.planning.agenda import Agenda
from crmkit.planning.cadence import tier_label
from crmkit.planning.hours import MESSAGES
from crmkit.planning.sheets import in_full
from crmkit.planning.updates import WHO
from crmkit.words import language, t

SHANGHAI = ZoneInfo("Asia/Shanghai")
_OURS = UUID("5d7c0c0a-6a0f-5f5c-9a53-0c7a3f7f1b52")
_FIRST_DAY = date(2020, 1, 1)

#: Purposes without a day of their own: the next contact in turn, whenever that is.
_IN_TURN = ("neglected", "regular", "deepen", "effect", "meeting", "silence")

_Row = Mapping[Hashable, Any]


def to_calendar(agenda: Agenda) -> Calendar:
    """Return the events of an agenda.

    Parameters
    ----------
    agenda : Agenda

    Returns
    -------
    icalendar.Calendar
        With its time zone. Nothing in it depends on the clock: the time stamp is the start
        of the plan, the sequence number the days from 2020 to that start.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//crmkit//agenda//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", t("planning.title"))
    calendar.add("x-wr-caldesc", " ".join([*agenda.warnings, t("planning.unmasked")]))
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add_component(_beijing_time())
    contacts = in_full(agenda).fillna({"name": "", "note": ""})
    for identity, rows in _groups(contacts.assign(identity=_identities(agenda))):
        calendar.add_component(_event(identity, rows, agenda.start))
    return calendar


def _identities(agenda: Agenda) -> list[str]:
    """Return what each contact is, whenever it is planned: the n-th since the last on record.

    What falls due on a day of its own, such as a birthday, is known by that day.
    """
    last = agenda.next_contact.set_index("client_id")["last_contact"]
    turns: Counter[str] = Counter()
    found = []
    for row in agenda.contacts.to_dict(orient="records"):
        own_day = row["purpose"] not in _IN_TURN and pd.notna(row["due"])
        kind = f"{row['purpose']} {row['due']}" if own_day else f"regular {last[row['client_id']]}"
        identity = f"{row['client_id']} {kind}"
        turns[identity] += 1
        found.append(f"{identity} {turns[identity]}")
    return found


def _beijing_time() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", SHANGHAI.key)
    zone.add_component(standard)
    return zone


def _groups(contacts: pd.DataFrame) -> Iterator[tuple[str, Sequence[_Row]]]:
    """Yield an identity and the contacts of one event: a talk, or a batch of messages.

    A batch is all messages of a day, unless a talk or a break comes between them.
    """
    message = contacts["channel"].isin(MESSAGES)
    before = contacts.shift()
    goes_on = message & message.shift(fill_value=False) & (contacts["start"] == before["end"])
    goes_on &= contacts["date"] == before["date"]
    batches: Counter[date] = Counter()
    for _, rows in contacts.groupby((~goes_on).cumsum()):
        first = rows.iloc[0]
        if first["channel"] in MESSAGES:
            batches[first["date"]] += 1
            identity = f"messages {first['date']:%Y%m%d} {batches[first['date']]}"
        else:
            identity = str(first["identity"])
        yield identity, rows.to_dict(orient="records")


def _event(identity: str, rows: Sequence[_Row], start: date) -> Event:
    first, last = rows[0], rows[-1]
    batch = first["channel"] in MESSAGES
    event = Event()
    event.add("uid", str(uuid5(_OURS, identity)))
    event.add("dtstamp", datetime.combine(start, time(), UTC))
    event.add("last-modified", datetime.combine(start, time(), UTC))
    event.add("sequence", max((start - _FIRST_DAY).days, 0))
    event.add("dtstart", _moment(first["date"], first["start"]))
    event.add("dtend", _moment(last["date"], last["end"]))
    event.add("summary", _messages_title(rows) if batch else _title(first))
    event.add("description", "\n\n".join(map(_line, rows)) if batch else _details(first))
    if first["channel"] == "visit" and first["reach"]:
        event.add("location", first["reach"])
    if not batch:
        event.add(WHO, str(uuid5(_OURS, str(first["client_id"]))))
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    return event


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)


def _messages_title(rows: Sequence[_Row]) -> str:
    return t("planning.event.messages", count=len(rows))


def _title(row: _Row) -> str:
    channel, tier = word_for(row["channel"]), tier_label(row["tier"])
    return t("planning.event.title", channel=channel, name=_name(row), tier=tier)


def _line(row: _Row) -> str:
    told = {name: row[name] for name in ("start", "reach", "reason", "talk")}
    return t("planning.event.line", channel=word_for(row["channel"]), name=_name(row), **told)


def _details(row: _Row) -> str:
    reach = [t("planning.event.reach", reach=row["reach"])] if row["reach"] else []
    note = [t("planning.event.note", note=row["note"])] if row["note"] else []
    told = (row[name] for name in ("reason", "why_today", "why_channel", "worth"))
    why = [text for text in told if isinstance(text, str) and text]
    return "\n".join([*reach, *why, row["talk"], *note])


def _name(row: _Row) -> str:
    return str(row["name"] or row["client_id"])
