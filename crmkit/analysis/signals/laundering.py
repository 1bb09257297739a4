"""What belongs to anti-money-laundering: a queue of its own, which no service alert knows of.

The Anti-Money Laundering Law (2024, in force since 2025-01-01) keeps reports of large and
suspicious transactions secret, the client not to be told. A service alert that appeared, changed
its words or fell silent because of such a report would tell him. So the two queues are worked out
apart: service alerts never read this module, this module never reads them, and what it finds goes
to the compliance officer and to nobody else.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crmkit.analysis.signals.limits import Limits, each, laundering_limits
from crmkit.book.book import ClientBook
from crmkit.book.results import TO_COMPLIANCE
from crmkit.book.rewind import ended
from crmkit.book.schema import conform
from crmkit.words import t


def for_compliance(
    before: ClientBook, after: ClientBook, rules: Limits | None = None
) -> pd.DataFrame:
    """Return what a manager hands to the compliance officer and speaks of to nobody else.

    Two patterns that anybody can see in monthly sums. They are round teaching figures and no
    monitoring model; what is suspicious is for the firm's own system and officer to judge.

    Parameters
    ----------
    before, after : ClientBook
        Months that ended after the earlier book's day are looked at.
    rules : mapping, optional

    Returns
    -------
    DataFrame
        ``client_id``, ``month``, ``pattern``, ``reason``.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> month = pd.DataFrame({"client_id": ["1"], "month": [pd.Timestamp("2026-01-01")],
    ...     "inflow": [90_000_000], "outflow": [89_000_000], "trade_amount": [0]})
    >>> before, after = (make_client_book(day, activity=month)
    ...                  for day in (date(2026, 1, 5), date(2026, 2, 5)))
    >>> for_compliance(before, after)["pattern"].tolist()
    ['pass_through']
    """
    rules = rules or laundering_limits()
    sums = ("inflow", "outflow", "trade_amount")
    rows = after.activity.astype(dict.fromkeys(sums, "float64"))
    new = rows[ended(rows["month"]) > pd.Timestamp(before.as_of)]
    found = [_pass_through(new, rules["pass_through"]),
             _out_of_character(rows, new, rules["out_of_character"])]  # fmt: skip
    table = pd.concat(found, ignore_index=True).sort_values(["client_id", "month"])
    return conform(table.reset_index(drop=True), TO_COMPLIANCE)


def _pass_through(new: pd.DataFrame, limit: Mapping[str, Any]) -> pd.DataFrame:
    through = (new["inflow"] >= limit["inflow"] * 100) & (
        new["outflow"] >= limit["passed"] * new["inflow"]
    )
    seen = new[through & ~(new["trade_amount"] > limit["traded"] * new["inflow"])]
    reasons = [
        t("signals.compliance.pass_through", inflow=row.inflow / 100, outflow=row.outflow / 100)
        for row in each(seen)
    ]
    found: pd.DataFrame = seen[["client_id", "month"]]
    return found.assign(pattern="pass_through", reason=reasons)


def _out_of_character(
    rows: pd.DataFrame, new: pd.DataFrame, limit: Mapping[str, Any]
) -> pd.DataFrame:
    old = rows[rows["month"] < new["month"].min()]
    usual = new["client_id"].map(old.groupby("client_id")["inflow"].mean())
    odd = (new["inflow"] >= limit["inflow"] * 100) & (new["inflow"] >= limit["times"] * usual)
    seen = new[odd]
    reasons = [
        t("signals.compliance.out_of_character", inflow=row.inflow / 100, usual=row.usual / 100)
        for row in each(seen.assign(usual=usual[odd].fillna(0)))
    ]
    found: pd.DataFrame = seen[["client_id", "month"]]
    return found.assign(pattern="out_of_character", reason=reasons)
