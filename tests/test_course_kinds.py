"""Each kind of question, on small cases worked out by hand."""

from datetime import date, timedelta
from functools import cache
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.course import Outcome, mark
from crmkit.course.child import Limits, run_function
from crmkit.course.questions import (
    Assign,
    Calendar,
    Code,
    Matching,
    Number,
    Policy,
    Question,
    Ranking,
    Requirement,
    Rewrite,
    Several,
)
from crmkit.course.questions.calendar import (
    at_least,
    at_most,
    covers,
    days_apart,
    no_repeats,
    not_on,
    number_between,
    variety,
    within_minutes,
)
from crmkit.course.questions.code import same
from crmkit.course.questions.traps import enough, tell_apart
from crmkit.course.unit import open_unit

DAYS = tuple(date(2026, 7, 6) + timedelta(days) for days in range(60))


def several() -> Several:
    return Several(id="e1-q1", room="t", options=tuple("abcde"), right=("a", "b"),
                   wrong={"greedy": ("a", "b", "d"), "shy": ("a",)})  # fmt: skip


def ranking() -> Ranking:
    return Ranking(
        id="e1-q2", room="t", items=("c", "a", "d", "b"), right=("a", "b", "c", "d"),
        wrong={"backwards": ("d", "c", "b", "a"), "late": ("b", "c", "d", "a")},
    )  # fmt: skip


def contact(day: int, channel: str = "call", reason: str = "news") -> dict[str, str]:
    return {"day": DAYS[day].isoformat(), "channel": channel, "reason": reason}


def calendar() -> Calendar:
    channels, reasons = ("call", "visit", "message"), ("news", "birthday", "pitch")
    model = [contact(0), contact(10, "visit"), contact(20, "message", "birthday")]
    week = [contact(day, channel) for day, channel in enumerate(("call", "visit", "message"))]
    pitches = [{**each, "reason": "pitch"} for each in model]
    calls = [{**each, "channel": "call"} for each in model]
    return Calendar(
        id="e1-q3", room="t", days=DAYS, fields={"channel": channels, "reason": reasons},
        model=model,
        requirements=(
            Requirement("week", days_apart(5), week),
            Requirement("pitches", at_most("reason", ["pitch"], 1), pitches, fatal=True),
            Requirement("one_way", variety("channel", 3), calls),
        ),
    )  # fmt: skip


def policy() -> Policy:
    alike = {case: {"channel": "call", "touches": 4} for case in "AD"}
    return Policy(
        id="e1-q4", room="t", cases=("A", "D"),
        columns={"channel": ("visit", "call", "app"), "touches": (0, 50)},
        right={"A": {"channel": "visit", "touches": 12}, "D": {"channel": "app", "touches": 1}},
        accepted={("D", "channel"): ("call",)}, within={"touches": 2}, wrong={"alike": alike},
        requirements=(Requirement(
            "hours",
            lambda t: None if sum(row["touches"] for row in t.values()) <= 20 else {"used": 1},
            {case: {"channel": "visit", "touches": 30} for case in "AD"}, fatal=True),),
    )  # fmt: skip


def largest_share(amounts):
    return max(amounts) / sum(amounts) if amounts else 0.0


def smallest_share(amounts):
    return min(amounts) / sum(amounts) if amounts else 0.0


def code() -> Code:
    return Code(
        id="e1-q5", room="t", name="largest_share", parameters="amounts",
        cases=(([1, 1, 2],), ([5],), ([1, 3, 4, 2],), ([],)), reference=largest_share,
        wrong={"smallest": smallest_share}, limits=Limits(cpu_seconds=1, wall_seconds=60),
    )  # fmt: skip


