"""The practice of lesson 13: twelve accounts, columns, a scorecard, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit.analysis.churn.labels import LEFT_OVER
from crmkit.analysis.churn.scorecard import score, scorecard
from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.course.practice import counted, first_fair, from_bank
from crmkit.course.units.l13 import branch
from crmkit.words import t

#: Twelve accounts: assets now as a share of their half-year mean, mean (10k CNY), days without
#: a trade and without a log-in. Everybody stands well away from every line.
Span = tuple[float, float]
ACCOUNTS: Mapping[str, tuple[int, Span, Span, tuple[int, int], tuple[int, int]]] = {
    "closed": (1, (0.0, 0.0), (8, 40), (130, 180), (125, 170)),
    "emptied": (2, (0.04, 0.12), (10, 60), (10, 50), (5, 40)),
    "silent": (2, (0.95, 1.05), (6, 50), (120, 200), (110, 170)),
    "no_trade": (2, (0.92, 1.08), (8, 50), (130, 220), (2, 20)),
    "halved": (2, (0.45, 0.6), (20, 90), (10, 60), (1, 15)),
    "small": (1, (0.9, 1.1), (0.6, 1.2), (5, 40), (1, 15)),
    "loyal": (2, (0.95, 1.2), (15, 90), (3, 40), (1, 10)),
}
#: Days of silence that count, with neither a trade nor a log-in.
QUIET_DAYS = 90
#: How many columns of each kind the exercise draws from the bank, and how many the lesson.
COLUMNS: Mapping[str, tuple[int, int]] = {"known": (4, 2), "window": (2, 1), "outcome": (2, 1)}
#: Whom to call: how many, chance of leaving, points by which a call lowers it, value (CNY).
CALLS: Mapping[str, tuple[int, Span, Span, tuple[int, int]]] = {
    "lost_cause": (2, (0.80, 0.92), (0.0, 0.5), (3000, 8000)),
    "persuadable": (3, (0.22, 0.40), (6.0, 10.0), (4000, 9000)),
    "sleeping_dog": (1, (0.30, 0.45), (-3.0, -1.0), (3000, 8000)),
    "too_small": (2, (0.45, 0.60), (4.0, 7.0), (150, 400)),
    "asked_out": (2, (0.95, 0.99), (0.0, 0.5), (4000, 9000)),
    "peace": (1, (0.35, 0.50), (5.0, 9.0), (9000, 15000)),
}
#: Of these, one of each in the lesson's small case.
FEW = ("lost_cause", "persuadable", "sleeping_dog", "asked_out")
#: What a try costs in CNY; no gain lies near it.
TRY = 60
#: Percentage points fewer who leave when everybody gets a discount.
POINTS = 2


@dataclass(frozen=True)
class Practice:
    """What lesson 13 is about, for one seed.

    Attributes
    ----------
    seed : int
    accounts : DataFrame
        The twelve: ``case``, ``name`` (masked), ``mean`` and ``now`` (10k CNY), ``trade`` and
        ``login`` (days without), ``closed``.
    columns_lesson, columns_exercise : tuple of str
        Columns that may be used or not: names in the bank.
    first, second : Scored
        The clients whose points are to be added up, in the lesson and in the exercise.
    calls : DataFrame
        ``case``, ``name``, ``risk`` (share), ``uplift`` (percentage points), ``value`` (CNY).
    few : DataFrame
        The same of the lesson's small case, indexed by case.
    example : tuple
        A client whom a call hardly moves: chance of leaving (per cent), points off, value (CNY).
    cost, share, value : int
        Of a try (CNY), what it takes off a chance of leaving (per cent), client value (CNY).
    clients, points, worth, discount : int
        A discount for all: how many, percentage points fewer who leave, value of each and
        what it costs for each (CNY).
    """

    seed: int
    accounts: pd.DataFrame
    columns_lesson: tuple[str, ...]
    columns_exercise: tuple[str, ...]
    first: "Scored"
    second: "Scored"
    calls: pd.DataFrame
    few: pd.DataFrame
    example: tuple[int, float, int]
    cost: int
    share: int
    value: int
    clients: int
    points: int
    worth: int
    discount: int

    @property
    def _branch(self) -> int:
        return self.seed % 2**30

    def definitions(self, months: int, floor: int) -> pd.DataFrame:
        """Return how many leave the learner's branch by each definition; floor in CNY."""
        return branch.definitions(self._branch, months, floor)

    def tenths(self, outflow: int, login: int, neglect: int, fee: int) -> pd.DataFrame:
        """Return how a scorecard with these points would have done in the branch."""
        return branch.tenths(self._branch, outflow, login, neglect, fee)

    def scorecard_told(self, **points: int) -> str:
        """Return what the first tenth of such a scorecard finds, as HTML."""
        first = self.tenths(**points).iloc[0]
        left = round(first["observed"] * first["clients"])
        return t("l13.told", clients=int(first["clients"]), left=left, share=first["observed"],
                 base=first["observed"] / first["lift"], lift=first["lift"],
                 captured=first["captured"])  # fmt: skip

    @property
    def leaves(self) -> pd.DataFrame:
        """A tree grown on the branch."""
        return branch.leaves(self._branch)

    @property
    def curves(self) -> pd.DataFrame:
        """The share still there by tier."""
        return branch.curves(self._branch)

    def spent(self, calls: int, number: int) -> pd.DataFrame:
        """Return what a year of calls to the first so many of each list changed in a branch."""
        return branch.spent(self._branch + number, calls)


