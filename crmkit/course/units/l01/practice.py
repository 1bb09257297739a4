"""The practice of lesson 1: people at every stage, and the cards worth asking about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from crmkit.analysis.lifecycle import NEW_MONTHS, STAGES, groups, stages
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.course.practice import counted

AS_OF = date(2026, 6, 30)
#: What the branch of the practice calls carrying its profit, CNY a year.
CONTRIBUTION_CUTS = (2_400, 2_600, 2_800, 3_000)

#: The cases of a card: days since the account was opened, days from then to the first trade,
#: days since the last one, assets (CNY), contribution over the cut, and whether they invest
#: elsewhere. Ranges are teaching assumptions; they keep everybody well away from every line.
Range = tuple[float, float] | None
CASES: Mapping[str, tuple[Range, Range, Range, Range, Range, bool | None]] = {
    "saver": (None, None, None, None, None, False),
    "outside": (None, None, None, None, None, True),
    "opened": ((12, 45), None, None, (2e4, 2e5), (0, 0), None),
    "opened_big": ((2, 8), None, None, (1.8e6, 3e6), (0, 0), None),
    "first_steps": ((42, 80), (8, 25), (2, 12), (5e4, 3e5), (0.02, 0.2), None),
    "settling": ((130, 390), (5, 20), (3, 40), (6e4, 4e5), (0.1, 0.6), None),
    "ordinary": ((700, 2500), (3, 60), (3, 50), (8e4, 4e5), (0.2, 0.7), None),
    "core": ((900, 3000), (3, 40), (2, 20), (6e5, 1.6e6), (1.6, 4), None),
    "core_small": ((500, 1500), (3, 20), (1, 9), (6e4, 1.4e5), (1.4, 2), None),
    "big_idle": ((900, 2800), (3, 60), (120, 300), (2.5e6, 5e6), (0.05, 0.4), None),
    "silent": ((1500, 3200), (3, 90), (740, 1100), (1e4, 6e4), (0, 0), None),
}
#: How many cards of each case the exercise has: twenty.
DRAWN: Mapping[str, int] = {
    "saver": 3, "outside": 3, "opened": 2, "opened_big": 2, "first_steps": 2, "ordinary": 2,
    "core": 1, "core_small": 1, "big_idle": 2, "silent": 2,
}  # fmt: skip
#: The people around them, for the figures; the worked examples come from these.
BRANCH: Mapping[str, int] = {
    "saver": 14, "outside": 18, "opened": 6, "opened_big": 1, "first_steps": 9, "settling": 16,
    "ordinary": 30,
    "core": 11, "core_small": 4, "big_idle": 5, "silent": 14,
}  # fmt: skip

#: Cases of the five people in the lesson's figure.
EXAMPLES = ("outside", "opened", "first_steps", "settling", "core_small")


@dataclass(frozen=True)
class Practice:
    """What lesson 1 is about, for one seed.

    Attributes
    ----------
    people : DataFrame
        Indexed by card number, the twenty cards of the exercise first: ``name`` (masked),
        ``case``, ``met``, ``open_date``, ``first_trade``, ``last_trade``,
        ``invests_elsewhere``, ``assets`` and ``contribution_12m`` (fen), ``stage``, ``group``.
    contribution_cut : int
        CNY a year.
    cards : tuple of str
        The twenty.
    halfway : str
        Who the half-finished example is about: somebody who has just begun to trade.
    as_of : date
    new_months : int
        Months after the first trade during which a client counts as new.
    """

    people: pd.DataFrame
    contribution_cut: int
    cards: tuple[str, ...]
    halfway: str
    as_of: date = AS_OF
    new_months: int = NEW_MONTHS

    @property
    def examples(self) -> pd.DataFrame:
        """Five people of the lesson, none of them on a card, from first met to long known."""
        around = self.people.drop(index=list(self.cards)).sort_values("met", ascending=False)
        return around.groupby("case", sort=False).first().loc[list(EXAMPLES)]

    def stage_counts(self) -> pd.DataFrame:
        """Return how many people are at each stage, by the months agreed on: 0 to 12."""
        by_months = {
            months: stages(self.people, self.as_of, months).value_counts() for months in range(13)
        }
        return pd.DataFrame(by_months).T.reindex(columns=list(STAGES)).fillna(0).astype("int64")


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.cards), practice.people.loc[practice.halfway, "stage"]
    (20, 'new')
    """
    rng = np.random.default_rng([seed, 1])
    cut = int(rng.choice(CONTRIBUTION_CUTS))
    around = counted(BRANCH)
    cards = rng.permutation(counted(DRAWN))
    people = _people([*cards.tolist(), *around], cut, rng)
    stage = stages(people, AS_OF)
    people = people.assign(
        name=_names(len(people), seed),
        stage=stage,
        group=groups(people, stage, cut * 100),
    )
    halfway = people.index[(people["case"] == "first_steps") & ~people.index.isin(
        people.index[: len(cards)]
    )][0]  # fmt: skip
    return Practice(people, cut, tuple(people.index[: len(cards)]), str(halfway))


def _people(cases: list[str], cut: int, rng: np.random.Generator) -> pd.DataFrame:
    rows = [_person(case, cut, rng) for case in cases]
    table = pd.DataFrame(rows, index=[f"{number:03d}" for number in range(1, len(rows) + 1)])
    dates = ["met", "open_date", "first_trade", "last_trade"]
    return table.astype(
        dict.fromkeys(dates, "datetime64[s]")
        | dict.fromkeys(["assets", "contribution_12m"], "Int64")
    )


def _person(case: str, cut: int, rng: np.random.Generator) -> dict[str, object]:
    opened, lag, last, assets, brings, invests = CASES[case]
    since, wait = _drawn(opened, rng), _drawn(lag, rng)
    known_for = (since or 0) + float(rng.uniform(20, 160))
    share = _drawn(brings, rng)
    wealth = _drawn(assets, rng)
    return {
        "case": case,
        "met": _ago(known_for),
        "open_date": _ago(since),
        "first_trade": None if since is None or wait is None else _ago(since - wait),
        "last_trade": _ago(_drawn(last, rng)),
        "invests_elsewhere": bool(rng.random() < 0.5) if invests is None else invests,
        "assets": None if wealth is None else round(wealth, -3) * 100,
        "contribution_12m": None if share is None else round(share * cut, -1) * 100,
    }


def _drawn(span: Range, rng: np.random.Generator) -> float | None:
    """Draw from a range; always one draw, so that cases leave each other's figures alone."""
    luck = rng.random()
    return None if span is None else float(span[0] + luck * (span[1] - span[0]))


def _ago(days: float | None) -> pd.Timestamp | None:
    return None if days is None else pd.Timestamp(AS_OF) - pd.Timedelta(days=round(days))


def _names(count: int, seed: int) -> list[str]:
    people = person_table(make_plan(count, seed % 2**31, AS_OF), 0)
    return [mask_name(name) for name in people["name"]]
