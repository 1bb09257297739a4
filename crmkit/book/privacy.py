"""Masking: what a screen, a figure or a printed table may show of a client.

The patterns follow the display annex of the financial data standard JR/T 0171-2020 as
commonly applied; the standard's own text was not consulted. Files that are exported keep
everything.
"""

import re
from collections.abc import Callable, Mapping
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
_NUMBER_RUN = re.compile(r"(?<![\d.])\+?\d(?:[ ()（）-]?\d){6,18}[\dXx]?(?![\d.]*\s*(?:元|万|亿))")
_DAY = re.compile(r"(?:19|20)\d{2}[- ]?(?:0?[1-9]|1[0-2])[- ]?(?:0?[1-9]|[12]\d|3[01])")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


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

    Runs of seven digits and more are masked unless they are a date or an amount.

    >>> mask_text("改用 154 1234 5678，身份证 999999199001011234，2010-01-01 约定")
    '改用 154 **** 5678，身份证 9999**********1234，2010-01-01 约定'
    """
    hidden = _NUMBER_RUN.sub(lambda found: _hide_run(found[0]), text)
    return EMAIL.sub(lambda found: mask_handle(found[0]), hidden)


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
    if _DAY.fullmatch(run):
        return run
    digits = sum(c.isalnum() for c in run)
    if digits >= 15:
        return _hide(run, 4, digits - 4)
    return _hide(run, 3, digits - 4) if digits == 11 else _hide(run, 0, digits - 4)


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