@dataclass(frozen=True)
class Scored:
    """A client whose points are to be added up.

    Attributes
    ----------
    outflow : int
        Per cent of the assets moved out last month.
    login, contact : int
        Days since.
    fee, one_product, stale : bool
    total, doubled, added, limit : int
        The score, and what it comes to when both log-in items count, when the review is
        added and not taken off, and when tier A's limit is used for tier B.
    """

    outflow: int
    login: int
    contact: int
    fee: bool
    one_product: bool
    stale: bool
    total: int
    doubled: int
    added: int
    limit: int


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.accounts), len(practice.calls), practice.first.total != practice.second.total
    (12, 11, True)
    """
    rng = np.random.default_rng([seed, 13])
    accounts = _named(_accounts(rng), seed)
    exercise, lesson = from_bank(COLUMNS, rng)
    first, second = first_fair(seed, _two_scored)
    return Practice(
        seed=seed,
        accounts=accounts,
        columns_lesson=lesson,
        columns_exercise=exercise,
        first=first,
        second=second,
        calls=_named(first_fair(seed, _calls), seed + 1),
        few=_named(first_fair(seed, _one_of_each), seed + 2).set_index("case", drop=False),
        cost=int(rng.choice([45, 60, 75, 90])),
        share=int(rng.choice([15, 20, 25])),
        value=int(rng.choice([3000, 4000, 5000, 6000])),
        points=POINTS,
        example=(
            int(rng.integers(80, 93)),
            int(rng.integers(2, 6)) / 10,
            int(rng.integers(8, 17)) * 500,
        ),
        **first_fair(seed, _discount),
    )


def _discount(rng: np.random.Generator) -> dict[str, int] | None:
    """Draw a discount that costs more than it keeps, by a sum no wrong sum comes near."""
    clients = int(rng.choice([150, 200, 250, 300]))
    worth, discount = int(rng.choice([2000, 2400, 2800])), int(rng.choice([70, 80, 90]))
    gain, cost = clients * POINTS / 100 * worth, clients * discount
    clear = abs(2 * gain - cost) > 0.1 * gain
    return {"clients": clients, "worth": worth, "discount": discount} if clear else None


def has_left(accounts: pd.DataFrame) -> "pd.Series[bool]":
    """Return who has left by the branch's definition: money gone, or silent.

    Parameters
    ----------
    accounts : DataFrame
        ``mean``, ``now``, ``trade`` and ``login``, as in the practice.

    Examples
    --------
    >>> rows = pd.DataFrame({"mean": [10, 10, 10], "now": [1, 9, 9], "trade": [5, 99, 99],
    ...                      "login": [5, 99, 5]})
    >>> has_left(rows).tolist()
    [True, True, False]
    """
    gone = accounts["now"] < LEFT_OVER * accounts["mean"]
    silent = (accounts["trade"] > QUIET_DAYS) & (accounts["login"] > QUIET_DAYS)
    return gone | silent


def _accounts(rng: np.random.Generator) -> pd.DataFrame:
    cases = rng.permutation(counted({case: spec[0] for case, spec in ACCOUNTS.items()}))
    return pd.DataFrame([_account(str(case), rng) for case in cases])


def _account(case: str, rng: np.random.Generator) -> dict[str, object]:
    _, share, means, trade, login = ACCOUNTS[case]
    mean = round(float(rng.uniform(*means)), 1)
    return {
        "case": case, "closed": case == "closed", "mean": mean,
        "now": round(mean * float(rng.uniform(*share)), 1),
        "trade": int(rng.integers(*trade)), "login": int(rng.integers(*login)),
    }  # fmt: skip


def _two_scored(rng: np.random.Generator) -> tuple[Scored, Scored] | None:
    first, second = _scored(rng), _scored(rng)
    return (first, second) if first.total != second.total else None


def _scored(rng: np.random.Generator) -> Scored:
    """Draw a client of tier B who moved money out, is silent, and had a review."""
    fee, one_product, stale = (bool(rng.random() < 0.5) for _ in range(3))
    outflow, login, contact = (int(rng.integers(*span)) for span in ((35, 60), (65, 110), (38, 56)))
    known = pd.DataFrame({
        "client_id": ["1"], "net_outflow_share": [outflow / 100], "days_since_login": [login],
        "fee_talk": [fee], "products_held": [1 if one_product else 2],
        "days_since_profile": [400 if stale else 100], "days_since_contact": [contact],
        "reviewed": [True],
    })  # fmt: skip
    total = int(score(known, pd.Series({"1": "B"}))["score"].item())
    points = {item.name: item.points for item in scorecard().items}
    return Scored(
        outflow, login, contact, fee, one_product, stale, total,
        doubled=total + points["no_login_30"],
        added=total - 2 * points["reviewed"],
        limit=total + points["neglect"],
    )  # fmt: skip


def _calls(rng: np.random.Generator) -> pd.DataFrame | None:
    return _clients(rng, counted({case: spec[0] for case, spec in CALLS.items()}))


def _one_of_each(rng: np.random.Generator) -> pd.DataFrame | None:
    return _clients(rng, FEW)


def _clients(rng: np.random.Generator, wanted: Sequence[str]) -> pd.DataFrame | None:
    """Draw a client for every case wanted, in any order."""
    cases = rng.permutation(wanted)
    rows = []
    for case in map(str, cases):
        _, risk, uplift, value = CALLS[case]
        rows.append({
            "case": case, "risk": round(float(rng.uniform(*risk)), 2),
            "uplift": round(float(rng.uniform(*uplift)), 1),
            "value": int(rng.integers(*value)) // 50 * 50,
        })  # fmt: skip
    found = pd.DataFrame(rows)
    gain = found["uplift"] / 100 * found["value"]
    clear = (gain >= 2 * TRY) | (gain <= TRY / 1.5)
    return found if clear.all() else None


def _named(rows: pd.DataFrame, seed: int) -> pd.DataFrame:
    names = person_table(make_plan(len(rows), seed % 2**31, branch.AS_OF), 0)["name"]
    index = [f"{number:02d}" for number in range(1, len(rows) + 1)]
    return rows.assign(name=[mask_name(str(name)) for name in names]).set_axis(index, axis=0)
