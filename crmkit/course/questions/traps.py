"""Known wrong ideas, told by the mistakes that nothing else explains.

An answer is looked at as *entries*: which option each client got, which of two stands first,
what a function returned for each case. A wrong idea leads to an answer; the entries in which
that answer differs from the right one, and from what every other wrong idea gives, are the
telltales of the idea.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entries = Mapping[Any, Any]


@dataclass(frozen=True)
class Trap:
    """A known wrong idea.

    Attributes
    ----------
    name : str
    telltales : mapping
        Entry to the wrong value that this idea, and no other, gives it.
    least : int
        How many of the telltales an answer must show.
    whole : tuple of mapping
        The answers the idea leads to; an answer that is one of them shows it in any case.
    """

    name: str
    telltales: Entries
    least: int
    whole: tuple[Entries, ...] = ()

    def shown_by(self, entries: Entries) -> list[Any]:
        """Return the entries that make this idea's mistakes."""
        return [e for e, wrong in self.telltales.items() if e in entries and entries[e] == wrong]


def tell_apart(right: Entries, wrong: Mapping[str, Sequence[Entries]]) -> tuple[Trap, ...]:
    """Return a trap for every wrong idea, by what nothing else explains.

    Two thirds of its telltales show an idea, and two at least where it has so many.

    Parameters
    ----------
    right : mapping
        Entries of the right answer.
    wrong : mapping of str to sequence of mapping
        Entries of the answers each idea leads to; telltales are what all of them share.

    Examples
    --------
    >>> right = {"Li": "A", "Wu": "B", "Xu": "D"}
    >>> wrong = {"size": [{"Li": "C", "Wu": "B", "Xu": "A"}], "all_a": [{"Wu": "A", "Xu": "A"}]}
    >>> [(trap.name, dict(trap.telltales), trap.least) for trap in tell_apart(right, wrong)]
    [('size', {'Li': 'C'}, 1), ('all_a', {'Wu': 'A'}, 1)]
    """
    mistakes = {name: _mistakes(right, answers) for name, answers in wrong.items()}
    traps = []
    for name, own in mistakes.items():
        others = [other for n, other in mistakes.items() if n != name]
        telltales = {
            entry: value
            for entry, value in own.items()
            if all(entry not in other or other[entry] != value for other in others)
        }
        traps.append(Trap(name, telltales, enough(len(telltales)), tuple(wrong[name])))
    return tuple(traps)


def enough(telltales: int) -> int:
    """Return how many telltales show an idea: two thirds, and two where there are so many."""
    return max(1, min(2, telltales), round(2 / 3 * telltales))


def shown(traps: Sequence[Trap], entries: Entries) -> str:
    """Return the idea that led to this very answer, else the one that explains most of it.

    An idea explains an answer that shows enough of its telltales; of several, the one with
    the largest share of them. The text is empty when there is none.
    """
    exact = next((trap.name for trap in traps if any(entries == w for w in trap.whole)), "")
    if exact:
        return exact
    shares = {trap.name: len(trap.shown_by(entries)) / trap.least for trap in traps}
    best = max(shares, key=shares.__getitem__, default="")
    return best if shares.get(best, 0) >= 1 else ""


def _mistakes(right: Entries, answers: Sequence[Entries]) -> Entries:
    first, *rest = answers
    return {
        entry: value
        for entry, value in first.items()
        if entry in right
        and right[entry] != value
        and all(entry in other and other[entry] == value for other in rest)
    }
