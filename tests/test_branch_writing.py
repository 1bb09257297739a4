import json
import os
import signal
import subprocess
import sys
import time

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


def test_a_workbook_tells_how_far_it_is_and_keeps_the_truth_apart(tmp_path):
    plan, seen = make_plan(300, 1, "2026-01-05", months=6, dirt=0.2), []
    write_book(
        plan, tmp_path / "l.xlsx", truth=tmp_path / "truth", progress=lambda *d: seen.append(d)
    )
    assert seen == [(1, 2), (2, 2)]
    built = build_book(plan)
    assert len(read_table(tmp_path / "truth" / "fault")) == len(built.faults) > 0
    assert len(read_table(tmp_path / "truth" / "trait")) == 300
    read = read_ledger(tmp_path / "l.xlsx", plan.as_of)
    soiled = set(built.faults.loc[built.faults["kind"] == "phone_form", "client_id"])
    numbers = read.book.client.set_index("client_id")["mobile"]
    assert soiled and all(numbers[client].isascii() for client in soiled)


def test_a_workbook_that_is_there_stays_as_it_was(tmp_path):
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    with pytest.raises(CrmkitError) as raised:
        write_book(make_plan(5, 1, "2026-01-05", 1), tmp_path / "mine.xlsx")
    assert raised.value.key == "book.exists"
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"


def test_a_workbook_that_cannot_be_written_leaves_no_truth_either(tmp_path):
    plan = make_plan(5, 1, "2026-01-05", 1)
    with pytest.raises(CrmkitError):
        write_book(plan, tmp_path / "nowhere" / "l.xlsx", truth=tmp_path / "truth")
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_killed_leaves_nothing_that_opens(tmp_path):
    script = (
        "import os, signal\n"
        "from crmkit.branch.plan import make_plan\n"
        "from crmkit.branch.writing import write_book\n"
        "kill = lambda done, total: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write_book(make_plan(9, 1, '2026-01-05', 2), {str(tmp_path / 'book')!r}, progress=kill)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "book").exists()
    for left in tmp_path.rglob("*"):
        with pytest.raises(CrmkitError):
            open_book(left)


def test_a_large_book_does_not_go_into_a_workbook(tmp_path):
    plan = make_plan(MOST_IN_WORKBOOK + 1, 1, "2026-01-05", months=1)
    with pytest.raises(CrmkitError) as raised:
        write_book(plan, tmp_path / "ledger.xlsx")
    assert raised.value.key == "branch.too_many"


def test_no_workers_is_too_few(tmp_path):
    with pytest.raises(CrmkitError) as raised:
        write_book(make_plan(5, 1, "2026-01-05", 1), tmp_path / "book", workers=0)
    assert raised.value.key == "branch.bad_number"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent another way there")
@pytest.mark.parametrize("seconds", [0.5, 2.5])
def test_an_interrupt_ends_the_workers_quietly(tmp_path, seconds):
    script = (
        "import sys; from crmkit.cli import main\n"
        "if __name__ == '__main__':\n"
        f"    words = ['book', 'new', {str(tmp_path / 'book')!r}, '--clients', '300000']\n"
        "    print('begun', flush=True)\n"
        "    sys.exit(main([*words, '--workers', '2']))\n"
    )
    (tmp_path / "run.py").write_text(script, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "run.py")], start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as run:  # fmt: skip
        assert run.stdout.readline() == "begun\n"
        time.sleep(seconds)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Traceback" not in said and "Error" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["run.py"]
