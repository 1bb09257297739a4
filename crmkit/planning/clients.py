"""What a plan has to know of each client: tier, history, and how they may be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from crmkit.book.birthdays import LunarDay, read_lunar
from crmkit.book.book import ClientBook
from crmkit.book.schema import CHANNELS, TIERS
from crmkit.errors import CrmkitError
from crmkit.planning.cadence import Rules, TierRule

#: Who comes first when minutes are short. A client nobody could tier may be a key client.
PRIORITY = ("A", "B", "unknown", "C", "D")

_Row = dict[str, Any]


@dataclass(frozen=True)
class Contact:
    """A contact on record: when, by which channel, and whether the client was reached."""

    day: date
    channel: str | None
    reached: bool


@dataclass(frozen=True)
class Client:
    """One client as the planner sees them.

    Attributes
    ----------
    client_id, tier : str
    rule : TierRule
        What the tier is owed.
    assets : int
        Fen, over all accounts.
    born, opened : date or None
    born_lunar : LunarDay or None
        The birthday the client keeps by the lunar calendar, from the manager's remark.
    traded : bool or None
        Whether a trade is on record; None when the book has no activity of the client.
    history : tuple of Contact
        The contacts on record, oldest first.
    closed : mapping of str to str
        Why a channel is not open: ``no_mobile``, ``refuses_calls`` ...
    asks : frozenset of str
        Channels for which the client's consent is not on record.
    prefers : str or None
        The channel the client likes best.
    barred : str
        Why the client must not be contacted at all (``do_not_contact``, ``lost``), or "".
    complaint : date or None
        Since when a complaint has been open.
    has_remark : bool
        Whether the manager has noted anything about the client.
    stage, district : str or None
    contribution : int or None
        Fen a year, where the tiering knows it.
    """

    client_id: str
    tier: str
    rule: TierRule
    assets: int
    born: date | None
    opened: date | None
    traded: bool | None
    history: tuple[Contact, ...]
    closed: Mapping[str, str]
    asks: frozenset[str]
    prefers: str | None
    barred: str
    complaint: date | None
    has_remark: bool
    stage: str | None = None
    district: str | None = None
    contribution: int | None = None
    born_lunar: LunarDay | None = None

    @property
    def untiered(self) -> bool:
        """Return whether data is missing to tier the client by; a prospect has none to miss."""
        return self.tier == "unknown" and self.stage != "prospect"

    def last(self, by: date, channels: tuple[str, ...] = CHANNELS) -> Contact | None:
        """Return the latest contact until a day that reached the client by such a channel.

        A contact whose channel nobody wrote down counts as any channel's only when every
        channel will do.
        """
        for contact in reversed(self.history):
            known = contact.channel in channels or channels == CHANNELS
            if contact.reached and contact.day <= by and known:
                return contact
        return None

    def meetings(self) -> int:
        """Return how often the client has been met."""
        return sum(contact.reached and contact.channel == "visit" for contact in self.history)

    def ways(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Return which of the wanted channels are open, the client's favourite first."""
        open_ways = [channel for channel in wanted if channel not in self.closed]
        return tuple(sorted(open_ways, key=lambda channel: channel != self.prefers))

    def reachable(self) -> tuple[str, ...]:
        """Return the open channels of the tier; if none is, the one it is deepened with."""
        return self.ways(self.rule.channels) or self.ways((self.rule.deepen_channel,))


def list_clients(book: ClientBook, tiers: pd.DataFrame, rules: Rules, start: date) -> list[Client]:
    """Return the clients of a book, the most important first.

    The order is that of the tiers, then of the longest silence (nobody knows how long it is
    for a client without a contact on record, so these come first), then of the assets.

    Parameters
    ----------
    book : ClientBook
    tiers : DataFrame
        ``client_id`` and ``tier``; a client it does not name has the tier ``unknown``.
    rules : Rules
    start : date
        The first day of the plan.

    Raises
    ------
    CrmkitError
        When a client stands twice in the book or the tiers, or a tier is not one of ours.
    """
    _refuse_twice(book.client["client_id"], "client")
    facts = _facts(book) | {"contribution": _contributions(tiers)}
    tier_of = _tiers(tiers)
    clients = [
        _client(row, tier_of.get(row["client_id"], "unknown"), rules, facts)
        for row in _rows(book.client)
    ]
    return sorted(clients, key=lambda client: _importance(client, start))


def _importance(client: Client, start: date) -> tuple[int, date, int, str]:
    last = client.last(start)
    silent_since = last.day if last else date.min
    return PRIORITY.index(client.tier), silent_since, -client.assets, client.client_id


