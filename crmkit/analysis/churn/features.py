"""What was known of each client before a day, and a check that nothing else slipped in."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.churn.labels import by_month
from crmkit.book.book import ClientBook
from crmkit.book.results import CHURN_FEATURES
from crmkit.book.rewind import ended, rewind
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Days back in which a contact or complaint counts as recent.
RECENT_DAYS = 90
#: Months that say how much a client usually trades.
USUAL_MONTHS = 6
#: How well a single column may part leavers from others before it looks like the answer.
TOO_GOOD = 0.95

_MEASURED = (
    "client_id", "assets", "contribution_12m", "turnover_ratio", "product_income_12m",
    "return_12m", "days_since_trade", "days_since_login", "days_since_contact",
    "products_held", "days_since_profile",
)  # fmt: skip


def features(book: ClientBook, at: date) -> pd.DataFrame:
    """Return what was known of every client with an account on a day.

    The book is put back to the day first, so that nothing later can be used. Days since a
    trade, log-in or contact that are not on record count as the days the record reaches
    back: at least so long.

    Parameters
    ----------
    book : ClientBook
    at : date

    Returns
    -------
    DataFrame
        With the columns of ``book.results.CHURN_FEATURES``.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=100, seed=1, as_of="2026-01-05")
    >>> known = features(book, date(2025, 6, 30))
    >>> known["client_id"].is_unique, len(known) < 100
    (True, True)
    """
    then = rewind(book, at) if at < book.as_of else book
    held = then.client[~then.client["stage"].isin(["prospect", "lost"])]
    rows = measures(then)[list(_MEASURED)]
    rows = rows[rows["client_id"].isin(held["client_id"])].set_index("client_id", drop=False)
    client = held.set_index("client_id").reindex(rows.index)
    tenure = (pd.Timestamp(at) - client["open_date"]).dt.days / 30.4375
    found = rows.assign(
        tenure_months=tenure,
        referred=client["source"] == "referral",
        **_months(then).reindex(rows.index),
        **_talks(then).reindex(rows.index),
    )
    return conform(_at_least(found, then).reset_index(drop=True), CHURN_FEATURES)


def _months(book: ClientBook) -> pd.DataFrame:
    """Return what the last months say: money leaving, trades falling, losses."""
    if not len(book.activity):
        return pd.DataFrame(columns=["net_outflow_share", "trades_change", "drawdown"])
    inflow, outflow, pnl, trades, ends = (
        by_month(book.activity, name)
        for name in ("inflow", "outflow", "pnl", "trades", "assets_end")
    )
    flow = outflow - inflow
    began = ends + flow - pnl
    last = flow.columns[-1]
    usual = trades[trades.columns[-USUAL_MONTHS - 1 : -1]].mean(axis=1)
    quarter = pnl.columns[-3:]
    stood = began[quarter].bfill(axis=1)[quarter[0]]
    return pd.DataFrame({
        "net_outflow_share": (flow[last] / began[last].where(began[last] > 0)).clip(-10, 1),
        "trades_change": (trades[last] / usual.where(usual > 0) - 1).clip(upper=10),
        "drawdown": (pnl[quarter].sum(axis=1) / stood.where(stood > 0)).clip(-1, 10),
    })  # fmt: skip


def _talks(book: ClientBook) -> pd.DataFrame:
    """Return what recent contacts and complaints say; nobody on record means none."""
    on = pd.Timestamp(book.as_of)
    recent = book.contact[book.contact["date"] > on - pd.Timedelta(days=RECENT_DAYS)]
    spoke = recent[recent["outcome"].isna() | recent["outcome"].isin(["reached", "sold"])]
    personal = spoke[spoke["channel"].isin(["call", "visit"])]
    about_fees = recent.loc[
        (recent["purpose"] == "fee") & (recent["direction"] == "in"), "client_id"
    ]
    complaint = book.complaint
    young = complaint["opened"] > on - pd.Timedelta(days=RECENT_DAYS)
    fee = complaint.loc[young & (complaint["topic"] == "fee"), "client_id"]
    still = complaint[complaint["closed"].isna()].groupby("client_id")["opened"].min()
    clients = pd.Index(book.client["client_id"])
    return pd.DataFrame({
        "contacts_90d": spoke.groupby("client_id").size().reindex(clients, fill_value=0),
        "fee_talk": clients.isin(about_fees) | clients.isin(fee),
        "open_complaint_days": (on - still.reindex(clients)).dt.days.fillna(0),
        "reviewed": clients.isin(personal.loc[personal["purpose"] == "review", "client_id"]),
        "comforted": clients.isin(personal["client_id"]),
    }, index=clients)  # fmt: skip


def _at_least(rows: pd.DataFrame, book: ClientBook) -> pd.DataFrame:
    """Return the rows with silences that have no beginning on record given their least length."""
    firsts = [book.activity["month"].min(), book.contact["date"].min()]
    since = [(pd.Timestamp(book.as_of) - first).days if pd.notna(first) else 0 for first in firsts]
    tenure = (rows["tenure_months"] * 30.4375).fillna(np.inf)
    reach = {"days_since_trade": since[0], "days_since_login": since[0],
             "days_since_contact": since[1]}  # fmt: skip
    return rows.assign(**{
        name: rows[name].astype("float64").fillna(tenure.clip(upper=days)).round()
        for name, days in reach.items() if days
    })  # fmt: skip


def check_leakage(known: pd.DataFrame, churned: pd.Series, at: date | None = None) -> list[str]:
    """Return a sentence for each column that seems to know the outcome.

    A prediction may use only what was known before the window in which people leave. Three
    signs of the opposite: a date on or after the window's start; a heading that speaks of the
    end; a column that alone parts leavers from others almost without error.

    Parameters
    ----------
    known : DataFrame
        Columns offered for prediction; ``client_id`` is left alone.
    churned : Series of bool
        In the order of the rows.
    at : date, optional
        When the window begins.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> rows = pd.DataFrame({"duration": range(60)})
    >>> with in_language("en"):
    ...     print(*check_leakage(rows, pd.Series([True] * 30 + [False] * 30)))
    The column duration alone parts leavers from stayers almost perfectly (AUC 1.00): ...
    """
    said = []
    for name in known.columns.drop("client_id", errors="ignore"):
        values = known[name]
        if pd.api.types.is_datetime64_any_dtype(values):
            if at is not None and (values >= pd.Timestamp(at)).any():
                said.append(t("churn.leak_date", column=name, start=at))
            continue
        found = _parts(values, churned)
        if found > TOO_GOOD:
            said.append(t("churn.leak_auc", column=name, auc=found))
        elif name not in CHURN_FEATURES.columns and any(
            word in str(name).casefold() for word in _telling_words()
        ):
            said.append(t("churn.leak_word", column=name))
    return said


@cache
def _telling_words() -> tuple[str, ...]:
    text = files("crmkit").joinpath("data/churn/leakage.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["words"])


def _parts(values: pd.Series, churned: pd.Series) -> float:
    """Return the area under the curve of one column alone, whichever way it points."""
    from sklearn.metrics import roc_auc_score

    truth = churned.astype(bool).to_numpy()
    if not pd.api.types.is_numeric_dtype(values) and values.dtype != "boolean":
        values = values.astype("object").map(churned.groupby(values.to_numpy()).mean())
    numbers = values.astype("float64")
    known = numbers.notna().to_numpy()
    if known.sum() < 50 or len(np.unique(truth[known])) < 2:
        return 0.5
    area = float(roc_auc_score(truth[known], numbers[known]))
    return max(area, 1 - area)


def heading(column: str) -> str:
    """Return what people call a column: the schema's heading, or the table's own.

    >>> from crmkit.words import in_language
    >>> with in_language("en"): heading("drawdown"), heading("Geography")
    ('Profit, last 3 months', 'Geography')
    """
    known = CHURN_FEATURES.columns.get(column)
    return known.heading() if known is not None else column


def last_day(book: ClientBook, months: int) -> date:
    """Return the day on which a window of whole months ending with the book's last begins.

    Raises
    ------
    CrmkitError
        ``churn.no_months`` where the book has no monthly activity.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> last_day(make_book(n=20, seed=1, as_of="2026-01-05"), 6)
    datetime.date(2025, 6, 30)
    """
    whole = book.activity.loc[ended(book.activity["month"]) <= pd.Timestamp(book.as_of), "month"]
    if not len(whole):
        raise CrmkitError("churn.no_months")
    day: date = (whole.max() - pd.DateOffset(months=months - 1) - pd.Timedelta(days=1)).date()
    return day
