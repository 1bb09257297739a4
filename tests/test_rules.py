"""Rules hold from their day on, say how far to trust them, and take a firm's own file."""

from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest

from crmkit.errors import CrmkitError
from crmkit.rules import STALE_DAYS, read_rules
from crmkit.words import LANGUAGES, in_language

RULES = read_rules()
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("name", RULES.versions)
def test_versions_follow_each_other_and_can_be_shown(name: str):
    versions = RULES.history(name)
    for earlier, later in pairwise(versions):
        assert earlier.effective_from < later.effective_from == earlier.superseded_on
    assert versions[-1].superseded_on is None
    for rule in versions:
        assert rule.checked_on <= TODAY
        for language in LANGUAGES:
            with in_language(language):
                assert rule.title and rule.shown() and rule.source


def test_a_rule_changes_on_its_day():
    duty = "fee.stamp_duty.sell"
    days = [date(2008, 4, 23), date(2008, 4, 24), date(2023, 8, 27), date(2023, 8, 28)]
    assert [RULES.value(duty, on) for on in days] == [3, 1, 1, 0.5]


def test_before_the_first_version_nothing_is_made_up():
    with pytest.raises(CrmkitError) as caught:
        RULES.at("fee.transfer.BJ", date(2021, 11, 14))
    assert caught.value.key == "rules.none_so_early"


def test_an_unknown_rule_is_refused():
    with pytest.raises(CrmkitError) as caught:
        RULES.at("fee.lunch", TODAY)
    assert caught.value.key == "rules.unknown"


def test_the_unverified_the_assumed_and_the_stale_say_so():
    checked = RULES.at("fee.stamp_duty.sell", TODAY)
    last_fresh = date.fromordinal(checked.checked_on.toordinal() + STALE_DAYS)
    assert checked.caveats(last_fresh) == []
    with in_language("en"):
        (stale,) = checked.caveats(date.fromordinal(last_fresh.toordinal() + 1))
        (open_question,) = RULES.at("commission.minimum", TODAY).caveats(TODAY)
        (assumed,) = RULES.at("tariff", TODAY).caveats(TODAY)
    assert stale.startswith("Check again") and "2026-11-01" in stale
    assert open_question.startswith("Not verified") and "CNY 5" in open_question
    assert assumed.startswith("Assumed")


def test_a_rule_read_for_a_time_before_it_says_so():
    rule = RULES.history("conduct.online")[-1]
    with in_language("en"):
        assert rule.caveats(date(2010, 6, 3))[-1].startswith("Not yet in force")
    assert rule.caveats(TODAY) == []


def test_caveats_of_several_rules_come_once_each():
    names = ["commission.minimum", "commission.minimum", "fee.regulatory"]
    assert len(RULES.caveats(names, TODAY, TODAY)) == 1


def firm_file(folder: Path, text: str) -> Path:
    path = folder / "firm.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_firm_s_figure_holds_from_its_day_and_needs_no_caveat(tmp_path: Path):
    path = firm_file(
        tmp_path,
        '[commission.minimum]\nvalue = 0.1\neffective_from = 2026-01-01\nsource = "T 2026"\n',
    )
    rules = read_rules(path)
    assert rules.value("commission.minimum", date(2025, 12, 31)) == 5
    own = rules.at("commission.minimum", date(2026, 1, 1))
    assert (own.value, own.status, own.source) == (0.1, "firm", "T 2026")
    assert own.caveats(date(2030, 1, 1)) == []
    assert rules.history("commission.minimum")[0].superseded_on == date(2026, 1, 1)
    assert RULES.value("commission.minimum", TODAY) == 5


def test_without_a_day_a_firm_s_figure_holds_throughout(tmp_path: Path):
    rules = read_rules(firm_file(tmp_path, '[contact.quiet]\nvalue = ["20:00", "10:00"]\n'))
    assert rules.value("contact.quiet", date(2010, 6, 3)) == (time(20), time(10))
    assert rules.at("contact.quiet", TODAY).source == "firm.toml"


TARIFF = "[tariff]\nvalue = [{assets = 0, traded = 0, rate = 0.3}, {assets = 5, traded = 5, rate = "


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[commission\n", "rules.not_toml"),
        ("[commission.maximum]\nvalue = 1\n", "rules.unknown"),
        ("[fee.stamp_duty.sell]\nvalue = 0\n", "rules.not_the_firm_s"),
        ("[commission]\nminimum = 5\n", "rules.no_value"),
        ('[commission.minimum]\nvalue = "5"\n', "rules.bad_value"),
        ("[commission.minimum]\nvalue = -5\n", "rules.bad_value"),
        ("[commission.minimum]\nvalue = true\n", "rules.bad_value"),
        ("[commission.minimum]\nvalue = nan\n", "rules.bad_value"),
        ("[commission.minimum]\nvalue = 0.001\n", "rules.bad_value"),
        ("[commission.minimum]\nvalue = 5\neffective_from = 2026\n", "rules.bad_field"),
        ("[commission.minimum]\nvalue = 5\nstatus = 'verified'\n", "rules.bad_field"),
        ('[contact.quiet]\nvalue = ["21:00"]\n', "rules.bad_value"),
        ('[contact.quiet]\nvalue = ["21:00", "21:00"]\n', "rules.bad_value"),
        ('[contact.quiet]\nvalue = ["9pm", "9am"]\n', "rules.bad_value"),
        ("[contact.quiet]\nvalue = 21\n", "rules.bad_value"),
        ("[gift.limit]\nvalue = 'a pen'\n", "rules.bad_value"),
        ("[pay.payout]\nvalue = 30\n", "rules.bad_value"),
        ("[contact.per_week]\nvalue = 1.5\n", "rules.bad_value"),
        ("[tariff]\nvalue = []\n", "rules.bad_value"),
        ("[tariff]\nvalue = [{assets = 1, traded = 0, rate = 0.3}]\n", "rules.bad_value"),
        ("[tariff]\nvalue = [{assets = 0, rate = 0.3}]\n", "rules.bad_value"),
        (TARIFF + "0.4}]\n", "rules.bad_value"),
        (TARIFF + "0.1234567}]\n", "rules.bad_value"),
        ("[suitability.bands]\nvalue = {C1 = 0, C2 = 9}\n", "rules.bad_value"),
        (
            "[suitability.table]\nvalue = {C1=['R2'], C2=['R1'], C3=[], C4=[], C5=[]}\n",
            "rules.bad_value",
        ),
    ],
)
def test_a_firm_s_file_is_checked_entry_by_entry(tmp_path: Path, text: str, key: str):
    with pytest.raises(CrmkitError) as caught:
        read_rules(firm_file(tmp_path, text))
    assert caught.value.key == key
    assert "firm.toml" in caught.value.where


def test_a_missing_file_is_said(tmp_path: Path):
    with pytest.raises(CrmkitError) as caught:
        read_rules(tmp_path / "no.toml")
    assert caught.value.key == "book.not_found"


def test_changing_a_rule_leaves_the_original_alone():
    dearer = RULES.changed("fee.stamp_duty.sell", 1)
    assert dearer.value("fee.stamp_duty.sell", TODAY) == 1
    assert dearer.value("fee.stamp_duty.sell", date(2020, 1, 1)) == 1
    assert RULES.value("fee.stamp_duty.sell", TODAY) == 0.5


def test_only_what_a_firm_decides_may_be_changed_by_it():
    own = {name for name, versions in RULES.versions.items() if versions[0].firm_sets}
    assert {"tariff", "commission.minimum", "contact.quiet", "gift.limit"} <= own
    assert not any(name.startswith(("fee.", "conduct.", "data.")) for name in own)
