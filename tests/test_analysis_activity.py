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


def test_flows_and_results_are_what_they_were_and_not_scaled_up():
    half = months(6, trade_amount=0, commission=0, inflow=2_00, outflow=5_00, pnl=-1_00)
    result = measures(book_of(half.assign(assets_end=20_00, logins=3))).iloc[0]
    assert result["inflow_12m"] == 12_00 and result["outflow_12m"] == 30_00
    assert result["net_flow_12m"] == -18_00
    assert result["pnl_12m"] == -6_00
    assert result["return_12m"] == pytest.approx(-6 / 20)
    assert result["logins_12m"] == 18 and result["months_on_record"] == 6


def test_income_is_told_apart_by_source():
    result = measures(book_of(months(trade_amount=0, commission=10_00, product_income=5_00))).iloc[
        0
    ]
    assert (result["commission_12m"], result["product_income_12m"]) == (120_00, 60_00)
    assert result["contribution_12m"] == 180_00


def test_days_since_count_from_the_end_of_the_month_and_never_beyond_the_day():
    # traded in April and in June, the month of the book's day; logged in last in February
    rows = months(trade_amount=0, trades=0, logins=0, commission=0)
    rows.loc[rows["month"] == "2026-06-01", "trades"] = 1
    rows.loc[rows["month"] == "2026-02-01", "logins"] = 2
    result = measures(book_of(rows)).iloc[0]
    assert result["days_since_trade"] == 0
    assert result["days_since_login"] == (date(2026, 6, 30) - date(2026, 2, 28)).days


def test_what_never_happened_is_missing_and_not_zero():
    result = measures(book_of(months(trade_amount=0, trades=0, commission=0))).iloc[0]
    silent = ["days_since_trade", "days_since_login", "days_since_contact", "products_held"]
    assert result[silent].isna().all()


def test_a_call_that_nobody_answered_is_no_contact():
    contact = pd.DataFrame(
        {
            "contact_id": ["1", "2", "3"],
            "client_id": "1",
            "date": pd.to_datetime(["2026-05-31", "2026-06-20", "2026-07-01"]),
            "outcome": ["reached", "missed", "reached"],
        }
    )
    tables = {**book_of().tables, "contact": contact}
    assert measures(make_client_book(AS_OF, **tables))["days_since_contact"].item() == 30


def test_a_profile_is_as_full_as_its_ten_fields_and_as_old_as_its_risk_test():
    client = pd.DataFrame(
        {
            "client_id": ["1"], "name": ["张三"], "gender": ["m"], "mobile": ["15400000000"],
            "risk_test_date": [pd.Timestamp("2025-06-30")], "motive": ["habit"],
        }
    )  # fmt: skip
    result = measures(make_client_book(AS_OF, client=client)).iloc[0]
    assert result["profile_completeness"] == pytest.approx(0.5)
    assert result["days_since_profile"] == 365


def test_kinds_of_product_are_counted_not_products():
    holding = pd.DataFrame(
        {
            "client_id": ["1", "1", "1", "1"], "product_id": ["a", "b", "c", "d"],
            "kind": ["stock", "stock", "fund", "bond"], "amount": [1_00, 2_00, 3_00, 0],
        }
    )  # fmt: skip
    client = pd.DataFrame({"client_id": ["1", "2"]})
    result = measures(make_client_book(AS_OF, client=client, holding=holding))
    assert result["products_held"].tolist() == [2, 0]
