"""What people see of a table: headings, units, words."""

import re
from datetime import date

import pandas as pd
import pytest

from crmkit.book.codes import word_for
from crmkit.book.results import RESULTS
from crmkit.book.schema import ACCOUNT, CLIENT, CODE, TABLES
from crmkit.book.views import shown
from crmkit.words import in_language

COLUMNS = [c for t in (*TABLES.values(), *RESULTS.values()) for c in t.columns.values()]


@pytest.mark.parametrize("value", sorted({v for c in COLUMNS if c.dtype == CODE for v in c.values}))
def test_every_code_has_a_word_or_speaks_for_itself(value: str):
    speaks = bool(re.fullmatch(r"[A-D]|[CR][1-5]", value))
    with in_language("zh"):
        assert (word_for(value) == value) == speaks


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: c.name)
def test_every_column_is_declared_in_both_languages(column):
    assert column.zh and column.en and column.meaning_zh and column.meaning_en
    assert column.values if column.dtype == CODE else not column.values


def test_the_ledger_s_headings_are_those_of_the_training_deck():
    with in_language("zh"):
        assert ACCOUNT.columns["assets"].heading() == "资产(万元)"
        assert ACCOUNT.columns["commission_rate"].heading() == "佣金(‰)"
    with in_language("en"):
        assert ACCOUNT.columns["assets"].heading() == "Assets (10k CNY)"


def test_cells_are_shown_in_words_and_dates_without_hours():
    rows = pd.DataFrame(
        {
            "gender": pd.Categorical(["f", None], categories=["f", "m"]),
            "open_date": pd.to_datetime([date(2010, 1, 1), None]),
            "do_not_contact": pd.array([True, None], dtype="boolean"),
        }
    )
    with in_language("zh"):
        seen = shown(rows, CLIENT.columns)
    assert seen.iloc[0].tolist() == ["女", "2010-01-01", "是"]
    assert seen.iloc[1].isna().all()
