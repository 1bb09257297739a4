"""How a plan to be remembered looks: how many contacts, how far apart, by how many ways.

The training deck of 3 June 2010 says that a prospect must have met you seven times before they
remember you, and not to be in a hurry about it. The number is folklore of the trade and no
measured law; days apart and channels are this course's own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

#: Folklore of the deck: 至少要跟他见七次面.
MEETINGS = 7
#: What the course asks for: days between two contacts, and different channels.
DAYS_APART, CHANNELS = 5, 3


@dataclass(frozen=True)
class Touches:
    """What a plan of contacts with one client comes to.

    Attributes
    ----------
    count : int
        Contacts.
    visits : int
        Those in person.
    channels : int
        Different channels.
    gap : int or None
        Days between the two that are nearest; nothing with fewer than two.
    repeated : int
        Contacts whose reason had been used before.
    crowded : frozenset of str
        ISO dates that come too soon after the contact before.
    """

    count: int
    visits: int
    channels: int
    gap: int | None
    repeated: int
    crowded: frozenset[str]


def touches(contacts: Sequence[Mapping[str, str]]) -> Touches:
    """Return what contacts come to.

    Parameters
    ----------
    contacts : sequence of mapping
        ``day`` (ISO date), ``channel`` and, where there is one, ``reason``.

    Examples
    --------
    >>> plan = [{"day": "2026-07-06", "channel": "visit"}, {"day": "2026-07-09", "channel": "call"}]
    >>> touches(plan).gap, sorted(touches(plan).crowded)
    (3, ['2026-07-09'])
    """
    days = sorted(contact["day"] for contact in contacts)
    gaps = {later: _between(day, later) for day, later in pairwise(days)}
    reasons = Counter(contact["reason"] for contact in contacts if contact.get("reason"))
    channels = [contact["channel"] for contact in contacts]
    return Touches(
        count=len(contacts),
        visits=channels.count("visit"),
        channels=len(set(channels)),
        gap=min(gaps.values(), default=None),
        repeated=sum(times - 1 for times in reasons.values()),
        crowded=frozenset(day for day, gap in gaps.items() if gap < DAYS_APART),
    )


def _between(day: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(day)).days
