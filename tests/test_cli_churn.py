"""``crmkit signals`` and ``crmkit churn`` as people and programs call them."""

import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from crmkit.book.store import open_book
from crmkit.cli import main
from crmkit.words import LANGUAGES

MANAGER = str(Path(__file__).parents[1] / "datasets/manager")
SINCE = ["--since", "2025-12-05"]


def run_json(capfd, *words: str | Path) -> dict:
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(capfd.readouterr().out)


@pytest.fixture(scope="module")
def bank(tmp_path_factory) -> Path:
    """A bank's churn table of another layout, with a column that knows the answer."""
    rng = np.random.default_rng(1)
    n = 600
    age, balance = rng.integers(20, 70, n), rng.gamma(2, 30_000, n).round()
    left = rng.random(n) < 1 / (1 + np.exp(3.2 - 0.06 * (age - 30)))
    path = tmp_path_factory.mktemp("bank") / "bank.csv"
    pd.DataFrame({
        "RowNumber": range(n), "CustomerId": 15_600_000 + np.arange(n), "Surname": "X",
        "Geography": rng.choice(["North", "South"], n), "Age": age,
        "Tenure": rng.integers(0, 11, n),
        "Balance": balance, "Complain": left * 1, "Exited": left * 1,
    }).to_csv(path, index=False)  # fmt: skip
    return path


NAMED = ["--map", "churned=Exited", "--map", "client_id=CustomerId", "--map", "tenure=Tenure",
         "--map", "tier=Geography", "--map", "ignore=RowNumber,Surname"]  # fmt: skip


def test_signals_of_one_book_against_an_earlier_day(capfd, tmp_path: Path):
    found = run_json(capfd, "signals", MANAGER, *SINCE)
    assert (found["before"], found["after"]) == ("2025-12-05", "2026-01-05")
    assert sum(found["counts"].values()) == len(found["alerts"]) > 20
    assert all(a["reason"] and a["due"] >= "2026-01-05" and a["play"] for a in found["alerts"])
    fresh = sum(a["fresh"] for a in found["alerts"])
    out = tmp_path / "a.xlsx"
    assert main(["signals", MANAGER, *SINCE, "--new", "-o", str(out), "--lang", "en"]) == 0
    page = capfd.readouterr()
    assert "kept elsewhere" in page.out and f"{fresh} alerts" in page.out
    assert "in full" in page.err
    assert openpyxl.load_workbook(out).worksheets[0].max_row > fresh
    assert "for_compliance" not in found


def test_the_compliance_queue_is_asked_for_and_told_apart(capfd):
    found = run_json(capfd, "signals", MANAGER, *SINCE, "--compliance")
    assert set(found) == {"before", "after", "for_compliance", "notes"}
    assert main(["signals", MANAGER, *SINCE, "--compliance", "--lang", "en"]) == 0
    assert "Do not tell the client" in capfd.readouterr().out


