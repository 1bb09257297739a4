from datetime import time
from pathlib import Path

import pytest

from crmkit.book.schema import CHANNELS, TIERS
from crmkit.errors import CrmkitError
from crmkit.planning.cadence import load_rules, rules_table
from crmkit.rules import read_rules
from crmkit.words import in_language


def firm(folder: Path, text: str) -> Path:
    path = folder / "firm.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_tier_and_channel_has_its_rules():
    rules = load_rules()
    assert tuple(rules.tier) == TIERS
    assert tuple(rules.minutes) == CHANNELS
    assert all(rule.spacing_days <= rule.cadence_days for rule in rules.tier.values())


def test_every_default_says_in_both_languages_where_it_comes_from():
    for name, origin in load_rules().origin.items():
        assert origin.basis in ("deck", "course", "rule", "assumption"), name
        assert origin.zh and origin.en, name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_of_rules_has_a_name_and_a_value_for_each(language: str):
    with in_language(language):
        table = rules_table(load_rules())
    assert len(table) == len(load_rules().origin)
    assert not table["rule"].duplicated().any()
    assert (table != "").all(axis=None)


def test_a_value_is_shown_as_people_write_it():
    with in_language("en"):
        shown = rules_table(load_rules()).set_index("rule")["value"]
    assert shown["tier A: channels, best first"] == "call, WeChat, text message"
    assert shown["Working hours"] == "09:00–12:00, 13:30–18:00"
    assert shown["Quiet hours"] == "21:00–09:00"


def test_a_firm_s_file_replaces_what_it_names_and_nothing_else(tmp_path: Path):
    rules = load_rules(firm(tmp_path, "[tier.A]\ncadence_days = 10\n[minutes]\ncall = 15\n"))
    assert (rules.tier["A"].cadence_days, rules.minutes["call"]) == (10, 15)
    assert rules.tier["A"].grace_days == load_rules().tier["A"].grace_days
    assert rules.origin["tier.A.cadence_days"].basis == "firm"
    assert rules.origin["tier.B.cadence_days"].basis == "assumption"


def test_a_firm_may_give_its_reason(tmp_path: Path):
    text = '[minutes]\ncall = { value = 15, zh = "录音", en = "recorded" }\n'
    origin = load_rules(firm(tmp_path, text)).origin["minutes.call"]
    assert (origin.value, origin.basis, origin.zh, origin.en) == (15, "firm", "录音", "recorded")


def test_a_file_saved_by_windows_notepad_is_read(tmp_path: Path):
    path = tmp_path / "firm.toml"
    path.write_bytes("[minutes]\r\ncall = 15\r\n".encode("utf-8-sig"))
    assert load_rules(path).minutes["call"] == 15


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("[tier.A\n", "planning.rules_not_toml", "firm.toml"),
        ("[tier.E]\ncadence_days = 3\n", "planning.rules_unknown", "tier.E.cadence_days"),
        ("[tier]\nA = 3\n", "planning.rules_unknown", "tier.A"),
        ("[tier.A]\ncadence_days = 0\n", "planning.rules_value", "tier.A.cadence_days"),
        ("[tier.A]\ncadence_days = 7.5\n", "planning.rules_value", "7.5"),
        ("[tier.A]\ncadence_days = true\n", "planning.rules_value", "True"),
        ('[tier.A]\nchannels = ["fax"]\n', "planning.rules_value", "fax"),
        ('[tier.A]\nchannels = ["call", "call"]\n', "planning.rules_value", "call"),
        ("[tier.A]\nchannels = []\n", "planning.rules_value", "tier.A.channels"),
        ('[tier.A]\nchannels = "call"\n', "planning.rules_value", "tier.A.channels"),
        ('[tier.A]\ndeepen_channel = "lunch"\n', "planning.rules_value", "lunch"),
        ("[tier.A]\nspacing_days = 8\n", "planning.rules_spacing", "tier.A.spacing_days"),
        ('[day]\nquiet = ["21:00"]\n', "planning.rules_value", "day.quiet"),
        ('[day]\nquiet = ["9am", "9pm"]\n', "planning.rules_value", "day.quiet"),
        ("[day]\nwindows = []\n", "planning.rules_value", "day.windows"),
        (
            '[day]\nwindows = [["13:00", "18:00"], ["09:00", "12:00"]]\n',
            "planning.rules_value",
            "day.windows",
        ),
        ('[day]\nquiet = ["08:00", "19:00"]\n', "planning.rules_no_time", "day.quiet"),
    ],
)
def test_what_cannot_be_a_rule_is_named(tmp_path: Path, text: str, key: str, named: str):
    with pytest.raises(CrmkitError) as caught:
        load_rules(firm(tmp_path, text))
    assert caught.value.key == key
    assert named in str(caught.value)


