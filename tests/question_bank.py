"""One question of every kind, with words of its own that no lesson has."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crmkit.course.outcome import EXPLANATION
from crmkit.course.questions import (
    Assign,
    Calendar,
    Choice,
    Code,
    Cut,
    Matching,
    Number,
    Policy,
    Question,
    Ranking,
    Requirement,
    Rewrite,
    Several,
)

TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SAID = {
    "zh": (
        "张先生：在别家开了户，还没来过我们营业部。",
        "李女士：上周开户，存了两百万。",
        "王阿姨：开户六年，每月都来。",
    ),
    "en": (
        "Mr Zhang: has an account elsewhere, none with us.",
        "Ms Li: opened an account last week, 2 million in it.",
        "Aunt Wang: with us for six years, comes every month.",
    ),
}
#: Sentences that any question may have.
PARTS = (
    "right", "slip", "incomplete", "missed", "extra", "many", "few", "high", "low", "hint1",
    "hint2", "hint3", "solution",
)  # fmt: skip
MONDAY = date(2026, 9, 7)


CLIENTS = {
    "1": {"name": "王*", "assets": "820.0"},
    "2": {"name": "李*", "assets": "64.5"},
    "3": {"name": "欧阳**", "assets": "1.2"},
}


def over_weeks(contacts: list[dict[str, Any]]) -> dict[str, Any] | None:
    long = contacts and (contacts[-1]["day"] - contacts[0]["day"]).days > 20
    return None if long else {}


def reference(trades: float, assets: float) -> float:
    return trades / assets


def upside_down(trades: float, assets: float) -> float:
    return assets / trades


def words() -> dict[str, dict[str, str]]:
    """Return the sentences as the glossary holds them."""
    entries = {f"bank.{key}": sentence for key, sentence in TEXTS.items()}
    for kind, question in BANK.items():
        ideas = (f"{idea}.{part}" for idea in question.misconceptions for part in EXPLANATION)
        for part in (*PARTS, *ideas):
            entries[f"bank.{kind}.{part}"] = {
                "zh": f"说明：{part}。",
                "en": f"What to say: {part}.",
            }
    return entries


def make_bank() -> dict[str, Question]:
    days = tuple(MONDAY + timedelta(days=n) for n in range(40))
    contacts = [
        {"day": day.isoformat(), "channel": channel, "reason": "report"}
        for day, channel in zip(days[::6], ("visit", "call", "wechat") * 3, strict=False)
    ]
    stages = ("prospect", "new", "existing")
    cards = tuple(f"c{n}" for n in range(1, 7))
    about: dict[str, dict[str, Any]] = {
        card: {"zh": SAID["zh"][n % 3], "en": SAID["en"][n % 3]} for n, card in enumerate(cards)
    }
    in_a_hurry = [{**each, "day": days[n].isoformat()} for n, each in enumerate(contacts)]
    bank: list[Question] = [
        Choice(id="choice", room="bank", options=("push", "wait"), right="wait"),
        Several(
            id="several", room="bank", options=("job", "password", "loss"), right=("job", "loss")
        ),
        Number(
            id="number", room="bank", right=64, within=1, lowest=0, highest=100, wrong={"left": 36}
        ),
        Cut(
            id="cut", room="bank", values=tuple(float(n * n) for n in range(10, 110)), share=0.2,
            within=0.02, near=0.05, wrong={"half": (0.45, 0.55)},
        ),
        Ranking(
            id="ranking", room="bank", items=("offer", "know", "trust"),
            right=("know", "trust", "offer"), wrong={"sell": ("offer", "trust", "know")},
        ),
        Assign(
            id="assign", room="bank", items=("1", "2", "3"), options=("A", "B", "C", "D"),
            right={"1": "A", "2": "B", "3": "D"}, wrong={"size": {"2": "A", "3": "B"}},
            about=CLIENTS, columns=("name", "assets"),
        ),
        Assign(
            id="cards", room="bank", items=cards, options=stages, about=about,
            right={card: stages[n % 3] for n, card in enumerate(cards)},
            wrong={"elsewhere": {"c1": "existing", "c4": "existing"}},
        ),
        Matching(
            id="matching", room="bank", items=stages, options=("keep", "develop", "serve"),
            right={"prospect": "develop", "new": "serve", "existing": "keep"},
            wrong={"swapped": {"new": "keep", "existing": "serve"}},
        ),
        Calendar(
            id="calendar", room="bank", days=days, most=9, model=contacts,
            fields={"channel": ("visit", "call", "wechat"), "reason": ("feast", "report")},
            requirements=(Requirement("hurry", over_weeks, in_a_hurry),),
        ),
        Rewrite(id="rewrite", room="bank", rules={"promise": ("promise_return",)}),
        Policy(
            id="policy", room="bank", cases=("A", "D"),
            columns={"channel": ("call", "sms"), "touches": (0, 60)},
            right={"A": {"channel": "call", "touches": 24}, "D": {"channel": "sms", "touches": 4}},
            wrong={"alike": {"D": {"channel": "call", "touches": 24}}},
        ),
        Code(
            id="code", room="bank", name="turnover", parameters="trades, assets",
            cases=((480.0, 80.0), (10.0, 4.0)), reference=reference,
            wrong={"upside_down": upside_down},
        ),
    ]  # fmt: skip
    return {question.id: question for question in bank}


BANK = make_bank()
