"""Fees and rules from the command line."""

import json

import pytest

from crmkit.cli import main
from crmkit.words import LANGUAGES

SALE = ["fees", "--amount", "100000", "--rate", "0.25", "--side", "sell", "--market", "SH",
        "--quote", "all-in", "--on", "2026-06-30"]  # fmt: skip


def run_json(capfd, *words: str) -> dict:
    assert main([*words, "--json"]) == 0
    return json.loads(capfd.readouterr().out)


def test_a_sale_of_a_hundred_thousand(capfd):
    found = run_json(capfd, *SALE)
    parts = ("commission", "stamp_duty", "transfer", "handling", "regulatory", "total")
    assert [found[part] for part in parts] == [25.0, 50.0, 1.0, 3.41, 2.0, 76.0]
    assert found["contained"] == ["handling", "regulatory"]


def test_a_round_trip_costs_102(capfd):
    bought = run_json(capfd, *SALE, "--side", "buy")
    assert bought["total"] + run_json(capfd, *SALE)["total"] == 102.0


def test_a_net_quote_has_the_collected_fees_on_top(capfd):
    found = run_json(capfd, *SALE, "--quote", "net")
    assert (found["total"], found["contained"]) == (81.41, [])


def test_a_firm_s_minimum_counts(capfd, tmp_path):
    firm = tmp_path / "firm.toml"
    firm.write_text("[commission.minimum]\nvalue = 0\n", encoding="utf-8")
    words = ["fees", "--amount", "1000", "--rate", "0.25", "--on", "2026-06-30"]
    assert run_json(capfd, *words)["commission"] == 5.0
    found = run_json(capfd, *words, "--rules", str(firm))
    assert (found["commission"], found["notes"]) == (0.25, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_is_not_verified(capfd, language: str):
    assert main([*SALE, "--lang", language]) == 0
    page = capfd.readouterr().out
    assert "76" in page
    assert ("未经核实" if language == "zh" else "Not verified") in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--amount", "nan", "--rate", "0.25"], "nan"),
        (["--amount", "1.005", "--rate", "0.25"], "1.005"),
        (["--amount", "0", "--rate", "0.25"], "amount"),
        (["--amount", "-5", "--rate", "0.25"], "the amount cannot be -5.0"),
        (["--amount", "100", "--rate", "0.25", "--shares", "-1"], "shares cannot be -1"),
        (["--amount", "100", "--rate", "0.25", "--shares", "0"], "shares cannot be 0"),
        (["--amount", "100", "--rate", "-1"], "rate"),
        (["--amount", "100", "--rate", "0.25", "--market", "HK"], "HK"),
        (["--amount", "100", "--rate", "0.25", "--on", "2015-07-31"], "--shares"),
        (["--amount", "100", "--rate", "0.25", "--on", "1999-01-01"], "1999-01-01"),
        (["--rate", "0.25"], "--amount"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(capfd, words: list[str], said: str):
    assert main(["fees", *words, "--lang", "en"]) == 2
    seen = capfd.readouterr()
    assert said in seen.err and "Traceback" not in seen.err and not seen.out
    assert "trade 1" not in seen.err


def test_rules_are_listed_for_a_day_and_for_a_name(capfd):
    listed = {
        rule["name"]: rule for rule in run_json(capfd, "rules", "--on", "2010-06-03")["rules"]
    }
    assert listed["fee.stamp_duty.sell"]["superseded_on"] == "2023-08-28"
    assert "fee.handling.BJ" not in listed
    history = run_json(capfd, "rules", "fee.stamp_duty.sell")["rules"]
    assert [rule["effective_from"] for rule in history][-1] == "2023-08-28"
    assert all(rule["source"] and rule["status"] for rule in listed.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_rules_is_whole(capfd, language: str):
    assert main(["rules", "fee.handling.SH", "--lang", language]) == 0
    assert "2012-09-01" in capfd.readouterr().out
    assert main(["rules", "no.such", "--lang", language]) == 2
    assert "no.such" in capfd.readouterr().err
