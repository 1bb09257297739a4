"""Tables as people read them: headings, units and words in the language in use."""

from collections.abc import Mapping

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.book.schema import CODE, DATE, FLAG, Column
from crmkit.words import t


def shown(rows: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the rows under the schema's headings, in the units and words people read.

    Parameters
    ----------
    rows : DataFrame
        Some of the columns, in the order wanted; those the schema does not know stay as
        they are.
    columns : mapping of str to Column
        Usually the ``columns`` of a table.

    Examples
    --------
    >>> from crmkit.book.schema import ACCOUNT
    >>> from crmkit.words import in_language
    >>> two = pd.DataFrame({"client_id": ["13131"], "assets": pd.array([10_000_000], "Int64")})
    >>> with in_language("zh"): print(shown(two, ACCOUNT.columns).to_string(index=False))
       客户号  资产(万元)
    13131    10.0
    """
    return pd.DataFrame(
        {
            columns[name].heading() if name in columns else name: _read(
                rows[name], columns.get(name)
            )
            for name in rows.columns
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
        days: pd.Series = values.dt.strftime("%Y-%m-%d")
        return days
    return column.unit.show(values)
