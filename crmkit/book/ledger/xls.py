"""Reading an .xls of before 2007; run as a program of its own, bytes in and sheets out.

A damaged file of that kind can take the interpreter down with it, so it gets one of its own.
"""

import pickle
import sys
from contextlib import suppress
from io import BytesIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

PASSWORD = 3
MOST_MEMORY = 4 << 30


def main() -> int:
    """Write every sheet's name and rows to standard output, or return why not."""
    with suppress(ImportError, ValueError, OSError):  # Windows, or a lower bound already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return PASSWORD
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    pages = {name: book.get_sheet_by_name(name) for name in names}
    rows = [(name, page.to_python(skip_empty_area=False)) for name, page in pages.items()]
    pickle.dump(rows, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
