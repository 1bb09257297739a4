"""The practice of lesson 2: profiles with gaps, and questionnaires that were filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.knowing import areas, completeness
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.conduct.suitability import assess, questionnaire
from crmkit.rules import read_rules

AS_OF = date(2026, 6, 30)
PEOPLE = 40
#: How likely each part of a profile is filled in: what is easy to ask is asked. Teaching
#: assumptions.
KNOWN = {"basics": 0.95, "family": 0.6, "finances": 0.45, "risk": 0.5, "needs": 0.35}
#: How far a score lies, at least, from every line between two levels.
CLEAR = 3


@dataclass(frozen=True)
class Sheet:
    """A filled-in questionnaire: points by part, and what they come to."""

    name: str
    points: Mapping[str, int]
    lowest: bool
    score: int
    level: str


@dataclass(frozen=True)
class Practice:
    """What lesson 2 is about, for one seed.

    Attributes
    ----------
    profiles : DataFrame
        One row per person, indexed by number; a column per field of
        `crmkit.analysis.knowing`, empty where nothing is known; ``name`` is masked.
    shares : DataFrame
        `crmkit.analysis.knowing.completeness` of each, one column per part and ``total``.
    halfway, graded : str
        Whose profile is asked about in the lesson, and in the exercise.
    sheets : mapping of str to Sheet
        The questionnaires of the exercise; the first is the lesson's.
    tested_on : date
        When the client of the last question was assessed; no longer valid.
    as_of : date
    """

    profiles: pd.DataFrame
    shares: pd.DataFrame
    halfway: str
    graded: str
    sheets: Mapping[str, Sheet]
    tested_on: date
    as_of: date = AS_OF

    @property
    def parts(self) -> pd.DataFrame:
        """How much of each part is known, person by person."""
        return self.shares[list(areas())]

    @property
    def bands(self) -> Mapping[str, int]:
        """The lowest score of each level on the day of the practice."""
        bands: Mapping[str, int] = read_rules().value("suitability.bands", self.as_of)
        return bands

    def shares_of(self, person: str) -> dict[str, float]:
        """Return how much is known of one person, part by part, and in all."""
        return {str(part): float(column[person]) for part, column in self.shares.items()}

    def profile(self, person: str) -> dict[str, Any]:
        """Return what is known about a person, field by field."""
        return {str(field): value for field, value in self.profiles.loc[person].items()}


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.profiles), len(practice.sheets)
    (40, 6)
    """
    rng = np.random.default_rng([seed, 2])
    profiles = _profiles(seed, rng)
    known = [completeness({str(f): v for f, v in row.items()}) for _, row in profiles.iterrows()]
    shares = pd.DataFrame(known, index=profiles.index)
    asked = [str(person) for person in profiles.index if _worth_asking(shares.loc[person])]
    halfway, graded = rng.permutation(asked)[:2].tolist()
    months = read_rules().value("suitability.valid_months", AS_OF)
    tested = pd.Timestamp(AS_OF) - pd.DateOffset(months=months + 1 + int(rng.integers(5)))
    return Practice(profiles, shares, halfway, graded, _sheets(rng), tested.date())


def _profiles(seed: int, rng: np.random.Generator) -> pd.DataFrame:
    people = person_table(make_plan(PEOPLE, seed % 2**31, AS_OF), 0)
    index = [f"{number:03d}" for number in range(1, PEOPLE + 1)]
    known = {
        field: rng.random(PEOPLE) < KNOWN[area] for area, fields in areas().items()
        for field in fields
    }  # fmt: skip
    # a grade without a day, or a day without a grade, would be a fault and not a gap
    known["risk_test_date"] = known["risk_level"]
    cells = {field: ["✓" if one else None for one in filled] for field, filled in known.items()}
    return pd.DataFrame(cells, index=index).assign(name=[mask_name(n) for n in people["name"]])


def _worth_asking(shares: pd.Series) -> bool:
    """Tell whether the mean over parts differs from the share of fields, and something lacks."""
    parts = shares[list(areas())]
    counts = np.array([len(fields) for fields in areas().values()])
    by_field = float((parts * counts).sum() / counts.sum())
    return (
        bool(2 <= (parts < 1).sum() <= 4)
        and parts["basics"] == 1
        and abs(by_field - float(shares["total"])) >= 0.05
    )


def _sheets(rng: np.random.Generator) -> dict[str, Sheet]:
    """Return six questionnaires: every level once, and one of the lowest category."""
    wanted = ["C3", *rng.permutation(["C1", "C2", "C4", "C5", "lowest"]).tolist()]
    names = rng.permutation(["赵*", "钱**", "孙*", "李**", "周*", "吴**"]).tolist()
    found = {}
    for number, (kind, name) in enumerate(zip(wanted, names, strict=True), start=1):
        found[f"Q{number}"] = _sheet(name, kind, rng)
    return found


def _sheet(name: str, kind: str, rng: np.random.Generator) -> Sheet:
    """Draw answers until they come to the level wanted, clear of every line."""
    bands = sorted(read_rules().value("suitability.bands", AS_OF).values())
    while True:
        lean = rng.random()
        answers = {
            item.id: item.options[
                min(int(len(item.options) * rng.beta(1 + 3 * lean, 4 - 3 * lean)),
                    len(item.options) - 1)
            ].id
            for item in questionnaire()
        }  # fmt: skip
        points, lowest = _points(answers)
        result = assess(answers, AS_OF)
        clear = all(abs(result.score - line) >= CLEAR for line in bands[1:])
        if not clear:
            continue
        if kind == "lowest" and lowest and result.score >= bands[2] + CLEAR:
            return Sheet(name, points, True, result.score, result.level)
        if kind == result.level and not lowest and _telling(points, result.level):
            return Sheet(name, points, False, result.score, result.level)


def _points(answers: Mapping[str, str]) -> tuple[dict[str, int], bool]:
    points: dict[str, int] = {}
    lowest = False
    for item in questionnaire():
        option = next(o for o in item.options if o.id == answers[item.id])
        points[item.part] = points.get(item.part, 0) + option.points
        lowest = lowest or option.lowest
    return points, lowest


def _telling(points: Mapping[str, int], level: str) -> bool:
    """Tell whether judging by age and money alone would give another level; extremes agree."""
    return level in ("C1", "C5") or two_parts(points) != level


def two_parts(points: Mapping[str, int]) -> str:
    """Return the level that age and assets alone would give: the wrong idea, worked out.

    >>> two_parts({"basics": 10, "assets": 20, "property": 0, "experience": 0, "ability": 0})
    'C5'
    """
    best: dict[str, int] = {}
    for item in questionnaire():
        best[item.part] = best.get(item.part, 0) + max(o.points for o in item.options)
    parts = ("basics", "assets")
    score = 100 * sum(points[p] for p in parts) / sum(best[p] for p in parts)
    bands = read_rules().value("suitability.bands", AS_OF)
    return str(max(level for level, least in bands.items() if score >= least))
