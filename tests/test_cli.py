"""The commands as people and programs call them."""

import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from crmkit.cli import main
from crmkit.course import Entry, open_sheet
from crmkit.words import LANGUAGES, in_language, t

DECK = [
    [
        "客户姓名",
        "客户号",
        "佣金(‰)",
        "资产(万元)",
        "手机号码",
        "固定电话",
        "开户日期",
        "住址",
        "备注",
    ],
    ["张三", 13131, 1, 10, 13888888888, 22118888, "2010/1/1", "田安路1号", "6月1日通话"],
    ["李四", 13132, 0.8, 20, 13999999999, 22119999, "2009/1/1", "丰泽街2号", "5月1日见面"],
]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """The ledger as the training deck prints it: two rows."""
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for i, row in enumerate(DECK):
            sheet.write_row(i, 0, row)
    return path


def run_json(capfd, *words: str | Path) -> dict:
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(capfd.readouterr().out)


def test_check_counts_the_clients_and_finds_nothing_in_the_deck_s_ledger(deck: Path, capfd):
    found = run_json(capfd, "book", "check", deck, "--as-of", "2010-06-03")
    assert (found["clients"], found["problems"], found["contacts"]) == (2, [], 2)


def test_a_problem_says_where_what_and_what_to_do(tmp_path: Path, capfd):
    path = tmp_path / "a.csv"
    path.write_text("客户姓名,客户号,资产(万元),手机号码\n张三,1,-5,1388888\n", encoding="gb18030")
    found = run_json(capfd, "book", "check", path, "--as-of", "2026-07-01")
    assert found["clients"] == 1
    by_column = {problem["column"]: problem for problem in found["problems"]}
    assert (by_column["资产(万元)"]["row"], by_column["资产(万元)"]["value"]) == (2, "-5")
    assert all(p["problem"] and p["hint"] and p["kind"] for p in found["problems"])


def test_tier_gives_every_client_a_tier_and_a_reason(deck: Path, capfd):
    found = run_json(capfd, "tier", deck, "--as-of", "2010-06-03")
    tiers = {client["client_id"]: client for client in found["clients"]}
    assert {k: v["tier"] for k, v in tiers.items()} == {"13131": "D", "13132": "B"}
    assert tiers["13132"]["contribution_12m"] == 1280.0
    assert tiers["13132"]["turnover_ratio"] is None
    assert all(client["reason"] for client in tiers.values())
    assert found["counts"] == {"A": 0, "B": 1, "C": 0, "D": 1, "unknown": 0}


def test_given_lines_are_in_yuan_and_turns(deck: Path, capfd):
    found = run_json(capfd, "tier", deck, "--contribution-cut", "700", "--turnover-cut", "4")
    assert found["cuts"] == {"contribution_12m": 700.0, "turnover_ratio": 4.0}
    assert found["counts"]["B"] == 2


def test_plan_accounts_for_every_client_and_writes_both_files(deck: Path, tmp_path: Path, capfd):
    xlsx, ics = tmp_path / "plan.xlsx", tmp_path / "plan.ics"
    found = run_json(
        capfd, "plan", deck, "--start", "2010-06-03", "--days", 20, "--minutes", 240,
        "-o", xlsx, "--ics", ics,
    )  # fmt: skip
    planned = {row["client_id"] for row in found["contacts"]}
    left_out = {row["client_id"] for row in found["unplanned"]}
    assert planned | left_out == {"13131", "13132"}
    assert not planned & left_out
    assert all(row["reason"] and row["why_today"] and row["talk"] for row in found["contacts"])
    assert len(found["load"]) == 20
    printed = {c.value for page in openpyxl.load_workbook(xlsx) for row in page for c in row}
    assert "张三" in printed
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [["book", "check"], ["tier"], ["plan", "--days", "3"]])
def test_names_and_phones_are_masked_on_the_screen(deck: Path, capfd, command, language: str):
    assert main([*command, str(deck), "--lang", language]) == 0
    seen = capfd.readouterr()
    assert main([*command, str(deck), "--lang", language, "--json"]) == 0
    seen_json = capfd.readouterr()
    for text in (seen.out, seen.err, seen_json.out, seen_json.err):
        for secret in ("张三", "李四", "13888888888", "22119999", "田安路1号"):
            assert secret not in text


