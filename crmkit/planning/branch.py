"""A branch of managers: every manager's month planned by itself, side by side.

Managers share no minutes, so their plans do not depend on each other and any machinery that
maps a function over a list will do: processes here, a Spark cluster elsewhere. What a branch
can learn from all plans together is where a minute is worth most. That is a question to ask,
not a rule to follow: moving clients until all prices are equal need not be best (Skiera and
Albers 1998), because clients do not like to be moved.
"""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pandas as pd

from crmkit.planning.optimise import optimise
from crmkit.planning.problem import Problem, Solution

_Task = tuple[str, Problem, int, bool]


def plan_branch(
    problems: Mapping[str, Problem], processes: int = 2, seed: int = 0, exact: bool = False
) -> dict[str, Solution]:
    """Return every manager's plan.

    Parameters
    ----------
    problems : mapping of str to Problem
        By manager.
    processes : int
        How many to use; with 1 everything happens in this one.
    seed : int
    exact : bool

    Returns
    -------
    dict of str to Solution
        The same whatever the number of processes.
    """
    tasks = _tasks(problems, seed, exact)
    if processes == 1:
        return dict(map(plan_manager, tasks))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return dict(pool.map(plan_manager, tasks))


def plan_branch_on_spark(
    spark: Any, problems: Mapping[str, Problem], seed: int = 0, exact: bool = False
) -> dict[str, Solution]:
    """Return the same plans from a Spark cluster, one task for each manager.

    Parameters
    ----------
    spark : pyspark.sql.SparkSession
        crmkit has to be installed on the workers. An extra: crmkit does not need Spark.
    problems : mapping of str to Problem
    seed : int
    exact : bool
    """
    tasks = _tasks(problems, seed, exact)
    spread = spark.sparkContext.parallelize(tasks, max(len(tasks), 1))
    return dict(spread.map(plan_manager).collect())


def plan_manager(task: _Task) -> tuple[str, Solution]:
    """Plan one manager's month: the function that is mapped."""
    manager, problem, seed, exact = task
    return manager, optimise(problem, seed=seed, exact=exact)


def compare_managers(solutions: Mapping[str, Solution]) -> pd.DataFrame:
    """Return by manager what a minute costs and what the plan leaves undone.

    Parameters
    ----------
    solutions : mapping of str to Solution

    Returns
    -------
    DataFrame
        ``manager``, ``minute`` (points, mean over the days), ``neglected``, ``must_missed``,
        ``shortfall``, ``value`` (points, less the shortfall), ``gap``, ``minutes_used``; the
        dearest minute first.
    """
    rows = pd.DataFrame([_line(*entry) for entry in solutions.items()])
    order = ["minute", "manager"]
    return (
        rows.sort_values(order, ascending=[False, True], ignore_index=True) if len(rows) else rows
    )


def _line(manager: str, solution: Solution) -> dict[str, Any]:
    score = solution.score
    return {
        "manager": manager,
        "minute": float(solution.prices[0].mean()),
        "neglected": score.neglected,
        "must_missed": score.must_missed,
        "shortfall": score.shortfall,
        "value": score.net,
        "gap": solution.gap,
        "minutes_used": score.minutes_used,
    }


def _tasks(problems: Mapping[str, Problem], seed: int, exact: bool) -> list[_Task]:
    return [(manager, problem, seed, exact) for manager, problem in problems.items()]
