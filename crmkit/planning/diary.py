"""The manager's diary: which contact on which day, within minutes, hours and spacing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crmkit.planning.cadence import Rules
from crmkit.planning.clients import Client
from crmkit.planning.hours import share_out
from crmkit.planning.obligations import Obligation


@dataclass(frozen=True)
class Appointment:
    """A contact in the diary: one or more obligations to one client, met at once.

    Attributes
    ----------
    owed : tuple of Obligation
        What it meets; the contact was made for the first of them.
    day : int
        Of the plan, counted from 0.
    channel : str
    deepened : bool
        Whether the channel is more personal than usual because that was owed.
    """

    owed: tuple[Obligation, ...]
    day: int
    channel: str
    deepened: bool = False

    @property
    def client(self) -> Client:
        """Whom it is with."""
        return self.owed[0].client

    @property
    def must(self) -> bool:
        """Whether it meets anything that has to be done."""
        return any(owed.must for owed in self.owed)

    @property
    def is_greeting(self) -> bool:
        """Whether it is for a birthday and nothing else."""
        return all(owed.purpose == "birthday" for owed in self.owed)

    @property
    def ways(self) -> tuple[str, ...]:
        """Channels that will do, best first; a greeting takes whatever else is to be said."""
        return next((one.ways for one in self.owed if one.purpose != "birthday"), self.owed[0].ways)


class Diary:
    """The days of a plan as they fill up; no entry ever breaks a hard rule.

    Parameters
    ----------
    days : sequence of date
        Trading days.
    minutes : int
        The most that may be planned on each.
    rules : Rules
    """

    def __init__(self, days: Sequence[date], minutes: int, rules: Rules) -> None:
        self.days = days
        self.minutes = minutes
        self.rules = rules
        self._kept: dict[str, list[Appointment]] = {}
        self._touched: dict[str, list[date]] = {}
        self._counts: list[Counter[str]] = [Counter() for _ in days]
        self._used = [0 for _ in days]
        self._stretches = [closes - opens for opens, closes in rules.open_hours()]

    def of(self, client: Client) -> list[Appointment]:
        """Return a client's appointments, the earliest first."""
        return sorted(self._kept.get(client.client_id, ()), key=lambda kept: kept.day)

    def used(self, day: int) -> int:
        """Return the minutes planned on a day."""
        return self._used[day]

    def by_day(self) -> list[list[Appointment]]:
        """Return the appointments of each day."""
        found: list[list[Appointment]] = [[] for _ in self.days]
        for kept in (kept for mine in self._kept.values() for kept in mine):
            found[kept.day].append(kept)
        return found

    def place(
        self, owed: Obligation, ways: Sequence[str], early: bool = False
    ) -> Appointment | None:
        """Enter a contact by the first of some channels that fits, on the best day for it.

        Of the days on which it is owed the emptiest is best, then the nearest later one,
        then, if ``early`` will do, the nearest earlier one. None when nothing fits.
        """
        return next(
            (
                self._enter(Appointment((owed,), day, channel))
                for channel in ways
                for day in self._best_days(owed, early)
                if self._fits(owed.client, day, channel)
            ),
            None,
        )

    def join(self, kept: Appointment, owed: Obligation) -> None:
        """Let an appointment meet one more obligation."""
        self._remove(kept)
        self._enter(replace(kept, owed=(*kept.owed, owed)))

    def change(self, kept: Appointment, channel: str, deepened: bool = False) -> bool:
        """Give an appointment another channel, on another of its days if need be."""
        new = replace(kept, channel=channel, deepened=deepened)
        return self._move(kept, new, [kept.day, *self._other_days(kept)])

    def ease(self, kept: Appointment) -> bool:
        """Move an appointment to the emptiest of its days if that evens the two days out."""
        used = self._used[kept.day] - self.rules.minutes[kept.channel]
        emptier = [day for day in self._other_days(kept) if self._used[day] < used]
        return bool(emptier) and self._move(kept, kept, emptier)

    def is_clear(self, client: Client, day: int) -> bool:
        """Return whether every other contact of a client is far enough from a day."""
        spacing = timedelta(days=client.rule.spacing_days)
        return all(abs(self.days[day] - touch) >= spacing for touch in self._touches(client))

    def _other_days(self, kept: Appointment) -> list[int]:
        owed = kept.owed[0]
        if owed.fixed or len(kept.owed) > 1:
            return []
        return [day for day in self._emptiest_first(owed) if day != kept.day]

    def _move(self, kept: Appointment, new: Appointment, days: Sequence[int]) -> bool:
        self._remove(kept)
        for day in days:
            if self._fits(kept.client, day, new.channel):
                self._enter(replace(new, day=day))
                return True
        self._enter(kept)
        return False

    def _emptiest_first(self, owed: Obligation) -> list[int]:
        return sorted(range(owed.first, owed.last + 1), key=lambda day: (self._used[day], day))

    def _fits(self, client: Client, day: int, channel: str) -> bool:
        used = self._used[day] + self.rules.minutes[channel]
        if used > self.minutes or not self.is_clear(client, day):
            return False
        counts = self._counts[day] + Counter([channel])
        if counts["visit"] > self.rules.visits_per_day:
            return False
        return share_out(counts, self.rules.minutes, self._stretches) is not None

    def _best_days(self, owed: Obligation, early: bool) -> Iterator[int]:
        yield from self._emptiest_first(owed)
        if not owed.fixed:
            yield from range(owed.last + 1, len(self.days))
        if early and not owed.fixed:
            yield from reversed(range(owed.first))

    def _touches(self, client: Client) -> list[date]:
        """Return the days of a client's contacts, planned ones and those on record near enough."""
        horizon = self.days[0] - timedelta(days=client.rule.spacing_days)
        return self._touched.setdefault(
            client.client_id, [past.day for past in client.history if past.day > horizon]
        )

    def _enter(self, kept: Appointment) -> Appointment:
        self._kept.setdefault(kept.client.client_id, []).append(kept)
        self._touches(kept.client).append(self.days[kept.day])
        self._counts[kept.day][kept.channel] += 1
        self._used[kept.day] += self.rules.minutes[kept.channel]
        return kept

    def _remove(self, kept: Appointment) -> None:
        self._kept[kept.client.client_id].remove(kept)
        self._touches(kept.client).remove(self.days[kept.day])
        self._counts[kept.day][kept.channel] -= 1
        self._used[kept.day] -= self.rules.minutes[kept.channel]
