"""Every question of every unit: right, blank, each known wrong answer, rubbish of every kind."""

import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import numpy as np
import pytest
from course_mutants import mutants

from crmkit.course import Outcome, Question, Unit, mark, open_unit, unit_names
from crmkit.course.outcome import EXPLANATION
from crmkit.course.questions import Choice
from crmkit.course.unit import unit_module
from crmkit.words import LANGUAGES, in_language, t

SEEDS = range(20)
UNITS = unit_names()
#: Nothing that a person would enter, of every type.
RUBBISH = [
    True, False, 0, -1, 1e300, math.nan, math.inf, 10**400, 3 + 4j, "?", "\x00", b"A", [], [None],
    [[]], ["?"], [{}], ["?", "?"], ("A",), {"A"}, {}, {"?": "A"}, {0: "A"}, {None: None, "?": 1},
    {"?": {}}, {"?": {"?": 1}}, [{"day": "2026-02-30"}], object(), Ellipsis, print,
]  # fmt: skip


@cache
def unit(name: str, seed: int) -> Unit:
    return open_unit(name, seed=seed)


@cache
def validator(schema: str) -> jsonschema.Draft202012Validator:
    """Return what checks answers, itself checked once."""
    jsonschema.Draft202012Validator.check_schema(json.loads(schema))
    return jsonschema.Draft202012Validator(json.loads(schema))


def validate(asked: Question, answer: object) -> None:
    validator(json.dumps(asked.schema())).validate(answer)


def questions(name: str, seeds: Any = SEEDS) -> Iterator[tuple[str, Question]]:
    """Yield every question of a unit for every seed, with where it stands."""
    for seed in seeds:
        for asked in unit(name, seed).questions.values():
            yield f"{asked.id}, seed {seed}", asked


@pytest.mark.parametrize("name", UNITS)
def test_right_answer_is_right_and_fits_its_schema(name: str) -> None:
    for where, asked in questions(name):
        for language in LANGUAGES:
            with in_language(language):
                result = mark(asked, asked.key)
                assert result.line() == f"[{asked.id}] correct 1.00", where
                assert not result.misconception, where
                validate(asked, asked.key)
                assert json.loads(json.dumps(asked.key)) == asked.key, where


@pytest.mark.parametrize("name", UNITS)
def test_every_known_wrong_answer_fires_its_own_misconception_and_no_other(name: str) -> None:
    for where, asked in questions(name):
        fired = set()
        for idea, answer in asked.wrong_answers():
            result = mark(asked, answer)
            assert result.misconception == idea, f"{where}: {idea}"
            assert result.outcome in (Outcome.INCORRECT, Outcome.PARTIAL), f"{where}: {idea}"
            validate(asked, answer)
            fired.add(idea)
        assert fired == set(asked.misconceptions), where


@pytest.mark.parametrize("name", UNITS)
def test_every_misconception_is_explained_in_three_parts_of_its_own(name: str) -> None:
    for language in LANGUAGES:
        with in_language(language):
            said = [
                (f"{asked.id} {idea} {part}", text)
                for _, asked in questions(name, [3])
                for idea, answer in dict(asked.wrong_answers()).items()
                for part, text in mark(asked, answer).explanation().items()
            ]
        texts = [text for _, text in said]
        assert len(texts) == len(set(texts)), sorted(w for w, x in said if texts.count(x) > 1)
        assert all(where.rpartition(" ")[2] in EXPLANATION for where, _ in said)
        assert all(text.strip() and "{" not in text for text in texts)


@pytest.mark.parametrize("name", UNITS)
def test_blank_is_not_attempted(name: str) -> None:
    for where, asked in questions(name, [0, 7]):
        for blank in (None, "", "  ", "　"):
            line = mark(asked, blank).line()
            assert line == f"[{asked.id}] not attempted 0.00", where


@pytest.mark.parametrize("name", UNITS)
def test_rubbish_never_fails_and_what_does_not_fit_the_schema_costs_nothing(name: str) -> None:
    for where, asked in questions(name, [0, 7, 19]):
        for rubbish in RUBBISH:
            result = mark(asked, rubbish)
            if not fits(asked, rubbish):
                assert not result.outcome.counts, f"{where}: {rubbish!r}"
            for language in LANGUAGES:
                with in_language(language):
                    assert "".join(result.explanation().values()).strip()


def fits(asked: Question, answer: object) -> bool:
    try:
        plain = json.loads(json.dumps(answer, allow_nan=False))
        validate(asked, plain)
    except (TypeError, ValueError, OverflowError, jsonschema.ValidationError):
        return False
    return bool(plain == answer) and not isinstance(answer, bool | tuple)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", UNITS)
