"""Stars, the sign-up rate, concentration and moves, against tables worked out by hand."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.analysis.concentration import concentration, gini, lorenz, top_share
from crmkit.analysis.moves import what_moved
from crmkit.analysis.stars import sign_up_rate, signed_clients, stars
from crmkit.analysis.tier_rules import COURSE, TierRules, load_tier_rules
from crmkit.analysis.tiering import tier_book
from crmkit.book.book import ClientBook, make_client_book
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError


def measured(contribution: list[object]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_id": [str(n) for n in range(len(contribution))],
            "contribution_12m": pd.array(contribution, "Int64"),
            "basis": "measured",
        }
    )


def test_stars_by_given_lines_count_the_line_itself_and_never_nothing():
    rules = TierRules(star_cuts=(100, 200, 300, 400))
    found = stars(measured([99, 100, 250, 300, 400, 0, None, -5]), rules)
    assert found.stars["stars"].tolist() == [1, 2, 3, 4, 5, 1, pd.NA, 1]
    assert found.stars["watched"].tolist() == [False] * 3 + [True] * 2 + [False, pd.NA, False]
    assert len(found.notes) == 2 and "1 位客户缺少贡献数据" in found.notes[1]
    nothing = TierRules(star_cuts=(1, 2, 3, 4))
    assert stars(measured([0]), nothing).stars["stars"].tolist() == [1]


def test_stars_by_share_of_a_hundred_clients():
    counts = stars(measured(list(range(1, 101)))).stars["stars"].value_counts()
    # at least two stars half, three a fifth, four a twentieth, five one in a hundred
    assert counts.to_dict() == {1: 50, 2: 30, 3: 15, 4: 4, 5: 1}


def test_stars_go_by_all_products_and_not_by_assets():
    rows = measured([900, 100]).assign(assets=[1, 10**9], commission_12m=[0, 100])
    found = stars(rows, TierRules(star_cuts=(200, 300, 400, 500))).stars
    assert found["stars"].tolist() == [5, 1]


def test_the_sign_up_rate_leaves_out_those_with_fewer_stars_and_the_unknown():
    graded = pd.DataFrame(
        {"client_id": list("abcdef"), "stars": pd.array([5, 4, 3, 3, 2, None], "Int64")}
    )
    signed = pd.Series({"a": True, "b": False, "c": True, "e": True, "f": True})
    found = sign_up_rate(graded, signed)
    assert (found.clients, found.signed, found.unknown) == (4, 2, 1)
    assert found.rate == pytest.approx(2 / 3)
    assert "1 位不知道是否签约" in found.notes[0]
    nobody = sign_up_rate(graded[graded["stars"] < 3], signed)
    assert nobody.clients == 0 and np.isnan(nobody.rate) and nobody.notes


@pytest.mark.parametrize("heading", ["签约", "是否签约", "Signed", " signed "])
def test_who_signed_stands_in_a_column_of_the_ledger(heading: str):
    said = {"1": "是", "2": "No", "3": "也许", "4": "已签约"}
    book = make_client_book(
        date(2026, 1, 5),
        client=pd.DataFrame({"client_id": ["1", "2", "3", "4", "5"]}),
        extra=pd.DataFrame(
            {"client_id": list(said), "heading": heading, "text": list(said.values())}
        ),
    )
    assert signed_clients(book).tolist() == [True, False, pd.NA, True, pd.NA]


# by hand: sorted 1, 2, 3, 4; sum of (2 i - n - 1) x = -3 - 2 + 3 + 12 = 10; over 4 x 10
@pytest.mark.parametrize(
    ("values", "expected"),
    [([4, 1, 3, 2], 0.25), ([5, 5, 5], 0.0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25),
     ([1, 2, None, 3, 4], 0.25)],
)  # fmt: skip
def test_gini_by_hand(values: list[object], expected: float):
    assert gini(pd.Series(values, dtype="Float64")) == pytest.approx(expected)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any))
def test_gini_is_twice_the_area_and_does_not_care_for_the_unit(values: list[int]):
    curve = lorenz(pd.Series(values))
    area = np.trapezoid(curve["brought"], curve["clients"])
    assert gini(pd.Series(values)) == pytest.approx(1 - 2 * area, abs=1e-9)
    assert gini(pd.Series(values) * 7) == pytest.approx(gini(pd.Series(values)))
    # Lorenz's curve rises, and never above equality
    assert curve["brought"].is_monotonic_increasing
    assert (curve["brought"] <= curve["clients"] + 1e-9).all()


def test_the_top_fifth_is_rounded_up_and_nothing_has_no_share():
    assert top_share(pd.Series([50, 30, 10, 5, 3, 2]), 0.2) == pytest.approx(0.8)  # two of six
    assert np.isnan(top_share(pd.Series([0, 0]))) and np.isnan(gini(pd.Series([], dtype="Int64")))


def test_concentration_says_what_it_left_out():
    rows = measured([10, None, -1, 90]).assign(
        basis=["measured", "unknown", "measured", "estimated"]
    )
    found = concentration(rows)
    assert found.clients == 3 and len(found.notes) == 3
    assert "1 位客户缺少贡献数据" in found.notes[0] and "负数" in found.notes[1]


def test_the_branch_s_top_fifth_brings_most():
    from crmkit.analysis.activity import measures

    found = concentration(measures(make_book(400, 5, "2026-01-05", months=13)))
    assert found.brought > 0.6 and found.gini > 0.6


def book_of(day: date, assets: dict[str, object]) -> ClientBook:
    ids = list(assets)
    return make_client_book(
        day,
        client=pd.DataFrame({"client_id": ids}),
        account=pd.DataFrame(
            {"account_id": ids, "client_id": ids, "commission_rate": 1.0,
             "assets": list(assets.values())}
        ),
    )  # fmt: skip


def test_moves_by_a_fixed_line_are_the_clients_own():
    # one turn in eight of assets a year: 8 x assets x 1 per mille
    before = book_of(date(2025, 1, 5), {"up": 100, "down": 10**6, "stays": 10**6, "gone": 1,
                                        "found": None, "lost": 5})  # fmt: skip
    after = book_of(date(2026, 1, 5), {"up": 10**6, "down": 100, "stays": 10**6, "fresh": 1,
                                       "found": 5, "lost": None})  # fmt: skip
    found = what_moved(before, after, contribution_cut=5000)
    moves = found.moves.set_index("client_id")
    assert moves["move"].to_dict() == {
        "up": "up", "down": "down", "stays": "same", "gone": "left", "fresh": "entered",
        "found": "placed", "lost": "unplaced",
    }  # fmt: skip
    assert not moves["line_moved"].any()
    assert moves.loc["up", ["tier_before", "tier"]].tolist() == ["D", "B"]
    assert (
        "1 元 → 8,000" not in moves.loc["up", "reason"] and "→ 80 元" in moves.loc["up", "reason"]
    )
    assert moves["reason"].str.len().gt(0).all()


def test_a_line_that_moves_is_told_from_a_client_who_does():
    # the same client, passed by four others: the fifth that brings most is somebody else now
    before = book_of(date(2025, 1, 5), {"a": 500, "b": 1, "c": 1, "d": 1, "e": 1})
    after = book_of(date(2026, 1, 5), {"a": 500, "b": 9000, "c": 1, "d": 1, "e": 1})
    found = what_moved(before, after)
    moves = found.moves.set_index("client_id")
    assert moves.loc["a", "move"] == "down" and moves.loc["a", "line_moved"]
    assert moves.loc["b", "move"] == "up" and not moves.loc["b", "line_moved"]
    assert "1 位是切线动了" in found.notes[1]


def test_a_book_cannot_have_moved_backwards():
    book = book_of(date(2025, 1, 5), {"a": 1})
    with pytest.raises(CrmkitError) as error:
        what_moved(book, book)
    assert error.value.key == "move.order"


def test_a_book_and_its_later_self_have_the_same_clients_in_their_moves():
    before = make_book(200, 2, "2025-07-05", months=13)
    after = make_book(200, 2, "2026-01-05", months=19)
    found = what_moved(before, after)
    both = found.moves.merge(tier_book(after).tiers, on="client_id", suffixes=("", "_own"))
    here = {row for book in (before, after) for row in book.client.loc[
        ~book.client["stage"].isin(["prospect", "lost"]), "client_id"]}  # fmt: skip
    assert set(found.moves["client_id"]) == here and (both["tier"] == both["tier_own"]).all()


FIRM = """
[cuts]
contribution = 5000
turnover_share = 0.3
[stars]
contribution = [100, 1000, 10000, 100000]
"""


def test_a_firm_s_file_takes_the_place_of_the_course_s_lines(tmp_path: Path):
    file = tmp_path / "firm.toml"
    file.write_text(FIRM, encoding="utf-8")
    rules = load_tier_rules(file)
    assert rules.contribution_cut == 5000_00 and rules.turnover_share == 0.3
    assert rules.star_cuts == (100_00, 1000_00, 10000_00, 100000_00)
    assert load_tier_rules() == COURSE
    book = book_of(date(2026, 1, 5), {"a": 10**9, "b": 1})
    assert tier_book(book, **rules.lines()).cuts.contribution == 5000_00


@pytest.mark.parametrize(
    ("text", "key"),
    [("cuts = 3", "unknown"), ("[cuts]\nline = 3", "unknown"), ("[cuts", "not_toml"),
     ("[cuts]\ncontribution = -1", "bad"), ("[cuts]\nturnover_share = 1.0", "bad"),
     ("[cuts]\nturnover = true", "bad"), ("[stars]\nshares = [0.5, 0.2, 0.05]", "bad"),
     ("[stars]\nshares = [0.1, 0.2, 0.3, 0.4]", "bad"),
     ("[stars]\ncontribution = [4, 3, 2, 1]", "bad")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_which_entry(tmp_path: Path, text: str, key: str):
    file = tmp_path / "firm.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CrmkitError) as error:
        load_tier_rules(file)
    assert error.value.key == f"tier.rules_{key}"
    with pytest.raises(CrmkitError):
        load_tier_rules(tmp_path / "none.toml")
