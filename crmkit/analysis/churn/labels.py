"""What counts as having left: four definitions, and why they disagree.

`closed` counts accounts that were closed or moved away, and comes last of all. `asset` counts
money that has gone. `silent` counts clients who neither trade nor log in. `streak` counts
accounts that stay below a small balance for weeks. None is the true one; a study that does not
say which it used says nothing.
"""

from datetime import date

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import CHURN_LABEL
from crmkit.book.rewind import ended, rewind
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError

KINDS = ("closed", "asset", "silent", "streak")

#: Fen; below this an account is as good as empty. A course default.
FLOOR = 1_000_00
#: Share of the usual assets below which money counts as gone.
LEFT_OVER = 0.20
#: Months whose mean says what is usual.
USUAL_MONTHS = 6
#: Months without trade and log-in that make a client silent (about 90 days).
QUIET_MONTHS = 3
#: Month ends in a row below the floor: two lie at least 28 days apart.
STREAK_ENDS = 2

MonthByClient = pd.DataFrame


def label(
    book: ClientBook, kind: str, start: date, months: int = 6, floor: int = FLOOR
) -> pd.DataFrame:
    """Return who left within a window by one definition, among those there when it began.

    Parameters
    ----------
    book : ClientBook
        Whose history reaches over the window.
    kind : {"closed", "asset", "silent", "streak"}
    start : date
        The window begins the day after; everything a prediction may use lies on or before it.
    months : int
        Length of the window in whole months.
    floor : int
        Fen, for ``asset`` and ``streak``.

    Returns
    -------
    DataFrame
        ``client_id``, ``kind``, ``churned``.

    Raises
    ------
    CrmkitError
        ``churn.bad_kind``; ``churn.short_book`` when the window reaches beyond the history and
        ``churn.before_record`` when it begins before it.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=300, seed=1, as_of="2026-01-05")
    >>> int(label(book, "closed", date(2025, 6, 30))["churned"].sum()) < 30
    True
    """
    if kind not in KINDS:
        raise CrmkitError("churn.bad_kind", kind=kind, kinds=", ".join(KINDS))
    start = pd.Timestamp(start).date()
    here = population(book, start, floor)
    window = _window(book, start, months)
    judge = {"closed": _closed, "asset": _asset, "silent": _silent, "streak": _streak}[kind]
    churned = judge(book, here, window, floor)
    result = pd.DataFrame({"client_id": here, "kind": kind, "churned": churned})
    return conform(result, CHURN_LABEL)


def population(book: ClientBook, start: date, floor: int = FLOOR) -> pd.Index:
    """Return the clients who could still leave on a day, by any definition.

    With an account on record in the month that ended last, more in it than the floor, and a
    trade or log-in within the months that would make them silent.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=100, seed=1, as_of="2026-01-05")
    >>> len(population(book, date(2025, 6, 30))) < 100
    True
    """
    start = pd.Timestamp(start).date()
    if not len(book.activity):
        raise CrmkitError("churn.no_months")
    then = rewind(book, start)
    rows = then.activity
    if not len(rows):
        first = ended(book.activity["month"]).min().date()
        raise CrmkitError("churn.before_record", start=start, first=first)
    recent = by_month(rows, "assets_end").iloc[:, -1]
    signs = _signs(rows).iloc[:, -QUIET_MONTHS:].sum(axis=1)
    left = then.client.loc[then.client["stage"] == "lost", "client_id"]
    return recent.index[(recent >= floor) & (signs > 0) & ~recent.index.isin(left)]


def disagreement(
    book: ClientBook, start: date, months: int = 6, floor: int = FLOOR
) -> pd.DataFrame:
    """Return how many clients each definition counts, and how many two of them share.

    Returns
    -------
    DataFrame
        Indexed by kind: ``clients``, ``churned``, ``rate``, ``alone`` (counted by this
        definition only), and one column per kind with the clients both count.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=300, seed=1, as_of="2026-01-05")
    >>> table = disagreement(book, date(2025, 6, 30))
    >>> bool((table["churned"] >= table["alone"]).all())
    True
    """
    each = pd.DataFrame({
        kind: label(book, kind, start, months, floor).set_index("client_id")["churned"]
        for kind in KINDS
    }).astype("int64")  # fmt: skip
    shared = each.T @ each
    counts = each.sum()
    return pd.DataFrame({
        "clients": len(each),
        "churned": counts,
        "rate": counts / max(len(each), 1),
        "alone": each[each.sum(axis=1) == 1].sum(),
        **{kind: shared[kind] for kind in KINDS},
    }).rename_axis("kind")  # fmt: skip


