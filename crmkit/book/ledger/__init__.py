"""The client ledger (客户台账): the Excel table in which a manager keeps clients."""

from crmkit.book.ledger.excel import ledger_day
from crmkit.book.ledger.reading import Reading, read_ledger
from crmkit.book.ledger.writing import write_ledger

__all__ = ["Reading", "ledger_day", "read_ledger", "write_ledger"]
