"""How often one client may be contacted, as a graph that a dynamic programme can walk.

Two rules: a least distance between two contacts, and at most so many contacts in so many days.
A node is a day together with the contacts that still bind; from it one goes on without a
contact, or makes one and lands on the first day on which the next is allowed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_Past = tuple[int, ...]


@dataclass(frozen=True)
class Rhythm:
    """The graph; nodes are numbered by day, the last is the end of the plan.

    Attributes
    ----------
    day : tuple of int
        Of each node; the end has the number of days.
    skip, touch : tuple of int
        The node reached without and with a contact.
    start : mapping of tuple of int to int
        The first node, by the contacts on record that still bind.
    """

    day: tuple[int, ...]
    skip: tuple[int, ...]
    touch: tuple[int, ...]
    start: Mapping[_Past, int]

    @cached_property
    def end(self) -> int:
        """The node after the last day."""
        return len(self.day) - 1


def first_free(past: Sequence[int], spacing: int, most: int, within: int) -> int:
    """Return the first calendar day on which a contact is allowed after those on record.

    Examples
    --------
    >>> first_free((-5, -1), spacing=3, most=2, within=7)
    2
    >>> first_free((), spacing=3, most=2, within=7)
    0
    """
    free = past[-1] + spacing if past else 0
    return max(free, past[-most] + within if len(past) >= most else 0, 0)


def still_binding(past: Sequence[int], now: int, spacing: int, most: int, within: int) -> _Past:
    """Return the latest contacts that may yet delay one from a calendar day on.

    The contact ``c`` back from now, itself counted, delays the one that is to be the
    ``most``-th after it, which cannot come before ``now + (most - c) * spacing`` anyway.

    Examples
    --------
    >>> still_binding((0,), now=3, spacing=3, most=2, within=7)
    (0,)
    >>> still_binding((0,), now=4, spacing=3, most=2, within=7)
    ()
    """
    back = 0
    for place, when in enumerate(reversed(past), start=1):
        if place > most or now + (most - place) * spacing >= when + within:
            break
        back = place
    return tuple(past[len(past) - back :])


def make_rhythm(
    calendar: Sequence[int], rule: tuple[int, int, int], pasts: Iterable[_Past]
) -> Rhythm:
    """Return the graph of a rule over some days.

    Parameters
    ----------
    calendar : sequence of int
        Calendar days from the first trading day to each.
    rule : (int, int, int)
        Days between two contacts; contacts at most, in so many days.
    pasts : iterable of tuple of int
        Calendar days of the contacts on record, by client.

    Examples
    --------
    >>> make_rhythm([0, 1, 2], (2, 9, 9), [()]).touch
    (2, 3, 3, 3)
    """
    starts = {past: (0, still_binding(past, 0, *rule)) for past in pasts}
    arrows: dict[tuple[int, _Past], tuple[tuple[int, _Past], tuple[int, _Past]]] = {}
    waiting = list(starts.values())
    while waiting:
        node = waiting.pop()
        day, past = node
        if node in arrows or day == len(calendar):
            continue
        made = (*past, calendar[day])
        free = first_free(made, *rule)
        after = next((d for d, when in enumerate(calendar) if when >= free), len(calendar))
        arrows[node] = (_node(day + 1, past, calendar, rule), _node(after, made, calendar, rule))
        waiting.extend(arrows[node])
    order = [*sorted(arrows), (len(calendar), ())]
    number = {node: place for place, node in enumerate(order)}
    end = (order[-1], order[-1])
    return Rhythm(
        day=tuple(day for day, _ in order),
        skip=tuple(number[arrows.get(node, end)[0]] for node in order),
        touch=tuple(number[arrows.get(node, end)[1]] for node in order),
        start={past: number[node] for past, node in starts.items()},
    )


def _node(
    day: int, past: _Past, calendar: Sequence[int], rule: tuple[int, int, int]
) -> tuple[int, _Past]:
    if day == len(calendar):
        return day, ()
    return day, still_binding(past, calendar[day], *rule)
