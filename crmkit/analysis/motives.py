"""Why somebody invests, from what they say and do, never from who they are."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.codes import word_for
from crmkit.book.results import MOTIVES
from crmkit.book.schema import conform
from crmkit.words import t

#: Months with trades, out of twelve, that make trading a habit. A course default.
REGULAR_MONTHS = 10


@dataclass(frozen=True)
class Motive:
    """What a text says of a motive.

    Attributes
    ----------
    motive : str or None
        ``return``, ``rules``, ``habit``, ``status`` or ``emotion``; None where nothing
        speaks for one, or as much for another.
    evidence : tuple of str
        The words it rests on.
    """

    motive: str | None
    evidence: tuple[str, ...]


def motive_of(text: str) -> Motive:
    """Return the motive that a sentence shows, with the words that show it.

    Parameters
    ----------
    text : str
        What somebody said or wrote, in Chinese or English.

    Examples
    --------
    >>> motive_of("我就喜欢跟你喝茶聊聊，放心")
    Motive(motive='emotion', evidence=('喝茶', '聊聊', '放心'))
    >>> motive_of("45 岁，男，工程师").motive is None
    True
    """
    lowered = text.lower()
    found = {
        motive: tuple(word for word in words if word in lowered)
        for motive, words in _words().items()
    }
    return _strongest(found)


def motives(book: ClientBook) -> pd.DataFrame:
    """Return the motive of every client as far as remarks and behaviour show one.

    Parameters
    ----------
    book : ClientBook
        Remarks of clients and of contacts count as words, trading month after month as
        behaviour.

    Returns
    -------
    DataFrame
        ``client_id``, ``motive`` (missing where nothing speaks for one), ``evidence`` and
        ``reason``.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> book = make_client_book(date(2026, 1, 5), client=pd.DataFrame({
    ...     "client_id": ["1", "2"], "note": ["只问年化收益", None]}))
    >>> motives(book)["motive"].tolist()
    ['return', nan]
    """
    said = pd.concat([book.client[["client_id", "note"]], book.contact[["client_id", "note"]]])
    texts = said.dropna().groupby("client_id")["note"].agg(" ".join)
    regular = _regular(book)
    comma = t("words.comma")
    rows = []
    for client in book.client["client_id"]:
        one = motive_of(texts.get(client, ""))
        behaviour = one.motive is None and not one.evidence and client in regular
        motive = "habit" if behaviour else one.motive
        evidence = t("motive.regular") if behaviour else comma.join(one.evidence)
        rows.append((client, motive, evidence or None, _reason(motive, one, behaviour)))
    return conform(pd.DataFrame(rows, columns=[*MOTIVES.columns]), MOTIVES)


def _regular(book: ClientBook) -> set[str]:
    """Return who has traded in nearly every month of the last year."""
    months = book.activity[book.activity["trades"].fillna(0) > 0]
    year = months[months["month"] > book.activity["month"].max() - pd.DateOffset(months=12)]
    counts = year.groupby("client_id")["month"].nunique()
    return set(counts[counts >= REGULAR_MONTHS].index)


def _reason(motive: str | None, found: Motive, behaviour: bool) -> str:
    if motive is None:
        return t("motive.unclear" if found.evidence else "motive.nothing")
    return t("motive.behaviour" if behaviour else "motive.words", motive=word_for(motive))


def _strongest(found: Mapping[str, tuple[str, ...]]) -> Motive:
    most = max(len(words) for words in found.values())
    leading = [motive for motive, words in found.items() if len(words) == most]
    if most == 0:
        return Motive(None, ())
    evidence = tuple(word for motive in leading for word in found[motive])
    return Motive(leading[0] if len(leading) == 1 else None, evidence)


@cache
def _words() -> dict[str, list[str]]:
    text = files("crmkit").joinpath("data/motives.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
