"""What is particular to the questions of lesson 11."""

from functools import cache

import pytest

from crmkit.course import Outcome, Question, Unit, mark, open_unit
from crmkit.course.questions import Assign, Choice, Cut, Number

SEEDS = range(20)


@cache
def unit(seed: int) -> Unit:
    return open_unit("l11", seed=seed)


def question(seed: int, name: str) -> Question:
    return unit(seed).question(name)


@pytest.mark.parametrize("name", ["e11a-q1", "e11a-q3"])
def test_table_without_an_entry_is_not_attempted(name: str) -> None:
    asked = question(0, name)
    assert mark(asked, {}).outcome is Outcome.NOT_ATTEMPTED
    assert mark(asked, dict.fromkeys(asked.key)).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize("seed", SEEDS)
def test_part_of_the_table_earns_part_of_the_score(seed: int) -> None:
    asked = question(seed, "e11a-q1")
    seven = dict(list(asked.key.items())[:7])
    result = mark(asked, seven)
    assert (result.outcome, result.line()) == (Outcome.PARTIAL, "[e11a-q1] partial 0.70")
    assert result.remark.endswith("incomplete")
    assert (result.slots["left"], result.slots["right"]) == (3, 7)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("due", "given", "axis"),
    [("A", "B", "slip_turnover"), ("D", "B", "slip_contribution"), ("D", "A", "slip_both")],
)
def test_one_slip_names_the_client_and_the_axis(seed: int, due: str, given: str, axis: str) -> None:
    asked = question(seed, "e11a-q1")
    client = next(item for item, letter in asked.key.items() if letter == due)
    result = mark(asked, asked.key | {client: given})
    assert result.remark == f"l11.e11a-q1.{axis}"
    assert (result.slots["client"], result.slots["right"]) == (client, 9)
    assert not result.misconception


@pytest.mark.parametrize("seed", SEEDS)
def test_one_slip_does_not_hide_a_wrong_idea(seed: int) -> None:
    asked = question(seed, "e11a-q1")
    for idea, answer in question(seed, "e11a-q1").wrong_answers():
        told_apart = {client for trap in asked._traps for client in trap.telltales}
        for client in set(asked.items) - told_apart:
            other = "A" if answer[client] != "A" else "D"
            assert mark(asked, answer | {client: other}).misconception == idea


@pytest.mark.parametrize("seed", SEEDS)
def test_feedback_names_a_client_with_that_very_mistake(seed: int) -> None:
    asked = question(seed, "e11a-q1")
    for _, answer in question(seed, "e11a-q1").wrong_answers():
        result = mark(asked, answer)
        client = result.slots["client"]
        assert result.slots["given"] == answer[client] != asked.key[client]
        assert client in result.explanation()["cause"]


@pytest.mark.parametrize("seed", SEEDS)
def test_line_is_judged_by_who_is_above_it(seed: int) -> None:
    asked = question(seed, "e11a-q2")
    assert isinstance(asked, Cut)
    ranked = asked.values[::-1]
    outcomes = {rank: mark(asked, ranked[rank - 1]) for rank in (5, 26, 39, 54, 98, 170, 196)}
    assert [outcomes[rank].score for rank in outcomes] == [0, 0.5, 1, 0.5, 0, 0, 0]
    for rank, result in outcomes.items():
        assert result.slots["count"] == sum(value >= ranked[rank - 1] for value in ranked)
    remarks = [result.remark.rpartition(".")[2] for result in outcomes.values()]
    assert remarks == ["few", "few", "right", "many", "median", "many", "many"]


@pytest.mark.parametrize("seed", SEEDS)
def test_turnover_may_be_off_by_a_twentieth(seed: int) -> None:
    asked = question(seed, "l11-p2")
    assert isinstance(asked, Number)
    exact = asked.slots["ratio"]
    assert mark(asked, exact).score == mark(asked, exact * 1.03).score == 1
    assert mark(asked, exact * 1.2).remark == "l11.l11-p2.high"
    assert mark(asked, exact * 0.85).remark == "l11.l11-p2.low"


@pytest.mark.parametrize("seed", SEEDS)
def test_solving_it_says_nothing_about_the_order_of_options(seed: int) -> None:
    asked = question(seed, "e11a-q3")
    assert isinstance(asked, Assign)
    assert set(asked.options) == {*asked.key.values(), "ignore", "push"}


def test_the_right_option_is_in_every_place() -> None:
    for name in ("l11-x1", "l11-x2", "l11-x3"):
        asked = [question(seed, name) for seed in SEEDS]
        assert {a.options.index(a.key) for a in asked if isinstance(a, Choice)} == {0, 1, 2}
