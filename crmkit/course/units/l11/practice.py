"""The practice of lesson 11: a book, its tiers, and the clients worth asking about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.tiering import CONTRIBUTION_SHARE, Cuts, cuts_by_share, tier
from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.privacy import mask_name
from crmkit.course.practice import first_fair, stands_clear

AS_OF = date(2026, 6, 30)
CLIENTS = 200
#: Clients whose assets and trades never arrived: a book without gaps would teach nothing.
INCOMPLETE = 4
#: How far from a line, at least, everybody stands whom a learner must place.
MARGIN = 1.15
#: How many clients of each case are asked about: ten in the exercise, and a quick C in the
#: lesson's half-finished example. The second word is what misleads: turnover judged by
#: commission paid, other products forgotten, size taken for contribution.
DRAWN: Mapping[str, int] = {
    "A plain": 1, "A small": 1, "B paid": 2, "AB products": 2, "C quick": 3, "D plain": 1,
    "D big": 1,
}  # fmt: skip

SURNAMES = tuple("王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗")
GIVEN_NAMES = ("伟", "芳", "敏", "静", "磊", "洋", "勇", "艳", "杰", "娟", "丽华", "建国")


@dataclass(frozen=True)
class Practice:
    """What lesson 11 is about, for one seed.

    Attributes
    ----------
    book : ClientBook
    clients : DataFrame
        One row per client, indexed by ``client_id``: the measures, ``commission_12m``,
        ``product_income_12m``, the masked ``name`` and the ``tier``. Money in fen.
    cuts : Cuts
        The lines, rounded to numbers a person would state.
    ten : tuple of str
        The clients of the exercise.
    halfway : str
        The client of the half-finished example, a C.
    """

    book: ClientBook
    clients: pd.DataFrame
    cuts: Cuts
    ten: tuple[str, ...]
    halfway: str


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed; draws again until every case is in the book.

    >>> make_practice(1).ten == make_practice(1).ten != make_practice(2).ten
    True
    """
    return first_fair(seed, _draw)


def _draw(rng: np.random.Generator) -> Practice | None:
    book = make_book(rng)
    clients, cuts = _measured(book)
    cases = _cases(clients, cuts)
    if any(len(cases[case]) < count for case, count in DRAWN.items()):
        return None
    drawn = {case: rng.permutation(cases[case])[:n].tolist() for case, n in DRAWN.items()}
    halfway = drawn["C quick"].pop()
    ten = rng.permutation([client for group in drawn.values() for client in group])
    return Practice(book, clients, cuts, tuple(ten.tolist()), halfway)


def make_book(rng: np.random.Generator) -> ClientBook:
    """Return a made-up book of 200 clients over twelve months."""
    ids = [f"11{number:04d}" for number in range(1, CLIENTS + 1)]
    traits = _traits(rng)
    known = traits["assets"].where(traits.index < CLIENTS - INCOMPLETE)
    account = pd.DataFrame({"account_id": ids, "client_id": ids, "commission_rate": traits["rate"],
                            "assets": (known * 100).astype("Int64")})  # fmt: skip
    return make_client_book(
        AS_OF,
        origin={"synthetic": True, "preset": "l11"},
        client=pd.DataFrame({"client_id": ids, "name": _names(rng), "is_synthetic": True}),
        account=account,
        activity=_activity(ids, traits, rng)[: (CLIENTS - INCOMPLETE) * 12],
    )


def _traits(rng: np.random.Generator) -> pd.DataFrame:
    """Draw what decides a client's year: assets (CNY), turnover, rate (per mille), product yield.

    Teaching assumptions throughout, chosen for a book in which few clients bring most: assets
    lognormal with a median of CNY 300,000, turnover gamma with a mean of 4 times a year, other
    products with three clients in ten. A few clients of each kind that misleads are planted.
    """
    traits = pd.DataFrame(
        {
            "assets": np.exp(rng.normal(np.log(3e5), 1.3, CLIENTS)),
            "turnover": rng.gamma(2.0, 2.0, CLIENTS),
            "rate": np.clip(rng.normal(0.45, 0.12, CLIENTS), 0.15, 0.9).round(2),
            "product_yield": rng.uniform(0.002, 0.006, CLIENTS) * (rng.random(CLIENTS) < 0.3),
        }
    )
    planted = rng.choice(CLIENTS - INCOMPLETE, 3 * len(PLANTED), replace=False)
    for rows, kind in zip(planted.reshape(-1, 3), PLANTED, strict=True):
        for trait, (low, high) in kind.items():
            traits.loc[rows, trait] = rng.uniform(low, high, len(rows))
    return traits.assign(assets=traits["assets"].round(-3))


