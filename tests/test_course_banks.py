"""Rows drawn from banks in lessons 1 and 2: every draw has each kind and each wrong idea."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from crmkit.course import Question, Unit, mark, open_unit
from crmkit.course.practice import kind_of
from crmkit.course.questions import Assign
from crmkit.words import glossary

SEEDS = range(24)
#: How many of each kind are drawn.
BANKS: Mapping[str, Mapping[str, int]] = {
    "e01b-q3": {"before": 2, "after": 2, "serving": 2},
    "e02a-q1": {"chat": 3, "bear": 3, "paper": 3, "secret": 2, "others": 1},
}


@cache
def unit(name: str, seed: int) -> Unit:
    return open_unit(name, seed=seed)


def asked(question: str) -> Iterator[Question]:
    for seed in SEEDS:
        yield unit(f"l{question[1:3]}", seed).question(question)


@pytest.mark.parametrize("question", BANKS)
def test_every_draw_from_a_bank_has_each_kind_and_each_idea(question: str) -> None:
    ideas = set()
    for each in asked(question):
        assert isinstance(each, Assign)
        assert Counter(map(kind_of, each.items)) == BANKS[question]
        for idea, answer in each.wrong_answers():
            wrong = {kind_of(item) for item in each.items if answer[item] != each.key[item]}
            assert len(wrong) == 1
            assert mark(each, answer).misconception == idea
        ideas.add(each.misconceptions)
    assert len(ideas) == 1


@pytest.mark.parametrize("question", BANKS)
def test_every_row_of_a_bank_is_drawn_by_somebody(question: str) -> None:
    table = {"e01b-q3": "l01.acts.", "e02a-q1": "l02.asked."}[question]
    bank = {key.removeprefix(table) for key in glossary() if key.startswith(table)}
    assert {item for each in asked(question) for item in each.key} == bank
