"""A whole study of leaving, from a book or from a table: the parts in one place."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.churn import labels
from crmkit.analysis.churn.customers import Customers
from crmkit.analysis.churn.evaluation import Evaluation, evaluate
from crmkit.analysis.churn.features import features, last_day
from crmkit.analysis.churn.plans import assumed_uplift, save_cost, save_plans
from crmkit.analysis.churn.risk import Risk, fit_risk
from crmkit.analysis.churn.scorecard import score
from crmkit.analysis.churn.spells import spells
from crmkit.analysis.churn.survival import LogRank, kaplan_meier, log_rank
from crmkit.analysis.churn.targets import Targets, pick_targets
from crmkit.analysis.churn.tree import grow_tree
from crmkit.analysis.value import client_values
from crmkit.book.book import ClientBook
from crmkit.errors import CrmkitError
from crmkit.rules import read_rules
from crmkit.words import t

#: Months over which a book's clients are watched for the survival curve, if it has so many.
WATCHED = 24


@dataclass(frozen=True)
class Lesson:
    """What was learnt from one window and how it fared on another.

    Attributes
    ----------
    judged : Evaluation
    leaves : DataFrame
        The tree, as sentences.
    risk : Risk
    """

    judged: Evaluation
    leaves: pd.DataFrame
    risk: Risk


@dataclass(frozen=True)
class Study:
    """A study of leaving; parts that the data cannot carry are None, and a note says why.

    Attributes
    ----------
    clients, left : int
        Under study, and how many of them left in the window.
    disagreement : DataFrame or None
        The four definitions, of a book.
    lesson : Lesson or None
    curves : DataFrame or None
        Kaplan and Meier's, by group.
    test : LogRank or None
    scores : DataFrame or None
        The scorecard today, of a book.
    targets : Targets or None
    plans : DataFrame or None
        For those chosen.
    notes : tuple of str
    """

    clients: int
    left: int
    disagreement: pd.DataFrame | None
    lesson: Lesson | None
    curves: pd.DataFrame | None
    test: LogRank | None
    scores: pd.DataFrame | None
    targets: Targets | None
    plans: pd.DataFrame | None
    notes: tuple[str, ...]


def study_book(
    book: ClientBook, tiers: pd.Series, months: int = 6, kind: str = "asset",
    most: int | None = None,
) -> Study:  # fmt: skip
    """Return a study of a book: learnt on one window, tried on the next, applied today.

    Parameters
    ----------
    book : ClientBook
    tiers : Series
        Tier by ``client_id``.
    months : int
        Length of each window.
    kind : {"asset", "closed", "silent", "streak"}
        The definition of leaving.
    most : int, optional
        How many clients can be approached.

    Examples
    --------
    >>> from crmkit.analysis.tiering import tier_book
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=300, seed=1, as_of="2026-01-05")
    >>> tiers = tier_book(book).tiers.set_index("client_id")["tier"]
    >>> study = study_book(book, tiers)
    >>> study.lesson is None, len(study.scores) > 100
    (True, True)
    """
    notes: list[str] = []
    known = features(book, book.as_of)
    scores = score(known, tiers)
    table, left, lesson, latest = None, 0, None, None
    try:
        test_day = last_day(book, months)
        table = labels.disagreement(book, test_day, months)
        left = int(table["churned"][kind])
        lesson, latest = _learn(book, test_day, months, kind)
    except CrmkitError as error:
        notes.append(str(error))
    curves, test = _watch(book, notes)
    targets = None if latest is None else _targets(book, known, scores, tiers, latest, months, most)
    plans = None
    if targets is not None:
        notes += [t("churn.uplift_assumed"), *targets.notes]
        chosen = targets.clients.loc[targets.clients["chosen"], ["client_id"]]
        causes = scores.set_index("client_id")["cause"]
        plans = save_plans(chosen.assign(cause=chosen["client_id"].map(causes),
                                         tier=chosen["client_id"].map(tiers)))  # fmt: skip
    if lesson is not None:
        notes += [*lesson.judged.notes, *lesson.risk.notes]
    return Study(len(known), left, table, lesson, curves, test, scores, targets, plans,
                 tuple(notes))  # fmt: skip


def _learn(book: ClientBook, test_day: date, months: int, kind: str) -> tuple[Lesson, Risk]:
    """Return what the window before last teaches, tried on the last; and the last one's model."""
    first_day = last_day(book, 2 * months)
    (old, old_left), (new, new_left) = (
        window(book, day, months, kind) for day in (first_day, test_day)
    )
    model = fit_risk(old, old_left)
    judged = evaluate(new_left, model.chance(new))
    return Lesson(judged, grow_tree(old, old_left), model), fit_risk(new, new_left)


