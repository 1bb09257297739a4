"""Policies: whom the manager contacts in a month, and how.

A policy is a plain function. It sees what a manager could see of every client in one month
and answers with the probability of each kind of contact; 0 and 1 make it a rule. At most one
kind of contact is made per client and month, ``times`` over.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crmkit.book.schema import CHANNELS
from crmkit.branch.checks import between, require, whole
from crmkit.errors import CrmkitError

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Month:
    """What the manager sees of a block of clients when the month begins.

    Attributes
    ----------
    number : int
        The month since the book's first, from 0.
    last : bool
        Whether this is the book's last month.
    regime : str
        ``bull``, ``flat`` or ``bear``.
    client : array of int
        Each client's place in the book, from 0.
    assets : array of float
        CNY at the end of the month before.
    tenure : array of int
        Months since the account was opened; negative for prospects.
    months_since_trade : array of int
    months_since_contact : array of int
        Since anybody was reached; 99 when never.
    profit : array of float
        Return on the shares held in the month before.
    may_call, may_message : array of bool
        Consent to calls, consent to messages; false wherever a client asked not to be
        contacted.
    likes_messages : array of bool
        Prefers WeChat or text messages to visits and calls.
    """

    number: int
    last: bool
    regime: str
    client: NDArray[np.int64]
    assets: Floats
    tenure: NDArray[np.int16]
    months_since_trade: NDArray[np.int16]
    months_since_contact: NDArray[np.int16]
    profit: Floats
    may_call: NDArray[np.bool_]
    may_message: NDArray[np.bool_]
    likes_messages: NDArray[np.bool_]


@dataclass(frozen=True)
class Contacts:
    """The probability of each kind of contact, per client or one for all."""

    visit: Floats | float = 0.0
    call: Floats | float = 0.0
    wechat: Floats | float = 0.0
    sms: Floats | float = 0.0
    times: int = 1

    def refuse_nonsense(self, rows: int) -> None:
        """Refuse anything but probabilities, one for all clients or one for each.

        Raises
        ------
        CrmkitError
            ``branch.bad_contacts``.
        """
        for name in CHANNELS:
            odds = getattr(self, name)
            if isinstance(odds, np.ndarray) and odds.dtype.kind in "biuf" and odds.shape == (rows,):
                good = not rows or bool(odds.min() >= 0 and odds.max() <= 1)  # never so for nan
            else:
                good = between(odds, 0, 1)
            if not good:
                raise CrmkitError("branch.bad_contacts", name=name, value=odds, rows=rows)
        require(whole(self.times, 1, MOST_TIMES), "times", self.times, f"1 … {MOST_TIMES}")


#: How often a client may be contacted in a month.
MOST_TIMES = 100


def _check(channel: object) -> None:
    require(channel in CHANNELS, "channel", channel, ", ".join(CHANNELS))


Policy = Callable[[Month], Contacts]


def nobody(month: Month) -> Contacts:
    """Contact nobody.

    >>> nobody(None)
    Contacts(visit=0.0, call=0.0, wechat=0.0, sms=0.0, times=1)
    """
    return Contacts()


def habit(month: Month) -> Contacts:
    """Do what busy managers do: ring the rich, the loyal and those who trade.

    Because the people who are rung would have stayed anyway, a comparison of called and
    uncalled clients flatters the calls.
    """
    f32 = np.float32
    rich = np.zeros(len(month.assets), dtype=np.int8)
    for step in _STEPS:
        rich += (month.assets > step).view(np.int8)
    close = (month.months_since_trade <= 1).view(np.int8) * np.int8(2)
    close += (month.tenure >= 24).view(np.int8)
    close += (month.tenure >= 60).view(np.int8)
    close += np.int8(2)
    close *= rich
    interest = f32(0.014) * close
    interest += f32(0.02)
    interest[np.flatnonzero(month.tenure < 0)] += f32(0.16)
    interest *= month.may_call
    return Contacts(
        visit=f32(0.2) * interest,
        call=f32(0.8) * interest,
        wechat=f32(0.06) * month.may_message,
        sms=f32(0.05) * month.may_message,
    )


#: Asset steps in CNY at which a manager's interest rises.
_STEPS = (2e4, 1e5, 3e5, 1e6, 3e6)


def randomised(probability: float = 0.5, channel: str = "call") -> Policy:
    """Return a policy that tosses a coin for every client and month.

    Parameters
    ----------
    probability : float
    channel : {"visit", "call", "wechat", "sms"}

    Raises
    ------
    CrmkitError
        For another channel, or what is no probability.
    """
    _check(channel)
    require(between(probability, 0, 1), "probability", probability, "0 … 1")
    return lambda month: Contacts(**{channel: probability})  # type: ignore[arg-type]


def everybody(channel: str = "call", times: int = 1) -> Policy:
    """Return a policy that contacts every client every month, ``times`` over.

    Raises
    ------
    CrmkitError
        For another channel, or not 1 to 100 times.
    """
    _check(channel)
    require(whole(times, 1, MOST_TIMES), "times", times, f"1 … {MOST_TIMES}")
    return lambda month: Contacts(**{channel: 1.0, "times": times})  # type: ignore[arg-type]


def after(start: int, before: Policy, then: Policy) -> Policy:
    """Return a policy that changes in a month, counted from the book's first."""
    require(whole(start, 0), "start", start, "0, 1, 2 …")
    for policy in (before, then):
        if not callable(policy):
            raise CrmkitError("branch.bad_policy", value=policy)
    return lambda month: (then if month.number >= start else before)(month)


@dataclass(frozen=True)
class Trial:
    """A randomised trial: a random half of the clients gets one kind of contact monthly.

    Who is in the half follows from the client's place and the trial's own number alone, so
    the same people are in it whatever else happens.
    """

    channel: str = "call"
    number: int = 1
    share: float = 0.5
    _scale: float = field(default=2.0**-32, repr=False)

    def __post_init__(self) -> None:
        _check(self.channel)
        require(whole(self.number, 0, 2**32), "number", self.number, "0, 1, 2 …")
        require(between(self.share, 0, 1), "share", self.share, "0 … 1")

    def arm(self, client: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return who is contacted, for clients' places in the book."""
        mixed = (client.astype(np.uint64) + np.uint64(self.number)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        return (mixed >> np.uint64(32)) * self._scale < self.share

    def __call__(self, month: Month) -> Contacts:
        """Answer as a policy does."""
        chosen = self.arm(month.client).astype(np.float32)
        return Contacts(**{self.channel: chosen})  # type: ignore[arg-type]
