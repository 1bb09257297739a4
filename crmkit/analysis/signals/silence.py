"""What did not happen: trades, log-ins, contacts, news for the profile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.signals.limits import Found
from crmkit.book.book import ClientBook
from crmkit.words import t


@dataclass(frozen=True)
class Standing:
    """A book and how its clients stand on its day; ``tiers`` by client number."""

    book: ClientBook
    tiers: pd.Series

    @cached_property
    def clients(self) -> pd.DataFrame:
        """Return the client table with its measures, those still with the firm."""
        known = measures(self.book).set_index("client_id")
        rows = self.book.client.set_index("client_id").join(known, how="left")
        rows = rows[~rows["stage"].isin(["prospect", "lost"])]
        days = [name for name in rows if str(name).startswith("days_since")]
        numbers = [*days, "assets", "months_on_record", "profile_completeness"]
        return rows.astype(dict.fromkeys(numbers, "float64"))

    def ago(self, days: float) -> date:
        """Return the day so many days before the book's."""
        return self.book.as_of - timedelta(days=int(days))


def silence(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients with money who have neither traded nor logged in, but used to."""
    rows = at.clients
    quiet = rows[["days_since_trade", "days_since_login"]].min(axis=1)
    gone = quiet.between(limit["days"], limit["recent_days"])
    gone &= rows["assets"] >= limit["least"] * 100
    for client, days in quiet[gone].items():
        yield Found(str(client), at.ago(days), t("signals.reason.silence", days=int(days)))


def login_gap(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who used to log in often and have stopped."""
    logins = at.book.activity[["client_id", "month", "logins"]].astype({"logins": "float64"})
    latest = logins["month"].max()
    if pd.isna(latest):
        return
    past = logins[logins["month"].between(latest - pd.DateOffset(months=6), latest, "left")]
    usual = past.groupby("client_id")["logins"].mean()
    rows = at.clients
    habit = usual.reindex(rows.index)
    stopped = (habit >= limit["usual"]) & (rows["days_since_login"] >= limit["days"])
    for client, row in rows[stopped].iterrows():
        said = t("signals.reason.login_gap", days=int(row["days_since_login"]), usual=habit[client])
        yield Found(str(client), at.ago(row["days_since_login"]), said)


def first_trade(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who opened an account and have not traded yet."""
    rows = at.clients
    age = (pd.Timestamp(at.book.as_of) - rows["open_date"]).dt.days
    waiting = age.between(limit["days"], limit["until_days"]) & rows["days_since_trade"].isna()
    waiting &= rows["months_on_record"] > 0
    for client, days in age[waiting].items():
        yield Found(str(client), at.ago(days), t("signals.reason.first_trade", days=int(days)))


def neglected(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients nobody has reached for longer than their tier allows."""
    yield from _unheard(at, at.tiers.astype("str").map(limit["tiers"]), "neglected")


def remote(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients who live in another city than most and have not been heard of."""
    city = at.clients["city"]
    usual = at.book.client["city"].mode()
    if not len(usual):
        return
    away = city[city.notna() & (city != usual.iloc[0])].index
    yield from _unheard(at, pd.Series(float(limit["days"]), index=away), "remote")


def _unheard(at: Standing, allowed: pd.Series, kind: str) -> Iterator[Found]:
    """Yield clients not reached within the days allowed; on record at all, or long enough here.

    Where the book has no contact of a client, the record is taken to reach back to its first
    contact or to the opening of the account, whichever is later.
    """
    rows = at.clients
    first = at.book.contact["date"].min()
    if pd.isna(first):
        return
    on = pd.Timestamp(at.book.as_of)
    opened = (on - rows["open_date"]).dt.days.fillna(np.inf)
    reach = opened.clip(upper=(on - first).days)
    days = rows["days_since_contact"].fillna(reach)
    line = allowed.astype("float64").reindex(rows.index)
    for client in rows.index[days > line]:
        said = t(f"signals.reason.{kind}", days=int(days[client]), line=int(line[client]),
                 tier=at.tiers.get(client, "unknown"), city=rows.loc[client, "city"])  # fmt: skip
        yield Found(str(client), at.ago(days[client]), said)


def stale_profile(at: Standing, limit: Mapping[str, Any]) -> Iterator[Found]:
    """Yield clients whose profile is old or full of gaps."""
    rows = at.clients
    old = rows["days_since_profile"] > limit["days"]
    thin = rows["profile_completeness"] < limit["complete"]
    for client, row in rows[old | thin].iterrows():
        days, share = row["days_since_profile"], row["profile_completeness"]
        if np.isnan(days):
            said = t("signals.reason.untested_profile", share=share)
        else:
            kind = "stale_profile" if old[client] else "thin_profile"
            said = t(f"signals.reason.{kind}", days=int(days), share=share)
        yield Found(str(client), at.ago(days) if old[client] else None, said)
