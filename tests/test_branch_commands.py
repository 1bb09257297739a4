import json
from datetime import date

import pandas as pd
import pytest

from crmkit.book.book import make_client_book
from crmkit.book.ledger import ledger_day, read_ledger, write_ledger
from crmkit.book.store import open_book
from crmkit.cli import main


def run(capfd, *words):
    code = main([*map(str, words), "--lang", "en"])
    return code, capfd.readouterr()


def test_a_book_is_made_from_the_command_line(capfd, tmp_path):
    out, truth = tmp_path / "book", tmp_path / "truth"
    code, said = run(capfd, "book", "new", out, "--clients", 30, "--months", 3, "--seed", 5,
                     "--as-of", "2026-01-05", "--dirt", 0.5, "--truth", truth)  # fmt: skip
    assert code == 0
    assert "30 people" in said.out
    assert len(open_book(out).client) >= 30
    assert (truth / "fault").is_dir()


@pytest.mark.parametrize(("words", "part"), [
    (("--clients", 0), "--clients cannot be 0"), (("--preset", "x"), "sse2023"),
    (("--market", "x"), "bear2018"), (("--as-of", "x"), "x"), (("--dirt", 2), "dirt"),
])  # fmt: skip
def test_what_cannot_be_made_is_explained(capfd, tmp_path, words, part):
    code, said = run(capfd, "book", "new", tmp_path / "book", *words)
    assert code == 2
    assert part in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "book").exists()


def test_nothing_is_overwritten_from_the_command_line(capfd, tmp_path):
    (tmp_path / "book").mkdir()
    code, said = run(capfd, "book", "new", tmp_path / "book", "--clients", 5, "--months", 1)
    assert code == 2
    assert "already" in said.err


def test_the_card_is_printed_and_told_to_programs(capfd):
    assert main(["book", "card", "--json", "--preset", "szse2018", "--lang", "en"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["preset"] == "szse2018"
    assert told["passed"] == told["facts"] - 1
    assert {"fact", "target", "low", "high", "observed", "passes", "status", "source"} <= set(
        told["card"][0]
    )
    code, said = run(capfd, "book", "card", "--preset", "szse2018")
    assert code == 0
    assert "PGR/PLR" in said.out
    assert "is the least" in said.out


def test_a_made_up_ledger_keeps_its_day_and_its_mark(capfd, tmp_path):
    file = tmp_path / "book.xlsx"
    words = ["book", "new", file, "--clients", 60, "--months", 13, "--as-of", "2026-01-05"]
    assert run(capfd, *words)[0] == 0
    assert "of 2026-01-05" in run(capfd, "tier", file)[1].out
    assert "of 2026-02-03" in run(capfd, "tier", file, "--as-of", "2026-02-03")[1].out
    assert "2026-01-05 against 2025-12-05" in run(
        capfd, "signals", file, "--since", "2025-12-05"
    )[1].out  # fmt: skip
    assert run(capfd, "report", file, "-o", tmp_path / "r.html")[0] == 0
    assert "Demonstration data" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_manager_s_own_ledger_is_of_the_day_it_is_read(tmp_path):
    client = pd.DataFrame({"client_id": ["1"]})
    write_ledger(make_client_book(date(2020, 1, 5), client=client), tmp_path / "mine.xlsx")
    assert ledger_day(tmp_path / "mine.xlsx") is None
    assert "synthetic" not in read_ledger(tmp_path / "mine.xlsx", date(2020, 1, 6)).book.origin


@pytest.mark.parametrize("name", ["book.csv", "book.xls", "book.XLSM"])
def test_a_book_is_a_folder_or_a_workbook(capfd, tmp_path, name):
    code, said = run(capfd, "book", "new", tmp_path / name, "--clients", 5, "--months", 1)
    assert code == 2 and ".xlsx" in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_book_and_truth_are_two_places(capfd, tmp_path, name):
    words = ["book", "new", tmp_path / name, "--clients", 5, "--months", 1, "--truth"]
    code, said = run(capfd, *words, tmp_path / "." / name)
    assert code == 2 and "--truth" in said.err
    assert not list(tmp_path.iterdir())


def test_the_truth_does_not_open_as_a_book(capfd, tmp_path):
    truth = tmp_path / "truth"
    run(capfd, "book", "new", tmp_path / "b", "--clients", 5, "--months", 1, "--truth", truth)
    code, said = run(capfd, "tier", truth)
    assert code == 2 and "no client table" in said.err
