"""Where personal data stands in a table: in the columns meant for it, and where it strayed to."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.privacy import EMAIL, mask_address, mask_handle, mask_name, mask_phone, mask_text
from crmkit.book.results import PERSONAL_DATA
from crmkit.book.schema import TABLES, conform

# figures may be parted by one space or hyphen; runs within longer ones are not what they look like
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?86[ -]?)?(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]\d{7,8})(?!\d)"
)
_ID_NUMBER = re.compile(
    r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_CARD = re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{14,17}(?!\d)")
_ADDRESS = re.compile(r"(?:[一-鿿]{1,8}(?:路|街|道|巷|弄|胡同))\s*\d+\s*(?:号|弄|栋|幢)"
                      r"|\d+\s+[A-Z][\w']+\s+(?:Road|Street|Lane|Avenue)\b")  # fmt: skip

#: What each kind looks like, and how an example of it is hidden.
_LOOKS: Mapping[str, tuple[re.Pattern[str], Callable[[str], str]]] = MappingProxyType(
    {
        "id_number": (_ID_NUMBER, mask_text),
        "card_number": (_CARD, mask_text),
        "phone": (_PHONE, mask_phone),
        "email": (EMAIL, mask_handle),
        "address": (_ADDRESS, mask_address),
    }
)
_HIDE = {"name": mask_name, "phone": mask_phone, "address": mask_address, "handle": mask_handle}


def find_personal_data(tables: ClientBook | Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return where personal data stands: table, column, what kind, in how many rows.

    Besides the columns meant for it every text is read for numbers that ring, identify or
    pay, for e-mail and street addresses, for the names of the clients and for their
    numbers, which is where masks and pseudonyms usually leak.

    Parameters
    ----------
    tables : ClientBook or mapping of str to DataFrame

    Returns
    -------
    DataFrame
        The columns of ``book.results.PERSONAL_DATA``; examples are masked.

    Examples
    --------
    >>> rows = pd.DataFrame({"client_id": ["13131"], "name": ["张三"],
    ...                      "plan": ["张三的手机改为 15400000000"]})
    >>> find_personal_data({"mine": rows})[["column", "kind", "declared"]].values.tolist()
    [['name', 'name', True], ['plan', 'phone', False], ['plan', 'other_name', False]]
    """
    given = tables.tables if isinstance(tables, ClientBook) else tables
    names, numbers = _known(given, "name"), _known(given, "client_id")
    found = [
        {"table": table, **place}
        for table, rows in given.items()
        for column in rows.columns
        for place in _places(str(column), rows[column], names, numbers)
    ]
    return conform(pd.DataFrame(found), PERSONAL_DATA)


def _known(tables: Mapping[str, pd.DataFrame], column: str) -> re.Pattern[str] | None:
    """Return a pattern of every value of a column, the longest first, or None."""
    values = {str(v) for rows in tables.values() if column in rows for v in rows[column].dropna()}
    long = sorted((v for v in values if len(v) > 1), key=lambda v: (-len(v), v))
    return re.compile("|".join(map(re.escape, long))) if long else None


def _places(
    column: str,
    values: pd.Series,
    names: re.Pattern[str] | None,
    numbers: re.Pattern[str] | None,
) -> Iterator[dict[str, object]]:
    if not pd.api.types.is_string_dtype(values.dtype) and values.dtype != "object":
        return
    texts = values.dropna().astype("str")
    declared = _declared().get(column, "")
    if declared and declared != "text" and len(texts):
        yield _place(column, declared, True, len(texts), _HIDE[declared](texts.iloc[0]))
        return
    for kind, (looks, hide) in _LOOKS.items():
        hits = texts.map(looks.search).dropna()
        if len(hits):
            yield _place(column, kind, False, len(hits), hide(hits.iloc[0][0]))
    for kind, known in (("other_name", names), ("client_number", numbers)):
        own = column == "name" if kind == "other_name" else column in _NUMBERS
        hits = texts.map(known.search).dropna() if known and not own else texts.iloc[:0]
        if len(hits):
            hidden = mask_name(hits.iloc[0][0]) if kind == "other_name" else "****"
            yield _place(column, kind, False, len(hits), hidden)


#: Columns that are there to hold a client's number.
_NUMBERS = ("client_id", "account_id", "referrer_id")


def _declared() -> dict[str, str]:
    return {c.name: c.personal for t in TABLES.values() for c in t.columns.values() if c.personal}


def _place(column: str, kind: str, declared: bool, rows: int, example: str) -> dict[str, object]:
    return {"column": column, "kind": kind, "declared": declared, "rows": rows,
            "example": example}  # fmt: skip
