"""Other cases in lessons 1, 2, 3 and 11: another one is another situation, and says so."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from crmkit.course import Question, Unit, mark, open_unit
from crmkit.course.outcome import EXPLANATION
from crmkit.course.practice import kind_of
from crmkit.course.questions import Assign
from crmkit.words import LANGUAGES, glossary, in_language

SEEDS = range(24)
UNITS = ("l01", "l02", "l03", "l11")
EXITS = [f"{unit}-x{number}" for unit in UNITS for number in (1, 2, 3)]
#: Graded, and set in one of two cases.
CASES = ["e01b-q1", "e01b-q2", "e02a-q4", "e02b-q3", "e11a-q3"]
#: Graded, with rows drawn from a bank: how many of each kind.
BANKS: Mapping[str, Mapping[str, int]] = {
    "e01b-q3": {"before": 2, "after": 2, "serving": 2},
    "e02a-q1": {"chat": 3, "bear": 3, "paper": 3, "secret": 2, "others": 1},
}


@cache
def unit(name: str, seed: int) -> Unit:
    return open_unit(name, seed=seed)


def asked(question: str) -> Iterator[Question]:
    name = question if question[0] == "l" else f"l{question[1:]}"
    for seed in SEEDS:
        yield unit(name[:3], seed).question(question)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [*EXITS, *CASES, *BANKS])
def test_another_one_is_often_another_case(question: str, language: str) -> None:
    with in_language(language):
        seen = Counter(each.content() for each in asked(question))
    assert len(seen) >= 2
    assert max(seen.values()) <= 0.8 * len(SEEDS)


@pytest.mark.parametrize("question", [*EXITS, *CASES, *BANKS])
def test_asked_for_another_one_a_learner_gets_it(question: str) -> None:
    name = question if question[0] == "l" else f"l{question[1:]}"
    for seed in range(3):
        mine = open_unit(name[:3], seed=seed)
        before = mine.question(question).content()
        assert mine.another(question).content() != before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [*EXITS, *CASES, *BANKS])
def test_every_case_explains_each_idea_in_its_own_words(question: str, language: str) -> None:
    said: dict[tuple[str, str, str], str] = {}
    with in_language(language):
        for each in asked(question):
            shown = [each.say(part) for part in ("prompt", "right")]
            shown += [each.say(f"hint{number + 1}") for number in range(each.hints)]
            for idea, answer in each.wrong_answers():
                parts = mark(each, answer).explanation()
                assert tuple(parts) == EXPLANATION
                said |= {(each.room, idea, part): text for part, text in parts.items()}
            assert not any("{" in text for text in (*shown, *said.values()))
    rooms = {room for room, _, _ in said}
    assert len(rooms) == (1 if question in BANKS else 2)
    ideas = [{idea for where, idea, _ in said if where == room} for room in rooms]
    assert ideas[0] == ideas[-1]
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize("name", UNITS)
def test_another_case_has_every_sentence_of_the_first_and_none_of_them_twice(name: str) -> None:
    words, other = glossary(), f"{name}.other."
    cases = {key.removeprefix(other): key for key in words if key.startswith(other)}
    twice = {case.partition(".")[0] for case in cases}
    first = {key.removeprefix(f"{name}."): key for key in words if key.startswith(f"{name}.")}
    due = {case for case in first if case.partition(".")[0] in twice}
    rows = re.compile(r"\.item\..*")  # one sentence for all rows, or one for each
    assert {rows.sub(".item", case) for case in cases} == {rows.sub(".item", case) for case in due}
    assert twice == {each for each in [*EXITS, *CASES] if f"l{each[1:3]}" == name}
    for case in set(cases) & due:
        for language in LANGUAGES:
            if ".option." not in case:  # stages, groups, motives keep their names
                assert words[cases[case]][language] != words[first[case]][language], case


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