def test_exports_say_that_they_are_not_masked(deck: Path, tmp_path: Path, capfd):
    assert main(["tier", str(deck), "-o", str(tmp_path / "t.xlsx"), "--lang", "zh"]) == 0
    assert "没有打码" in capfd.readouterr().err
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert "姓名和电话原文" in page["A1"].value
    assert "李四" in {cell.value for cell in page["C"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tier", "no.xlsx"], "no.xlsx"),
        (["tier"], "LEDGER"),
        (["tier", "x.xlsx", "--as-of", "July"], "--as-of"),
        (["plan", "x.xlsx", "--days", "many"], "--days"),
        (["plan", "x.xlsx", "--days"], "--days"),
        (["tier", "x.xlsx", "--colour"], "--colour"),
        (["dance"], "crmkit --help"),
        (["tier", "x.xlsx", "--lang", "fr"], "fr"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_is_one_sentence_and_exit_code_2(capfd, words, said: str, language: str):
    words = words if "--lang" in words else [*words, "--lang", language]
    assert main(words) == 2
    seen = capfd.readouterr()
    assert said in seen.err
    assert "Traceback" not in seen.err
    assert seen.out == ""


def test_no_command_shows_the_help(capfd):
    assert main([]) == 2
    assert "crmkit" in capfd.readouterr().out


@pytest.mark.parametrize("command", ["", "book", "book check", "tier", "plan", "lab", "doctor"])
def test_help_is_wholly_in_the_language_asked_for(capfd, command: str):
    assert main(["--lang", "zh", *command.split(), "--help"]) == 0
    chinese = capfd.readouterr().out
    assert "Usage" not in chinese and "Show this" not in chinese and "cli." not in chinese
    assert main(["--lang", "en", *command.split(), "--help"]) == 0
    english = capfd.readouterr().out
    assert not any("一" <= c <= "鿿" for c in english) and "cli." not in english


def test_a_fault_of_ours_is_an_apology_and_a_log_never_a_traceback(deck: Path, capfd, monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("crmkit.book.ledger.read_ledger", fail)
    assert main(["tier", str(deck), "--lang", "en"]) == 2
    said = capfd.readouterr().err
    assert "Traceback" not in said
    log = Path(said.split("details are in ")[1].split(";")[0].replace("\n", ""))
    assert "ZeroDivisionError: ours" in log.read_text(encoding="utf-8")
    log.unlink()


def test_a_saved_book_is_checked_tiered_and_planned_like_a_ledger(capfd):
    folder = Path(__file__).parents[1] / "datasets/manager"
    checked = run_json(capfd, "book", "check", folder)
    assert (checked["as_of"], checked["clients"], checked["problems"]) == ("2026-01-05", 300, [])
    tiered = run_json(capfd, "tier", folder)
    assert sum(tiered["counts"].values()) == len(tiered["clients"])
    assert len(tiered["clients"]) + sum(tiered["outside"].values()) == 300
    planned = run_json(capfd, "plan", folder, "--start", "2026-01-05", "--days", "5")
    found = {row["client_id"] for part in ("contacts", "unplanned") for row in planned[part]}
    assert len(found) == 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_hand_in_writes_one_file_and_says_where(
    tmp_path: Path, capfd, monkeypatch: pytest.MonkeyPatch, language: str
):
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path / "progress"))
    assert main(["hand-in", "--lang", language]) == 2
    with in_language(language):
        assert t("course.nothing_to_hand_in") in capfd.readouterr().err
    open_sheet().keep("l11-x1", Entry("income"))
    assert main(["hand-in", "--lang", language]) == 0
    [file] = tmp_path.glob("progress/*.crmkit.json")
    assert str(file) in capfd.readouterr().out
    found = run_json(capfd, "hand-in", "-o", tmp_path / "a.json")
    assert (found["file"], found["answers"], found["cards"]) == (str(tmp_path / "a.json"), 1, 0)
    answers = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["sheet"]["answers"]
    assert answers["l11-x1"]["answer"] == "income"
