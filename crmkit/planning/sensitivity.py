"""How much hangs on the judgements behind a plan: usually little, the flat maximum."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from crmkit.planning.optimise import optimise
from crmkit.planning.problem import Problem
from crmkit.planning.score import evaluate

#: How far off the judged effect of contacts may be, as factors.
FACTORS = (0.5, 0.75, 1.25, 2.0)


def sensitivity(
    problem: Problem, factors: Sequence[float] = FACTORS, seed: int = 0
) -> pd.DataFrame:
    """Return what is lost when a month is planned with wrong responses and lived with the right.

    Parameters
    ----------
    problem : Problem
        Its responses are taken for the right ones.
    factors : sequence of float
        What the responses are multiplied by before planning.
    seed : int

    Returns
    -------
    DataFrame
        ``factor``, ``level0`` and ``net`` of the plan under the right responses, and ``share``:
        the net value as a percentage of the plan made with the right ones.
    """
    right = optimise(problem, seed).score
    rows = []
    for factor in factors:
        wrong = replace(problem, response=problem.response * factor)
        score = evaluate(problem, optimise(wrong, seed).cells)
        share = 100 * score.net / right.net if right.net > 0 else float("nan")
        rows.append({"factor": factor, "level0": score.level0, "net": score.net, "share": share})
    return pd.DataFrame(rows)