ALL: list[Question] = [several(), ranking(), calendar(), policy(), code()]


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.kind)
def test_key_is_right_and_every_wrong_answer_shows_its_idea(asked: Question) -> None:
    assert mark(asked, asked.key).outcome is Outcome.CORRECT
    shown = {idea: mark(asked, answer).misconception for idea, answer in asked.wrong_answers()}
    assert shown == {idea: idea for idea in asked.misconceptions}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda b: st.lists(b, max_size=3) | st.dictionaries(st.text(max_size=5), b, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize("asked", ALL[:4], ids=lambda asked: asked.kind)
@given(answer=json_values)
def test_nothing_that_json_holds_fails(asked: Question, answer: Any) -> None:
    assert 0 <= mark(asked, answer).score <= 1


def test_ticking_everything_earns_nothing() -> None:
    asked = several()
    assert asked.judge(list("abcde")).score == 0
    assert asked.judge(["a"]).score == 0.5
    assert asked.judge(["a", "b", "c"]).score == pytest.approx(2 / 3)
    assert asked.judge(["c"]).remark == "extra"
    assert mark(asked, ["a", "a"]).outcome is Outcome.INVALID


def test_every_order_is_scored_by_its_pairs() -> None:
    asked = ranking()
    scores = [asked.judge(list(order)).score for order in permutations("abcd")]
    assert sum(scores) == pytest.approx(0)  # Kendall's tau averages to nothing
    assert (max(scores), min(scores)) == (1, -1)
    assert mark(asked, ["d", "c", "b", "a"]).score == 0
    assert mark(asked, ["a", "b", "c"]).outcome is Outcome.INVALID
    assert asked.judge(["a", "c", "b", "d"]).facts["first"] == "b"


def test_matching_uses_an_option_once() -> None:
    asked = Matching(
        id="e1-q6", room="t", items=("x", "y"), options=("1", "2", "3"),
        right={"x": "1", "y": "2"}, wrong={"swapped": {"x": "2", "y": "1"}},
    )  # fmt: skip
    assert mark(asked, {"x": "1", "y": "1"}).remark == "course.used_twice"
    assert mark(asked, {"x": "1"}).score == 0.5
    assert mark(asked, {"x": "2", "y": "1"}).misconception == "swapped"


def test_calendar_is_judged_by_the_most_serious_breach() -> None:
    asked = calendar()
    both = [contact(0, reason="pitch"), contact(1, reason="pitch"), contact(2)]
    assert asked.judge(both).misconception == "week"
    assert asked.judge(both).score == 0  # one of the breaches is fatal
    calls = [contact(0), contact(10), contact(20)]
    assert asked.judge(calls).score == pytest.approx(2 / 3)
    assert mark(asked, [{"day": "2026-07-06"}]).remark == "course.not_a_contact"
    assert mark(asked, [contact(0)] * 31).remark == "course.too_many_contacts"
    shuffled = [asked.key[2], asked.key[0], asked.key[1]]
    assert mark(asked, shuffled).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        (number_between(1, 2), {"count": 3, "low": 1, "high": 2}),
        (number_between(3, 7), None),
        (days_apart(5), {"gap": 2, "least": 5}),
        (days_apart(5, by="channel"), None),
        (variety("channel", 3), {"count": 2, "least": 3}),
        (at_least("channel", ["visit"], 2), {"count": 1, "least": 2}),
        (no_repeats("reason", 2), {"count": 3, "most": 2}),
        (covers("channel", ["call", "visit", "message"]), {"missing": 1, "total": 3}),
        (within_minutes("channel", {"call": 10, "visit": 60}, 70), {"used": 80, "capacity": 70}),
        (within_minutes("channel", {"call": 10, "visit": 60}, 80), None),
    ],
)
def test_conditions(condition: Any, facts: Any) -> None:
    contacts = [contact(0), contact(4, "visit"), contact(6)]
    assert condition(calendar().read(contacts)) == facts


def test_closed_days_are_named() -> None:
    broken = not_on([DAYS[4]])(calendar().read([contact(0), contact(4)]))
    assert broken is not None
    assert "10" in broken["day"]


