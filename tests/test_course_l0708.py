"""What is particular to lessons 7 and 8: examples that add up, figures."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from crmkit.analysis.value import lifetime_value, swap_cost
from crmkit.course import Unit, mark, open_unit
from crmkit.plots.prices import lever_bars
from crmkit.plots.tiers import pareto
from crmkit.pricing.economics import LEVERS, deepest_cut, firm_net, manager_net, terms
from crmkit.rules import read_rules
from crmkit.words import LANGUAGES, in_language

SEEDS = range(60)
LESSONS = Path(__file__).parents[1] / "lessons"
AS_OF = date(2026, 6, 30)


@cache
def unit(name: str, seed: int) -> Unit:
    return open_unit(name, seed=seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lesson_prints_no_graded_floor(seed: int) -> None:
    practice = unit("l07", seed).practice
    drawn, tried, graded = (
        deepest_cut(leaver[0], practice.collected, *leaver[1:]) for leaver in practice.leavers
    )
    right, own = (unit("l07", seed).question(name) for name in ("e07b-q2", "l07-p8"))
    assert own.key == round(tried, 3) and right.key == round(graded, 3)
    for shown_floor in (drawn, tried):
        assert mark(right, round(shown_floor, 3)).score == 0
    assert mark(own, round(drawn, 3)).score == 0


def test_what_is_drawn_for_the_lesson_is_not_in_the_exercise() -> None:
    for seed in SEEDS:
        for name, first, second in (("l07", "l07-p4", "e07b-q4"), ("l08", "l08-p5", "e08b-q3")):
            items = [set(unit(name, seed).question(each).key) for each in (first, second)]
            assert not items[0] & items[1]


def numbers(page: str, heading: str) -> list[list[float]]:
    """Return the numbers of a section, in both languages; ten thousands are not told apart."""
    text = (LESSONS / page).read_text(encoding="utf-8")
    cells = [cell for cell in text.split("# %%") if re.search(heading, cell)]
    assert len(cells) == 2
    return [[float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", cell)]
            for cell in cells]  # fmt: skip


def test_the_example_of_ones_own_pay_adds_up() -> None:
    practice = unit("l07", 1).practice
    agreed = terms(AS_OF)
    kept = firm_net(2_000_000, 0.3, practice.collected)
    own = manager_net(2_000_000, 0.3, practice.collected, agreed)
    steps = [600, round(kept), round(kept * (1 - agreed.tax)), round(own)]
    assert (agreed.tax, agreed.payout) == (0.06, 0.3)  # "6 per cent", "three tenths"
    for said in numbers("07_war.py", r"七、你自己|## 7 What is left"):
        assert [n for n in said if n in steps] == steps


def test_the_small_case_of_a_swap_adds_up() -> None:
    cost = swap_cost(10, 540, 0.88, 0.81, 50, 6, 3)
    worth = [float(lifetime_value(540, stay)) for stay in (0.88, 0.81)]
    due = [cost.winning - cost.keeping, cost.waiting, *worth, cost.gap, cost.total]
    for said in numbers("08_worth.py", r"五、走一百|## 5 A hundred"):
        assert set(map(round, due)) <= set(said)


def test_total_contribution_is_commission_and_products() -> None:
    text = (LESSONS / "08_worth.py").read_text(encoding="utf-8")
    rows = re.findall(r"^# \| \S.* \| (\d+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", text, re.M)
    table = [[int(cell.replace(",", "")) for cell in row] for row in rows]
    assert len(table) == 6 and table[:3] == table[3:]
    assert all(commission + products == total for _, commission, products, total in table)
    best = [max(range(3), key=lambda row: table[row][column]) for column in (0, 1, 3)]
    assert sorted(best) == [0, 1, 2]  # each of the three ideas names somebody else


def test_what_the_tariff_has_binds_before_the_sum_does() -> None:
    rates = {step["rate"] for step in read_rules().value("tariff", AS_OF)}
    prompt = unit("l07", 0).question("l07-p5").say("prompt")
    wanted, worth, published = map(float, re.findall(r"([\d.]+)‰", prompt))
    assert wanted < worth < published
    assert published in rates


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_four_answers_together_stand_beside_the_loss(language: str) -> None:
    practice = unit("l07", 1).practice
    with in_language(language):
        axes = lever_bars(practice.answers(**dict.fromkeys(LEVERS, 20)), practice.lost)
        said = " ".join(text.get_text() for text in axes.texts)
    bars = [bar.get_width() for bar in axes.patches]
    assert len(bars) == 5 and bars[-1] > sum(bars[:-1])
    assert axes.lines[0].get_xdata()[0] * 100 == pytest.approx(practice.lost)
    assert f"{practice.lost / 100:,.0f}" in said and f"{bars[-1] * 100 / practice.lost:.0%}" in said


def test_a_fifth_of_the_branch_brings_more_than_its_share() -> None:
    axes = pareto(unit("l08", 1).practice.brought)
    assert axes.lines[-1].get_ydata()[0] > 0.5
