"""A ledger with every fault: each planted fault gives exactly its problem, every client stays."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from crmkit.book.ledger import Reading, read_ledger, write_ledger
from crmkit.words import LANGUAGES, in_language

FIXTURES = Path(__file__).parent / "fixtures"
TOOL = Path(__file__).parents[1] / "tools" / "build_dirty_ledger.py"
FILES = ("ledger_dirty.xlsx", "ledger_dirty.xls", "ledger_dirty.csv")


@cache
def facts() -> dict[str, Any]:
    return json.loads((FIXTURES / "ledger_dirty.json").read_text(encoding="utf-8"))


@cache
def read(name: str) -> Reading:
    return read_ledger(FIXTURES / name, date.fromisoformat(facts()["as_of"]))


def expected(name: str, what: str) -> Counter[tuple[Any, ...]]:
    """What was planted, as far as the kind of file can show it."""
    entries = facts()[what]
    if name.endswith(".csv"):
        kept = (e for e in entries if e["sheet"] == "客户台账" and "only" not in e)
        entries = [e | {"sheet": name} for e in kept]
    if name.endswith(".xls"):  # formula errors are empty there
        entries = [e for e in entries if e.get("kind") != "error_cell"]
        gap = {"sheet": "客户台账", "row": 129, "column": "客户代码", "value": ""}
        entries += [gap | {"kind": "no_client_id"}] if what == "problems" else []
    keys = ("sheet", "row") if what == "ignored" else ("sheet", "row", "column", "value", "kind")
    return Counter(tuple(e[key] for key in keys) for e in entries)


def found(table: pd.DataFrame, *columns: str) -> Counter[tuple[Any, ...]]:
    rows = table[list(columns)].astype(object).where(table[list(columns)].notna(), None)
    return Counter(rows.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("what", ["problems", "notes"])
def test_every_planted_fault_is_named_once_and_nothing_else_is(name: str, what: str):
    table = getattr(read(name), what)
    assert found(table, "sheet", "row", "column", "value", "kind") == expected(name, what)


@pytest.mark.parametrize("name", FILES)
def test_rows_that_are_no_clients_are_told_with_a_reason(name: str):
    ignored = read(name).ignored
    assert found(ignored, "sheet", "row") == expected(name, "ignored")
    assert ignored["reason"].str.len().gt(0).all()


@pytest.mark.parametrize("name", FILES)
def test_every_good_client_is_read_with_every_value_true(name: str):
    book = read(name).book
    clients = book.client.merge(book.account, on="client_id").set_index("client_id")
    good = pd.DataFrame(facts()["good"]).set_index("客户代码")
    got = clients.loc[good.index]
    assert len(book.client) == facts()["clients"]
    assert got["name"].tolist() == good["客户姓名"].tolist()
    assert got["commission_rate"].tolist() == good["佣金(‰)"].astype(float).tolist()
    fen = (good["资产（万元）"].astype(float) * 1_000_000).round().astype(int)
    assert got["assets"].tolist() == fen.tolist()
    assert got["mobile"].tolist() == good["手机"].tolist()
    assert got["phone"].tolist() == good["固话"].tolist()
    assert got["open_date"].dt.strftime("%Y-%m-%d").tolist() == good["开户日"].tolist()
    assert got["birth_date"].dt.strftime("%Y-%m-%d").tolist() == good["出生日期"].tolist()
    assert got["address"].tolist() == good["住址"].tolist()
    assert got["gender"].tolist() == good["性别"].tolist()


@pytest.mark.parametrize("name", FILES[:2])
def test_a_fault_costs_the_cell_and_not_the_row(name: str):
    reading = read(name)
    assert len(reading.book.activity) == facts()["months"]
    accounts = reading.book.account
    without_rate = accounts[accounts["commission_rate"].isna()]
    assert len(without_rate) == 10 and without_rate["assets"].notna().all()
    missing = reading.book.activity.merge(
        reading.book.client[["client_id"]].iloc[[7]], on="client_id"
    ).query("month == '2026-06-01'")
    assert missing["trade_amount"].isna().all() and missing["commission"].notna().all()


def test_do_not_contact_is_set_for_those_who_ask_and_for_nobody_else():
    clients = read(FILES[0]).book.client
    asked = clients.loc[clients["do_not_contact"].fillna(False), "note"].tolist()
    assert asked == ["勿扰", "请勿联系", "不要再打电话", "Do not call", "老人，不要联系"]


def test_the_file_written_from_it_reads_back_the_same_and_without_a_problem(tmp_path: Path):
    first = read(FILES[0]).book
    for language in LANGUAGES:
        with in_language(language):
            write_ledger(first, tmp_path / f"{language}.xlsx")
    for language in LANGUAGES:
        again = read_ledger(tmp_path / f"{language}.xlsx", first.as_of)
        assert set(again.problems["kind"]) <= {"rate_low", "heading_repeated"}
        for name, table in first.tables.items():
            pd.testing.assert_frame_equal(again.book.tables[name], table)


def test_the_fixtures_are_what_the_tool_builds():
    subprocess.run([sys.executable, str(TOOL), "--check"], check=True)
