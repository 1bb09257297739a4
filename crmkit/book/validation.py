"""Checking tables that did not come through the ledger reader, against the schema."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.ledger import Reading
from crmkit.book.ledger.cells import Finding, original
from crmkit.book.ledger.entries import Entry, ignored_table, problem_table
from crmkit.book.schema import TABLES, Column, Table
from crmkit.words import t

if TYPE_CHECKING:
    import pandera.pandas as pa


def check_book(book: ClientBook) -> Reading:
    """Return a book that was not read from a ledger with what is wrong in its tables.

    Parameters
    ----------
    book : ClientBook

    Returns
    -------
    Reading
        The same book, the problems of all its tables, nothing ignored and no notes.
    """
    problems = pd.concat([validate(name, rows) for name, rows in book.tables.items()])
    return Reading(book, problems.reset_index(drop=True), ignored_table([]), problem_table([]))


def validate(table_name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is wrong with a table of a book: types, gaps, bounds, repeated keys.

    Parameters
    ----------
    table_name : str
        A table of the schema.
    rows : DataFrame
        What should be that table. Columns the schema does not know are no problem.

    Returns
    -------
    DataFrame
        Problems as a ledger's reading gives them. ``sheet`` is the table's name, ``row`` the
        place of the row from 1, missing where a whole column is meant.

    Raises
    ------
    KeyError
        For a table the schema does not know.

    Examples
    --------
    >>> table = TABLES["activity"].empty()
    >>> table.loc[0, ["client_id", "trade_amount"]] = ["13131", -5]
    >>> validate("activity", table)[["row", "column", "value", "kind"]]
       row        column value          kind
    0    1         month        cell_missing
    1    1  trade_amount    -5  out_of_range
    """
    from pandera.errors import SchemaErrors

    table = TABLES[table_name]
    numbered = rows.reset_index(drop=True)
    try:
        checks(table).validate(numbered, lazy=True)
    except SchemaErrors as errors:
        failures = errors.failure_cases
    else:
        return problem_table([])
    places = {name: i for i, name in enumerate(table.columns)}
    entries = sorted(_entries(table, failures), key=lambda e: (e.row or 0, places[e.column]))
    return problem_table(entries)


def checks(table: Table) -> "pa.DataFrameSchema":
    """Return a table of the schema as pandera checks it."""
    import pandera.pandas as pa

    columns = {
        name: pa.Column(column.pandas_dtype(), _bounds(column), nullable=not column.required)
        for name, column in table.columns.items()
    }
    return pa.DataFrameSchema(columns, unique=list(table.key), name=table.name)


def _bounds(column: Column) -> list[Any]:
    import pandera.pandas as pa

    least = [] if column.minimum is None else [pa.Check.ge(column.minimum)]
    return least + ([] if column.maximum is None else [pa.Check.le(column.maximum)])


def _entries(table: Table, failures: pd.DataFrame) -> Iterator[Entry]:
    for failure in failures.to_dict("records"):
        check, name, case = str(failure["check"]), failure["column"], failure["failure_case"]
        row = None if pd.isna(failure["index"]) else int(failure["index"]) + 1
        if check == "column_in_dataframe":
            yield Entry(table.name, None, str(case), "", Finding("column_absent"))
        elif check == "multiple_fields_uniqueness":
            if name == table.key[0]:  # one of several that say the same
                finding = Finding("key_repeated", {"columns": t("problem.comma").join(table.key)})
                yield Entry(table.name, row, name, original(case), finding)
        else:
            finding = _finding(table.columns[name], check)
            yield Entry(table.name, row, name, "" if pd.isna(case) else original(case), finding)


def _finding(column: Column, check: str) -> Finding:
    if check == "not_nullable":
        return Finding("cell_missing")
    if check.startswith("dtype"):
        return Finding("wrong_type", {"expected": column.dtype})
    limits = ("" if limit is None else f"{limit:g}" for limit in (column.minimum, column.maximum))
    return Finding("out_of_range", {"bounds": " … ".join(limits).strip()})
