"""Files that are either written whole or left as they were."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crmkit.errors import CrmkitError


def user_folder() -> Path:
    """Return where what a reader enters is kept: ``CRMKIT_PROGRESS``, else their data folder."""
    named = os.environ.get("CRMKIT_PROGRESS")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("crmkit", appauthor=False))


def workbook_name(path: str | Path | None) -> Path | None:
    """Return a path as it is, unless it is named like another kind of file.

    Raises
    ------
    CrmkitError
        ``book.not_a_workbook``.

    Examples
    --------
    >>> workbook_name("day.XLSX").name
    'day.XLSX'
    """
    if path is not None and Path(path).suffix.lower() != ".xlsx":
        raise CrmkitError("book.not_a_workbook", where=str(path))
    return None if path is None else Path(path)


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """Lend a path to write to; the file takes its place only when the block succeeds.

    The lent path has the same name in a private folder beside the file, so the exchange at
    the end is a single step: nobody ever meets half a file, and a failure leaves an earlier
    file of that name untouched.

    Parameters
    ----------
    path : str or Path
        The file that is to be written or replaced.

    Yields
    ------
    Path
        Where to write meanwhile.

    Raises
    ------
    CrmkitError
        ``book.not_writable`` when the folder is missing or closed to us, the disk is full,
        or another program (Excel on Windows) holds the file.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     with atomic(Path(folder, "day.txt")) as lent:
    ...         _ = lent.write_text("1", encoding="utf-8")
    ...     Path(folder, "day.txt").read_text(encoding="utf-8")
    '1'
    """
    target = Path(path)
    try:
        with TemporaryDirectory(prefix=".crmkit-", dir=target.parent) as folder:
            lent = Path(folder, target.name)
            yield lent
            lent.replace(target)
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(path)) from error
