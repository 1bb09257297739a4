"""Writing a ledger: a workbook for people that reads back as the same book."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from pathlib import Path

import pandas as pd
from pandas.api.types import is_string_dtype

from crmkit.book.book import ClientBook
from crmkit.book.ledger.cells import LONGEST_TEXT
from crmkit.book.ledger.excel import DAY
from crmkit.book.ledger.headings import KINDS, match, unlike
from crmkit.book.schema import DATE, LEDGER, TABLES, Column, Table, ledger_columns
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet, write_workbook
from crmkit.errors import CrmkitError
from crmkit.words import t


def write_ledger(book: ClientBook, path: str | Path) -> None:
    """Write a book as an Excel ledger, one row per client, other tables on sheets of their own.

    Headings are in the language in use and state their units. The nine columns of a ledger
    are always there, others where a client has a value, the ledger's own columns last. What
    begins like a formula is written as text. Names and numbers are in full, and the file's
    properties say so. The ledger of a made-up book keeps its day, see `ledger_day`; a manager's
    own goes on changing and is always of the day on which it is read.

    Parameters
    ----------
    book : ClientBook
    path : str or Path
        An existing file is replaced, or left as it was if anything goes wrong.

    Raises
    ------
    CrmkitError
        When the file cannot be written, a client has several accounts, or a text is longer
        than a cell can hold.

    Examples
    --------
    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> from crmkit.book.book import make_client_book
    >>> from crmkit.book.ledger import read_ledger
    >>> book = make_client_book(date(2010, 6, 3), client=pd.DataFrame({"client_id": ["13131"]}))
    >>> with TemporaryDirectory() as folder:
    ...     write_ledger(book, Path(folder, "ledger.xlsx"))
    ...     read_ledger(Path(folder, "ledger.xlsx"), book.as_of).book.client["client_id"].tolist()
    ['13131']
    """
    sheets = [Sheet(t("ledger.sheet_title"), _ledger(book, path))]
    for kind in KINDS:
        if kind != "ledger" and len(book.tables[kind]):
            table = TABLES[kind]
            sheets.append(Sheet(table.title(), _table(book.tables[kind], table)))
    _refuse_long_text(sheets, path)
    synthetic = bool(book.client["is_synthetic"].any())
    write_workbook(
        sheets,
        path,
        {
            "title": t("ledger.file_title", as_of=book.as_of),
            "comments": t("ledger.file_comment_synthetic" if synthetic else "ledger.file_comment"),
            "created": datetime.combine(book.as_of, time()),
        },
        {DAY: book.as_of.isoformat()} if synthetic else {},
    )


def _ledger(book: ClientBook, path: str | Path) -> pd.DataFrame:
    """Return the ledger as people read it: clients with their accounts, own columns last."""
    repeated = book.account["client_id"].duplicated()
    if repeated.any():
        count = book.account.loc[repeated, "client_id"].nunique()
        raise CrmkitError("ledger.several_accounts", where=str(path), count=count)
    account = book.account.drop(columns="account_id")
    rows = book.client.merge(account, on="client_id", how="left", validate="1:1")
    extra = _extra(book)
    # a column that an extra one is named like must be there, or the extra would pass for it
    alike = {found[0].name for heading in extra if (found := match(heading))}
    filled = {name for name in rows if rows[name].notna().any()}
    columns = [n for n in ledger_columns() if n in rows and n in {*LEDGER, *alike, *filled}]
    known = _for_people(rows[columns], ledger_columns())
    own = {unlike(heading, known.columns): texts for heading, texts in extra.items()}
    return known.assign(**own)


def _extra(book: ClientBook) -> dict[str, pd.Series]:
    """Return the ledger's own columns by heading, a value for every client in order."""
    return {
        str(heading): book.client["client_id"].map(rows.set_index("client_id")["text"])
        for heading, rows in book.extra.groupby("heading", sort=False)
    }


def _table(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return a table as people read it, without the columns in which nothing stands."""
    needed = [n for n, c in table.columns.items() if c.required or rows[n].notna().any()]
    return _for_people(rows[needed], table.columns)


def _for_people(rows: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the rows under people's headings; dates stay dates, for Excel to sort by."""
    dates = {c.heading(): rows[n] for n, c in columns.items() if n in rows and c.dtype == DATE}
    return shown(rows, columns).assign(**dates)


def _refuse_long_text(sheets: Iterable[Sheet], path: str | Path) -> None:
    for sheet in sheets:
        for heading in map(str, sheet.rows):
            texts = sheet.rows[heading]
            if is_string_dtype(texts) and texts.str.len().gt(LONGEST_TEXT).any():
                where = f"{path} {sheet.title} {heading}"
                raise CrmkitError("ledger.long_text", where=where, most=LONGEST_TEXT)
