"""``crmkit tier``: stars, concentration, what moved, a firm's lines, and books file to file."""

import json
from pathlib import Path

import duckdb
import openpyxl
import pytest

from crmkit.book.store import save_book
from crmkit.branch.simulate import make_book
from crmkit.cli import main
from crmkit.words import LANGUAGES

DAYS = {"before": ("2025-07-05", 13), "after": ("2026-01-05", 19)}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books")
    for name, (day, months) in DAYS.items():
        save_book(make_book(90, 2, day, months=months), folder / name)
    return folder


def run(capfd: pytest.CaptureFixture[str], *words: object) -> dict:
    assert main([*map(str, words), "--json", "--lang", "zh"]) == 0
    return json.loads(capfd.readouterr().out)


def test_stars_and_concentration_stand_beside_the_tiers(books: Path, capfd):
    found = run(capfd, "tier", books / "after")
    stars = found["stars"]
    rated = [client["stars"] for client in found["clients"] if client["stars"]]
    assert {int(n): count for n, count in stars["counts"].items()} == {
        n: rated.count(n) for n in range(1, 6)
    }
    assert stars["lines"] == sorted(stars["lines"]) and len(stars["lines"]) == 4
    assert 0 < found["concentration"]["gini"] < 1 < 5 * found["concentration"]["brought"]
    assert stars["sign_up"]["rate"] is None  # this book says of nobody whether they signed


def test_moves_are_listed_against_an_earlier_book(books: Path, tmp_path: Path, capfd):
    out = tmp_path / "tiers.xlsx"
    found = run(capfd, "tier", books / "after", "--before", books / "before", "-o", out)
    assert found["moves"]
    for move in found["moves"]:
        assert move["move"] != "same" and move["reason"] and "*" in move["name"]
    titles = openpyxl.load_workbook(out).sheetnames
    assert titles == ["客户", "各类客户怎么维护", "星级", "自 2025-07-05 以来的变动"]


def test_books_in_the_wrong_order_are_refused(books: Path, capfd):
    assert main(["tier", str(books / "before"), "--before", str(books / "after")]) == 2
    assert "--before-as-of" in capfd.readouterr().err


def test_a_firm_s_file_draws_the_lines_and_options_come_before_it(
    books: Path, tmp_path: Path, capfd
):
    rules = tmp_path / "firm.toml"
    rules.write_text("[cuts]\ncontribution = 700\nturnover = 3\n[stars]\ncontribution = "
                     "[10, 20, 30, 40]\n", encoding="utf-8")  # fmt: skip
    found = run(capfd, "tier", books / "after", "--rules", rules, "--turnover-cut", 5)
    assert found["cuts"] == {"contribution_12m": 700.0, "turnover_ratio": 5.0}
    assert found["stars"]["lines"] == [10, 20, 30, 40]


def test_the_sign_up_rate_comes_from_a_column_of_the_ledger(tmp_path: Path, capfd):
    ledger = tmp_path / "台账.csv"
    ledger.write_text(
        "客户姓名,客户号,佣金(‰),资产(万元),签约\n张三,1,1,100,是\n李四,2,1,90,否\n王五,3,1,80,\n赵六,4,1,1,是\n",
        encoding="utf-8",
    )
    rules = tmp_path / "firm.toml"
    rules.write_text("[stars]\ncontribution = [1, 1000, 10000, 100000]\n", encoding="utf-8")
    words = ["tier", ledger, "--as-of", "2026-01-05", "--rules", rules]
    found = run(capfd, *words)
    assert found["stars"]["sign_up"] == {"clients": 3, "signed": 1, "unknown": 1, "rate": 0.5}
    assert main([*map(str, words), "--lang", "zh"]) == 0
    assert "3 星以上客户 3 位，已签约 1 位，签约率 50%" in capfd.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parquet_file_is_written_piece_by_piece(
    books: Path, tmp_path: Path, capfd, language: str
):
    out = tmp_path / "tiers.parquet"
    assert main(["tier", str(books / "after"), "-o", str(out), "--lang", language]) == 0
    assert out.name in capfd.readouterr().out
    written = duckdb.read_parquet(str(out)).df()
    small = run(capfd, "tier", books / "after")
    assert dict(zip(written["client_id"], written["tier"], strict=True)) == {
        client["client_id"]: client["tier"] for client in small["clients"]
    }
    again = run(capfd, "tier", books / "after", "-o", tmp_path / "again.parquet")
    assert again["cuts"] == small["cuts"]
    assert again["counts"] == {tier: n for tier, n in small["counts"].items() if n}


def test_a_ledger_s_tiers_go_into_a_parquet_file_too(books: Path, tmp_path: Path, capfd):
    ledger, out = tmp_path / "台账.csv", tmp_path / "tiers.parquet"
    ledger.write_text("客户姓名,客户号,佣金(‰),资产(万元)\n张三,1,1,100\n李四,2,1,90\n",
                      encoding="utf-8")  # fmt: skip
    found = run(capfd, "tier", ledger, "--as-of", "2026-01-05", "-o", out)
    written = duckdb.read_parquet(str(out)).df()
    assert dict(zip(written["client_id"], written["tier"], strict=True)) == {
        client["client_id"]: client["tier"] for client in found["clients"]
    }
    large = tmp_path / "large.parquet"
    assert main(["tier", str(books / "after"), "-o", str(large)]) == 0
    of_large = duckdb.read_parquet(str(large))
    assert (list(written), written["tier"].tolist()) == (of_large.columns, ["B", "D"])
    capfd.readouterr()
    (tmp_path / "no.parquet").write_bytes(ledger.read_bytes())
    assert main(["tier", str(tmp_path / "no.parquet"), "-o", str(out), "--lang", "zh"]) == 2
    assert "不是 Parquet 文件" in capfd.readouterr().err


@pytest.mark.parametrize("option", ["--before", "--as-of", "--activity", "--before-as-of"])
def test_what_has_no_part_from_file_to_file_is_refused(books, tmp_path, capfd, option: str):
    words = ["tier", books / "after", "-o", tmp_path / "t.parquet", option, "2026-01-05"]
    assert main([*map(str, words), "--lang", "zh"]) == 2
    assert option in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["tier", "churn"])
def test_no_workbook_hides_under_another_name(books: Path, tmp_path: Path, capfd, command: str):
    assert main([command, str(books / "after"), "-o", str(tmp_path / "out.csv")]) == 2
    assert ".xlsx" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["tier", "plan"])
@pytest.mark.parametrize("option", ["--contribution-cut", "--turnover-cut"])
@pytest.mark.parametrize("value", ["nan", "-5", "inf"])
def test_a_line_is_a_number(books: Path, capfd, command: str, option: str, value: str):
    assert main([command, str(books / "after"), option, value, "--lang", "zh"]) == 2
    assert f"{option} 不能是 {value}" in capfd.readouterr().err
