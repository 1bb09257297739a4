"""All signals together: who should hear from us, about what, by when and how."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from crmkit.analysis.signals import money, silence, voice
from crmkit.analysis.signals.limits import Found, Limits, limits
from crmkit.analysis.signals.silence import Standing
from crmkit.analysis.tiering import tier_book
from crmkit.book.book import ClientBook
from crmkit.book.results import ALERTS
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Signals that stand for a state, which the earlier book may have shown as well.
STATES: Mapping[str, Callable[[Standing, Mapping[str, Any]], Iterator[Found]]] = {
    "complaint": voice.complaint,
    "first_trade": silence.first_trade,
    "neglected": silence.neglected,
    "remote": silence.remote,
    "silence": silence.silence,
    "login_gap": silence.login_gap,
    "stale_profile": silence.stale_profile,
    "birthday": voice.birthday,
}
_RANK = {"urgent": 0, "soon": 1, "routine": 2}


def signals(
    before: ClientBook,
    after: ClientBook,
    tiers: pd.Series | None = None,
    invited: Collection[str] | None = None,
    rules: Limits | None = None,
) -> pd.DataFrame:
    """Return the service alerts of the later of two books.

    Nothing here knows of money laundering; see `crmkit.analysis.signals.laundering` why that
    must be so.

    Parameters
    ----------
    before, after : ClientBook
        The same manager's clients on two days. `crmkit.book.rewind.rewind` makes the earlier
        one where only the later was kept.
    tiers : Series, optional
        Tier by ``client_id``; worked out from the later book if not given.
    invited : collection of str, optional
        Who was told of the latest campaign, see `crmkit.analysis.signals.voice.skipped`.
    rules : mapping, optional
        As `limits`; a firm's own.

    Returns
    -------
    DataFrame
        With the columns of ``book.results.ALERTS``: one row per client and signal, the most
        pressing first, those that are new before those that stood already.

    Raises
    ------
    CrmkitError
        ``signals.order`` unless the first book is the earlier one.

    Examples
    --------
    >>> from crmkit.book.rewind import rewind
    >>> from crmkit.branch.simulate import make_book
    >>> after = make_book(n=200, seed=1, as_of="2026-01-05")
    >>> found = signals(rewind(after, date(2025, 12, 5)), after)
    >>> found.duplicated(["client_id", "signal"]).any()
    np.False_
    """
    if before.as_of >= after.as_of:
        raise CrmkitError("signals.order", before=before.as_of, after=after.as_of)
    rules = rules or limits()
    now = Standing(after, _tiers(after) if tiers is None else tiers)
    then = Standing(before, now.tiers)
    moved = money.changes(before, after).reindex(now.clients.index)
    rows = [
        row
        for name, found in _all(before, after, moved, now, invited, rules)
        for row in _rows(name, found, {f.client_id for f in _earlier(name, then, rules)})
    ]
    table = pd.DataFrame(rows, columns=["signal", "client_id", "since", "reason", "fresh"])
    table = table[table["client_id"].isin(now.clients.index)]
    table = table.drop_duplicates(["client_id", "signal"])
    return _completed(table, now, rules)


def _tiers(book: ClientBook) -> pd.Series:
    return tier_book(book).tiers.set_index("client_id")["tier"]


def _all(
    before: ClientBook, after: ClientBook, moved: pd.DataFrame, now: Standing,
    invited: Collection[str] | None, rules: Limits,
) -> Iterator[tuple[str, Iterator[Found]]]:  # fmt: skip
    for name in ("outflow", "inflow", "big_loss", "big_gain"):
        yield name, getattr(money, name)(moved, rules[name])
    yield "fee_inquiry", voice.fee_inquiry(before, after, rules["fee_inquiry"])
    yield "life_event", voice.life_event(before, after, rules["life_event"])
    yield "skipped", voice.skipped(before, after, invited)
    for name, look in STATES.items():
        yield name, look(now, rules[name])


def _earlier(name: str, then: Standing, rules: Limits) -> Iterator[Found]:
    return STATES[name](then, rules[name]) if name in STATES else iter(())


def _rows(name: str, found: Iterator[Found], known: set[str]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {"signal": name, **one._asdict(), "fresh": one.client_id not in known}


def _completed(table: pd.DataFrame, now: Standing, rules: Limits) -> pd.DataFrame:
    """Return alerts with tier, severity, due date, channel and play, most pressing first."""
    as_of = now.book.as_of
    ways = {client: _ways(row) for client, row in
            now.clients[["do_not_contact", "consent_calls", "consent_messages", "wechat",
                         "preferred_channel"]].iterrows()}  # fmt: skip
    pairs: list[Any] = list(zip(table["signal"], table["client_id"], table["since"], strict=True))
    table = table.assign(
        tier=table["client_id"].map(now.tiers.astype("str")).fillna("unknown"),
        severity=[rules[name]["severity"] for name, _, _ in pairs],
        due=[_due(name, since, as_of, rules) for name, _, since in pairs],
        channel=pd.Series(
            [_channel(rules[name], ways[client]) for name, client, _ in pairs],
            index=table.index,
            dtype="object",
        ),
        cause=[rules[name]["cause"] for name, _, _ in pairs],
        play=[t(f"signals.play.{name}") for name, _, _ in pairs],
        since=pd.to_datetime(table["since"]),
    )
    rank = table["severity"].map(_RANK)
    table = table.assign(rank=rank.astype("int64"), letter=table["tier"], old=~table["fresh"])
    table = table.sort_values(["rank", "old", "letter", "due", "client_id", "signal"])
    table["due"] = pd.to_datetime(table["due"])
    return conform(table.reset_index(drop=True), ALERTS)


def _due(name: str, since: date | None, as_of: date, rules: Limits) -> date:
    """Return when somebody should have acted: on the birthday, else so many days from now."""
    if name == "birthday" and since is not None:
        return since
    return as_of + timedelta(days=rules[name]["within_days"])


def _ways(client: pd.Series) -> dict[str, Any]:
    def refused(name: str) -> bool:
        return pd.notna(client[name]) and not client[name]

    silent = client["do_not_contact"]
    return {
        "silent": pd.notna(silent) and bool(silent),
        "calls": refused("consent_calls"),
        "messages": refused("consent_messages"),
        "wechat": pd.isna(client["wechat"]),
        "likes": client["preferred_channel"],
    }


def _channel(rule: Mapping[str, Any], way: Mapping[str, Any]) -> str | None:
    """Return the channel suggested: allowed by the client, his favourite if it is one of ours."""
    if way["silent"] and not rule["service"]:
        return None
    closed = set()
    if way["wechat"]:
        closed.add("wechat")
    if not rule["service"]:
        closed |= {"call", "visit"} if way["calls"] else set()
        closed |= {"wechat", "sms"} if way["messages"] else set()
    open_ways = [channel for channel in rule["channels"] if channel not in closed]
    if rule["severity"] == "routine" and way["likes"] in open_ways:
        return str(way["likes"])
    return open_ways[0] if open_ways else None
