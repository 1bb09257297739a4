"""The tables that are worked out from a book: where analysis, planning and course meet."""

from crmkit.book.results.analysis import MEASURES, MOVES, STARS, TIERING
from crmkit.book.results.churn import (
    CHURN_FEATURES,
    CHURN_LABEL,
    CHURN_SCORE,
    CHURN_TREE,
    CLIENT_FLOWS,
    LEAVING_REASON,
    REFERRAL_ASKS,
    SAVE_LIST,
    SAVE_PLAN,
)
from crmkit.book.results.planning import AGENDA, LOAD, MISSED, NEXT_CONTACT, UNPLANNED
from crmkit.book.results.practice import AIMS, LAYERS, RECORD_KEEPING, SYSTEM_USE
from crmkit.book.results.prices import PLAN_CHANGES, PLAN_GAINS, PLAN_PRICES, PLAN_REASONS
from crmkit.book.results.privacy import PERSONAL_DATA
from crmkit.book.results.returned import PINS, RETURNED
from crmkit.book.results.segments import GROUPS, MOTIVES, NEEDS, PROSPECTS, RFM, SEGMENTS
from crmkit.book.results.selling import CROSS_SALES, PENETRATION
from crmkit.book.results.signals import ALERTS, TO_COMPLIANCE
from crmkit.book.results.survival import HAZARD, SURVIVAL

#: Every table of results, in the order of the codebook.
RESULTS = {
    table.name: table
    for table in (
        MEASURES,
        TIERING,
        STARS,
        MOVES,
        SEGMENTS,
        RFM,
        GROUPS,
        PROSPECTS,
        MOTIVES,
        NEEDS,
        PENETRATION,
        CROSS_SALES,
        AIMS,
        RECORD_KEEPING,
        SYSTEM_USE,
        LAYERS,
        ALERTS,
        TO_COMPLIANCE,
        SURVIVAL,
        HAZARD,
        CHURN_LABEL,
        CHURN_FEATURES,
        CHURN_SCORE,
        CHURN_TREE,
        SAVE_LIST,
        SAVE_PLAN,
        LEAVING_REASON,
        CLIENT_FLOWS,
        REFERRAL_ASKS,
        AGENDA,
        UNPLANNED,
        MISSED,
        NEXT_CONTACT,
        LOAD,
        PLAN_PRICES,
        PLAN_REASONS,
        PLAN_GAINS,
        PLAN_CHANGES,
        RETURNED,
        PINS,
        PERSONAL_DATA,
    )
}

__all__ = [
    "AGENDA",
    "AIMS",
    "ALERTS",
    "CHURN_FEATURES",
    "CHURN_LABEL",
    "CHURN_SCORE",
    "CHURN_TREE",
    "CLIENT_FLOWS",
    "CROSS_SALES",
    "GROUPS",
    "HAZARD",
    "LAYERS",
    "LEAVING_REASON",
    "LOAD",
    "MEASURES",
    "MISSED",
    "MOTIVES",
    "MOVES",
    "NEEDS",
    "NEXT_CONTACT",
    "PENETRATION",
    "PERSONAL_DATA",
    "PINS",
    "PLAN_CHANGES",
    "PLAN_GAINS",
    "PLAN_PRICES",
    "PLAN_REASONS",
    "PROSPECTS",
    "RECORD_KEEPING",
    "REFERRAL_ASKS",
    "RESULTS",
    "RETURNED",
    "RFM",
    "SAVE_LIST",
    "SAVE_PLAN",
    "SEGMENTS",
    "STARS",
    "SURVIVAL",
    "SYSTEM_USE",
    "TIERING",
    "TO_COMPLIANCE",
    "UNPLANNED",
]
