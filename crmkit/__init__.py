"""crmkit: train account managers, and work on their own client books.

The public names, by room. Each is looked up when it is first used, so that importing the
package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from crmkit.analysis.activity import measures as measures
    from crmkit.analysis.tiering import Cuts as Cuts
    from crmkit.analysis.tiering import Tiering as Tiering
    from crmkit.analysis.tiering import cuts_by_share as cuts_by_share
    from crmkit.analysis.tiering import tier as tier
    from crmkit.analysis.tiering import tier_book as tier_book
    from crmkit.book.book import ClientBook as ClientBook
    from crmkit.book.book import make_client_book as make_client_book
    from crmkit.book.ledger import Reading as Reading
    from crmkit.book.ledger import read_ledger as read_ledger
    from crmkit.book.ledger import write_ledger as write_ledger
    from crmkit.book.privacy import mask as mask
    from crmkit.book.store import open_book as open_book
    from crmkit.book.store import save_book as save_book
    from crmkit.branch.simulate import BranchBook as BranchBook
    from crmkit.branch.simulate import make_book as make_book
    from crmkit.errors import CrmkitError as CrmkitError
    from crmkit.planning.agenda import Agenda as Agenda
    from crmkit.planning.agenda import make_agenda as make_agenda
    from crmkit.planning.cadence import load_rules as load_rules
    from crmkit.planning.calendar import trading_days as trading_days
    from crmkit.planning.export import write_excel as write_excel
    from crmkit.planning.export import write_ics as write_ics
    from crmkit.words import t as t
    from crmkit.words import use_language as use_language

_ROOMS = {
    "crmkit.book.book": ("ClientBook", "make_client_book"),
    "crmkit.book.ledger": ("Reading", "read_ledger", "write_ledger"),
    "crmkit.book.privacy": ("mask",),
    "crmkit.book.store": ("open_book", "save_book"),
    "crmkit.branch.simulate": ("BranchBook", "make_book"),
    "crmkit.analysis.activity": ("measures",),
    "crmkit.analysis.tiering": ("Cuts", "Tiering", "cuts_by_share", "tier", "tier_book"),
    "crmkit.planning.calendar": ("trading_days",),
    "crmkit.planning.cadence": ("load_rules",),
    "crmkit.planning.agenda": ("Agenda", "make_agenda"),
    "crmkit.planning.export": ("write_excel", "write_ics"),
    "crmkit.words": ("t", "use_language"),
    "crmkit.errors": ("CrmkitError",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'crmkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *_HOME]
