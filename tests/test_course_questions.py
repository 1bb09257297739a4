"""Every question against the right answer, blanks, its known wrong answers and rubbish."""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from crmkit.course import Outcome, Question, Unit, mark, open_unit
from crmkit.course.outcome import EXPLANATION
from crmkit.course.questions import Assign, Choice, Cut, Number
from crmkit.course.units.l11.questions import wrong_tiers
from crmkit.words import LANGUAGES, in_language

SEEDS = range(20)
GRADED = ("e11a-q1", "e11a-q2", "e11a-q3")
ALONG = ("l11-p1", "l11-p2", "l11-p3", "l11-x1", "l11-x2", "l11-x3")
#: Nothing that any question could take for an answer.
RUBBISH = [
    True, math.nan, math.inf, -1, 10**400, 3 + 4j, "?", b"A", [], ["A"], ("A",), {"A"}, [[]],
    {"nobody": "A"}, {0: "A"}, {None: None, "nobody": 1}, object(), Ellipsis, print,
]  # fmt: skip


@cache
def unit(seed: int) -> Unit:
    return open_unit("l11", seed=seed)


def question(seed: int, name: str) -> Question:
    return unit(seed).question(name)


def wrong_answers(seed: int, name: str) -> Iterator[tuple[str, Any]]:
    """Yield each known wrong idea of a question with an answer that follows from it."""
    asked = question(seed, name)
    match asked:
        case Choice():
            yield from ((option, option) for option in asked.trap_names)
        case Number():
            yield from asked.traps.items()
        case Cut():
            middle = asked.values[len(asked.values) // 2]
            yield "median", middle
        case Assign() if name == "e11a-q1":
            practice = unit(seed).practice
            ideas = wrong_tiers(practice.clients.loc[list(practice.ten)], practice)
            yield "commission_twice", ideas.pop("commission_only_twice")
            yield from ideas.items()
        case Assign():
            yield "ignore", asked.key | {"C": "ignore", "D": "ignore"}
            yield "ignore", asked.key | {"D": "ignore"}
            yield "push", asked.key | {"B": "push"}
            yield "push", dict.fromkeys("ABCD", "push")


@pytest.mark.parametrize("name", GRADED + ALONG)
@pytest.mark.parametrize("seed", SEEDS)
def test_right_answer_is_right(seed: int, name: str) -> None:
    asked = question(seed, name)
    result = mark(asked, asked.key)
    assert (result.outcome, result.score, result.misconception) == (Outcome.CORRECT, 1.0, "")
    assert result.line() == f"[{name}] correct 1.00"


@pytest.mark.parametrize("name", GRADED + ALONG)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_known_wrong_answer_gets_its_own_explanation(seed: int, name: str) -> None:
    asked = question(seed, name)
    fired = set()
    for idea, answer in wrong_answers(seed, name):
        result = mark(asked, answer)
        assert result.misconception == idea
        assert result.outcome in (Outcome.INCORRECT, Outcome.PARTIAL)
        assert set(result.explanation()) == set(EXPLANATION)
        fired.add(idea)
    assert fired == set(asked.trap_names)


@pytest.mark.parametrize("blank", [None, "", "  "])
@pytest.mark.parametrize("name", GRADED + ALONG)
def test_blank_is_not_attempted(name: str, blank: object) -> None:
    result = mark(question(0, name), blank)
    assert result.outcome is Outcome.NOT_ATTEMPTED
    assert result.line() == f"[{name}] not attempted 0.00"


@pytest.mark.parametrize("name", ["e11a-q1", "e11a-q3"])
def test_table_without_an_entry_is_not_attempted(name: str) -> None:
    asked = question(0, name)
    assert mark(asked, {}).outcome is Outcome.NOT_ATTEMPTED
    assert mark(asked, dict.fromkeys(asked.key)).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize("rubbish", RUBBISH, ids=lambda rubbish: type(rubbish).__name__)
@pytest.mark.parametrize("name", GRADED + ALONG)
@pytest.mark.parametrize("seed", [0, 7, 19])
def test_rubbish_is_invalid_and_costs_nothing(seed: int, name: str, rubbish: object) -> None:
    result = mark(question(seed, name), rubbish)
    assert result.outcome is Outcome.INVALID
    assert not result.outcome.counts
    for language in LANGUAGES:
        with in_language(language):
            assert len(result.explanation()[""]) > 10


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
    for idea, answer in wrong_answers(seed, "e11a-q1"):
        told_apart = {client for trap in asked.traps for client in trap.telltales}
        for client in set(asked.items) - told_apart:
            other = "A" if answer[client] != "A" else "D"
            assert mark(asked, answer | {client: other}).misconception == idea


@pytest.mark.parametrize("seed", SEEDS)
def test_feedback_names_a_client_with_that_very_mistake(seed: int) -> None:
    asked = question(seed, "e11a-q1")
    for _, answer in wrong_answers(seed, "e11a-q1"):
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GRADED + ALONG)
def test_every_sentence_exists_and_takes_its_slots(name: str, language: str) -> None:
    asked = question(3, name)
    with in_language(language):
        said = [asked.say("prompt"), *mark(asked, asked.key).explanation().values()]
        said += [asked.say(f"hint{number + 1}") for number in range(asked.hints)]
        for _, answer in wrong_answers(3, name):
            parts = mark(asked, answer).explanation()
            assert len(sentences(" ".join(parts.values()))) >= 2
            said += parts.values()
        if asked.has("solution"):
            said.append(asked.say("solution"))
    assert all(text.strip() and "{" not in text for text in said)


def sentences(text: str) -> list[str]:
    ends = "".join("|" if mark in "。！？.!?" else mark for mark in text)
    return [part for part in ends.split("|") if len(part.strip()) > 3]


@pytest.mark.parametrize("name", GRADED)
def test_graded_questions_have_three_hints_and_a_solution(name: str) -> None:
    asked = question(0, name)
    assert (asked.hints, asked.has("solution")) == (3, True)


def test_no_explanation_is_used_twice() -> None:
    for language in LANGUAGES:
        with in_language(language):
            said = [
                part
                for name in GRADED + ALONG
                for idea, answer in dict(wrong_answers(3, name)).items()
                for part in mark(question(3, name), answer).explanation().values()
                if idea
            ]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("seed", SEEDS)
def test_solving_it_says_nothing_about_the_order_of_options(seed: int) -> None:
    asked = question(seed, "e11a-q3")
    assert isinstance(asked, Assign)
    assert set(asked.options) == {*asked.key.values(), "ignore", "push"}


def test_the_right_option_is_in_every_place() -> None:
    for name in ("l11-x1", "l11-x2", "l11-x3"):
        asked = [question(seed, name) for seed in SEEDS]
        assert {a.options.index(a.key) for a in asked if isinstance(a, Choice)} == {0, 1, 2}
