"""Making practice that is fair for every seed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

import numpy as np

T = TypeVar("T")

#: Draws before giving up; a generator that needs more than a few asks too much of chance.
DRAWS = 1000


def first_fair(seed: int, draw: Callable[[np.random.Generator], T | None]) -> T:
    """Return the first draw that is fair.

    Parameters
    ----------
    seed : int
    draw : callable
        Takes a generator; returns the practice, or ``None`` when it would not be fair: a case
        is missing, somebody stands on a line, two wrong ideas cannot be told apart.

    Raises
    ------
    AssertionError
        When chance alone never gives what is asked for.

    Examples
    --------
    >>> first_fair(1, lambda rng: n if (n := int(rng.integers(10))) > 7 else None) > 7
    True
    """
    for number in range(DRAWS):
        made = draw(np.random.default_rng([seed, number]))
        if made is not None:
            return made
    raise AssertionError(f"no fair practice for seed {seed} in {DRAWS} draws")


def counted(counts: Mapping[str, int]) -> list[str]:
    """Return every case as often as it is wanted.

    >>> counted({"large": 1, "small": 2})
    ['large', 'small', 'small']
    """
    return [case for case, count in counts.items() for _ in range(count)]


def from_bank(
    counts: Mapping[str, tuple[int, int]], rng: np.random.Generator
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names of a bank for an exercise and, none of them twice, for a lesson.

    Parameters
    ----------
    counts : mapping of str to (int, int)
        How many of each kind the exercise takes and how many the lesson; the bank has as
        many as both: ``late1``, ``late2`` ...
    rng : Generator

    Examples
    --------
    >>> exercise, lesson = from_bank({"fine": (2, 1)}, np.random.default_rng(1))
    >>> sorted([*exercise, *lesson])
    ['fine1', 'fine2', 'fine3']
    """
    exercise: list[str] = []
    lesson: list[str] = []
    for kind, (many, few) in counts.items():
        drawn = [f"{kind}{number}" for number in rng.permutation(many + few) + 1]
        exercise += drawn[:many]
        lesson += drawn[many:]
    return tuple(rng.permutation(exercise).tolist()), tuple(rng.permutation(lesson).tolist())


def one_case(unit: str, question: str, two: Collection[str], rng: np.random.Generator) -> str:
    """Return where a question finds its sentences: the words of its lesson, or ``other`` there.

    Parameters
    ----------
    unit : str
    question : str
        Id of the question.
    two : collection of str
        The questions with a second case: the same ideas in another situation, with sentences of
        its own. One of the two is drawn.
    rng : Generator

    Examples
    --------
    >>> one_case("l04", "l04-p5", ("l04-x1",), np.random.default_rng(1))
    'l04'
    >>> drawn = {one_case("l04", "l04-x1", ("l04-x1",), np.random.default_rng(n)) for n in range(9)}
    >>> sorted(drawn)
    ['l04', 'l04.other']
    """
    return str(rng.choice([unit, f"{unit}.other"])) if question in two else unit


def kind_of(name: str) -> str:
    """Return the kind of a name of a bank.

    >>> kind_of("no_consent2")
    'no_consent'
    """
    return name.rstrip("0123456789")


def of_kind(names: Iterable[str], kind: str) -> list[str]:
    """Return the names of a kind.

    >>> of_kind(["late1", "fine2", "late3"], "late")
    ['late1', 'late3']
    """
    return [name for name in names if kind_of(name) == kind]


def stands_clear(value: float, lines: Iterable[float], margin: float) -> bool:
    """Tell whether a value lies well away from every line, by a factor.

    Parameters
    ----------
    value : float
    lines : iterable of float
        Positive.
    margin : float
        1.15 asks for 15 % at least.

    Examples
    --------
    >>> stands_clear(120, [100], 1.15), stands_clear(110, [100], 1.15)
    (True, False)
    """
    return all(value >= line * margin or value * margin <= line for line in lines)
