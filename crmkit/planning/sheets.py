"""The agenda as sheets of a workbook, laid out for A4 paper."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.book.results import (
    AGENDA,
    LOAD,
    MISSED,
    NEXT_CONTACT,
    PLAN_CHANGES,
    PLAN_PRICES,
    RETURNED,
    TIERING,
    UNPLANNED,
)
from crmkit.book.schema import CHANNELS, CLIENT, Table
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet
from crmkit.planning.agenda import Agenda
from crmkit.planning.cadence import rules_table
from crmkit.planning.reasons import worth_by_name
from crmkit.planning.returned import PLANNED
from crmkit.words import t

#: Widths in characters; together they fill one page across and can still be read.
_WIDTHS = {
    "date": 12, "start": 8, "minutes": 8, "client_id": 12, "name": 10, "reach": 17, "tier": 7,
    "channel": 8, "must": 7, "why": 46, "talk": 54, "note": 14, "outcome": 8, "moved_to": 11,
    "pin": 7,
}  # fmt: skip

#: What a person fills in, and what there is to choose from.
_TO_FILL_IN = ("outcome", "moved_to", "pin")
_CHOICES = {
    "channel": CHANNELS,
    "outcome": RETURNED.columns["outcome"].values,
    "pin": ("yes",),
}

#: Where a channel finds the client, the first that is on record.
REACH = {
    "visit": ("address",),
    "call": ("mobile", "phone"),
    "wechat": ("wechat",),
    "sms": ("mobile",),
}


def agenda_sheets(
    agenda: Agenda, problems: pd.DataFrame | None, notes: Sequence[str]
) -> list[Sheet]:
    """Return the sheets of the workbook, names and phones in full.

    Parameters
    ----------
    agenda : Agenda
    problems : DataFrame or None
        Those of the ledger; no sheet when there are none.
    notes : sequence of str
        Sentences to follow the agenda's own notes.
    """
    sheets = [
        _day_by_day(agenda),
        _sheet(agenda, agenda.next_contact, NEXT_CONTACT),
        _sheet(agenda, agenda.unplanned.drop(columns="cause"), UNPLANNED),
    ]
    if len(agenda.missed):
        sheets.append(_sheet(agenda, agenda.missed.drop(columns="cause"), MISSED))
    if len(agenda.changes):
        sheets.append(_sheet(agenda, agenda.changes, PLAN_CHANGES))
    if len(agenda.prices):
        sheets.append(
            Sheet(PLAN_PRICES.title(), shown(agenda.prices, PLAN_PRICES.columns),
                  note=t("agenda.prices_note"))
        )  # fmt: skip
    sheets.append(Sheet(LOAD.title(), shown(agenda.load, LOAD.columns)))
    tiers = agenda.tiers[[name for name in TIERING.columns if name in agenda.tiers]]
    sheets.append(_sheet(agenda, tiers, TIERING))
    if problems is not None and len(problems):
        told = problems.drop(columns="kind", errors="ignore")
        headings = {name: t(f"cli.finding.{name}") for name in told.columns}
        sheets.append(Sheet(t("planning.sheet.problems"), told.rename(columns=headings)))
    return [*sheets, _notes([*agenda.notes, *notes]), _rules(agenda), _planned(agenda)]


def in_full(agenda: Agenda) -> pd.DataFrame:
    """Return the contacts with the client's name, remark and where to reach them."""
    people = agenda.people.set_index("client_id")
    contacts = agenda.contacts.join(people, on="client_id")
    reach = [
        next((row[place] for place in REACH[row["channel"]] if pd.notna(row[place])), "")
        for row in contacts.to_dict(orient="records")
    ]
    names = {str(client_id): str(name) for client_id, name in people["name"].dropna().items()}
    told = worth_by_name(agenda.contacts, agenda.plan.explanation.reasons, names)
    return contacts.assign(
        reach=pd.Series(reach, index=contacts.index, dtype="str"),
        worth=pd.Series(told, index=contacts.index, dtype="str"),
    )


def _day_by_day(agenda: Agenda) -> Sheet:
    contacts = in_full(agenda)
    printed = contacts.assign(
        tier=contacts["tier"].astype("str").map(word_for),
        channel=contacts["channel"].astype("str").map(word_for),
        must=contacts["must"].map({True: t("value.yes"), False: ""}),
        why=_lines(contacts, ("reason", "why_today", "why_channel", "worth")),
        **dict.fromkeys(_TO_FILL_IN, ""),
    )
    headings = {name: _heading(name) for name in _WIDTHS}
    loads = {load["date"]: load for load in agenda.load.to_dict(orient="records")}
    days = contacts["date"].tolist()
    return Sheet(
        title=AGENDA.title(),
        rows=printed[list(_WIDTHS)].rename(columns=headings),
        note="　".join([*agenda.warnings, t("planning.unmasked"), t("agenda.fill_in")]),
        choices={
            headings[name]: [word_for(code) for code in codes] for name, codes in _CHOICES.items()
        },
        bands={days.index(day): _day_line(loads[day]) for day in dict.fromkeys(days)},
        widths={headings[name]: width for name, width in _WIDTHS.items()},
    )


def _lines(contacts: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the sentences of each contact, one under the other."""
    rows = contacts[list(names)].fillna("").to_dict(orient="records")
    return ["\n".join(str(text) for text in row.values() if text) for row in rows]


def _day_line(load: Mapping[Hashable, Any]) -> str:
    return t(
        "planning.day_line",
        day=f"{load['date']:%Y-%m-%d}",
        weekday=t(f"planning.weekday.{load['date'].weekday()}"),
        **{name: load[name] for name in ("contacts", "minutes", "free_minutes", "musts")},
    )


def _heading(name: str) -> str:
    for table in (AGENDA, CLIENT, RETURNED):
        if name in table.columns:
            return table.columns[name].heading()
    return t(f"planning.sheet.{name}")


def _sheet(agenda: Agenda, rows: pd.DataFrame, table: Table) -> Sheet:
    names = rows["client_id"].map(agenda.people.set_index("client_id")["name"])
    named = rows.copy()
    named.insert(list(rows.columns).index("client_id") + 1, "name", names)
    columns = {"name": CLIENT.columns["name"], **table.columns}
    return Sheet(table.title(), shown(named, columns), note=t("planning.unmasked"))


def _planned(agenda: Agenda) -> Sheet:
    """Return the plan as it was made, so that a returned workbook shows what a person changed."""
    rows = agenda.contacts[["client_id", "date", "channel"]].astype({"channel": "str"})
    return Sheet(PLANNED, rows.assign(date=rows["date"].dt.strftime("%Y-%m-%d")), hidden=True)


def _notes(notes: Sequence[str]) -> Sheet:
    heading = t("planning.sheet.notes")
    rows = pd.DataFrame({heading: [t("planning.unmasked"), *notes]})
    return Sheet(heading, rows, widths={heading: 120})


def _rules(agenda: Agenda) -> Sheet:
    rows = rules_table(agenda.rules)
    headings = {name: t(f"planning.sheet.{name}") for name in rows.columns}
    return Sheet(t("planning.sheet.rules"), rows.rename(columns=headings))
