"""The tables a branch's systems would hold, made from the simulated months."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.book.schema import CHANNELS, CLIENT
from crmkit.branch.behaviour import causes
from crmkit.branch.history import OUTCOMES, PURPOSES, History
from crmkit.branch.identity import addresses, client_ids, landlines, mobiles, names
from crmkit.branch.plan import Plan
from crmkit.branch.population import EARLY, PORTFOLIO, _working_day
from crmkit.branch.state import CLIENT as ACTIVE
from crmkit.branch.state import DORMANT, LOST, PROSPECT
from crmkit.branch.streams import scatter
from crmkit.branch.vocabulary import occupations, places

Days = NDArray[np.int64]

STAGES = CLIENT.columns["stage"].values
TOPICS = ("fee", "service", "loss", "system", "other")


def clients(plan: Plan, history: History) -> pd.DataFrame:
    """Return the client table of a block."""
    people = history.people
    ids = client_ids(plan.seed, people.client)
    area = people.area
    opened = open_days(plan, history)
    luck = scatter(plan.seed, "card", people.client)
    connected = (luck & np.uint64(7)) < 5
    referred = _referred(history)
    return pd.DataFrame({
        "client_id": ids,
        "name": names(people),
        "gender": _codes(people.male, ("f", "m")),
        "birth_date": _dates(people.birth_day),
        "mobile": mobiles(plan.seed, people.client),
        "phone": landlines(plan.seed, people, people.birth_day),
        "email": np.where((luck >> np.uint64(3)) % np.uint64(5) < 2, "u" + ids + "@example.com", None),
        "wechat": np.where(connected, "demo_" + ids, None),
        "province": places().province.take(area),
        "city": places().city.take(area),
        "district": places().district.take(area),
        "address": addresses(people),
        "occupation": occupations().words.take(people.occupation),
        "risk_level": _codes(people.risk, CLIENT.columns["risk_level"].values),
        "risk_test_date": _tested(plan, history, opened),
        "motive": _codes(people.motive, CLIENT.columns["motive"].values),
        "preferred_channel": _codes(people.channel, CHANNELS),
        "consent_calls": people.calls,
        "consent_messages": people.messages,
        "do_not_contact": people.silent,
        "source": _codes(np.where(referred, 3, np.minimum(people.source, 2) % 3), CLIENT.columns["source"].values),
        "referrer_id": np.where(referred, client_ids(plan.seed, np.maximum(people.referrer, 0)), None),
        "open_date": _dates(opened),
        "stage": _codes(stages(history), STAGES),
        "manager_id": [f"M{number:04d}" for number in people.client // PORTFOLIO + 1],
        "note": _notes(plan, history),
        "is_synthetic": True,
    })  # fmt: skip


def open_days(plan: Plan, history: History) -> NDArray[np.float64]:
    """Return opening days since 1970, nan for those who have not opened."""
    people, state = history.people, history.state
    luck = scatter(plan.seed, "opening", people.client)
    month = (plan.first_month + np.maximum(state.opened, 0)).astype(np.int32)
    fresh = _working_day(month, (luck % np.uint64(28)).astype(np.int32) + 1)
    days = np.where(people.arrival < -EARLY, people.open_day, fresh).astype(np.float64)
    days[(people.arrival >= -EARLY) & (state.opened < 0)] = np.nan
    return days


def stages(history: History) -> NDArray[np.int64]:
    """Return the stage of each person as a place in the schema's list."""
    state = history.state
    new = (state.stage == ACTIVE) & (state.tenure < 6)
    asleep = (state.stage == DORMANT) | (
        (state.stage == ACTIVE) & (state.since_trade > 24) & (state.assets < 10_000)
    )
    choices = [state.stage == PROSPECT, state.stage == LOST, asleep, new]
    return np.select(choices, [0, 4, 3, 1], 2)


