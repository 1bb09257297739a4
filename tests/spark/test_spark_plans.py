"""A branch planned over Spark: the same plans, one task for each manager."""

from typing import Any

from planning_months import small_month

from crmkit.planning.branch import plan_branch, plan_branch_on_spark


def test_spark_gives_the_plans_that_one_process_gives(spark: Any):
    problems = {f"m{seed}": small_month(seed, count=10, days=5) for seed in range(3)}
    here = plan_branch(problems, processes=1)
    there = plan_branch_on_spark(spark, problems)
    assert list(there) == list(here)
    for name in problems:
        assert (there[name].cells == here[name].cells).all()
        assert there[name].bound == here[name].bound
