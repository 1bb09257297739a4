"""What is particular to lesson 9: plans by minutes, who was overlooked, a month and a week."""

import io
from functools import cache

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from crmkit.book.results import PINS
from crmkit.book.schema import conform
from crmkit.course import Outcome, Unit, mark, open_unit
from crmkit.course.units.l09.practice import RHYTHMS, each_minutes, month_minutes
from crmkit.planning.cadence import load_rules
from crmkit.planning.overlooked import BANDS, reached, silences
from crmkit.plots import png
from crmkit.plots.contacts import silence_map
from crmkit.plots.planning import reach_bars
from crmkit.words import LANGUAGES, in_language, t

SEEDS = range(20)
TIERS = ["A", "B", "C", "D"]


@cache
def unit(seed: int) -> Unit:
    return open_unit("l09", seed=seed)


def test_everybody_is_in_one_band_and_overlooked_the_day_after_the_limit() -> None:
    rules = load_rules().tier
    limits = [rules[tier].neglect_days for tier in TIERS]
    rows = pd.DataFrame({
        "tier": TIERS * 3,
        "days_since_contact": [*limits, *(limit + 1 for limit in limits), *[np.nan] * 4],
    })  # fmt: skip
    table = silences(rows)
    assert table.loc[TIERS, "overlooked"].tolist() == [2] * 4
    assert table[[*BANDS, "longer"]].sum(axis=1).loc[TIERS].tolist() == [3] * 4
    assert table.loc["unknown"].drop("limit").eq(0).all()


@pytest.mark.parametrize("seed", [1, 5])
def test_more_minutes_never_reach_fewer_people(seed: int) -> None:
    plans = {minutes: unit(seed).practice.reached(minutes) for minutes in (0, 5, 20, 60)}
    out = [int(plan["nothing"].sum()) for plan in plans.values()]
    talks = [int(plan[["visit", "call"]].to_numpy().sum()) for plan in plans.values()]
    assert out[0] == plans[0].to_numpy().sum()
    assert out == sorted(out, reverse=True)
    assert talks == sorted(talks)


def test_a_minute_has_a_price_only_where_the_musts_fit() -> None:
    practice = unit(5).practice
    with in_language("en"):
        assert t("l09.short") in practice.told(5)
        assert t("l09.short") not in practice.told(60)


def test_a_contact_that_was_moved_stays_where_the_learner_put_it() -> None:
    practice = unit(3).practice
    month = practice.month
    row = month.contacts[month.contacts["channel"] == "call"].iloc[0]
    other = next(day for day in month.days if day != row["date"].date())
    pins = conform(pd.DataFrame([
        {"client_id": row["client_id"], "date": row["date"], "pin": "kept_free"},
        {"client_id": row["client_id"], "date": pd.Timestamp(other), "channel": "call",
         "pin": "fixed"},
    ]), PINS)  # fmt: skip
    after = practice.plan(pins, month).contacts
    own = after[after["client_id"] == row["client_id"]]
    assert other in own["date"].dt.date.tolist()
    assert row["date"].date() not in own["date"].dt.date.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_any_month_that_fits_and_leaves_nobody_out_is_right(seed: int) -> None:
    """All 1,296 answers: right is what the four rules allow, whatever the model says."""
    asked, counts = unit(seed).question("e09a-q1"), unit(seed).practice.counts
    right = 0
    for a in RHYTHMS:
        for b in RHYTHMS:
            for c in RHYTHMS:
                for d in RHYTHMS:
                    chosen = dict(zip(TIERS, (a, b, c, d), strict=True))
                    spent = [each_minutes(chosen[tier]) for tier in TIERS]
                    allowed = (
                        month_minutes(counts, chosen) <= 1500
                        and min(spent) > 0
                        and RHYTHMS[a][0] == RHYTHMS[b][0] == "call"
                        and spent[0] > spent[1] > max(spent[2:])
                    )
                    answer = {tier: {"rhythm": rhythm} for tier, rhythm in chosen.items()}
                    assert (mark(asked, answer).outcome is Outcome.CORRECT) == allowed, chosen
                    right += allowed
    assert right >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_visit_in_place_of_the_call_is_a_good_week_as_well(seed: int) -> None:
    asked = unit(seed).question("e09a-q4")
    week = [dict(contact) for contact in asked.key]
    for contact in week:
        contact["channel"] = {"key": "call", "loser": "visit"}.get(
            contact["client"], contact["channel"]
        )
    assert mark(asked, week).outcome is Outcome.CORRECT


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_draw_with_every_glyph_and_every_count(language: str) -> None:
    practice = unit(1).practice
    with in_language(language):
        silent, plan = silence_map(practice.silence), reach_bars(practice.reached(20))
        assert all(Image.open(io.BytesIO(png(axes, 40))).width > 200 for axes in (silent, plan))
    said = [text.get_text() for text in silent.texts]
    assert all(str(count) in said for count in practice.silence.loc["A", list(BANDS)])
    shown = sum(int(text.get_text()) for text in plan.texts)
    assert shown == practice.reached(20).to_numpy().sum()


def test_a_plan_reaches_its_clients_by_the_most_personal_contact() -> None:
    month = unit(1).practice.month
    table = reached(month)
    visited = month.contacts.loc[month.contacts["channel"] == "visit", "client_id"].nunique()
    assert table["visit"].sum() == visited
    assert table.to_numpy().sum() == len(month.tiers)
