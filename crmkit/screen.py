"""What the commands print: pages for people and JSON for programs, names masked in both."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from crmkit.book.results import RESULTS
from crmkit.book.schema import TABLES
from crmkit.errors import CrmkitError
from crmkit.words import t

#: Rows of a table that are shown before the rest is only counted.
ROWS = 20


def show(
    as_json: bool,
    document: Callable[[], Mapping[str, Any] | list[dict[str, Any]]],
    page: Callable[[], None],
) -> None:
    """Print the document as JSON, or the page for people.

    JSON is UTF-8 whatever the terminal speaks, because programs read it.
    """
    if not as_json:
        return page()
    text = json.dumps(document(), ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
    return None


def read_text(name: str) -> str:
    """Return the text of a file, or of standard input for ``-``; UTF-8 or GB18030.

    Raises
    ------
    CrmkitError
        ``book.not_found``, or ``cli.no_text`` for what is not text.
    """
    path = Path(name)
    if name != "-" and not path.is_file():
        raise CrmkitError("book.not_found", where=name)
    content = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CrmkitError("cli.no_text", where=name)


def say(sentence: str, style: str = "") -> None:
    """Print a sentence."""
    _console().print(sentence, style=style, markup=False, soft_wrap=True)


def complain(sentence: str) -> int:
    """Print what went wrong to standard error and return the exit code for it, 2."""
    errors = Console(stderr=True, highlight=False)
    errors.print(sentence, style="bold red", markup=False, soft_wrap=True)
    return 2


def busy(sentence: str) -> AbstractContextManager[object]:
    """Show on standard error that something is going on, where somebody is watching."""
    return Console(stderr=True).status(escape(sentence))


@contextmanager
def watched(sentence: str, steps: int) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error, where somebody is watching; lend what moves it on."""
    bar = Progress(console=Console(stderr=True), transient=True)
    with bar:
        task = bar.add_task(escape(sentence), total=steps)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def say_written(*paths: Path | None) -> None:
    """Say to standard error which files were written, and that nothing in them is masked."""
    written = [str(path) for path in paths if path]
    if written:
        Console(stderr=True, highlight=False).print(
            t("cli.written", files=t("words.comma").join(written)), markup=False, soft_wrap=True
        )


def print_table(rows: pd.DataFrame, title: str = "", most: int = ROWS) -> None:
    """Print the first rows under their headings and count the rest.

    Parameters
    ----------
    rows : DataFrame
        Columns are the headings people read; cells are printed as they are.
    title : str
    most : int
        Rows that are shown.
    """
    table = Table(title=title or None, title_justify="left", box=box.ROUNDED)
    for heading in rows.columns:
        table.add_column(str(heading), overflow="fold")  # Chinese has no spaces to break at
    for row in rows.head(most).itertuples(index=False):
        table.add_row(*map(_cell, row))
    _console().print(table)
    if len(rows) > most:
        say(t("words.and_more", count=len(rows) - most))


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows for JSON: money in CNY, dates in ISO form, missing values as null.

    >>> records(pd.DataFrame({"client_id": ["1", "2"], "assets": pd.array([1050, None], "Int64")}))
    [{'client_id': '1', 'assets': 10.5}, {'client_id': '2', 'assets': None}]
    """
    plain = pd.DataFrame({name: _plain(rows[name]) for name in rows.columns}, index=rows.index)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict(orient="records")]


def _plain(values: pd.Series) -> pd.Series:
    if values.name in _money_columns() and pd.api.types.is_numeric_dtype(values):
        values = values.astype("Float64") / 100
    elif pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.strftime("%Y-%m-%d")
    boxed = values.astype(object)
    return boxed.where(boxed.notna(), None)


def _money_columns() -> set[str]:
    columns = [c for table in (*TABLES.values(), *RESULTS.values()) for c in table.columns.values()]
    return {column.name for column in columns if column.unit.stored == "fen"}


def _cell(value: Any) -> Text:
    """Return a cell as plain text, so that a name in square brackets is not taken for a style."""
    if pd.isna(value):
        return Text("")
    number = isinstance(value, float)
    return Text(f"{value:,.2f}".rstrip("0").rstrip(".") if number else str(value))


def _console() -> Console:
    return Console(highlight=False)
