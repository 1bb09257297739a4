"""Processor seconds, best of several runs."""

import time
from collections.abc import Callable, Mapping


def once(work: Callable[[], object]) -> float:
    """Return the processor seconds a piece of work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def best(work: Callable[[], object], runs: int = 5) -> float:
    """Return the least processor seconds a piece of work took."""
    return min(once(work) for _ in range(runs))


def rates(
    work: Mapping[str, tuple[Callable[[], object], int]], rounds: int = 7
) -> dict[str, float]:
    """Return rows per processor second of rivals, the best of several rounds.

    The rivals take turns, so that a busy minute of the machine hits them alike.
    """
    least = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for name, (make, _) in work.items():
            least[name] = min(least[name], once(make))
    return {name: work[name][1] / took for name, took in least.items()}
