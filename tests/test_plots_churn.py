"""Figures of leaving, signals and value: drawn with every glyph, true to their tables."""

import io
from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from crmkit.analysis.churn.evaluation import evaluate, profit_curve
from crmkit.analysis.churn.labels import KINDS
from crmkit.analysis.churn.survival import kaplan_meier
from crmkit.analysis.churn.targets import spend
from crmkit.analysis.churn.tree import grow_tree
from crmkit.analysis.churn.uplift import qini
from crmkit.analysis.value import swap_cost
from crmkit.book.results import ALERTS
from crmkit.book.schema import conform
from crmkit.plots import churn, png, signals, value
from crmkit.words import LANGUAGES, in_language

RNG = np.random.default_rng(1)
N = 400
SPELLS = pd.DataFrame({
    "time": RNG.integers(1, 25, N), "left": RNG.random(N) < 0.3,
    "group": RNG.choice(list("ABCD"), N),
})  # fmt: skip
KNOWN = pd.DataFrame({"drawdown": RNG.normal(0, 0.2, N), "assets": RNG.gamma(2, 1e7, N)})
LEFT = pd.Series(RNG.random(N) < np.where(KNOWN["drawdown"] < -0.1, 0.5, 0.05))
PEOPLE = pd.DataFrame({
    "uplift": RNG.normal(0.02, 0.02, N), "value": 1e5, "cost": 2000.0, "risk": RNG.random(N),
})  # fmt: skip
PEOPLE["gain"] = PEOPLE["uplift"] * PEOPLE["value"] - PEOPLE["cost"]
KEPT = np.where(RNG.random(N) < 0.03, 1, 0)
COUNTS = np.array([[78, 78, 47, 66], [78, 109, 64, 73], [47, 64, 208, 50], [66, 73, 50, 74]])
SHARED = pd.DataFrame(COUNTS, index=pd.Index(KINDS, name="kind"), columns=list(KINDS)).assign(
    clients=1795, churned=COUNTS.diagonal(), rate=COUNTS.diagonal() / 1795, alone=0
)
CALENDAR = pd.date_range("2025-01-01", periods=12, freq="MS")
MONTHS = pd.DataFrame({
    "month": CALENDAR, "inflow": 0, "outflow": [0] * 11 + [30_000_00],
    "assets_end": [100_000_00] * 11 + [70_000_00],
}).astype({"inflow": "Int64", "outflow": "Int64", "assets_end": "Int64"})  # fmt: skip
FOUND = conform(pd.DataFrame({
    "client_id": list("1234"), "signal": ["outflow", "birthday", "silence", "silence"],
    "severity": ["urgent", "routine", "soon", "soon"], "fresh": [True, True, True, False],
    "since": pd.to_datetime(["2025-12-31", None, "2025-06-01", "2020-01-01"]),
}), ALERTS)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


def figures() -> dict[str, Axes]:
    tenths = evaluate(LEFT, pd.Series(-KNOWN["drawdown"])).tenths
    trial = pd.DataFrame({"treated": RNG.random(N) < 0.5, "churned": LEFT})
    return {
        "survival": churn.survival(kaplan_meier(SPELLS)),
        "one group": churn.survival(kaplan_meier(SPELLS.assign(group=""))),
        "tree": churn.tree(grow_tree(KNOWN, LEFT)),
        "calibration": churn.calibration(tenths.assign(predicted=tenths["observed"])),
        "lift": churn.lift(tenths),
        "profit": churn.profit(profit_curve(PEOPLE), profit_curve(PEOPLE, "risk")),
        "definitions": churn.definitions(SHARED),
        "qini": churn.qini(qini(trial, pd.Series(RNG.random(N)))[0]),
        "spent": churn.spent(spend(PEOPLE.assign(kept=KEPT), 50, ["risk", "gain"])),
        "bars": signals.alert_bars(FOUND),
        "timeline": signals.timeline(MONTHS, FOUND),
        "lifetime": value.lifetime(600_00, 0.85),
        "swap": value.swap(swap_cost(100, 600_00, 0.9, 0.8, 50_00)),
    }


