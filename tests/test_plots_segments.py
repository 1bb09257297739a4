"""Figures of groups: what is drawn, in both languages; a missing glyph is an error."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from crmkit import plots
from crmkit.analysis.clusters import clusters
from crmkit.analysis.cube import cube
from crmkit.words import LANGUAGES, in_language


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


def texts(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_lorenz_s_curve_ends_at_all_and_tells_gini(language: str):
    axes = plots.lorenz_curve(pd.Series([0, 0, 0, 8, None]))
    curve = axes.lines[1]
    assert curve.get_ydata().tolist() == [0, 0, 0, 0, 1]
    assert any("0.75" in text for text in texts(axes))
    assert plots.png(axes)


def test_moves_are_counted_and_what_nobody_did_stays_empty(language: str):
    moves = pd.DataFrame({"tier_before": ["A", "A", "B", None], "tier": ["A", "D", "A", "C"]})
    axes = plots.tier_moves(moves)
    assert sorted(texts(axes)) == ["1", "1", "1"]
    assert len(axes.patches) == 5
    assert plots.png(axes)


def test_rfm_puts_the_best_at_the_top_right(language: str):
    scores = pd.DataFrame({"r_score": [5, 5, 1, None], "f_score": [5, 5, 1, None],
                           "m_score": [4, 5, 1, None]})  # fmt: skip
    axes = plots.rfm_grid(scores)
    placed = {text.get_position(): text.get_text().split("\n")[0] for text in axes.texts}
    assert placed == {(4, 0): "4.5", (0, 4): "1.0"}
    assert [label.get_text() for label in axes.get_yticklabels()] == list("54321")
    assert plots.png(axes)


def test_clusters_have_a_marker_and_a_description_each(language: str):
    table = pd.DataFrame(
        {"assets": [1, 2] * 10 + [90] * 20, "trades_12m": [0] * 20 + [50, 51] * 10}
    )
    table["client_id"] = table.index.astype("str")
    axes = plots.cluster_map(clusters(table, ["assets", "trades_12m"], number=2))
    assert [len(points.get_offsets()) for points in axes.collections] == [20, 20]
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    assert len(labels) == 2 and all("20" in label for label in labels)
    assert plots.png(axes)


def test_a_cube_is_drawn_in_the_order_of_its_codes_without_empty_rows(language: str):
    rows = pd.DataFrame({"size": ["top", "small", "small", None], "tier": ["A", "B", "A", "D"],
                         "return": [0.1, -0.2, 0.4, None], "assets": [1.0, 1, 3, 5]})  # fmt: skip
    axes = plots.cube_heat(cube(rows, ["size", "tier"], [], {"return": "assets"}), "tier", "size",
                           "return")  # fmt: skip
    assert [label.get_text() for label in axes.get_xticklabels()] == ["A", "B"]
    assert len(axes.get_yticklabels()) == 2
    assert {text.split("\n")[0] for text in texts(axes)} == {"10.0%", "-20.0%", "40.0%"}
    assert plots.png(axes)


def test_figures_take_the_tables_of_a_book():
    from crmkit.analysis.activity import measures
    from crmkit.analysis.rfm import rfm
    from crmkit.branch.simulate import make_book

    table = measures(make_book(80, 3, date(2026, 1, 5), months=13))
    assert plots.png(plots.lorenz_curve(table["contribution_12m"]))
    assert plots.png(plots.rfm_grid(rfm(table).rfm))
