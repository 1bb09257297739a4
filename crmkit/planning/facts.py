"""What the book has to say of a client before a talk: figures of the latest month, tests, dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.codes import word_for
from crmkit.conduct.messages import read_message
from crmkit.rules import read_rules
from crmkit.words import t

#: Purposes for which figures are in place; a greeting is a greeting.
_FIGURES = {
    "big_loss": ("pnl",),
    "big_gain": ("pnl",),
    "outflow": ("flows",),
    "silence": ("trades",),
    "birthday": (),
    "holiday": (),
    "complaint": (),
    "campaign": (),
    "welcome": ("test",),
}
_ELSE = ("assets", "trades", "test")

#: Channels on which figures may be spoken of: a message may be read by anybody.
_TALKS = ("visit", "call")

#: Months without a trade that are worth a word.
QUIET = 3


@dataclass(frozen=True)
class Facts:
    """What is known of one client: money in fen, missing when the book does not say."""

    month: date | None = None
    pnl: int | None = None
    inflow: int | None = None
    outflow: int | None = None
    assets: int | None = None
    trades: int | None = None
    last_trade: date | None = None
    mostly: str | None = None
    share: float | None = None
    tested: date | None = None


def facts_of(book: ClientBook) -> dict[str, Facts]:
    """Return what the book knows of every client.

    Parameters
    ----------
    book : ClientBook

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> month = pd.DataFrame({"client_id": ["1"], "month": [pd.Timestamp(2026, 6, 1)],
    ...                       "pnl": [-500_000], "trades": [0]})
    >>> people = pd.DataFrame({"client_id": ["1"]})
    >>> facts_of(make_client_book(date(2026, 7, 1), client=people, activity=month))["1"].pnl
    -500000
    """
    found: dict[str, dict[str, Any]] = {
        str(client_id): {"tested": _day(tested)}
        for client_id, tested in zip(
            book.client["client_id"], book.client["risk_test_date"], strict=True
        )
    }
    assets = book.account.groupby("client_id")["assets"].sum(min_count=1)
    for client_id, whole in assets.items():
        found.setdefault(str(client_id), {})["assets"] = _whole(whole)
    for client_id, latest in _latest(book.activity):
        found.setdefault(client_id, {}).update(latest)
    for client_id, kind, share in _holdings(book.holding):
        found.setdefault(client_id, {}).update(mostly=kind, share=share)
    return {client_id: Facts(**known) for client_id, known in found.items()}


def with_facts(contacts: pd.DataFrame, book: ClientBook) -> pd.DataFrame:
    """Return contacts whose ``talk`` ends with what the book has to say.

    What would not pass the check of messages is left out: the talk is for the manager, but
    what stands in it gets said.

    Parameters
    ----------
    contacts : DataFrame
        ``results.AGENDA``.
    book : ClientBook
    """
    known, valid = facts_of(book), _valid_months(book.as_of)
    open_cases = set(book.complaint.loc[book.complaint["closed"].isna(), "client_id"])
    talks = []
    for row in contacts.to_dict(orient="records"):
        day = row["date"].date()
        purpose = "complaint" if row["client_id"] in open_cases else row["purpose"]
        lines = fact_lines(known[row["client_id"]], purpose, row["channel"], day, valid)
        clean = [line for line in lines if not read_message(line)]
        talks.append(
            reduce(lambda first, second: t("planning.follow", first=first, second=second),
                   clean, row["talk"])
        )  # fmt: skip
    return contacts.assign(talk=pd.array(talks, dtype="str"))


def _valid_months(on: date) -> int | None:
    """Return for how long a risk test holds, or None before the rule."""
    name = "suitability.valid_months"
    versions = read_rules().history(name)
    if on < min(version.effective_from for version in versions):
        return None
    return int(read_rules().value(name, on))


def fact_lines(facts: Facts, purpose: str, channel: str, day: date, valid: int | None) -> list[str]:
    """Return sentences to have at hand for a contact; none for a message or a greeting.

    Parameters
    ----------
    facts : Facts
    purpose, channel : str
        Of the contact.
    day : date
        Of the contact.
    valid : int or None
        Months for which a risk test holds; None for ever.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> lost = Facts(month=date(2026, 6, 1), pnl=-500_000, assets=10_000_000)
    >>> with in_language("en"): fact_lines(lost, "big_loss", "call", date(2026, 7, 1), 24)
    ['In 2026-06 the account lost 5,000 CNY.']
    >>> fact_lines(lost, "big_loss", "sms", date(2026, 7, 1), 24)
    []
    """
    if channel not in _TALKS:
        return []
    told = (_LINES[name](facts, day, valid) for name in _FIGURES.get(purpose, _ELSE))
    return [line for line in told if line]


def _pnl(facts: Facts, day: date, valid: int | None) -> str:
    if facts.month is None or not facts.pnl:
        return ""
    key = "agenda.fact.lost" if facts.pnl < 0 else "agenda.fact.gained"
    return t(key, month=f"{facts.month:%Y-%m}", cny=f"{abs(facts.pnl) / 100:,.0f}")


def _flows(facts: Facts, day: date, valid: int | None) -> str:
    if facts.month is None or not facts.outflow:
        return ""
    return t(
        "agenda.fact.flows",
        month=f"{facts.month:%Y-%m}",
        out=f"{facts.outflow / 100:,.0f}",
        into=f"{(facts.inflow or 0) / 100:,.0f}",
    )


def _trades(facts: Facts, day: date, valid: int | None) -> str:
    if facts.month is None or facts.trades is None:
        return ""
    if facts.trades:
        return t("agenda.fact.trades", month=f"{facts.month:%Y-%m}", count=facts.trades)
    if facts.last_trade is None:
        return t("agenda.fact.never")
    months = 12 * (facts.month.year - facts.last_trade.year)
    months += facts.month.month - facts.last_trade.month
    return t("agenda.fact.quiet", month=f"{facts.last_trade:%Y-%m}") if months >= QUIET else ""


def _assets(facts: Facts, day: date, valid: int | None) -> str:
    if facts.mostly is None or facts.share is None:
        return ""
    return t("agenda.fact.holds", kind=word_for(facts.mostly), share=round(100 * facts.share))


def _test(facts: Facts, day: date, valid: int | None) -> str:
    if facts.tested is None or valid is None or (day - facts.tested).days <= valid * 30.44:
        return ""
    return t("agenda.fact.test", date=facts.tested)


_LINES = {"pnl": _pnl, "flows": _flows, "trades": _trades, "assets": _assets, "test": _test}


def _latest(activity: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    by_month = activity.sort_values("month", kind="stable")
    latest = by_month.drop_duplicates("client_id", keep="last")
    traded = by_month[by_month["trades"].fillna(0) > 0].drop_duplicates("client_id", keep="last")
    last_trade = traded.set_index("client_id")["month"]
    for row in latest.to_dict(orient="records"):
        yield (
            str(row["client_id"]),
            {
                "month": _day(row["month"]),
                **{name: _whole(row[name]) for name in ("pnl", "inflow", "outflow", "trades")},
                "last_trade": _day(last_trade.get(row["client_id"])),
            },
        )


def _holdings(holding: pd.DataFrame) -> Iterator[tuple[str, str, float]]:
    worth = holding[holding["kind"].notna()].astype({"kind": "str"})
    by_kind = worth.groupby(["client_id", "kind"])[["amount"]].sum().reset_index()
    by_kind["whole"] = by_kind.groupby("client_id")["amount"].transform("sum")
    mostly = by_kind.sort_values("amount", kind="stable").drop_duplicates("client_id", keep="last")
    for row in mostly[mostly["whole"] > 0].to_dict(orient="records"):
        yield str(row["client_id"]), str(row["kind"]), float(row["amount"] / row["whole"])


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
