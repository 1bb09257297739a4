"""The client book: its tables on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from crmkit.book.schema import TABLES, conform


@dataclass(frozen=True)
class ClientBook:
    """A manager's clients as they stood on one day.

    Attributes
    ----------
    as_of : date
        The day the book describes. Nothing in the kit reads the clock instead.
    tables : mapping of str to DataFrame
        Tables by their name in the schema, each conforming to it; a table that was never
        given is empty.
    origin : mapping
        Where the book came from: file name, or seed, preset and engine of a made-up one.

    Examples
    --------
    >>> book = make_client_book(date(2010, 6, 3), account=pd.DataFrame({"client_id": ["13131"]}))
    >>> len(book.account), len(book.activity)
    (1, 0)
    """

    as_of: date
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    origin: Mapping[str, Any] = field(default_factory=dict)

    @property
    def client(self) -> pd.DataFrame:
        """Who the clients are, one row each."""
        return self.tables["client"]

    @property
    def account(self) -> pd.DataFrame:
        """What they hold with the firm and what they pay, one row per account."""
        return self.tables["account"]

    @property
    def activity(self) -> pd.DataFrame:
        """What happened in each month, one row per client and month."""
        return self.tables["activity"]

    @property
    def contact(self) -> pd.DataFrame:
        """Contacts made, one row each."""
        return self.tables["contact"]

    @property
    def complaint(self) -> pd.DataFrame:
        """Complaints, one row each; open ones have no closing date."""
        return self.tables["complaint"]

    @property
    def referral(self) -> pd.DataFrame:
        """Who recommended whom, one row per recommendation."""
        return self.tables["referral"]

    @property
    def holding(self) -> pd.DataFrame:
        """What each client holds, one row per client and product."""
        return self.tables["holding"]

    @property
    def extra(self) -> pd.DataFrame:
        """What the ledger holds in columns of its own, one row per client and column."""
        return self.tables["extra"]


def make_client_book(
    as_of: date, origin: Mapping[str, Any] | None = None, **tables: pd.DataFrame
) -> ClientBook:
    """Return a book of the given tables, each brought to the schema's columns and dtypes.

    Parameters
    ----------
    as_of : date
    origin : mapping, optional
    **tables : DataFrame
        By the names of the schema; tables left out are empty.

    Raises
    ------
    KeyError
        For a table the schema does not know.
    """
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise KeyError(f"no table {sorted(unknown)} in the schema; it has {list(TABLES)}")
    conformed = {
        name: conform(tables[name], table).reset_index(drop=True)
        if name in tables
        else table.empty()
        for name, table in TABLES.items()
    }
    return ClientBook(as_of, MappingProxyType(conformed), MappingProxyType(dict(origin or {})))
