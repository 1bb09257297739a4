"""The questions of lesson 11: those along the lesson, and exercise E11a."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.tiering import CONTRIBUTION_SHARE, Cuts
from crmkit.course.practice import one_case
from crmkit.course.questions import Assign, Choice, Cut, Number, Question, Trap, any_order, one_of
from crmkit.course.units.l11.practice import Practice, is_big

#: What a learner can do afterwards.
OBJECTIVES = ("place", "lines", "serve")
TIERS = ("A", "B", "C", "D")
#: What each tier is owed, and two things that none is: to be left alone, to be pushed to trade.
OWED = {"A": "personal", "B": "needs", "C": "online", "D": "guide"}
NEVER = ("ignore", "push")
#: Which axis was misread when the first letter stands where the second is due.
SLIPS = {
    **dict.fromkeys([("A", "B"), ("B", "A"), ("C", "D"), ("D", "C")], "slip_turnover"),
    **dict.fromkeys([("A", "C"), ("C", "A"), ("B", "D"), ("D", "B")], "slip_contribution"),
    **dict.fromkeys([("A", "D"), ("D", "A"), ("B", "C"), ("C", "B")], "slip_both"),
}


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions on a practice: along the lesson, three to leave, three graded."""
    rng = np.random.default_rng([seed, 11])
    return [
        one_of("l11-w1", "l11", WARM_UP, rng),
        _guess_the_share(practice),
        _work_out_turnover(practice),
        _place_one_client(practice),
        *(_single(name, options, rng) for name, options in SINGLE.items()),
        _place_ten_clients(practice),
        _draw_the_line(practice),
        _what_each_tier_is_owed(rng),
    ]


def _guess_the_share(practice: Practice) -> Number:
    """Ask for a guess before the figure: any number between 0 and 100 will do."""
    income = practice.clients["contribution_12m"].dropna().astype("float64")
    top = income.nlargest(round(CONTRIBUTION_SHARE * len(income)))
    share = round(100 * top.sum() / income.sum())
    return Number(
        id="l11-p1", room="l11", objective="lines", right=share, within=100, lowest=0, highest=100
    )


def _work_out_turnover(practice: Practice) -> Number:
    client = _figures(practice.clients, practice.halfway)
    ratio = client["ratio"]
    return Number(
        id="l11-p2",
        room="l11",
        objective="place",
        slots=client,
        right=round(ratio, 1),
        within=0.05 * ratio,
        lowest=0,
        highest=1000,
        wrong={"upside_down": 1 / ratio, "one_side": ratio / 2, "monthly": ratio / 12},
    )


def _place_one_client(practice: Practice) -> Choice:
    slots = _figures(practice.clients, practice.halfway) | _lines(practice.cuts)
    return Choice(id="l11-p3", room="l11", objective="place", slots=slots, options=TIERS, right="C")


#: What is recalled from lesson 8, and single choices; the right option first.
WARM_UP = ("total", "assets", "loud")
SINGLE = {
    "l11-p4": ("share", "median", "fixed"),
    "l11-p5": ("online", "visit", "more_trades"),
    "l11-x1": ("income", "size", "friend"),
    "l11-x2": ("unknown", "quiet_d", "guess"),
    "l11-x3": ("purpose", "push", "leave"),
}
#: Asked in one of two cases.
TWO_CASES = ("l11-x1", "l11-x2", "l11-x3", "e11a-q3")
SERVES = {
    "l11-p4": "lines",
    "l11-p5": "serve",
    "l11-x1": "place",
    "l11-x2": "place",
    "l11-x3": "serve",
}


def _single(name: str, options: tuple[str, ...], rng: np.random.Generator) -> Choice:
    return one_of(name, one_case("l11", name, TWO_CASES, rng), options, rng, objective=SERVES[name])


