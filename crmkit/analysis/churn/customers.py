"""Customer tables of other layouts: a bank's churn table works by naming its columns."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.churn.risk import KINDS
from crmkit.book.ledger.sheets import open_sheets
from crmkit.errors import CrmkitError
from crmkit.words import t

#: What a mapping may name: our word on the left, the table's heading on the right.
NAMES = ("client_id", "churned", "churned_is", "tenure", "tier", "ignore")
#: What counts as yes and as no in the column of who left.
YES = {"1", "1.0", "yes", "y", "true", "t", "是", "流失", "churned", "attrited", "left"}
NO = {"0", "0.0", "no", "n", "false", "f", "否", "留存", "未流失", "existing", "retained"}
#: From this share on, a column whose cells are numbers is one of numbers, and the rest missing.
NEARLY_ALL = 0.95

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# the last word of a heading that names whose row it is: RowNumber, customer_id, CLIENTNUM, 编号
_NUMBERED = re.compile(
    r"(?:^|[\W_]|(?<=[a-z0-9])(?=[A-Z])|(?i:client|customer|cust|user|account|row))"
    r"(?i:ids?|no|nr|num|number|index|idx)\W*$|序号|编号|号码|行号|(?:客户|账|账户|卡)号$"
)


@dataclass(frozen=True)
class Customers:
    """A table of customers in our words.

    Attributes
    ----------
    known : DataFrame
        ``client_id`` and every column that may predict.
    churned : Series of bool
    tenure : Series of float or None
        Months, or whatever the table counts in.
    tier : Series or None
    notes : tuple of str
    """

    known: pd.DataFrame
    churned: pd.Series
    tenure: pd.Series | None
    tier: pd.Series | None
    notes: tuple[str, ...]


def read_mapping(words: Iterable[str]) -> dict[str, Any]:
    """Return a mapping from ``ours=theirs`` words and TOML files, later ones first.

    Parameters
    ----------
    words : iterable of str

    Raises
    ------
    CrmkitError
        ``customers.bad_map``, ``customers.bad_name``, ``customers.bad_file``,
        ``customers.bad_type``, ``book.not_found``.

    Examples
    --------
    >>> read_mapping(["churned=Exited", "ignore=RowNumber,Surname"])
    {'churned': 'Exited', 'ignore': ['RowNumber', 'Surname']}
    """
    found: dict[str, Any] = {}
    for word in words:
        name, equals, theirs = word.partition("=")
        if equals:
            name = name.strip()
            found[name] = theirs.strip()
        else:
            found |= _read_file(Path(word))
    return _checked(found)


def _checked(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping whose entries are what they should be: words, and a list to ignore."""
    found = dict(mapping)
    for name, theirs in found.items():
        if name not in NAMES:
            raise CrmkitError("customers.bad_name", name=name, names=", ".join(NAMES))
        if name == "ignore":
            several = re.split("[,，]", theirs) if isinstance(theirs, str) else theirs
            if not isinstance(several, list | tuple) or not all(
                isinstance(one, str) for one in several
            ):
                raise CrmkitError("customers.bad_ignore", found=theirs)
            found[name] = [one.strip() for one in several if one.strip()]
        elif not isinstance(theirs, str if name != "churned_is" else str | int | float):
            raise CrmkitError("customers.bad_type", name=name, found=theirs)
    return found


def _read_file(path: Path) -> dict[str, Any]:
    if path.suffix != ".toml":
        raise CrmkitError("customers.bad_map", word=str(path))
    if not path.is_file():
        raise CrmkitError("book.not_found", where=str(path))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CrmkitError("customers.bad_file", where=str(path), error=error) from error


