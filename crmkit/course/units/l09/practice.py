"""The practice of lesson 9: three hundred clients, a month's hours, a week, and a campaign."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

import numpy as np
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.tiering import tier_book
from crmkit.book.book import ClientBook
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import make_book
from crmkit.course.practice import first_fair, from_bank
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.cadence import Rules, load_rules
from crmkit.planning.game import class_book
from crmkit.planning.overlooked import reached, silences
from crmkit.planning.plan import Plan
from crmkit.words import t

AS_OF = date(2026, 6, 30)
MONDAY = date(2026, 7, 6)
CLIENTS, HOURS = 300, 25
#: Minutes for contacts of a client a month, by rhythm; a call and a message take what the
#: planner's own rules say.
RHYTHMS: Mapping[str, tuple[str, int]] = {
    "call_week": ("call", 4), "call_fortnight": ("call", 2), "call_month": ("call", 1),
    "wechat_fortnight": ("wechat", 2), "wechat_month": ("wechat", 1), "nothing": ("wechat", 0),
}  # fmt: skip
#: Contacts to be put in order: channel, and the span of what each is worth in points.
Span = tuple[int, int]
FIVE: Mapping[str, tuple[str, Span]] = {
    "loser": ("call", (90, 111)), "greeting": ("wechat", (14, 17)), "quiet": ("call", (50, 61)),
    "key_visit": ("visit", (200, 261)), "mass": ("sms", (1, 2)),
}  # fmt: skip
SIX: Mapping[str, tuple[str, Span]] = {
    "birthday": ("wechat", (18, 21)), "fee": ("call", (70, 81)), "review": ("call", (55, 61)),
    "key_visit": ("visit", (270, 301)), "loud": ("call", (22, 26)), "drop_in": ("visit", (85, 96)),
}  # fmt: skip
#: How many contacts of each kind the exercise draws from the bank, and how many the lesson.
GATE: Mapping[str, tuple[int, int]] = {
    "fine": (4, 2), "late": (2, 1), "no_consent": (2, 1), "barred": (2, 1), "crowded": (2, 1),
}  # fmt: skip
#: The clients of the week, and minutes for them.
WEEK = ("key", "loser", "birthday", "winner", "plain", "barred")
WEEK_MINUTES = 90


@dataclass(frozen=True)
class Practice:
    """What lesson 9 is about, for one seed.

    Attributes
    ----------
    seed : int
    counts : mapping of str to int
        Clients of each tier; three hundred in all.
    five, six : DataFrame
        Contacts of the lesson and of the exercise: ``minutes`` and ``worth`` (points).
    gate_six, gate_twelve : tuple of str
        Planned contacts to let through or not: names in the bank.
    names : mapping of str to str
        The clients of the week, masked.
    birthday : date
    loss, gain : int
        Per cent, of the loser and the winner of the week.
    traded : int
        What the old clients trade a year, in 10k CNY.
    seats, listed : int
        Of the campaign's event, and those that old clients already have.
    call, message : int
        What each is worth in the example the learner finishes, in points.
    """

    seed: int
    counts: Mapping[str, int]
    five: pd.DataFrame
    six: pd.DataFrame
    gate_six: tuple[str, ...]
    gate_twelve: tuple[str, ...]
    names: Mapping[str, str]
    birthday: date
    loss: int
    gain: int
    traded: int
    seats: int
    listed: int
    call: int
    message: int
    _plans: dict[int, Agenda] = field(default_factory=dict, repr=False)

    @property
    def minutes(self) -> int:
        """Minutes a month for contacts."""
        return HOURS * 60

    @property
    def silence(self) -> pd.DataFrame:
        """How long ago the clients of a branch were last in touch, by tier."""
        return silences(_branch(self.seed % 2**31))

    @property
    def month(self) -> Agenda:
        """The best plan of two weeks for some forty clients of the learner's own."""
        return self._best(60)

    @cached_property
    def _clients(self) -> tuple[ClientBook, pd.DataFrame]:
        return class_book(self.seed % 2**31, {"A": 6, "B": 4, "C": 12, "D": 16})

    @property
    def client_names(self) -> dict[str, str]:
        """How the clients of the plan are called; all are made up."""
        book, _ = self._clients
        return dict(zip(book.client["client_id"], book.client["name"], strict=True))

    def plan(self, pins: pd.DataFrame, before: Agenda) -> Agenda:
        """Return the plan made anew with what the learner asks for."""
        return self._planned(before.minutes, pins, before)

    def reached(self, minutes: int) -> pd.DataFrame:
        """Return whom the best plan reaches, and how, with so many minutes a day."""
        return reached(self._best(minutes))

    def told(self, minutes: int) -> str:
        """Return what so many minutes a day come to, as HTML."""
        plan = self._best(minutes)
        price = float(plan.prices["minute"].astype("float64").mean())
        worth = t("l09.short" if plan.figures["musts_missed"] else "l09.minute", price=price)
        return t("l09.told", minutes=minutes, worth=worth, **plan.figures)

    def judged(self, rules: Rules) -> Plan:
        """Return the plan of a tight two weeks by some rules."""
        book, tiers = self._clients
        return make_agenda(book, tiers, MONDAY, 10, 20, rules=rules).plan

    def _best(self, minutes: int) -> Agenda:
        if minutes not in self._plans:
            self._plans[minutes] = self._planned(minutes)
        return self._plans[minutes]

    def _planned(
        self, minutes: int, pins: pd.DataFrame | None = None, before: Agenda | None = None
    ) -> Agenda:
        book, tiers = self._clients
        contacts, prices = (before.contacts, before.prices) if before else (None, None)
        return make_agenda(book, tiers, MONDAY, 10, minutes, pins=pins, before=contacts,
                           prices=prices)  # fmt: skip


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> sum(practice.counts.values()), practice.minutes, len(practice.gate_twelve)
    (300, 1500, 12)
    """
    rng = np.random.default_rng([seed, 9])
    counts = first_fair(seed, _counts)
    twelve, six = from_bank(GATE, rng)
    people = person_table(make_plan(len(WEEK), seed % 2**31, AS_OF), 0)["name"]
    names = [mask_name(str(name)) for name in people]
    return Practice(
        seed=seed,
        counts=counts,
        five=_contacts(FIVE, rng),
        six=_contacts(SIX, rng),
        gate_six=six,
        gate_twelve=twelve,
        names=dict(zip(WEEK, names, strict=True)),
        birthday=MONDAY + timedelta(days=int(rng.integers(1, 4))),
        loss=int(rng.integers(18, 30)),
        gain=int(rng.integers(18, 30)),
        traded=int(rng.integers(20, 31)) * 1000,
        seats=int(rng.choice([40, 50, 60, 80])),
        listed=int(rng.integers(3, 8)),
        call=int(rng.integers(50, 61)),
        message=int(rng.integers(14, 19)),
    )


def _counts(rng: np.random.Generator) -> dict[str, int] | None:
    """Draw how many clients of each tier there are; the month's usual plan must fit."""
    counts = {"A": int(rng.integers(10, 17)), "B": int(rng.integers(40, 51)),
              "C": int(rng.integers(80, 101))}  # fmt: skip
    counts["D"] = CLIENTS - sum(counts.values())
    return counts if _clear(counts) else None