def _place_ten_clients(practice: Practice) -> Assign:
    clients = practice.clients.loc[list(practice.ten)]
    return Assign(
        id="e11a-q1",
        room="l11",
        objective="place",
        slots=_lines(practice.cuts),
        items=practice.ten,
        options=TIERS,
        right=_tiers(clients),
        wrong=_wrong_answers(clients, practice),
        about={client: _figures(clients, client) for client in practice.ten},
        columns=("client", "assets", "trades", "commission", "products"),
        steps=("contribution", "ratio"),
        slips=SLIPS,
    )


def wrong_tiers(clients: pd.DataFrame, practice: Practice) -> dict[str, dict[str, str]]:
    """Return the tiers that each known wrong idea gives the clients.

    ``commission_twice`` judges turnover by the commission paid; whoever also forgets the
    other products (``commission_only_twice``) has that idea all the same.
    """
    cuts = practice.cuts
    much = clients["contribution_12m"] >= cuts.contribution
    paid = clients["commission_12m"] >= cuts.contribution
    often = clients["turnover_ratio"] >= cuts.turnover
    big = is_big(practice.clients).loc[clients.index]
    return {
        "commission_twice": _letters(much, paid),
        "commission_only_twice": _letters(paid, paid),
        "commission_only": _letters(paid, often),
        "size": _letters(big, often),
        "swapped": _letters(often, much),
    }


def _letters(high: pd.Series, fast: pd.Series) -> dict[str, str]:
    letters = np.select([high & fast, high, fast], ["A", "B", "C"], "D")
    return dict(zip(high.index, letters.tolist(), strict=True))


def _wrong_answers(
    clients: pd.DataFrame, practice: Practice
) -> dict[str, dict[str, str] | list[dict[str, str]]]:
    """Return the wrong tiers by idea; one of them comes in two forms."""
    wrong = wrong_tiers(clients, practice)
    both = [wrong.pop("commission_twice"), wrong.pop("commission_only_twice")]
    return {"commission_twice": both, **wrong}


def _draw_the_line(practice: Practice) -> Cut:
    known = practice.clients["contribution_12m"].dropna().astype("float64") / 100
    return Cut(
        id="e11a-q2",
        room="l11",
        objective="lines",
        slots={"clients": len(known), "top": round(CONTRIBUTION_SHARE * len(known))},
        values=tuple(sorted(known)),
        share=CONTRIBUTION_SHARE,
        within=0.03,
        near=0.08,
        wrong={"median": (0.42, 0.58)},
    )


def _what_each_tier_is_owed(rng: np.random.Generator) -> Assign:
    return Assign(
        id="e11a-q3",
        room=one_case("l11", "e11a-q3", TWO_CASES, rng),
        objective="serve",
        items=TIERS,
        options=any_order([*OWED.values(), *NEVER], rng),
        right=OWED,
        traps=(
            Trap("push", dict.fromkeys(TIERS, "push"), 1),
            Trap("ignore", {"C": "ignore", "D": "ignore"}, 1),
        ),
        about={tier: {"tier": tier} for tier in TIERS},
    )


def _tiers(clients: pd.DataFrame) -> dict[str, str]:
    return {str(client): str(letter) for client, letter in clients["tier"].items()}


def _lines(cuts: Cuts) -> dict[str, float]:
    return {"contribution_cut": cuts.contribution / 100, "turnover_cut": cuts.turnover}


def _figures(clients: pd.DataFrame, client_id: str) -> dict[str, Any]:
    """Return a client's figures for sentences and tables, in the units people read."""
    client = clients.loc[client_id]
    assert isinstance(client, pd.Series)
    money = {
        "assets": "average_assets",
        "trades": "trade_amount_12m",
        "commission": "commission_12m",
        "products": "product_income_12m",
        "contribution": "contribution_12m",
    }
    cny = {name: float(client[column]) / 100 for name, column in money.items()}
    return cny | {
        "name": str(client["name"]),
        "client": client_id,
        "assets_wan": cny["assets"] / 10_000,
        "trades_wan": cny["trades"] / 10_000,
        "ratio": float(client["turnover_ratio"]),
    }