def test_policy_takes_what_will_do_and_looks_at_the_whole_first() -> None:
    asked = policy()
    near = {"A": {"channel": "visit", "touches": 13}, "D": {"channel": "call", "touches": 1}}
    assert mark(asked, near).outcome is Outcome.CORRECT
    over = {"A": {"channel": "visit", "touches": 21}, "D": {"channel": "app", "touches": 1}}
    assert (asked.judge(over).misconception, asked.judge(over).score) == ("hours", 0)
    part = asked.judge({"A": {"channel": "visit"}})
    assert (part.remark, part.facts["left"]) == ("incomplete", 3)
    assert mark(asked, {"A": {"touches": 51}}).remark == "course.out_of_range"
    assert mark(asked, {"A": {"touches": True}}).remark == "course.not_a_number"


def test_rewrite_must_be_clean_and_keep_what_matters() -> None:
    asked = Rewrite(id="e1-q7", room="t", rules={"promise": ("promise_return",)},
                    keeps={"emptied": ("到期|matur",), "silent": ("风险|risk",)})  # fmt: skip
    assert asked.judge("保证赚钱，到期还本。").misconception == "promise"
    assert asked.judge("亏了我赔。").remark == "breach"
    assert asked.judge("这只产品下周到期。").misconception == "silent"
    assert asked.judge("这只产品下周到期。").score == 0.5
    assert asked.judge("It matures next week; the value may fall, there is risk.").score == 1


REPLIES = ("e04a-q1", "l04-p4")


@cache
def rewrite(unit: str, name: str) -> Rewrite:
    asked = open_unit(unit, seed=1).questions[name]
    assert isinstance(asked, Rewrite)
    return asked


@pytest.mark.parametrize("name", REPLIES)
@pytest.mark.parametrize(
    "answer",
    [
        "有色肯定起飞！投资顾问明天上午联系您。",
        "买601899吧，投资顾问明天也这么说",
        "601899不错，投资顾问周四打给您",
        "Metals will surely take off; our adviser calls you on Thursday.",
        "Buy 601899 now; our adviser calls you on Thursday.",
        "滚，投顾明天也不想理你",
        "别找投资顾问，今天我没空",
        "投顾 明天",
        "改天有一点空再约投资顾问",
        "Our adviser will see you some day",
        "Our adviser calls any day, every day",
        "我不约投资顾问，明天再说",
    ],
)
def test_a_hand_off_offers_an_adviser_at_a_time_and_names_no_share(name: str, answer: str) -> None:
    assert rewrite("l04", name).judge(answer).score < 1


@pytest.mark.parametrize("name", REPLIES)
@pytest.mark.parametrize(
    "answer",
    [
        "买哪只我没有资格说，投资顾问明天下午3:30给您打电话",
        "这个要由投资顾问来讲，我约他7月8日10:00和您通话",
        "我请投资顾问晚上七点给您回电",
        "投资顾问週四上午給您打電話",
        "I may not pick one; our adviser will call you at 3:30 on Thursday afternoon.",
        "Our adviser rings you at six",
        "May our adviser call you this evening?",
    ],
)
def test_an_adviser_offered_at_a_time_will_do(name: str, answer: str) -> None:
    assert rewrite("l04", name).judge(answer).score == 1


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("我理解不了你为什么慌，明天再说", 0),
        ("I feel fine. Friday.", 0),
        ("您一定不好受。周五。", 0.5),
        ("这几天您一定很焦虑，明天下午我给您打电话", 1),
        ("跌成这样真让人心疼，周五上午我过去陪您看看账户", 1),
        ("您受累了，我晚上七点打给您", 1),
        ("这滋味煎熬，我明天下午3:30打给您", 1),
        ("看着闹心，换谁都难过，我周四上午给您打电话", 1),
        ("You must be anxious. May I call you at six?", 1),
        ("This is painful to watch. Let us talk tomorrow afternoon.", 1),
        ("Tough days; I will call you on 8 July at 3:30.", 1),
    ],
)
def test_comfort_takes_up_the_feeling_and_offers_a_time(answer: str, score: float) -> None:
    assert rewrite("l05", "l05-p5").judge(answer).score == score