def accounts(plan: Plan, history: History) -> pd.DataFrame:
    """Return the accounts of a block, closed ones with nothing in them."""
    people, state = history.people, history.state
    who = np.flatnonzero(state.stage != PROSPECT)
    ids = client_ids(plan.seed, people.client[who])
    invested = np.floor(state.assets * _in_products(history)[:, :2].sum(axis=1))
    return pd.DataFrame({
        "account_id": ids,
        "client_id": ids,
        "assets": state.assets[who].astype(np.int64),
        "cash": (state.assets - invested)[who].astype(np.int64),
        "commission_rate": people.rate[who],
        "minimum_fee": history.fixed.minimum_fee[who].astype(np.int64),
    })  # fmt: skip


def _in_products(history: History) -> NDArray[np.float64]:
    """Return the shares of assets in shares and in products, per person."""
    state = history.state
    held = history.people.traits["stock_share"].astype(np.float64) * state.invested
    funds = np.minimum(state.product * 0.5, 1 - held) * (state.stage == ACTIVE)
    return np.stack([held, funds], axis=1)


def activities(plan: Plan, history: History) -> pd.DataFrame:
    """Return the monthly table of a block, sorted by client and month."""
    columns = dict(history.activity)
    order = np.argsort(columns["client"], kind="stable")
    month = columns.pop("month")[order]
    client = columns.pop("client")[order]
    ids = client_ids(plan.seed, history.people.client)
    return pd.DataFrame({
        "client_id": ids[client - history.people.first],
        "month": _months(plan, month),
        **{name: values[order] for name, values in columns.items()},
    })  # fmt: skip


def contacts(plan: Plan, history: History) -> pd.DataFrame:
    """Return the contacts of a block, sorted by client and day."""
    columns = history.contact
    luck = scatter(plan.seed, "contact", columns["client"], columns["month"], columns["inbound"])
    days = _working_day(
        (plan.first_month + columns["month"]).astype(np.int32),
        (luck % np.uint64(28)).astype(np.int32) + 1,
    )
    order = np.lexsort((columns["inbound"], days, columns["client"]))
    client, month = columns["client"][order], columns["month"][order]
    ids = client_ids(plan.seed, history.people.client)[client - history.people.first]
    kinds, outcome = columns["kind"][order], columns["outcome"][order]
    inbound = columns["inbound"][order]
    tail = np.where(inbound, "i", "o")
    numbers = [f"{i}-{m:03d}{s}" for i, m, s in zip(ids, month.tolist(), tail, strict=True)]
    numbers = _unique(numbers)
    return pd.DataFrame({
        "contact_id": numbers,
        "client_id": ids,
        "date": _dates(days[order]),
        "channel": _codes(kinds - 1, CHANNELS),
        "direction": _codes(inbound, ("out", "in")),
        "purpose": np.array(PURPOSES, dtype=object).take(columns["purpose"][order]),
        "outcome": _codes(outcome, OUTCOMES),
        "minutes": _minutes(kinds, outcome, luck[order]),
        "note": None,
    })  # fmt: skip


def _unique(numbers: list[str]) -> list[str]:
    """Tell several contacts of one client and month apart."""
    seen: dict[str, int] = {}
    out = []
    for number in numbers:
        seen[number] = seen.get(number, 0) + 1
        out.append(number if seen[number] == 1 else f"{number}{seen[number]}")
    return out


def _minutes(
    kind: NDArray[Any], outcome: NDArray[Any], luck: NDArray[np.uint64]
) -> NDArray[np.int64]:
    usual = np.array([0, 45, 8, 4, 1])[kind]
    spread = (luck >> np.uint64(40)) % np.uint64(100)
    took = usual * (50 + spread.astype(np.int64)) // 100
    return np.where(outcome == 0, np.maximum(took, 1), np.minimum(took, 1))


def complaints(plan: Plan, history: History) -> pd.DataFrame:
    """Return the complaints of a block."""
    client, month = history.complaint["client"], history.complaint["month"]
    luck = scatter(plan.seed, "complaint", client, month)
    opened = _working_day(
        (plan.first_month + month).astype(np.int32), (luck % np.uint64(28)).astype(np.int32) + 1
    )
    closed = opened + 2 + ((luck >> np.uint64(20)) % np.uint64(24)).astype(np.int64)
    ids = client_ids(plan.seed, client)
    last = plan.as_of.toordinal() - 719163
    topic = np.searchsorted([0.3, 0.62, 0.82, 0.94], (luck >> np.uint64(40)) / 2.0**24)
    return pd.DataFrame({
        "complaint_id": [f"{i}-{m:03d}c" for i, m in zip(ids, month.tolist(), strict=True)],
        "client_id": ids,
        "opened": _dates(opened),
        "closed": _dates(np.where(closed > last, np.nan, closed)),
        "topic": _codes(topic, TOPICS),
    })  # fmt: skip


