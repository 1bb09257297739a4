"""A week to plan by hand: a dozen clients, an hour a day, and the best plan to compare with."""

from collections.abc import Iterator
from datetime import date
from html import escape

import ipywidgets as widgets
import numpy as np
import pandas as pd

from crmkit.book.codes import word_for
from crmkit.book.schema import CHANNELS
from crmkit.planning.agenda import Agenda
from crmkit.planning.assess import Assessment, assess
from crmkit.planning.game import class_agenda, class_best
from crmkit.planning.own import broken_in_words, cells_of, losses_in_words
from crmkit.planning.problem import Cells
from crmkit.planning.score import usage
from crmkit.widgets.board import Board, pick
from crmkit.widgets.days import SIGNS, Spot, spot_of
from crmkit.widgets.panel import Panel
from crmkit.widgets.safety import in_a_sentence
from crmkit.widgets.style import chip, paragraph
from crmkit.words import t


class ClassWeek:
    """Clients to be put into a week, judged like any plan.

    A client is dragged into a day, or chosen and then given one by a button; a contact in the
    week is clicked to change its way or take it out. Judging and the best plan are planning's.

    Parameters
    ----------
    seed : int
        Another seed, another book.

    Examples
    --------
    >>> week = ClassWeek(seed=1)
    >>> client, day = week.agenda.plan.people[0].client_id, week.agenda.days[0]
    >>> week.board.pick(f"card:{client}>day:{day}"); len(week.contacts)
    1
    >>> week.board.pick("score"); week.found.band
    'D'
    """

    def __init__(self, seed: int) -> None:
        self.agenda, self.names = class_agenda(seed)
        self.problem = self.agenda.plan.problem
        self.best = class_best(self.problem)
        self.contacts: dict[Spot, str] = {}
        self.open: str = ""
        self.spot: Spot | None = None
        self.found: Assessment | None = None
        self.shows_best = False
        self.trouble = ""
        self.board = Board(self._html, self._picked)
        self.view = self.board.view

    def cells(self) -> Cells:
        """Return the week as it stands."""
        rows = pd.DataFrame(
            [
                {"client_id": client_id, "date": pd.Timestamp(day), "channel": way}
                for (client_id, day), way in self.contacts.items()
            ],
            columns=["client_id", "date", "channel"],
        )
        return cells_of(rows, self.problem)[0]

    def put(self, client_id: str, day: date) -> None:
        """Put a client into a day, by the way that suits the client best."""
        people = {client.client_id: client for client in self.agenda.plan.people}
        if client_id in people and day in self.agenda.days:
            self.contacts.setdefault((client_id, day), people[client_id].reachable()[0])
            self.open, self.spot, self.found = client_id, (client_id, day), None

    def take_out(self, spot: Spot) -> None:
        """Take a contact out of the week."""
        self.contacts.pop(spot, None)
        self.spot, self.found = None, None

    def judge(self) -> None:
        """Compare the week with the best there is."""
        self.found = assess(self.problem, self.cells(), self.best)

    def _picked(self, word: str) -> None:
        self.trouble = ""
        try:
            self._act(word)
        except Exception as error:
            self.trouble = in_a_sentence(error)

    def _act(self, word: str) -> None:
        what, _, place = word.partition(">")
        kind, _, name = what.partition(":")
        day = place.removeprefix("day:")
        if kind == "card" and day:
            self.put(name, date.fromisoformat(day))
        elif kind == "open" and day:
            self._move(spot_of(name), date.fromisoformat(day))
        elif kind == "card":
            self.open, self.spot = ("" if self.open == name else name), None
        elif kind == "open":
            self.spot, self.open = spot_of(name), spot_of(name)[0]
        elif kind == "to" and self.open:
            self._to(date.fromisoformat(name))
        elif kind == "set" and self.spot in self.contacts and name in CHANNELS:
            self.contacts[self.spot], self.found = name, None
        elif kind == "out" and self.spot:
            self.take_out(self.spot)
        elif kind == "score":
            self.judge()
        elif kind == "best":
            self.shows_best = not self.shows_best
        elif kind == "clear":
            self.contacts, self.spot, self.found = {}, None, None

    def _to(self, day: date) -> None:
        if self.spot:
            self._move(self.spot, day)
        else:
            self.put(self.open, day)

    def _move(self, spot: Spot, day: date) -> None:
        if spot in self.contacts and day in self.agenda.days:
            way = self.contacts.pop(spot)
            self.contacts[spot[0], day] = way
            self.open, self.spot, self.found = spot[0], (spot[0], day), None

    # what is seen

    def _html(self) -> str:
        days = "".join(self._day(day, place) for place, day in enumerate(self.agenda.days))
        cards = "".join(
            f"<li>{self._card(client.client_id)}</li>" for client in self.agenda.plan.people
        )
        buttons = "".join(
            pick(word, escape(t(f"planner.class.{word}")), kind)
            for word, kind in (("score", "crm-go"), ("best", "crm-small"), ("clear", "crm-small"))
        )
        return (
            f"{paragraph(t('planner.class.task', minutes=self.agenda.minutes))}"
            f'<div class="crm-class"><ul class="crm-cards" data-arrows>{cards}</ul>'
            f'<div><div class="crm-week" data-arrows>{days}</div>{self._opened()}</div></div>'
            f'<div class="crm-plan-foot">{buttons}</div>{paragraph(self.trouble)}'
            f"{self._verdict()}{self._best()}"
        )

    def _card(self, client_id: str) -> str:
        tier = self._tier(client_id)
        placed = [f"{day:%m-%d}" for who, day in sorted(self.contacts) if who == client_id]
        body = (
            f"{chip(tier)}<span><b>{escape(self._name(client_id))}</b>"
            f"<small>{escape(self._why(client_id))}</small></span>"
            f"<i>{' '.join(placed)}</i>"
        )
        return pick(f"card:{client_id}", body, "crm-class-card", pressed=self.open == client_id,
                    drag=True)  # fmt: skip

    def _day(self, day: date, place: int) -> str:
        used = int(usage(self.problem, self.cells())[0, place])
        limit = int(self.problem.limit[0, place])
        share = min(100, 100 * used / limit) if limit else 100
        over = " crm-too-much" if used > limit else ""
        here = [spot for spot in self.contacts if spot[1] == day]
        chips = "".join(self._chip(spot) for spot in here)
        weekday = escape(t(f"planning.weekday.{day.weekday()}"))
        title = f"<span>{weekday}</span> <span>{day:%m-%d}</span>"
        told = t("planner.class.used", used=used, limit=limit)
        return (
            f'<section class="crm-bin{over}" data-drop="day:{day}"><h5>{title}</h5>'
            f'<i class="crm-load"><i style="width:{share:.0f}%"></i></i>'
            f"<small>{escape(told)}</small>{chips}</section>"
        )

    def _chip(self, spot: Spot) -> str:
        way = self.contacts[spot]
        body = f"{SIGNS[way]} {escape(self._name(spot[0]))}"
        label = f"{self._name(spot[0])} {word_for(way)}"
        return pick(f"open:{spot[0]}@{spot[1]}", body, "crm-lie", pressed=self.spot == spot,
                    label=label, drag=True)  # fmt: skip

    def _opened(self) -> str:
        if not self.open:
            return f'<p class="crm-quiet">{escape(t("planner.class.choose"))}</p>'
        head = f"<h5>{chip(self._tier(self.open))} {escape(self._name(self.open))}</h5>"
        days = "".join(
            pick(
                f"to:{day}",
                f"{day:%m-%d}",
                "crm-chip-button",
                pressed=self.spot == (self.open, day),
            )
            for day in self.agenda.days
        )
        parts = [head, paragraph(self._why(self.open)), f'<div class="crm-choices">{days}</div>']
        if self.spot in self.contacts:
            parts += [f'<div class="crm-choices">{"".join(self._ways())}</div>',
                      pick("out", escape(t("planner.class.out")), "crm-small")]  # fmt: skip
        return f'<div class="crm-contact-open">{"".join(parts)}</div>'

    def _ways(self) -> Iterator[str]:
        assert self.spot is not None
        row = self.problem.clients.index(self.spot[0])
        open_ways = self.problem.allowed[row, self.agenda.days.index(self.spot[1])]
        for place, way in enumerate(CHANNELS):
            minutes = t("agenda.page.minutes", minutes=int(self.problem.minutes[place]))
            yield pick(f"set:{way}", f"{SIGNS[way]} {escape(word_for(way))} {minutes}",
                       "crm-chip-button", pressed=self.contacts[self.spot] == way,
                       disabled=not open_ways[place])  # fmt: skip

    def _verdict(self) -> str:
        if self.found is None:
            return ""
        found = self.found
        band = t(f"score.band.{found.band}")
        head = t("score.heading", band=band, musts=round(100 * found.musts),
                 share=round(100 * found.share))  # fmt: skip
        told = [*self._broken(found), *losses_in_words(found)]
        lines = "".join(f"<li>{escape(line)}</li>" for line in told) or (
            f"<li>{escape(t('score.nothing'))}</li>"
        )
        return (
            f'<div class="crm-box" aria-live="polite"><h4>{escape(head)}</h4>'
            f'<ul class="crm-asked-list">{lines}</ul></div>'
        )

    def _broken(self, found: Assessment) -> Iterator[str]:
        for sentence in broken_in_words(found, self.cells(), self.problem):
            for client_id, name in self.names.items():
                sentence = sentence.replace(client_id, name)
            yield sentence

    def _best(self) -> str:
        if not self.shows_best:
            return ""
        rows = "".join(
            f"<li><b>{day:%m-%d}</b> {escape(t('words.comma').join(self._best_of(place)))}</li>"
            for place, day in enumerate(self.agenda.days)
        )
        return (
            f'<h5>{escape(t("planner.class.best_is"))}</h5><ul class="crm-asked-list">{rows}</ul>'
        )

    def _best_of(self, place: int) -> list[str]:
        column = self.best.cells[:, place]
        return [
            f"{self._name(self.problem.clients[row])} {word_for(CHANNELS[column[row]])}"
            for row in np.flatnonzero(column >= 0)
        ]

    def _name(self, client_id: str) -> str:
        return self.names.get(client_id, client_id)

    def _tier(self, client_id: str) -> str:
        return str(_tiers(self.agenda).get(client_id, "unknown"))

    def _why(self, client_id: str) -> str:
        contacts = self.agenda.contacts
        own = contacts.loc[contacts["client_id"] == client_id, "reason"]
        left = self.agenda.unplanned.set_index("client_id")["reason"]
        return str(own.iloc[0]) if len(own) else str(left.get(client_id, ""))


class ClassPanel(Panel):
    """The week in its frame."""

    def __init__(self, week: ClassWeek) -> None:
        self.week = week
        head = widgets.HTML(f"<h4>{escape(t('planner.class.title'))}</h4>")
        super().__init__("ClassWeek", [head, week.view], lambda: week.board.html)


def _tiers(agenda: Agenda) -> pd.Series:
    return agenda.tiers.set_index("client_id")["tier"]
