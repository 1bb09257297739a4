"""Months of behaviour: client-months per processor second for the activity and contact tables.

The yardstick is a bare loop of a third of the steps (flows, profit, turnover, leaving) on the
same machine in the same run. Run: python benchmarks/behaviour.py
"""

import numpy as np
from timing import best, rates

from crmkit.branch.history import live_through
from crmkit.branch.plan import Plan, make_plan
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
    rows = BLOCK * MONTHS
    found = rates(
        {
            "people": (lambda: People(plan, 1).traits, rows),
            "whole": (lambda: live_through(plan, 1), rows),
            "bare": (bare, rows),
        },
        rounds=15,
    )
    months = 1 / (1 / found["whole"] - 1 / found["people"])
    print(f"behaviour        {months / 1e6:6.2f} M client-months per cpu-second")
    print(f"with the people  {found['whole'] / 1e6:6.2f} M")
    print(
        f"bare loop        {found['bare'] / 1e6:6.2f} M, {found['bare'] / months:.1f} times as many"
    )
    took = best(lambda: make_book(2000, 1, "2026-01-05"))
    print(f"make_book(2000), 36 months: {took:.2f} cpu-s")
    for clients in (10_000, 40_000, 160_000, 640_000, 1_000_000):
        plan = make_plan(clients, 1, "2026-01-05", MONTHS)
        cost = best(lambda p=plan: live_all(p), 3)
        print(f"{clients:>9,} clients: {cost / clients * 1e6:6.2f} µs per client")


def live_all(plan: Plan) -> None:
    """Live through every block, keeping none."""
    for block in range(plan.blocks):
        live_through(plan, block)


if __name__ == "__main__":
    main()
