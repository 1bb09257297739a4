"""From rows to the tables of a book: who is a client, which row is a repetition."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, count
from typing import Any

from crmkit.book.ledger.cells import Finding
from crmkit.book.ledger.entries import Entry
from crmkit.book.ledger.remarks import asks_to_be_left_alone, contacts_in
from crmkit.book.ledger.rows import Row
from crmkit.book.schema import TABLES
from crmkit.words import t

Records = list[dict[str, Any]]


def identify(rows: Iterable[Row]) -> tuple[dict[str, Row], list[Entry]]:
    """Return the row of every client by client number, and what there is to say.

    The first row of a number counts. A name without a number gets a temporary one; a row
    with neither is nobody. Of a row left out only the reason is told, not its other faults.

    Parameters
    ----------
    rows : iterable of Row
        Of all ledger sheets, in order.
    """
    rows = list(rows)
    taken = {row.values.get("client_id") for row in rows}
    clients: dict[str, Row] = {}
    entries: list[Entry] = []
    for row in rows:
        client_id = row.values.get("client_id")
        if client_id in clients:
            entries.append(_repeated(row, clients[client_id], "client_id"))
        elif client_id is None and row.values.get("name") is None:
            entries.append(row.entry("client_id", Finding("no_client"), lost=True))
        elif client_id is not None:
            clients[client_id] = row
            entries += row.entries()
        else:
            client_id = temporary(row, taken)
            clients[client_id] = row
            entries += row.entries()
            if "client_id" in row.layout.fields and not row.fault("client_id"):
                finding = Finding("no_client_id", {"temporary": client_id})
                entries.append(row.entry("client_id", finding))
    return clients, entries


def client_tables(
    clients: Mapping[str, Row], as_of: date
) -> tuple[dict[str, Records], list[Entry]]:
    """Return the records of the four tables that the ledger's rows fill.

    Those of clients and accounts are the rows themselves; each table takes its own columns.
    """
    tables: dict[str, Records] = {"client": [], "account": [], "contact": [], "extra": []}
    entries: list[Entry] = []
    for client_id, row in clients.items():
        values = {**row.values, "client_id": client_id, "account_id": client_id}
        remark = values.get("note") or ""
        if asks_to_be_left_alone(remark):
            values["do_not_contact"] = True
            entries.append(row.entry("note", Finding("do_not_contact")))
        tables["client"].append(values)
        tables["account"].append(values)
        tables["contact"] += _contacts(values, as_of)
        tables["extra"] += [
            {"client_id": client_id, "heading": heading, "text": text}
            for heading, text in row.extra().items()
        ]
    return tables, entries


def keep(kind: str, rows: Iterable[Row], known: Collection[str]) -> tuple[Records, list[Entry]]:
    """Return the records of any other table, and what there is to say about those left out.

    Parameters
    ----------
    kind : str
        Name of the table.
    rows : iterable of Row
    known : collection of str
        The client numbers of the ledger; rows of other clients are left out.
    """
    table = TABLES[kind]
    needed = [c.name for c in table.columns.values() if c.required]
    taken: set[object] = {row.values.get(f"{kind}_id") for row in rows}
    seen: dict[tuple[object, ...], Row] = {}
    records: Records = []
    entries: list[Entry] = []
    for row in rows:
        values = dict(row.values)
        if f"{kind}_id" in table.columns and values.get(f"{kind}_id") is None:
            values[f"{kind}_id"] = temporary(row, taken)
        missing = next((name for name in needed if values.get(name) is None), None)
        key = tuple(values.get(name) for name in table.key)
        if missing:
            entries.append(_incomplete(row, missing))
        elif values["client_id"] not in known:
            entries.append(row.entry("client_id", Finding("unknown_client"), lost=True))
        elif key in seen:
            entries.append(_repeated(row, seen[key], table.key[-1]))
        else:
            seen[key] = row
            entries += row.entries()
            records.append(values)
    return records, entries


def temporary(row: Row, taken: set[Any]) -> str:
    """Return a number for a row that has none, and take it: ``row-12``."""
    plain = f"row-{row.number}"
    names = chain([plain], (f"{plain}-{n}" for n in count(2)))
    number = next(name for name in names if name not in taken)
    taken.add(number)
    return number


def _incomplete(row: Row, missing: str) -> Entry:
    """Return why a row lacks a value its table cannot do without."""
    return row.entry(missing, row.fault(missing) or Finding("cell_missing"), lost=True)


def _repeated(row: Row, first: Row, column: str) -> Entry:
    """Return what to say of a row with the key of an earlier one: the same, or what differs."""
    before = {**first.values, **first.extra()}
    now = {**row.values, **row.extra()}
    added = [name for name, value in now.items() if value not in (None, before.get(name))]
    slots = {"first": first.number, "sheet": first.sheet}
    if not added:
        return row.entry(column, Finding("repeated_same", slots), lost=True)
    fields = row.layout.fields
    headings = (fields[name].heading if name in fields else name for name in added)
    columns = t("problem.comma").join(headings)
    return row.entry(column, Finding("repeated_differs", {**slots, "columns": columns}), lost=True)


def _contacts(values: dict[str, Any], as_of: date) -> Iterator[dict[str, Any]]:
    """Yield the contacts that a client's remark and column of the last contact record."""
    made = [contact._asdict() for contact in contacts_in(values.get("note") or "", as_of)]
    last = values.get("last_contact")
    if last and all(contact["date"] != last for contact in made):
        made.append({"date": last, "channel": None})
    for contact in made:
        name = f"note-{values['client_id']}-{contact['date']:%Y%m%d}"
        yield {
            "contact_id": f"{name}-{contact['channel'] or 'last'}",
            "client_id": values["client_id"],
            **contact,
        }