def streaks(
    balances: pd.DataFrame, floor: int, days: int = 28, missing: str = "low"
) -> pd.DataFrame:
    """Return whose daily balance stayed below a floor for so many days in a row.

    The same file gives very different answers. Exports often drop the days on which an
    account was nearly empty: reading a gap as low finds leavers that reading row by row
    never sees.

    Parameters
    ----------
    balances : DataFrame
        ``client_id``, ``date``, ``assets`` (fen): at most one row per client and day.
    floor : int
        Fen.
    days : int
    missing : {"low", "unknown"}
        What a day without a row means.

    Returns
    -------
    DataFrame
        ``client_id``, ``longest`` (days), ``churned``.

    Raises
    ------
    CrmkitError
        ``churn.no_column`` or ``churn.bad_days``.

    Examples
    --------
    >>> days = pd.to_datetime(["2026-01-01", "2026-02-15"])
    >>> rows = pd.DataFrame({"client_id": "1", "date": days, "assets": 900_00})
    >>> [streaks(rows, 100_00, missing=m)["longest"].item() for m in ("low", "unknown")]
    [44, 0]
    """
    for name in ("client_id", "date", "assets"):
        if name not in balances:
            raise CrmkitError("churn.no_column", name=name)
    days_given = pd.to_datetime(balances["date"], errors="coerce")
    amounts = pd.to_numeric(balances["assets"], errors="coerce")
    bad = int(days_given.isna().sum() + (amounts.isna() & balances["assets"].notna()).sum())
    if bad or not len(balances):
        raise CrmkitError("churn.bad_days", count=bad)
    balances = balances.assign(date=days_given, assets=amounts)
    grid = balances.pivot_table(index="client_id", columns="date", values="assets", aggfunc="last")
    every = pd.date_range(grid.columns.min(), grid.columns.max())
    grid = grid.reindex(columns=every)
    low = grid < floor
    if missing == "low":
        low |= grid.isna()
    longest = _longest(low)
    return pd.DataFrame(
        {"client_id": grid.index, "longest": longest.to_numpy(), "churned": longest >= days}
    ).reset_index(drop=True)


def _window(book: ClientBook, start: date, months: int) -> pd.DatetimeIndex:
    """Return the whole months after a day."""
    first = pd.Timestamp(start) + pd.offsets.MonthBegin(1)
    window = pd.date_range(first, periods=months, freq="MS")
    known = book.activity["month"]
    if months < 1 or not len(known) or window[-1] > known.max():
        raise CrmkitError("churn.short_book", start=start, months=months)
    return window


def _closed(book: ClientBook, here: pd.Index, window: pd.DatetimeIndex, floor: int) -> pd.Series:
    """An account is closed in the last month it is on record, if the client is lost."""
    lost = book.client.set_index("client_id")["stage"].reindex(here) == "lost"
    last = book.activity.groupby("client_id")["month"].max().reindex(here)
    inside = last.isin(window)
    return lost & inside


def _asset(book: ClientBook, here: pd.Index, window: pd.DatetimeIndex, floor: int) -> pd.Series:
    grid = by_month(book.activity, "assets_end").reindex(here)
    before = grid.columns[: grid.columns.get_loc(window[0])][-USUAL_MONTHS:]
    usual = grid[before].mean(axis=1)
    final = grid[window[-1]].fillna(0)  # no longer on record: nothing left
    return (final < LEFT_OVER * usual) | (final < floor)


def _silent(book: ClientBook, here: pd.Index, window: pd.DatetimeIndex, floor: int) -> pd.Series:
    quiet = _signs(book.activity).reindex(here)[window].fillna(0) == 0
    return _longest(quiet) >= QUIET_MONTHS


def _streak(book: ClientBook, here: pd.Index, window: pd.DatetimeIndex, floor: int) -> pd.Series:
    low = by_month(book.activity, "assets_end").reindex(here)[window].fillna(0) < floor
    return _longest(low) >= STREAK_ENDS


def _signs(activity: pd.DataFrame) -> MonthByClient:
    """Return trades plus log-ins by client and month."""
    signs = activity["trades"].fillna(0) + activity["logins"].fillna(0)
    return by_month(activity.assign(signs=signs), "signs")


def by_month(activity: pd.DataFrame, column: str) -> MonthByClient:
    """Return a column of the monthly table with a row per client and a column per month."""
    rows = activity.astype({column: "float64"})
    grid: MonthByClient = rows.pivot_table(
        index="client_id", columns="month", values=column, aggfunc="mean", dropna=False
    )
    return grid


def _longest(flags: pd.DataFrame) -> pd.Series:
    """Return the longest run of true values in each row."""
    run = np.zeros(len(flags), dtype=np.int64)
    best = run.copy()
    for column in flags.columns:
        run = (run + 1) * flags[column].to_numpy()
        best = np.maximum(best, run)
    return pd.Series(best, index=flags.index)
