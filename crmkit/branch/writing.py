"""Books straight to disk, block by block, for those that do not fit in memory."""

import signal
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from crmkit.book.ledger import write_ledger
from crmkit.book.schema import TABLES, conform
from crmkit.book.store import new_folder, seal, write_parts
from crmkit.branch.checks import require, whole
from crmkit.branch.plan import Plan
from crmkit.branch.simulate import build_book, build_part, origin
from crmkit.errors import CrmkitError

#: More clients than this do not go into one workbook.
MOST_IN_WORKBOOK = 20_000

#: Names that end so are meant for files of kinds that no book is written as.
OF_FILES = frozenset((".csv", ".txt", ".tsv", ".xls", ".xlsm", ".xlsb", ".ods", ".parquet",
                      ".json", ".html", ".pdf", ".zip"))  # fmt: skip


def write_book(
    plan: Plan,
    path: str | Path,
    workers: int = 1,
    truth: str | Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Simulate a book and write it, whole or not at all.

    Parameters
    ----------
    plan : Plan
    path : str or Path
        A new folder, or a file ending in ``.xlsx`` for the ledger of a small book.
    workers : int
        Processes to share the blocks; the bytes are the same for any number.
    truth : str or Path, optional
        A second new folder, for what is true behind the book and the log of faults. Left out,
        nothing of it is written.
    progress : callable
        Called with the steps done and their number: blocks, or for a workbook the simulation
        and the writing.

    Raises
    ------
    CrmkitError
        ``branch.too_many`` for a workbook, ``branch.no_such_file`` for a file of another kind,
        ``branch.same_place`` for a truth within the book, and those of ``crmkit.book.store``.
    """
    require(whole(workers, 1), "workers", workers, "1, 2, 3 …")
    if Path(path).suffix.lower() in OF_FILES:
        raise CrmkitError("branch.no_such_file", where=str(path))
    if truth is not None and Path(truth).resolve() == Path(path).resolve():
        raise CrmkitError("branch.same_place", where=str(path))
    if Path(path).suffix.lower() == ".xlsx":
        _write_workbook(plan, Path(path), truth, progress)
    else:
        _write_folders(plan, Path(path), workers, truth, progress)


def _write_workbook(
    plan: Plan,
    path: Path,
    truth: str | Path | None,
    progress: Callable[[int, int], None],
) -> None:
    if plan.n > MOST_IN_WORKBOOK:
        raise CrmkitError("branch.too_many", where=str(path), most=MOST_IN_WORKBOOK)
    if path.exists():
        raise CrmkitError("book.exists", where=str(path))
    book = build_book(plan)
    progress(1, 2)
    with ExitStack() as stack:
        if truth is not None:
            folder = stack.enter_context(new_folder(truth))
            write_parts({**book.truth, "fault": book.faults}, folder, 0, origin(plan))
            seal(folder, plan.as_of, origin(plan))
        write_ledger(book, path)
    progress(2, 2)


def _write_folders(
    plan: Plan,
    path: Path,
    workers: int,
    truth: str | Path | None,
    progress: Callable[[int, int], None],
) -> None:
    with ExitStack() as stack:
        folders = [stack.enter_context(new_folder(path))]
        if truth is not None:
            folders.append(stack.enter_context(new_folder(truth)))
        with closing(_each(partial(write_block, plan, folders), plan.blocks, workers)) as steps:
            for done in steps:
                progress(done, plan.blocks)
        for folder in folders:
            seal(folder, plan.as_of, origin(plan))


def _each(write: Callable[[int], None], blocks: int, workers: int) -> Generator[int]:
    """Write every block and yield how many are done."""
    if workers == 1 or blocks == 1:
        for block in range(blocks):
            write(block)
            yield block + 1
        return
    with ProcessPoolExecutor(
        min(workers, blocks), get_context("spawn"), _leave_interrupts_alone
    ) as pool:
        with _uninterrupted():  # what is born now ignores Ctrl-C from its first moment
            results = pool.map(write, range(blocks))
        try:
            for done, _ in enumerate(results, start=1):
                yield done
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _leave_interrupts_alone() -> None:
    """Leave Ctrl-C to the process that shares out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # others may not change signals
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def write_block(plan: Plan, folders: list[Path], block: int) -> None:
    """Write one block's part of every table; into the second folder, if any, its truth."""
    tables, truth = build_part(plan, block)
    known = {name: conform(rows, TABLES[name]) for name, rows in tables.items()}
    for folder, parts in zip(folders, (known, truth), strict=False):
        write_parts(parts, folder, block, origin(plan))
