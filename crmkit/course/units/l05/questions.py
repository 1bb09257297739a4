"""The questions of lesson 5: those along the lesson, and exercises E05a and E05b."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from crmkit.course.practice import one_case
from crmkit.course.questions import (
    A_DAY,
    AN_OFFER,
    Assign,
    Choice,
    Matching,
    Number,
    Question,
    Ranking,
    Rewrite,
    any_order,
    both,
    one_of,
    out_of_order,
)
from crmkit.course.units.l05.practice import (
    ACTIONS,
    GAIN,
    LARGE,
    LOSS,
    SEVERE,
    Practice,
    money,
    needed,
)

OBJECTIVES = ("opening", "facts", "stop", "route")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "l05-w1": ("hand_off", "code", "silent"),
    "l05-w2": ("not_enough", "by_age", "by_assets"),
    "l05-w3": ("serve", "win", "keep"),
    "l05-p7": ("agreed", "outlook", "take_care"),
    "l05-p1": ("ask", "buffett", "surely"),
    "l05-p6": ("remind", "sell", "keep_quiet"),
    "l05-x1": ("listen", "explain", "joke"),
    "l05-x2": ("call", "text", "wait"),
    "l05-x3": ("total", "month", "money"),
    "e05a-q1": ("call", "sms", "surely", "buffett"),
}
#: Asked in one of two cases.
TWO_CASES = ("l05-x1", "l05-x2", "l05-x3", "e05a-q1")
SERVES: Mapping[str, str] = {
    "l05-w1": "", "l05-w2": "", "l05-w3": "", "l05-p7": "opening", "l05-p1": "opening",
    "l05-p6": "stop", "l05-x1": "opening", "l05-x2": "route", "l05-x3": "route",
    "e05a-q1": "opening",
}  # fmt: skip
COVERS: Mapping[str, tuple[str, ...]] = {
    "l05-p1": ("S025",), "l05-x1": ("S021",), "e05a-q1": ("S021", "S025"),
}  # fmt: skip

#: Six sentences about a falling market.
SENTENCES: Mapping[str, str] = {
    "fell": "fact", "since": "fact", "notice": "fact",
    "surely": "forecast", "likely": "forecast", "bottom": "forecast",
}  # fmt: skip
#: What five forecasts are about; each is there twice, with what one may say instead.
REWRITES = ("back", "winding", "bottom", "year", "panic")


def make_questions(practice: Practice, seed: int) -> Iterable[Question]:
    """Return the questions of lesson 5 on a practice."""
    rng = np.random.default_rng([seed, 105])
    return [
        *(_choice(name, rng) for name in ("l05-w1", "l05-w2", "l05-w3", "l05-p1", "l05-p7")),
        _facts(rng),
        _recovery(practice),
        _stop("l05-p4", practice),
        _choice("l05-p6", rng),
        _message(),
        _two_calls(practice, rng),
        *(_choice(name, rng) for name in ("l05-x1", "l05-x2", "l05-x3")),
        _choice("e05a-q1", rng),
        _rewrites(rng),
        _stop("e05a-q3", practice),
        _triage(practice),
    ]


def _choice(name: str, rng: np.random.Generator) -> Choice:
    facts = {"objective": SERVES[name], "covers": COVERS.get(name, ())}
    return one_of(name, one_case("l05", name, TWO_CASES, rng), CHOICES[name], rng, **facts)


def _facts(rng: np.random.Generator) -> Assign:
    return Assign(
        id="l05-p2",
        room="l05",
        items=any_order(SENTENCES, rng),
        options=("fact", "forecast"),
        right=SENTENCES,
        wrong={
            "soft": {"likely": "fact", "bottom": "fact"},
            "bad_news": {"fell": "forecast", "since": "forecast"},
        },
        objective="facts",
        covers=("S022", "S023"),
    )


def _recovery(practice: Practice) -> Number:
    """Ask for the gain that makes up for a round loss near the practice's stop."""
    loss = {0.06: 20, 0.08: 25, 0.10: 40, 0.12: 50}[practice.stop]
    gain = 100 * needed(loss / 100)
    return Number(
        id="l05-p3",
        room="l05",
        slots={"loss": loss, "left": 100 - loss, "gain": gain},
        right=round(gain, 1),
        within=0.5,
        lowest=0,
        highest=500,
        wrong={"same": loss},
        objective="facts",
        covers=("S021",),
    )


