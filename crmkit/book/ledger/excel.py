"""Opening Excel workbooks, and the two things their reader would keep from us.

The reader returns error cells (``#REF!``) as empty ones, and it lays a sheet out as a full
rectangle, so a single stray cell in the last column of the last row would exhaust the memory.
In files of before 2007 (.xls) error cells stay empty, and no sheet is that large.
"""

import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from crmkit.book.ledger import xls
from crmkit.errors import CrmkitError

Rows = list[list[object]]

MOST_CELLS = 20_000_000
MOST_BYTES = 1 << 30
MOST_PROPERTIES = 1 << 16

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(rb"""r=["']([A-Z]+)(\d+)["']""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]+)(\d+)["'][^>]*?(?<!/)>""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*?\bt=["']e["'])[^>]*?\br=["']([A-Z]+)(\d+)["'][^>]*?>"""
    rb"""(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""",
    re.DOTALL,
)


#: The property under which the ledger of a made-up book keeps its day.
DAY = "crmkit.as_of"
_DAY = re.compile(rf'name="{re.escape(DAY)}"[^>]*><vt:lpwstr>([0-9-]+)<'.encode())


def ledger_day(path: str | Path) -> date | None:
    """Return the day that the ledger of a made-up book is of; other files do not say.

    Examples
    --------
    >>> ledger_day("nowhere.xlsx") is None
    True
    """
    try:
        with ZipFile(path) as archive, archive.open("docProps/custom.xml") as opened:
            found = _DAY.search(opened.read(MOST_PROPERTIES))
            return date.fromisoformat(found[1].decode()) if found else None
    except (BadZipFile, KeyError, OSError, ValueError):
        return None


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes begin like a modern Office file."""
    return data.startswith(b"PK\x03\x04")


def is_ole(data: bytes) -> bool:
    """Tell whether the bytes begin like an Office file of before 2007, or an encrypted one."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def open_workbook(data: bytes, where: str) -> list[tuple[str, Rows]]:
    """Return name and rows of every worksheet; the first row is row 1, whatever is above.

    Parameters
    ----------
    data : bytes
        The whole file.
    where : str
        Its name, for errors.

    Raises
    ------
    CrmkitError
        When it is locked by a password, damaged, no workbook, or immensely wide and long.
    """
    return list(_modern(data, where) if is_zip(data) else _before_2007(data, where))


def _modern(data: bytes, where: str) -> Iterator[tuple[str, Rows]]:
    parts = _sheet_parts(data, where)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                xml = parts.get(sheet.name, b"")
                _refuse_far_cells(xml, f"{where} {sheet.name}")
                page = workbook.get_sheet_by_name(sheet.name)
                rows = [list[object](row) for row in page.to_python(skip_empty_area=False)]
                yield sheet.name, _with_errors(rows, xml)
    except CalamineError as error:
        key = "ledger.damaged" if parts else "ledger.not_a_spreadsheet"
        raise CrmkitError(key, where=where) from error


def _before_2007(data: bytes, where: str) -> list[tuple[str, Rows]]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise CrmkitError("ledger.password", where=where)
    command = [sys.executable, "-P", str(Path(xls.__file__))]
    read = subprocess.run(command, input=data, capture_output=True, check=False)
    if read.returncode == xls.PASSWORD:
        raise CrmkitError("ledger.password", where=where)
    if read.returncode:
        raise CrmkitError("ledger.not_a_spreadsheet", where=where)
    sheets: list[tuple[str, Rows]] = pickle.loads(read.stdout)  # our own program wrote it
    return sheets


def _sheet_parts(data: bytes, where: str) -> Mapping[str, bytes]:
    """Return the XML of every sheet of an .xlsx by its name; empty for other kinds."""
    try:
        with ZipFile(BytesIO(data)) as file:
            if sum(part.file_size for part in file.infolist()) > MOST_BYTES:
                raise CrmkitError("ledger.too_large", where=where)
            if "xl/workbook.xml" not in file.namelist():
                return {}
            book = ElementTree.fromstring(file.read("xl/workbook.xml"))
            links = ElementTree.fromstring(file.read("xl/_rels/workbook.xml.rels"))
            targets = {link.get("Id"): link.get("Target", "") for link in links}
            return {
                sheet.get("name", ""): file.read(_part(targets[sheet.get(_RELATION)]))
                for sheet in book.iterfind(".//{*}sheet")
            }
    except CrmkitError:
        raise
    except Exception as error:  # zipfile, zlib and the parser each have many ways to give up
        raise CrmkitError("ledger.damaged", where=where) from error


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _refuse_far_cells(xml: bytes, where: str) -> None:
    if _area(_PLACE.findall(xml)) > MOST_CELLS:  # cells with a format only do not count
        filled = _FILLED.findall(xml)
        if _area(filled) > MOST_CELLS:
            letters, row = max(filled, key=lambda place: _number(place[0]) * int(place[1]))
            raise CrmkitError("ledger.far_cell", where=where, cell=(letters + row).decode())


def _area(places: list[tuple[bytes, bytes]]) -> int:
    """Return how many cells a rectangle from A1 around all places has."""
    width = max((_number(letters) for letters in {letters for letters, _ in places}), default=0)
    return width * max((int(row) for _, row in places), default=0)


def _with_errors(rows: Rows, xml: bytes) -> Rows:
    """Put the error cells back that the reader left empty."""
    if b't="e"' in xml or b"t='e'" in xml:
        for letters, row, text in _ERROR.findall(xml):
            down, across = int(row) - 1, _number(letters) - 1
            if down < len(rows) and across < len(rows[down]):
                rows[down][across] = text.decode()
    return rows


def _number(letters: bytes) -> int:
    """Return a column's number from its letters: ``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
