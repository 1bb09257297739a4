"""The four answers behind a tier's response: set, written down for a firm, and put to the test."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from crmkit.planning.cadence import Rules
from crmkit.planning.plan import Plan
from crmkit.planning.response import adbudg
from crmkit.planning.score import evaluate

#: Left alone, as owed, half as often again, as often as could be, in percent.
Answers = tuple[int, int, int, int]


@dataclass(frozen=True)
class Stake:
    """What hangs on four answers.

    Attributes
    ----------
    share : float
        What the plan made with other answers is worth if these are right, as a share of the
        better of the two plans.
    moved, contacts : int
        Contacts of the plan made with these answers that the other has not on the same day,
        and all of them.
    """

    share: float
    moved: int
    contacts: int


def curves(own: Answers, usual: Answers) -> pd.DataFrame:
    """Return what a client brings by the effect of the contacts, as two sets of answers have it.

    Returns
    -------
    DataFrame
        ``effect`` (1 is what is owed), ``own`` and ``usual`` (percent).

    Examples
    --------
    >>> curves((60, 100, 104, 108), (90, 100, 101, 101)).set_index("effect").loc[1.0].tolist()
    [100.0, 100.0]
    """
    effect = np.linspace(0.0, 2.5, 126)
    return pd.DataFrame(
        {"effect": effect.round(2), "own": adbudg(own, effect), "usual": adbudg(usual, effect)}
    )


def with_answers(rules: Rules, answers: Mapping[str, Answers]) -> Rules:
    """Return the rules with other answers for some tiers.

    Examples
    --------
    >>> from crmkit.planning.cadence import load_rules
    >>> with_answers(load_rules(), {"A": (50, 100, 110, 120)}).tier["A"].answers
    (50, 100, 110, 120)
    """
    own = {tier: replace(rules.tier[tier], answers=four) for tier, four in answers.items()}
    return replace(rules, tier=MappingProxyType({**rules.tier, **own}))


def in_a_rules_file(answers: Mapping[str, Answers]) -> str:
    """Return the lines that a firm's own rules file needs for some answers.

    Examples
    --------
    >>> print(in_a_rules_file({"A": (50, 100, 110, 120)}))
    [tier.A]
    answers = [50, 100, 110, 120]
    """
    return "\n".join(f"[tier.{tier}]\nanswers = {list(four)}" for tier, four in answers.items())


def stake(right: Plan, believed: Plan) -> Stake:
    """Return what is lost by planning with answers that are not the right ones.

    Parameters
    ----------
    right : Plan
        Made with the answers taken for right.
    believed : Plan
        Of the same clients and days, made with others.
    """
    own = right.solution.score.net
    other = evaluate(right.problem, believed.solution.cells).net
    best = max(own, other)
    mine, theirs = right.solution.cells >= 0, believed.solution.cells >= 0
    share = other / best if best > 0 else 1.0
    return Stake(share, int(np.sum(mine & ~theirs)), int(mine.sum()))