def _referred(history: History) -> NDArray[np.bool_]:
    """Return who came through a client: one who was still there to send him."""
    people, state = history.people, history.state
    sender = np.maximum(people.referrer - people.first, 0)
    there = (state.left[sender] < 0) | (state.left[sender] >= people.arrival)
    return (people.referrer >= 0) & there


def referrals(plan: Plan, history: History) -> pd.DataFrame:
    """Return who recommended whom: one row for each person who came that way."""
    people = history.people
    who = np.flatnonzero(_referred(history))
    ids = client_ids(plan.seed, people.client[who])
    luck = scatter(plan.seed, "referral", people.client[who])
    month = (plan.first_month + people.arrival[who]).astype(np.int32)
    return pd.DataFrame({
        "referral_id": ids + "r" if len(ids) else ids,
        "referrer_id": client_ids(plan.seed, people.referrer[who]),
        "client_id": ids,
        "date": _dates(_working_day(month, (luck % np.uint64(28)).astype(np.int32) + 1)),
    })  # fmt: skip


def _codes(values: NDArray[Any], words: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(values.astype(np.int8), categories=list(words))


def _dates(days: NDArray[Any]) -> NDArray[np.datetime64]:
    """Return days since 1970 as dates, nan as missing."""
    whole = (
        np.where(np.isnan(days), np.iinfo(np.int64).min, days) if days.dtype.kind == "f" else days
    )
    return whole.astype("datetime64[D]").astype("datetime64[us]")


def _months(plan: Plan, month: NDArray[np.int16]) -> NDArray[np.datetime64]:
    return (
        (plan.first_month + month.astype(np.int64) - 1970 * 12)
        .astype("datetime64[M]")
        .astype("datetime64[us]")
    )


def _tested(plan: Plan, history: History, opened: NDArray[np.float64]) -> NDArray[np.datetime64]:
    last = plan.as_of.toordinal() - 719163
    days = np.maximum(last - history.people.risk_test_age, opened)
    return _dates(days)


@cache
def _remarks() -> dict[str, list[str]]:
    text = files("crmkit").joinpath("data/people/notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _notes(plan: Plan, history: History) -> list[str | None]:
    """Return remarks for about half of the people, after what they are like."""
    luck = scatter(plan.seed, "note", history.people.client)
    kind = _remark_kind(history, luck)
    spoken = (luck & np.uint64(1)) == 0
    pick = (luck >> np.uint64(8)).tolist()
    remarks = _remarks()
    return [
        remarks[k][p % len(remarks[k])] if said else None
        for k, p, said in zip(kind, pick, spoken | (kind == "prospect"), strict=True)
    ]


def _remark_kind(history: History, luck: NDArray[np.uint64]) -> NDArray[np.str_]:
    people, state = history.people, history.state
    cause = causes(history.fixed, state)
    choices = {
        "prospect": state.stage == PROSPECT,
        "lost_price": (state.stage == LOST) & (cause == 0),
        "lost_loss": (state.stage == LOST) & (cause == 1),
        "lost_neglect": (state.stage == LOST) & (cause == 2),
        "lost_service": (state.stage == LOST) & (cause == 3),
        "lost_life": state.stage == LOST,
        "quiet": (state.stage == DORMANT) | (state.since_trade > 18),
        "price": history.fixed.price > 0.42,
        "loss": (state.gain < 0.75) & state.invested,
        "rich": people.wealth > 2e6,
        "old": people.birth_day < -2200,
        "active": people.traits["trades_monthly"] > 3.5,
        "service": people.traits["service_need"] > 0.7,
        "product": state.product > 0.3,
        "young": people.birth_day > 9500,
    }  # fmt: skip
    return np.select(list(choices.values()), list(choices), "active")