#: Three clients each: big and slow, small and quick, few trades but many products.
PLANTED: tuple[Mapping[str, tuple[float, float]], ...] = (
    {"assets": (4.5e6, 9e6), "turnover": (1.5, 2.3), "rate": (0.4, 0.6), "product_yield": (0, 0)},
    {"assets": (3e5, 4.5e5), "turnover": (16, 26), "rate": (0.5, 0.7), "product_yield": (0, 0)},
    {"assets": (1.6e6, 3e6), "turnover": (0.6, 1.6), "product_yield": (0.003, 0.006)},
)


def _activity(ids: list[str], traits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    by_client = {name: column.to_numpy()[:, None] for name, column in traits.items()}
    rhythm = rng.dirichlet(np.full(12, 4.0), CLIENTS)
    trades = np.round(by_client["assets"] * by_client["turnover"] * rhythm)
    products = by_client["assets"] * by_client["product_yield"] / 12 * np.ones(12)
    sway = rng.uniform(0.94, 1.06, (CLIENTS, 12))
    return pd.DataFrame(
        {
            "client_id": np.repeat(ids, 12),
            "month": np.tile(pd.date_range(end=AS_OF, periods=12, freq="MS"), CLIENTS),
            "trade_amount": _fen(trades),
            "commission": _fen(trades * by_client["rate"] / 1000),
            "product_income": _fen(products),
            "assets_end": _fen(by_client["assets"] * sway),
        }
    )


def _fen(yuan: np.ndarray) -> np.ndarray:
    return np.round(yuan * 100).astype("int64").ravel()


def _names(rng: np.random.Generator) -> list[str]:
    surnames, given = rng.choice(SURNAMES, CLIENTS), rng.choice(GIVEN_NAMES, CLIENTS)
    return [f"{family}{own}" for family, own in zip(surnames, given, strict=True)]


def _measured(book: ClientBook) -> tuple[pd.DataFrame, Cuts]:
    """Return the clients with everything lesson 11 looks at, and the lines as stated."""
    table = measures(book)
    exact = cuts_by_share(table)
    cuts = Cuts(round(exact.contribution, -4), round(exact.turnover, 1))
    income = book.activity.groupby("client_id")[["commission", "product_income"]].sum()
    return table.set_index("client_id", drop=False).rename_axis(None).assign(
        commission_12m=income["commission"],
        product_income_12m=income["product_income"],
        name=book.client.set_index("client_id")["name"].map(mask_name),
        tier=tier(table, cuts)["tier"].to_numpy(),
    ), cuts  # fmt: skip


def _cases(clients: pd.DataFrame, cuts: Cuts) -> dict[str, list[str]]:
    letter, big = clients["tier"], is_big(clients)
    paid = clients["commission_12m"] >= cuts.contribution
    found = {
        "A plain": (letter == "A") & paid & big,
        "A small": (letter == "A") & paid & ~big,
        "B paid": (letter == "B") & paid & big,
        "AB products": letter.isin(["A", "B"]) & ~paid & big,
        "C quick": (letter == "C") & ~big,
        "D plain": (letter == "D") & ~big,
        "D big": (letter == "D") & big,
    }
    clear = _stands_clear(clients, cuts)
    return {case: clients.index[rows & clear].tolist() for case, rows in found.items()}


def is_big(clients: pd.DataFrame) -> pd.Series:
    """Tell which clients are among the fifth with the highest average assets."""
    return clients["average_assets"].astype("float64") >= _big_line(clients)


def _big_line(clients: pd.DataFrame) -> float:
    return float(clients["average_assets"].astype("float64").quantile(1 - CONTRIBUTION_SHARE))


def _stands_clear(clients: pd.DataFrame, cuts: Cuts) -> pd.Series:
    """Tell who stands well away from every line, the right ones and those of wrong ideas."""
    lines = {
        "contribution_12m": cuts.contribution,
        "commission_12m": cuts.contribution,
        "turnover_ratio": cuts.turnover,
        "average_assets": _big_line(clients),
    }
    clear = {
        column: clients[column].astype("float64").map(partial(_clear_of, line))
        for column, line in lines.items()
    }
    return pd.DataFrame(clear).all(axis=1)


def _clear_of(line: float, value: float) -> bool:
    return stands_clear(value, [line], MARGIN)
