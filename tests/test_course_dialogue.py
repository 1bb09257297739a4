"""Conversations can be won and lost in every known way, and the figures in them are the book's."""

import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.book.book import ClientBook
from crmkit.branch.simulate import make_book
from crmkit.conduct.messages import checks, read_message
from crmkit.course.dialogue import (
    PASS,
    Scene,
    begin,
    choose,
    feedback,
    open_dialogue,
    replay,
    say,
    transcript,
    verdict,
)
from crmkit.course.figures import figures_of
from crmkit.course.roleplay import RolePlay
from crmkit.course.scripts import (
    CRITERIA,
    FAULTS,
    KINDS,
    TURNS,
    dialogues,
    objections,
    read_dialogue,
)
from crmkit.course.units.l06.practice import make_practice
from crmkit.errors import CrmkitError
from crmkit.rules import read_rules
from crmkit.words import LANGUAGES, in_language

NAMES = tuple(dialogues())
ENDINGS = {"kept", "undecided", "left", "stopped"}
POLITE = {
    "zh": re.compile("请|谢|抱歉|理解|放心|对不起|不好意思"),
    "en": re.compile("please|thank|sorry|understand|assured", re.IGNORECASE),
}


@pytest.fixture(scope="module")
def book() -> ClientBook:
    return make_book(n=300, seed=1, as_of="2026-06-30", months=13)


def meet(name: str, book: ClientBook, seed: int) -> Scene:
    """Begin a conversation, with the figures of a book worked out once."""
    if id(book) not in _FIGURES:
        _FIGURES[id(book)] = book, figures_of(book)
    return begin(dialogues()[name], _FIGURES[id(book)][1], seed, book.as_of)


_FIGURES: dict[int, tuple[ClientBook, pd.DataFrame]] = {}


def play(scene: Scene, kinds) -> Scene:
    for kind in kinds:
        if not scene.ending:
            scene = choose(scene, kind)
    return scene


def clicked_at_random(scene: Scene, chance: float = 1.0):
    """Yield every ending there is, with how likely somebody who only clicks comes to it."""
    if scene.ending:
        yield scene.ending, chance
        return
    for kind in KINDS:
        yield from clicked_at_random(choose(scene, kind), chance / len(KINDS))


def test_there_are_fifteen_and_the_two_of_the_lesson():
    assert [f"o{number:02d}" for number in range(1, 16)] == objections()
    assert set(NAMES) == {*objections(), "p06", "e06b"}
    assert all(TURNS[0] <= len(dialogue.turns) <= TURNS[1] for dialogue in dialogues().values())
    assert len(dialogues()["e06b"].turns) == 5


@pytest.mark.parametrize("name", NAMES)
def test_every_ending_is_reached_and_a_random_clicker_wins_less_than_once_in_a_hundred(
    name: str, book: ClientBook
):
    chances = Counter()
    for ending, chance in clicked_at_random(meet(name, book, 1)):
        chances[ending] += chance
    assert set(chances) == ENDINGS
    assert chances["kept"] < 0.01


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_most_polite_reply_does_not_win(name: str, language: str, book: ClientBook):
    with in_language(language):
        scene = meet(name, book, 1)
        while not scene.ending:
            kind, _ = max(scene.options(), key=lambda o: len(POLITE[language].findall(o[1])))
            scene = choose(scene, kind)
        assert scene.ending != "kept" and scene.score < 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_reply_is_seldom_the_good_one(language: str, book: ClientBook):
    with in_language(language):
        longest = [
            max(scene.options(), key=lambda option: len(option[1]))[0]
            for name in NAMES
            for scene in _turns(meet(name, book, 1))
        ]
    assert longest.count("good") / len(longest) <= 0.30


def _turns(scene: Scene):
    while not scene.ending:
        yield scene
        scene = choose(scene, "good")


def test_options_stand_in_every_place_about_as_often(book: ClientBook):
    places = [
        [kind for kind, _ in scene.options()].index("good")
        for seed in range(20)
        for name in ("o01", "o02", "o03")
        for scene in _turns(meet(name, book, seed))
    ]
    assert len(places) == 240
    # a fair quarter is 60; four standard errors are 27
    assert all(33 <= places.count(place) <= 87 for place in range(4))
    first, again = (meet("o01", book, 7).options() for _ in range(2))
    assert first == again


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_message_check_agrees_with_the_author(name: str, language: str, book: ClientBook):
    with in_language(language):
        for scene in _turns(meet(name, book, 1)):
            turn = scene.dialogue.turns[len(scene.replies)]
            for kind, text in scene.options():
                found = {breach.rule for breach in read_message(text)}
                if kind == "red":
                    assert turn.options[kind].rule in found, text
                elif kind == "bad":
                    attack = turn.options[kind].fault == "attack"
                    assert found == ({"disparage"} if attack else set()), text
                else:
                    assert not found, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_good_replies_do_what_they_are_marked_for_in_free_words_too(
    name: str, language: str, book: ClientBook
):
    with in_language(language):
        spoken = scene = meet(name, book, 1)
        while not scene.ending:
            good = dict(scene.options())["good"]
            spoken, scene = say(spoken, good), choose(scene, "good")
        assert scene.ending == "kept" and scene.score == 100
        assert not any(reply.fault or reply.breach for reply in spoken.replies)
        shown = {mark for reply in spoken.replies for mark in reply.earned}
        assert shown >= set(CRITERIA) - {"evidence"}


