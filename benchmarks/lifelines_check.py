"""Hold our survival curves and log-rank test against lifelines; not part of the tests.

lifelines pins pandas below 3, so it lives in an environment of its own:

    python -m venv /tmp/lifelines && /tmp/lifelines/bin/pip install lifelines
    python benchmarks/lifelines_check.py /tmp/lifelines/bin/python

Our own side runs in the project's environment and hands over plain numbers.
"""

import json
import subprocess
import sys

import numpy as np
import pandas as pd

from crmkit.analysis.churn.survival import kaplan_meier, log_rank

THEIRS = """
import json, sys
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
given = json.load(sys.stdin)
curves = {}
for group in sorted(set(given["group"])):
    own = [i for i, name in enumerate(given["group"]) if name == group]
    fit = KaplanMeierFitter().fit([given["time"][i] for i in own], [given["left"][i] for i in own])
    band = fit.confidence_interval_
    curves[group] = {"time": list(fit.survival_function_.index),
                     "survival": list(fit.survival_function_.iloc[:, 0]),
                     "low": list(band.iloc[:, 0]), "high": list(band.iloc[:, 1])}
test = multivariate_logrank_test(given["time"], given["group"], given["left"])
print(json.dumps({"curves": curves, "chi2": test.test_statistic, "p": test.p_value}))
"""


def spells(seed: int, clients: int = 600) -> pd.DataFrame:
    """Return made-up spells of three groups."""
    rng = np.random.default_rng(seed)
    group = rng.choice(["A", "B", "C"], clients)
    time = rng.geometric(0.03 + 0.02 * (group == "C"), clients)
    limit = rng.integers(1, 40, clients)
    return pd.DataFrame({"time": np.minimum(time, limit), "left": time <= limit, "group": group})


def main(python: str) -> int:
    """Compare ten sets of spells; print the largest difference found."""
    worst = 0.0
    for seed in range(10):
        rows = spells(seed)
        given = json.dumps({name: rows[name].tolist() for name in rows})
        done = subprocess.run([python, "-c", THEIRS], input=given, capture_output=True,
                              text=True, check=True)  # fmt: skip
        theirs = json.loads(done.stdout)
        test = log_rank(rows)
        worst = max(worst, abs(test.chi2 - theirs["chi2"]), abs(test.p - theirs["p"]))
        for name, curve in kaplan_meier(rows).groupby("group"):
            other = theirs["curves"][name]
            assert curve["time"].tolist() == other["time"]
            for column in ("survival", "low", "high"):
                gap = np.abs(curve[column].to_numpy(dtype=float) - np.array(other[column]))
                worst = max(worst, float(np.nanmax(gap)))
    print(f"largest difference from lifelines: {worst:.2e}")
    return int(worst > 1e-9)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
