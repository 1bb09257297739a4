"""A client book on disk: a folder of Parquet files and a ``book.json`` that vouches for them.

Each table is a folder of one or more parts, so that a book of millions can be written part
by part. ``book.json`` is written last; a folder without it is not a book.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.schema import TABLES
from crmkit.errors import CrmkitError

#: The layout of the folder; a reader that meets a higher number must be renewed.
FORMAT = 1
SEAL = "book.json"


def save_book(book: ClientBook, path: str | Path) -> None:
    """Save a book as a new folder, whole or not at all.

    Parameters
    ----------
    book : ClientBook
        Only the tables of the schema are saved, never what is true behind them.
    path : str or Path
        The folder to make.

    Raises
    ------
    CrmkitError
        ``book.exists`` when there is something of that name, ``book.not_writable`` when the
        folder cannot be made.

    Examples
    --------
    >>> book = make_client_book(date(2010, 6, 3), account=pd.DataFrame({"account_id": ["1"]}))
    >>> with TemporaryDirectory() as folder:
    ...     save_book(book, Path(folder, "mine"))
    ...     open_book(Path(folder, "mine")).account["account_id"].tolist()
    ['1']
    """
    with new_folder(path) as folder:
        write_parts(book.tables, folder, origin=book.origin)
        seal(folder, book.as_of, book.origin)


def open_book(path: str | Path) -> ClientBook:
    """Open a book that ``save_book`` or ``crmkit book new`` has written.

    Raises
    ------
    CrmkitError
        ``book.not_found``, ``book.not_a_book``, ``book.no_clients``, ``book.newer`` or
        ``book.damaged`` when a file is missing or is not the one that was sealed.
    """
    folder = Path(path)
    described = _checked(folder)
    tables = {name: read_table(folder / name) for name in TABLES if (folder / name).is_dir()}
    day = date.fromisoformat(described["as_of"])
    return make_client_book(day, described["origin"], **tables)


def scan_book(path: str | Path, connection: Any) -> tuple[date, dict[str, Any]]:
    """Return a book's day and its tables as they lie on disk, for what exceeds the memory.

    Parameters
    ----------
    path : str or Path
    connection : duckdb.DuckDBPyConnection

    Returns
    -------
    day : date
    tables : dict of str to duckdb.DuckDBPyRelation
        Every table of the schema; one that the folder lacks has no rows.

    Raises
    ------
    CrmkitError
        Those of `open_book`.

    Examples
    --------
    >>> import duckdb
    >>> book = make_client_book(date(2010, 6, 3), account=pd.DataFrame({"account_id": ["1"]}))
    >>> with TemporaryDirectory() as folder, duckdb.connect() as connection:
    ...     save_book(book, Path(folder, "mine"))
    ...     day, tables = scan_book(Path(folder, "mine"), connection)
    ...     day.isoformat(), len(tables["account"])
    ('2010-06-03', 1)
    """
    folder = Path(path)
    described = _checked(folder)
    tables = {
        name: connection.read_parquet(str(folder / name / "*.parquet"))
        if (folder / name).is_dir()
        else connection.from_df(table.empty())
        for name, table in TABLES.items()
    }
    return date.fromisoformat(described["as_of"]), tables


def _checked(folder: Path) -> dict[str, Any]:
    """Return what ``book.json`` says, once every file is there as it was sealed."""
    described = _described(folder)
    if not (folder / "client").is_dir():
        raise CrmkitError("book.no_clients", where=str(folder))
    for name, digest in described["files"].items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise CrmkitError("book.damaged", where=str(folder), file=name)
    return described


def _described(folder: Path) -> dict[str, Any]:
    """Return what ``book.json`` says, once it is plain that this program can read it."""
    if not folder.is_dir():
        raise CrmkitError("book.not_found", where=str(folder))
    try:
        described: dict[str, Any] = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        number = described["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CrmkitError("book.not_a_book", where=str(folder)) from None
    if number > FORMAT:
        raise CrmkitError("book.newer", where=str(folder))
    return described


@contextmanager
def new_folder(path: str | Path) -> Iterator[Path]:
    """Lend a folder to fill; it takes its name only when the block succeeds."""
    target = Path(path)
    if target.exists():
        raise CrmkitError("book.exists", where=str(path))
    try:
        with TemporaryDirectory(prefix=".crmkit-", dir=target.parent) as beside:
            lent = Path(beside, target.name)
            lent.mkdir()
            yield lent
            lent.rename(target)
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error


def write_parts(
    tables: Mapping[str, pd.DataFrame],
    folder: Path,
    number: int = 0,
    origin: Mapping[str, Any] | None = None,
) -> None:
    """Write a part of each table as Parquet; equal rows give equal bytes.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    folder : Path
        The book's folder; each table has a folder of its own in it.
    number : int
        The part's place; parts are read in this order.
    origin : mapping, optional
        Stands in every file's own metadata, so that a single file still says that it is
        synthetic.
    """
    import duckdb

    says = ", ".join(f"{key}: {_quoted(value)}" for key, value in (origin or {}).items())
    options = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, KV_METADATA {{{says}}}"
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, rows in tables.items():
            (folder / name).mkdir(exist_ok=True)
            target = folder / name / f"{number:05d}.parquet"
            connection.register("part", rows)
            connection.execute(f"COPY part TO {_quoted(target)} ({options})")


def read_table(folder: Path) -> pd.DataFrame:
    """Return a table's parts, one after the other."""
    import duckdb

    with duckdb.connect() as connection:
        parts = _quoted(folder / "*.parquet")
        return connection.execute(f"SELECT * FROM read_parquet({parts})").df()


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def seal(folder: Path, as_of: date, origin: Mapping[str, Any]) -> None:
    """Write ``book.json``: the day, the origin and the digest of every file."""
    parts = sorted(folder.glob("*/*.parquet"))
    described = {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "synthetic": bool(origin.get("synthetic", False)),
        "origin": dict(origin),
        "files": digests(parts, folder),
    }
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / SEAL).write_text(text, encoding="utf-8", newline="\n")


def digests(files: Iterable[Path], folder: Path) -> dict[str, str]:
    """Return the SHA-256 of files by their name within a folder."""
    return {file.relative_to(folder).as_posix(): _digest(file) for file in files}


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
