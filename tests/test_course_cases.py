"""Second cases, in every lesson: another one is another situation, whole, in words of its own."""

import re
from collections import defaultdict
from functools import cache

import pytest

from crmkit.course import Question, mark, open_unit, unit_names
from crmkit.course.outcome import EXPLANATION
from crmkit.words import LANGUAGES, glossary, in_language

SEEDS = range(12)
UNITS = [
    name for name in unit_names() if any(key.startswith(f"{name}.other.") for key in glossary())
]
#: What stages, groups and the like are called in either case.
NAMES = re.compile(r"\.(option|item)\b")

#: One sentence for all rows, or one for each.
ROWS = re.compile(r"\.item\b.*")


@cache
def cases(unit: str) -> dict[str, dict[str, list[Question]]]:
    """Return the variants of each question of a unit, by question and room."""
    found: dict[str, dict[str, list[Question]]] = defaultdict(lambda: defaultdict(list))
    for seed in SEEDS:
        for question in open_unit(unit, seed=seed).questions.values():
            found[question.id][question.room].append(question)
    return found


def test_every_lesson_has_second_cases() -> None:
    assert [name for name in unit_names() if name not in UNITS] == ["l00"]


@pytest.mark.parametrize("unit", UNITS)
def test_every_exit_item_has_two_cases_or_other_figures(unit: str) -> None:
    for place in (1, 2, 3):
        rooms = cases(unit)[f"{unit}-x{place}"]
        seen = {question.content() for variants in rooms.values() for question in variants}
        assert len(rooms) == 2 or len(seen) > 2, place


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS)
def test_every_case_explains_each_idea_in_its_own_words(unit: str, language: str) -> None:
    with in_language(language):
        for name, rooms in cases(unit).items():
            if len(rooms) == 1:
                continue
            said: dict[tuple[str, str, str], str] = {}
            for room, variants in rooms.items():
                for question in variants:
                    right = mark(question, question.key).explanation()
                    assert "{" not in "".join([question.say("prompt"), *right.values()]), name
                    for idea, answer in question.wrong_answers():
                        parts = mark(question, answer).explanation()
                        assert tuple(parts) == EXPLANATION
                        said |= {(room, idea, part): text for part, text in parts.items()}
            assert len(set(said.values())) == len(said), name
            assert not any("{" in text for text in said.values()), name


@pytest.mark.parametrize("unit", UNITS)
def test_another_case_has_every_sentence_of_the_first_and_none_of_them_twice(unit: str) -> None:
    words, other = glossary(), f"{unit}.other."
    second = {key.removeprefix(other): key for key in words if key.startswith(other)}
    twice = {case.partition(".")[0] for case in second}
    first = {key.removeprefix(f"{unit}."): key for key in words if key.startswith(f"{unit}.")}
    due = {case for case in first if case.partition(".")[0] in twice}
    for case in set(second) & due:
        for language in LANGUAGES:
            if not NAMES.search(case):
                assert words[second[case]][language] != words[first[case]][language], case
    for name in twice:
        ideas = [
            {idea for question in variants for idea in question.misconceptions}
            for variants in cases(unit)[name].values()
        ]
        if ideas[0] == ideas[-1]:  # the same ideas, so the same sentences are due
            mine, theirs = (
                {ROWS.sub(".item", case) for case in known if case.startswith(f"{name}.")}
                for known in (second, due)
            )
            assert mine == theirs, name
