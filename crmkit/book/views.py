"""Tables as people read them: headings, units and words in the language in use."""

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.book.schema import CODE, DATE, FLAG, Column, Table
from crmkit.words import t


def shown(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the rows under the table's headings, in the units and words people read.

    Parameters
    ----------
    rows : DataFrame
        Some of the table's columns, in the order wanted; columns it does not know stay.
    table : Table

    Examples
    --------
    >>> from crmkit.book.schema import ACCOUNT
    >>> from crmkit.words import in_language
    >>> two = pd.DataFrame({"client_id": ["131311"], "assets": pd.array([10_000_000], "Int64")})
    >>> with in_language("zh"): print(shown(two, ACCOUNT).to_string(index=False))
       客户号  资产(万元)
    131311    10.0
    """
    columns = {name: table.columns.get(name) for name in rows.columns}
    return pd.DataFrame(
        {
            column.heading() if column else name: _read(rows[name], column)
            for name, column in columns.items()
        },
        index=rows.index,
    )


def _read(values: pd.Series, column: Column | None) -> pd.Series:
    if column is None:
        return values
    if column.dtype == CODE:
        return values.astype("str").map(word_for, na_action="ignore")
    if column.dtype == FLAG:
        return values.map({True: t("value.yes"), False: t("value.no")}).astype("str")
    if column.dtype == DATE:
        return values.dt.strftime("%Y-%m-%d")
    return column.unit.show(values)
