"""A calendar to put contacts in: click a day, then say how and why."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from html import escape

from crmkit.planning.calendar import calendar_year, is_trading_day
from crmkit.widgets.board import Board, pick
from crmkit.words import t

#: The sign of each channel; its name always stands beside it.
SIGNS = {"visit": "◉", "call": "☎", "wechat": "✉", "sms": "▤"}
#: Whose contact and on which day.
Spot = tuple[str, date]
#: A contact: ``{"day": "2026-07-06", "channel": "call", ...}``.
Contact = dict[str, str]


class Days:
    """Weeks, the contacts put in them, and what is chosen for the one that is open.

    A contact counts when everything about it is chosen; until then its day is dashed. What is
    good or bad about a plan is not known here: see :meth:`mark`.

    Parameters
    ----------
    days : mapping of date to str
        The days on offer and what to call them. Whole weeks around them are shown.
    fields : mapping of str to (str, mapping of str to str)
        What else is chosen for each contact: its title, and its options with their names.
    changed : callable
        Takes the contacts that are complete, by day, whenever one changes.
    most : int
        No more contacts than this.

    Examples
    --------
    >>> heard = []
    >>> days = Days({date(2026, 7, 6): "July 6"}, {"channel": ("How", {"call": "Call"})},
    ...             heard.append)
    >>> days.board.pick("day:2026-07-06"); days.board.pick("set:channel=call"); heard
    [[{'day': '2026-07-06', 'channel': 'call'}]]
    """

    def __init__(
        self,
        days: Mapping[date, str],
        fields: Mapping[str, tuple[str, Mapping[str, str]]],
        changed: Callable[[list[Contact]], None],
        most: int = 30,
    ) -> None:
        self.days, self.fields, self.most = days, fields, most
        self.changed = changed
        self.contacts: list[Contact] = []
        self.open: Contact | None = None
        self._told: list[Contact] = []
        self.marks: Mapping[str, str] = {}
        self.board = Board(self._html, self._picked)
        self.view = self.board.view

    def complete(self) -> list[Contact]:
        """Return the contacts about which everything is chosen, by day."""
        whole = (c for c in self.contacts if set(self.fields) <= set(c))
        return sorted((dict(c) for c in whole), key=lambda contact: contact["day"])

    def show(self, contacts: Sequence[Mapping[str, str]]) -> None:
        """Show contacts."""
        self.contacts = [dict(contact) for contact in contacts]
        self._told = self.complete()
        self.open = None
        self.board.redraw()

    def mark(self, marks: Mapping[str, str]) -> None:
        """Mark days, by their ISO dates, with what there is to say about them."""
        self.marks = marks
        self.board.redraw()

    def _picked(self, word: str) -> None:
        kind, _, name = word.partition(":")
        if kind == "day":
            self._turn_to(name)
        elif kind == "add":
            self._add(name)
        elif kind == "open":
            self.open = self.contacts[int(name)]
        elif kind == "set" and self.open is not None:
            field, _, option = name.partition("=")
            self.open[field] = option
            self._tell()
        elif kind == "remove" and self.open is not None:
            self.contacts = [c for c in self.contacts if c is not self.open]
            self.open = None
            self._tell()

    def _tell(self) -> None:
        """Tell of a change, unless it is only about contacts that are not complete."""
        whole = self.complete()
        if whole != self._told:
            self._told = whole
            self.changed(whole)

    def _turn_to(self, day: str) -> None:
        """Open the contact of a day, the next one if one is open, or a new one."""
        here = [contact for contact in self.contacts if contact["day"] == day]
        if not here:
            self._add(day)
        else:
            places = [place for place, contact in enumerate(here) if contact is self.open]
            self.open = here[(places[0] + 1) % len(here) if places else 0]

    def _add(self, day: str) -> None:
        if len(self.contacts) < self.most and date.fromisoformat(day) in self.days:
            self.open = {"day": day}
            self.contacts.append(self.open)
            self._tell()

    def _html(self) -> str:
        return f'<div class="crm-days">{self._calendar()}<div>{self._side()}</div></div>'

    def _calendar(self) -> str:
        first, last = min(self.days), max(self.days)
        monday = first - timedelta(days=first.weekday())
        weeks = (last - monday).days // 7 + 1
        heads = "".join(f"<th>{escape(t(f'instruments.week.{n}'))}</th>" for n in range(7))
        rows, month = [], 0
        for week in range(weeks):
            row = [monday + timedelta(days=7 * week + place) for place in range(7)]
            begins = [day for day in row if day in self.days][-1:] or row[:1]
            name = t(f"instruments.month.{begins[0].month}") if begins[0].month != month else ""
            month = begins[0].month
            rows.append(f"<tr><th>{escape(name)}</th>{''.join(map(self._day, row))}</tr>")
        return (
            f'<table class="crm-month" data-arrows><thead><tr><th></th>{heads}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody></table>"
        )

    def _day(self, day: date) -> str:
        here = [contact for contact in self.contacts if contact["day"] == day.isoformat()]
        whole = [contact for contact in here if set(self.fields) <= set(contact)]
        kinds = {
            "crm-closed": not is_trading_day(day),
            "crm-marked": day.isoformat() in self.marks,
            "crm-opened": bool(self.open) and self.open in here,
            "crm-planned": bool(whole),
            "crm-pending": len(whole) < len(here),
        }
        feast = t("instruments.days.holiday") if is_holiday(day) else ""
        parts = [self.days.get(day, str(day)), feast, self.marks.get(day.isoformat(), "")]
        signs = "".join(SIGNS.get(contact.get("channel", ""), "●") for contact in whole)
        body = f"{day.day}<i>{signs}</i>" + (f"<em>{escape(feast)}</em>" if feast else "")
        button = pick(
            f"day:{day}", body, "crm-day " + " ".join(name for name, on in kinds.items() if on),
            pressed=bool(here), label=" ".join(filter(None, parts)), disabled=day not in self.days,
        )  # fmt: skip
        return f"<td>{button}</td>"

    def _side(self) -> str:
        return (self._opened() if self.open else _quiet("instruments.days.choose")) + self._list()

    def _opened(self) -> str:
        assert self.open is not None
        day = self.open["day"]
        parts = [f"<h5>{escape(self.days[date.fromisoformat(day)])}</h5>"]
        if day in self.marks:
            parts.append(f'<p class="crm-note">{escape(self.marks[day])}</p>')
        for field, (title, options) in self.fields.items():
            choices = "".join(
                pick(f"set:{field}={option}", f"{SIGNS.get(option, '')} {escape(name)}",
                     "crm-chip-button", pressed=self.open.get(field) == option)
                for option, name in options.items()
            )  # fmt: skip
            parts.append(f"<small>{escape(title)}</small>"
                         f'<div class="crm-choices" data-arrows>{choices}</div>')  # fmt: skip
        if missing := [
            title for field, (title, _) in self.fields.items() if field not in self.open
        ]:
            what = t("words.comma").join(missing)
            parts.append(
                f'<p class="crm-note">{escape(t("instruments.days.missing", what=what))}</p>'
            )
        full = len(self.contacts) >= self.most
        more = (
            "" if full else pick(f"add:{day}", escape(t("instruments.days.another")), "crm-small")
        )
        return (
            "".join(parts)
            + pick("remove:", escape(t("instruments.days.remove")), "crm-small")
            + more
        )

    def _list(self) -> str:
        order = sorted(range(len(self.contacts)), key=lambda place: self.contacts[place]["day"])
        buttons = (
            pick(f"open:{place}", self._line(self.contacts[place]), "crm-planned-line")
            for place in order
        )
        lines = "".join(f"<li>{button}</li>" for button in buttons)
        return f'<ol class="crm-plan">{lines}</ol>' if lines else ""

    def _line(self, contact: Contact) -> str:
        named = [self.days[date.fromisoformat(contact["day"])]]
        for field, (title, options) in self.fields.items():
            named.append(
                options.get(contact.get(field, ""), t("instruments.days.open", what=title))
            )
        return escape(" · ".join(named))


def day_name(day: date) -> str:
    """Return a day as people read it.

    >>> from crmkit.words import in_language
    >>> with in_language("en"): day_name(date(2026, 7, 6))
    'Jul 6'
    """
    return t("instruments.day", month=t(f"instruments.month.{day.month}"), day=day.day)


def spot_of(name: str) -> Spot:
    """Return the spot that a board calls by a name.

    >>> spot_of("C0001@2026-07-06")
    ('C0001', datetime.date(2026, 7, 6))
    """
    client_id, _, day = name.rpartition("@")
    return client_id, date.fromisoformat(day)


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday, and not only a weekend."""
    return day in calendar_year(day.year).holidays


def _quiet(key: str) -> str:
    return f'<p class="crm-quiet">{escape(t(key))}</p>'
