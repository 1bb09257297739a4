import json

import pytest

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
    (("--clients", 0), "n cannot be 0"), (("--preset", "x"), "sse2023"),
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
