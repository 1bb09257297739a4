"""What clients hold on the book's day: shares of their own choosing, products sold to them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.book.schema import HOLDING
from crmkit.branch.columns import coded
from crmkit.branch.history import History
from crmkit.branch.identity import client_ids
from crmkit.branch.plan import Plan
from crmkit.branch.records import invested
from crmkit.branch.streams import scatter

#: Made-up products of the firm by risk grade, so that something fits every client.
_PRODUCTS = {
    1: (("CASH01", "wealth"), ("BILL01", "bond")),
    2: (("BOND02", "bond"), ("SHORT2", "fund")),
    3: (("MIX003", "fund"), ("WLTH03", "wealth")),
    4: (("EQTY04", "fund"), ("INDEX4", "fund")),
    5: (("SECT05", "fund"), ("PRIV05", "fund")),
}


def holdings(plan: Plan, history: History) -> pd.DataFrame:
    """Return what each client of a block holds, one row per security or product.

    The firm answers for what it sells, so the grade of a product never exceeds the client's
    level. Shares are the client's own orders; they are graded R3 whoever holds them.
    """
    rows = pd.concat([_shares(plan, history), _products(plan, history)], ignore_index=True)
    return rows.sort_values(["client_id", "product_id"], kind="stable", ignore_index=True)


def _shares(plan: Plan, history: History) -> pd.DataFrame:
    people, state = history.people, history.state
    worth = invested(history)[0]
    who = np.flatnonzero(worth >= 10_000)
    luck = scatter(plan.seed, "names held", people.client[who])
    count = 1 + np.searchsorted([0.28, 0.56, 0.76, 0.89, 0.95], (luck >> np.uint64(11)) / 2.0**53)
    row = np.repeat(np.arange(len(who)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    parts = 1 / (nth + 1.5)
    share = parts / np.bincount(row, parts, minlength=len(who))[row]
    amount = np.floor(worth[who][row] * share / 100) * 100
    spread = scatter(plan.seed, "gain", people.client[who][row], nth)
    gain = state.gain[who][row] * (0.85 + 0.3 * (spread >> np.uint64(11)) / 2.0**53)
    return _table(plan, people.client[who][row], _codes(luck[row], nth), "stock", 3, amount, gain)


def _codes(luck: NDArray[np.uint64], nth: NDArray[np.int64]) -> list[str]:
    """Return six-digit codes of no listed share: nothing is listed from 940000 to 979999."""
    start = (luck % np.uint64(40_000)).astype(np.int64)
    return [str(940_000 + number) for number in ((start + nth * 7_919) % 40_000).tolist()]


def _products(plan: Plan, history: History) -> pd.DataFrame:
    people = history.people
    worth = invested(history)[1]
    who = np.flatnonzero(worth >= 100_000)
    luck = scatter(plan.seed, "product", people.client[who])
    highest = people.risk[who] + 1
    grade = np.maximum(highest - (luck % np.uint64(3) == 0), 1)
    variant = ((luck >> np.uint64(8)) % np.uint64(2)).astype(np.int64)
    chosen = [_PRODUCTS[g][v] for g, v in zip(grade.tolist(), variant.tolist(), strict=True)]
    gain = 0.9 + 0.2 * (luck >> np.uint64(11)) / 2.0**53
    kinds = [kind for _, kind in chosen]
    return _table(
        plan, people.client[who], [code for code, _ in chosen], kinds, grade, worth[who], gain
    )


def _table(
    plan: Plan,
    client: NDArray[np.int64],
    codes: list[str],
    kind: str | list[str],
    grade: int | NDArray[np.int64],
    amount: NDArray[np.float64],
    gain: NDArray[np.floating],
) -> pd.DataFrame:
    grades = HOLDING.columns["product_risk"].values
    levels = np.broadcast_to(np.asarray(grade) - 1, len(client))
    return pd.DataFrame({
        "client_id": client_ids(plan.seed, client),
        "product_id": np.array(codes, dtype=object),
        "kind": pd.Categorical(np.broadcast_to(np.array(kind, dtype=object), len(client)),
                               categories=list(HOLDING.columns["kind"].values)),
        "product_risk": coded(levels, grades),
        "amount": amount.astype(np.int64),
        "cost": np.rint(amount / np.maximum(gain, 0.05)).astype(np.int64),
    })  # fmt: skip
