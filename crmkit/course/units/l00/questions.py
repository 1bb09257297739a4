"""The questions of lesson 0: nothing here counts; it shows where you stand."""

from collections.abc import Iterable, Mapping

import numpy as np

from crmkit.course.questions import Assign, Matching, Question, Ranking, any_order, out_of_order
from crmkit.course.units.l00.practice import AS_OF, URGENCY, Practice
from crmkit.pricing.economics import break_even
from crmkit.pricing.fees import pass_through
from crmkit.rules import read_rules

OBJECTIVES = ("fly", "baseline", "tools")

#: Twenty statements, by the lesson that deals with them, and whether they are right.
STATEMENTS: Mapping[str, str] = {
    "l01_before": "yes", "l01_biggest": "no", "l02_photo": "no", "l02_forever": "no",
    "l03_texts": "no", "l03_words": "yes", "l04_licence": "yes", "l04_signed": "no",
    "l05_surely": "no", "l05_call": "yes", "l06_compared": "yes", "l06_cash": "no",
    "l07_stamp": "no", "l07_volume": "yes", "l08_swap": "no", "l08_six": "no",
    "l09_ten": "no", "l09_stop": "yes", "l13_risk": "no", "l13_leave": "yes",
}  # fmt: skip
#: What those who go by an old rule, by size or by the sale hold to be right.
BELIEFS: Mapping[str, tuple[str, ...]] = {
    "old_rules": ("l02_forever", "l03_texts", "l07_stamp", "l08_six"),
    "size": ("l01_biggest", "l08_swap", "l09_ten", "l13_risk"),
    "sale": ("l02_photo", "l04_signed", "l05_surely", "l06_cash"),
}
TOOLS = ("start", "practice", "buttons", "ledger")


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 0 on a practice."""
    rng = np.random.default_rng([seed, 100])
    return [_six(practice, rng), _statements(rng), _tools(rng)]


def _six(practice: Practice, rng: np.random.Generator) -> Ranking:
    by_size = sorted(URGENCY, key=lambda case: -int(str(practice.six[case]["assets"])))
    return Ranking(
        id="l00-p1",
        room="l00",
        items=out_of_order(URGENCY, rng),
        right=URGENCY,
        wrong={
            "richest": tuple(by_size),
            "pleasant": ("birthday", "overdue", "loss", "outflow", "content", "complaint"),
        },
        about=practice.six,
        objective="fly",
        covers=("S001",),
    )


def _statements(rng: np.random.Generator) -> Assign:
    more = break_even(0.3, 0.2, pass_through(AS_OF, "SH", read_rules())) - 1
    return Assign(
        id="l00-p2",
        room="l00",
        items=any_order(STATEMENTS, rng),
        options=("yes", "no"),
        right=STATEMENTS,
        wrong={name: dict.fromkeys(held, "yes") for name, held in BELIEFS.items()},
        about={"l07_volume": {"more": more}},
        objective="baseline",
    )


def _tools(rng: np.random.Generator) -> Matching:
    return Matching(
        id="l00-p3",
        room="l00",
        items=TOOLS,
        options=any_order(TOOLS, rng),
        right={tool: tool for tool in TOOLS},
        wrong={"own_data": {"practice": "ledger", "ledger": "practice"}},
        objective="tools",
    )
