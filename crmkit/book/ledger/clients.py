"""From rows to the tables of a book: who is a client, which row is a repetition."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from crmkit.book.ledger.entries import Entry
from crmkit.book.ledger.remarks import asks_to_be_left_alone, contacts_in
from crmkit.book.ledger.rows import Row
from crmkit.book.schema import ACCOUNT, CLIENT, TABLES
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
            entries.append(row.entry("client_id", "no_client", lost=True))
        elif client_id is not None:
            clients[client_id] = row
            entries += row.entries
        else:
            client_id = temporary(row, taken)
            clients[client_id] = row
            entries += row.entries
            if "client_id" in row.layout.fields and not row.faulty("client_id"):
                entries.append(row.entry("client_id", "no_client_id", temporary=client_id))
    return clients, entries


def client_tables(
    clients: Mapping[str, Row], as_of: date
) -> tuple[dict[str, Records], list[Entry]]:
    """Return the client, account, contact and extra tables that the ledger's rows fill."""
    tables: dict[str, Records] = {"client": [], "account": [], "contact": [], "extra": []}
    entries: list[Entry] = []
    for client_id, row in clients.items():
        values = {**row.values, "client_id": client_id, "account_id": client_id}
        remark = values.get("note") or ""
        if asks_to_be_left_alone(remark):
            values["do_not_contact"] = True
            entries.append(row.entry("note", "do_not_contact"))
        tables["client"].append({n: values.get(n) for n in CLIENT.columns})
        tables["account"].append({n: values.get(n) for n in ACCOUNT.columns})
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
    taken: set[object] = {row.values.get(f"{kind}_id") for row in rows}
    seen: dict[tuple[object, ...], Row] = {}
    records: Records = []
    entries: list[Entry] = []
    for row in rows:
        values = dict(row.values)
        if f"{kind}_id" in table.columns and values.get(f"{kind}_id") is None:
            values[f"{kind}_id"] = temporary(row, taken)
        needed = [c.name for c in table.columns.values() if c.required]
        missing = next((name for name in needed if values.get(name) is None), None)
        key = tuple(values.get(name) for name in table.key)
        if missing:
            entries.append(_incomplete(row, missing))
        elif values["client_id"] not in known:
            entries.append(row.entry("client_id", "unknown_client", lost=True))
        elif key in seen:
            entries.append(_repeated(row, seen[key], table.key[-1]))
        else:
            seen[key] = row
            entries += row.entries
            records.append(values)
    return records, entries


def temporary(row: Row, taken: set[Any]) -> str:
    """Return a number for a row that has none, and take it: ``row-12``."""
    plain = f"row-{row.number}"
    names = (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3)))
    number = next(name for name in names if name not in taken)
    taken.add(number)
    return number


def _incomplete(row: Row, missing: str) -> Entry:
    """Return why a row lacks a value its table cannot do without."""
    if not row.faulty(missing):
        return row.entry(missing, "cell_missing", lost=True)
    heading = row.layout.fields[missing].heading
    return next(e for e in row.entries if e.column == heading)._replace(lost=True)


def _repeated(row: Row, first: Row, column: str) -> Entry:
    """Return what to say of a row with the key of an earlier one: the same, or what differs."""
    before = first.values | first.extra()
    added = {n: v for n, v in (row.values | row.extra()).items() if v not in (None, before.get(n))}
    slots = {"first": first.number, "sheet": first.sheet}
    if not added:
        return row.entry(column, "repeated_same", lost=True, **slots)
    fields = row.layout.fields
    headings = [fields[n].heading if n in fields else n for n in added]
    return row.entry(
        column, "repeated_differs", lost=True, columns=t("problem.comma").join(headings), **slots
    )


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