def read_customers(path: str | Path, mapping: Mapping[str, Any]) -> Customers:
    """Read a table of customers, one row each, whose columns a mapping names.

    Parameters
    ----------
    path : str or Path
        .xlsx, .xls or separated text; the first row that is not blank has the headings.
    mapping : mapping
        ``churned`` (needed): who left. ``churned_is``: the word that means so, where it is
        not a usual yes. ``client_id`` (the column of that name by default), ``tenure`` (how
        long a customer), ``tier`` (any group), ``ignore``: a list of columns.

    Raises
    ------
    CrmkitError
        Naming the column, the value, and what to do.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "bank.csv")
    ...     _ = file.write_text("Id,Age,Exited\\n1,40,1\\n2,30,0", "utf-8")
    ...     bank = read_customers(file, {"client_id": "Id", "churned": "Exited"})
    >>> bank.churned.tolist(), bank.known.columns.tolist()
    ([True, False], ['client_id', 'Age'])
    """
    mapping = _checked(mapping)
    table = _table(Path(path))
    if "client_id" in table:
        mapping.setdefault("client_id", "client_id")
    if "churned" not in mapping:
        raise CrmkitError("customers.no_churned", where=str(path), columns=_list(table))
    for name, theirs in mapping.items():
        for heading in theirs if isinstance(theirs, list) else [theirs]:
            if name != "churned_is" and heading not in table:
                raise CrmkitError("customers.no_column", where=str(path), name=name,
                                  heading=heading, columns=_list(table))  # fmt: skip
    churned = _churned(table[mapping["churned"]], mapping)
    unclear = churned.isna()
    notes = [t("customers.unclear", count=int(unclear.sum()))] if unclear.any() else []
    table, churned = table[~unclear], churned[~unclear].astype(bool)
    ids, said = _ids(table, mapping)
    apart = {mapping["churned"], mapping.get("client_id"), *mapping.get("ignore", ())}
    known, more = _predictors(table.drop(columns=[c for c in table if c in apart]))
    known.insert(0, "client_id", ids)
    tenure = table[mapping["tenure"]] if "tenure" in mapping else None
    return Customers(
        known,
        churned,
        None if tenure is None else _number(tenure, path),
        table[mapping["tier"]].map(_word, na_action="ignore") if "tier" in mapping else None,
        (*notes, *said, *more),
    )


def _table(path: Path) -> pd.DataFrame:
    """Return the first sheet with rows, its headings on top, blank cells missing."""
    for sheet in open_sheets(path):
        rows = [(number, row) for number, row in enumerate(sheet.rows, 1)
                if any(cell not in (None, "") for cell in row)]  # fmt: skip
        if len(rows) > 1:
            headings = _headings(rows[0][1], str(path))
            width = len(headings)
            for number, row in rows[1:]:
                if any(cell not in (None, "") for cell in row[width:]):
                    raise CrmkitError("customers.ragged", where=str(path), row=number, width=width)
            table = pd.DataFrame([row[:width] for _, row in rows[1:]], columns=headings)
            table = pd.DataFrame({name: table[name].astype("object").map(_plain) for name in table})
            named = [bool(str(cell or "").strip()) for cell in rows[0][1][:width]]
            empty = [heading for heading, has in zip(headings, named, strict=True)
                     if not has and table[heading].isna().all()]  # fmt: skip
            table = table.drop(columns=empty)
            return table
    raise CrmkitError("customers.empty", where=str(path))