def window(book: ClientBook, day: date, months: int, kind: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return what was known on a day of those who could leave, and who left within the months.

    Parameters
    ----------
    book : ClientBook
    day : date
        The window begins the day after.
    months : int
    kind : {"asset", "closed", "silent", "streak"}

    Returns
    -------
    known : DataFrame
        As returned by `crmkit.analysis.churn.features.features`.
    left : Series of bool
        In the same order.

    Examples
    --------
    >>> from crmkit.branch.simulate import make_book
    >>> book = make_book(n=300, seed=1, as_of="2026-01-05")
    >>> known, left = window(book, last_day(book, 6), 6, "silent")
    >>> len(known) == len(left), bool(0 < left.mean() < 0.3)
    (True, True)
    """
    found = labels.label(book, kind, day, months).set_index("client_id")["churned"].astype(bool)
    known = features(book, day)
    known = known[known["client_id"].isin(found.index)].reset_index(drop=True)
    return known, known["client_id"].map(found)


def _watch(book: ClientBook, notes: list[str]) -> tuple[pd.DataFrame | None, LogRank | None]:
    """Return the curves by tier, watched as long as the record allows, and their test."""
    on_record = book.activity["month"].nunique()
    watched = min(WATCHED, on_record - 12)
    if watched < 6:
        notes += [t("churn.short_record", months=on_record)] * bool(on_record)
        return None, None
    seen = spells(book, last_day(book, watched))
    several = len(seen["group"].unique()) > 1
    return kaplan_meier(seen), log_rank(seen) if several else None


def _targets(
    book: ClientBook, known: pd.DataFrame, scores: pd.DataFrame, tiers: pd.Series, risk: Risk,
    months: int, most: int | None,
) -> Targets:  # fmt: skip
    chance = risk.chance(known)
    stay = pd.Series(((1 - chance) ** (12 / months)).to_numpy(), index=known["client_id"])
    values = client_values(measures(book), stay).set_index("client_id")
    tier = known["client_id"].map(tiers).astype("str")
    client = book.client.set_index("client_id").reindex(known["client_id"])
    minute = read_rules().value("pay.minute", book.as_of) * 100
    rows = pd.DataFrame({
        "client_id": known["client_id"],
        "risk": chance,
        "uplift": assumed_uplift(scores["cause"], chance),
        "value": known["client_id"].map(values["lifetime_value"]),
        "cost": save_cost(tier, minute),
        "do_not_contact": client["do_not_contact"].to_numpy(),
        "leaving": (scores["cause"] == "leaving").to_numpy(),
    })  # fmt: skip
    return pick_targets(rows, most)


def study_customers(customers: Customers) -> Study:
    """Return a study of a table of customers: a random third is held out for the test.

    Parameters
    ----------
    customers : Customers
        As returned by `crmkit.analysis.churn.customers.read_customers`.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> known = pd.DataFrame({"client_id": np.arange(900).astype(str), "age": rng.normal(size=900)})
    >>> left = pd.Series(rng.random(900) < 1 / (1 + np.exp(1 - 2 * known["age"])))
    >>> study = study_customers(Customers(known, left, None, None, ()))
    >>> study.lesson.judged.auc > 0.75, study.curves is None
    (True, True)
    """
    known = customers.known.reset_index(drop=True)
    churned = customers.churned.reset_index(drop=True)
    lot = np.random.default_rng(0).random(len(known)) < 1 / 3
    model = fit_risk(known[~lot], churned[~lot])
    judged = evaluate(churned[lot], model.chance(known[lot]))
    lesson = Lesson(judged, grow_tree(known, churned), model)
    curves, test = None, None
    if customers.tenure is not None:
        seen = pd.DataFrame({"time": customers.tenure, "left": customers.churned})
        if customers.tier is not None:
            seen = seen.assign(group=customers.tier.astype("str"))
        seen = seen.dropna()
        curves = kaplan_meier(seen)
        several = "group" in seen and len(seen["group"].unique()) > 1
        test = log_rank(seen) if several else None
    notes = (*customers.notes, t("customers.split"), *judged.notes, *model.notes)
    return Study(len(known), int(churned.sum()), None, lesson, curves, test, None, None, None,
                 notes)  # fmt: skip
