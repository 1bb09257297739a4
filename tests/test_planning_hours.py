from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crmkit.book.schema import CHANNELS
from crmkit.planning.cadence import load_rules
from crmkit.planning.hours import MESSAGES, share_out, timetable

RULES = load_rules()
STRETCHES = [closes - opens for opens, closes in RULES.open_hours()]
LONGEST = max(RULES.minutes.values())


def minutes_of(channels: list[str]) -> int:
    return sum(RULES.minutes[channel] for channel in channels)


@settings(derandomize=True)
@given(st.lists(st.sampled_from(CHANNELS), max_size=40))
def test_what_cannot_fail_for_a_break_fits_and_nothing_overlaps(channels: list[str]):
    """A contact fits unless each stretch has less left than it takes."""
    assume(minutes_of(channels) <= sum(STRETCHES) - (len(STRETCHES) - 1) * (LONGEST - 1))
    times = timetable(channels, RULES)
    assert [end - begin for begin, end in times] == [RULES.minutes[c] for c in channels]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(sorted(times)))
    for begin, end in times:
        assert any(opens <= begin and end <= closes for opens, closes in RULES.open_hours())


@settings(derandomize=True)
@given(st.lists(st.sampled_from(["call", *MESSAGES]), max_size=40))
def test_the_messages_of_a_day_come_in_one_go_when_a_stretch_has_room(channels: list[str]):
    assume(minutes_of(channels) <= min(STRETCHES))
    times = timetable(channels, RULES)
    batch = sorted(time for time, way in zip(times, channels, strict=True) if way in MESSAGES)
    assert all(end == begin for (_, end), (begin, _) in pairwise(batch))


def test_messages_are_divided_only_when_no_stretch_can_take_them_all():
    assert share_out({"sms": 270}, RULES.minutes, STRETCHES) == [{}, {"sms": 270}]
    assert share_out({"sms": 271}, RULES.minutes, STRETCHES) == [{"sms": 180}, {"sms": 91}]
    assert share_out({"sms": 450}, RULES.minutes, STRETCHES) == [{"sms": 180}, {"sms": 270}]


def test_a_day_that_is_too_full_is_refused():
    assert share_out({"sms": 451}, RULES.minutes, STRETCHES) is None
    assert share_out({"visit": 7}, RULES.minutes, STRETCHES) is not None
    assert share_out({"visit": 8}, RULES.minutes, STRETCHES) is None
    with pytest.raises(ValueError, match="do not fit"):
        timetable(["visit"] * 8, RULES)


def test_of_two_by_one_channel_the_first_comes_earlier():
    assert timetable(["call", "call"], RULES) == [(540, 550), (550, 560)]
