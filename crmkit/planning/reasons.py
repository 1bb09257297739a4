"""A plan's figures in sentences: why today, why this channel, what the minutes are worth."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from crmkit.book.codes import word_for
from crmkit.planning.problem import MUST
from crmkit.words import t

#: A loss of less than this many points is none to a person.
NOTHING_LOST = 1.0

#: Purposes with a day of their own, which no other day can be as good as.
_OWN_DAY = ("birthday", "pin")

_Row = Mapping[Any, Any]


def with_reasons(
    contacts: pd.DataFrame, reasons: pd.DataFrame, gains: pd.DataFrame
) -> pd.DataFrame:
    """Return contacts whose sentences also say what the figures do.

    Parameters
    ----------
    contacts : DataFrame
        ``results.AGENDA``; ``why_today`` and ``why_channel`` say what is owed.
    reasons, gains : DataFrame
        ``results.PLAN_REASONS`` and ``results.PLAN_GAINS`` of the same plan.

    Returns
    -------
    DataFrame
        ``why_today`` goes on with the days that would do as well, ``why_channel`` with what
        the other channels would bring, and ``worth`` weighs the gain against the minutes and
        names whom they would go to otherwise.
    """
    by_contact = {(row["client_id"], row["date"]): row for row in reasons.to_dict(orient="records")}
    ways: dict[tuple[str, pd.Timestamp], list[_Row]] = {}
    for row in gains.to_dict(orient="records"):
        ways.setdefault((row["client_id"], row["date"]), []).append(row)
    days = contacts["date"].nunique()
    told = [
        _sentences(row, by_contact[key], ways.get(key, ()), days)
        if (key := (row["client_id"], row["date"])) in by_contact
        else {name: row.get(name, "") for name in ("why_today", "why_channel", "worth")}
        for row in contacts.to_dict(orient="records")
    ]
    return contacts.assign(
        **{name: pd.array([one[name] for one in told], dtype="str")
           for name in ("why_today", "why_channel", "worth")}
    )  # fmt: skip


def _sentences(contact: _Row, reason: _Row, ways: Sequence[_Row], days: int) -> dict[str, str]:
    own_day, must = contact["purpose"] in _OWN_DAY, bool(contact["must"])
    return {
        "why_today": _follow(contact["why_today"], "" if own_day else other_days(reason, days)),
        "why_channel": _follow(contact["why_channel"], "" if must else other_ways(ways)),
        "worth": worth(reason, int(contact["minutes"]), must),
    }


def other_days(reason: _Row, days: int = 0) -> str:
    """Return whether another day would do as well, honest where only rounding decided.

    Parameters
    ----------
    reason : mapping
        A row of ``results.PLAN_REASONS``.
    days : int
        How many days the plan has, to tell when any would do.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> flat = {"rounded": False, "days_as_good": 2, "other_days": "2026-07-03 2026-07-06",
    ...         "regret": 0.0}
    >>> with in_language("zh"): other_days(flat)
    '换到 07-03、07-06 也一样好'
    """
    count = int(reason["days_as_good"])
    named = [day[5:] for day in str(reason["other_days"] or "").split()] if count else []
    listed = t("planning.comma").join(named)
    if count and count >= days - 1 > len(named):
        key = "any"
    elif count > len(named):
        key = "many"
    elif count:
        key = "some"
    elif reason["rounded"]:
        key = "rounded"
    elif _missing(reason["regret"]):
        key = "none"
    elif reason["regret"] >= MUST / 2:
        key = "must"
    else:
        key = "dearer" if reason["regret"] >= NOTHING_LOST else "near"
    lost = 0.0 if _missing(reason["regret"]) else float(reason["regret"])
    return t(f"agenda.days.{key}", days=listed, count=count, lost=_points(lost))


def other_ways(ways: Sequence[_Row]) -> str:
    """Return what each channel would bring after its minutes, the planned one first.

    Nothing where the planned one brings nothing by itself: then something else decided, and
    where another would bring more, the sentence says so.
    """
    known = [way for way in ways if not _missing(way["net"]) and abs(way["net"]) < MUST / 2]
    planned = next((way for way in known if way["planned"]), None)
    others = sorted((w for w in known if not w["planned"]), key=lambda w: -float(w["net"]))
    if planned is None or not others:
        return ""
    more = float(others[0]["net"]) - float(planned["net"])
    if more >= NOTHING_LOST:
        other = word_for(others[0]["channel"])
        return t("agenda.ways.not_best", other=other, more=_points(more))
    if planned["net"] < NOTHING_LOST:
        return ""
    told = t("planning.comma").join(
        t("agenda.ways.other", channel=word_for(way["channel"]), net=_points(way["net"]))
        for way in others
    )
    channel, net = word_for(planned["channel"]), _points(planned["net"])
    return t("agenda.ways.sentence", channel=channel, net=net, others=told)


def worth(reason: _Row, minutes: int, must: bool = False) -> str:
    """Return what a contact gains and takes, and who would have the minutes otherwise."""
    gain, cost = float(reason["gain"]), float(reason["cost"])
    slots = {"minutes": minutes, "gain": _points(gain), "cost": _points(cost)}
    if must:
        key = "must"
    elif bool(reason["must"]) or gain >= MUST / 2:
        key = "once"
    else:
        key = "short" if gain + NOTHING_LOST < cost else "pays"
    told = t(f"agenda.worth.{key}", **slots)
    if _missing(reason["displaced"]):
        return told if cost >= NOTHING_LOST else _follow(told, t("agenda.worth.nobody"))
    client_id, channel = reason["displaced"], word_for(str(reason["displaced_channel"]))
    other = _points(float(reason["displaced_gain"]))
    return _follow(
        told, t("agenda.worth.displaced", client_id=client_id, channel=channel, gain=other)
    )


def worth_by_name(
    contacts: pd.DataFrame, reasons: pd.DataFrame, names: Mapping[str, str]
) -> list[str]:
    """Return what contacts are worth, calling by name whoever would have the minutes.

    Parameters
    ----------
    contacts : DataFrame
        ``results.AGENDA``.
    reasons : DataFrame
        ``results.PLAN_REASONS`` of the same plan.
    names : mapping of str to str
        By ``client_id``; who has none keeps the number.
    """
    known = {(row["client_id"], row["date"]): row for row in reasons.to_dict(orient="records")}
    told = []
    for row in contacts.to_dict(orient="records"):
        reason = known.get((row["client_id"], row["date"]))
        if reason is None or _missing(reason["displaced"]):
            told.append("" if _missing(row["worth"]) else str(row["worth"]))
            continue
        called = {"displaced": names.get(reason["displaced"]) or reason["displaced"]}
        told.append(worth({**reason, **called}, int(row["minutes"]), bool(row["must"])))
    return told


def _follow(first: str, second: str) -> str:
    parts = [part for part in (first, second) if part]
    return t("planning.semicolon").join(parts)


def _points(points: float) -> str:
    return f"{points:,.0f}" if abs(points) >= 10 else f"{points:.1f}".removesuffix(".0")


def _missing(value: Any) -> bool:
    return value is None or value == "" or bool(pd.isna(value))
