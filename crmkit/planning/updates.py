"""A calendar that follows an earlier one: what is new, what moved, what is called off.

A calendar program knows an event by its ``UID`` and takes the higher ``SEQUENCE`` (RFC 5545,
3.8.7.4). So an event that says the same keeps both; one that moved keeps its ``UID`` with the
next number; one that is gone is sent once more as cancelled. Some programs, Outlook among
them, remove an event only for a file whose ``METHOD`` is ``CANCEL``, hence the second file.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, time
from pathlib import Path

from icalendar import Calendar, Event

from crmkit.words import t

#: The client of a talk, as a number that tells nobody who it is.
WHO = "x-crmkit-client"

#: What a person would notice when it changes.
_SEEN = ("dtstart", "dtend", "summary", "description", "location", "status")


def read_calendar(path: Path) -> Calendar | None:
    """Return a calendar that the kit has written, or None for anything else."""
    try:
        calendar = Calendar.from_ical(path.read_bytes())
    except (OSError, ValueError):
        return None
    ours = isinstance(calendar, Calendar) and "crmkit" in str(calendar.get("prodid", ""))
    return calendar if ours else None


def renewed(fresh: Calendar, earlier: Calendar, start: date) -> Calendar:
    """Return a calendar that brings another one up to date.

    Parameters
    ----------
    fresh : Calendar
        What is planned now, every event with the sequence number of a first edition.
    earlier : Calendar
        What the reader's calendar has been given before.
    start : date
        The first day of the new plan: what lies before it is left as it was, and changes are
        dated to its beginning.

    Returns
    -------
    Calendar
        With the events of ``fresh``, those of the past, and cancelled ones.
    """
    known = {str(event["uid"]): event for event in _events(earlier)}
    events = [deepcopy(event) for event in _events(fresh)]
    _take_over(events, [event for event in known.values() if _ahead(event, start)])
    kept = [_next_edition(event, known.get(str(event["uid"])), start) for event in events]
    planned = {str(event["uid"]) for event in events}
    gone = [event for uid, event in known.items() if uid not in planned]
    past = [event for event in gone if not _ahead(event, start)]
    off = [_called_off(event, start) for event in gone if _ahead(event, start)]
    return _with_events(fresh, sorted([*past, *kept, *off], key=_order))


def cancellations(calendar: Calendar) -> Calendar | None:
    """Return the cancelled events alone, for programs that ask for ``METHOD:CANCEL``."""
    off = [event for event in _events(calendar) if _cancelled(event)]
    if not off:
        return None
    sent = _with_events(calendar, off)
    sent["method"] = "CANCEL"
    return sent


def _events(calendar: Calendar) -> list[Event]:
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def _sequence(event: Event) -> int:
    return int(str(event["sequence"]))


def _take_over(events: Iterable[Event], earlier: Iterable[Event]) -> None:
    """Give contacts that moved the identity under which the client is in the calendar already."""
    free = {str(event["uid"]): event for event in earlier if not _cancelled(event)}
    new = [event for event in events if not free.pop(str(event["uid"]), None) and WHO in event]
    for same_day in (True, False):
        for event in list(new):
            found = next(_of_client(event, free.values(), same_day), None)
            if found:
                event["uid"] = free.pop(str(found["uid"]))["uid"]
                new.remove(event)


def _of_client(event: Event, earlier: Iterable[Event], same_day: bool) -> Iterator[Event]:
    for old in earlier:
        day = old.decoded("dtstart").date() == event.decoded("dtstart").date()
        if old.get(WHO) == event[WHO] and (day or not same_day):
            yield old


def _next_edition(event: Event, before: Event | None, start: date) -> Event:
    if before is None:
        return event
    if all(before.get(name) == event.get(name) for name in _SEEN):
        return before
    return _numbered(event, _sequence(before) + 1, start)


def _called_off(event: Event, start: date) -> Event:
    if _cancelled(event):
        return event
    off = deepcopy(event)
    off["status"] = "CANCELLED"
    title = t("agenda.cancelled", title=str(event["summary"]))
    del off["summary"]
    off.add("summary", title)
    return _numbered(off, _sequence(event) + 1, start)


def _numbered(event: Event, sequence: int, start: date) -> Event:
    for name in ("sequence", "dtstamp", "last-modified"):
        event.pop(name, None)
    event.add("sequence", sequence)
    for name in ("dtstamp", "last-modified"):
        event.add(name, datetime.combine(start, time(), UTC))
    return event


def _with_events(calendar: Calendar, events: Iterable[Event]) -> Calendar:
    found = deepcopy(calendar)
    others = [part for part in found.subcomponents if part.name != "VEVENT"]
    found.subcomponents = [*others, *events]
    return found


def _ahead(event: Event, start: date) -> bool:
    day: datetime = event.decoded("dtstart")
    return day.date() >= start


def _cancelled(event: Event) -> bool:
    return str(event.get("status")) == "CANCELLED"


def _order(event: Event) -> tuple[datetime, str]:
    return event.decoded("dtstart"), str(event["uid"])
