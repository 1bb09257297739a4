"""What no branch can know: traits, propensities, causes. Kept apart from every book."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from crmkit.branch.behaviour import CAUSES, causes
from crmkit.branch.history import History
from crmkit.branch.identity import client_ids
from crmkit.branch.plan import Plan

#: Truth tables and their columns: (name, unit, meaning in Chinese, meaning in English).
TRUTH_TABLES: Mapping[str, tuple[tuple[str, str, str, str], ...]] = MappingProxyType({
    "trait": (
        ("client_id", "", "客户号", "client number"),
        ("wealth", "CNY", "客户长期的资产水平", "usual level of assets"),
        ("price_sensitivity", "0…1", "对佣金的敏感度", "how much the commission matters"),
        ("service_need", "0…1", "对服务的需要", "need for service"),
        ("loss_aversion", "0…1", "亏损时有多难受", "how much losses hurt"),
        ("tolerance", "contacts a month", "每月能接受的联系次数", "contacts borne per month"),
        ("engaged", "0 or 1", "是否愿意转介绍", "whether inclined to recommend"),
        ("trades_monthly", "trades", "持股时每月想做的成交笔数", "trades wished for per month while holding shares"),
        ("frailty", "times", "流失倾向，1 为一般", "inclination to leave, 1 is usual"),
        ("selection", "per month", "选股带来的收益", "return from choosing shares"),
        ("timing", "per month", "择时带来的收益", "return from timing"),
        ("propensity", "probability", "最后一个月接到电话的概率", "probability of a call in the last month"),
    ),
    "outcome": (
        ("client_id", "", "客户号", "client number"),
        ("left_month", "month", "流失月份", "month of leaving"),
        ("cause", "", "流失原因", "why the client left"),
        ("trust", "0…1.3", "期末信任", "trust at the end"),
        ("satisfaction", "0…1", "期末满意度", "satisfaction at the end"),
        ("luck", "fen", "盈亏中纯属运气的部分", "part of profit that was luck"),
        ("winning", "months", "持仓浮盈的月数", "months with a paper gain"),
        ("winners_sold", "months", "其中卖出的月数", "of which months with a sale"),
        ("losing", "months", "持仓浮亏的月数", "months with a paper loss"),
        ("losers_sold", "months", "其中卖出的月数", "of which months with a sale"),
    ),
})  # fmt: skip


def traits(plan: Plan, history: History) -> pd.DataFrame:
    """Return what clients are like underneath, one row each."""
    people = history.people
    own = {name: people.traits[name].astype(np.float64) for name in _named("trait", people.traits)}
    return pd.DataFrame({
        "client_id": client_ids(plan.seed, people.client),
        "wealth": people.wealth,
        **own,
        "propensity": history.state.propensity.astype(np.float64),
    })  # fmt: skip


def _named(table: str, known: Mapping[str, object]) -> list[str]:
    return [name for name, *_ in TRUTH_TABLES[table] if name in known]


def outcomes(plan: Plan, history: History) -> pd.DataFrame:
    """Return how clients' stories ended and why, one row each."""
    state = history.state
    left = np.where(
        state.left >= 0, plan.first_month + state.left - 1970 * 12, np.iinfo(np.int64).min
    )
    why = np.where(state.left >= 0, causes(history.fixed, state), -1)
    return pd.DataFrame({
        "client_id": client_ids(plan.seed, history.people.client),
        "left_month": left.astype("datetime64[M]").astype("datetime64[us]"),
        "cause": pd.Categorical.from_codes(why, categories=list(CAUSES)),
        "trust": state.trust.astype(np.float64),
        "satisfaction": state.satisfaction.astype(np.float64),
        "luck": np.rint(state.luck).astype(np.int64),
        "winning": state.winning,
        "winners_sold": state.winners_sold,
        "losing": state.losing,
        "losers_sold": state.losers_sold,
    })  # fmt: skip
