"""Opening a file people keep tables in: an Excel workbook, or text in any usual encoding."""

import codecs
import csv
from dataclasses import dataclass, field
from pathlib import Path

from crmkit.book.ledger.excel import is_ole, is_zip, open_workbook
from crmkit.errors import CrmkitError

ENCODINGS = ("utf-8", "gb18030")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",\t;|"


@dataclass(frozen=True)
class Sheet:
    """One sheet of cells.

    Attributes
    ----------
    name : str
        As it stands on the tab; for a text file, the file's name.
    rows : list of list
        ``rows[0]`` is the row that Excel numbers 1, its first cell column A. An empty cell
        is ``""``; others are text, numbers, truth values, dates or times.
    """

    name: str
    rows: list[list[object]] = field(repr=False)


def open_sheets(path: str | Path) -> list[Sheet]:
    """Return every sheet of a file, whatever its name ends in.

    Parameters
    ----------
    path : str or Path
        A workbook (.xlsx, .xls) or separated text (comma, tab, semicolon or bar) in UTF-8,
        UTF-16 with a byte order mark, GBK or GB18030. The content decides, not the name:
        systems that export tab-separated text as ``.xls`` are common.

    Raises
    ------
    CrmkitError
        When there is nothing in the file that could be a table.
    """
    data = _read(Path(path))
    if not data.strip():
        raise CrmkitError("ledger.empty_file", where=str(path))
    if is_zip(data) or is_ole(data):
        return [Sheet(name, rows) for name, rows in open_workbook(data, str(path))]
    text = _decode(data, str(path))
    if text.lstrip()[:1] == "<":
        raise CrmkitError("ledger.web_page", where=str(path))
    return [Sheet(Path(path).name, _split(text))]


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise CrmkitError("ledger.folder", where=str(path))
    try:
        return path.read_bytes()
    except (FileNotFoundError, ValueError) as error:  # ValueError: a name no system accepts
        raise CrmkitError("book.not_found", where=str(path)) from error
    except OSError as error:
        raise CrmkitError("ledger.closed_to_us", where=str(path)) from error


def _decode(data: bytes, where: str) -> str:
    """Return the text of bytes: by byte order mark, else UTF-8, else GB18030."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CrmkitError("ledger.not_a_spreadsheet", where=where)


def _split(text: str) -> list[list[object]]:
    """Return the cells of separated text, one list per row as Excel would number them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    announced = lines[0].strip().casefold().removeprefix("sep=")
    if len(announced) == 1 and announced in DELIMITERS:
        best = announced
    else:  # the delimiter is the one that yields the most cells
        best = max(DELIMITERS, key=lambda d: sum(len(row) for row in _cells(lines[:50], d)))
    rows = _cells(lines, best)
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _cells(lines: list[str], delimiter: str) -> list[list[object]]:
    with_ends = (line + "\n" for line in lines)
    try:
        return [list(row) for row in csv.reader(with_ends, delimiter=delimiter, strict=True)]
    except csv.Error:
        # A stray quotation mark would swallow the rows up to the next one: read line by line.
        return [[cell.strip('"') for cell in line.split(delimiter)] for line in lines]