def _headings(cells: Sequence[object], where: str) -> list[str]:
    """Return the headings up to the last; a column without one is called by its place."""
    names = [str(_word(cell)) if cell is not None else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    names = [name or t("customers.column", number=n) for n, name in enumerate(names, 1)]
    twice = [name for n, name in enumerate(names) if name in names[:n]]
    if twice:
        raise CrmkitError("customers.twice", where=where,
                          headings=t("words.comma").join(dict.fromkeys(twice)))  # fmt: skip
    return names


def _plain(cell: Any) -> Any:
    plain = cell.strip() if isinstance(cell, str) else cell
    return None if plain == "" or pd.isna(plain) else plain


def _word(cell: Any) -> str:
    """Return a cell as people write it: 2 and not 2.0."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell).strip()


def _ids(table: pd.DataFrame, mapping: Mapping[str, Any]) -> tuple[pd.Series, list[str]]:
    """Return the customers' numbers, the places of the rows where the table has none."""
    if "client_id" not in mapping:
        return pd.Series(table.index + 1, index=table.index).astype("str"), []
    cells = table[mapping["client_id"]]
    ids = cells.map(_word, na_action="ignore")
    blank, twice = int(ids.isna().sum()), ids.dropna()[ids.dropna().duplicated()]
    notes = [t("customers.no_id", count=blank)] * bool(blank)
    notes += [t("customers.same_id", count=len(twice), found=_few(twice))] * bool(len(twice))
    return ids.fillna("").astype("str"), notes


def _predictors(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the columns that may predict, numbers as numbers, and what was done to them."""
    kept, notes, numbers_of_rows, words = {}, [], [], []
    for name in map(str, table.columns):
        values, lost = _as_numbers(table[name])
        if _is_number_of_row(values, name):
            numbers_of_rows.append(name)
        elif not pd.api.types.is_numeric_dtype(values) and values.nunique() > KINDS:
            words.append(name)
        elif name != "client_id":
            kept[name] = values
        if len(lost):
            key = "customers.lost" if pd.api.types.is_numeric_dtype(values) else "customers.mixed"
            notes.append(t(key, column=name, count=len(lost), found=_few(lost)))
    comma = t("words.comma")
    if numbers_of_rows:
        notes.append(t("customers.row_numbers", columns=comma.join(numbers_of_rows)))
    if words:
        notes.append(t("customers.many_words", columns=comma.join(words), kinds=KINDS))
    return pd.DataFrame(kept, index=table.index), notes


def _as_numbers(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return a column as numbers where nearly all of it is, and the cells that are none.

    Where half or more of a column of words are numbers, the cells that are none come back too.
    """
    numbers = pd.to_numeric(values.map(_unpunctuated), errors="coerce").astype("float64")
    numbers = numbers.replace([np.inf, -np.inf], np.nan)
    lost = values[numbers.isna() & values.notna()]
    share = numbers.notna().sum() / max(values.notna().sum(), 1)
    if share >= NEARLY_ALL or not values.notna().any():
        return numbers, lost
    return values, lost if share >= 0.5 else lost.iloc[:0]


def _unpunctuated(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    plain = unicodedata.normalize("NFKC", cell)
    return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain


def _is_number_of_row(values: pd.Series, name: str) -> bool:
    """Say whether a column counts or names the rows: no two alike, and called or ordered so."""
    known = values.dropna()
    if not pd.api.types.is_numeric_dtype(values) or not len(known):
        return False
    if known.duplicated().any() or (known % 1 != 0).any():
        return False
    # amounts by which a table happens to be sorted lie further apart than row numbers do
    dense = len(known) >= 20 and known.max() - known.min() <= 10 * len(known)
    ordered = known.is_monotonic_increasing or known.is_monotonic_decreasing
    return bool(_NUMBERED.search(name)) or (dense and ordered)


def _churned(values: pd.Series, mapping: Mapping[str, Any]) -> pd.Series:
    """Return who left; missing where the cell is blank."""
    said = values.map(_word, na_action="ignore")
    if "churned_is" in mapping:
        asked = _word(mapping["churned_is"])
        if not (said == asked).any():
            raise CrmkitError("customers.never", value=asked, found=_few(said))
        return (said == asked).where(said.notna())
    lower = said.map(str.casefold, na_action="ignore")
    strange = lower.notna() & ~lower.isin(YES | NO)
    if strange.any():
        raise CrmkitError("customers.strange", column=mapping["churned"], found=_few(said[strange]))
    return lower.isin(YES).where(lower.notna())


def _number(tenure: pd.Series, path: str | Path) -> pd.Series:
    values, _ = _as_numbers(tenure)
    if pd.api.types.is_numeric_dtype(values):
        return values
    raise CrmkitError("customers.no_number", where=str(path), name="tenure", found=_few(tenure))


def _list(table: pd.DataFrame) -> str:
    return t("words.comma").join(map(str, table.columns))


def _few(values: pd.Series) -> str:
    return t("words.comma").join(map(str, values.dropna().unique()[:5]))
