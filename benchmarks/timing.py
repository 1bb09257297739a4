"""Processor seconds, best of several runs."""

import time
from collections.abc import Callable


def best(work: Callable[[], object], runs: int = 5) -> float:
    """Return the least processor seconds a piece of work took."""
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)
