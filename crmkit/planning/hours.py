"""Times of day: how a day's contacts share the working hours."""

from collections import Counter
from collections.abc import Mapping, Sequence

from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import Rules

MESSAGES = ("wechat", "sms")

#: The order within a stretch of working hours: messages in one batch, calls, then visits.
SEQUENCE = ("wechat", "sms", "call", "visit")


def share_out(
    counts: Mapping[str, int], minutes: Mapping[str, int], stretches: Sequence[int]
) -> list[Counter[str]] | None:
    """Return how many contacts of each channel go into each stretch of working hours.

    No contact is cut in two by a break. The longest are placed first, visits from the end of
    the day, calls from its beginning; messages stay together if some stretch can take all.

    Parameters
    ----------
    counts : mapping of str to int
        Contacts of one day by channel.
    minutes : mapping of str to int
        How long one takes, by channel.
    stretches : sequence of int
        Minutes of each stretch of the day.

    Returns
    -------
    list of Counter, or None
        One per stretch; None when they do not all fit.

    Examples
    --------
    >>> minutes = {"visit": 60, "call": 10, "wechat": 2, "sms": 1}
    >>> share_out({"visit": 1, "call": 2, "sms": 5}, minutes, [180, 270])
    [Counter({'sms': 5, 'call': 2}), Counter({'visit': 1})]
    """
    left = list(stretches)
    shares: list[Counter[str]] = [Counter() for _ in left]
    forward = range(len(left))

    def fill(channel: str, order: Sequence[int]) -> bool:
        waiting = counts.get(channel, 0)
        for stretch in order:
            taken = min(waiting, left[stretch] // minutes[channel])
            shares[stretch][channel] += taken
            left[stretch] -= taken * minutes[channel]
            waiting -= taken
        return not waiting

    by_length = sorted(CHANNELS, key=lambda channel: -minutes[channel])
    talks = [channel for channel in by_length if channel not in MESSAGES]
    fits = all(fill(talk, forward[::-1] if talk == "visit" else forward) for talk in talks)
    batch = sum(counts.get(channel, 0) * minutes[channel] for channel in MESSAGES)
    together = sorted(forward, key=lambda stretch: left[stretch] < batch)
    fits = fits and all(fill(c, together) for c in by_length if c in MESSAGES)
    return [+share for share in shares] if fits else None


def timetable(channels: Sequence[str], rules: Rules) -> list[tuple[int, int]]:
    """Return when each contact of a day begins and ends, in minutes since midnight.

    Parameters
    ----------
    channels : sequence of str
        Of the day's contacts; of two by one channel the first comes earlier.
    rules : Rules

    Raises
    ------
    ValueError
        When the contacts do not fit into the working hours.

    Examples
    --------
    >>> from crmkit.planning.cadence import load_rules
    >>> timetable(["call", "sms", "visit", "call"], load_rules())
    [(541, 551), (540, 541), (810, 870), (551, 561)]
    """
    hours = rules.open_hours()
    shares = share_out(
        Counter(channels), rules.minutes, [closes - opens for opens, closes in hours]
    )
    if shares is None:
        raise ValueError(f"{len(channels)} contacts do not fit into {hours}")
    slots: dict[str, list[tuple[int, int]]] = {channel: [] for channel in CHANNELS}
    for (now, _), share in zip(hours, shares, strict=True):
        for channel in SEQUENCE:
            for _ in range(share[channel]):
                slots[channel].append((now, now + rules.minutes[channel]))
                now += rules.minutes[channel]
    times = {channel: iter(found) for channel, found in slots.items()}
    return [next(times[channel]) for channel in channels]
