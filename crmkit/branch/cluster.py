"""Books larger than one machine: blocks mapped over a Spark cluster, with the same bytes.

Needs the extra ``spark`` and a folder that every worker can write to.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit.book.store import new_folder, seal
from crmkit.branch.plan import Plan
from crmkit.branch.simulate import origin
from crmkit.branch.writing import write_block

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def write_book_on(spark: "SparkSession", plan: Plan, path: str | Path) -> None:
    """Simulate a book on a cluster and write it, whole or not at all.

    Parameters
    ----------
    spark : SparkSession
    plan : Plan
        Its policy must be importable on the workers, as those of ``crmkit.branch.policies``
        are.
    path : str or Path
        A new folder on storage that driver and workers share.

    Raises
    ------
    CrmkitError
        Those of ``crmkit.book.store``.
    """
    with new_folder(path) as folder:
        blocks = spark.sparkContext.parallelize(range(plan.blocks), plan.blocks)
        blocks.foreach(partial(write_block, plan, [folder]))
        seal(folder, plan.as_of, origin(plan))
