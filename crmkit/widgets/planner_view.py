"""How the planner looks: HTML of a plan, a day and a contact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.book.results import AGENDA
from crmkit.planning.agenda import Agenda
from crmkit.planning.differences import in_words
from crmkit.planning.reasons import worth_by_name
from crmkit.widgets.board import pick
from crmkit.widgets.days import SIGNS
from crmkit.widgets.style import chip, paragraph
from crmkit.words import t

_REASONS = ("reason", "why_today", "why_channel", "worth", "talk")


@dataclass(frozen=True)
class View:
    """What is to be seen: plan, day, the contact that is open, what is asked, whether it works."""

    agenda: Agenda = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    day: date
    open: tuple[str, date] | None
    wanted: Mapping[tuple[str, date], str | None]
    problem: str = ""
    working: bool = False

    def name(self, client_id: str) -> str:
        """Return how a client is called on the screen."""
        return self.names.get(client_id) or client_id


def planner_html(view: View) -> str:
    """Return the planner as it stands."""
    warnings = "".join(paragraph(text, "crm-banner crm-notice") for text in view.agenda.warnings)
    problem = paragraph(view.problem, "crm-banner crm-notice") if view.problem else ""
    return (
        f"{warnings}{paragraph(summary(view.agenda), 'crm-plan-sum')}"
        f'<div class="crm-planner"><div>{_month(view)}{problem}{_wishes(view)}</div>'
        f'<section class="crm-plan-day-list" aria-live="polite">{_day_list(view)}</section></div>'
        f"{_changes(view)}"
    )


def summary(agenda: Agenda) -> str:
    """Return the plan in one line."""
    return t("planner.summary", **agenda.figures)


# the month


def _month(view: View) -> str:
    first, last = view.agenda.days[0], view.agenda.days[-1]
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    heads = "".join(f"<th>{escape(t(f'instruments.week.{n}'))}</th>" for n in range(5))
    loads = {row["date"].date(): row for row in view.agenda.load.to_dict(orient="records")}
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(view, loads.get(monday + timedelta(days=7 * week + place)),
                  monday + timedelta(days=7 * week + place))
            for place in range(5)
        )
        + "</tr>"
        for week in range(weeks)
    )  # fmt: skip
    return (
        f'<table class="crm-month crm-plan-month" data-arrows><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(view: View, load: Mapping[Any, Any] | None, day: date) -> str:
    if load is None:
        return f'<td class="crm-plan-off"><span>{day.day}</span></td>'
    minutes = load["minutes"] + load["free_minutes"]
    share = 100 * load["minutes"] / minutes if minutes else 0
    counts = " ".join(
        f"{SIGNS[sign]}{load[column]}"
        for sign, column in (("visit", "visits"), ("call", "calls"), ("wechat", "messages"))
        if load[column]
    )
    asked = any(spot[1] == day for spot in view.wanted)
    body = (
        f"<b>{day.day}</b><span>{counts or '–'}</span>"
        f'<i class="crm-load"><i style="width:{share:.0f}%"></i></i>'
    )
    label = t("planner.day", day=f"{day:%Y-%m-%d}", share=round(share), **_counts(load))
    button = pick(f"day:{day}", body, "crm-plan-day" + (" crm-asked" if asked else ""),
                  pressed=day == view.day, label=label)  # fmt: skip
    return f'<td data-drop="day:{day}">{button}</td>'


def _counts(load: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: load[name] for name in ("contacts", "musts", "minutes", "free_minutes")}


# a day


def _day_list(view: View) -> str:
    weekday = t(f"planning.weekday.{view.day.weekday()}")
    title = t("agenda.page.title", day=f"{view.day:%Y-%m-%d}", weekday=weekday)
    rows = _contacts(view)
    lines = "".join(f"<li>{_line(view, row)}</li>" for row in rows)
    body = f"<ol>{lines}</ol>" if lines else paragraph(t("agenda.page.nothing"), "crm-quiet")
    return f"<h5>{escape(title)}</h5>{body}"


def _contacts(view: View) -> list[dict[Any, Any]]:
    """Return the contacts of the open day: those asked for, then those planned."""
    contacts = view.agenda.contacts
    here = contacts[contacts["date"] == pd.Timestamp(view.day)]
    reasons = view.agenda.plan.explanation.reasons
    named = here.assign(worth=worth_by_name(here, reasons, view.names))
    today = named.to_dict(orient="records")
    planned = {row["client_id"] for row in today}
    tiers = view.agenda.tiers.set_index("client_id")["tier"]
    asked = [
        {"client_id": client_id, "tier": tiers.get(client_id, "unknown"), "channel": way,
         "start": "", "must": False, "date": pd.Timestamp(day)}
        for (client_id, day), way in view.wanted.items()
        if way and day == view.day and client_id not in planned
    ]  # fmt: skip
    return [*asked, *today]


def _line(view: View, row: Mapping[Any, Any]) -> str:
    spot = (row["client_id"], view.day)
    asked = spot in view.wanted
    gone = asked and view.wanted[spot] is None
    must = f'<em class="crm-must">{escape(t("agenda.page.must"))}</em>' if row["must"] else ""
    mark = "✕" if gone else "◆" if asked else ""
    body = (
        f"<time>{row['start'] or '··:··'}</time>{chip(str(row['tier']))}"
        f"<span>{escape(view.name(row['client_id']))} {must}</span>"
        f"<span>{SIGNS[row['channel']]} {escape(word_for(row['channel']))} {mark}</span>"
    )
    word = f"open:{row['client_id']}@{view.day}"
    kind = "crm-contact" + (" crm-gone" if gone else "")
    button = pick(word, body, kind, pressed=view.open == spot, drag=not gone)
    return button + (_contact(view, row) if view.open == spot else "")


# a contact


def _contact(view: View, row: Mapping[Any, Any]) -> str:
    headings = {name: AGENDA.columns[name].heading() for name in _REASONS if name in AGENDA.columns}
    reasons = "".join(
        f"<dt>{escape(heading)}</dt><dd>{escape(str(row[name]))}</dd>"
        for name, heading in headings.items()
        if isinstance(row.get(name), str) and row[name]
    )
    return f'<div class="crm-contact-open"><dl>{reasons}</dl>{_buttons(view, row)}</div>'


def _buttons(view: View, row: Mapping[Any, Any]) -> str:
    client_id = str(row["client_id"])
    own = [pick("keep", escape(t("planner.keep")), "crm-small"),
           pick("leave_out", escape(t("planner.leave_out")), "crm-small")]  # fmt: skip
    if any(spot[0] == client_id for spot in view.wanted):
        own.append(pick(f"forget:{client_id}", escape(t("planner.forget")), "crm-small"))
    days = "".join(
        pick(f"to:{day}", f"{day:%m-%d}", "crm-chip-button", disabled=day == view.day)
        for day in view.agenda.days
    )
    return (
        f'{"".join(own)}<div class="crm-move"><small>{escape(t("planner.move_to"))}</small>'
        f'<div class="crm-choices" data-arrows>{days}</div></div>'
    )


# what is asked, and what came of it


def _wishes(view: View) -> str:
    lines = "".join(
        f"<li>{escape(_wish(view, client_id, day, way))} "
        + pick(f"forget:{client_id}", escape(t("planner.forget")), "crm-small")
        + "</li>"
        for (client_id, day), way in view.wanted.items()
    )
    asked = f'<h5>{escape(t("planner.asked"))}</h5><ul class="crm-asked-list">{lines}</ul>'
    told = t("planner.working" if view.working else "planner.replan")
    button = pick("replan", escape(told), "crm-go", disabled=view.working)
    return f'<div class="crm-plan-foot">{asked if lines else ""}{button}</div>'


def _wish(view: View, client_id: str, day: date, way: str | None) -> str:
    key = "planner.wish.fixed" if way else "planner.wish.kept_free"
    return t(key, name=view.name(client_id), day=f"{day:%Y-%m-%d}", channel=word_for(way or ""))


def _changes(view: View) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in _told(view))
    if not lines:
        return ""
    title = t("planner.changed", count=len(view.agenda.changes))
    return f'<h5>{escape(title)}</h5><ul class="crm-asked-list">{lines}</ul>'


def _told(view: View) -> Iterator[str]:
    yield from in_words(view.agenda.changes, view.names)
