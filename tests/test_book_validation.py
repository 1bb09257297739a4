"""Books that do not come from a ledger are checked against the schema."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from crmkit.book.ledger import read_ledger
from crmkit.book.schema import TABLES
from crmkit.book.validation import validate
from crmkit.words import LANGUAGES, in_language

FIXTURES = Path(__file__).parent / "fixtures"


def found(table: str, rows: pd.DataFrame) -> list[tuple[object, ...]]:
    problems = validate(table, rows)[["row", "column", "value", "kind"]]
    return list(problems.astype(object).fillna("").itertuples(index=False, name=None))


@pytest.mark.parametrize("table", TABLES)
def test_what_the_reader_makes_is_without_fault(table: str):
    book = read_ledger(FIXTURES / "ledger_dirty.xlsx", date(2026, 6, 30)).book
    assert found(table, book.tables[table]) == []


def account(**columns: list[object]) -> pd.DataFrame:
    rows = pd.DataFrame({"account_id": ["1", "2"], "client_id": ["1", "2"]} | columns)
    known = TABLES["account"].columns
    return rows.reindex(columns=list(known)).astype({n: c.dtype for n, c in known.items()})


def test_bounds_gaps_and_keys():
    rows = account(commission_rate=[20.5, -0.1], assets=[-1, None])
    assert found("account", rows) == [
        (1, "assets", "-1", "out_of_range"), (1, "commission_rate", "20.5", "out_of_range"),
        (2, "commission_rate", "-0.1", "out_of_range"),
    ]  # fmt: skip
    assert found("account", account(client_id=["1", None])) == [
        (2, "client_id", "", "cell_missing")
    ]
    assert found("account", account(account_id=["1", "1"])) == [
        (1, "account_id", "1", "key_repeated"), (2, "account_id", "1", "key_repeated"),
    ]  # fmt: skip


def test_keys_of_two_columns():
    months = {"client_id": ["1", "1"], "month": pd.to_datetime(["2026-05-01", "2026-05-01"])}
    rows = pd.concat([TABLES["activity"].empty(), pd.DataFrame(months)])
    known = TABLES["activity"].columns
    rows = rows.astype({n: c.dtype for n, c in known.items()})
    assert [kind for *_, kind in found("activity", rows)] == ["key_repeated"] * 2


def test_types_and_columns():
    rows = account().drop(columns="cash").astype({"assets": "float64"})
    assert found("account", rows) == [
        ("", "assets", "float64", "wrong_type"),
        ("", "cash", "", "column_absent"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_whole_in_both_languages(language: str):
    with in_language(language):
        problems = validate("account", account(assets=[-1, None], commission_rate=[4, 1]))
    assert (
        not problems[["problem", "hint"]]
        .apply(lambda s: s.str.contains("{", regex=False))
        .any()
        .any()
    )
    assert problems["sheet"].unique().tolist() == ["account"]


def test_an_unknown_table_is_the_caller_s_mistake():
    with pytest.raises(KeyError):
        validate("clients", pd.DataFrame())
