"""Dimensions, RFM, groups, motives, needs: against tables worked out by hand and the branch."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.analysis.activity import measures
from crmkit.analysis.groups import four_groups
from crmkit.analysis.motives import motive_of, motives
from crmkit.analysis.needs import needs
from crmkit.analysis.prospects import promising
from crmkit.analysis.rfm import rfm
from crmkit.analysis.segments import DIMENSIONS, explained, segments, what_divides
from crmkit.book.book import ClientBook, make_client_book
from crmkit.branch.simulate import make_book
from crmkit.words import LANGUAGES, in_language

AS_OF = date(2026, 1, 5)


@pytest.fixture(scope="module")
def branch() -> tuple[ClientBook, pd.DataFrame]:
    book = make_book(400, 4, AS_OF, months=14)
    return book, measures(book)


def clients(**columns: object) -> ClientBook:
    table = pd.DataFrame(columns)
    table["client_id"] = [str(n + 1) for n in range(len(table))]
    return make_client_book(AS_OF, client=table)


# Ten clients by hand; a fifth are two, and the last two never traded. How many traded later than
# each: 0 0 2 3 4 4 4 7. Halved and taken from five: 5 5 4 4 3 3 3 2, then 1 and 1.
DAYS = [1, 1, 5, 9, 30, 30, 30, 90, None, None]
TRADES = [50, 9, 40, 3, 2, 2, 8, 1, 0, 0]
MONEY = [900, 100, 800, 700, 20, 30, 40, 10, 5, 0]


def test_rfm_by_hand():
    table = pd.DataFrame(
        {"client_id": [str(n) for n in range(10)], "months_on_record": 12,
         "days_since_trade": DAYS, "trades_12m": TRADES, "contribution_12m": MONEY}
    )  # fmt: skip
    found = rfm(table).rfm
    assert found["r_score"].tolist() == [5, 5, 4, 4, 3, 3, 3, 2, 1, 1]
    assert found["f_score"].tolist() == [5, 4, 5, 3, 3, 3, 4, 2, 1, 1]
    assert found["m_score"].tolist() == [5, 4, 5, 4, 2, 3, 3, 2, 1, 1]
    assert found["rfm_group"].tolist() == [
        "key_value", "key_value", "key_value", "key_growth", "plain_rescue", "plain_rescue",
        "plain_keep", "plain_rescue", "plain_rescue", "plain_rescue",
    ]  # fmt: skip
    assert "记录中没有成交" in found["reason"].iloc[8]


def test_rfm_gives_prospects_no_score_and_says_so():
    table = pd.DataFrame(
        {"client_id": ["1", "2"], "months_on_record": [12, None], "days_since_trade": [3, None],
         "trades_12m": [5, None], "contribution_12m": [9, None]}
    )  # fmt: skip
    found = rfm(table)
    assert found.rfm.loc[1, ["r_score", "f_score", "m_score", "rfm_group"]].isna().all()
    assert "准客户" in found.notes[1] and "1 位" in found.notes[1]
    assert len(rfm(table.head(1)).notes) == 1


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60), st.integers(0, 9999)),
                min_size=1, max_size=40))  # fmt: skip
def test_a_better_client_never_scores_lower(rows: list[tuple[int, int, int]]):
    table = pd.DataFrame(rows, columns=["days_since_trade", "trades_12m", "contribution_12m"])
    table = table.assign(client_id=table.index.astype("str"), months_on_record=12)
    found = rfm(table).rfm
    for measure, score, better in (
        ("days_since_trade", "r_score", False), ("trades_12m", "f_score", True),
        ("contribution_12m", "m_score", True),
    ):  # fmt: skip
        scores = found.set_index(table[measure])[score].sort_index(ascending=better)
        assert scores.is_monotonic_increasing
        assert found.groupby(table[measure].to_numpy())[score].nunique().max() == 1


def test_ages_and_sizes_change_on_the_day_and_on_the_line():
    book = clients(birth_date=pd.to_datetime(["1996-01-05", "1996-01-06", None]))
    book = make_client_book(
        AS_OF, client=book.client,
        account=pd.DataFrame({"account_id": ["1", "2"], "client_id": ["1", "2"],
                              "assets": [100_000_00, 100_000_00 - 1]}),
    )  # fmt: skip
    found = segments(book, measures(book)).segments
    assert found["age_band"].tolist() == ["30_to_44", "below_30", np.nan]
    assert found["size"].tolist() == ["middle", "small", np.nan]
    assert found["taste"].isna().all()  # a book without holdings does not say


def test_tastes_go_by_what_is_held():
    holding = pd.DataFrame(
        {"client_id": ["1", "1", "2", "3", "3"], "product_id": list("abcde"),
         "kind": ["stock", "fund", "wealth", "stock", "bond"], "amount": [80, 20, 5, 50, 50]}
    )  # fmt: skip
    book = make_client_book(AS_OF, client=clients(name=list("甲乙丙丁")).client, holding=holding)
    found = segments(book, measures(book)).segments
    assert found["taste"].tolist() == ["shares", "products", "both", "nothing"]


def test_every_dimension_says_what_it_cannot_tell(branch):
    for language in LANGUAGES:
        with in_language(language):
            assert len(set(segments(*branch).notes)) == len(DIMENSIONS)


def test_what_a_division_explains_by_hand():
    groups, values = pd.Series(list("aabb")), pd.Series([1.0, 3, 5, 7])
    assert explained(groups, values) == pytest.approx(16 / 20)
    assert explained(pd.Series(list("abab")), values) == pytest.approx(4 / 20)
    assert np.isnan(explained(groups, pd.Series([2.0] * 4)))


def test_behaviour_divides_contribution_better_than_region_or_sex(branch):
    book, found = branch
    money = np.log1p(found["contribution_12m"].astype("float64").clip(lower=0))
    table = what_divides(segments(book, found).segments, money)
    assert table["dimension"].iloc[0] == "behaviour"
    order = table.set_index("column")["explained"]
    assert order["rhythm"] > 5 * max(order["province"], order["gender"])


@pytest.mark.parametrize(
    ("stage", "note", "group"),
    [("prospect", "有定期存款", "potential"),
     ("prospect", "原在别家，嫌服务不好", "development"),
     ("prospect", "He already invests elsewhere", "development"),
     ("new", None, "second"), ("existing", "别家也有账户", "second"),
     ("dormant", None, "second"),
     ("lost", None, "development")],
)  # fmt: skip
def test_groups_go_by_stage_with_our_firm_before_anything_else(stage, note, group):
    book = clients(stage=[stage], note=[note])
    assert four_groups(book, measures(book))["client_group"].tolist() == [group]


def test_a_rich_client_of_yesterday_is_not_for_life_and_a_core_client_is():
    book = make_client_book(
        AS_OF, client=clients(stage=["new", "existing", "existing"]).client,
        account=pd.DataFrame({"account_id": list("123"), "client_id": list("123"),
                              "assets": [900, 800, 1], "commission_rate": 1.0}),
    )  # fmt: skip
    table = measures(book).assign(contribution_12m=pd.array([900, 950, 1], "Int64"))
    groups = four_groups(book, table)["client_group"].tolist()
    assert groups == ["second", "lifetime", "second"]


QUOTES = {
    "return": ["去年收益怎么样，跑赢大盘没有", "打新中签率高不高", "What yield does it make?"],
    "rules": [
        "合同里白纸黑字写着吗",
        "我按纪律来，到止损就走",
        "Is that in writing, in the terms?",
    ],
    "habit": ["我一直这么做，习惯了", "还是老样子，每天看一眼", "I have always done it this way"],
    "status": ["你们有没有贵宾室，专属的", "圈子里的人都怎么配", "Is there a VIP membership?"],
    "emotion": ["跟你聊聊我就放心", "老朋友了，我信任你", "You feel like family, I trust you"],
    None: ["今天几号", "我是女的，六十二岁，退休", "A 35-year-old engineer", "收益好，不过合同呢"],
}


@pytest.mark.parametrize(
    ("motive", "quote"), [(motive, quote) for motive, quotes in QUOTES.items() for quote in quotes]
)
def test_motives_are_read_from_words_and_never_from_age_or_sex(motive: str | None, quote: str):
    assert motive_of(quote).motive == motive


def test_motives_of_a_book_come_from_remarks_contacts_and_habits():
    months = pd.date_range("2025-01-01", periods=12, freq="MS")
    activity = pd.DataFrame({"client_id": "3", "trades": 1, "month": months})
    contact = pd.DataFrame({"contact_id": ["1"], "client_id": ["2"], "note": ["要看书面条款"],
                            "date": pd.to_datetime(["2025-06-01"])})  # fmt: skip
    book = make_client_book(
        AS_OF, contact=contact, activity=activity,
        client=clients(note=["想赚快钱", None, None, "女，65 岁"]).client,
    )  # fmt: skip
    found = motives(book)
    assert found["motive"].tolist() == ["return", "rules", "habit", np.nan]
    assert found["evidence"].iloc[1] == "条款、书面"
    assert "不要按年龄" in found["reason"].iloc[3]


def test_needs_name_roles_and_a_question_and_borrowing_comes_first():
    holding = pd.DataFrame({"client_id": ["2", "4"], "product_id": ["m", "w"],
                            "kind": ["margin", "wealth"], "amount": [50_00, 60_00]})  # fmt: skip
    account = pd.DataFrame({"account_id": list("1234"), "client_id": list("1234"), "assets": 100_00,
                            "cash": [70_00, 90_00, 0, 0]})  # fmt: skip
    book = make_client_book(AS_OF, client=clients(name=list("甲乙丙丁戊")).client, account=account,
                            holding=holding)  # fmt: skip
    table = measures(book)
    table["turnover_ratio"] = [0.0, 9.0, 9.0, 0.0, np.nan]
    found = needs(book, table)
    assert found["reliance"].tolist() == ["deposits", "loans", "trading", "deposits", np.nan]
    assert found["roles"].iloc[1] == "客户经理、营业部负责人"
    assert found["ask"].iloc[:4].str.contains("？").all() and found["ask"].isna().iloc[4]


def test_prospects_are_ranked_by_signs_since_they_have_no_trades(branch):
    book, table = branch
    found = promising(book, table)
    stages = book.client.set_index("client_id")["stage"]
    assert (stages.loc[found["client_id"]] == "prospect").all()
    assert len(found) == (stages == "prospect").sum()
    assert found["signs"].is_monotonic_decreasing and found["signs"].max() >= 3
    recommended = book.client.set_index("client_id").loc[found["client_id"], "source"] == "referral"
    assert found["reason"].str.contains("有人介绍")[recommended.to_numpy()].all()