def test_a_file_in_another_encoding_is_an_error_with_advice(tmp_path: Path):
    path = tmp_path / "firm.toml"
    path.write_bytes("# 规则\n".encode("gb18030"))
    with pytest.raises(CrmkitError) as caught:
        load_rules(path)
    assert caught.value.key == "planning.rules_not_toml"


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(CrmkitError) as caught:
        load_rules(tmp_path / "none.toml")
    assert caught.value.key == "book.not_found"


@pytest.mark.parametrize(
    ("quiet", "hours"),
    [
        (("21:00", "09:00"), [(540, 720), (810, 1080)]),
        (("12:30", "14:00"), [(540, 720), (840, 1080)]),
        (("17:00", "10:00"), [(600, 720), (810, 1020)]),
        (("10:00", "11:00"), [(540, 600), (660, 720), (810, 1080)]),
    ],
)
def test_quiet_hours_are_cut_out_of_the_working_hours(
    tmp_path: Path, quiet: tuple[str, str], hours: list[tuple[int, int]]
):
    text = f'[day]\nquiet = ["{quiet[0]}", "{quiet[1]}"]\n'
    rules = load_rules(firm(tmp_path, text))
    assert rules.open_hours() == hours
    assert rules.minutes_per_day() == sum(closes - opens for opens, closes in hours)
    assert rules.quiet == tuple(time.fromisoformat(clock) for clock in quiet)


@pytest.mark.parametrize("page", ["planning.md", "planning.zh-CN.md"])
def test_the_rules_shown_in_the_manual_can_be_used(tmp_path: Path, page: str):
    manual = Path(__file__).parent.parent / "docs" / page
    _, _, block = manual.read_text(encoding="utf-8").partition("```toml\n")
    rules = load_rules(firm(tmp_path, block.partition("```")[0]))
    assert rules.origin["tier.A.deepen_days"].basis == "firm"
    assert rules.minutes["call"] == 15


def test_what_a_dated_rule_holds_is_not_stated_twice(monkeypatch: pytest.MonkeyPatch):
    changed = (
        read_rules().changed("contact.per_week", 1).changed("contact.quiet", ["20:00", "08:00"])
    )
    monkeypatch.setattr("crmkit.planning.cadence.read_rules", lambda: changed)
    rules = load_rules()
    assert (rules.week_most, rules.quiet) == (1, (time(20), time(8)))


def test_a_firm_may_call_quiet_hours_and_contacts_a_week_as_the_dated_rules_do(tmp_path: Path):
    text = '[contact.quiet]\nvalue = ["20:30", "09:00"]\n[contact.per_week]\nvalue = 1\n'
    path = firm(tmp_path, text)
    rules, dated = load_rules(path), read_rules(path)
    assert (rules.quiet, rules.week_most) == ((time(20, 30), time(9)), 1)
    assert rules.quiet == dated.history("contact.quiet")[-1].value
    assert rules.origin["day.week_most"].basis == "firm"
    with pytest.raises(CrmkitError) as caught:
        load_rules(firm(tmp_path, "[contact.per_week]\nvalue = 9\n"))
    assert caught.value.key == "planning.rules_value"