def _stop(name: str, practice: Practice) -> Number:
    """Ask for the price at which a stop is reached."""
    price = practice.price if name.startswith("l") else practice.price * 1.6
    price = round(price, 2)
    now = round(practice.now * price / practice.price, 2)
    return Number(
        id=name,
        room="l05",
        slots={"price": price, "stop": practice.stop, "now": now},
        right=round(price * (1 - practice.stop), 2),
        within=0.005 * price,
        lowest=0,
        highest=1000,
        wrong={
            "from_now": round(now * (1 - practice.stop), 2),
            "upwards": round(price * (1 + practice.stop), 2),
        },
        objective="stop",
        covers=("S024",),
    )


def _message() -> Rewrite:
    return Rewrite(
        id="l05-p5",
        room="l05",
        rules={"forecast": ("deterministic_forecast", "promise_return", "share_loss")},
        keeps={"no_feeling": (FEELING_ZH, FEELING_EN), "no_day": both(A_DAY, AN_OFFER)},
        objective="opening",
        covers=("S021", "S023"),
    )


#: Words that take up how somebody feels, in either language.
FEELING_ZH = (
    "难受|不好受|难过|心疼|受累|煎熬|闹心|焦虑|揪心|着急|担心|心里|理解(?!不)|压力|不容易|睡不"
)
FEELING_EN = (
    r"\bhard\b|\bworr|\bdifficult\b|\bfeel(?! (fine|good|great|ok))|\banxi|\bpain"
    r"|(?<!not )(?<!n't )\bunderstand\b|\bsorry\b|\bupset|\btough\b|\bhurt|\bstress"
)


def _rewrites(rng: np.random.Generator) -> Matching:
    """Ask for what may be said instead of five forecasts, each in one of two wordings."""
    drawn = {topic: f"{topic}{rng.integers(1, 3)}" for topic in REWRITES}

    def swapped(one: str, other: str) -> dict[str, str]:
        return {drawn[one]: drawn[other], drawn[other]: drawn[one]}

    return Matching(
        id="e05a-q2",
        room="l05",
        items=any_order(drawn.values(), rng),
        options=any_order(drawn.values(), rng),
        right={name: name for name in drawn.values()},
        wrong={"past_future": swapped("back", "winding"), "timing": swapped("bottom", "year")},
        objective="facts",
        covers=("S022", "S023"),
    )


def _two_calls(practice: Practice, rng: np.random.Generator) -> Ranking:
    """Ask which of three clients hear first from somebody with time for two calls."""
    right = practice.three
    careful, loser, dip = right
    return Ranking(
        id="l05-c1",
        room="l05",
        items=out_of_order(right, rng),
        right=right,
        wrong={"yuan": (dip, careful, loser), "deepest": (loser, careful, dip)},
        about=_figures(practice.clients.loc[list(right)]),
        objective="route",
        covers=("S045",),
    )


def _triage(practice: Practice) -> Assign:
    clients = practice.clients
    right = {str(client): str(action) for client, action in clients["action"].items()}
    loses = money(clients) <= -LARGE
    loser = clients["action"].isin(["today", "week"])
    cheers = (clients["month"] >= GAIN) & (clients["action"] == "usual")
    return Assign(
        id="e05b-q1",
        room="l05",
        slots={"loss": -LOSS, "gain": GAIN, "severe": -SEVERE},
        items=tuple(right),
        options=ACTIONS,
        right=right,
        wrong={
            "yuan": {
                str(client): "today" if big else "usual"
                for client, big, losing in zip(clients.index, loses, loser, strict=True)
                if losing or big
            },
            "cheer": {str(client): "congratulate" for client in clients.index[cheers]},
            "all_alike": {str(client): "today" for client in clients.index[loser]},
        },
        about=_figures(clients),
        columns=("client", "level", "assets", "month", "total"),
        objective="route",
        covers=("S045", "S046"),
    )


def _figures(clients: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what is shown of clients: assets in 10k CNY, and the sum gained or lost."""
    return {
        str(client): {
            "client": str(client),
            "name": str(row["name"]),
            "level": str(row["level"]),
            "assets": float(row["assets"]) / 10_000,
            "month": float(row["month"]),
            "total": float(row["total"]),
            "money": abs(float(row["money"])),
        }
        for client, row in clients.assign(money=money(clients)).iterrows()
    }
