"""Contribution and turnover, against books worked out by hand."""

from datetime import date

import pandas as pd
import pytest

from crmkit.analysis.activity import measures
from crmkit.book.book import ClientBook, make_client_book

AS_OF = date(2026, 6, 30)
YEAR = pd.date_range("2025-07-01", "2026-06-01", freq="MS")


def book_of(
    activity: dict[str, list[object]] | pd.DataFrame | None = None,
    assets: object = 100_000_00,
    rate: object = 1.0,
    opened: str = "2010-01-01",
) -> ClientBook:
    return make_client_book(
        AS_OF,
        client=pd.DataFrame({"client_id": ["1"], "open_date": [pd.Timestamp(opened)]}),
        account=pd.DataFrame(
            {"account_id": ["1"], "client_id": ["1"], "assets": [assets], "commission_rate": [rate]}
        ),
        activity=pd.DataFrame() if activity is None else pd.DataFrame(activity),
    )


def months(n: int = 12, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"client_id": "1", "month": YEAR[-n:], **columns})


def test_the_deck_s_two_clients_at_four_turns_each_way():
    # 10 万元 at 1 ‰ and 20 万元 at 0.8 ‰, bought and sold four times a year
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
    result = measures(book)
    assert result["contribution_12m"].tolist() == [800_00, 1280_00]
    assert result["turnover_ratio"].isna().all()
    assert set(result["basis"]) == {"estimated"}


def test_a_full_year_is_added_up_and_divided_by_assets():
    result = measures(book_of(months(trade_amount=50_000_00, commission=50_00))).iloc[0]
    assert result["contribution_12m"] == 600_00
    assert result["trade_amount_12m"] == 600_000_00
    assert result["turnover_ratio"] == pytest.approx(6.0)
    assert result["basis"] == "measured"


def test_income_from_other_products_counts():
    result = measures(book_of(months(trade_amount=0, commission=10_00, product_income=5_00)))
    assert result["contribution_12m"].item() == 180_00


def test_commission_is_worked_out_from_trades_where_it_is_missing():
    result = measures(book_of(months(trade_amount=100_000_00), rate=0.8))
    assert result["contribution_12m"].item() == 12 * 80_00


def test_a_month_without_an_amount_leaves_the_year_unknown():
    book = book_of(months(trade_amount=[1_00] * 11 + [None], commission=[1_00] * 11 + [None]))
    result = measures(book)
    assert result["contribution_12m"].isna().all()
    assert result["basis"].item() == "unknown"


def test_half_a_year_of_data_is_scaled_to_a_year():
    result = measures(book_of(months(6, trade_amount=50_000_00, commission=50_00)))
    assert result["contribution_12m"].item() == 600_00
    assert result["turnover_ratio"].item() == pytest.approx(6.0)


def test_only_the_latest_year_counts_and_nothing_after_the_book_s_day():
    older = months(trade_amount=1_00, commission=1_00)
    older["month"] -= pd.DateOffset(years=1)
    later = months(1, trade_amount=9_00, commission=9_00)
    later["month"] = pd.Timestamp("2026-07-01")
    book = book_of(pd.concat([older, months(trade_amount=2_00, commission=2_00), later]))
    assert measures(book)["contribution_12m"].item() == 24_00


def test_a_new_client_s_turnover_is_per_year_of_being_a_client():
    trades = [0] * 9 + [50_000_00] * 3
    result = measures(book_of(months(trade_amount=trades, commission=0), opened="2026-04-10"))
    assert result["turnover_ratio"].item() == pytest.approx(6.0)
    assert result["trade_amount_12m"].item() == 150_000_00


def test_average_assets_are_worked_back_through_flows_and_results():
    # 100,000 today; 50,000 came in during the last month: eleven months at 50,000
    book = book_of(months(trade_amount=0, commission=0, inflow=[0] * 11 + [50_000_00]))
    assert measures(book)["average_assets"].item() == round((11 * 50_000_00 + 100_000_00) / 12)


def test_recorded_month_end_assets_come_before_worked_back_ones():
    book = book_of(months(trade_amount=40_000_00, commission=0, assets_end=40_000_00))
    assert measures(book)["turnover_ratio"].item() == pytest.approx(12.0)


def test_an_empty_account_that_never_trades_has_zero_turnover():
    assert measures(book_of(months(trade_amount=0, commission=0), assets=0))[
        "turnover_ratio"
    ].tolist() == [0.0]


@pytest.mark.parametrize(("assets", "rate"), [(None, 1.0), (100_00, None), (None, None)])
def test_without_the_numbers_the_basis_is_unknown(assets: object, rate: object):
    assert measures(book_of(assets=assets, rate=rate))["basis"].item() == "unknown"


def test_two_accounts_make_one_client_with_a_weighted_rate():
    book = make_client_book(
        AS_OF,
        client=pd.DataFrame({"client_id": ["1"]}),
        account=pd.DataFrame(
            {
                "account_id": ["1a", "1b"],
                "client_id": ["1", "1"],
                "assets": [30_000_00, 10_000_00],
                "commission_rate": [0.2, 1.0],
            }
        ),
    )
    result = measures(book, assumed_turnover=1.0).iloc[0]
    assert result["assets"] == 40_000_00
    assert result["contribution_12m"] == 6_00 + 10_00


def test_an_empty_book_has_no_measures():
    assert measures(make_client_book(AS_OF)).empty
