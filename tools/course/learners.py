"""Simulated learners with hidden misconceptions answer a unit's questions.

Nothing here knows people: it asks whether the questions tell apart those who know from those
who do not, and name the idea behind a wrong answer, if learners are as assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from crmkit.course import Outcome, mark
from crmkit.course.questions import Question
from crmkit.course.unit import make_setting

LEARNERS, VARIANTS, GUESSES = 500, 8, 25
#: Chance of a slip by who knows, and of a wrong idea (else a guess) in who does not.
SLIP, HOLDS = 0.1, 0.7
#: How steeply knowing rises with ability, and the ability at which half know.
SLOPE, HALF = 1.5, -0.4
#: Rounds somebody goes on trying for mastery.
ROUNDS = 6


@dataclass(frozen=True)
class Marked:
    """What answers to one question come to: scores and the idea told, by kind of answer."""

    key: tuple[float, str]
    ideas: Mapping[str, tuple[float, str]]
    guesses: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Answers:
    """What simulated learners did with one question.

    Attributes
    ----------
    scores : ndarray
        One per learner.
    held, told : list of str
        The idea behind each answer, and the one the mark names.
    knows : ndarray of bool
    """

    scores: np.ndarray
    held: list[str]
    told: list[str]
    knows: np.ndarray


def marked(question: Question, rng: np.random.Generator) -> Marked:
    """Mark the key, an answer of each idea and some guesses, once."""
    ideas = {idea: _mark(question, answer) for idea, answer in question.wrong_answers()}
    guesses = tuple(_mark(question, question.guess(rng)) for _ in range(GUESSES))
    return Marked(_mark(question, question.key), ideas, guesses)


def _mark(question: Question, answer: object) -> tuple[float, str]:
    result = mark(question, answer)
    return (1.0 if result.outcome is Outcome.CORRECT else result.score), result.misconception


def answer_unit(unit: str, seed: int = 1) -> dict[str, Answers]:
    """Let learners answer every question that has known wrong ideas."""
    rng = np.random.default_rng(seed)
    settings = [make_setting(unit, 5000 + number).questions for number in range(VARIANTS)]
    names = [name for name, question in settings[0].items() if question.misconceptions]
    ability = rng.normal(size=LEARNERS)
    answers = {}
    for name in names:
        variants = [marked(setting[name], rng) for setting in settings]
        knows = rng.random(LEARNERS) < 1 / (1 + np.exp(-SLOPE * (ability - HALF)))
        given = [_answer(variants[n % VARIANTS], bool(knows[n]), rng) for n in range(LEARNERS)]
        answers[name] = Answers(
            np.array([score for _, score, _ in given]), [held for held, _, _ in given],
            [told for _, _, told in given], knows,
        )  # fmt: skip
    return answers


def _answer(marks: Marked, knows: bool, rng: np.random.Generator) -> tuple[str, float, str]:
    """Return the idea behind an answer, its score, and the idea the mark tells."""
    if knows and rng.random() >= SLIP:
        return ("", *marks.key)
    if not knows and rng.random() < HOLDS:
        idea = str(rng.choice(list(marks.ideas)))
        return (idea, *marks.ideas[idea])
    return ("", *marks.guesses[int(rng.integers(len(marks.guesses)))])


def discrimination(answers: Mapping[str, Answers], name: str) -> float:
    """Return the correlation of a question with the sum of the others."""
    own = answers[name].scores
    rest = sum(each.scores for other, each in answers.items() if other != name)
    if own.std() == 0 or np.std(rest) == 0:
        return 0.0
    return float(np.corrcoef(own, rest)[0, 1])


def reliability(answers: Mapping[str, Answers]) -> float:
    """Return Cronbach's alpha, which is KR-20 where scores are 0 or 1."""
    scores = np.array([each.scores for each in answers.values()])
    count = len(scores)
    return float(count / (count - 1) * (1 - scores.var(axis=1).sum() / scores.sum(axis=0).var()))


def told_rightly(each: Answers) -> tuple[float, float]:
    """Return how often a held idea is told, and how often one is told that is not held."""
    held = [(h, t) for h, t in zip(each.held, each.told, strict=True) if h]
    free = [t for h, t, s in zip(each.held, each.told, each.scores, strict=True) if not h and s < 1]
    right = np.mean([h == t for h, t in held]) if held else np.nan
    false = np.mean([bool(t) for t in free]) if free else np.nan
    return float(right), float(false)


def mastery_errors(unit: str, exercise: str, seed: int = 2) -> float:
    """Return the share of learners whom two passes in a row judge wrongly.

    Who knows every question of the exercise should come to mastery within some rounds, and
    who holds a wrong idea on any of them should not.
    """
    rng = np.random.default_rng(seed)
    settings = [make_setting(unit, 7000 + number).questions for number in range(4)]
    names = [name for name in settings[0] if name.startswith(exercise)]
    marks = {name: [marked(setting[name], rng) for setting in settings] for name in names}
    wrong = 0
    for _ in range(LEARNERS):
        master = bool(rng.random() < 0.5)
        weak = str(rng.choice(names))
        run = 0
        for round_ in range(ROUNDS):
            scores = [
                _answer(marks[name][round_ % 4], master or name != weak, rng)[1] for name in names
            ]
            run = run + 1 if min(scores) == 1 else 0
            if run == 2:
                break
        wrong += (run == 2) != master
    return wrong / LEARNERS
