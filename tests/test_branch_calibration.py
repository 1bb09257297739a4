from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crmkit.branch import observe
from crmkit.branch.calibration import facts, make_card
from crmkit.branch.plan import make_plan, presets
from crmkit.branch.sample import take_sample
from crmkit.words import in_language

#: Facts that cannot hold together with others; the card says why.
IMPOSSIBLE = {"16c"}


@pytest.mark.parametrize("preset", list(presets()))
def test_every_fact_that_can_hold_does(preset):
    with in_language("en"):
        card = make_card(preset)
    failed = card[~card["passes"]]
    assert set(failed["fact"]) <= IMPOSSIBLE
    assert (failed["why"] != "").all()


@pytest.fixture(scope="module")
def builder():
    tool = Path(__file__).parents[1] / "tools" / "build_branch_docs.py"
    spec = spec_from_file_location("build_branch_docs", tool)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_published_page_is_what_the_branch_shows_today(builder):
    page = builder.DOCS / "calibration.md"
    assert builder.page(builder.cards()) == page.read_text(encoding="utf-8")


def test_no_published_fact_hangs_on_one_seed(builder, monkeypatch):
    page = (builder.DOCS / "calibration-seeds.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if " … " in line]
    assert all(len(row) == 7 for row in rows)
    assert {row[0] for row in rows if "**" in "".join(row)} <= IMPOSSIBLE
    monkeypatch.setattr(builder, "SEEDS", (1,))
    fresh = [line for line in builder.seeds_page().splitlines() if " … " in line]
    assert [row[:3] for row in rows] == [line.strip("| ").split(" | ") for line in fresh]


def test_a_band_is_a_band_and_holds_its_target():
    for preset in presets():
        for fact in facts(preset):
            assert fact.low <= fact.target <= fact.high, fact.name
            assert fact.status in set("SDMCR")
            assert fact.source


def test_the_card_speaks_both_languages():
    texts = []
    for spoken in ("zh", "en"):
        with in_language(spoken):
            texts.append([fact.text for fact in facts("sse2023")])
    assert all(zh != en for zh, en in zip(*texts, strict=True))


def test_the_tail_index_is_recovered():
    sample = take_sample(make_plan(20_000, 1, "2023-12-31", 1, "sse2023", "flat"))
    found = observe.sizes(sample)
    assert found["f05_tail"] == pytest.approx(1.15, abs=3 * 1.15 / np.sqrt(240))


def test_a_broken_book_fails_its_card(monkeypatch):
    with in_language("en"):
        good = make_card("csdc2012")
    monkeypatch.setattr(
        "crmkit.branch.calibration.observed", lambda *_: dict.fromkeys(_names(), 9e9)
    )
    bad = make_card("csdc2012")
    assert good["passes"].any()
    assert not bad["passes"].any()
    assert isinstance(bad, pd.DataFrame)


def _names():
    return [fact.name for preset in presets() for fact in facts(preset)]
