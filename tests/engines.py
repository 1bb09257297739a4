"""The same table in every engine, for tests that hold their results against each other."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl

from crmkit.analysis.frames import fetched, lazy
from crmkit.book.book import ClientBook, make_client_book
from crmkit.branch.simulate import make_book

_POLARS = {
    "Int64": pl.Int64, "float64": pl.Float64, "boolean": pl.Boolean, "datetime64[us]": pl.Datetime,
}  # fmt: skip


def make_holed_book() -> ClientBook:
    """Return a book with holes: months, amounts, rates and dates are missing here and there."""
    book = make_book(n=150, seed=3, as_of="2026-01-05", months=14)
    rng = np.random.default_rng(3)
    tables = {name: table.copy() for name, table in book.tables.items()}
    for name, columns in {
        "activity": ["trade_amount", "commission", "product_income", "inflow", "pnl", "assets_end",
                     "logins", "trades"],
        "account": ["assets", "commission_rate"],
        "client": ["open_date", "risk_test_date", "birth_date", "gender"],
        "contact": ["outcome"],
        "holding": ["amount", "kind"],
    }.items():  # fmt: skip
        for column in columns:
            lost = rng.random(len(tables[name])) < 0.05
            tables[name].loc[lost, column] = pd.NA if column != "commission_rate" else np.nan
    quiet = tables["client"]["client_id"].iloc[::9]
    months = tables["activity"].sample(frac=0.9, random_state=1)
    tables["activity"] = months[~months["client_id"].isin(quiet)]
    return make_client_book(book.as_of, **tables)


def in_polars(table: pd.DataFrame) -> pl.DataFrame:
    """Return a pandas table as a Polars one, without pyarrow, as learners are."""
    kinds = {str(name): _POLARS.get(str(kind), pl.String) for name, kind in table.dtypes.items()}
    return pl.DataFrame(rows_of(table), schema=kinds)


def rows_of(table: pd.DataFrame) -> dict[str, list[Any]]:
    """Return a table's columns as lists in which missing is None, and NaN where it is a number."""
    return {
        str(name): values.tolist()
        if values.dtype == "float64"
        else values.astype(object).where(values.notna(), None).tolist()
        for name, values in table.items()
    }


def same(results: Mapping[str, Any], by: str = "client_id") -> list[str]:
    """Return what differs between the results of engines, exactly; they may come in any order."""
    first, *others = ({name: plain(lazy(one), by)} for name, one in results.items())
    ((_, expected),) = first.items()
    differences = []
    for other in others:
        ((name, found),) = other.items()
        for column, values in expected.items():
            pairs = zip(values, found[column], strict=True)
            differences += [f"{name} {column}: {a} {b}" for a, b in pairs if a != b]
    return differences


def plain(frame: nw.LazyFrame[Any], by: str) -> dict[str, list[Any]]:
    """Return a frame's columns by name as lists of plain values, missing as None, in order."""
    rows = fetched(frame).sort(by)
    return {
        column.name: [_plain(value) for value in column.to_list()] for column in rows.iter_columns()
    }


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return float(value) if isinstance(value, int | float) else str(value)
