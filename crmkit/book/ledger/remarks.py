"""What a manager's remarks say: contacts made, and clients who do not want any."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_WORDS = {
    "call": "通话|电话|致电|来电|去电|电联|called|calls?|phoned|telephoned|rang|spoke",
    "visit": "见面|拜访|面谈|走访|上门|met|meeting|visited|visits?",
    "wechat": "微信|wechat",
    "sms": "短信|sms|texted|text message",
}
_CHANNEL = "|".join(f"(?P<{{at}}_{channel}>{words})" for channel, words in _WORDS.items())
_DATE = (
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?<!\d)(?P<month>\d{1,2})\s*[-/.月]\s*"
    r"(?P<day>\d{1,2})(?!\d|\s*[万亿元%‰次个股手天倍])\s*[日号]?"
)
_NAMES = tuple(f"{at}_{channel}" for at in ("after", "before") for channel in _WORDS)
# a date with a word close behind it, else one close before it
_CONTACT = re.compile(
    rf"(?:(?:{_CHANNEL.format(at='before')})[于在:： on]{{0,4}})?{_DATE}"
    rf"(?:(?P<filler>[^\d，,；;。.\n、]{{0,8}}?)(?:{_CHANNEL.format(at='after')}))?",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"约|拟|计划|打算|准备|安排|下次|提醒|待|将|\b(?:plan\w*|next|to|will|by|before)\b",
    re.IGNORECASE,
)
_MISSED = re.compile(
    r"未接|没接|无人接|未通|没通|不通|关机|停机|no answer|missed|not reached", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[，,；;。\n、]")
_LEAVE_ALONE = re.compile(
    r"勿扰|免打扰"
    r"|(?<!可)(?:请勿|不要|不想|不愿|不希望|不准|别|谢绝|拒绝|禁止)(?:再|被|接受|接到|接听|接|我们|给我|给他|给她|任何|主动)*"
    r"(?:打电话|去电|致电|来电|电话|联系|打扰|骚扰|回访|拜访|营销|推销)"
    r"|(?:do\s+not|don['’]?t|never|no\s+more|stop)\s*(?:be\s+)?"
    r"(?:call|contact|phone|ring|disturb|message|text|visit)"
    r"|no\s+(?:calls|contact)\b|\bDND\b|\bDNC\b",
    re.IGNORECASE,
)


class PastContact(NamedTuple):
    """A contact that a remark records."""

    date: date
    channel: str
    outcome: str | None
    note: str


def contacts_in(remark: str, as_of: date) -> list[PastContact]:
    """Return the contacts a remark records: a date with a word for the channel beside it.

    A day without a year is the latest such day not after ``as_of``. What is planned
    (``约6月10日见面``), and a day with a year after ``as_of``, is no contact yet.

    Examples
    --------
    >>> for made in contacts_in("6月1日通话；5月20日见面，约6月10日微信", date(2010, 6, 3)):
    ...     print(made.date, made.channel)
    2010-06-01 call
    2010-05-20 visit
    """
    found = {(c.date, c.channel): c for c in reversed(list(_contacts(remark, as_of)))}
    return list(reversed(found.values()))


def asks_to_be_left_alone(remark: str) -> bool:
    """Tell whether a remark says that the client must not be contacted.

    >>> [asks_to_be_left_alone(r) for r in ("请勿再打电话", "Do not call", "不要只打电话", "通话")]
    [True, True, False, False]
    """
    return bool(_LEAVE_ALONE.search(remark))


def _contacts(remark: str, as_of: date) -> Iterator[PastContact]:
    for found in _CONTACT.finditer(remark):
        named = next((n for n in _NAMES if found[n]), None)
        before = _CLAUSE_END.split(remark[: found.start()])[-1]
        if named is None or _PLANNED.search(f"{before[-6:]} {found['filler'] or ''}"):
            continue
        day = _latest(found["year"], int(found["month"]), int(found["day"]), as_of)
        if day is not None:
            rest = _CLAUSE_END.split(remark[found.start() :])[0]
            outcome = "missed" if _MISSED.search(rest) else None
            yield PastContact(day, named.split("_")[1], outcome, rest.strip())


def _latest(year: str | None, month: int, day: int, as_of: date) -> date | None:
    """Return the latest such day not after ``as_of``; 29 February may be eight years back."""
    years = (int(year),) if year else range(as_of.year, as_of.year - 9, -1)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found <= as_of:
            return found
    return None
