"""The tables a branch's systems would hold, made from the simulated months."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.book.schema import CHANNELS, CLIENT
from crmkit.branch.calendar import EPOCH, working_day
from crmkit.branch.columns import coded, dates, months, whose
from crmkit.branch.history import History
from crmkit.branch.identity import addresses, client_ids, emails, mobiles, names, wechats
from crmkit.branch.plan import Plan
from crmkit.branch.population import EARLY, PORTFOLIO
from crmkit.branch.remarks import remarks
from crmkit.branch.state import CLIENT as ACTIVE
from crmkit.branch.state import DORMANT, LOST, PROSPECT
from crmkit.branch.streams import scatter
from crmkit.branch.vocabulary import occupations, places


def clients(plan: Plan, history: History) -> pd.DataFrame:
    """Return the client table of a block."""
    people = history.people
    seed, place = plan.seed, people.client
    opened = open_days(plan, history)
    sent = referred(history)
    known = {name: column.values for name, column in CLIENT.columns.items()}
    return pd.DataFrame({
        "client_id": client_ids(seed, place),
        "name": names(people),
        "gender": coded(people.male, known["gender"]),
        "birth_date": dates(people.birth_day),
        "mobile": mobiles(seed, place),
        "email": emails(seed, place),
        "wechat": wechats(seed, place),
        "province": places().province.take(people.area),
        "city": places().city.take(people.area),
        "district": places().district.take(people.area),
        "address": addresses(people),
        "occupation": occupations().words.take(people.occupation),
        "risk_level": coded(people.risk, known["risk_level"]),
        "risk_test_date": dates(_tested(plan, history, opened)),
        "motive": coded(people.motive, known["motive"]),
        "preferred_channel": coded(people.channel, CHANNELS),
        "consent_calls": people.calls,
        "consent_messages": people.messages,
        "do_not_contact": people.silent,
        "source": coded(np.where(sent, 3, np.minimum(people.source, 2)), known["source"]),
        "referrer_id": _sender(plan, history, sent),
        "open_date": dates(opened),
        "stage": coded(stages(history), known["stage"]),
        "manager_id": [f"M{number:04d}" for number in (place // PORTFOLIO + 1).tolist()],
        "note": remarks(plan, history),
        "is_synthetic": True,
    })  # fmt: skip


def open_days(plan: Plan, history: History) -> NDArray[np.float64]:
    """Return opening days since 1970, nan for those who have not opened."""
    people, opened = history.people, history.state.opened
    luck = scatter(plan.seed, "opening", people.client)
    fresh = working_day(plan.first_month + np.maximum(opened, 0), luck)
    old = people.arrival < -EARLY
    days = np.where(old, people.open_day, fresh).astype(np.float64)
    days[~old & (opened < 0)] = np.nan
    return days


def stages(history: History) -> NDArray[np.int64]:
    """Return the stage of each person as a place in the schema's list."""
    state = history.state
    active = state.stage == ACTIVE
    empty = active & (state.since_trade > 24) & (state.assets < 10_000)
    choices = {
        "prospect": state.stage == PROSPECT,
        "lost": state.stage == LOST,
        "dormant": (state.stage == DORMANT) | empty,
        "new": active & (state.tenure < 6),
    }
    known = CLIENT.columns["stage"].values
    numbers = [known.index(name) for name in choices]
    return np.select(list(choices.values()), numbers, known.index("existing"))


def _tested(plan: Plan, history: History, opened: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return days of the latest risk test: years ago for some, never before the opening."""
    today = plan.as_of.toordinal() - EPOCH
    return np.maximum(today - history.people.risk_test_age, opened)


def referred(history: History) -> NDArray[np.bool_]:
    """Return who came through a client: one who was still there to send him."""
    people, left = history.people, history.state.left
    sender = np.maximum(people.referrer - people.first, 0)
    there = (left[sender] < 0) | (left[sender] >= people.arrival)
    return (people.referrer >= 0) & there


def _sender(plan: Plan, history: History, sent: NDArray[np.bool_]) -> NDArray[np.object_]:
    sender = np.full(len(sent), None, dtype=object)
    sender[sent] = client_ids(plan.seed, history.people.referrer[sent])
    return sender


def referrals(plan: Plan, history: History) -> pd.DataFrame:
    """Return who recommended whom: one row for each person who came that way, dated no later
    than the account that person opened."""
    people = history.people
    who = np.flatnonzero(referred(history))
    ids = client_ids(plan.seed, people.client[who])
    luck = scatter(plan.seed, "referral", people.client[who])
    came = working_day(plan.first_month + people.arrival[who], luck)
    return pd.DataFrame({
        "referral_id": [f"{number}r" for number in ids],
        "referrer_id": client_ids(plan.seed, people.referrer[who]),
        "client_id": ids,
        "date": dates(np.fmin(came, open_days(plan, history)[who])),
    })  # fmt: skip


def accounts(plan: Plan, history: History) -> pd.DataFrame:
    """Return the accounts of a block, closed ones with nothing in them."""
    people, state = history.people, history.state
    who = np.flatnonzero(state.stage != PROSPECT)
    ids = client_ids(plan.seed, people.client[who])
    shares, products = invested(history)
    return pd.DataFrame({
        "account_id": ids,
        "client_id": ids,
        "assets": state.assets[who].astype(np.int64),
        "cash": (state.assets - shares - products)[who].astype(np.int64),
        "commission_rate": people.rate[who],
        "minimum_fee": history.fixed.minimum_fee[who].astype(np.int64),
    })  # fmt: skip


def invested(history: History) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the value of shares and of products that each person of a block holds, in fen."""
    state = history.state
    active = state.stage == ACTIVE
    held = history.fixed.stock_share * state.invested
    sold = np.minimum(0.5 * state.product.astype(np.float64), 1 - held)
    return (
        np.floor(state.assets * held / 100) * 100 * active,
        np.floor(state.assets * sold / 100) * 100 * active,
    )


def activities(plan: Plan, history: History) -> pd.DataFrame:
    """Return the monthly table of a block, sorted by client and month."""
    columns = dict(history.activity)
    order = np.argsort(columns["client"], kind="stable")
    client, month = columns.pop("client")[order], columns.pop("month")[order]
    return pd.DataFrame({
        "client_id": whose(plan, history, client),
        "month": months(plan, month),
        **{name: values[order] for name, values in columns.items()},
    })  # fmt: skip
