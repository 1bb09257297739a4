"""Draw the figures of docs/planning.md in both languages.

python tools/build_planning_figures.py

The plans behind them are those of benchmarks/planning.py; it takes half a minute.
"""

import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from planning import greedy, make_month, rule_of_thumb  # noqa: E402

from crmkit.planning.optimise import optimise  # noqa: E402
from crmkit.planning.score import evaluate  # noqa: E402
from crmkit.plots import against_bound, minute_price, png  # noqa: E402
from crmkit.words import in_language  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CLIENTS = 1000


def prices() -> pd.DataFrame:
    """Return what a minute is worth in books that differ in the manager's minutes alone."""
    rows = []
    for minutes in (120, 180, 240, 300, 360):
        found = optimise(make_month(CLIENTS, minutes=minutes))
        price, missed = found.prices[0].mean(), found.score.neglected
        rows.append({"minutes": minutes, "minute": price, "neglected": missed})
    return pd.DataFrame(rows)


def methods() -> pd.DataFrame:
    """Return the value of several plans of one book against the bound."""
    problem = make_month(CLIENTS)
    found = optimise(problem)
    floor = evaluate(problem, problem.empty()).net
    plans = {"crmkit": found.cells, "greedy": greedy(problem), "thumb": rule_of_thumb(problem)}
    rows = []
    for method, cells in plans.items():
        score = evaluate(problem, cells)
        share = 100 * (score.net - floor) / (found.bound - floor)
        rows.append({"method": method, "share": share, "neglected": score.neglected})
    return pd.DataFrame(rows)


if __name__ == "__main__":
    tables = {"price": (minute_price, prices()), "rivals": (against_bound, methods())}
    for name, (draw, table) in tables.items():
        print(table.to_string(index=False))
        for language in ("zh", "en"):
            with in_language(language):
                (IMAGES / f"planning_{name}.{language}.png").write_bytes(png(draw(table)))
