"""When something is known: two passes in a row, each on figures not seen before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crmkit.course.questions import Question
from crmkit.course.sheet_file import Entry

IN_A_ROW = 2


def mastered(passes: Sequence[bool]) -> bool:
    """Tell whether there were two passes in a row; what came later takes nothing away.

    >>> mastered([True, False, True]), mastered([False, True, True, False])
    (False, True)
    """
    return longest_run(passes) >= IN_A_ROW


def longest_run(passes: Sequence[bool]) -> int:
    """Return how many passes in a row there were at most.

    >>> longest_run([True, False, True, True])
    2
    """
    longest = run = 0
    for passed in passes:
        run = run + 1 if passed else 0
        longest = max(longest, run)
    return longest


@dataclass(frozen=True)
class Strength:
    """How a learner stands with an objective.

    Attributes
    ----------
    asked, right : int
        First checks of variants, and how many of them were right without help.
    mastered, questions : int
        Questions mastered, of those that serve the objective.
    """

    asked: int
    right: int
    mastered: int
    questions: int


def strengths(
    questions: Iterable[Question], entries: Mapping[str, Entry]
) -> Mapping[str, Strength]:
    """Return how a learner stands, by objective, in the order of the questions.

    Parameters
    ----------
    questions : iterable of Question
    entries : mapping of str to Entry
        The sheet's, by question id.
    """
    by_objective: dict[str, list[Sequence[bool]]] = defaultdict(list)
    for question in questions:
        if question.objective:
            passes = entries.get(question.id, Entry()).passes
            by_objective[question.objective].append(passes)
    return {
        objective: Strength(
            sum(map(len, each)), sum(map(sum, each)), sum(map(mastered, each)), len(each)
        )
        for objective, each in by_objective.items()
    }
