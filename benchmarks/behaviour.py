"""Months of behaviour: client-months per processor second for the activity and contact tables.

The yardstick is a bare loop of a third of the steps (flows, profit, turnover, leaving) on the
same machine in the same run. Run: python benchmarks/behaviour.py
"""

import time

import numpy as np
from timing import best

from crmkit.branch.history import live_through
from crmkit.branch.plan import make_plan
from crmkit.branch.population import People
from crmkit.branch.simulate import make_book
from crmkit.branch.streams import BLOCK

MONTHS = 36


def bare(rows: int = BLOCK) -> float:
    """Run a minimal life-cycle that keeps only two numbers per client and month."""
    draw = np.random.Generator(np.random.SFC64(11))
    level = draw.standard_normal(rows, dtype=np.float32) + np.float32(11)
    mood = np.zeros(rows, np.float32)
    there = np.ones(rows, bool)
    panel = np.empty((MONTHS, 2, rows), np.float32)
    for month in range(MONTHS):
        mood *= np.float32(0.85)
        mood += np.float32(0.35) * (draw.random(rows, dtype=np.float32) < np.float32(0.2))
        level += np.float32(0.08) * draw.standard_normal(rows, dtype=np.float32)
        turn = np.exp(np.float32(0.4) * draw.standard_normal(rows, dtype=np.float32))
        hazard = 1 / (1 + np.exp(np.float32(4.7) + np.float32(0.9) * mood))
        there &= draw.random(rows, dtype=np.float32) >= hazard
        panel[month] = np.where(there, level, np.nan), turn * there
    return float(np.nanmean(panel))


def main() -> None:
    plan = make_plan(4 * BLOCK, 1, "2026-01-05", MONTHS)
    live_through(plan, 0)
    people = best(lambda: People(plan, 1).traits)
    whole = best(lambda: live_through(plan, 1))
    simple = best(bare)
    million = BLOCK * MONTHS / 1e6
    print(f"behaviour        {million / (whole - people):6.2f} M client-months per cpu-second")
    print(f"with the people  {million / whole:6.2f} M")
    print(f"bare loop        {million / simple:6.2f} M")
    begun = time.perf_counter()
    make_book(2000, 1, "2026-01-05")
    print(f"make_book(2000), 36 months: {time.perf_counter() - begun:.2f} s")
    for rows in (10_000, 40_000, 160_000):
        plan = make_plan(rows, 1, "2026-01-05", MONTHS)
        cost = best(lambda p=plan: [live_through(p, block) for block in range(p.blocks)], 2)
        print(f"{rows:>9,} clients: {cost / rows * 1e6:6.1f} µs per client")


if __name__ == "__main__":
    main()
