"""What else an old client may be offered: how far products have spread, and what suits whom.

The training deck of 2010-06-03 asks for funds and house products to be offered to old clients,
who know the firm; the bank's article of the course's sources complains of few products and
little penetration, and asks for cross-selling. Here need and suitability come before either.
"""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.codes import word_for
from crmkit.book.results import CROSS_SALES, PENETRATION
from crmkit.book.schema import HOLDING, conform
from crmkit.words import t

KINDS = HOLDING.columns["kind"].values

#: What answers what a client leans on, the first first; who owes on margin is sold nothing.
#: Course defaults.
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "deposits": ("wealth", "bond"),
    "trading": ("fund",),
    "balanced": ("fund", "wealth", "bond"),
}

Gate = Callable[[pd.DataFrame, date], pd.DataFrame]


def penetration(book: ClientBook, tiering: pd.DataFrame) -> pd.DataFrame:
    """Return how many kinds of product clients hold on average, and who holds which, by tier.

    Kinds held / clients: stocks count as one kind, however many. A book without a single
    holding says nothing rather than none.

    Parameters
    ----------
    book : ClientBook
    tiering : DataFrame
        ``client_id`` and ``tier``; prospects and those who have left are not counted.

    Returns
    -------
    DataFrame
        ``group`` (a tier, or ``all``, which comes last), ``clients``, ``kinds_per_client``,
        and a share of clients, 0 to 1, for every kind.

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> held = pd.DataFrame({"client_id": ["1", "1", "2"], "product_id": ["a", "b", "c"],
    ...                      "kind": ["stock", "fund", "stock"], "amount": [100, 100, 100]})
    >>> book = make_client_book(date(2026, 1, 5), holding=held,
    ...                         client=pd.DataFrame({"client_id": ["1", "2"]}))
    >>> tiering = pd.DataFrame({"client_id": ["1", "2"], "tier": ["A", "B"]})
    >>> penetration(book, tiering)[["group", "kinds_per_client"]].values.tolist()
    [['A', 2.0], ['B', 1.0], ['all', 1.5]]
    """
    outside = book.client["stage"].isin(["prospect", "lost"])
    tiering = tiering[~tiering["client_id"].isin(book.client.loc[outside, "client_id"])]
    held = book.holding[(book.holding["amount"] > 0).fillna(False)]
    has = pd.DataFrame(
        {kind: tiering["client_id"].isin(held.loc[held["kind"] == kind, "client_id"])
         for kind in KINDS}
    ).astype("float64")  # fmt: skip
    if not len(book.holding):
        has[:] = np.nan
    rows = has.assign(kinds_per_client=has.sum(axis=1, min_count=1), clients=1.0)
    tiers = rows.groupby(tiering["tier"].astype("object").to_numpy(), sort=True)
    table = pd.concat([tiers.mean(), rows.mean().to_frame("all").T])
    table["clients"] = [*tiers.size(), len(rows)]
    table = table.rename(columns={kind: f"share_{kind}" for kind in KINDS})
    return conform(table.rename_axis("group").reset_index(), PENETRATION)


def shelf_of(book: ClientBook) -> pd.DataFrame:
    """Return the funds, wealth products and bonds that some client holds, as a shelf.

    It stands in for the firm's own list of what is on sale, which is to be preferred.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> shelf_of(make_book(n=50, seed=1, as_of="2026-01-05")).columns.tolist()
    ['product_id', 'kind', 'product_risk']
    """
    wanted = {kind for kinds in ANSWERS.values() for kind in kinds}
    some = book.holding[book.holding["kind"].isin(wanted)]
    products = some[["product_id", "kind", "product_risk"]].dropna()
    return products.drop_duplicates("product_id").sort_values("product_id", ignore_index=True)


