"""A month's rhythm for every tier: within the hours, and nobody left out."""

from collections.abc import Callable, Mapping
from typing import Any

from crmkit.course.questions import Policy, Requirement
from crmkit.course.units.l09.practice import (
    CLIENTS,
    HOURS,
    RHYTHMS,
    Practice,
    each_minutes,
    month_minutes,
)


def rhythms(practice: Practice) -> Policy:
    """Return the question for a month's rhythm that fits the hours and leaves nobody out."""
    counts = practice.counts
    model = {
        "A": "call_fortnight", "B": "call_month", "C": "wechat_month", "D": "wechat_month",
    }  # fmt: skip
    columns = {"rhythm": tuple(RHYTHMS)}
    return Policy(
        id="e09a-q1",
        room="l09",
        slots={"clients": CLIENTS, "hours": HOURS, "minutes": practice.minutes,
               **{name: each_minutes(name) for name in RHYTHMS}},
        cases=tuple(counts),
        columns=columns,
        right=_table(model),
        accepted={(tier, "rhythm"): tuple(RHYTHMS) for tier in counts},
        requirements=(
            Requirement("equal", _differs, _table(dict.fromkeys(counts, "wechat_fortnight")),
                        fatal=True),
            Requirement("top_only", _nobody_out,
                        _table({**model, "C": "nothing", "D": "nothing"}), fatal=True),
            Requirement("over", _fits(counts, practice.minutes),
                        _table({**model, "A": "call_week", "B": "call_fortnight"}), fatal=True),
            Requirement("by_text", _key_called,
                        _table({**model, "A": "wechat_fortnight", "B": "wechat_fortnight"}),
                        fatal=True),
            Requirement("bottom_up", _key_first,
                        _table({**model, "A": "call_month", "C": "wechat_fortnight"}), fatal=True),
        ),
        about={tier: {"tier": tier, "count": count} for tier, count in counts.items()},
        objective="rhythm",
        covers=("S042", "S044", "S072", "S113", "S129"),
    )  # fmt: skip


def _table(rhythms: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {tier: {"rhythm": rhythm} for tier, rhythm in rhythms.items()}


def _chosen(answer: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {tier: row["rhythm"] for tier, row in answer.items()}


def _differs(answer: Any) -> Mapping[str, Any] | None:
    return {} if len(set(_chosen(answer).values())) == 1 else None


def _nobody_out(answer: Any) -> Mapping[str, Any] | None:
    left = [tier for tier, rhythm in _chosen(answer).items() if rhythm == "nothing"]
    return {"left": "/".join(left)} if left else None


def _fits(counts: Mapping[str, int], minutes: int) -> Callable[[Any], Mapping[str, Any] | None]:
    def condition(answer: Any) -> Mapping[str, Any] | None:
        used = month_minutes(counts, _chosen(answer))
        return {"used": used, "over": used - minutes} if used > minutes else None

    return condition


def _key_called(answer: Any) -> Mapping[str, Any] | None:
    chosen = _chosen(answer)
    return None if all(RHYTHMS[chosen[tier]][0] == "call" for tier in "AB") else {}


def _key_first(answer: Any) -> Mapping[str, Any] | None:
    """Ask that A is called more often than B, and nobody of C and D more often than either."""
    spent = {tier: each_minutes(rhythm) for tier, rhythm in _chosen(answer).items()}
    return None if spent["A"] > spent["B"] > max(spent["C"], spent["D"]) else {}
