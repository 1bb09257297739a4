"""Masking: what a screen, a figure or a printed table may show of a client.

The patterns follow the display annex of the financial data standard JR/T 0171-2020 as
commonly applied; the standard's own text was not consulted. Files that are exported keep
everything.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from crmkit.book.schema import TABLES, Table

_TWO_CHARACTER_SURNAME = re.compile(
    r"欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|轩辕|端木|百里|东郭|南门|呼延|公羊|澹台"
    r"|淳于|单于|太史|申屠|公冶|仲孙|钟离|闾丘|濮阳|鲜于|赫连|拓跋|完颜|西门|左丘|第五|万俟|闻人|梁丘|宗政"
)
# up to the last street, or district, before the first figure
_STREET = re.compile(r"(\D*(?:路|街|道|巷|弄|胡同))(.*)", re.DOTALL)
_DISTRICT = re.compile(r"(\D*(?:[省市县镇乡]|(?<![小社])区))(.*)", re.DOTALL)
_CHINESE = re.compile(r"[一-鿿]")
# not within a longer run of figures, nor behind a decimal point
_ALONE = r"(?<!\d)(?<!\d\.)"
_GAP, _DOTS = "[ /-]{0,3}", "[ ./-]{1,3}"
#: A mobile number however its figures are grouped; no amount is exempt that looks like one.
MOBILE = re.compile(
    rf"{_ALONE}(?:(?:\+|00)?86[ -]?)?"
    rf"(?:1[3-9]\d(?:{_GAP}\d{{4}}{_GAP}\d{{4}}|{_DOTS}\d{{4}}{_DOTS}\d{{4}})"
    rf"|1[3-9]\d{{2}}(?:{_GAP}\d{{3}}{_GAP}\d{{4}}|{_DOTS}\d{{3}}{_DOTS}\d{{4}})"
    rf"|1[3-9]\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|1[3-9]\d{{4}}{_GAP}\d{{5}})(?!\d|\.\d)"
)
LANDLINE = re.compile(rf"{_ALONE}0\d{{2,3}}[ ./-]{{1,3}}\d{{7,8}}(?!\d)")
# a day with an hour behind it is none; twelve figures and more are no amount a client has
_NUMBER_RUN = re.compile(
    rf"{_ALONE}(?!(?:19|20)\d\d-[01]?\d-[0-3]?\d(?!\d))\+?(?:\d(?:[ ()-]?\d){{11,18}}[\dXx]?"
    r"|\d(?:[ ()-]?\d){6,10}[Xx]?(?![\d.]*\s*(?:元|万|亿)))"
)
_DAY = re.compile(r"(?:19|20)\d{2}[- ]?(?:0?[1-9]|1[0-2])[- ]?(?:0?[1-9]|[12]\d|3[01])")
# a street with a house number; 知道, 渠道 and 思路 are no streets
ADDRESS = re.compile(
    r"[一-鿿]{1,8}(?:(?<![知报渠通难味频])道|(?<![思网线电半套])路|街|巷|弄|胡同)\s*"
    r"(?P<house>\d+(?:-\d+)*\s*(?:号|弄|栋|幢)(?:楼|院)?"
    r"(?:\s*[\dA-Za-z]+(?:-\d+)*\s*(?:号楼|号|栋|幢|座|单元|层|楼|室))*)"
    r"|(?P<number>\d+)\s+(?:[A-Z][\w']+\s+){1,3}(?:Road|Street|Lane|Avenue)\b"
)
# a WeChat ID after the word for it, told from other words by a figure, a dash or the word ID
WECHAT = re.compile(
    r"(?<![A-Za-z0-9_])(?P<own>wxid_[A-Za-z0-9_-]{4,}|wx_[A-Za-z0-9_-]{3,})"
    r"|(?:微信|加V|wechat|weixin|(?<![A-Za-z])[vw]x)\s*"
    r"(?:(?:号|ID)[\s:是为]*|[\s:是为]*(?=[A-Za-z-]{0,19}[\d_]))"
    r"(?P<said>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_@.-])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def mask(rows: pd.DataFrame, table: Table | None = None) -> pd.DataFrame:
    """Return the rows with every personal column masked.

    Parameters
    ----------
    rows : DataFrame
        With the schema's column names. Columns the schema does not know stay as they are.
    table : Table, optional
        Whose columns they are; a column of any table of a book by default.

    Returns
    -------
    DataFrame
        Remarks lose phone, ID and account numbers, e-mail addresses and, where the row has a
        name, that name.

    Examples
    --------
    >>> mask(pd.DataFrame({"name": ["张三"], "mobile": ["15412345678"], "note": ["张三 通话"]}))
      name       mobile    note
    0   张*  154****5678  张* 通话
    """
    tables = TABLES.values() if table is None else (table,)
    personal = {c.name: c.personal for t in tables for c in t.columns.values() if c.personal}
    masked = {
        name: rows[name].map(_MASKS[kind], na_action="ignore").astype("str")
        for name, kind in personal.items()
        if name in rows
    }
    for name in masked:
        if personal[name] == "text" and "name" in masked:
            masked[name] = _without_names(masked[name], rows["name"])
    return rows.assign(**masked)


def mask_name(name: str) -> str:
    """Return the surname and a star for every other character.

    >>> mask_name("张三"), mask_name("欧阳娜娜"), mask_name("John Smith")
    ('张*', '欧阳**', 'J*** S****')
    """
    if len(name) < 2:
        return "*" * len(name)
    if len(name) > 2 and _TWO_CHARACTER_SURNAME.match(name):
        return name[:2] + "*" * len(name[2:])
    return re.sub(r"(?<=\w)[^\W_]", "*", name)


def mask_phone(number: str) -> str:
    """Return a phone number without its middle.

    A mobile keeps three digits and four, a landline its area code and the last four, what is
    too short for that nothing.

    >>> mask_phone("15412345678"), mask_phone("0300-22118888"), mask_phone("22118888")
    ('154****5678', '0300-****8888', '****8888')
    """
    area, hyphen, rest = number.partition("-") if number.startswith("0") else ("", "", number)
    local, dash, extension = rest.partition("-")
    digits = sum(c.isdigit() for c in local)
    first, last = (3, 4) if digits >= 11 else (0, 4) if digits >= 7 else (0, 0)
    return area + hyphen + _hide(local, first, digits - last) + dash + _hide(extension)


def mask_address(address: str) -> str:
    """Return an address as far as the street, or as far as the district.

    >>> mask_address("福建省泉州市丰泽区田安路1号"), mask_address("1 Tian'an Road")
    ('福建省泉州市丰泽区田安路****', "* Tian'an Road")
    """
    found = _STREET.fullmatch(address) or _DISTRICT.fullmatch(address)
    if found:
        return found[1] + ("****" if found[2] else "")
    return f"{address[:2]}****" if _CHINESE.search(address) else re.sub(r"\d+", "*", address)


def mask_handle(handle: str) -> str:
    """Return an e-mail address or a WeChat ID by its first character.

    >>> mask_handle("zhangsan@example.com"), mask_handle("demo_zhang")
    ('z****@example.com', 'd****')
    """
    user, at, host = handle.partition("@")
    return f"{user[:1]}****{at}{host}"


def mask_text(text: str) -> str:
    """Return a remark without numbers that could ring, identify or pay somebody.

    Runs of seven digits and more are masked unless they are a date or an amount; WeChat IDs,
    e-mail addresses and the numbers of houses are masked as well.

    >>> mask_text("改用 154 1234 5678，身份证 999999199001011234，2010-01-01 约定")
    '改用 154 **** 5678，身份证 9999**********1234，2010-01-01 约定'
    >>> mask_text("住田安路1号3栋，微信 demo_zhang")
    '住田安路****，微信 d****'
    """
    for looks, hide in _IN_TEXT:
        text = _replaced(text, looks, hide)
    return text


def plainly(text: str) -> str:
    """Return a text of the same length with figures, signs and dashes of one kind.

    >>> plainly("１３８－００１３–8000")
    '138-0013-8000'
    """
    return text if text.isascii() else "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    plain = plain if len(plain) == 1 else character
    return "-" if unicodedata.category(plain) == "Pd" or plain in "−~" else plain


def _replaced(text: str, looks: re.Pattern[str], hide: Callable[[str], str]) -> str:
    """Return the text with what a pattern finds in its plain form hidden.

    Where the pattern has groups, what they found alone is hidden.
    """
    parts, end = [], 0
    for found in looks.finditer(plainly(text)):
        start, stop = found.span(found.lastgroup or 0)
        parts += [text[end:start], hide(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


_MASKS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": mask_name,
        "phone": mask_phone,
        "address": mask_address,
        "handle": mask_handle,
        "text": mask_text,
    }
)


def _hide_run(run: str) -> str:
    if _DAY.fullmatch(plainly(run)):
        return run
    digits = sum(c.isalnum() for c in run)
    if digits >= 15:
        return _hide(run, 4, digits - 4)
    return _hide(run, 3, digits - 4) if digits == 11 else _hide(run, 0, digits - 4)


_IN_TEXT: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (ADDRESS, lambda found: "****" if _CHINESE.search(found) else _hide(found)),
    (WECHAT, mask_handle),
    (EMAIL, mask_handle),
    (MOBILE, _hide_run),
    (LANDLINE, _hide_run),
    (_NUMBER_RUN, _hide_run),
)


def _hide(text: str, first: int = 0, last: int | None = None) -> str:
    """Return the text with stars for its figures from the ``first`` up to the ``last``."""
    figures = [i for i, character in enumerate(text) if character.isalnum()]
    hidden = set(figures[first:last])
    return "".join("*" if i in hidden else character for i, character in enumerate(text))


def _without_names(texts: pd.Series, names: pd.Series) -> pd.Series:
    pairs = zip(texts, names.astype("str"), strict=True)
    hidden = [
        text if pd.isna(text) or pd.isna(name) else text.replace(name, mask_name(name))
        for text, name in pairs
    ]
    return pd.Series(hidden, index=texts.index, dtype="str")
