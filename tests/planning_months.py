"""Small made-up months for the tests of the optimiser, from a seed."""

from datetime import date

import numpy as np

from crmkit.book.schema import CHANNELS
from crmkit.planning.calendar import trading_days
from crmkit.planning.problem import Problem, duties_of

WEDNESDAY = date(2026, 7, 1)


def small_month(seed: int, count: int = 3, days: int = 4, minutes: int = 15) -> Problem:
    """Return a month of a few clients, with musts, shortfalls, odd curves and tight days."""
    draw = np.random.default_rng(seed)
    curve = np.cumsum(draw.integers(0, 30, (count, 13)), axis=1).astype(float)
    curve -= curve[:, :1]
    limit = np.stack(
        [
            draw.integers(0, minutes + 1, days),
            draw.integers(0, 2, days),
            draw.integers(0, 4, days),
            draw.integers(0, minutes + 1, days),
        ]
    )
    duties = []
    for row in range(count):
        duties.append((row, 0, days - 1, CHANNELS, 0, float(draw.integers(1, 5)), True))
        for _ in range(int(draw.integers(0, 4))):
            first, last = sorted(draw.integers(0, days, 2).tolist())
            ways = draw.choice(CHANNELS, int(draw.integers(1, 4)), replace=False).tolist()
            level = int(draw.integers(0, 2))
            weight = float(draw.integers(1, 60) if level else draw.integers(1, 9))
            duties.append((row, first, last, ways, level, weight, False))
    recent = [tuple(sorted(-draw.integers(0, 9, int(draw.integers(0, 3))))) for _ in range(count)]
    return Problem(
        clients=tuple(f"{row}" for row in range(count)),
        days=tuple(trading_days(WEDNESDAY, days)),
        minutes=np.array([12, 5, 2, 1]),
        points=np.array([6, 3, 2, 1]),
        limit=limit,
        allowed=draw.random((count, days, 4)) < 0.8,
        response=curve,
        bonus=np.round(draw.normal(0, 6, (count, days, 4)), 1),
        rhythm=np.stack([draw.integers(1, 4, count), draw.integers(1, 4, count),
                         draw.integers(1, 8, count)], axis=1),
        recent=tuple(tuple(int(day) for day in past) for past in recent),
        duties=duties_of(duties),
        stretches=(8, 9),
    )  # fmt: skip
