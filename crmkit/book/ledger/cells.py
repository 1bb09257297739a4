"""One cell: what stands in it, what it means, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from crmkit.book.codes import word_for, words_for
from crmkit.book.schema import Column

#: No Excel cell holds more characters.
LONGEST_TEXT = 32_767

#: What people write for "nothing here" in a column of numbers, dates or phones.
NOTHING = frozenset(
    {"-", "--", "---", "–", "—", "——", "/", "\\", "无", "暂无", "没有", "未知", "不详", "空",
     "n/a", "na", "none", "null", "nil", "nan"}
)  # fmt: skip

_ERRORS = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_BETWEEN_CHARACTERS = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_GRADE = re.compile(r"[CR]\d")
_FORMULA_TEXT = re.compile(r'="(.*)"')

_YES = frozenset({"是", "有", "同意", "y", "yes", "true", "t", "1", "√", "✓", "✔", "对"})
_NO = frozenset({"否", "没有", "无", "不", "不同意", "n", "no", "false", "f", "0", "×", "x", "✗"})


class Finding(NamedTuple):
    """Something to tell the user about a cell: an entry of ``problem.toml`` and its slots."""

    kind: str
    slots: Mapping[str, Any] = MappingProxyType({})


class Parsed(NamedTuple):
    """A cell read: its stored value, ``None`` for missing, and what there is to say."""

    value: Any = None
    finding: Finding | None = None


def wrong(kind: str, /, **slots: Any) -> Parsed:
    """Return a cell without value that has something wrong with it."""
    return Parsed(None, Finding(kind, slots))


def original(cell: object) -> str:
    """Return what stands in a cell, as text.

    >>> original(15412345678.0), original(date(2010, 1, 1)), original(True)
    ('15412345678', '2010-01-01', 'TRUE')
    """
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def tidy(text: str) -> str:
    """Return text with one kind of line end, no control characters and no margins."""
    if text.isprintable():
        return text.strip()
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", ends).strip()


def plain(cell: object) -> str:
    """Return a cell's text for comparing and parsing: half-width, lower case, no spaces.

    >>> plain("　１０ 万元")
    '10万元'
    """
    text = original(cell)
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split())


def is_blank(cell: object) -> bool:
    """Tell whether a cell is empty, or holds nothing that shows."""
    return cell == "" or (isinstance(cell, str) and not tidy(cell))


def is_nothing(cell: object) -> bool:
    """Tell whether a cell is empty or says that there is nothing: ``无``, ``-``, ``n/a``."""
    return is_blank(cell) or (isinstance(cell, str) and plain(cell) in NOTHING)


def is_error(cell: object) -> bool:
    """Tell whether a cell shows an Excel error such as ``#REF!``."""
    return isinstance(cell, str) and "#" in cell and bool(_ERRORS.fullmatch(cell.strip()))


def read_text(cell: object) -> Parsed:
    """Return a remark or an address as it stands."""
    text = original(cell)
    if len(text) > LONGEST_TEXT:
        return Parsed(text[:LONGEST_TEXT].rstrip(), Finding("text_cut", {"most": LONGEST_TEXT}))
    return Parsed(text or None)


def read_name(cell: object) -> Parsed:
    """Return a name in half-width letters, without the spaces that pad Chinese names.

    >>> read_name("张　三").value, read_name("John  Smith").value
    ('张三', 'John Smith')
    """
    if isinstance(cell, bool | int | float | date | time | timedelta):
        return wrong("name_unreadable")
    text = " ".join(unicodedata.normalize("NFKC", original(cell)).split())
    if not text.strip("-–—/\\"):
        return Parsed()
    if text.isdecimal():
        return wrong("name_unreadable")
    return read_text(_BETWEEN_CHARACTERS.sub("", text))


def read_id(cell: object) -> Parsed:
    """Return a client's number as text; a number that Excel has rounded is not one.

    >>> read_id(13131.0).value, read_id('="０013131"').value
    ('13131', '0013131')
    >>> read_id(6.222021234567891e18).finding.kind
    'id_digits_lost'
    """
    if isinstance(cell, bool | date | time | timedelta):
        return wrong("id_unreadable")
    if isinstance(cell, int | float) and not 0 < cell < 1e15:
        return wrong("id_digits_lost" if cell > 0 else "id_unreadable")
    text = unicodedata.normalize("NFKC", "".join(original(cell).split()))
    if text.isdecimal() and len(text) < 129:
        return Parsed(text)
    wrapped = _FORMULA_TEXT.fullmatch(text)
    text = (wrapped[1] if wrapped else text).lstrip("'")
    if re.fullmatch(r"\d+(\.\d+)?[Ee]\+?\d+", text):
        return wrong("id_digits_lost")
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)
    if len(text) > 128 or not re.search(r"\w", text) or re.fullmatch(r"\d+\.\d+", text):
        return wrong("id_unreadable")
    return Parsed(text)


def read_flag(cell: object) -> Parsed:
    """Return yes or no from the ways people tick a box."""
    answer = "1" if cell is True else "0" if cell is False else plain(cell)
    if answer in _YES or answer in _NO:
        return Parsed(answer in _YES)
    return wrong("flag_unreadable")


def read_code(cell: object, column: Column) -> Parsed:
    """Return the code that a cell names: by itself or by its word in either language.

    >>> from crmkit.book.schema import CLIENT
    >>> read_code("女", CLIENT.columns["gender"]).value
    'f'
    >>> read_code("C3-稳健型", CLIENT.columns["risk_level"]).value
    'C3'
    """
    text = plain(cell)
    for code in column.values:
        if text in {plain(word) for word in words_for(code)}:
            return Parsed(code)
        if _GRADE.fullmatch(code) and re.match(rf"{code}(?!\d)", text, re.IGNORECASE):
            return Parsed(code)
    return wrong("code_unreadable", allowed=", ".join(word_for(code) for code in column.values))
