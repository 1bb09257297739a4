"""Why clients left: coded from what was written down, and which causes one could have helped."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.results import LEAVING_REASON
from crmkit.book.schema import conform


@cache
def reason_words() -> Mapping[str, Any]:
    """Return the causes in order, each with its words and whether it can be helped.

    >>> list(reason_words())[0], reason_words()["life"]["controllable"]
    ('neglect', False)
    """
    text = files("crmkit").joinpath("data/churn/reasons.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def leaving_reasons(book: ClientBook) -> pd.DataFrame:
    """Return the cause of leaving of every client who is lost, as far as the remark says.

    Parameters
    ----------
    book : ClientBook

    Returns
    -------
    DataFrame
        ``client_id``, ``cause`` (``none`` where nothing was written that tells), ``word``
        (what it was read from) and ``controllable``, missing where the cause is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> client = pd.DataFrame({"client_id": ["1"], "stage": ["lost"], "note": ["别家佣金更低"]})
    >>> leaving_reasons(make_client_book(date(2026, 1, 5), client=client))["cause"].tolist()
    ['price']
    """
    client = book.client
    lost = client[client["stage"] == "lost"]
    coded = [_code(note) for note in lost["note"]]
    rows = pd.DataFrame({
        "client_id": lost["client_id"],
        "cause": [cause for cause, _ in coded],
        "word": [word for _, word in coded],
        "controllable": [reason_words()[c]["controllable"] if w else None for c, w in coded],
    })  # fmt: skip
    return conform(rows.reset_index(drop=True), LEAVING_REASON)


def _code(note: object) -> tuple[str, str | None]:
    text = str(note).casefold() if isinstance(note, str) else ""
    for cause, entry in reason_words().items():
        for word in entry["words"]:
            if word in text:
                return cause, word
    return "none", None


def reason_mix(reasons: pd.DataFrame) -> pd.DataFrame:
    """Return how many left for each cause, and the share among those whose cause is known.

    Parameters
    ----------
    reasons : DataFrame
        As returned by `leaving_reasons`.

    Returns
    -------
    DataFrame
        Indexed by cause, most frequent first: ``clients``, ``share`` (missing for ``none``),
        ``controllable``.

    Examples
    --------
    >>> rows = pd.DataFrame({"cause": ["price", "price", "none"], "controllable": True})
    >>> reason_mix(rows)["share"].tolist()
    [1.0, nan]
    """
    groups = reasons.astype({"cause": "str"}).groupby("cause")
    counts = groups.size().sort_values(ascending=False, kind="stable")
    known = counts.drop("none", errors="ignore").sum()
    share = (counts / known if known else counts * float("nan")).mask(counts.index == "none")
    return pd.DataFrame(
        {"clients": counts, "share": share, "controllable": groups["controllable"].first()},
        index=counts.index,
    )
