"""The practice of lesson 4: twelve pairs of client and product, and how products may go."""

from dataclasses import dataclass
from datetime import date
from html import escape

import numpy as np
import pandas as pd

from crmkit.conduct.suitability import GRADES, LEVELS, VERDICTS, gate, gate_caveats
from crmkit.rules import read_rules

AS_OF = date(2026, 6, 30)
#: What the exercise asks about: client's level, product's grade, tested days ago, and whether
#: the client is of the lowest category, asked by themselves, was warned, and insists.
CASES: dict[str, tuple[str, str, int, bool, bool, bool, bool]] = {
    "fits": ("C3", "R2", 200, False, False, False, False),
    "fits_asked": ("C4", "R4", 90, False, True, False, False),
    "fits_low": ("C1", "R1", 150, True, False, False, False),
    "lowest_signed": ("C1", "R2", 60, True, True, True, True),
    "lowest_offered": ("C1", "R3", 60, True, False, True, True),
    "pushed": ("C3", "R4", 120, False, False, True, True),
    "pushed_far": ("C2", "R4", 300, False, False, True, True),
    "own_wish": ("C3", "R4", 80, False, True, True, True),
    "own_wish_far": ("C2", "R4", 210, False, True, True, True),
    "not_warned": ("C2", "R3", 45, False, True, False, False),
    "lapsed": ("C4", "R3", 900, False, False, False, False),
    "lapsed_asked": ("C3", "R3", 1100, False, True, False, False),
}
#: Yearly gain and sway of each grade in the lesson's figure: teaching assumptions.
YEARLY = {"R1": (0.02, 0.005), "R2": (0.03, 0.03), "R3": (0.045, 0.10), "R4": (0.06, 0.19),
          "R5": (0.07, 0.30)}  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """What lesson 4 is about, for one seed.

    Attributes
    ----------
    pairs : DataFrame
        The twelve pairs, as `crmkit.conduct.suitability.gate` takes them, with ``verdict``.
    halfway : str
        The pair of the half-finished example.
    as_of : date
    """

    pairs: pd.DataFrame
    halfway: str
    as_of: date = AS_OF

    @property
    def matrix(self) -> pd.DataFrame:
        """What each level may be offered, and buy on its own wish: one row per level."""
        table = read_rules().value("suitability.table", self.as_of)
        return pd.DataFrame(
            {
                grade: ["offer" if grade in table[level] else "on_request" for level in LEVELS]
                for grade in GRADES
            },
            index=list(LEVELS),
        )

    @staticmethod
    def ranges(years: float) -> list[tuple[float, float, float]]:
        """Return how 100,000 CNY may go in each grade, see `spread`."""
        return [spread(grade, int(years)) for grade in range(1, 6)]

    def verdict(self, level: float, grade: float, asked: float, lowest: float) -> str:
        """Return the gate's sentence on a pair that was warned and insists, as HTML.

        The lowest category is a kind of C1, whatever level is asked for.
        """
        level = 1 if lowest else level
        pair = _pair(f"C{level:g}", f"R{grade:g}", 30, bool(lowest), bool(asked), True, True)
        said = str(gate(pd.DataFrame([pair]), self.as_of)["reason"].iloc[0])
        notes = "<br>".join(map(escape, gate_caveats(self.as_of)))
        return f"{escape(said)}<br><small>{notes}</small>"


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.pairs), practice.pairs["verdict"].nunique()
    (12, 5)
    """
    rng = np.random.default_rng([seed, 4])
    rows = [{"case": case, **_pair(*_shifted(case, rng))} for case in rng.permutation(list(CASES))]
    pairs = pd.DataFrame(rows, index=[f"{number:02d}" for number in range(1, len(rows) + 1)])
    verdicts = gate(pairs, AS_OF)["verdict"].astype("str")
    assert set(verdicts) == set(VERDICTS)
    pairs = pairs.assign(verdict=verdicts)
    halfway = pairs.index[pairs["case"] == "own_wish"][0]
    return Practice(pairs, str(halfway))


def _shifted(case: str, rng: np.random.Generator) -> tuple[str, str, int, bool, bool, bool, bool]:
    """Return a case with another day, and, where nothing hangs on it, other letters."""
    level, grade, days, *flags = CASES[case]
    if case in ("fits", "fits_asked") and rng.random() < 0.5:
        level, grade = ("C5", "R4") if case == "fits" else ("C3", "R3")
    if case in ("pushed", "own_wish") and rng.random() < 0.5:
        level, grade = "C4", "R5"
    lowest, asked, warned, insists = flags
    return level, grade, days + int(rng.integers(15)), lowest, asked, warned, insists


def _pair(
    level: str, grade: str, days: int, lowest: bool, asked: bool, warned: bool, insists: bool
) -> dict[str, object]:
    return {
        "risk_level": level, "product_risk": grade,
        "risk_test_date": pd.Timestamp(AS_OF) - pd.Timedelta(days=days),
        "lowest_category": lowest, "asked": asked, "warned": warned, "insists": insists,
    }  # fmt: skip


def spread(grade: int, years: int, stake: float = 100_000.0) -> tuple[float, float, float]:
    """Return a bad, a middling and a good end of a stake: one in twenty, half, one in twenty.

    Lognormal with the gain and sway of ``YEARLY``; a teaching assumption and no forecast.

    >>> [round(value, -3) for value in spread(3, 1)]
    [88000.0, 104000.0, 123000.0]
    """
    gain, sway = YEARLY[f"R{grade:g}"]
    centre = (np.log1p(gain) - sway**2 / 2) * years
    width = 1.645 * sway * np.sqrt(years)
    low, middle, high = stake * np.exp([centre - width, centre, centre + width])
    return float(low), float(middle), float(high)
