"""One fee changed in the data file moves every number, sentence, question and figure on it."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from crmkit.book.ledger.amounts import rate_bounds
from crmkit.branch import history
from crmkit.branch.simulate import make_book
from crmkit.cli import main
from crmkit.course import Unit, mark, open_unit
from crmkit.course.roleplay import RolePlay
from crmkit.planning.cadence import load_rules
from crmkit.plots.prices import break_even_curve, fee_stack
from crmkit.pricing.fees import pass_through
from crmkit.rules import rulebook
from crmkit.widgets import tariff_table
from crmkit.words import LANGUAGES, glossary, in_language

ROOT = Path(__file__).parents[1]
RULES = ROOT / "crmkit/data/rules/cn_2026.toml"
AS_OF = date(2026, 6, 30)
SEED = 5
#: What is changed: the line of the data file that holds it, the old value, the new one.
CHANGES = {
    "regulatory": ("effective_from = 2012-09-01, value = 0.02,", "0.02,", "0.03,"),
    "minimum": ("effective_from = 2002-05-01, value = 5,", "5,", "6,"),
    "stamp_duty": ("effective_from = 2023-08-28, value = 0.5,", "0.5,", "0.4,"),
    "tariff": ("traded = 10_000_000, rate = 0.20", "0.20", "0.18"),
    "quiet": ('value = ["21:00", "09:00"]', "21:00", "20:00"),
}

Change = Callable[[str], None]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Return a function that rewrites one line of the data file, for one test."""

    def rewrite(name: str) -> None:
        line, old, new = CHANGES[name]
        text = RULES.read_text(encoding="utf-8")
        assert text.count(line) == 1
        changed = rulebook.rules_in(text.replace(line, line.replace(old, new)))
        monkeypatch.setattr(rulebook, "_market_rules", lambda: changed)
        history.levy.cache_clear()

    yield rewrite
    history.levy.cache_clear()


@cache
def before() -> Unit:
    return open_unit("l06", seed=SEED)


def said(unit: Unit) -> str:
    """Return everything that lesson 06 can say to a learner, in both languages."""
    found = []
    for language in LANGUAGES:
        with in_language(language):
            for asked in unit.questions.values():
                found += [
                    asked.say("prompt"),
                    *map(str, mark(asked, asked.key).explanation().values()),
                ]
                found += [option.label for option in asked.form().options]
                found += [asked.say(f"hint{n + 1}") for n in range(asked.hints)]
                for _, answer in asked.wrong_answers():
                    found += mark(asked, answer).explanation().values()
                if isinstance(asked, RolePlay):
                    found += [text for row in asked.worked().rows for text in row]
                    found += [text for _, text in asked.scene.options()]
            found.append(tariff_table(AS_OF).html)
    return "\n".join(found)


def run_fees(capfd: pytest.CaptureFixture[str]) -> dict:
    assert main(["fees", "--amount", "100000", "--rate", "0.25", "--side", "sell", "--market", "SH",
                 "--on", "2026-06-30", "--json"]) == 0  # fmt: skip
    return json.loads(capfd.readouterr().out)


def test_the_regulatory_fee_moves_numbers_words_questions_and_figures(change: Change, capfd):
    old_text, old = said(before()), before().question("l06-p3")
    assert "0.0541" in old_text and "0.0641" not in old_text
    old_parts = fee_stack(*before().practice.two_quotes).texts[0].get_text()
    change("regulatory")
    assert pass_through(AS_OF) == float(rate_bounds(AS_OF)[0]) == 0.0641
    assert run_fees(capfd)["regulatory"] == 3
    after = open_unit("l06", seed=SEED)
    new_text, new = said(after), after.question("l06-p3")
    assert "0.0641" in new_text and "0.0541" not in new_text
    assert old.slots["net"] != new.slots["net"] and old.say("prompt") != new.say("prompt")
    # what a rival's quote leaves out is part of the answer
    left_out = float(new.slots["collected"])
    assert new.key == pytest.approx(float(new.slots["net"]) + left_out)
    assert mark(new, new.key - 0.01).score == 0
    rival = fee_stack(*after.practice.two_quotes).texts[1].get_text()
    assert rival != old_parts
    curve = break_even_curve(0.3, 0.2, pass_through(AS_OF))
    assert any("0.0641" in line.get_label() for line in curve.lines)
    # and the same conversation still can be won
    talk = after.question("l06-o13")
    assert mark(talk, talk.key).score == 1


