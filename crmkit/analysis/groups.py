"""The four groups of people a branch has to do with, and what comes first with each.

The article behind the tiers (Shanghai Securities News, 2005-05-24) names them: people with
savings or insurance, people who own investments, people who have chosen the firm, and those
at the core of its profit.
"""

import re

import numpy as np
import pandas as pd

from crmkit.analysis.lifecycle import groups
from crmkit.analysis.lines import line_above
from crmkit.analysis.tiering import CONTRIBUTION_SHARE
from crmkit.book.book import ClientBook
from crmkit.book.results import GROUPS
from crmkit.book.schema import conform
from crmkit.words import t

#: What somebody says who invests already, though not with us.
ELSEWHERE = re.compile(
    r"别家|其他券商|另一家|原在|转过来|比较几家|炒股|持有.{0,4}基金|买过(?:股票|基金|理财)|老股民"
    r"|another broker|other brokers?|elsewhere|already (?:invests|trades)|holds (?:funds|shares)",
    re.IGNORECASE,
)


def four_groups(book: ClientBook, measures: pd.DataFrame) -> pd.DataFrame:
    """Return which of the four groups each person belongs to.

    Stage counts before size: who has just opened an account is not for life, however large
    it is, and who has left invests elsewhere again.

    Parameters
    ----------
    book : ClientBook
    measures : DataFrame
        Of the same book.

    Returns
    -------
    DataFrame
        ``client_id``, ``client_group``, ``reason`` and ``action`` in the language in use.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.analysis.activity import measures
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({
    ...     "client_id": ["1", "2", "3"], "stage": ["prospect", "prospect", "new"],
    ...     "note": ["存款到期", "原在别家，嫌服务不好", None]}))
    >>> four_groups(book, measures(book))["client_group"].tolist()
    ['potential', 'development', 'second']
    """
    rows = book.client.merge(measures[["client_id", "contribution_12m"]], on="client_id")
    stage = rows["stage"].astype("object")
    elsewhere = rows["note"].str.contains(ELSEWHERE, na=False) | _says_elsewhere(book, rows)
    people = rows.assign(invests_elsewhere=elsewhere | (stage == "lost"))
    seen = stage.replace({"lost": "prospect", "dormant": "existing"})
    group = groups(people, seen, line_above(rows, "contribution_12m", CONTRIBUTION_SHARE))
    cases = {"left": stage == "lost", "new": stage == "new"}
    case = pd.Series(np.select(list(cases.values()), list(cases), ""), index=rows.index)
    case = case.where(case != "", group)
    result = pd.DataFrame(
        {
            "client_id": rows["client_id"],
            "client_group": group,
            "reason": [t(f"group.because_{one}") for one in case],
            "action": [t(f"group.{one}.action") for one in group],
        }
    )
    return conform(result, GROUPS)


def _says_elsewhere(book: ClientBook, rows: pd.DataFrame) -> pd.Series:
    """Return whether a ledger's own columns say that somebody invests elsewhere."""
    said = book.extra[book.extra["text"].str.contains(ELSEWHERE, na=False)]
    return rows["client_id"].isin(said["client_id"])