def test_every_sentence_exists_and_takes_its_slots(name: str, language: str) -> None:
    with in_language(language):
        for where, asked in questions(name, [3, 11]):
            said = [asked.say("prompt"), *mark(asked, asked.key).explanation().values()]
            said += [asked.say(f"hint{number + 1}") for number in range(asked.hints)]
            said += [asked.say("solution")] if asked.has("solution") else []
            assert all(text.strip() and "{" not in text for text in said), where
            form = asked.form()
            labels = [each.label for each in (*form.options, *form.rows, *form.fields)]
            assert all("{" not in label for label in labels), where
            assert form.kind == asked.kind


@pytest.mark.parametrize("name", UNITS)
def test_graded_questions_have_three_hints_and_a_solution(name: str) -> None:
    for where, asked in questions(name, [0]):
        if asked.graded:
            assert (asked.hints, asked.has("solution")) == (3, True), where
            assert asked.misconceptions, where


@pytest.mark.parametrize("name", UNITS)
def test_clicking_at_random_gives_well_formed_answers(name: str) -> None:
    for where, asked in questions(name, [1]):
        rng = np.random.default_rng(5)
        for _ in range(20):
            assert mark(asked, asked.guess(rng)).outcome is not Outcome.INVALID, where


@pytest.mark.parametrize("name", UNITS)
def test_right_answers_slightly_changed_are_not_right(name: str) -> None:
    tried, passed = 0, []
    for where, asked in questions(name, range(6)):
        if asked.misconceptions:
            for change, answer in mutants(asked):
                tried += 1
                if mark(asked, answer).outcome is Outcome.CORRECT:
                    passed.append(f"{where}: {change}")
    assert tried, "nothing to change"
    assert len(passed) <= 0.05 * tried, passed


@pytest.mark.parametrize("name", UNITS)
def test_clicking_at_random_passes_nothing(name: str) -> None:
    rng = np.random.default_rng(11)
    right: dict[str, list[bool]] = {}
    for _, asked in questions(name):
        if asked.graded or "-x" in asked.id:
            guesses = [mark(asked, asked.guess(rng)).outcome for _ in range(20)]
            right.setdefault(asked.id, []).extend(o is Outcome.CORRECT for o in guesses)
    for exercise in {question.rstrip("0123456789") for question in right}:
        parts = [question for question in right if question.rstrip("0123456789") == exercise]
        once = math.prod(float(np.mean(right[part])) for part in parts)
        assert once**2 < 0.01, (exercise, once)  # mastery asks for two passes in a row


@pytest.mark.parametrize("name", UNITS)
def test_every_objective_is_practised_and_tested(name: str) -> None:
    objectives = unit_module(name).OBJECTIVES
    own = unit(name, 0).questions.values()
    serves = {q.id: q.objective for q in own if q.objective or "-w" not in q.id}
    assert set(serves.values()) == set(objectives), serves
    graded = any(question[0] == "e" for question in serves)
    for objective in objectives:
        serving = [question for question, own in serves.items() if own == objective]
        if graded:  # a diagnostic lesson asks for each objective once
            marked = [question for question in serving if question[0] == "e"]
            assert marked, (objective, serving)
            assert len(serving) - len(marked) >= 2, (objective, serving)
        for language in LANGUAGES:
            with in_language(language):
                assert t(f"{name}.objective.{objective}").strip()


@pytest.mark.parametrize("name", UNITS)
def test_explanations_say_what_why_and_what_next(name: str) -> None:
    for language in LANGUAGES:
        with in_language(language):
            for where, asked in questions(name, [3]):
                for idea, answer in asked.wrong_answers():
                    said = " ".join(mark(asked, answer).explanation().values())
                    assert sum(said.count(stop) for stop in "。！？.!?") >= 2, f"{where}: {idea}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", UNITS)
def test_neither_length_nor_place_gives_the_right_option_away(name: str, language: str) -> None:
    longest, places = [], []
    with in_language(language):
        for _, asked in questions(name):
            if isinstance(asked, Choice) and asked.id[:1] != "e" and asked.slots == {}:
                lengths = {o.name: len(o.label) for o in asked.form().options}
                rivals = [length for o, length in lengths.items() if o != asked.right]
                longest.append(lengths[asked.right] > max(rivals))
                places.append(asked.options.index(asked.right) / (len(asked.options) - 1))
    if len(longest) >= 3 * len(SEEDS):
        assert np.mean(longest) <= 0.5
        assert 0.3 < np.mean(places) < 0.7