def test_old_clients_whom_a_list_of_guests_leaves_out_are_alerts(capfd, tmp_path: Path):
    everybody = open_book(MANAGER).client["client_id"].tolist()
    for name, numbers in (("some.csv", everybody[:5]), ("none.csv", ["1", "2"])):
        (tmp_path / name).write_text(
            "\n".join(["客户号,备注", *(f"{n}," for n in numbers)]), encoding="utf-8"
        )
    without = run_json(capfd, "signals", MANAGER, *SINCE)["counts"]
    found = run_json(capfd, "signals", MANAGER, *SINCE, "--invited", tmp_path / "some.csv")
    skipped = {a["client_id"] for a in found["alerts"] if a["signal"] == "skipped"}
    assert len(skipped) > without.get("skipped", 0) and not skipped & set(everybody[:5])
    assert main(["signals", MANAGER, *SINCE, "--invited", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capfd.readouterr().err


def test_two_ledgers_are_compared(capfd, tmp_path: Path):
    for name, assets in (("old.csv", 10), ("new.csv", 4)):
        text = f"客户姓名,客户号,资产(万元)\n张三,13131,{assets}\n李四,13132,5"
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = run_json(capfd, "signals", tmp_path / "old.csv", tmp_path / "new.csv",
                     "--before-as-of", "2026-05-01", "--as-of", "2026-06-01")  # fmt: skip
    assert [(a["client_id"], a["signal"]) for a in found["alerts"]
            if a["signal"] == "outflow"] == [("13131", "outflow")]  # fmt: skip


def test_a_day_before_the_record_and_clients_who_are_gone_are_told(capfd, tmp_path: Path):
    notes = run_json(capfd, "signals", MANAGER, "--since", "1999-01-01")["notes"]
    assert len(notes) == 1 and "1999-01-01" in notes[0]
    assert run_json(capfd, "signals", MANAGER, *SINCE)["notes"] == []
    for name, people in (("old.csv", "张三,13131,10\n李四,13132,5"), ("new.csv", "张三,13131,9")):
        (tmp_path / name).write_text(f"客户姓名,客户号,资产(万元)\n{people}", encoding="utf-8")
    found = run_json(capfd, "signals", tmp_path / "old.csv", tmp_path / "new.csv",
                     "--before-as-of", "2026-05-01", "--as-of", "2026-06-01")  # fmt: skip
    assert "13132" in found["notes"][0]


def test_churn_of_a_book(capfd, tmp_path: Path):
    out = tmp_path / "c.xlsx"
    found = run_json(capfd, "churn", MANAGER, "-o", out)
    assert [row["kind"] for row in found["labels"]] == ["closed", "asset", "silent", "streak"]
    assert found["judged"] is None and any("20" in note for note in found["notes"])
    assert all(row["reason"] for row in found["scores"])
    assert {row["group"] for row in found["survival"]} <= set("ABCD")
    assert openpyxl.load_workbook(out).sheetnames


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bank_s_table_works_by_naming_its_columns(capfd, bank: Path, language: str):
    assert main(["churn", str(bank), *NAMED, "--lang", language]) == 0
    said = capfd.readouterr().out
    assert "Complain" in said and "AUC 1.00" in said
    assert "Geography" not in said or "Complain" in said
    assert not any(word in said for word in ("churn.", "customers."))


def test_the_bank_s_table_without_the_answer_in_it(capfd, bank: Path, tmp_path: Path):
    mapping = tmp_path / "bank.toml"
    mapping.write_text(
        'churned = "Exited"\nclient_id = "CustomerId"\ntier = "Geography"\ntenure = "Tenure"\n'
        'ignore = ["RowNumber", "Surname", "Complain"]\n', encoding="utf-8",
    )  # fmt: skip
    found = run_json(capfd, "churn", bank, "--map", mapping)
    assert 0.6 < found["judged"]["auc"] < 0.95
    assert any("Age" in leaf["sentence"] for leaf in found["tree"])
    assert {row["group"] for row in found["survival"]} == {"North", "South"}
    assert found["log_rank"]["freedom"] == 1
    assert not any("AUC 1.00" in note for note in found["notes"])


def test_a_table_without_dates_speaks_of_no_window(capfd, bank: Path):
    words = [*NAMED, "--months", "3", "--label", "silent", "--as-of", "2026-01-05"]
    assert main(["churn", str(bank), *words, "--lang", "en"]) == 0
    said = capfd.readouterr().out
    assert "window by the definition" not in said and "next window" not in said
    assert "--months, --label, --as-of" in said
    assert "no effect" not in "".join(run_json(capfd, "churn", bank, *NAMED)["notes"])


@pytest.mark.parametrize(("language", "said"), [("en", "--map churned="), ("zh", "--map churned=")])
def test_a_ledger_without_months_says_nothing_of_leavers(capfd, tmp_path, language, said):
    file = tmp_path / "led.csv"
    file.write_text("客户姓名,客户号,资产(万元)\n张三,13131,10\n李四,13132,5", encoding="utf-8")
    assert main(["churn", str(file), "--lang", language]) == 0
    page = capfd.readouterr().out
    assert said in page and " 0 left" not in page and "流失 0 位" not in page
    assert "0 months" not in page and "0 个月" not in page
    found = run_json(capfd, "churn", file)
    assert found["left"] is None and found["clients"] == 2
    assert not any(row["score"] > 0 for row in found["scores"])
    assert ("None of the 2 clients" in page) == (language == "en")


@pytest.mark.parametrize(("words", "said"), [
    (["--map", "churned=Gone"], "Exited"),
    (["--map", "tenure=Tenure"], "churned="),
    (["--map", "churned=Age"], "churned_is"),
    (["--map", "churned=Exited", "--map", "tenure=Geography"], "North"),
    (["--map", "who=Exited"], "client_id"),
    (["--map", "nonsense"], "churned=Exited"),
    (["--map", "no.toml"], "no.toml"),
    (["--map", "churned=Geography", "--map", "churned_is=East"], "South"),
])  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_mapping_is_one_sentence_that_helps(capfd, bank: Path, words, said, language):
    assert main(["churn", str(bank), *words, "--lang", language]) == 2
    seen = capfd.readouterr()
    assert said in seen.err and "Traceback" not in seen.err


@pytest.mark.parametrize("words", [
    ["signals", MANAGER], ["signals", MANAGER, "--since", "2027-01-01"],
    ["signals", MANAGER, "--since", "soon"],
])  # fmt: skip
def test_mistakes_with_dates_are_said(capfd, words):
    assert main([*words, "--lang", "en"]) == 2
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("command", ["signals", "churn"])
def test_help_is_wholly_in_the_language_asked_for(capfd, command: str):
    assert main(["--lang", "zh", command, "--help"]) == 0
    chinese = capfd.readouterr().out
    assert "Usage" not in chinese and "cli." not in chinese
    assert main(["--lang", "en", command, "--help"]) == 0
    english = capfd.readouterr().out
    assert not any("一" <= c <= "鿿" for c in english) and "cli." not in english
