"""What every variant of a unit must be: answerable, unambiguous, and about as hard as another.

The tests look at twenty seeds; an author runs thousands, with
``python -m tools.course.check_variants``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crmkit.course.outcome import Outcome
from crmkit.course.questions import Question, mark
from crmkit.course.unit import make_setting

#: A wrong idea that earns more than this is hardly wrong: its trap is missing.
MOST_FOR_WRONG = 0.95


@dataclass(frozen=True)
class Fault:
    """Something wrong with a variant.

    Attributes
    ----------
    seed : int
    question : str
    kind : str
        ``"key"`` (the right answer is not marked right), ``"silent"`` (a wrong idea is not
        told), ``"mistaken"`` (it is taken for another) or ``"easy"`` (it earns nearly all).
    idea : str
    """

    seed: int
    question: str
    kind: str
    idea: str = ""


def variant_faults(unit: str, seed: int) -> Iterator[Fault]:
    """Yield what is wrong with the variant of a unit for a seed.

    Examples
    --------
    >>> list(variant_faults("l01", 5))
    []
    """
    for question in make_setting(unit, seed).questions.values():
        if mark(question, question.key).outcome is not Outcome.CORRECT:
            yield Fault(seed, question.id, "key")
        for idea, answer in question.wrong_answers():
            result = mark(question, answer)
            if result.misconception != idea:
                yield Fault(
                    seed, question.id, "mistaken" if result.misconception else "silent", idea
                )
            if result.score > MOST_FOR_WRONG:
                yield Fault(seed, question.id, "easy", idea)


def ease(question: Question) -> float:
    """Return what a wrong idea earns on average: how forgiving a variant is, 0 to 1.

    Variants of a question are about equally hard when this hardly differs between them.
    """
    earned = [mark(question, answer).score for _, answer in question.wrong_answers()]
    return sum(earned) / len(earned) if earned else 0.0
