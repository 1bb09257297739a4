"""Times of day as people write them, in Chinese and English."""

import re
from collections.abc import Iterator
from datetime import time

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_MORNING = ("凌晨", "早上", "清晨", "明早", "今早", "上午")
_NIGHT = ("晚上", "今晚", "明晚", "夜里", "深夜", "晚", "tonight", "night")
_AFTERNOON = ("pm", "afternoon", "evening", "下午", "傍晚")
_PART = "凌晨|早上|清晨|明早|今早|上午|中午|下午|傍晚|晚上|今晚|明晚|夜里|深夜|晚"
_DAYTIME = "morning|afternoon|evening|tonight|night"

_CLOCK = re.compile(
    rf"({_PART})?\s*(?<![\d:])([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)\s*([ap]\.?m)?", re.I
)
_CHINESE = re.compile(
    f"({_PART})?"
    "([0-9]{1,2}|[一二两三四五六七八九十]{1,3})点(半|一刻|三刻|[0-9一二三四五十]{1,3}分?)?"
)
_ENGLISH = re.compile(
    r"(half past )?\b(\d{1,2}|" + "|".join(_WORDS) + r")\b(?::(\d\d))?\s*(?:o'clock\s*)?"
    r"(?:(a\.?m|p\.?m)\b\.?|(?:in the |this |tomorrow )(morning|afternoon|evening)"
    r"|(?:at )?(tonight|night))",
    re.I,
)
_TONIGHT = re.compile(
    r"\b(tonight|this evening|in the morning|tomorrow morning)\b.{0,12}?\bat "
    r"(half past )?(\d{1,2}|" + "|".join(_WORDS) + r")\b",
    re.I,
)


def times(sentence: str) -> Iterator[time]:
    """Yield the times of day that a sentence names; what cannot be told apart is left out.

    Examples
    --------
    >>> list(times("今晚十点半，或者明天下午3点"))
    [datetime.time(22, 30), datetime.time(15, 0)]
    >>> list(times("I will call you at 9:45 pm, or at six in the morning"))
    [datetime.time(21, 45), datetime.time(6, 0)]
    """
    for match in _CLOCK.finditer(sentence):
        before, hour, minute, half = match.groups()
        part = _part(before or half or _named(sentence, match))
        if not part and 0 < int(hour) < 8 and hour[0] != "0":
            part = "pm"  # "3:30" is an afternoon, "03:30" and "早上3:30" are not
        yield from _moment(int(hour), int(minute), part)
    for part, hour, minute in _CHINESE.findall(sentence):
        if part or _number(hour) > 7:  # "三点" is an afternoon, "一点时间" no time at all
            yield from _moment(_number(hour), _minutes(minute), _part(part))
    for half, hour, minute, noon, day, night in _ENGLISH.findall(sentence):
        if not minute:
            part = _part(noon or day or night)
            yield from _moment(_number(hour.lower()), 30 if half else 0, part)
    for day, half, hour in _TONIGHT.findall(sentence):
        yield from _moment(_number(hour.lower()), 30 if half else 0, _part(day.split()[-1]))


def within(moment: time, window: tuple[time, time]) -> bool:
    """Tell whether a time lies in a window that may run over midnight; its end is outside.

    >>> quiet = (time(21), time(9))
    >>> [within(time(hour), quiet) for hour in (20, 21, 3, 9)]
    [False, True, True, False]
    """
    begins, ends = window
    if begins < ends:
        return begins <= moment < ends
    return moment >= begins or moment < ends


def _named(sentence: str, match: re.Match[str]) -> str:
    """Return the part of the day named in the clause of a time: the next after it, else before."""
    after = re.match(rf"[^.,;!?，。；]{{0,24}}?\b({_DAYTIME})\b", sentence[match.end() :], re.I)
    clause = re.split("[.,;!?，。；]", sentence[: match.start()])[-1]
    before = re.findall(rf"\b({_DAYTIME})\b|({_PART})", clause, re.I)
    return after[1] if after else "".join(before[-1]) if before else ""


def _part(word: str) -> str:
    """Return am, noon, pm, night or nothing for a part of the day."""
    word = word.lower().replace(".", "")
    for part, words in (
        ("am", ("am", "morning", *_MORNING)),
        ("noon", ("中午",)),
        ("pm", _AFTERNOON),
        ("night", _NIGHT),
    ):
        if word in words:
            return part
    return ""


def _moment(hour: int, minute: int, part: str) -> Iterator[time]:
    small = {"am": 0, "noon": 3, "pm": 12, "night": 12}.get(part, 0)
    if part == "night" and (hour <= 4 or hour == 12):  # "夜里两点", "晚上十二点"
        small, hour = 0, hour % 12
    if part == "am" and hour == 12:
        hour = 0
    if hour < small:
        hour += 12
    if hour < 24 and minute < 60:
        yield time(hour, minute)


def _minutes(word: str) -> int:
    if word in ("", "半", "一刻", "三刻"):
        return {"": 0, "半": 30, "一刻": 15, "三刻": 45}[word]
    return _number(word.removesuffix("分"))


def _number(word: str) -> int:
    """Return a number up to 99 in digits, in Chinese or as an English word."""
    if word.isdigit():
        return int(word)
    if word in _WORDS:
        return _WORDS[word]
    tens, _, ones = word.rpartition("十")
    if "十" not in word:
        return _DIGITS.get(word, 99)
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