def _client(row: _Row, tier: str, rules: Rules, facts: Mapping[str, Mapping[str, Any]]) -> Client:
    client_id = row["client_id"]
    return Client(
        client_id=client_id,
        tier=tier,
        rule=rules.tier[tier],
        assets=int(facts["assets"].get(client_id, 0)),
        born=row["birth_date"],
        opened=row["open_date"],
        traded=facts["traded"].get(client_id),
        history=tuple(facts["history"].get(client_id, ())),
        closed=_closed(row),
        asks=_asks(row),
        prefers=row["preferred_channel"],
        barred=_barred(row),
        complaint=facts["complaint"].get(client_id),
        has_remark=row["note"] is not None,
        stage=row["stage"],
        district=row["district"],
        contribution=facts["contribution"].get(client_id),
        born_lunar=read_lunar(row["note"]) if row["note"] else None,
    )


def _closed(row: _Row) -> dict[str, str]:
    no_calls, no_messages = row["consent_calls"] is False, row["consent_messages"] is False
    why = {
        "visit": [(no_calls and no_messages, "refuses_all"), (not row["address"], "no_address")],
        "call": [(no_calls, "refuses_calls"), (not (row["mobile"] or row["phone"]), "no_phone")],
        "wechat": [(no_messages, "refuses_messages"), (not row["wechat"], "no_wechat")],
        "sms": [(no_messages, "refuses_messages"), (not row["mobile"], "no_mobile")],
    }
    found = {way: [reason for closed, reason in why[way] if closed] for way in why}
    return {way: reasons[0] for way, reasons in found.items() if reasons}


def _asks(row: _Row) -> frozenset[str]:
    unasked = {"call"} if row["consent_calls"] is None else set()
    return frozenset(unasked | ({"wechat", "sms"} if row["consent_messages"] is None else set()))


def _barred(row: _Row) -> str:
    if row["do_not_contact"] is True:
        return "do_not_contact"
    return "lost" if row["stage"] == "lost" else ""


def _facts(book: ClientBook) -> dict[str, dict[str, Any]]:
    still_open = book.complaint[book.complaint["closed"].isna()]
    latest_first = still_open.sort_values("opened", ascending=False)
    history: dict[str, list[Contact]] = {}
    # who asked for another day was not contacted, so that day need not keep its distance
    took_place = book.contact[book.contact["outcome"].astype("str") != "moved"]
    for row in _rows(took_place.sort_values("date", kind="stable")):
        contact = Contact(row["date"], row["channel"], row["outcome"] != "missed")
        history.setdefault(row["client_id"], []).append(contact)
    return {
        "assets": book.account.groupby("client_id")["assets"].sum().to_dict(),
        "complaint": {row["client_id"]: row["opened"] for row in _rows(latest_first)},
        "history": history,
        "traded": _traded(book.activity),
    }


def _traded(activity: pd.DataFrame) -> dict[str, bool]:
    known = activity[activity[["trade_amount", "trades"]].notna().any(axis=1)]
    moved = known[["trade_amount", "trades"]].fillna(0).gt(0).any(axis=1)
    by_client = moved.groupby(known["client_id"]).any()
    return {str(client_id): bool(traded) for client_id, traded in by_client.items()}


def _tiers(tiers: pd.DataFrame) -> dict[str, str]:
    missing = {"client_id", "tier"} - set(tiers.columns)
    if missing:
        raise CrmkitError("planning.tiers_columns", missing=", ".join(sorted(missing)))
    _refuse_twice(tiers["client_id"], "tiers")
    named = tiers["tier"].astype("str").fillna("unknown")
    strange = sorted(set(named) - set(TIERS))
    if strange:
        raise CrmkitError("planning.tiers_value", value=strange[0])
    return dict(zip(tiers["client_id"].astype("str"), named, strict=True))


def _contributions(tiers: pd.DataFrame) -> dict[str, int]:
    if "contribution_12m" not in tiers:
        return {}
    known = tiers.dropna(subset=["contribution_12m"])
    years = known["contribution_12m"].astype("int64")
    return dict(zip(known["client_id"].astype("str"), years.tolist(), strict=True))


def _refuse_twice(client_ids: pd.Series, where: str) -> None:
    twice = client_ids[client_ids.duplicated()]
    if len(twice):
        raise CrmkitError("planning.client_twice", where=where, client_id=twice.iloc[0])


def _rows(table: pd.DataFrame) -> list[_Row]:
    """Return the rows as plain Python values: None for missing, dates without a time."""
    plain = {
        name: [_plain(value) for value in table[name].tolist()] for name in map(str, table.columns)
    }
    return [dict(zip(plain, values, strict=True)) for values in zip(*plain.values(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, str):
        return value if value.strip() else None
    return None if pd.isna(value) else value
