"""Tiers: the four quadrants, their lines, and what is said when a number is missing."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.analysis.tiering import Cuts, cuts_by_share, tier, tier_book
from crmkit.book.book import make_client_book
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, glossary, in_language

CUTS = Cuts(contribution=100_00, turnover=4.0)


def table(contribution: list[object], turnover: list[object], basis: str = "measured"):
    return pd.DataFrame(
        {
            "client_id": [str(i) for i in range(len(contribution))],
            "contribution_12m": pd.array(contribution, dtype="Int64"),
            "turnover_ratio": np.array(turnover, dtype="float64"),
            "basis": basis,
        }
    )


def test_the_four_quadrants():
    result = tier(table([200_00, 200_00, 50_00, 50_00], [9, 1, 9, 1]), CUTS)
    assert result["tier"].tolist() == ["A", "B", "C", "D"]


def test_on_the_line_is_high():
    assert tier(table([100_00], [4.0]), CUTS)["tier"].tolist() == ["A"]


def test_nothing_is_never_high():
    assert tier(table([0], [0.0]), Cuts(0.0, 0.0))["tier"].tolist() == ["D"]


@pytest.mark.parametrize(("contribution", "turnover"), [(None, 9.0), (200_00, np.nan)])
def test_a_missing_number_is_unknown_never_a_quiet_d(contribution: object, turnover: float):
    result = tier(table([contribution], [turnover], "unknown"), CUTS)
    assert result["tier"].tolist() == ["unknown"]
    assert result["reason"].item()


def test_an_estimate_is_placed_by_contribution_alone_and_says_so():
    result = tier(table([200_00, 50_00], [np.nan, np.nan], "estimated"), CUTS)
    assert result["tier"].tolist() == ["B", "D"]
    assert result["reason"].str.contains("没有成交记录").all()


def test_cuts_leave_the_stated_share_above():
    cuts = cuts_by_share(table(list(range(1, 16)), list(range(15))), 0.2, 0.4)
    result = tier(table(list(range(1, 16)), list(range(15))), cuts)
    assert result["tier"].isin(["A", "B"]).sum() == 3
    assert result["tier"].isin(["A", "C"]).sum() == 6


def test_ties_on_the_line_all_join_the_high_side():
    cuts = cuts_by_share(table([5, 5, 5, 1, 1], [1, 1, 1, 1, 1]), 0.2)
    assert (tier(table([5, 5, 5, 1, 1], [1, 1, 1, 1, 1]), cuts)["tier"] == "A").sum() == 3


def test_a_book_without_a_number_has_no_cut_and_no_tier():
    nothing = table([None, None], [np.nan, np.nan], "unknown")
    assert np.isnan(cuts_by_share(nothing).contribution)
    assert set(tier(nothing, cuts_by_share(nothing))["tier"]) == {"unknown"}


@pytest.mark.parametrize("share", [0.0, 1.0, -0.2, 20, float("nan")])
def test_a_share_that_is_no_share_is_an_error_with_advice(share: float):
    with pytest.raises(CrmkitError, match=r"0\.2"):
        cuts_by_share(table([1], [1]), contribution_share=share)


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 10**12),
            st.none() | st.floats(0, 1e4),
            st.sampled_from(["measured", "estimated", "unknown"]),
        ),
        min_size=1,
        max_size=40,
    ),
    st.floats(0.01, 0.99),
    st.floats(0.01, 0.99),
)
def test_every_client_gets_one_tier_and_a_reason(rows, contribution_share, turnover_share):
    frame = table([r[0] for r in rows], [r[1] for r in rows])
    frame["basis"] = [r[2] for r in rows]
    cuts = cuts_by_share(frame, contribution_share, turnover_share)
    result = tier(frame, cuts)
    assert result["client_id"].tolist() == frame["client_id"].tolist()
    assert result["tier"].notna().all() and result["reason"].str.len().gt(0).all()
    incomplete = frame["contribution_12m"].isna()
    assert (result.loc[incomplete, "tier"] == "unknown").all()
    assert cuts.sentence()


def test_tiers_do_not_depend_on_the_order_of_the_clients():
    frame = table([3, 1, 2, 9, 4, 7], [1, 5, 2, 8, 0, 3])
    straight = tier(frame, cuts_by_share(frame)).set_index("client_id")["tier"]
    mixed = frame.sample(frac=1, random_state=4)
    assert tier(mixed, cuts_by_share(mixed)).set_index("client_id")["tier"].astype(str).to_dict() \
        == straight.astype(str).to_dict()  # fmt: skip


def test_every_tier_has_a_name_and_a_strategy_in_both_languages():
    for letter in ("A", "B", "C", "D", "unknown"):
        for part in ("name", "strategy"):
            assert set(glossary()[f"tier.{letter}.{part}"]) == set(LANGUAGES)


def test_the_reason_is_in_the_reader_s_language():
    with in_language("en"):
        assert "brings CNY 200" in tier(table([200_00], [9.0]), CUTS)["reason"].item()
    with in_language("zh"):
        assert "年贡献 200 元" in tier(table([200_00], [9.0]), CUTS)["reason"].item()


def test_a_book_is_tiered_with_its_lines_and_assumptions_told():
    book = make_client_book(
        date(2010, 6, 3),
        client=pd.DataFrame({"client_id": ["13131", "13132"]}),
        account=pd.DataFrame(
            {
                "account_id": ["13131", "13132"],
                "client_id": ["13131", "13132"],
                "assets": [10_0000_00, 20_0000_00],
                "commission_rate": [1.0, 0.8],
            }
        ),
    )
    result = tier_book(book)
    assert result.tiers["tier"].tolist() == ["D", "B"]
    assert "1,280 元（最高的 20% 客户）" in result.notes[0]
    assert "年周转 暂缺数据，划不出；" in result.notes[0]
    assert "2 位客户没有月度成交数据" in result.notes[1]


def test_only_clients_are_tiered_and_draw_the_lines():
    book = make_client_book(
        date(2026, 1, 5),
        client=pd.DataFrame(
            {
                "client_id": list("123456"),
                "stage": ["new", "existing", "dormant", None, "lost", "prospect"],
            }
        ),
        account=pd.DataFrame(
            {
                "account_id": list("12345"),
                "client_id": list("12345"),
                "assets": [1_000_00, 2_000_00, 3_000_00, 4_000_00, 9_000_00],
                "commission_rate": 1.0,
            }
        ),
    )
    result = tier_book(book)
    assert result.tiers["client_id"].tolist() == list("1234")
    assert result.tiers["tier"].tolist() == ["D", "D", "D", "B"]
    assert result.cuts.contribution == 4_000_00 * 8 / 1000
    assert "潜在客户 1 位，已流失的 1 位" in result.notes[1]
    assert "4 位客户没有月度成交数据" in result.notes[2]


def test_the_book_of_a_branch_has_a_fifth_of_its_clients_above_the_line():
    book = make_book(2000, 5, "2026-01-05")
    found = tier_book(book)
    here = ~book.client["stage"].isin(["prospect", "lost"])
    assert set(found.tiers["client_id"]) == set(book.client.loc[here, "client_id"])
    assert found.tiers["tier"].isin(["A", "B"]).mean() == pytest.approx(0.2, abs=0.005)
    assert not (found.tiers["tier"] == "unknown").any()


def test_given_lines_replace_those_drawn_by_share():
    book = make_client_book(
        date(2010, 6, 3),
        client=pd.DataFrame({"client_id": ["1"]}),
        account=pd.DataFrame({"account_id": ["1"], "client_id": ["1"], "assets": [100_00]}),
    )
    result = tier_book(book, contribution_cut=500_00, turnover_cut=3.0)
    assert (result.cuts.contribution, result.cuts.turnover) == (500_00, 3.0)
    assert result.cuts.sentence() == "切线：年贡献 500 元，年周转 3.0 倍；落在线上算高。"
