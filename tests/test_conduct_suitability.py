"""Who may be offered what, and who may say so."""

from datetime import date
from itertools import product

import pandas as pd
import pytest

from crmkit.conduct.suitability import (
    GRADES,
    LEVELS,
    ROLES,
    assess,
    gate,
    gate_caveats,
    may_advise,
    questionnaire,
)
from crmkit.errors import CrmkitError
from crmkit.rules import read_rules
from crmkit.words import LANGUAGES, in_language

TODAY = date(2026, 6, 30)
BEST = {item.id: item.options[0].id for item in questionnaire()}


def test_the_questionnaire_covers_the_five_legal_parts_and_adds_up_to_100():
    parts = {item.part for item in questionnaire()}
    assert parts == {"basics", "property", "assets", "experience", "ability"}
    assert sum(max(o.points for o in item.options) for item in questionnaire()) == 100
    for language in LANGUAGES:
        with in_language(language):
            assert all(item.text and all(o.text for o in item.options) for item in questionnaire())


def answers_worth(score: int) -> dict[str, str]:
    """Return answers that add up to a score, by trying totals question by question."""
    reached: dict[int, dict[str, str]] = {0: {}}
    for item in questionnaire():
        reached = {
            total + option.points: {**answers, item.id: option.id}
            for total, answers in reached.items()
            for option in item.options
            if not option.lowest
        }
    return reached[score]


@pytest.mark.parametrize(
    ("score", "level"),
    [(19, "C1"), (20, "C2"), (39, "C2"), (40, "C3"), (59, "C3"), (60, "C4"), (79, "C4"),
     (80, "C5"), (100, "C5")],
)  # fmt: skip
def test_a_score_on_the_edge_of_a_band(score: int, level: str):
    assert assess(answers_worth(score), TODAY).level == level


def test_one_answer_can_mean_the_lowest_category_whatever_the_score():
    found = assess({**BEST, "loss": "d"}, TODAY)
    assert (found.level, found.lowest, found.score) == ("C1", True, 90)
    assert not assess(BEST, TODAY).lowest


def test_who_withholds_information_is_not_assessed():
    for missing in BEST:
        with pytest.raises(CrmkitError) as caught:
            assess({**BEST, missing: ""}, TODAY)
        assert caught.value.key == "conduct.unanswered"
    with pytest.raises(CrmkitError) as caught:
        assess({**BEST, "age": "z"}, TODAY)
    assert caught.value.key == "conduct.no_such_answer"


def offer(level: str | None, grade: str, tested: str | None = "2026-01-05", **flags: bool) -> dict:
    told = {"lowest_category": False, "asked": False, "warned": False, "insists": False}
    return {"risk_level": level, "product_risk": grade, "risk_test_date": tested, **told, **flags}


def verdict(*args, as_of: date = TODAY, rules=None, **flags) -> str:
    return str(gate(pd.DataFrame([offer(*args, **flags)]), as_of, rules)["verdict"].iloc[0])


def test_only_what_matches_may_be_offered():
    pairs = [offer(level, grade) for level, grade in product(LEVELS, GRADES)]
    found = gate(pd.DataFrame(pairs), TODAY)
    expected = ["offer" if int(g[1]) <= int(c[1]) else "refuse" for c, g in product(LEVELS, GRADES)]
    assert found["verdict"].tolist() == expected
    assert found["reason"].str.len().min() > 10


def test_a_warning_does_not_make_promotion_lawful():
    assert verdict("C3", "R4", warned=True, insists=True) == "refuse"


def test_what_a_client_asks_for_needs_warning_and_insistence():
    assert verdict("C3", "R4", asked=True) == "warn"
    assert verdict("C3", "R4", asked=True, warned=True) == "warn"
    assert verdict("C3", "R4", asked=True, insists=True) == "warn"
    assert verdict("C3", "R4", asked=True, warned=True, insists=True) == "on_request"


def test_the_lowest_category_never_goes_above_its_level():
    signed = {"asked": True, "warned": True, "insists": True}
    assert verdict("C1", "R2", lowest_category=True, **signed) == "refuse"
    assert verdict("C1", "R2", **signed) == "on_request"
    assert verdict("C1", "R1", lowest_category=True) == "offer"
    wide = {level: list(GRADES[: place + 2]) for place, level in enumerate(LEVELS)}
    firm = read_rules().changed("suitability.table", wide)
    assert verdict("C1", "R2", rules=firm) == "offer"
    assert verdict("C1", "R2", lowest_category=True, rules=firm) == "refuse"
    assert verdict("C1", "R2", lowest_category=True, rules=firm, **signed) == "refuse"
    assert verdict("C1", "R1", lowest_category=True, rules=firm) == "offer"


def test_an_assessment_ends_when_it_says_so():
    last = assess(BEST, date(2024, 6, 30)).valid_until
    assert last == date(2026, 6, 29)
    assert verdict("C5", "R1", "2024-06-30", as_of=last) == "offer"
    assert verdict("C5", "R1", "2024-06-30", as_of=TODAY) == "assess"
    assert verdict("C5", "R1", None) == "assess"
    assert verdict(None, "R1") == "assess"
    assert verdict("C5", "R1", "2026-07-01") == "assess"
    shorter = read_rules().changed("suitability.valid_months", 3)
    assert verdict("C5", "R1", "2026-01-05", rules=shorter) == "assess"


def test_a_grade_nobody_knows_is_refused():
    with pytest.raises(CrmkitError) as caught:
        verdict("C3", "R9")
    assert caught.value.key == "conduct.no_such_grade"


def test_only_a_registered_adviser_with_agreement_and_match_may_advise():
    allowed = [
        (role, agreement, said)
        for role, agreement, said in product(ROLES, (True, False), ("offer", "refuse", "assess"))
        if may_advise(role, agreement, said).allowed
    ]
    assert allowed == [("adviser", True, "offer")]
    with pytest.raises(CrmkitError):
        may_advise("influencer", True, "offer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_may_not_advise_has_something_to_say(language: str):
    with in_language(language):
        asked = [("manager", True, "offer"), ("adviser", False, "offer"),
                 ("adviser", True, "refuse"), ("adviser", True, "offer")]  # fmt: skip
        rulings = [may_advise(*case) for case in asked]
        assert len({ruling.say for ruling in rulings}) == len({r.reason for r in rulings}) == 4
        assert any("24" in said for said in gate_caveats(date(2026, 11, 22)))
