"""How well a client is known: what the profile holds, and since when nothing was heard."""

from datetime import date
from typing import Any

import narwhals as nw

from crmkit.analysis.frames import day_number, fetched, held
from crmkit.analysis.knowing import all_fields
from crmkit.book.schema import CLIENT


def profile_fields() -> tuple[str, ...]:
    """Return what is to be known of everybody and stands in the client table.

    Those of `crmkit.analysis.knowing`; finances come from the accounts.

    >>> len(profile_fields())
    10
    """
    return tuple(field for field in all_fields() if field in CLIENT.columns)


def profiles(client: nw.LazyFrame[Any], as_of: date) -> nw.LazyFrame[Any]:
    """Return how full each client's profile is and how old the risk test that dates it.

    Parameters
    ----------
    client : narwhals.LazyFrame
        The schema's client table.
    as_of : date

    Returns
    -------
    narwhals.LazyFrame
        ``client_id``, ``open_date``, ``profile_completeness`` (0 to 1),
        ``days_since_profile``.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmkit.analysis.frames import lazy
    >>> from crmkit.book.schema import CLIENT, conform
    >>> one = conform(pd.DataFrame({"client_id": ["1"], "name": ["张三"], "gender": ["m"]}), CLIENT)
    >>> profiles(lazy(one), date(2026, 1, 5)).collect()["profile_completeness"].to_list()
    [0.2]
    """
    filled = [1 - nw.col(name).is_null().cast(nw.Float64) for name in profile_fields()]
    return client.select(
        "client_id",
        "open_date",
        profile_completeness=nw.sum_horizontal(*filled).cast(nw.Float64) * (1 / len(filled)),
        days_since_profile=_days_since(nw.col("risk_test_date"), as_of),
    )


def last_signs(past: nw.LazyFrame[Any], as_of: date) -> nw.LazyFrame[Any]:
    """Return the days since each client's last month with a trade, and with a log-in.

    A month does not say on which day; its last one is taken, so that the silence is never
    said to be longer than it is.

    Parameters
    ----------
    past : narwhals.LazyFrame
        The schema's activity, none of it after ``as_of``.
    as_of : date

    Returns
    -------
    narwhals.LazyFrame
        ``client_id``, ``days_since_trade`` and ``days_since_login``, missing where there
        was none on record, and ``months_on_record``.
    """
    traded = held(nw.col("trades") > 0) | held(nw.col("trade_amount") > 0)
    last_day = day_number(nw.col("month").dt.offset_by("1mo")) - 1
    ends = past.with_columns(end=nw.min_horizontal(last_day, nw.lit(as_of.toordinal())))
    signs = ends.select(
        "client_id",
        "at",
        trade=nw.when(traded).then(nw.col("end")),
        login=nw.when(held(nw.col("logins") > 0)).then(nw.col("end")),
    )
    last = signs.group_by("client_id").agg(
        nw.col("trade", "login").max(), nw.col("at").n_unique().alias("months_on_record")
    )
    return last.select(
        "client_id",
        "months_on_record",
        days_since_trade=as_of.toordinal() - nw.col("trade"),
        days_since_login=as_of.toordinal() - nw.col("login"),
    )


def last_contact(contact: nw.LazyFrame[Any], as_of: date) -> nw.LazyFrame[Any]:
    """Return the days since the last contact, either way, that reached the client."""
    day = day_number(nw.col("date"))
    reached = ~held(nw.col("outcome") == "missed")
    known = contact.filter(reached & held(day <= as_of.toordinal()))
    last = known.with_columns(day=day).group_by("client_id").agg(nw.col("day").max())
    return last.select("client_id", days_since_contact=as_of.toordinal() - nw.col("day"))


def products(client: nw.LazyFrame[Any], holding: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return how many kinds of product each client holds; a book without holdings is silent."""
    kinds = holding.filter(held(nw.col("amount") > 0)).select("client_id", "kind").unique()
    counts = kinds.group_by("client_id").agg(products_held=nw.col("kind").count())
    if not fetched(holding.select(n=nw.len()))["n"].to_list()[0]:
        return counts
    rows = client.select("client_id").join(counts, on="client_id", how="left")
    return rows.with_columns(nw.col("products_held").fill_null(0))


def _days_since(day: nw.Expr, as_of: date) -> nw.Expr:
    return as_of.toordinal() - day_number(day)