def what_fits(
    book: ClientBook, needs: pd.DataFrame, shelf: pd.DataFrame, gate: Gate
) -> pd.DataFrame:
    """Return what each old client may be offered next, or why nothing.

    Need first, then suitability: of the kinds that answer what a client leans on and that the
    client does not hold yet, the first with a product the gate lets through, and of those the
    one with least risk. Nothing above the client's level is ever named; where the assessment
    has run out, it is renewed before anything is offered.

    Parameters
    ----------
    book : ClientBook
    needs : DataFrame
        From `crmkit.analysis.needs.needs`; a guess until the client has answered ``ask``.
    shelf : DataFrame
        ``product_id``, ``kind``, ``product_risk``: what the firm sells.
    gate : callable
        `crmkit.conduct.suitability.gate`, or one like it: pairs and a day in, ``verdict`` out.

    Returns
    -------
    DataFrame
        ``client_id``, ``step``, ``kind``, ``product_id``, ``product_risk`` (missing unless
        the step is to offer), ``reason`` and ``ask``.

    Examples
    --------
    >>> from crmkit.book.book import make_client_book
    >>> from crmkit.conduct.suitability import gate
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({
    ...     "client_id": ["1", "2"], "stage": "existing", "risk_level": ["C2", "C1"],
    ...     "risk_test_date": pd.to_datetime(["2025-06-01", "2020-06-01"])}))
    >>> leans = pd.DataFrame({"client_id": ["1", "2"], "reliance": "deposits", "ask": "?"})
    >>> shelf = pd.DataFrame({"product_id": ["w", "b"], "kind": ["wealth", "bond"],
    ...                       "product_risk": ["R3", "R2"]})
    >>> what_fits(book, leans, shelf, gate)[["step", "product_id"]].values.tolist()
    [['offer', 'b'], ['renew', nan]]
    """
    old = book.client[~book.client["stage"].isin(["prospect", "new", "lost"])]
    clients = old.merge(needs[["client_id", "reliance", "ask"]], on="client_id", how="left")
    judged = _judged(clients, _not_held(book, _pairs(clients, shelf)), book.as_of, gate)
    best = judged[judged["verdict"] == "offer"].groupby("client_id").first()
    rows = clients[["client_id", "ask", "risk_level"]].join(
        best[["kind", "product_id", "product_risk"]], on="client_id"
    )
    rows["step"] = _steps(book, clients, judged)
    figures = zip(rows["step"], rows["kind"], rows["product_risk"], rows["risk_level"], strict=True)
    rows["reason"] = [_reason(*row) for row in figures]
    rows.loc[rows["step"] != "offer", ["kind", "product_id", "product_risk"]] = None
    return conform(rows, CROSS_SALES)


def _pairs(clients: pd.DataFrame, shelf: pd.DataFrame) -> pd.DataFrame:
    """Return every product of the kinds that answer a client's need, best first."""
    wanted = pd.DataFrame(
        [(reliance, kind, place) for reliance, kinds in ANSWERS.items()
         for place, kind in enumerate(kinds)], columns=["reliance", "kind", "place"],
    )  # fmt: skip
    about = clients[["client_id", "reliance", "risk_level", "risk_test_date"]]
    pairs = about.astype({"reliance": "object"}).merge(wanted, on="reliance")
    pairs = pairs.merge(shelf.astype({"kind": "object", "product_risk": "object"}), on="kind")
    return pairs.sort_values(["place", "product_risk", "product_id"], ignore_index=True)


def _not_held(book: ClientBook, pairs: pd.DataFrame) -> pd.DataFrame:
    held = book.holding[(book.holding["amount"] > 0).fillna(False)]
    has = set(zip(held["client_id"], held["kind"].astype("object"), strict=True))
    new = [pair not in has for pair in zip(pairs["client_id"], pairs["kind"], strict=True)]
    return pairs[new].reset_index(drop=True)


def _judged(clients: pd.DataFrame, pairs: pd.DataFrame, as_of: date, gate: Gate) -> pd.DataFrame:
    """Return the pairs with the gate's verdict; nobody has asked for anything here."""
    unasked = dict.fromkeys(("asked", "warned", "insists", "lowest_category"), False)
    return pairs.assign(verdict=gate(pairs.assign(**unasked), as_of)["verdict"].to_numpy())


def _steps(book: ClientBook, clients: pd.DataFrame, judged: pd.DataFrame) -> pd.Series:
    """Return the step for each client: the first that applies, selling last of all."""
    number = clients["client_id"]
    verdicts = judged.groupby("client_id")["verdict"].agg(set).reindex(number).to_numpy()
    found = [verdict if isinstance(verdict, set) else set() for verdict in verdicts]
    open_now = book.complaint.loc[book.complaint["closed"].isna(), "client_id"]
    cases = {
        "leave_be": clients["do_not_contact"].fillna(False).astype(bool),
        "settle": number.isin(open_now),
        "learn": clients["reliance"].isna(),
        "debt": clients["reliance"] == "loans",
        "renew": pd.Series(["assess" in one for one in found]),
        "offer": pd.Series(["offer" in one for one in found]),
        "above": pd.Series([bool(one) for one in found]),
    }
    return pd.Series(np.select(list(cases.values()), list(cases), "served"), clients.index)


def _reason(step: str, kind: object, grade: object, level: object) -> str:
    if step == "offer":
        return t("selling.offer", kind=word_for(str(kind)), grade=grade, level=level)
    return t(f"selling.{step}")
