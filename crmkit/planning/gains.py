"""Why a plan is as it is, in figures: what a minute costs, what each contact gains."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, eq=False)
class Explanation:
    """The figures behind a plan's reasons, each a table of ``book.results``.

    Attributes
    ----------
    prices : DataFrame
        Per day, what a minute, a visit and a message cost: ``PLAN_PRICES``.
    reasons : DataFrame
        Per contact, gain, cost, days that would do as well, and the best contact that did not
        get its minutes: ``PLAN_REASONS``, in the order of date and client.
    gains : DataFrame
        Per contact and channel that was open: ``PLAN_GAINS``.
    """

    prices: pd.DataFrame = field(repr=False)
    reasons: pd.DataFrame = field(repr=False)
    gains: pd.DataFrame = field(repr=False)