#: Words that would earn every mark, if they could be said in every turn.
PARROT = {
    "zh": "我理解您。对方是净佣还是全佣？您的费率是 {rate}‰，周五前我把费率表发给您。",
    "en": "I understand. Is it net or all-in? Your rate is {rate}‰, you have the table by Friday.",
}
#: The same with something put around it, or turned round.
PARROTS = {
    "zh": (PARROT["zh"], "好的，" + PARROT["zh"], PARROT["zh"] + "您看行吗",
           "周五前我把费率表发给您。您的费率是 {rate}‰，对方是净佣还是全佣？我理解您。"),
    "en": (PARROT["en"], "Well, " + PARROT["en"].lower(), PARROT["en"] + " All right?",
           "Your rate is {rate}‰, you have the table by Friday. Net or all-in? I understand."),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_one_sentence_said_again_and_again_does_not_win(name: str, language: str, book: ClientBook):
    with in_language(language):
        for words in ((PARROT[language],) * 6, (*PARROTS[language], *PARROTS[language])):
            scene = meet(name, book, 1)
            slots = scene.figures.slots()
            while not scene.ending:
                scene = say(scene, words[len(scene.replies)].format(**slots))
            assert scene.ending != "kept" and scene.score < PASS
            assert not any(reply.earned for reply in scene.replies[1:])
            said = {"zh": "刚才说过了", "en": "told me that already"}[language]
            assert said in feedback(scene, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_good_replies_in_one_s_own_words_win(language: str, book: ClientBook):
    words = {
        "zh": ("您这么比很正常。同事那边报的是净佣还是全佣？", "我理解，一年佣金一共 {fee} 元",
               "想省是应该的，公示里您这一档是 {published}‰",
               "我明白您信我，但费率只能按公示走审批",
               "谢谢您体谅，我知道您着急，周五下午把结果给您"),
        "en": ("I see why you ask. Is that quote net or all-in?",
               "A fair question: CNY {fee} in the year",
               "That is reasonable, and your published step is {published}‰",
               "I understand, but the rate goes by the table and takes approval",
               "I know you want it settled; you have the result on Friday"),
    }[language]  # fmt: skip
    with in_language(language):
        scene = meet("e06b", book, 1)
        for reply in words:
            scene = say(scene, reply.format(**scene.figures.slots()))
        assert scene.ending == "kept" and scene.score == 100


@pytest.mark.parametrize(
    ("language", "promise"),
    [("zh", "好，我给您降到您同事那个价，流程后面补。我理解您。"),
     ("en", "I understand, I'll match it for you, and the paperwork can follow.")],
)  # fmt: skip
def test_a_price_off_the_tariff_promised_in_free_words_stops_it(language, promise, book):
    with in_language(language):
        scene = say(play(meet("e06b", book, 1), ["good"] * 3), promise)
    assert scene.ending == "stopped" and scene.replies[-1].breach.rule == "off_tariff"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_courtesy_is_told_that_it_was_courteous(language: str, book: ClientBook):
    asked = RolePlay(id="q", scene=meet("e06b", book, 1))
    kind = [{"option": "medium"}] * 5
    noise = [{"text": f"asdf{'qwert'[n] * 4}"} for n in range(5)]
    wishes = {
        "zh": ["请您放心", "非常感谢您", "给您添麻烦了，抱歉", "祝您生活愉快", "真不好意思"],
        "en": [
            "Rest assured",
            "Thank you so much",
            "So sorry",
            "All the best",
            "Please bear with us",
        ],
    }
    with in_language(language):
        assert asked.judge({"moves": kind}).misconception == "polite"
        assert (
            asked.judge({"moves": [{"text": w} for w in wishes[language]]}).misconception
            == "polite"
        )
        said = asked.judge({"moves": noise})
        assert (said.misconception, said.remark, said.score) == ("", "undecided", 0)


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_are_those_of_the_client_in_the_book(name: str, book: ClientBook):
    figures = meet(name, book, 1).figures
    year = book.activity[book.activity["month"] > pd.Timestamp("2025-06-30")]
    own = year[year["client_id"] == figures.client_id]
    assert figures.values["fee"] == own["commission"].sum() / 100
    assert figures.values["traded"] == own["trade_amount"].sum() / 100
    account = book.account[book.account["client_id"] == figures.client_id]
    assert figures.values["rate"] == account["commission_rate"].max()


def test_what_is_said_of_a_client_s_year_is_true_of_whoever_is_cast():
    for seed in range(1, 26):
        practice = make_practice(seed)
        since = pd.Timestamp(practice.book.as_of) - pd.DateOffset(years=1)
        contacts = practice.book.contact
        called = contacts.loc[
            (contacts["date"] > since) & (contacts["direction"] != "in"), "client_id"
        ]
        for name, never in (("o07", "一次也没联系过"), ("o08", "一次也没联系过")):
            scene = practice.scenes[name]
            with in_language("zh"):
                assert never in scene.better(1)
            assert scene.figures.client_id not in set(called), (seed, name)
        values = practice.scenes["o12"].figures.values
        assert values["effective"] == pytest.approx(
            1000 * values["fee"] / values["traded"], abs=1e-4
        )
        slots = practice.scenes["o12"].figures.slots()
        with in_language("en"):
            assert f"CNY {slots['fee']} on CNY {slots['traded']}" in practice.scenes["o12"].better(
                1
            )


def test_how_often_a_client_was_called_is_never_counted_out():
    for dialogue in dialogues().values():
        for turn in dialogue.turns:
            for language in LANGUAGES:
                assert "{visits}" not in turn.options["good"].texts[language], dialogue.id


def test_seeds_choose_among_several_clients(book: ClientBook):
    assert len({meet("o05", book, s).figures.client_id for s in range(12)}) > 1


def test_evidence_is_right_when_it_is_the_client_s_own(book: ClientBook):
    scene = choose(meet("o01", book, 1), "good")
    fee = scene.figures.values["fee"]
    right = say(scene, f"我明白，您一年佣金 {fee:,.0f} 元")
    assert right.replies[-1].earned == ("empathy", "evidence")
    wrong = say(scene, f"我明白，您一年佣金 {fee * 3 + 77:,.0f} 元")
    assert wrong.replies[-1].fault == "wrong_number" and not wrong.replies[-1].earned
    assert f"{fee:,.0f}" in feedback(wrong, 1)
    none = say(scene, "我明白，真的不贵")
    assert none.replies[-1].missing == ("evidence",)


@pytest.mark.parametrize(
    ("words", "right"),
    [("{fee} 元", True), ("CNY {fee}", True), ("{rate}‰", True), ("{published} per mille", True),
     ("{wrong} 元", False), ("9.99‰", False), ("周四 3 点", None), ("", None)],
)  # fmt: skip
def test_numbers_with_a_unit_are_held_against_the_book(words: str, right, book: ClientBook):
    figures = meet("o03", book, 1).figures
    assert figures.judge(words.format(**figures.slots())) is right


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "rule", [r for r in checks() if r not in ("disparage", "no_opt_out", "quiet_hours")]
)
def test_a_red_flag_in_free_words_ends_it_with_its_reason(rule: str, language: str, book):
    with in_language(language):
        scene = say(meet("o01", book, 1), checks()[rule].hit[language])
        assert scene.ending == "stopped"
        breach = scene.replies[-1].breach
        assert breach and breach.why in feedback(scene, 0) and breach.instead in feedback(scene, 0)
        with pytest.raises(CrmkitError) as caught:
            say(scene, "再说一句")
        assert caught.value.key == "dialogue.over"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_nobody_verified_says_so_where_it_ends_a_conversation(language: str, book):
    with in_language(language):
        scene = choose(choose(meet("o01", book, 1), "good"), "good")
        said = feedback(choose(scene, "red"), 2)
    assert ("未经核实" if language == "zh" else "Not verified") in said


def test_an_attack_costs_two_marks_and_goes_on(book: ClientBook):
    scene = say(meet("o01", book, 1), "隔壁那家就是骗子")
    assert (scene.replies[-1].fault, scene.ending) == ("attack", "")
    assert scene.mood < scene.dialogue.mood
    assert play(scene, ["good"] * 3).score == round(100 * (5 - 2) / 7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_has_something_to_be_said_about_it(language: str, book: ClientBook):
    with in_language(language):
        said = set()
        for name in NAMES:
            for path in (["good"] * 6, ["medium"] * 6, ["bad"] * 6, ["red"]):
                scene = play(meet(name, book, 1), path)
                table = transcript(scene)
                assert table["feedback"].str.len().min() > 10
                assert verdict(scene).count(str(scene.score))
                said |= set(table["fault"]) - {""}
        assert said == set(FAULTS)


def test_moves_kept_as_data_play_again_to_the_same_end(book: ClientBook):
    scene = say(choose(meet("o05", book, 3), "good"), "我明白，单笔小就吃亏")
    scene = choose(scene, "bad")
    again = replay(meet("o05", book, 3), [reply.move for reply in scene.replies])
    assert again == scene


def test_one_changed_rule_moves_the_figures_and_the_words(book: ClientBook):
    rules = read_rules().changed("tariff", [{"assets": 0, "traded": 0, "rate": 0.12}])
    before, after = meet("o03", book, 1), open_dialogue("o03", book, 1, rules)
    assert before.figures.values["published"] != after.figures.values["published"] == 0.12
    handling = read_rules().changed("fee.handling.SH", 0.05)
    assert open_dialogue("o13", book, 1, handling).figures.slots()["collected"] == "0.07"
    with in_language("en"):
        good = dict(choose(after, "good").options())["good"]
    assert "0.12" in good
    cheaper = read_rules().changed("commission.minimum", 3)
    with in_language("en"):
        assert "the minimum of CNY 3" in open_dialogue("o05", book, 1, cheaper).client_says


@pytest.mark.parametrize("language", LANGUAGES)
def test_assumptions_behind_the_figures_are_told(language: str, book: ClientBook):
    with in_language(language):
        notes = meet("o01", book, 1).notes()
    assert len(notes) == 2


@settings(max_examples=40)
@given(words=st.text(min_size=1, max_size=80))
def test_anything_can_be_said(words: str):
    scene = meet("o01", _small_book(), 1)
    if words.strip():
        assert say(scene, words).replies
    else:
        with pytest.raises(CrmkitError):
            say(scene, words)


_BOOKS: dict[str, ClientBook] = {}


def _small_book() -> ClientBook:
    if not _BOOKS:
        _BOOKS["small"] = make_book(n=300, seed=1, as_of="2026-06-30", months=13)
    return _BOOKS["small"]


def test_what_cannot_be_is_said_in_a_sentence(book: ClientBook):
    scene = meet("o01", book, 1)
    for act, key in (
        (lambda: open_dialogue("o99", book, 1), "dialogue.unknown"),
        (lambda: choose(scene, "best"), "dialogue.no_option"),
        (lambda: open_dialogue("o01", make_book(n=3, seed=1, as_of="2026-06-30", months=3), 1),
         "dialogue.nobody"),
    ):  # fmt: skip
        with pytest.raises(CrmkitError) as caught:
            act()
        assert caught.value.key == key


def _content() -> dict:
    line = {"zh": "一句", "en": "a line"}
    turn = {"client": line, "good": line, "medium": line, "bad": {**line, "fault": "shrug"},
            "red": {**line, "rule": "rebate"}}  # fmt: skip
    return {"id": "o16", "client": "price", "mood": 50, "price_sensitivity": 0.5, "title": line,
            "principle": "S14", "comparator": line, "turn": [turn] * 4}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"turn": _content()["turn"][:3]}, "4 to 6 turns"),
        ({"turn": _content()["turn"] * 2}, "4 to 6 turns"),
        ({"turn": [*_content()["turn"], _content()["turn"][0]]}, "wants, some of"),
        ({"turn": [{**_content()["turn"][0], "wants": ["charm"]}] * 4}, "wants, some of"),
        ({"turn": [_content()["turn"][0] | {"wants": ["empathy"]}] * 4}, "turns that ask for"),
        ({"client": "stranger"}, "client one of"),
        ({"mood": 0}, "mood"),
        ({"price_sensitivity": 2}, "price_sensitivity"),
        ({"title": {"zh": "只有中文"}}, "both languages"),
        ({"turn": [{"client": {"zh": "一句", "en": "a line"}}] * 4}, "client and"),
        ({"turn": [{**_content()["turn"][0], "bad": {"zh": "a", "en": "a"}}] * 4}, "fault"),
    ],
)  # fmt: skip
def test_an_author_is_told_what_a_data_file_lacks(change: dict, said: str):
    content = {**_content(), **change}
    if not said:
        assert read_dialogue(content, "o16.toml").id == "o16"
        return
    with pytest.raises(ValueError, match=said):
        read_dialogue(content, "o16.toml")


def test_at_the_end_the_client_s_secrets_are_told(book: ClientBook):
    with in_language("en"):
        end = verdict(play(meet("o01", book, 1), ["good"] * 4))
    assert "one in ten thousand" in end and "mood of 60" in end


def test_the_pass_mark_is_the_course_s():
    assert PASS == 70
