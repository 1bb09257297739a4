"""Keyed pseudonyms: a book that can be joined and counted, and in which nobody can be found.

Whoever has the key can make the same pseudonyms again and so tell who is who; nobody else
can, not even by trying every client number, which is what a plain hash would allow. Keep
the key apart from the book. A pseudonymous book is still personal data by law (PIPL,
article 73, tells de-identified from anonymous data).
"""

import hmac
from base64 import b32encode
from hashlib import sha256
from types import MappingProxyType

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.schema import TABLES, conform
from crmkit.errors import CrmkitError

#: Columns that hold the number of the same thing have the same pseudonyms, whatever the table.
IDENTITIES = MappingProxyType(
    {
        "client_id": "client", "referrer_id": "client", "account_id": "account",
        "contact_id": "contact", "complaint_id": "complaint", "referral_id": "referral",
        "manager_id": "manager",
    }
)  # fmt: skip
#: Least length of a key, bytes.
LEAST = 16
#: Left out although nobody is named by them alone: together with others they single people out.
EMPTIED = ("district", "occupation")


def pseudonymous(book: ClientBook, key: bytes) -> ClientBook:
    """Return a book in which every number is a pseudonym and nothing else names anybody.

    Joins work as before: the same number has the same pseudonym in every table, and in
    every book that is made with the same key. Names, phones, addresses, handles and all
    free text are left out, since texts name people in ways no mask foresees; districts and
    occupations go too, and of birthdays the year is left, because together they single
    people out. Numbers and dates of business stay exact.

    Parameters
    ----------
    book : ClientBook
    key : bytes
        Sixteen at least, random, kept apart from the book.

    Raises
    ------
    CrmkitError
        ``privacy.short_key``.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({"client_id": ["13131"],
    ...     "name": ["张三"], "birth_date": [pd.Timestamp("1980-07-09")]}),
    ...     account=pd.DataFrame({"account_id": ["13131"], "client_id": ["13131"]}))
    >>> hidden = pseudonymous(book, b"sixteen bytes or more")
    >>> hidden.client["client_id"].item() == hidden.account["client_id"].item() != "13131"
    True
    >>> hidden.client["name"].isna().item(), hidden.client["birth_date"].dt.year.item()
    (True, 1980)
    """
    if len(key) < LEAST:
        raise CrmkitError("privacy.short_key", least=LEAST, length=len(key))
    hidden = {name: _hidden(rows, key) for name, rows in book.tables.items()}
    hidden["extra"] = TABLES["extra"].empty()
    tables = {name: conform(rows, TABLES[name]) for name, rows in hidden.items()}
    kept = {name: book.origin[name] for name in ("synthetic",) if name in book.origin}
    return ClientBook(book.as_of, MappingProxyType(tables), MappingProxyType(kept))


def pseudonym(value: str, key: bytes, kind: str = "client") -> str:
    """Return the pseudonym of a number: twenty letters and figures, the same for the same key.

    An HMAC of the number under the key (RFC 2104), cut to a hundred bits.

    Parameters
    ----------
    value : str
    key : bytes
    kind : str
        What the number is of; a client and an account of one number differ.

    Examples
    --------
    >>> pseudonym("13131", b"sixteen bytes or more") == pseudonym("13131", b"sixteen bytes or more")
    True
    """
    digest = hmac.new(key, f"{kind}\0{value}".encode(), sha256).digest()
    return b32encode(digest).decode()[:20]


def _hidden(rows: pd.DataFrame, key: bytes) -> pd.DataFrame:
    changed = {}
    for name, values in rows.items():
        if name in IDENTITIES:
            known = {v: pseudonym(v, key, IDENTITIES[str(name)]) for v in values.dropna().unique()}
            changed[name] = values.map(known).astype("str")
    result = rows.assign(**{str(name): values for name, values in changed.items()})
    personal = {c.name for table in TABLES.values() for c in table.columns.values() if c.personal}
    result = result.drop(columns=[c for c in result if c in personal or c in EMPTIED])
    if "birth_date" in result:
        born = result["birth_date"]
        first = pd.to_datetime({"year": born.dt.year, "month": 1, "day": 1}, errors="coerce")
        result["birth_date"] = first.astype("datetime64[us]")
    if "purpose" in result and result["purpose"].dtype != "category":
        result = result.drop(columns="purpose")
    return result.sample(frac=1, random_state=_order(key)).reset_index(drop=True)


def _order(key: bytes) -> int:
    """Return a seed for the order of the rows, which would otherwise give the clients away."""
    return int.from_bytes(hmac.new(key, b"order", sha256).digest()[:4], "big")
