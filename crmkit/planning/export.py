"""An agenda as files: an Excel workbook to print, a calendar for phone and Outlook.

Both carry names, phones and addresses in full, and both say so.
"""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

import pandas as pd

from crmkit.book.files import atomic
from crmkit.book.workbook import write_workbook
from crmkit.planning.agenda import Agenda
from crmkit.planning.events import to_calendar
from crmkit.planning.sheets import agenda_sheets
from crmkit.planning.updates import cancellations, read_calendar, renewed
from crmkit.words import t


def write_excel(
    agenda: Agenda,
    path: str | Path,
    problems: pd.DataFrame | None = None,
    notes: Sequence[str] = (),
) -> None:
    """Write the agenda as a workbook a person would print.

    The sheets: the agenda under a line for each day, the next contact of every client, who
    is not planned and why, musts not met if any, the load of the days, the tiers, what was
    wrong with the ledger if anything, the notes, and the rules with their sources.

    Parameters
    ----------
    agenda : Agenda
    path : str or Path
    problems : DataFrame, optional
        Those of the ledger, as its reader gives them.
    notes : sequence of str
        Further sentences for the sheet of notes, such as the cuts of the tiers.

    Raises
    ------
    CrmkitError
        ``book.not_writable``.
    """
    properties = {
        "title": t("planning.title"),
        "comments": t("planning.unmasked"),
        "created": datetime.combine(agenda.start, time()),
    }
    write_workbook(agenda_sheets(agenda, problems, notes), path, properties)


def write_ics(agenda: Agenda, path: str | Path) -> list[Path]:
    """Write the agenda as an iCalendar file in Beijing time.

    Visits and calls are events of their own; the messages of a day are one event with the
    list in its description. A file of that name is taken for what the reader's calendar knows:
    events that moved keep their identity and get the next sequence number, those that are
    gone are cancelled. Cancelled events are also written to a second file, ``x-cancelled.ics``
    beside ``x.ics``, for programs that remove an event only when asked by ``METHOD:CANCEL``.

    Parameters
    ----------
    agenda : Agenda
    path : str or Path

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    CrmkitError
        ``book.not_writable``.
    """
    file = Path(path)
    fresh, earlier = to_calendar(agenda), read_calendar(file)
    calendar = renewed(fresh, earlier, agenda.start) if earlier else fresh
    second = cancelled_file(file)
    off = cancellations(calendar)
    files = {file: calendar} | ({second: off} if off else {})
    for one, content in files.items():
        with atomic(one) as lent:
            lent.write_bytes(content.to_ical())
    return list(files)


def cancelled_file(path: Path) -> Path:
    """Return where the cancelled events of a calendar are written.

    Examples
    --------
    >>> cancelled_file(Path("plan.ics")).name
    'plan-cancelled.ics'
    """
    return path.with_name(f"{path.stem}-cancelled{path.suffix}")
