"""In which order things are shown: by chance, so that no place gives the right one away."""

from collections.abc import Iterable, Sequence

import numpy as np


def any_order(items: Iterable[str], rng: np.random.Generator) -> tuple[str, ...]:
    """Return items in any order.

    >>> any_order("abc", np.random.default_rng(1))
    ('a', 'b', 'c')
    """
    return tuple(rng.permutation(list(items)).tolist())


def out_of_order(items: Sequence[str], rng: np.random.Generator) -> tuple[str, ...]:
    """Return items in any order but the one given, for what is to be put in order.

    >>> out_of_order(("a", "b"), np.random.default_rng(1))
    ('b', 'a')
    """
    while True:
        drawn = any_order(items, rng)
        if drawn != tuple(items):
            return drawn
