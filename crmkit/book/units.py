"""Units: what a stored number counts, and what people read in its place."""

from dataclasses import dataclass

import pandas as pd

from crmkit.words import language


@dataclass(frozen=True)
class Unit:
    """A stored unit and the one people read.

    Attributes
    ----------
    stored : str
        What one stored unit is, for the codebook: ``fen``, ``per mille``.
    zh, en : str
        The unit people read, as it stands in a heading.
    size : int
        How many stored units make one shown unit.
    """

    stored: str
    zh: str
    en: str
    size: int = 1

    def label(self) -> str:
        """Return the shown unit in the language in use."""
        return self.zh if language() == "zh" else self.en

    def show(self, stored: pd.Series) -> pd.Series:
        """Return stored values in the shown unit.

        >>> WAN.show(pd.Series([1_0000_00], dtype="Int64")).tolist()
        [1.0]
        """
        return stored if self.size == 1 else stored.astype("Float64") / self.size


PLAIN = Unit("", "", "")
PER_MILLE = Unit("per mille", "‰", "‰")
CNY = Unit("fen", "元", "CNY", 100)
WAN = Unit("fen", "万元", "10k CNY", 1_000_000)
TIMES = Unit("times a year", "倍", "times")
POINTS = Unit("points", "分值", "points")
