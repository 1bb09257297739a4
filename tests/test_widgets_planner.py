"""The planner on the screen, driven as clicks, keys and drags drive it."""

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pandas as pd
import pytest

from crmkit.book.codes import word_for
from crmkit.book.schema import CHANNELS
from crmkit.errors import CrmkitError
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.cadence import Rules, load_rules
from crmkit.planning.game import class_agenda, class_book
from crmkit.planning.judgements import stake
from crmkit.planning.plan import Plan
from crmkit.widgets import ClassWeek, Judgements, Planner
from crmkit.words import in_language, t


@cache
def week() -> tuple[Agenda, dict[str, str]]:
    with in_language("zh"):
        return class_agenda(seed=1)


class Asked:
    """Whoever makes the plan: remembers what was asked and gives the same plan back."""

    def __init__(self) -> None:
        self.pins: list[pd.DataFrame] = []

    def __call__(self, pins: pd.DataFrame, before: Agenda) -> Agenda:
        self.pins.append(pins)
        return before


def planner() -> Planner:
    return Planner(*week(), Asked())


def spot(place: int) -> tuple[str, str]:
    row = week()[0].contacts.iloc[place]
    return row["client_id"], f"{row['date']:%Y-%m-%d}"


def other_day(day: str) -> str:
    return next(str(d) for d in week()[0].days if str(d) != day)


def listed(screen: Planner) -> list[list[str]]:
    pins = screen.wishes()
    return [[row.client_id, f"{row.date:%Y-%m-%d}", str(row.pin)] for row in pins.itertuples()]