def test_the_least_commission_moves_books_conversations_and_notes(change: Change, capfd):
    old = said(before())
    assert "最低 5 元" in old and "minimum of CNY 5 " in old
    change("minimum")
    book = make_book(n=300, seed=1, as_of=AS_OF, months=3)
    assert set(book.account["minimum_fee"].dropna()) <= {0, 600}
    after = open_unit("l06", seed=SEED)
    new = said(after)
    assert "最低 6 元" in new and "minimum of CNY 6 " in new
    assert "最低 5 元" not in new and "minimum of CNY 5 " not in new
    with in_language("en"):
        assert any("CNY 6" in note for note in after.question("l06-o05").scene.notes())
    figures = after.question("l06-o05").scene.figures.values
    assert figures["least"] == pytest.approx(6 / figures["rate"] * 1000)


@pytest.mark.parametrize("name", ["regulatory", "stamp_duty"])
def test_lesson_7_follows(change: Change, name: str):
    first = open_unit("l07", seed=SEED)
    told, keys = said(first), {n: asked.key for n, asked in first.questions.items()}
    change(name)
    after = open_unit("l07", seed=SEED)
    assert {n: asked.key for n, asked in after.questions.items()} != keys
    assert said(after) != told
    if name == "regulatory":
        assert "0.0541" in told and "0.0541" not in said(after) and "0.0641" in said(after)


def test_the_stamp_duty_moves_a_trade_the_figure_and_the_branch(change: Change, capfd):
    assert run_fees(capfd)["total"] == 76
    levied = history.levy(2026 * 12 + 5)
    old = [text.get_text() for text in fee_stack(*before().practice.two_quotes).texts]
    change("stamp_duty")
    assert (run := run_fees(capfd))["stamp_duty"] == 40 and run["total"] == 66
    assert history.levy(2026 * 12 + 5) < levied
    new = fee_stack(*open_unit("l06", seed=SEED).practice.two_quotes).texts
    assert [text.get_text() for text in new] != old


def test_the_tariff_moves_the_table_the_clients_and_what_they_are_told(change: Change):
    old = said(before())
    assert "0.20‰" in old
    change("tariff")
    new = said(open_unit("l06", seed=SEED))
    assert "0.18‰" in new and "<td>0.20‰</td>" not in new


def test_the_quiet_hours_move_plans_and_messages(change: Change):
    from crmkit.conduct.messages import read_message

    late = "今晚八点半我给您打电话"
    assert not read_message(late)
    change("quiet")
    assert [breach.rule for breach in read_message(late)] == ["quiet_hours"]
    assert load_rules().quiet[0].hour == 20


#: Where a learner's or a reader's sentences stand.
TEXTS = ("crmkit/data/words/*.toml", "crmkit/data/dialogues/*.toml", "lessons/*.py")


def test_no_sentence_holds_a_fee_of_its_own():
    """A fee in a sentence is a slot, filled from the rules; one with its day is history."""
    rules = rulebook.read_rules()
    names = [name for name in rules.versions if name.startswith("fee.")]
    fees = {float(rules.value(name, AS_OF)) for name in names} - {0.0}
    fees |= {pass_through(AS_OF), pass_through(AS_OF, "BJ")}
    written = re.compile(r"(?<![\d.{])(\d+(?:\.\d+)?) ?(?:‰|per mille)")
    dated = re.compile(r"\b20\d\d-\d\d-\d\d\b")
    for pattern in TEXTS:
        for file in ROOT.glob(pattern):
            lines = file.read_text(encoding="utf-8").splitlines()
            undated = "\n".join(line for line in lines if not dated.search(line))
            found = {float(number) for number in written.findall(undated)}
            assert not found & fees, f"{file.name}: {found & fees}"


def test_no_sentence_of_the_kit_names_the_least_commission():
    least = rulebook.read_rules().value("commission.minimum", AS_OF)
    named = re.compile(
        rf"(最低|不足|起点|minimum|at least)[^。.{{]{{0,12}}\b{least}\b ?(元|CNY|yuan)|免五"
    )
    for key, texts in glossary().items():
        assert not any(named.search(text) for text in texts.values()), key
    for file in (ROOT / "crmkit/data/dialogues").glob("*.toml"):
        assert not named.search(file.read_text(encoding="utf-8")), file.name
