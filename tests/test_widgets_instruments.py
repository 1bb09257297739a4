"""The instruments of a lesson, driven as a browser drives them: by picks."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pandas as pd
import pytest

from crmkit.analysis.knowing import areas, completeness
from crmkit.book.book import ClientBook, make_client_book
from crmkit.conduct.suitability import assess, questionnaire
from crmkit.planning.touches import touches
from crmkit.widgets import (
    Board,
    BookBrowser,
    CardSorter,
    Questionnaire,
    Slider,
    Sliders,
    TouchTracker,
    motive_tagger,
    profile_card,
)
from crmkit.widgets.days import Days
from crmkit.widgets.sorter import Sorter
from crmkit.words import LANGUAGES, in_language, labels, t

MONDAY = date(2026, 9, 7)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


@pytest.fixture
def book() -> ClientBook:
    ids = [f"13{n:03d}" for n in range(25)]
    client = pd.DataFrame(
        {
            "client_id": ids,
            "name": ["王小明"] * 13 + ["李丽"] * 12,
            "stage": ["new"] * 5 + ["existing"] * 20,
            "risk_level": ["C3"] * 24 + [None],
        }
    )
    account = pd.DataFrame(
        {
            "account_id": [*ids, "extra"],
            "client_id": [*ids, ids[0]],
            "assets": [n * 1_000_000 for n in range(1, 27)],
            "commission_rate": 0.3,
        }
    )
    return make_client_book(date(2026, 6, 30), client=client, account=account)


def rows(browser: BookBrowser) -> list[str]:
    return browser.found()["client_id"].tolist()


def test_a_busy_kernel_misses_no_pick_and_acts_on_none_twice() -> None:
    chosen: list[str] = []
    board = Board(lambda: "", chosen.append)
    board.wire.value = json.dumps([[5, "a"], [6, "b"]])
    board.wire.value = json.dumps([[5, "a"], [6, "b"], [7, "b"], [8, "c"]])
    assert chosen == ["a", "b", "b", "c"]


@pytest.mark.parametrize("garbage", ["{", "[1]", "null", '[["x", 1]]', "[[1]]", "[[1, 2, 3]]"])
def test_what_is_no_pick_is_not_acted_on(garbage: str) -> None:
    board = Board(lambda: "", lambda word: pytest.fail(word))
    board.wire.value = garbage


def test_browser_lists_filters_searches_and_sorts(book: ClientBook, language: str) -> None:
    browser = BookBrowser(book)
    assert "王小明" not in browser.board.html
    assert t("instruments.browser.found", found=25, all=25) in browser.board.html
    browser.board.pick("code:stage=new")
    assert rows(browser) == [f"13{n:03d}" for n in range(5)]
    browser.board.pick("sort:assets")
    assert rows(browser) == ["13000", "13004", "13003", "13002", "13001"]
    browser.board.pick("sort:assets")
    assert rows(browser)[-1] == "13000"
    browser.board.pick("code:stage=")
    browser.search.value = "13024"
    assert rows(browser) == ["13024"]
    browser.search.value = "("
    assert rows(browser) == []


def test_browser_turns_pages_and_stops_at_both_ends(book: ClientBook) -> None:
    browser = BookBrowser(book, rows=10)
    for way in ("next", "next", "next", "next"):
        browser.board.pick(f"page:{way}")
    assert "3 / 3" in browser.board.html
    assert browser.board.html.count('data-pick="row:') == 5
    for _ in range(5):
        browser.board.pick("page:back")
    assert "1 / 3" in browser.board.html


def test_browser_shows_the_card_of_whoever_is_chosen(book: ClientBook, language: str) -> None:
    browser = BookBrowser(book)
    browser.board.pick("row:13000")
    assert "王** 13000" in browser.board.html
    with_two_accounts = pd.Series([27_000_000]).div(1_000_000).iloc[0]
    assert f"<dd>{with_two_accounts:g}</dd>" in browser.board.html
    browser.board.pick("sort:nonsense")
    browser.board.pick("nonsense")
    assert "王** 13000" in browser.board.html


def test_profile_is_as_complete_as_the_mean_of_its_parts() -> None:
    everything = {field: "x" for fields in areas().values() for field in fields}
    assert completeness(everything) == dict.fromkeys([*areas(), "total"], 1.0)
    assert completeness({})["total"] == 0
    for area, fields in areas().items():
        without = {field: value for field, value in everything.items() if field not in fields}
        assert completeness(without) == {**dict.fromkeys([*areas(), "total"], 1.0), area: 0.0,
                                         "total": 0.8}  # fmt: skip


def test_card_names_what_is_not_known_yet(language: str) -> None:
    card = profile_card({"name": "王*", "risk_level": "C3"})
    assert repr(card) == "ProfileCard(王*)"
    missing = t("instruments.profile.missing")
    assert card.html.count(f">{missing}<") == sum(map(len, areas().values())) - 2


def test_sorter_takes_up_the_next_card_and_lets_one_be_moved() -> None:
    heard: list[dict[str, str]] = []
    sorter = Sorter(dict.fromkeys("abc", ""), {"x": "X", "y": "Y"}, heard.append)
    for word in ("box:x", "card:b>y", "box:y"):
        sorter.board.pick(word)
    assert heard[-1] == {"a": "x", "b": "y", "c": "y"}
    assert sorter.on_top == ""
    sorter.board.pick("box:x")
    assert heard[-1] == {"a": "x", "b": "y", "c": "y"}
    sorter.board.pick("card:a")
    sorter.board.pick("box:y")
    assert heard[-1] == {"a": "y", "b": "y", "c": "y"}


def test_sorter_takes_no_other_box_and_no_other_card() -> None:
    sorter = Sorter({"a": ""}, {"x": "X"}, lambda _: pytest.fail("moved"))
    for word in ("box:z", "card:q", "card:q>z", "box:", "", ">x:"):
        sorter.board.pick(word)
    sorter.show({"a": "z", "q": "x"})
    assert sorter.lies == {}


def test_card_sorter_says_where_a_card_belongs_and_why(language: str) -> None:
    boxes = labels("value", "prospect", "new")
    cards = CardSorter({"1": "one <b>"}, boxes, {"1": "new"}, {"1": "because"})
    cards.put("1", "prospect")
    said = unescape(cards.said.html)
    assert t("instruments.sorter.no", card="1", box=boxes["new"]) in said
    assert "because" in said
    cards.put("1", "new")
    assert t("instruments.sorter.yes", card="1", box=boxes["new"]) in unescape(cards.said.html)
    assert "one &lt;b&gt;" in cards.said.html


def test_motives_are_marked_by_the_words_that_show_them(language: str) -> None:
    tagger = motive_tagger({"q": "all my colleagues bought"}, {"q": "status"},
                           evidence={"q": ["colleagues"]})  # fmt: skip
    assert all(t(f"value.{motive}") in tagger.sorter.board.html
               for motive in ("return", "rules", "habit", "status", "emotion"))  # fmt: skip
    tagger.put("q", "status")
    assert "<mark>colleagues</mark>" in tagger.said.html


def test_questionnaire_gives_the_level_the_rules_give(language: str) -> None:
    asked = Questionnaire(MONDAY)
    for item in questionnaire()[:-1]:
        asked.board.pick(f"{item.id}={item.options[-1].id}")
    assert t("instruments.risk.left", left=1) in asked.board.html
    last = questionnaire()[-1]
    asked.board.pick(f"{last.id}={last.options[0].id}")
    found = assess(asked.answers, MONDAY)
    assert t("instruments.risk.level", level=found.level) in asked.board.html
    assert (t("instruments.risk.lowest") in unescape(asked.board.html)) == found.lowest
    asked.board.pick("clear")
    assert asked.answers == {}


def test_contact_counts_once_everything_about_it_is_chosen() -> None:
    heard: list[list[dict[str, str]]] = []
    days = {MONDAY + timedelta(days=n): str(n) for n in range(14)}
    fields = {"channel": ("How", {"call": "Call"}), "reason": ("Why", {"tea": "Tea"})}
    calendar = Days(days, fields, heard.append, most=2)
    calendar.board.pick("day:2026-09-10")
    calendar.board.pick("set:channel=call")
    assert heard == []
    calendar.board.pick("set:reason=tea")
    whole = {"day": "2026-09-10", "channel": "call", "reason": "tea"}
    assert heard[-1] == [whole]
    for day in ("2026-09-08", "2026-09-09", "2026-12-01"):
        calendar.board.pick(f"day:{day}")
    assert [contact["day"] for contact in calendar.contacts] == ["2026-09-10", "2026-09-08"]
    calendar.board.pick("remove:")
    calendar.board.pick("day:2026-09-10")
    calendar.board.pick("remove:")
    assert heard[-1] == []


def test_two_contacts_on_one_day_are_opened_in_turn() -> None:
    calendar = Days({MONDAY: "m"}, {"channel": ("How", {"call": "Call", "sms": "Text"})},
                    lambda _: None)  # fmt: skip
    for word in ("day:2026-09-07", "set:channel=call", "add:2026-09-07", "set:channel=sms"):
        calendar.board.pick(word)
    assert [contact["channel"] for contact in calendar.complete()] == ["call", "sms"]
    calendar.board.pick("day:2026-09-07")
    assert calendar.open == {"day": "2026-09-07", "channel": "call"}


def test_holidays_stand_out(language: str) -> None:
    days = {date(2026, 9, 28) + timedelta(days=n): "" for n in range(14)}
    html = Days(days, {}, lambda _: None).board.html
    assert html.count(f"<em>{t('instruments.days.holiday')}</em>") == 5
    assert html.count("crm-closed") == 5 + 4


def test_tracker_counts_channels_and_days_between(language: str) -> None:
    tracker = TouchTracker(MONDAY, 6, {"tea": "Tea", "feast": "Feast"})
    for day, channel in (("07", "visit"), ("15", "call"), ("18", "call")):
        for word in (f"day:2026-09-{day}", f"set:channel={channel}", "set:reason=tea"):
            tracker.days.board.pick(word)
    said = unescape(tracker.dots.html)
    assert tracker.dots.html.count("crm-full") == 3
    assert t("instruments.touches.channels", count=2, due=3) in said
    assert t("instruments.touches.gap", gap=3, due=5) in said
    assert t("instruments.touches.repeated", count=2) in said
    assert set(tracker.days.marks) == {"2026-09-18"}


def test_no_touches_is_a_plan_too() -> None:
    nothing = touches([])
    assert (nothing.count, nothing.gap, nothing.crowded) == (0, None, frozenset())


def test_sliders_draw_and_speak_and_go_back(language: str) -> None:
    drawn: list[float] = []

    def say(a: float) -> str:
        drawn.append(a)
        return f"{a:g} times"

    sliders = Sliders({"a": Slider("widgets.turnover_cut", (1, 2, 3), 2)}, say=say)
    sliders.rails.move(a=2.9)
    assert sliders.said.value == "3 times"
    late = sliders.rails.controls["a"]
    sliders.reset.click()
    assert sliders.said.value == "2 times"
    late.value = 1  # a place that the browser had held back
    assert sliders.said.value == "2 times"
    assert repr(sliders) == "Sliders(a)"


def test_instruments_have_a_name_that_never_changes_and_a_still(language: str) -> None:
    for instrument in (
        Questionnaire(MONDAY),
        TouchTracker(MONDAY),
        CardSorter({"1": "a"}, {"x": "X"}),
    ):
        shown = instrument._repr_mimebundle_()
        assert shown["text/plain"] == repr(instrument)
        assert "data-pick" in shown["text/html"]
