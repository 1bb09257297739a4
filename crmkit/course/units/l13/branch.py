"""The branches of lesson 13: one to study, and others in which calls were tried on everybody."""

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.churn.evaluation import evaluate
from crmkit.analysis.churn.features import features, last_day
from crmkit.analysis.churn.labels import disagreement
from crmkit.analysis.churn.plans import assumed_uplift
from crmkit.analysis.churn.risk import fit_risk
from crmkit.analysis.churn.scorecard import score, scorecard
from crmkit.analysis.churn.spells import spells
from crmkit.analysis.churn.study import window
from crmkit.analysis.churn.survival import kaplan_meier
from crmkit.analysis.churn.targets import spend
from crmkit.analysis.churn.tree import grow_tree
from crmkit.analysis.tiering import tier_book
from crmkit.analysis.value import client_values
from crmkit.book.book import ClientBook
from crmkit.book.rewind import rewind
from crmkit.branch.simulate import BranchBook, make_book
from crmkit.planning.cadence import load_rules
from crmkit.rules import read_rules

AS_OF = date(2026, 6, 30)
#: Clients of the branch under study, and of those in which the truth is looked up.
STUDIED, TRIED = 2000, 4000
#: The definition under study, and the months in which people leave.
KIND, MONTHS = "asset", 6
#: How the lists of whom to call are ranked.
LISTS = ("risk", "score", "value", "gain")
#: Months of calls, one each, in the branches where everybody was called.
CALLED = 12


@cache
def studied(seed: int) -> BranchBook:
    """Return the branch under study."""
    return make_book(STUDIED, seed, AS_OF)


def definitions(seed: int, months: int, floor: int) -> pd.DataFrame:
    """Return how many leave by each of four definitions.

    Parameters
    ----------
    seed, months : int
    floor : int
        CNY below which an account counts as empty.
    """
    book = studied(seed)
    return disagreement(book, last_day(book, months), months, floor * 100)


@cache
def half_year(seed: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return what was known half a year ago, who has left since, and the tiers of then."""
    book = studied(seed)
    day = last_day(book, MONTHS)
    return *window(book, day, MONTHS, KIND), _tiers(rewind(book, day))


def tenths(seed: int, outflow: int, login: int, neglect: int, fee: int) -> pd.DataFrame:
    """Return how a scorecard with these points would have done, from the highest tenth down."""
    known, left, tiers = half_year(seed)
    points = {"outflow": outflow, "no_login_60": login, "no_login_30": login // 2,
              "neglect": neglect, "fee_talk": fee}  # fmt: skip
    card = scorecard()
    changed = tuple(replace(i, points=points.get(i.name, i.points)) for i in card.items)
    scores = score(known, tiers, replace(card, items=changed))["score"]
    return evaluate(left, scores.astype("float64")).tenths


def leaves(seed: int) -> pd.DataFrame:
    """Return the tree grown on the half year, as sentences in the language in use."""
    known, left, _ = half_year(seed)
    return grow_tree(known, left)


@cache
def curves(seed: int) -> pd.DataFrame:
    """Return the share still there by tier, over two years."""
    book = studied(seed)
    return kaplan_meier(spells(book, last_day(book, 24)))


def spent(seed: int, calls: int) -> pd.DataFrame:
    """Return what calling the first so many of each list for a year really changed."""
    return spend(tried(seed), calls, LISTS)


@cache
def tried(seed: int) -> pd.DataFrame:
    """Return the clients of a branch with every list, and what calls change for each.

    Risk is learnt on the half year before; nothing in a list knows what came after. What a
    year of monthly calls changes is looked up in the simulated branch: who leaves if called
    and who if not.
    """
    book = make_book(TRIED, seed, AS_OF)
    day = last_day(book, CALLED)
    truth = book.potential(CALLED).set_index("client_id")
    known = features(book, day)
    known = known[known["client_id"].isin(truth.index)].reset_index(drop=True)
    chance = fit_risk(*window(book, last_day(book, CALLED + MONTHS), MONTHS, KIND)).chance(known)
    then = rewind(book, day)
    scores = score(known, _tiers(then))
    stay = pd.Series(((1 - chance) ** 2).to_numpy(), index=known["client_id"])
    value = client_values(measures(then), stay).set_index("client_id")["lifetime_value"]
    worth = known["client_id"].map(value).astype("float64").fillna(0)
    both = truth.loc[known["client_id"]].astype("int64").reset_index(drop=True)
    minutes = CALLED * load_rules().minutes["call"]
    return pd.DataFrame({
        "kept": both["left_if_not"] - both["left_if_contacted"],
        "value": worth,
        "cost": minutes * read_rules().value("pay.minute", day) * 100,
        "risk": chance,
        "score": scores["score"].astype("float64"),
        "gain": assumed_uplift(scores["cause"], chance) * worth,
    })  # fmt: skip


def _tiers(book: ClientBook) -> pd.Series:
    return tier_book(book).tiers.set_index("client_id")["tier"]
