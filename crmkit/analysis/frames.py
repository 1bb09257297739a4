"""Tables of any kind, from pandas to a cluster, through narwhals.

Money, months and days are whole numbers in here, kept as float64, the one type in which
every engine can say that a number is missing. Up to 2**53 they are exact, so that sums are
the same in whatever order a machine, or many of them, adds them up.
"""

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from crmkit.book.schema import COUNT, Table

#: Tables of a book by their names: pandas, Polars, DuckDB relations or Spark frames.
Tables = Mapping[str, Any]


def lazy(table: Any) -> nw.LazyFrame[Any]:
    """Return a table of any kind as a lazy frame; a lazy frame stays what it is.

    >>> import pandas as pd
    >>> lazy(pd.DataFrame({"client_id": ["13131"]})).collect_schema().names()
    ['client_id']
    """
    frame: nw.LazyFrame[Any] = nw.from_native(table).lazy()
    return frame


def fetched(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Work a small result out; what has no memory of its own hands it over as pandas."""
    if frame.implementation.is_duckdb():
        return frame.collect("pandas")
    if not frame.implementation.is_spark_like():
        return frame.collect()
    names, rows = frame.collect_schema().names(), frame.to_native().collect()
    # Spark's own way to pandas warns about every pandas of today
    columns = {name: [row[name] for row in rows] for name in names}
    return nw.from_dict(columns, backend="pandas")


def without_nan(frame: nw.LazyFrame[Any], *columns: str) -> nw.LazyFrame[Any]:
    """Return a frame in whose columns of fractions missing is missing and never NaN.

    Engines disagree on whether NaN exceeds a number; none may be asked.
    """
    schema = frame.collect_schema()
    floats = [name for name in columns or schema.names() if schema[name].is_float()]
    return frame.with_columns(nw.col(name).fill_nan(None) for name in floats)


def day_number(day: nw.Expr) -> nw.Expr:
    """Return dates as `datetime.date.toordinal` counts them.

    Differences of dates are durations in one engine and whole numbers in the next; years
    and days of the year are the same in all.
    """
    before = day.dt.year().cast(nw.Float64) - 1
    leap = (before / 4).floor() - (before / 100).floor() + (before / 400).floor()
    return before * 365 + leap + day.dt.ordinal_day().cast(nw.Float64)


def month_number(day: nw.Expr) -> nw.Expr:
    """Return the months of dates, counted from year 0."""
    return day.dt.year().cast(nw.Float64) * 12 + day.dt.month().cast(nw.Float64)


def whole(amount: nw.Expr) -> nw.Expr:
    """Return amounts as whole fen; a half goes up, in every engine."""
    return (amount + 0.5).floor()


def held(condition: nw.Expr) -> nw.Expr:
    """Return whether a condition holds; what is not known does not hold."""
    return condition.fill_null(False)


def stored(frame: nw.LazyFrame[Any], table: Table) -> nw.LazyFrame[Any]:
    """Return a frame with a table's columns, whole numbers as such where an engine has them.

    pandas has whole numbers without missing ones only, so there they stay fractions until
    `crmkit.book.schema.conform` stores them.
    """
    whole_numbers = [name for name, column in table.columns.items() if column.dtype == COUNT]
    columns = frame.select(*table.columns)
    if frame.implementation.is_pandas_like():
        return columns
    return columns.with_columns(nw.col(*whole_numbers).cast(nw.Int64))
