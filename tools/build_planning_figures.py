"""Draw the figures of docs/planning.md in both languages, and keep the numbers behind them.

python tools/build_planning_figures.py           draw, and write tools/planning-figures.csv
python tools/build_planning_figures.py --check   fail if the numbers have changed

The plans behind them are those of benchmarks/planning.py; it takes half a minute.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from planning import greedy, make_month, rule_of_thumb  # noqa: E402

from crmkit.planning.optimise import optimise  # noqa: E402
from crmkit.planning.score import evaluate  # noqa: E402
from crmkit.plots import against_bound, minute_price, png  # noqa: E402
from crmkit.words import LANGUAGES, in_language  # noqa: E402

IMAGES = ROOT / "docs" / "images"
NUMBERS = ROOT / "tools" / "planning-figures.csv"
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


def numbers(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what the figures show, one number a row."""
    rows = [
        {"figure": name, "of": str(row[table.columns[0]]), "what": what, "value": float(row[what])}
        for name, table in tables.items()
        for _, row in table.iterrows()
        for what in table.columns[1:]
    ]
    return pd.DataFrame(rows)


def changed(found: pd.DataFrame) -> bool:
    """Tell whether the numbers are others than those kept; solvers agree to a hundredth."""
    kept = pd.read_csv(NUMBERS)
    names = ["figure", "of", "what"]
    if not found[names].astype(str).equals(kept[names].astype(str)):
        return True
    return not np.allclose(found["value"], kept["value"], rtol=0.01, atol=0.5)


def main() -> int:
    """Draw the figures, or compare the numbers behind them."""
    tables = {"price": prices(), "rivals": methods()}
    found = numbers(tables)
    if "--check" in sys.argv:
        if changed(found):
            print(found.to_string(index=False), file=sys.stderr)
        return int(changed(found))
    found.to_csv(NUMBERS, index=False, float_format="%.4f")
    for name, draw in {"price": minute_price, "rivals": against_bound}.items():
        for language in LANGUAGES:
            with in_language(language):
                file = IMAGES / f"planning_{name}.{language}.png"
                file.write_bytes(png(draw(tables[name])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