def said(axes: Axes) -> str:
    legend = axes.get_legend()
    labels = [text.get_text() for text in legend.get_texts()] if legend else []
    ticks = [t.get_text() for t in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    own = [text.get_text() for text in axes.texts]
    return "\n".join([*own, *labels, *ticks, axes.get_xlabel(), axes.get_ylabel()])


def test_every_figure_draws_with_every_glyph_in_its_language(language: str) -> None:
    for name, axes in figures().items():
        assert Image.open(io.BytesIO(png(axes, 40))).width > 200, name
        chinese = any("一" <= character <= "鿿" for character in said(axes))
        assert chinese == (language == "zh"), name


def test_the_curve_and_the_numbers_at_risk_are_those_of_the_table() -> None:
    curves = kaplan_meier(SPELLS)
    axes = churn.survival(curves, ticks=[0, 12, 24])
    own = curves[curves["group"] == "A"]
    drawn = axes.lines[0]
    assert drawn.get_ydata().tolist() == pytest.approx(own["survival"].tolist())
    at_risk = [(SPELLS.query("group == 'A'")["time"] >= tick).sum() for tick in (0, 12, 24)]
    assert all(f"\n{count}" in "\n" + said(axes) for count in at_risk)


def test_groups_are_told_apart_without_colour() -> None:
    lines = churn.survival(kaplan_meier(SPELLS)).lines[:4]
    assert len({str(line.get_linestyle()) + str(line._dash_pattern) for line in lines}) == 4
    assert len({marker for _, marker in signals.SEVERITY.values()}) == 3


def test_the_best_cut_is_marked_where_the_curve_is_highest() -> None:
    curve = profit_curve(PEOPLE)
    with in_language("en"):
        axes = churn.profit(curve, profit_curve(PEOPLE, "risk"))
    best = int((PEOPLE["gain"] > 0).sum())
    assert f"{best} clients" in said(axes)


def test_a_list_that_pays_reaches_beyond_what_it_cost() -> None:
    table = pd.DataFrame(
        {"approached": 10, "kept": [0, 3], "value": [0.0, 900_00.0], "cost": 500_00.0},
        index=pd.Index(["risk", "gain"], name="list"),
    )
    axes = churn.spent(table)
    below, above = (bar.get_facecolor() for bar in axes.patches[::-1])
    assert below != above
    assert axes.lines[0].get_xdata()[0] == 500


def test_what_is_said_of_the_longest_bar_fits_beside_it(language: str) -> None:
    table = pd.DataFrame(
        {"approached": 400, "kept": [0, 13], "value": [0.0, 123_456_00.0], "cost": 12_000_00.0},
        index=pd.Index(["risk", "gain"], name="list"),
    )
    axes = churn.spent(table)
    canvas = FigureCanvasAgg(axes.get_figure(root=True))
    canvas.draw()
    edge = axes.get_figure(root=True).bbox.x1
    assert all(text.get_window_extent(canvas.get_renderer()).x1 <= edge for text in axes.texts)


def test_a_leaf_worth_acting_on_is_marked_in_words_and_colour() -> None:
    leaves = grow_tree(KNOWN, LEFT)
    assert said(churn.tree(leaves)).count("●") == int(leaves["flagged"].sum()) + 1


def test_the_timeline_leaves_out_what_has_no_day() -> None:
    with in_language("en"):
        text = said(signals.timeline(MONTHS, FOUND))
    assert "money leaving" in text and "birthday" not in text
    assert text.count("gone quiet") == 1  # the other lies before the first month


def test_no_alert_is_no_error() -> None:
    assert png(signals.alert_bars(FOUND.head(0)), 40)
    quiet = signals.timeline(MONTHS, FOUND.head(0))
    assert quiet.get_ylim()[1] > 10 and date(2025, 12, 31)
