"""What keeping records by hand costs: why pen and paper do for a few clients only.

The training deck of 2010-06-03 names four things for pen and paper and five against it, five
for a spreadsheet and three against. Time tells most of them apart: on paper every look-up goes
through half the cards, so that the hours grow with the square of the clients.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.book.results import RECORD_KEEPING
from crmkit.book.schema import conform
from crmkit.words import t


@dataclass(frozen=True)
class Way:
    """What a way of keeping records takes. Course defaults, to be timed in one's own branch.

    Attributes
    ----------
    note : float
        Minutes to write down one contact.
    find : float
        Seconds to look up a client, however many there are.
    leaf : float
        Seconds for every card leafed through while looking.
    renew : float
        Seconds a month to bring one client's figures up to date.
    count : float
        Seconds per client for every list or sum.
    """

    note: float
    find: float
    leaf: float
    renew: float
    count: float


WAYS: Mapping[str, Way] = {
    "paper": Way(2, 0, 2, 60, 20),
    "sheet": Way(1.5, 15, 0, 60, 1),
    "system": Way(1.5, 15, 0, 0, 0),
}


def hours(clients: float, way: str, contacts: float = 1.0, lists: float = 4.0) -> float:
    """Return the hours a month that keeping records takes.

    n contacts (note + find + leaf n/2) + n renew + n lists count, for n clients: on paper a
    client is found after half the cards on average.

    Parameters
    ----------
    clients : float
    way : {"paper", "sheet", "system"}
    contacts : float
        A client and month.
    lists : float
        Lists and sums a month, such as who has not been called.

    Examples
    --------
    >>> [round(hours(300, way), 1) for way in WAYS]
    [46.7, 14.1, 8.8]
    """
    square, straight = _terms(way, contacts, lists)
    return (square * clients + straight) * clients / 3600


def capacity(most: float, way: str, contacts: float = 1.0, lists: float = 4.0) -> int:
    """Return for how many clients the hours of a month suffice.

    Parameters
    ----------
    most : float
        Hours a month for records.
    way, contacts, lists
        As in `hours`.

    Examples
    --------
    >>> [capacity(10, way) for way in WAYS]
    [100, 213, 342]
    """
    square, straight = _terms(way, contacts, lists)
    seconds = most * 3600
    if not square:
        return int(seconds / straight)
    return int((np.sqrt(straight**2 + 4 * square * seconds) - straight) / (2 * square))


def compare(clients: float, most: float = 10.0) -> pd.DataFrame:
    """Return the three ways side by side: hours, capacity, what speaks for and against.

    Parameters
    ----------
    clients : float
    most : float
        Hours a month for records.

    Examples
    --------
    >>> compare(80)["enough"].tolist(), compare(200)["enough"].tolist()
    ([True, True, True], [False, True, True])
    """
    rows = [
        {"way": way, "hours": hours(clients, way), "capacity": capacity(most, way),
         "enough": clients <= capacity(most, way),
         "strengths": t(f"keeping.{way}.for"), "weaknesses": t(f"keeping.{way}.against")}
        for way in WAYS
    ]  # fmt: skip
    return conform(pd.DataFrame(rows), RECORD_KEEPING)


def _terms(way: str, contacts: float, lists: float) -> tuple[float, float]:
    """Return the seconds that grow with the square of the clients, and those in proportion."""
    one = WAYS[way]
    straight = contacts * (one.note * 60 + one.find) + one.renew + lists * one.count
    return contacts * one.leaf / 2, straight