def test_number_near_zero_and_ideas_of_zero_are_told() -> None:
    asked = Number(id="e1-q8", room="t", right=0.5, within=0.01, lowest=-1, highest=9,
                   wrong={"none": 0.0, "percent": 5.0})  # fmt: skip
    assert asked.judge(0.0).misconception == "none"
    assert asked.judge(5.05).misconception == "percent"
    assert asked.judge(0.6).misconception == ""


def test_ideas_are_told_by_what_nothing_else_explains() -> None:
    right = dict.fromkeys("abcdef", 0)
    both = {**right, "a": 1, "b": 1, "c": 1}
    traps = tell_apart(right, {"one": [both], "two": [{**right, "c": 1, "d": 1}]})
    assert {trap.name: set(trap.telltales) for trap in traps} == {"one": {"a", "b"}, "two": {"d"}}
    assert [enough(count) for count in range(7)] == [1, 1, 2, 2, 3, 3, 4]


def test_options_about_equally_good_at_explaining_go_to_the_first() -> None:
    asked = Assign(
        id="e1-q9", room="t", items=("a", "b"), options=("0", "1"),
        right={"a": "0", "b": "0"}, wrong={"x": {"a": "1"}, "y": {"b": "1"}},
    )  # fmt: skip
    assert asked.judge({"a": "1", "b": "1"}).misconception == "x"


HOSTILE = {
    "while True:\n        pass": "slow",
    "return [0] * 10**11": "memory",
    "import sys; sys.exit(0)": "exit",
    "import os; os._exit(0)": "exit",
    "return object()": "odd",
    "return float('nan')": "odd",
    "x = []; x.append(x)\n    return x": "odd",
    "return 'x' * 300_000": "large",
    "return 1 / 0": "error",
    "return input()": "error",
    "raise KeyboardInterrupt": "exit",
    "return largest_share(amounts)": "error",
}


@pytest.mark.parametrize(("body", "failure"), HOSTILE.items(), ids=lambda text: text[:16])
def test_whatever_a_function_does_becomes_a_sentence(body: str, failure: str) -> None:
    result = mark(code(), f"def largest_share(amounts):\n    {body}\n")
    assert (result.remark, result.outcome) == (f"course.code.{failure}", Outcome.INCORRECT)
    assert len(result.explanation()[""]) > 10


def test_prints_and_files_go_nowhere(capfd: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    source = (
        "import os, sys\n"
        "def f(x):\n    print('{\"value\": 5}')\n    os.write(1, b'{\"value\": 5}')\n"
        "    sys.stderr.write('x')\n    open('note', 'w').write('x')\n    return x\n"
    )
    assert run_function(source, "f", [(1,), (2,)]).values == (1, 2)
    assert capfd.readouterr() == ("", "")


def test_code_is_refused_before_it_runs() -> None:
    asked = code()
    assert mark(asked, "def largest_share(:").remark == "course.not_python"
    assert mark(asked, "(" * 5000).remark == "course.not_python"
    assert mark(asked, "def other(a):\n    return 1").remark == "course.no_function"
    assert mark(asked, asked.stub).outcome is Outcome.NOT_ATTEMPTED


def test_part_of_the_cases_earns_part_of_the_score() -> None:
    result = mark(code(), "def largest_share(amounts):\n    return 0.5 if amounts else 0\n")
    assert (result.score, result.slots["right"], result.slots["total"]) == (0.5, 2, 4)
    assert (result.slots["arguments"], result.slots["given"], result.slots["due"]) == (
        "[5]", "0.5", "1")  # fmt: skip


@pytest.mark.parametrize(
    ("value", "due", "expected"),
    [
        (0.1 + 0.2, 0.3, True),
        (True, 1, False),
        (1, 1.0, True),
        ("1", 1, False),
        ([1, [2.0]], [1, [2]], True),
        ([1], [1, 2], False),
        ({"a": 1}, {"a": 1.0000001}, True),
        ({"a": 1}, {"b": 1}, False),
        (None, None, True),
    ],
)
def test_values_are_compared_strictly(value: Any, due: Any, expected: bool) -> None:
    assert same(value, due, 1e-6) is expected
