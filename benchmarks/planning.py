"""The planner on made-up months: value against the bound, beside the rivals, and the time taken.

Run: python benchmarks/planning.py [--rivals] [--branch] [--seeds 10]
"""

from datetime import date

import numpy as np

from crmkit.planning.calendar import trading_days
from crmkit.planning.problem import Problem, duties_of

VISIT, CALL, WECHAT, SMS = range(4)
START = date(2026, 3, 2)
MINUTES, POINTS = np.array([60, 10, 1, 1]), np.array([12, 5, 2, 1])
PERSONAL, TALK, SPOKEN = ("visit", "call", "wechat"), ("visit", "call"), ("call", "wechat")
EVERY = ("visit", "call", "wechat", "sms")
MOST = 32

#: What befalls clients: how often in a month, days given, channels, whether it is a must.
NEWS = (
    ("big_loss", 0.04, 2, TALK, True),
    ("big_gain", 0.05, 2, ("wechat", "sms", "call"), False),
    ("birthday", 1 / 12, 0, EVERY, False),
    ("silence", 0.05, 9, SPOKEN, False),
    ("outflow", 0.02, 1, TALK, True),
    ("first_trade", 0.03, 4, SPOKEN, True),
    ("complaint", 0.006, 1, TALK, True),
)


def make_month(count: int, days: int = 20, minutes: int = 240, seed: int = 1) -> Problem:
    """Return a made-up month: 5 % A, 15 % B, 30 % C, 50 % D, some away, some with news."""
    draw = np.random.default_rng([seed, count])
    tier = draw.choice(4, count, p=[0.05, 0.15, 0.30, 0.50])
    prospect = draw.random(count) < 0.15
    base = np.array([8000, 2500, 700, 120])[tier] * np.exp(draw.normal(0, 0.5, count))
    base *= np.where(prospect, 1.3, 1.0)
    calendar = tuple(trading_days(START, days))
    spacing = np.where(prospect & (tier < 3), 2, np.array([2, 3, 4, 8])[tier])
    limit = np.full((4, days), minutes)
    limit[0, [day.weekday() == 0 for day in calendar]] = int(minutes * 0.75)
    limit[1], limit[2] = 3, 10**6
    limit[3] = 10**6
    bonus = np.zeros((count, days, 4))
    duties = _cadence(tier, prospect, days) + _news(draw, tier, base, days, bonus)
    ago = -draw.integers(1, 11, count)
    return Problem(
        clients=tuple(f"{row:05d}" for row in range(count)),
        days=calendar,
        minutes=MINUTES,
        points=POINTS,
        limit=limit,
        allowed=_allowed(draw, tier, days),
        response=_response(tier, base),
        bonus=bonus,
        rhythm=np.stack([spacing, np.full(count, 99), np.full(count, 1)], axis=1),
        recent=tuple((int(when),) for when in ago),
        duties=duties_of(duties),
        stretches=(180, 270),
    )


def _response(tier: np.ndarray, base: np.ndarray) -> np.ndarray:
    half = np.array([12, 8, 4, 2.0])[tier][:, None]
    curve = 1 - np.exp(-np.arange(MOST + 1) / half)
    return np.floor(base[:, None] * curve / curve[:, -1:])


def _allowed(draw: np.random.Generator, tier: np.ndarray, days: int) -> np.ndarray:
    count = len(tier)
    allowed = np.ones((count, days, 4), dtype=bool)
    allowed[tier == 3, :, VISIT] = False
    allowed[(tier == 2) & (draw.random(count) < 0.7), :, VISIT] = False
    allowed[draw.random(count) < 0.25, :, WECHAT] = False
    quiet = draw.random(count) < 0.04
    allowed[quiet, :, VISIT] = allowed[quiet, :, CALL] = False
    for row in np.flatnonzero(draw.random(count) < 0.12):
        begin = draw.integers(0, max(1, days - 3))
        allowed[row, begin : begin + draw.integers(2, 6)] = False
    return allowed


def _cadence(tier: np.ndarray, prospect: np.ndarray, days: int) -> list:
    rows = []
    for row, kind in enumerate(tier.tolist()):
        rows.append((row, 0, days - 1, EVERY, 0, [8, 4, 2, 1][kind], True))
        weeks, half = range(0, days, 5), range(0, days, 10)
        if kind == 0:
            rows += [(row, w, min(w + 4, days - 1), PERSONAL, 1, 600, False) for w in weeks]
            rows.append((row, 0, days - 1, ("visit",), 1, 2500, False))
        elif kind == 1:
            rows += [(row, w, min(w + 9, days - 1), TALK, 1, 300, False) for w in half]
        elif kind == 2:
            rows.append((row, 0, days - 1, PERSONAL, 1, 80, False))
        if prospect[row] and kind < 3:
            rows += [(row, w, min(w + 9, days - 1), PERSONAL, 1, 150, False) for w in half]
    return rows


def _news(
    draw: np.random.Generator, tier: np.ndarray, base: np.ndarray, days: int, bonus: np.ndarray
) -> list:
    rows, taken = [], np.zeros(len(tier), dtype=bool)
    for purpose, share, given, ways, must in NEWS:
        for row in np.flatnonzero((draw.random(len(tier)) < share) & ~taken).tolist():
            taken[row] = True
            first = int(draw.integers(0, days))
            last = min(first + given, days - 1)
            if must and (tier[row] < 3 or purpose == "complaint"):
                weight = 12 if purpose == "complaint" else 6
                rows.append((row, first, last, ways, 0, weight, False))
            share_of = 0.15 if purpose in ("birthday", "big_gain") else 0.25
            for way in (EVERY.index(name) for name in ways):
                bonus[row, first : last + 1, way] += int(base[row] * share_of)
    return rows
