"""The tables that are worked out from a book: where analysis, planning and course meet."""

from crmkit.book.results.analysis import MEASURES, TIERING
from crmkit.book.results.planning import AGENDA, LOAD, MISSED, NEXT_CONTACT, UNPLANNED

#: Every table of results, in the order of the codebook.
RESULTS = {
    table.name: table
    for table in (MEASURES, TIERING, AGENDA, UNPLANNED, MISSED, NEXT_CONTACT, LOAD)
}

__all__ = [
    "AGENDA",
    "LOAD",
    "MEASURES",
    "MISSED",
    "NEXT_CONTACT",
    "RESULTS",
    "TIERING",
    "UNPLANNED",
]
