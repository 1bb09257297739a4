"""The three layers of a client system, and which room of this kit belongs to which.

The brokers' article of the course's sources builds such a system in layers: data at the core,
business logic above it, and on top what people deal with. Each layer knows those below it and
none above, so that a new page changes no rule and a new rule no page.
"""

from collections.abc import Mapping

import pandas as pd

from crmkit.book.results import LAYERS
from crmkit.book.schema import conform
from crmkit.words import t

#: Rooms of the kit by layer, the lowest first.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "data": ("rules", "book", "branch"),
    "logic": ("analysis", "pricing", "conduct", "planning"),
    "interaction": ("plots", "course", "widgets", "pages", "cli"),
}


def layers() -> pd.DataFrame:
    """Return every room of the kit with its layer and what it does.

    Returns
    -------
    DataFrame
        ``layer``, ``room``, ``does`` in the language in use; the lowest layer first.

    Examples
    --------
    >>> layers().groupby("layer", observed=True)["room"].size().tolist()
    [3, 4, 5]
    """
    rows = [
        {"layer": layer, "room": room, "does": t(f"layers.{room}")}
        for layer, rooms in ROOMS.items()
        for room in rooms
    ]
    return conform(pd.DataFrame(rows), LAYERS)
