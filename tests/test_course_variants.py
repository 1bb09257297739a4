"""Seeds with a key, variants, mastery and the daily deck."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.course import (
    Card,
    Entry,
    Outcome,
    Sheet,
    Unit,
    open_sheet,
    open_unit,
    strengths,
    unit_names,
)
from crmkit.course.cards import DAILY, SPACING, answered, deck, missed, next_due
from crmkit.course.invariants import ease, variant_faults
from crmkit.course.mastery import Strength, mastered
from crmkit.course.questions import Choice, Number, Question
from crmkit.course.variants import learner_token, variant_seed

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 3, 2)


def wrong(unit: Unit, question: str) -> object:
    return next(answer for _, answer in unit.question(question).wrong_answers())


def test_seeds_differ_by_learner_unit_attempt_and_key() -> None:
    seeds = {
        variant_seed(learner_token(learner, key), unit, attempt)
        for learner in ("li", "wang")
        for key in (b"a", b"b")
        for unit in ("l01", "l11")
        for attempt in (0, 1, 11, "card-0", "card-1")
    }
    assert len(seeds) == 40
    assert all(0 <= seed < 2**64 for seed in seeds)


def test_token_from_a_trainer_decides_the_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = learner_token("test", b"spring 2026")
    monkeypatch.setenv("CRMKIT_TOKEN", token)
    seed = open_unit("l11", sheet=open_sheet(tmp_path)).seed
    assert seed == variant_seed(token, "l11") != open_unit("l11", sheet=Sheet("test")).seed
    monkeypatch.delenv("CRMKIT_TOKEN")
    assert open_unit("l11", sheet=open_sheet(tmp_path)).seed == seed


def test_another_one_has_other_figures_and_comes_back_after_a_restart(tmp_path: Path) -> None:
    unit = open_unit("l11", sheet=open_sheet(tmp_path))
    first = unit.question("e11a-q1")
    unit.answer("e11a-q1", first.key)
    unit.check("e11a-q1")
    second = unit.another("e11a-q1")
    assert second.key != first.key
    assert unit.entry("e11a-q1") == Entry(variant=1, passes=(True,))
    unit.answer("e11a-q1", second.key)
    again = open_unit("l11", sheet=open_sheet(tmp_path))
    assert again.mark("e11a-q1").outcome is Outcome.CORRECT
    assert again.question("e11a-q2").key == unit.questions["e11a-q2"].key


def test_only_a_first_check_without_help_is_a_pass() -> None:
    unit = open_unit("l11", seed=4)
    for help_, expected in ((None, True), (unit.hint, False), (unit.see_solution, False)):
        if help_:
            help_("e11a-q3")
        unit.answer("e11a-q3", unit.question("e11a-q3").key)
        unit.check("e11a-q3")
        unit.check("e11a-q3")
        assert unit.entry("e11a-q3").passes[-1] is expected
        unit.another("e11a-q3")
    unit.answer("e11a-q3", wrong(unit, "e11a-q3"))
    unit.check("e11a-q3")
    unit.answer("e11a-q3", unit.question("e11a-q3").key)
    unit.check("e11a-q3")
    assert unit.entry("e11a-q3").passes == (True, False, False, False)


def test_an_exercise_is_mastered_when_all_of_it_was_passed_twice_in_a_row() -> None:
    unit = open_unit("l11", seed=4)
    states = []
    for _ in range(2):
        for name in ("e11a-q1", "e11a-q2", "e11a-q3"):
            unit.answer(name, unit.question(name).key)
            unit.check(name)
            states.append(unit.mastered("e11a"))
            unit.another(name)
    assert states == [False] * 5 + [True]
    assert not unit.mastered("e99")


@pytest.mark.parametrize("name", unit_names())
def test_another_one_is_something_else_to_read(name: str) -> None:
    unit = open_unit(name, seed=3)
    tested = [each for each in unit.questions if each.startswith("e") or "-x" in each]
    fixed = {each for each in tested if unit.question(each).form().kind in ("dialogue", "rewrite")}
    for each in set(tested) - fixed:
        before = unit.question(each).content()
        assert unit.another(each).content() != before, each


def test_every_unit_was_tried_on_a_thousand_seeds_and_nothing_was_wrong() -> None:
    kept = json.loads((ROOT / "tools/course/variants.json").read_text("utf-8"))
    assert set(kept) == set(unit_names())
    for unit, found in kept.items():
        assert found["seeds"] >= 1000 and not found["faults"], unit
        due = {
            each.id for each in open_unit(unit, seed=0).questions.values() if each.misconceptions
        }
        assert set(found["ease"]) == due, unit


@given(st.lists(st.booleans(), max_size=12))
def test_mastery_is_two_in_a_row_and_stays(passes: list[bool]) -> None:
    told = "".join("x" if passed else "." for passed in passes)
    assert mastered(passes) == ("xx" in told)
    if mastered(passes):
        assert mastered([*passes, False])


def test_strengths_add_up_by_objective() -> None:
    def asked(name: str, objective: str) -> Question:
        return Choice(id=name, room="t", objective=objective, options=("a", "b"), right="a")

    entries = {"q1": Entry(passes=(True, True)), "q2": Entry(passes=(False,))}
    told = strengths(
        [asked("q1", "x"), asked("q2", "x"), asked("q3", "y"), asked("q4", "")], entries
    )
    assert told == {"x": Strength(3, 2, 1, 2), "y": Strength(0, 0, 0, 1)}


def test_a_miss_becomes_a_card_that_two_spaced_right_answers_retire(tmp_path: Path) -> None:
    unit = open_unit("l11", sheet=open_sheet(tmp_path))
    unit.answer("l11-x1", wrong(unit, "l11-x1"))
    unit.check("l11-x1", TODAY)
    unit.check("l11-x1", TODAY)
    assert unit.sheet.cards == {"l11-x1": Card(TODAY + timedelta(1))}
    day, seen = TODAY, []
    while not unit.sheet.cards["l11-x1"].retired:
        day += timedelta(1)
        if "l11-x1" in deck(unit.sheet.cards, day):
            seen.append((day - TODAY).days)
            assert unit.check_card("l11-x1", unit.card("l11-x1").key, day).score == 1
    assert seen == [1, 4]
    assert open_sheet(tmp_path).cards == unit.sheet.cards
    assert unit.entry("l11-x1").tries == 2  # cards leave the exercise alone


def test_every_card_is_another_variant() -> None:
    unit = open_unit("l11", seed=9)
    unit.sheet.cards["e11a-q1"] = Card(TODAY)
    keys = []
    for number in range(3):
        day = TODAY + timedelta(number)
        keys.append(unit.card("e11a-q1").key)
        unit.check_card("e11a-q1", wrong(unit, "e11a-q1"), day)
        unit.check_card("e11a-q1", unit.card("e11a-q1").guess(np.random.default_rng(1)), day)
    assert len({tuple(key.items()) for key in keys}) >= 2
    assert unit.sheet.cards["e11a-q1"].streak == 0


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=25),
)
def test_no_history_of_answers_retires_a_card_early(history: list[tuple[int, bool]]) -> None:
    card, day, run = missed(None, TODAY), TODAY, []
    for wait, right in history:
        day += timedelta(wait)
        due = day >= card.due and not card.retired
        after = answered(card, right, day)
        if due:
            run = [*run, day] if right else []
            assert after.due > day
        else:
            assert after == card
        card = after
        assert card.retired == (len(run) >= len(SPACING))
    if card.retired:
        assert (run[1] - run[0]).days >= SPACING[1]


def test_deck_is_short_and_begins_with_the_longest_overdue() -> None:
    cards = {f"q{n}": Card(TODAY - timedelta(n)) for n in range(9)} | {"late": Card(date.max)}
    assert deck(cards, TODAY) == [f"q{n}" for n in range(8, 8 - DAILY, -1)]
    assert next_due(cards) == TODAY - timedelta(8)
    assert next_due({"q": Card(TODAY, streak=2)}) is None


def test_invariants_name_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loose(Number):
        def wrong_answers(self) -> Iterator[tuple[str, float]]:
            yield "near", 10.4
            yield "far", 12.0

    asked = Loose(id="q", room="t", right=10, within=0.5, lowest=0, highest=99,
                  wrong={"near": 10.4, "far": 20})  # fmt: skip
    from crmkit.course import invariants
    from crmkit.course.unit import Setting

    monkeypatch.setattr(invariants, "make_setting", lambda unit, seed: Setting(None, {"q": asked}))
    found = {(fault.kind, fault.idea) for fault in variant_faults("t", 1)}
    assert found == {("silent", "near"), ("easy", "near"), ("silent", "far")}
    assert ease(asked) == 0.5
