"""Books that do not fit in memory: tiers worked out by the embedded engine, file to file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import narwhals as nw
import pandas as pd

from crmkit.analysis.activity import measure
from crmkit.analysis.frames import fetched, lazy
from crmkit.analysis.tiering import (
    CONTRIBUTION_SHARE,
    TURNOVER_SHARE,
    Cuts,
    clients_only,
    draw_cuts,
    notes_on,
    place,
)
from crmkit.book.files import atomic
from crmkit.book.results import TIERING
from crmkit.book.store import scan_book
from crmkit.errors import CrmkitError

#: What the engine may hold at a time; beyond it works through files beside the result.
MEMORY = "600MB"
THREADS = 2
#: What a table of measures has to have, and what is written.
NEEDED = ("client_id", "contribution_12m", "turnover_ratio", "basis")
WRITTEN = tuple(name for name in TIERING.columns if name != "reason")


@dataclass(frozen=True)
class LargeTiering:
    """What became of a large book's clients.

    Attributes
    ----------
    groups : DataFrame
        ``tier``, ``clients`` and ``contribution_12m`` (fen) of each tier that has clients.
    cuts : Cuts
    notes : tuple of str
        What a reader of the tiers must be told, in the language in use.
    """

    groups: pd.DataFrame
    cuts: Cuts
    notes: tuple[str, ...]


def tier_file(
    source: str | Path,
    out: str | Path,
    contribution_share: float = CONTRIBUTION_SHARE,
    turnover_share: float = TURNOVER_SHARE,
    contribution_cut: float | None = None,
    turnover_cut: float | None = None,
    *,
    memory: str = MEMORY,
    threads: int = THREADS,
) -> LargeTiering:
    """Tier a saved book, or a Parquet file of measures, into a Parquet file.

    Parameters
    ----------
    source : str or Path
        A folder of ``crmkit book new``, or a Parquet file with ``client_id``,
        ``contribution_12m`` (fen), ``turnover_ratio`` and ``basis``.
    out : str or Path
        The Parquet file to write: the columns of a tiering but for the reason, which they
        and the lines give.
    contribution_share, turnover_share, contribution_cut, turnover_cut : float, optional
        How the lines are drawn, as in `crmkit.analysis.tiering.tier_book`.
    memory : str
        What the engine may hold at a time, for example ``"600MB"``.
    threads : int

    Raises
    ------
    CrmkitError
        ``book.not_found``, ``tier.not_parquet``, ``tier.no_measures`` for a file without the
        columns, ``book.not_writable`` where there is no such folder, those of
        `crmkit.book.store.open_book`.

    Examples
    --------
    >>> from datetime import date
    >>> from crmkit.book.book import make_client_book
    >>> from crmkit.book.store import save_book
    >>> book = make_client_book(date(2010, 6, 3),
    ...     client=pd.DataFrame({"client_id": ["13131", "13132"]}),
    ...     account=pd.DataFrame({"account_id": ["13131", "13132"],
    ...                           "client_id": ["13131", "13132"],
    ...                           "assets": [10_000_000, 20_000_000],
    ...                           "commission_rate": [1.0, 0.8]}))
    >>> with TemporaryDirectory() as folder:
    ...     save_book(book, Path(folder, "mine"))
    ...     tier_file(Path(folder, "mine"), Path(folder, "tiers.parquet")).groups
      tier  clients  contribution_12m
    0    B        1          128000.0
    1    D        1           80000.0
    """
    with _engine(memory, threads, Path(out).parent) as (connection, beside):
        rows, client = _measures(Path(source), connection, beside)
        cuts = draw_cuts(rows, contribution_share, turnover_share, contribution_cut, turnover_cut)
        with atomic(out) as lent:
            place(rows, cuts).select(*WRITTEN).sink_parquet(lent)
            groups = _groups(lazy(connection.read_parquet(str(lent))))
        notes = notes_on(cuts, int(groups["estimated"].sum()), client)
    return LargeTiering(groups.drop(columns="estimated"), cuts, notes)


def save_tiers(tiers: pd.DataFrame, out: str | Path) -> None:
    """Write the tiers of a book that was in memory as `tier_file` writes those of a large one.

    Parameters
    ----------
    tiers : DataFrame
        As of `crmkit.analysis.tiering.tier`.
    out : str or Path
        The Parquet file to write.
    """
    import duckdb

    rows = tiers[list(WRITTEN)].astype({"tier": "str", "basis": "str"})
    with atomic(out) as lent, duckdb.connect() as connection:
        connection.from_df(rows).write_parquet(str(lent))


@contextmanager
def _engine(memory: str, threads: int, place: Path) -> Iterator[tuple[Any, Path]]:
    """Lend an engine and a folder to spill to, beside the result, where there must be room."""
    import duckdb

    if not place.is_dir():
        raise CrmkitError("book.not_writable", where=str(place))
    with TemporaryDirectory(prefix=".crmkit-", dir=place) as spill:
        settings: dict[str, Any] = {
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": spill,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(config=settings) as connection:
            yield connection, Path(spill)


def _measures(source: Path, connection: Any, beside: Path) -> tuple[nw.LazyFrame[Any], Any]:
    """Return the measures of a book's clients, worked out once, and its client table; or the
    measures of a file, whose clients nobody knows."""
    client = None
    if source.is_dir():
        day, tables = scan_book(source, connection)
        source, client = beside / "measures.parquet", tables["client"]
        found = clients_only(measure(tables, day), client)
        found.select(*NEEDED).sink_parquet(source)
    if not source.is_file():
        raise CrmkitError("book.not_found", where=str(source))
    rows = lazy(_opened(source, connection))
    missing = [name for name in NEEDED if name not in rows.collect_schema().names()]
    if missing:
        raise CrmkitError("tier.no_measures", where=str(source), names=", ".join(missing))
    return rows, client


def _opened(source: Path, connection: Any) -> Any:
    import duckdb

    try:
        return connection.read_parquet(str(source))
    except duckdb.Error:
        raise CrmkitError("tier.not_parquet", where=str(source)) from None


def _groups(placed: nw.LazyFrame[Any]) -> pd.DataFrame:
    estimated = (nw.col("basis") == "estimated").cast(nw.Int64)
    rows = placed.with_columns(estimated=estimated, fen=nw.col("contribution_12m").cast(nw.Float64))
    sums = rows.group_by("tier").agg(
        nw.len().alias("clients"),
        nw.col("fen").sum().alias("contribution_12m"),
        nw.col("estimated").sum(),
    )
    found: pd.DataFrame = fetched(sums).to_native()
    return found.sort_values("tier").reset_index(drop=True)
