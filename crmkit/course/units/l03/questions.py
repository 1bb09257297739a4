"""The questions of lesson 3: those along the lesson, and exercises E03a and E03b."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import numpy as np

from crmkit.course.practice import one_case
from crmkit.course.questions import (
    Assign,
    Calendar,
    Choice,
    Matching,
    Question,
    Requirement,
    Rewrite,
    any_order,
    one_of,
)
from crmkit.course.questions.calendar import (
    at_least,
    at_most,
    days_apart,
    no_repeats,
    not_on,
    number_between,
    variety,
)
from crmkit.course.units.l03.practice import (
    BEFORE,
    FESTIVAL,
    MOTIVES,
    PREJUDICE,
    Practice,
    speaker,
)
from crmkit.planning.touches import CHANNELS, DAYS_APART, MEETINGS

OBJECTIVES = ("plan", "reason", "motive")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l03-w1": ("official", "keep", "photo"),
    "l03-p1": ("folklore", "law", "nonsense"),
    "l03-p5": ("stop", "seven", "message"),
    "l03-x1": ("apart", "week", "gift"),
    "l03-x2": ("status", "emotion", "return"),
    "l03-x3": ("visit", "sms", "same"),
}
#: Asked in one of two cases.
TWO_CASES = ("l03-x1", "l03-x2", "l03-x3")
SERVES: Mapping[str, str] = {
    "l03-w1": "", "l03-p1": "plan", "l03-p5": "reason", "l03-x1": "plan", "l03-x2": "motive",
    "l03-x3": "plan",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l03-p1": ("S011",), "l03-p5": ("S014",), "l03-x1": ("S010",), "l03-x2": ("S081",),
    "l03-x3": ("S010",),
}  # fmt: skip

#: Opening lines: natural ones, and those that want too much too soon.
LINES: Mapping[str, str] = {
    "book": "natural", "exam": "natural", "answer": "natural", "festival": "natural",
    "deadline": "pushy", "rich": "pushy", "anyway": "pushy", "friend": "pushy",
}  # fmt: skip

#: Reasons to be in touch; the last two sell.
REASONS = ("life", "answer", "talk", "article", "festival", "branch", "risk", "product", "promo")
PITCH = ("product", "promo")
WAYS = ("visit", "call", "wechat", "sms")


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 3 on a practice."""
    rng = np.random.default_rng([seed, 103])
    return [
        *(_choice(name, rng) for name in ("l03-w1", "l03-p1")),
        _lines(rng),
        _five_motives(practice),
        _message(),
        *(_choice(name, rng) for name in ("l03-p5", "l03-x1", "l03-x2", "l03-x3")),
        _seven(practice),
        _festival(practice, rng),
        _twenty(practice),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    slots = {"meetings": MEETINGS, "apart": DAYS_APART}
    facts = {"slots": slots, "objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, one_case("l03", name, TWO_CASES, rng), CHOICES[name], rng, **facts)


def _lines(rng: np.random.Generator) -> Assign:
    return Assign(
        id="l03-p2",
        room="l03",
        items=any_order(LINES, rng),
        options=("natural", "pushy"),
        right=LINES,
        wrong={
            "polite_push": {"anyway": "natural", "friend": "natural"},
            "no_touch": {"exam": "pushy", "festival": "pushy"},
        },
        objective="reason",
        covers=("S012", "S014"),
    )


def _five_motives(practice: Practice) -> Matching:
    said = {motive: quote for quote, motive in practice.five.items()}
    return Matching(
        id="l03-p3",
        room="l03",
        items=tuple(practice.five),
        options=MOTIVES,
        bank="said",
        right=practice.five,
        wrong={
            "status_emotion": {said["status"]: "emotion", said["emotion"]: "status"},
            "rules_habit": {said["rules"]: "habit", said["habit"]: "rules"},
        },
        objective="motive",
        covers=("S081", "S076"),
    )


def _message() -> Rewrite:
    return Rewrite(
        id="l03-p4",
        room="l03",
        rules={"promise": ("promise_return", "deterministic_forecast"), "pressure": ("pressure",)},
        keeps={
            "greeting": ("中秋", "Mid-Autumn"),
            "no_strings": ("不用回|不必回|免回", "no need|needn't"),
        },
        objective="reason",
        covers=("S013", "S014"),
    )


def _model(practice: Practice) -> list[dict[str, str]]:
    """Return seven contacts that keep to everything asked: the festival first, then around it."""
    greeting = max(
        day for day in practice.days if FESTIVAL - timedelta(days=BEFORE) <= day < FESTIVAL
    )
    days = [greeting]
    for day in practice.days:
        clear = all(abs((day - other).days) >= DAYS_APART for other in days)
        if clear and day not in practice.away and len(days) < MEETINGS:
            days.append(day)
    ways = iter(("visit", "call", "wechat", "visit", "call", "visit"))
    reasons = iter(("life", "answer", "article", "talk", "branch", "risk"))
    return [
        {"day": day.isoformat(), "channel": "call", "reason": "festival"}
        if day == greeting
        else {"day": day.isoformat(), "channel": next(ways), "reason": next(reasons)}
        for day in sorted(days)
    ]


def _seven(practice: Practice) -> Calendar:
    model = _model(practice)
    named = [contact for contact in model if contact["reason"] != "festival"]
    away = practice.away[2].isoformat()
    return Calendar(
        id="e03a-q1",
        room="l03",
        slots={
            "name": practice.name, "meetings": MEETINGS, "apart": DAYS_APART, "ways": CHANNELS,
            "from": practice.away[0].isoformat(), "until": practice.away[-1].isoformat(),
        },
        days=practice.days,
        fields={"channel": WAYS, "reason": REASONS},
        most=12,
        model=model,
        requirements=(
            Requirement("no_consent", at_most("channel", ("sms",), 0),
                        _changed(model, named[0], channel="sms"), fatal=True),
            Requirement("away", not_on(practice.away), _changed(model, named[0], day=away),
                        fatal=True),
            Requirement("pitch", at_most("reason", PITCH, 1),
                        _changed(_changed(model, named[0], reason="product"), named[1],
                                 reason="promo"), 2.0),
            Requirement("crowded", days_apart(DAYS_APART), _in_one_week(model, practice), 2.0),
            Requirement("too_few", number_between(MEETINGS, MEETINGS + 3), model[:5], 2.0),
            Requirement("not_seen", at_least("channel", ("visit",), 2),
                        [{**each, "channel": "wechat" if each["channel"] == "visit" else
                          each["channel"]} for each in model]),
            Requirement("one_way", variety("channel", CHANNELS),
                        [{**each, "channel": "visit" if each["channel"] == "wechat" else
                          each["channel"]} for each in model]),
            Requirement("repeated", no_repeats("reason"), _changed(model, named[1],
                        reason=named[0]["reason"])),
        ),
        objective="plan",
        covers=("S010", "S011", "S012"),
    )  # fmt: skip


def _changed(
    model: list[dict[str, str]], contact: dict[str, str], **values: str
) -> list[dict[str, str]]:
    return [{**each, **values} if each == contact else each for each in model]


def _in_one_week(model: list[dict[str, str]], practice: Practice) -> list[dict[str, str]]:
    """Return the same contacts day after day, on days when the prospect is there."""
    free = [day for day in practice.days if day not in practice.away]
    late = free[-len(model) :]
    return [{**each, "day": day.isoformat()} for each, day in zip(model, late, strict=True)]


def _festival(practice: Practice, rng: np.random.Generator) -> Choice:
    """Ask which contact belongs before the festival: a call without a product in it."""
    slots = {"name": practice.name, "festival": FESTIVAL.isoformat()}
    options = ("call", "mass", "offer", "after")
    return one_of("e03a-q2", "l03", options, rng, slots=slots, objective="reason",
                  covers=("S013",))  # fmt: skip


def _twenty(practice: Practice) -> Assign:
    quotes = practice.quotes
    return Assign(
        id="e03b-q1",
        room="l03",
        items=tuple(quotes),
        options=MOTIVES,
        bank="said",
        right=quotes,
        wrong={
            "all_return": dict.fromkeys(quotes, "return"),
            "status_emotion": {
                quote: {"status": "emotion", "emotion": "status"}[motive]
                for quote, motive in quotes.items()
                if motive in ("status", "emotion")
            },
            "prejudice": {quote: PREJUDICE[speaker(quote)] for quote in quotes},
        },
        objective="motive",
        covers=("S081",),
    )
