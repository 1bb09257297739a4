"""Phone numbers in cells, and which of two columns each belongs in."""

import re
import unicodedata
from datetime import date, time, timedelta
from typing import NamedTuple

from crmkit.book.ledger.cells import Parsed, original, wrong

_BETWEEN = re.compile(r"[/、,;|\n]+|或|(?<=\d{7})\s+(?=0?1?\d{7,})")
_DATE = re.compile(r"(19|20)\d{2}-\d{1,2}-\d{1,2}")
_ROUNDED = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = re.compile(r"^(010|02\d|0[3-9]\d{2})-")
_LANDLINE = re.compile(
    r"(?:(010|02\d|0[3-9]\d{2}))?([2-9]\d{6,7})(?:(?:转|ext\.?|x|#|-)(\d{1,6}))?"
)
_SERVICE = re.compile(r"[48]00\d{7}|95\d{3,6}")
_ABROAD = re.compile(r"(\+|00)\d{7,15}")
_CHINA = re.compile(r"^(?:(?:\+|00)86|86(?=1[3-9]\d{9}$))")


class Phones(NamedTuple):
    """What the two phone cells of a row come to."""

    mobile: str | None
    landline: str | None
    extra: tuple[str, ...]
    moved: bool


def read_phone(cell: object) -> Parsed:
    """Return the numbers in a cell, as a tuple of texts.

    Mobiles are eleven digits; landlines keep area code and extension apart with hyphens;
    numbers abroad begin with ``+``.

    Examples
    --------
    >>> [read_phone(cell).value for cell in (15412345678.0, "+86 154-1234-5678")]
    [('15412345678',), ('15412345678',)]
    >>> read_phone("（0300）22118888转801").value
    ('0300-22118888-801',)
    >>> read_phone("1541234567").finding
    Finding(kind='phone_unreadable', slots={'digits': 10})
    """
    if isinstance(cell, bool | date | time | timedelta):
        return wrong("phone_unreadable", digits=0)
    text = unicodedata.normalize("NFKC", original(cell)).removeprefix("'").removesuffix(".0")
    if _MOBILE.fullmatch(text):
        return Parsed((text,))
    if _ROUNDED.fullmatch(text):
        return wrong("digits_lost")
    parts = [part for part in _BETWEEN.split(text) if part.strip() and not _DATE.fullmatch(text)]
    numbers = [_number(part) for part in parts]
    if not numbers or None in numbers:
        return wrong("phone_unreadable", digits=sum(c.isdigit() for c in text))
    return Parsed(tuple(number for number in numbers if number))


def settle(mobile_cell: tuple[str, ...], landline_cell: tuple[str, ...]) -> Phones:
    """Return one mobile and one landline from the numbers of both cells.

    A mobile that stands in the landline column, or the other way round, changes places when
    its own place is free; numbers beyond two are left over.

    Examples
    --------
    >>> settle(("0300-22118888",), ("15412345678",))
    Phones(mobile='15412345678', landline='0300-22118888', extra=(), moved=True)
    """
    mobile = next((n for n in mobile_cell if _fits_mobile(n)), None) or next(
        (n for n in landline_cell if _MOBILE.fullmatch(n)), None
    )
    rest = [n for n in (*landline_cell, *mobile_cell) if n != mobile]
    landline = next((n for n in rest if not _MOBILE.fullmatch(n)), rest[0] if rest else None)
    extra = tuple(dict.fromkeys(n for n in rest if n != landline))
    moved = (mobile is not None and mobile not in mobile_cell) or (
        landline is not None and landline not in landline_cell
    )
    return Phones(mobile, landline, extra, moved)


def _fits_mobile(number: str) -> bool:
    return number.startswith("+") or bool(_MOBILE.fullmatch(number))


def _number(part: str) -> str | None:
    """Return one number in its usual form, or None."""
    packed = re.sub(r"[\s()·]", "", part.casefold())
    digits = _CHINA.sub("", packed.replace("-", ""), count=1)
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    if _ABROAD.fullmatch(digits) and packed.startswith(("+", "00")):
        return "+" + digits.removeprefix("+").removeprefix("00")
    return _landline(packed) or _landline(digits)


def _landline(packed: str) -> str | None:
    local, from_abroad = _CHINA.subn("", packed, count=1)
    local = local.removeprefix("-")
    if from_abroad and not local.startswith("0"):
        local = f"0{local}"
    found = _LANDLINE.fullmatch(_AREA.sub(r"\1", local))
    return "-".join(part for part in found.groups() if part) if found else None
