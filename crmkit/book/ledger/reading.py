"""Reading a ledger: from a file of sheets to a client book and a list of problems."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

import pandas as pd

from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.ledger.cells import Finding, is_blank
from crmkit.book.ledger.clients import Records, client_tables, identify, keep
from crmkit.book.ledger.entries import Entry, Ignored, ignored_table, problem_table
from crmkit.book.ledger.headings import KINDS, Layout, find_layout
from crmkit.book.ledger.rows import SheetRows, read_rows
from crmkit.book.ledger.sheets import Sheet, open_sheets
from crmkit.book.schema import TABLES
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Median assets of a ledger's clients, in fen, from which its unit is in doubt: 100 m yuan.
DOUBTFUL_ASSETS = 10_000_000_000


@dataclass(frozen=True)
class Reading:
    """What a ledger holds and what is wrong with it.

    Attributes
    ----------
    book : ClientBook
        Every client that could be told apart, with every cell that could be read.
    problems : DataFrame
        What is to be put right: ``sheet``, ``row`` (as Excel numbers it), ``column`` (the
        heading in the file), ``value`` (what stands there), ``kind`` (a word for programs),
        ``problem``, ``hint``.
    ignored : DataFrame
        Rows that are no data and sheets that are no tables: ``sheet``, ``row`` (missing for
        a whole sheet), ``reason``.
    notes : DataFrame
        What was understood and ought to be known, in the columns of ``problems``: clients
        who want no contact, columns kept as they are, units taken for granted.
    """

    book: ClientBook
    problems: pd.DataFrame = field(repr=False)
    ignored: pd.DataFrame = field(repr=False)
    notes: pd.DataFrame = field(repr=False)


def read_ledger(path: str | Path, as_of: date, activity: str | Path | None = None) -> Reading:
    """Read a manager's client ledger (客户台账).

    Columns are found by their headings in either language, in any order and below any title
    rows; sheets of monthly activity, contacts, complaints, referrals and holdings in the
    same file are read along. A cell that cannot be read costs that cell, never the client.
    Remarks such as ``6月1日通话`` become contacts and stay remarks.

    Parameters
    ----------
    path : str or Path
        .xlsx, .xls, or separated text in any usual encoding.
    as_of : date
        The day the ledger describes.
    activity : str or Path, optional
        A second file with monthly activity.

    Raises
    ------
    CrmkitError
        When a file cannot be used at all.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "ledger.csv")
    ...     _ = file.write_text("姓名,客户号,资产（万元）,备注\\n张三,13131,10,6月1日通话", "utf-8")
    ...     book = read_ledger(file, date(2010, 6, 3)).book
    >>> book.account[["client_id", "assets"]]
      client_id    assets
    0     13131  10000000
    >>> book.contact["date"].dt.date.tolist()
    [datetime.date(2010, 6, 1)]
    """
    sheets, ignored = _read_file(path, as_of)
    ledgers = [sheet for sheet in sheets if sheet.layout.kind == "ledger"]
    if not ledgers:
        raise CrmkitError("ledger.no_headings", where=str(path))
    if activity is not None:
        more, aside = _read_activity(activity, as_of)
        sheets, ignored = sheets + more, ignored + aside
    tables, entries = _tables(sheets, as_of)
    if not tables["client"]:
        raise CrmkitError("ledger.no_clients", where=str(path))
    frames = {kind: pd.DataFrame(records) for kind, records in tables.items()}
    entries = _in_file_order(entries, sheets)
    invented = pd.DataFrame(frames["client"]).get("is_synthetic", pd.Series(dtype="boolean"))
    origin = {"file": Path(path).name} | ({"synthetic": True} if invented.any() else {})
    return Reading(
        make_client_book(as_of, origin, **frames),
        problem_table(entries),
        ignored_table(ignored + [row for sheet in sheets for row in sheet.ignored]),
        problem_table(entries, notes=True),
    )


def _read_file(
    path: str | Path, as_of: date, prefix: str = ""
) -> tuple[list[SheetRows], list[Ignored]]:
    """Return the sheets that hold tables, and why the others do not."""
    read: list[SheetRows] = []
    ignored: list[Ignored] = []
    for sheet in open_sheets(path):
        named = Sheet(f"{prefix}{sheet.name}", sheet.rows)
        layout = find_layout(named)
        if layout is None or layout.missing:
            ignored.append(Ignored(named.name, None, _why_no_table(sheet, layout)))
        else:
            read.append(read_rows(named, layout, as_of))
    return read, ignored


def _why_no_table(sheet: Sheet, layout: Layout | None) -> str:
    if layout is not None:
        columns = t("problem.comma").join(column.heading() for column in layout.missing)
        return t("ledger.column_missing", kind=TABLES[layout.kind].title(), columns=columns)
    blank = all(is_blank(cell) for row in sheet.rows for cell in row)
    return t("ledger.blank_sheet" if blank else "ledger.no_table")


def _read_activity(path: str | Path, as_of: date) -> tuple[list[SheetRows], list[Ignored]]:
    """Return the sheets of the second file; a ledger in it does not count."""
    sheets, ignored = _read_file(path, as_of, prefix=f"{Path(path).name} ")
    if not any(sheet.layout.kind == "activity" for sheet in sheets):
        raise CrmkitError("ledger.no_activity", where=str(path))
    for sheet in sheets:
        if sheet.layout.kind == "ledger":
            ignored.append(Ignored(sheet.sheet, None, t("ledger.second_ledger")))
    return [sheet for sheet in sheets if sheet.layout.kind != "ledger"], ignored


def _tables(sheets: list[SheetRows], as_of: date) -> tuple[dict[str, Records], list[Entry]]:
    """Return the records of every table, and everything there is to say."""
    entries = [entry for sheet in sheets for entry in sheet.entries]
    entries += [entry for sheet in sheets for entry in _about_ledger(sheet)]
    by_kind = {k: [r for s in sheets if s.layout.kind == k for r in s.rows] for k in KINDS}
    clients, said = identify(by_kind.pop("ledger"))
    tables, more = client_tables(clients, as_of)
    entries += said + more
    for kind, rows in by_kind.items():
        records, said = keep(kind, rows, clients)
        entries += said
        tables[kind] = _without_repeats(records, tables.get(kind, []))
    return tables, entries


def _without_repeats(recorded: Records, remarked: Records) -> Records:
    """Return recorded contacts and those known from remarks only."""
    known = {(r["client_id"], r["date"], r.get("channel")) for r in recorded if remarked}
    return recorded + [
        r for r in remarked if (r["client_id"], r["date"], r["channel"]) not in known
    ]


def _about_ledger(sheet: SheetRows) -> Iterator[Entry]:
    """Yield what only a whole sheet shows: no client numbers at all, assets in another unit."""
    if sheet.layout.kind != "ledger":
        return
    name, row = sheet.sheet, sheet.layout.row + 1
    if "client_id" not in sheet.layout.fields:
        yield Entry(name, row, "", "", Finding("no_id_column"))
    assets = [a for r in sheet.rows if (a := r.values.get("assets")) is not None]
    if assets and median(assets) >= DOUBTFUL_ASSETS:
        heading = sheet.layout.fields["assets"].heading
        typical = round(median(assets) / 10**10, 1)
        yield Entry(name, row, heading, heading, Finding("assets_doubtful", {"typical": typical}))


def _in_file_order(entries: Iterable[Entry], sheets: list[SheetRows]) -> list[Entry]:
    order = {sheet.sheet: n for n, sheet in enumerate(sheets)}
    return sorted(entries, key=lambda e: (order[e.sheet], e.row or 0))