class Buttons(HTMLParser):
    """Every button that can be pressed, and everything that is said."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.picks: list[str] = []
        self.said = ""
        self.drops: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "button":
            self.picks.append(str(found["data-pick"]))
        if "data-drop" in found:
            self.drops.append(str(found["data-drop"]))

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_day_and_every_contact_of_the_open_day_can_be_pressed(spoken: str) -> None:
    with in_language(spoken):
        screen = planner()
        agenda = screen.agenda
        for day in agenda.days:
            screen.board.pick(f"day:{day}")
            found = Buttons(screen.board.html)
            assert {f"day:{d}" for d in agenda.days} <= set(found.picks)
            assert found.drops == [f"day:{d}" for d in agenda.days]
            today = agenda.contacts[agenda.contacts["date"] == pd.Timestamp(day)]
            assert {f"open:{c}@{day}" for c in today["client_id"]} <= set(found.picks)
            assert all(screen.names[c] in found.said for c in today["client_id"])


def test_a_contact_shows_its_reasons_and_closes_again() -> None:
    screen = planner()
    client_id, day = spot(0)
    screen.board.pick(f"open:{client_id}@{day}")
    row = screen.agenda.contacts.iloc[0]
    said = Buttons(screen.board.html).said
    assert all(row[name] in said for name in ("reason", "why_today", "why_channel", "talk"))
    screen.board.pick(f"open:{client_id}@{day}")
    assert row["talk"] not in Buttons(screen.board.html).said


def test_dragging_and_pressing_ask_for_the_same() -> None:
    client_id, day = spot(0)
    new = other_day(day)
    dragged, pressed = planner(), planner()
    dragged.board.pick(f"open:{client_id}@{day}>day:{new}")
    pressed.board.pick(f"open:{client_id}@{day}")
    pressed.board.pick(f"to:{new}")
    assert listed(dragged) == listed(pressed)
    assert sorted(listed(dragged)) == sorted(
        [[client_id, day, "kept_free"], [client_id, new, "fixed"]]
    )
    assert dragged.day.isoformat() == new


def test_keeping_leaving_out_and_taking_back() -> None:
    screen = planner()
    client_id, day = spot(0)
    screen.board.pick(f"open:{client_id}@{day}")
    screen.board.pick("keep")
    assert listed(screen) == [[client_id, day, "fixed"]]
    screen.board.pick("leave_out")
    assert listed(screen) == [[client_id, day, "kept_free"]]
    screen.board.pick(f"forget:{client_id}")
    assert screen.wishes().empty


def test_planning_again_hands_over_what_is_asked_and_shows_what_changed() -> None:
    asked = Asked()
    agenda, names = week()
    client_id, day = spot(0)
    changes = pd.DataFrame(
        [{"client_id": client_id, "tier": "A", "change": "cancelled", "old_date": pd.Timestamp(day),
          "old_channel": "call", "new_date": pd.NaT, "new_channel": None, "cause": "make_room"}]
    )  # fmt: skip
    screen = Planner(
        agenda, names, lambda pins, before: replace(asked(pins, before), changes=changes)
    )
    screen.board.pick(f"open:{client_id}@{day}")
    screen.board.pick("keep")
    screen.board.pick("replan")
    assert asked.pins[0]["pin"].tolist() == ["fixed"]
    said = Buttons(screen.board.html).said
    assert t("planner.changed", count=1) in said
    assert t("agenda.cause.make_room") in said and word_for("call") in said


@pytest.mark.parametrize("fails", [False, True])
def test_the_screen_says_that_it_works_only_while_it_works(fails: bool) -> None:
    seen = []

    def plan(pins: pd.DataFrame, before: Agenda) -> Agenda:
        seen.append(screen.board.html)
        if fails:
            raise CrmkitError("score.empty")
        return before

    screen = Planner(*week(), plan)
    screen.board.pick("replan")
    assert f"disabled>{t('planner.working')}" in seen[0]
    assert t("planner.working") not in screen.board.html
    assert "disabled" not in screen.board.html


def test_what_goes_wrong_is_a_sentence_on_the_screen() -> None:
    def fail(pins: pd.DataFrame, before: Agenda) -> Agenda:
        raise CrmkitError("planning.bad_days", days=0)

    screen = Planner(*week(), fail)
    screen.board.pick("replan")
    assert str(CrmkitError("planning.bad_days", days=0)) in Buttons(screen.board.html).said
    screen.board.pick(f"day:{screen.agenda.days[1]}")
    assert screen.problem == ""


@pytest.mark.parametrize(
    "word", ["", "to:2026-07-07", "keep", "open:nobody@2026-07-06", "day:x", "?>day:"]
)
def test_a_strange_pick_breaks_nothing(word: str) -> None:
    screen = planner()
    screen.board.pick(word)
    assert screen.wishes().empty
    assert Buttons(screen.board.html).picks


def test_names_that_look_like_tags_stay_names() -> None:
    agenda, names = week()
    screen = Planner(agenda, dict.fromkeys(names, "<b>x</b>"), Asked())
    assert "<b>x</b>" not in screen.board.html


# a week for a class


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_a_week_is_planned_by_dragging_or_by_keys_and_scored(spoken: str) -> None:
    with in_language(spoken):
        screen = ClassWeek(seed=1)
        people = [client.client_id for client in screen.agenda.plan.people]
        days = screen.agenda.days
        screen.board.pick(f"card:{people[0]}>day:{days[0]}")
        screen.board.pick(f"card:{people[1]}")
        screen.board.pick(f"to:{days[1]}")
        assert set(screen.contacts) == {(people[0], days[0]), (people[1], days[1])}
        screen.board.pick(f"open:{people[0]}@{days[0]}>day:{days[2]}")
        assert (people[0], days[2]) in screen.contacts
        screen.board.pick("set:sms")
        assert screen.contacts[people[0], days[2]] == "sms"
        screen.board.pick("score")
        assert screen.found is not None and t("score.band.D") in Buttons(screen.board.html).said
        screen.board.pick("out")
        assert len(screen.contacts) == 1 and screen.found is None
        screen.board.pick("clear")
        assert not screen.contacts


def test_the_best_week_has_full_marks_and_too_full_a_day_is_rejected() -> None:
    screen = ClassWeek(seed=1)
    for row, place in zip(*(screen.best.cells >= 0).nonzero(), strict=True):
        way = CHANNELS[screen.best.cells[row, place]]
        screen.contacts[screen.problem.clients[row], screen.agenda.days[place]] = way
    screen.board.pick("score")
    assert screen.found is not None and (screen.found.band, screen.found.losses) == ("A", ())
    assert t("score.nothing") in Buttons(screen.board.html).said
    for client_id in screen.problem.clients:
        screen.contacts[client_id, screen.agenda.days[0]] = "visit"
    screen.board.pick("score")
    assert screen.found.band == "rejected"
    assert "crm-too-much" in screen.board.html


@pytest.mark.parametrize("word", ["", "to:x", "set:call", "out", "card:nobody>day:2026-07-06"])
def test_a_strange_pick_leaves_the_week_alone(word: str) -> None:
    screen = ClassWeek(seed=1)
    screen.board.pick(word)
    assert not screen.contacts


@cache
def class_plan(answers: tuple[tuple[int, ...], ...]) -> Plan:
    """Return the plan of a tight fortnight by the answers for A, B, C and D."""
    book, tiers = class_book(1, {"A": 3, "B": 3, "C": 4, "D": 4})
    rules = load_rules()
    own = {t: replace(rules.tier[t], answers=a) for t, a in zip("ABCD", answers, strict=True)}
    rules = replace(rules, tier={**rules.tier, **own})
    return make_agenda(book, tiers, class_agenda(1)[0].start, 5, 20, rules=rules).plan


def planned(rules: Rules) -> Plan:
    return class_plan(tuple(rules.tier[tier].answers for tier in "ABCD"))


def test_answers_go_into_the_plan_and_out_again_for_a_firm(tmp_path):
    asked: list[Rules] = []

    def plan(rules: Rules) -> Plan:
        asked.append(rules)
        return planned(rules)

    judged = Judgements(plan)
    assert judged.answers() == {}
    judged.try_out()
    assert not asked and t("planner.judgements.same") in judged.said.value
    judged.tier.value = "B"
    judged.curves["B"].rails.move(none=20, more=118, most=110)
    assert judged.answers() == {"B": (20, 100, 118, 118)}
    judged.try_out()
    assert asked[0].tier["B"].answers == load_rules().tier["B"].answers
    assert asked[1].tier["B"].answers == (20, 100, 118, 118)
    assert asked[1].tier["A"] == asked[0].tier["A"]
    own = tmp_path / "own.toml"
    own.write_text(judged.said.value.split("<pre>")[1].split("</pre>")[0], encoding="utf-8")
    assert load_rules(own).tier["B"].answers == (20, 100, 118, 118)
    judged.curves["B"].reset.click()
    assert judged.answers() == {}


def test_what_hangs_on_answers_is_never_more_than_all():
    usual = planned(load_rules())
    assert stake(usual, usual).share == 1.0 and stake(usual, usual).moved == 0
    for answers in ((0, 100, 120, 150), (95, 100, 100, 100)):
        right = class_plan((answers,) * 4)
        found = stake(right, usual)
        assert 0.5 < found.share <= 1.0 and 0 <= found.moved <= found.contacts


def test_a_plan_that_cannot_be_made_is_a_sentence():
    def plan(rules: Rules) -> Plan:
        raise CrmkitError("game.too_large", clients=99, days=99)

    judged = Judgements(plan)
    judged.curves["A"].rails.move(none=0)
    judged.try_out()
    assert "99" in judged.said.value and "Traceback" not in judged.said.value
