"""Customer tables of other layouts: a bank's churn table works by naming its columns."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from crmkit.book.ledger.sheets import open_sheets
from crmkit.errors import CrmkitError
from crmkit.words import t

#: What a mapping may name: our word on the left, the table's heading on the right.
NAMES = ("client_id", "churned", "churned_is", "tenure", "tier", "ignore")
#: What counts as yes and as no in the column of who left.
YES = {"1", "1.0", "yes", "y", "true", "t", "是", "流失", "churned", "attrited", "left"}
NO = {"0", "0.0", "no", "n", "false", "f", "否", "留存", "未流失", "existing", "retained"}


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
        ``customers.bad_map``, ``customers.bad_name``, ``book.not_found``.

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
            found[name] = theirs.split(",") if name == "ignore" else theirs.strip()
        else:
            found |= _read_file(Path(word))
    for name in found:
        if name not in NAMES:
            raise CrmkitError("customers.bad_name", name=name, names=", ".join(NAMES))
    return found


def _read_file(path: Path) -> dict[str, Any]:
    if path.suffix != ".toml":
        raise CrmkitError("customers.bad_map", word=str(path))
    if not path.is_file():
        raise CrmkitError("book.not_found", where=str(path))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CrmkitError("customers.bad_map", word=str(path)) from error


def read_customers(path: str | Path, mapping: Mapping[str, Any]) -> Customers:
    """Read a table of customers, one row each, whose columns a mapping names.

    Parameters
    ----------
    path : str or Path
        .xlsx, .xls or separated text; the first row that is not blank has the headings.
    mapping : mapping
        ``churned`` (needed): who left. ``churned_is``: the word that means so, where it is
        not a usual yes. ``client_id``, ``tenure`` (how long a customer), ``tier`` (any
        group), ``ignore``: a list of columns.

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
    table = _table(Path(path))
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
    used = {name: mapping[name] for name in ("tenure", "tier") if name in mapping}
    ids = table[mapping["client_id"]] if "client_id" in mapping else table.index + 1
    apart = {mapping["churned"], mapping.get("client_id"), *mapping.get("ignore", ())}
    known = table.drop(columns=[column for column in table if column in apart])
    known.insert(0, "client_id", pd.Series(ids, index=table.index).astype("str"))
    parts = {name: table[heading] for name, heading in used.items()}
    return Customers(
        known,
        churned,
        _number(parts.get("tenure"), "tenure", path),
        parts.get("tier"),
        tuple(notes),
    )


def _table(path: Path) -> pd.DataFrame:
    """Return the first sheet with rows, its headings on top, numbers as numbers."""
    for sheet in open_sheets(path):
        rows = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
        if len(rows) > 1:
            headings = [str(cell).strip() for cell in rows[0]]
            table = pd.DataFrame([row[: len(headings)] for row in rows[1:]], columns=headings)
            return table.apply(_as_numbers)
    raise CrmkitError("customers.empty", where=str(path))


def _as_numbers(values: pd.Series) -> pd.Series:
    plain = values.map(lambda cell: cell.strip() if isinstance(cell, str) else cell)
    plain = plain.where(plain != "", None)
    numbers = pd.to_numeric(plain, errors="coerce")
    return numbers if numbers.notna().equals(plain.notna()) else plain


def _churned(values: pd.Series, mapping: Mapping[str, Any]) -> pd.Series:
    """Return who left; missing where the cell is blank."""
    said = values.astype("object").map(lambda cell: str(cell).strip(), na_action="ignore")
    if "churned_is" in mapping:
        if not (said == str(mapping["churned_is"])).any():
            raise CrmkitError("customers.never", value=mapping["churned_is"],
                              found=_few(said))  # fmt: skip
        return (said == str(mapping["churned_is"])).where(said.notna())
    lower = said.str.casefold()
    strange = lower.notna() & ~lower.isin(YES | NO)
    if strange.any():
        raise CrmkitError("customers.strange", column=mapping["churned"], found=_few(said[strange]))
    return lower.isin(YES).where(lower.notna())


def _number(values: pd.Series | None, name: str, path: str | Path) -> pd.Series | None:
    if values is None or pd.api.types.is_numeric_dtype(values):
        return None if values is None else values.astype("float64")
    raise CrmkitError("customers.no_number", where=str(path), name=name, found=_few(values))


def _list(table: pd.DataFrame) -> str:
    return t("words.comma").join(map(str, table.columns))


def _few(values: pd.Series) -> str:
    return t("words.comma").join(map(str, values.dropna().unique()[:5]))
