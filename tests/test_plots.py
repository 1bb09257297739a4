"""Figures: what is drawn, in both languages. A missing glyph warns, and warnings are errors."""

import io
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from PIL import Image

from crmkit import plots
from crmkit.course.units.l11 import make_practice
from crmkit.words import LANGUAGES, in_language

PRACTICE = make_practice(1)
LINES = (PRACTICE.cuts.contribution / 100, PRACTICE.cuts.turnover)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


def texts(axes: Axes) -> str:
    return "\n".join([t.get_text() for t in axes.texts] + [axes.get_xlabel(), axes.get_ylabel()])


def figures() -> dict[str, Axes]:
    clients = PRACTICE.clients
    return {
        "quadrant": plots.quadrant(clients, *LINES),
        "pareto": plots.pareto(clients["contribution_12m"]),
        "ranking": plots.ranking(clients["contribution_12m"] / 100, 2000),
        "sources": plots.sources(clients),
    }


def test_every_figure_draws_with_every_glyph(language: str) -> None:
    for axes in figures().values():
        picture = Image.open(io.BytesIO(plots.png(axes)))
        assert picture.size == (1152, 691)


def test_missing_glyph_is_an_error() -> None:
    axes = plots.new_axes()
    axes.set_title("\U0002a6d6")
    with pytest.raises(UserWarning, match="missing from font"):
        plots.png(axes)


def test_figures_are_the_same_bytes_each_time(language: str) -> None:
    first, again = figures(), figures()
    assert {n: plots.png(a) for n, a in first.items()} == {
        n: plots.png(a) for n, a in again.items()
    }


def test_labels_are_in_the_language_in_use(language: str) -> None:
    said = {name: texts(axes) for name, axes in figures().items()}
    for name, text in said.items():
        assert ("ontribution" in text or "CNY" in text) == (language == "en"), name
        assert ("贡献" in text or "元" in text) == (language == "zh"), name


def test_quadrant_counts_every_tier_and_draws_the_lines(language: str) -> None:
    axes = plots.quadrant(PRACTICE.clients, *LINES)
    counts = PRACTICE.clients["tier"].value_counts()
    drawn = {tier: len(c.get_offsets()) for tier, c in zip("ABCD", axes.collections, strict=False)}
    assert drawn == {tier: counts[tier] for tier in "ABCD"}
    for tier in "ABCD":
        assert str(counts[tier]) in texts(axes)
    assert [line.get_ydata()[0] for line in axes.lines[:1]] == [LINES[0]]
    assert [line.get_xdata()[0] for line in axes.lines[1:]] == [LINES[1]]


def test_quadrant_counts_who_cannot_be_drawn_and_says_so(language: str) -> None:
    estimated = PRACTICE.clients[PRACTICE.clients["tier"] == "D"].head(3)
    rows = pd.concat([PRACTICE.clients, estimated.assign(turnover_ratio=np.nan)])
    axes = plots.quadrant(rows, *LINES)
    assert str((rows["tier"] == "D").sum()) in axes.texts[3].get_text()
    assert "3" in axes.get_title(loc="right")
    assert not plots.quadrant(PRACTICE.clients, *LINES).get_title(loc="right")


def test_quadrant_takes_clients_who_bring_nothing() -> None:
    idle = PRACTICE.clients.head(3).assign(contribution_12m=0, turnover_ratio=0.0, tier="D")
    assert plots.png(plots.quadrant(idle, *LINES))


def test_tiers_are_told_apart_without_colour() -> None:
    assert len(set(plots.TIER_MARKERS.values())) == len(plots.TIER_MARKERS)


def test_pareto_marks_what_the_best_fifth_brings() -> None:
    income = pd.Series([80, 5, 5, 5, 5], dtype="Int64")
    with in_language("en"):
        axes = plots.pareto(income)
    assert "20%" in texts(axes)
    assert "80%" in texts(axes)


def test_ranking_draws_highest_first() -> None:
    axes = plots.ranking(pd.Series([3.0, 1000, None, 20]))
    assert axes.lines[0].get_ydata().tolist() == [1000, 20, 3]


def test_sources_add_up_to_contribution() -> None:
    axes = plots.sources(PRACTICE.clients, count=5)
    commission, products = ([bar.get_width() for bar in bars] for bars in axes.containers)
    top = PRACTICE.clients["contribution_12m"].astype("float64").nlargest(5).sort_values() / 100
    assert [a + b for a, b in zip(commission, products, strict=True)] == pytest.approx(top.tolist())


def test_names_are_masked_in_figures() -> None:
    names = [label.get_text() for label in plots.sources(PRACTICE.clients).get_yticklabels()]
    assert all("*" in name for name in names)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


def test_what_moves_looks_as_if_all_had_been_drawn_again() -> None:
    clients = PRACTICE.clients
    letters = clients["tier"].astype("str").map({"A": "C", "C": "A"}).fillna("D")
    moved = clients.assign(tier=letters)
    live = plots.LiveQuadrant(clients, *LINES).png(moved, 900.0, 1.5)
    whole = plots.png(plots.quadrant(moved, 900.0, 1.5), 110)
    assert np.abs(pixels(live) - pixels(whole)).mean() < 0.2
    values = clients["contribution_12m"] / 100
    live = plots.LiveRanking(values, 100.0).png(2500.0)
    whole = plots.png(plots.ranking(values, 2500.0), 110)
    assert np.abs(pixels(live) - pixels(whole)).mean() < 0.2
