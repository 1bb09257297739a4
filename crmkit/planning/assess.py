"""A person's own plan beside the best there is: what it misses, what it is worth, why."""

from dataclasses import dataclass, field

from crmkit.planning.problem import Cells, Problem, Score, Solution
from crmkit.planning.repairs import repaired
from crmkit.planning.score import evaluate

#: Bands by the share of what could be had. The optimum is flat (Tull and others 1986): a few
#: per cent say nothing about a person, so marks are bands and not figures.
BANDS = (("A", 0.95), ("B", 0.85), ("C", 0.70), ("D", 0.0))

#: The kinds of mistake a loss is taken apart into, in the order in which they matter.
KINDS = ("must", "neglected", "mix", "channel", "idle")


@dataclass(frozen=True)
class Loss:
    """What one kind of mistake has cost, found by mending that kind alone.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    musts : float
        Units of musts that would be met.
    points : float
        Net value that would be gained, shortfall counted.
    contacts : int
        Contacts that would be different.
    """

    kind: str
    musts: float
    points: float
    contacts: int


@dataclass(frozen=True, eq=False)
class Assessment:
    """How good a plan is.

    Attributes
    ----------
    score : Score
        What the judge says of the plan; ``score.broken`` are the hard rules it breaks.
    musts : float
        Share of the musts that could be met and are, from 0 to 1.
    share : float
        Net value as a share of the most any plan can reach, counted from doing nothing: 0
        for no plan, at most 1, because the bound is proven.
    band : str
        ``A`` to ``D``, by the lower of both shares; ``rejected`` when a hard rule is broken.
    losses : tuple of Loss
        The kinds of mistake that cost anything, the dearest first. Mending one kind may mend
        part of another, so they do not add up.
    bound, nothing : float
        The most any plan can reach, and what doing nothing is worth.
    """

    score: Score
    musts: float
    share: float
    band: str
    losses: tuple[Loss, ...] = field(repr=False)
    bound: float
    nothing: float


def assess(problem: Problem, cells: Cells, best: Solution) -> Assessment:
    """Judge a plan by the same judge as the optimiser's, against the proven bound.

    Parameters
    ----------
    problem : Problem
    cells : (N, T) int8
        The plan.
    best : Solution
        The best plan of the same problem, with its bound.
    """
    score, empty = evaluate(problem, cells), evaluate(problem, problem.empty())
    musts = _share(empty.level0 - score.level0, empty.level0 - best.level0_bound)
    share = share_of(problem, score.net, best.bound)
    mark = min(musts, share)
    band = "rejected" if score.broken else next(band for band, least in BANDS if mark >= least)
    losses = () if score.broken else _losses(problem, cells, score)
    return Assessment(score, musts, share, band, losses, best.bound, empty.net)


def share_of(problem: Problem, net: float, bound: float) -> float:
    """Return a net value as a share of what planning can gain over doing nothing, 0 to 1."""
    nothing = evaluate(problem, problem.empty()).net
    return _share(net - nothing, bound - nothing)


def _losses(problem: Problem, cells: Cells, score: Score) -> tuple[Loss, ...]:
    found = []
    for kind in KINDS:
        better = repaired(problem, cells, kind)
        after = evaluate(problem, better)
        loss = Loss(
            kind,
            musts=score.level0 - after.level0,
            points=after.net - score.net,
            contacts=int((better != cells).sum()),
        )
        if loss.contacts and (loss.musts, loss.points) > (0.0, 0.0):
            found.append(loss)
    return tuple(sorted(found, key=lambda loss: (-loss.musts, -loss.points)))


def _share(got: float, most: float) -> float:
    return 1.0 if most <= 0 else min(max(got / most, 0.0), 1.0)