def _clear(counts: Mapping[str, int]) -> bool:
    """Tell whether the usual plan fits, and the deck's wish for all key clients does not."""
    usual = {"A": "call_fortnight", "B": "call_month", "C": "wechat_month", "D": "wechat_month"}
    wish = {**usual, "A": "call_week", "B": "call_fortnight"}
    return month_minutes(counts, usual) <= HOURS * 60 * 0.9 < month_minutes(counts, wish)


def month_minutes(counts: Mapping[str, int], rhythms: Mapping[str, str]) -> int:
    """Return what rhythms take a month, in minutes.

    Parameters
    ----------
    counts : mapping of str to int
        Clients of each tier.
    rhythms : mapping of str to str
        Tier to one of `RHYTHMS`.

    Examples
    --------
    >>> month_minutes({"A": 10, "D": 100}, {"A": "call_week", "D": "wechat_month"})
    600
    """
    return sum(count * each_minutes(rhythms[tier]) for tier, count in counts.items())


def each_minutes(rhythm: str) -> int:
    """Return what a rhythm takes for one client a month, in minutes.

    >>> each_minutes("call_week"), each_minutes("nothing")
    (40, 0)
    """
    channel, times = RHYTHMS[rhythm]
    return minutes_of()[channel] * times


@cache
def minutes_of() -> Mapping[str, int]:
    """Return how long a contact takes, by channel, as the planner's own rules have it.

    >>> minutes_of()["call"]
    10
    """
    return load_rules().minutes


def _contacts(cases: Mapping[str, tuple[str, Span]], rng: np.random.Generator) -> pd.DataFrame:
    minutes = minutes_of()
    rows = {
        case: {"minutes": minutes[channel], "worth": int(rng.integers(*span))}
        for case, (channel, span) in cases.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


@cache
def _branch(seed: int) -> pd.DataFrame:
    """Return the clients of a branch with their tier and the days since anybody was in touch."""
    book = make_book(CLIENTS, seed, AS_OF)
    found = measures(book)[["client_id", "days_since_contact"]]
    tiers = tier_book(book).tiers.set_index("client_id")["tier"].astype("str")
    held = book.client.loc[book.client["stage"].isin(["new", "existing", "dormant"]), "client_id"]
    return found[found["client_id"].isin(held)].assign(tier=found["client_id"].map(tiers))
