import json

import pandas as pd
import pytest

from crmkit.book.ledger import read_ledger
from crmkit.book.schema import TABLES
from crmkit.book.store import open_book, read_table
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import build_book
from crmkit.branch.streams import BLOCK
from crmkit.branch.writing import MOST_IN_WORKBOOK, write_book
from crmkit.errors import CrmkitError


def test_any_number_of_workers_writes_the_same_bytes(tmp_path):
    plan = make_plan(BLOCK + 100, 1, "2026-01-05", months=2)
    told = []
    for workers in (1, 2, 4):
        seen = []
        write_book(plan, tmp_path / f"w{workers}", workers, progress=lambda *d, s=seen: s.append(d))
        told.append((tmp_path / f"w{workers}" / "book.json").read_bytes())
        assert seen == [(1, 2), (2, 2)]
    assert told[0] == told[1] == told[2]


def test_what_is_written_is_what_is_built(tmp_path):
    plan = make_plan(300, 1, "2026-01-05", months=6, dirt=0.1)
    write_book(plan, tmp_path / "book", truth=tmp_path / "truth")
    built, opened = build_book(plan), open_book(tmp_path / "book")
    for name in TABLES:
        pd.testing.assert_frame_equal(opened.tables[name], built.tables[name])
    assert {path.name for path in (tmp_path / "truth").iterdir()} == {
        "trait", "outcome", "fault", "book.json",
    }  # fmt: skip
    assert len(read_table(tmp_path / "truth" / "fault")) == len(built.faults)
    assert json.loads((tmp_path / "truth" / "book.json").read_text())["synthetic"] is True


def test_an_interrupted_run_leaves_no_half_book(tmp_path):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_book(make_plan(50, 1, "2026-01-05", 2), tmp_path / "book", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_small_book_becomes_a_ledger_that_reads_back(tmp_path):
    plan = make_plan(40, 1, "2026-01-05", months=3)
    write_book(plan, tmp_path / "ledger.xlsx")
    read = read_ledger(tmp_path / "ledger.xlsx", plan.as_of)
    assert read.problems.empty
    assert read.book.client["client_id"].tolist() == build_book(plan).client["client_id"].tolist()


def test_a_large_book_does_not_go_into_a_workbook(tmp_path):
    plan = make_plan(MOST_IN_WORKBOOK + 1, 1, "2026-01-05", months=1)
    with pytest.raises(CrmkitError) as raised:
        write_book(plan, tmp_path / "ledger.xlsx")
    assert raised.value.key == "branch.too_many"


def test_no_workers_is_too_few(tmp_path):
    with pytest.raises(CrmkitError) as raised:
        write_book(make_plan(5, 1, "2026-01-05", 1), tmp_path / "book", workers=0)
    assert raised.value.key == "branch.bad_number"
