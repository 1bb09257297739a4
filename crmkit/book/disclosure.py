"""Where personal data stands in a table: in the columns meant for it, and where it strayed to."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.book.privacy import (
    ADDRESS,
    EMAIL,
    LANDLINE,
    MOBILE,
    WECHAT,
    mask_address,
    mask_handle,
    mask_name,
    mask_phone,
    mask_text,
    plainly,
)
from crmkit.book.results import PERSONAL_DATA
from crmkit.book.schema import TABLES, conform

# runs within longer ones are not what they look like
_PHONE = re.compile(f"{MOBILE.pattern}|{LANDLINE.pattern}")
_ID_NUMBER = re.compile(
    r"(?<!\d)\d{6}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?"
    r"\d{3}[\dXx](?!\d)"
)
_CARD = re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
# headings of columns that hold names in tables of other layouts
_NAMED = re.compile(
    r"(?:(?:客户|投资者|联系人|户主|开户人)?(?:姓名|名字)|客户名称?|联系人"
    r"|(?:(?:full|first|last|client|customer|contact)[ _-]?)name|surname)",
    re.IGNORECASE,
)
#: From this share of a column of numbers on, they are numbers that ring or identify.
_SHARE = 0.5

#: What each kind looks like, and how an example of it is hidden.
_LOOKS: Mapping[str, tuple[re.Pattern[str], Callable[[str], str]]] = MappingProxyType(
    {
        "id_number": (_ID_NUMBER, mask_text),
        "card_number": (_CARD, mask_text),
        "phone": (_PHONE, mask_phone),
        "email": (EMAIL, mask_handle),
        "handle": (WECHAT, mask_text),
        "address": (ADDRESS, mask_address),
    }
)
_HIDE = {"name": mask_name, "phone": mask_phone, "address": mask_address, "handle": mask_handle}


def find_personal_data(
    tables: ClientBook | Mapping[str, pd.DataFrame] | pd.DataFrame,
) -> pd.DataFrame:
    """Return where personal data stands: table, column, what kind, in how many rows.

    Besides the columns meant for it every text is read for numbers that ring, identify or
    pay, for e-mail and street addresses and WeChat IDs, for the names of the clients and for
    their numbers, which is where masks and pseudonyms usually leak. Numbers stored as numbers
    are read as well, save in columns that the schema knows as amounts and counts.

    Parameters
    ----------
    tables : ClientBook, mapping of str to DataFrame, or DataFrame
        A single table is called ``table``.

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
    if isinstance(tables, pd.DataFrame):
        tables = {"table": tables}
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
    values = {
        str(value)
        for rows in tables.values()
        for heading in rows.columns
        if heading == column or (column == "name" and _NAMED.fullmatch(str(heading)))
        for value in rows[heading].dropna()
    }
    long = sorted((v for v in values if len(v) > 1), key=lambda v: (-len(v), v))
    return re.compile("|".join(map(re.escape, long))) if long else None


def _places(
    column: str,
    values: pd.Series,
    names: re.Pattern[str] | None,
    numbers: re.Pattern[str] | None,
) -> Iterator[dict[str, object]]:
    if pd.api.types.is_numeric_dtype(values.dtype) and values.dtype != "bool":
        yield from _stored_as_numbers(column, values)
    if pd.api.types.is_numeric_dtype(values.dtype) or not _is_text(values):
        return
    texts = values.dropna().astype("str")
    declared = _declared().get(column, "")
    if declared and declared != "text" and len(texts):
        yield _place(column, declared, True, len(texts), _HIDE[declared](texts.iloc[0]))
        return
    own_names = column == "name" or _NAMED.fullmatch(column) is not None
    if own_names and len(texts):
        yield _place(column, "name", False, len(texts), mask_name(texts.iloc[0]))
    texts = texts.map(plainly)
    for kind, (looks, hide) in _LOOKS.items():
        hits = texts.map(looks.search).dropna()
        if len(hits):
            yield _place(column, kind, False, len(hits), hide(hits.iloc[0][0]))
    for kind, known in (("other_name", names), ("client_number", numbers)):
        own = own_names if kind == "other_name" else column in _NUMBERS
        hits = texts.map(known.search).dropna() if known and not own else texts.iloc[:0]
        if len(hits):
            hidden = mask_name(hits.iloc[0][0]) if kind == "other_name" else "****"
            yield _place(column, kind, False, len(hits), hidden)


def _is_text(values: pd.Series) -> bool:
    kind = values.dtype
    return bool(pd.api.types.is_string_dtype(kind)) or kind in ("object", "category")


def _stored_as_numbers(column: str, values: pd.Series) -> Iterator[dict[str, object]]:
    """Yield phone, ID and card numbers that somebody stored as numbers."""
    known = values.dropna()
    if column in _numeric() or not len(known):
        return
    texts = known[known % 1 == 0].map(lambda number: f"{number:.0f}")
    for kind in ("id_number", "card_number", "phone"):
        looks, hide = _LOOKS[kind]
        hits = texts.map(looks.fullmatch).dropna()
        if len(hits) >= _SHARE * len(known):
            yield _place(column, kind, False, len(hits), hide(hits.iloc[0][0]))
            return


#: Columns that are there to hold a client's number.
_NUMBERS = ("client_id", "account_id", "referrer_id")


def _declared() -> dict[str, str]:
    return {c.name: c.personal for t in TABLES.values() for c in t.columns.values() if c.personal}


@cache
def _numeric() -> frozenset[str]:
    """Return the columns of a book that are amounts, counts, shares or flags."""
    columns = (c for t in TABLES.values() for c in t.columns.values())
    return frozenset(c.name for c in columns if pd.api.types.is_numeric_dtype(c.dtype))


def _place(column: str, kind: str, declared: bool, rows: int, example: str) -> dict[str, object]:
    return {"column": column, "kind": kind, "declared": declared, "rows": rows,
            "example": example}  # fmt: skip
