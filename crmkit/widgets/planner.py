"""The planner on the screen: the month, each day's contacts, their reasons, and what one moves."""

from collections.abc import Callable, Mapping
from datetime import date

import ipywidgets as widgets
import pandas as pd

from crmkit.book.results import PINS
from crmkit.book.schema import conform
from crmkit.errors import CrmkitError
from crmkit.planning.agenda import Agenda
from crmkit.widgets.board import Board
from crmkit.widgets.days import Spot, spot_of
from crmkit.widgets.panel import Panel
from crmkit.widgets.planner_view import View, planner_html
from crmkit.widgets.safety import in_a_sentence
from crmkit.words import t

#: What is asked of the next plan: by contact, the channel (None for no contact that day).
Wishes = dict[Spot, str | None]


class Planner:
    """A plan one can look into, change and have made anew.

    Every contact can be dragged to another day; buttons do the same, so a keyboard is enough.
    Nothing is decided here: changes are wishes, handed to whoever makes the plan.

    Parameters
    ----------
    agenda : Agenda
    names : mapping of str to str
        How clients are called on the screen, by ``client_id``: masked unless they are made up.
    plan : callable
        Takes wishes (``results.PINS``) and the agenda as it stands; returns the new agenda.

    Examples
    --------
    >>> from crmkit.planning.game import class_agenda
    >>> agenda, names = class_agenda(seed=1)
    >>> planner = Planner(agenda, names, lambda pins, before: before)
    >>> row = agenda.contacts.iloc[0]
    >>> planner.board.pick(f"open:{row['client_id']}@{row['date']:%Y-%m-%d}")
    >>> planner.board.pick("keep"); planner.wishes()["pin"].tolist()
    ['fixed']
    """

    def __init__(
        self,
        agenda: Agenda,
        names: Mapping[str, str],
        plan: Callable[[pd.DataFrame, Agenda], Agenda],
    ) -> None:
        self.agenda, self.names, self.plan = agenda, names, plan
        self.day = next(iter(agenda.contacts["date"].dt.date), agenda.days[0])
        self.open: Spot | None = None
        self.wanted: Wishes = {}
        self.problem = ""
        self.working = False
        self.board = Board(self._html, self._picked)
        self.view = self.board.view

    def wishes(self) -> pd.DataFrame:
        """Return what is asked of the next plan: ``results.PINS``."""
        rows = [
            {"client_id": client_id, "date": pd.Timestamp(day), "channel": channel,
             "pin": "fixed" if channel else "kept_free"}
            for (client_id, day), channel in self.wanted.items()
        ]  # fmt: skip
        return conform(pd.DataFrame(rows), PINS)

    def move(self, spot: Spot, day: date) -> None:
        """Ask for a contact on another day."""
        channel = self._channel(spot)
        if channel and day in self.agenda.days and day != spot[1]:
            self.wanted[spot] = None
            self.wanted[spot[0], day] = channel
            self.day, self.open = day, (spot[0], day)

    def keep(self, spot: Spot) -> None:
        """Ask for a contact to stay where it is."""
        channel = self._channel(spot)
        if channel:
            self.wanted[spot] = channel

    def leave_out(self, spot: Spot) -> None:
        """Ask for no contact with a client on a day."""
        self.wanted[spot] = None
        self.open = None

    def forget(self, client_id: str) -> None:
        """Take back what was asked about a client."""
        self.wanted = {spot: way for spot, way in self.wanted.items() if spot[0] != client_id}

    def replan(self) -> None:
        """Have the plan made anew with what is asked; the screen says so meanwhile."""
        self.working = True
        self.board.redraw()
        try:
            self.agenda = self.plan(self.wishes(), self.agenda)
        finally:
            self.working = False
        kept = _spots(self.agenda)
        if self.open not in kept:
            self.open = None

    def _channel(self, spot: Spot) -> str | None:
        return self.wanted.get(spot) or _spots(self.agenda).get(spot)

    def _picked(self, word: str) -> None:
        self.problem = ""
        try:
            self._act(word)
        except CrmkitError as error:
            self.problem = str(error)
        except Exception as error:
            self.problem = in_a_sentence(error)

    def _act(self, word: str) -> None:
        what, _, place = word.partition(">")
        kind, _, name = what.partition(":")
        if place:
            self.move(spot_of(name), _day(place))
        elif kind == "day":
            self.day, self.open = date.fromisoformat(name), None
        elif kind == "open":
            self.open = None if self.open == spot_of(name) else spot_of(name)
        elif kind == "forget":
            self.forget(name)
        elif kind == "replan":
            self.replan()
        elif self.open is not None:
            self._about(self.open, kind, name)

    def _about(self, spot: Spot, kind: str, name: str) -> None:
        if kind == "keep":
            self.keep(spot)
        elif kind == "leave_out":
            self.leave_out(spot)
        elif kind == "to":
            self.move(spot, date.fromisoformat(name))

    def _html(self) -> str:
        return planner_html(
            View(
                self.agenda,
                self.names,
                self.day,
                self.open,
                self.wanted,
                self.problem,
                self.working,
            )
        )


class PlannerPanel(Panel):
    """The planner in its frame."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        super().__init__(
            "Planner", [widgets.HTML(f"<h4>{t('planner.title')}</h4>"), planner.view],
            lambda: planner.board.html,
        )  # fmt: skip


def _spots(agenda: Agenda) -> dict[Spot, str]:
    contacts = agenda.contacts
    days = contacts["date"].dt.date
    return {
        (client_id, day): str(channel)
        for client_id, day, channel in zip(
            contacts["client_id"], days, contacts["channel"], strict=True
        )
    }


def _day(place: str) -> date:
    return date.fromisoformat(place.removeprefix("day:"))
