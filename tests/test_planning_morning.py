"""Monday's plan, the results of Monday, Tuesday's plan: by the commands a manager types."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
import pandas as pd
import pytest

from crmkit.book.store import save_book
from crmkit.cli import main
from crmkit.conduct.messages import read_message
from crmkit.planning.facts import Facts, fact_lines
from crmkit.planning.game import MONDAY, class_agenda, class_best, class_book
from crmkit.planning.reasons import other_days, other_ways, worth, worth_by_name
from crmkit.words import glossary, in_language, t

TUESDAY = date(2026, 7, 7)
Run = Callable[..., dict]


@cache
def week_book():
    return class_book(seed=3)[0]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    save_book(week_book(), tmp_path / "book")
    return tmp_path


@pytest.fixture
def run(desk: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def plan(
        start: date, *words: str | Path | int, ledger: Path = desk / "book", lang: str = "zh"
    ) -> dict:
        capfd.readouterr()
        told = ["plan", ledger, "--start", start, "--days", 5, "--minutes", 50, *words]
        assert main([*map(str, told), "--json", "--lang", lang]) == 0
        return json.loads(capfd.readouterr().out)

    return plan


def fill_in(
    path: Path, day: date, results: list[str | None], moved_to: date | None = None
) -> list[str]:
    """Fill in the results of a day, in the order of the sheet; return whose they are."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[2]}
    rows = [row[0].row for row in page.iter_rows(min_row=3)
            if isinstance(row[0].value, datetime) and row[0].value.date() == day]  # fmt: skip
    for line, result in zip(rows, results, strict=False):
        page.cell(line, heads["结果"]).value = result
        if result == "改期":
            page.cell(line, heads["改到"]).value = moved_to
    book.save(path)
    return [str(page.cell(line, heads["客户号"]).value) for line in rows]


def everybody(found: dict) -> set[str]:
    return {row["client_id"] for part in ("contacts", "unplanned") for row in found[part]}


def kept(found: dict) -> list[tuple[str, str, str]]:
    return [(row["client_id"], row["date"], row["channel"]) for row in found["contacts"]]


def of(found: dict, client_id: str) -> list[dict]:
    return [row for row in found["contacts"] if row["client_id"] == client_id]


def test_a_plan_says_how_good_it_is(run: Run) -> None:
    found = run(MONDAY)
    assert {"neglected", "must_missed", "shortfall", "value", "bound", "gap", "minutes_used",
            "contacts"} <= found.keys()  # fmt: skip
    assert found["value"] <= found["bound"] + 1e-6 and 0 <= found["gap"] <= 1
    assert found["minutes_used"] == sum(row["minutes"] for row in found["contacts"])
    assert len(found["prices"]) == 5 and found["changes"] == []


def test_the_day_after_nothing_unmade_has_vanished(run: Run, desk: Path) -> None:
    monday = run(MONDAY, "-o", desk / "plan.xlsx")
    today = [row["client_id"] for row in monday["contacts"] if row["date"] == str(MONDAY)]
    assert len(today) >= 2
    fill_in(desk / "plan.xlsx", MONDAY, ["未接"])  # the rest of the day was not even tried
    tuesday = run(TUESDAY, "--results", desk / "plan.xlsx")
    assert everybody(tuesday) == everybody(monday)
    changed = {row["client_id"] for row in tuesday["changes"]}
    for client_id in today:
        assert of(tuesday, client_id) or client_id in changed
    assert tuesday["returned"] == {"logged": 1, "pins": 0, "problems": []}
    assert all(row["told"] for row in tuesday["changes"])


def test_results_are_kept_beside_the_book_and_counted_once(run: Run, desk: Path) -> None:
    run(MONDAY, "-o", desk / "plan.xlsx")
    whose = fill_in(desk / "plan.xlsx", MONDAY, ["接通"] * 9)
    first = run(TUESDAY, "--results", desk / "plan.xlsx")
    second = run(TUESDAY, "--results", desk / "plan.xlsx")
    later = run(TUESDAY)
    assert [one["returned"]["logged"] for one in (first, second, later)] == [len(whose), 0, 0]
    due = {row["client_id"]: row["last_contact"] for row in later["next_contact"]}
    assert {due[client_id] for client_id in whose} == {str(MONDAY)}


def test_what_clients_ask_for_is_kept_to(run: Run, desk: Path) -> None:
    run(MONDAY, "-o", desk / "plan.xlsx")
    thursday = date(2026, 7, 9)
    moved, refused = fill_in(desk / "plan.xlsx", MONDAY, ["改期", "拒绝"], thursday)[:2]
    channel = {row["client_id"]: row for row in run(MONDAY)["contacts"]}[refused]["channel"]
    tuesday = run(TUESDAY, "--results", desk / "plan.xlsx")
    assert of(tuesday, moved)[0]["date"] == str(thursday)
    causes = {row["client_id"]: row["cause"] for row in tuesday["changes"]}
    assert causes[moved] == "asked"
    assert channel not in {row["channel"] for row in of(tuesday, refused)}


def test_changes_in_the_sheet_are_kept_to(run: Run, desk: Path) -> None:
    monday = run(MONDAY, "-o", desk / "plan.xlsx")
    book = openpyxl.load_workbook(desk / "plan.xlsx")
    page = book.worksheets[0]
    lines = [row[0].row for row in page.iter_rows(min_row=3) if isinstance(row[0].value, datetime)]
    heads = {cell.value: cell.column for cell in page[2]}
    client_id = str(page.cell(lines[0], heads["客户号"]).value)
    friday = next(str(d) for d in pd.bdate_range(MONDAY, periods=5).date[::-1]
                  if str(d) not in {row["date"] for row in of(monday, client_id)})  # fmt: skip
    page.cell(lines[0], heads["日期"]).value = datetime.fromisoformat(friday)
    book.save(desk / "plan.xlsx")
    again = run(MONDAY, "--pins", desk / "plan.xlsx")
    assert again["returned"]["pins"] == 2
    assert friday in {row["date"] for row in of(again, client_id)}
    assert (
        monday["contacts"][0]["date"] not in {row["date"] for row in of(again, client_id)}
        or client_id != monday["contacts"][0]["client_id"]
    )


def edit(path: Path, change: Callable[[Any, dict[str, int], list[int]], None]) -> None:
    """Change the agenda's sheet: its page, the columns by heading, the lines of contacts."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    lines = [row[0].row for row in page.iter_rows(min_row=3) if isinstance(row[0].value, datetime)]
    change(page, {cell.value: cell.column for cell in page[2]}, lines)
    book.save(path)


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("渠道", "cal"),
        ("日期", datetime(2026, 6, 1)),
        ("日期", datetime(2026, 7, 11)),  # a Saturday
        ("日期", datetime(2026, 9, 1)),  # after the plan
    ],
)
def test_a_slip_in_a_row_is_told_and_moves_nobody(
    run: Run, desk: Path, heading: str, value: object
) -> None:
    monday = run(MONDAY, "-o", desk / "plan.xlsx")
    edit(desk / "plan.xlsx", lambda page, heads, lines: page.cell(
        lines[-1], heads[heading]).__setattr__("value", value))  # fmt: skip
    again = run(MONDAY, "--pins", desk / "plan.xlsx")
    assert again["changes"] == [] and kept(again) == kept(monday)
    assert again["returned"]["pins"] == 0
    (problem,) = again["returned"]["problems"]
    assert isinstance(problem["row"], int) and problem["hint"]


def test_a_contact_with_somebody_nobody_may_contact_is_refused_aloud(run: Run, desk: Path) -> None:
    book = week_book()
    people = book.client.assign(do_not_contact=pd.array([True, *[pd.NA] * (len(book.client) - 1)],
                                                        "boolean"))  # fmt: skip
    client_id = str(people["client_id"].iloc[0])
    tables = MappingProxyType({**book.tables, "client": people})
    save_book(replace(book, tables=tables), desk / "barred")
    (desk / "wish.csv").write_text(
        f"客户号,日期,渠道\n{client_id},{TUESDAY},电话\n999,{TUESDAY},电话\n", encoding="utf-8"
    )
    for spoken in ("zh", "en"):
        found = run(MONDAY, "--pins", desk / "wish.csv", ledger=desk / "barred", lang=spoken)
        stranger, barred = found["returned"]["problems"]
        assert (stranger["row"], stranger["value"]) == (3, "999")
        assert (barred["row"], barred["value"]) == (None, client_id)
        with in_language(spoken):
            assert barred["problem"] == t("returned.problem.barred", date=str(TUESDAY))
        assert found["returned"]["pins"] == 0 and not of(found, client_id)


def test_results_in_a_workbook_given_for_its_changes_are_spoken_of(run: Run, desk: Path) -> None:
    run(MONDAY, "-o", desk / "plan.xlsx")
    fill_in(desk / "plan.xlsx", MONDAY, ["接通"])
    note = t("agenda.note.unlogged", count=1)
    assert note in run(TUESDAY, "--pins", desk / "plan.xlsx")["notes"]
    both = run(TUESDAY, "--pins", desk / "plan.xlsx", "--results", desk / "plan.xlsx")
    later = run(TUESDAY, "--pins", desk / "plan.xlsx")
    assert note not in both["notes"] + later["notes"]
    assert (both["returned"]["logged"], later["returned"]["logged"]) == (1, 0)


def test_two_channels_refused_are_both_left_alone(run: Run, desk: Path) -> None:
    tried = run(MONDAY)["contacts"][0]["client_id"]
    for ways in (["电话"], ["微信"], ["电话", "微信"]):
        rows = [f"2026-07-0{day},{tried},{way},拒绝" for day, way in enumerate(ways, start=1)]
        text = "\n".join(["日期,客户号,渠道,结果", *rows])
        (desk / "book.contacts.csv").write_text(text, encoding="utf-8")
        found = run(MONDAY, "--minutes", 200, "--days", 20)
        words = {"call": "电话", "wechat": "微信"}
        assert {words.get(row["channel"]) for row in of(found, tried)}.isdisjoint(ways)
    assert found["returned"]["pins"] == 2 * 20


def test_what_cannot_be_read_in_the_log_is_told_with_new_results_too(run: Run, desk: Path) -> None:
    run(MONDAY, "-o", desk / "plan.xlsx")
    whose = fill_in(desk / "plan.xlsx", MONDAY, ["接通"])[0]
    line = f"2026-07-01,{whose},微信,乱写"
    log = desk / "book.contacts.csv"
    log.write_bytes(f"日期,客户号,渠道,结果\n{line}\n".encode("gbk"))
    for _ in range(2):
        told = run(TUESDAY, "--results", desk / "plan.xlsx")["returned"]["problems"]
        assert [(row["row"], row["value"]) for row in told] == [(2, "乱写")]
        assert line in log.read_text(encoding="utf-8-sig")


def test_a_ledger_is_neither_results_nor_a_plan(desk: Path, capfd) -> None:
    ledger = desk / "ledger.csv"
    ledger.write_text(
        "客户号,客户姓名,日期,渠道,结果\n1,张三,2026-07-01,电话,接通\n", encoding="utf-8"
    )
    for words in (["plan", ledger, "--results", ledger], ["plan", ledger, "--pins", ledger],
                  ["plan", "score", ledger, ledger]):  # fmt: skip
        assert main([*map(str, words), "--lang", "zh"]) == 2
        assert t("returned.a_ledger") in capfd.readouterr().err
    assert [path.name for path in desk.glob("ledger*")] == ["ledger.csv"]


def test_no_news_changes_nothing(run: Run, desk: Path) -> None:
    first = run(MONDAY, "-o", desk / "plan.xlsx")
    again = run(MONDAY, "--pins", desk / "plan.xlsx")
    assert again["changes"] == [] and again["returned"]["pins"] == 0
    assert kept(again) == kept(first)


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_the_kit_s_own_plan_scores_well_and_an_emptied_one_does_not(
    run: Run, desk: Path, capfd: pytest.CaptureFixture[str], spoken: str
) -> None:
    run(MONDAY, "-o", desk / "plan.xlsx")

    def scored(path: Path, *more: str) -> tuple[int, str]:
        words = ["plan", "score", path, desk / "book", "--days", 5, "--start", MONDAY,
                 "--minutes", 50, "--lang", spoken, *more]  # fmt: skip
        code = main(list(map(str, words)))
        return code, capfd.readouterr().out

    code, told = scored(desk / "plan.xlsx", "--json")
    found = json.loads(told)
    assert (code, found["broken"], found["problems"]) == (0, [], [])
    assert found["band"] == "A" and found["musts"] == 1.0
    book = openpyxl.load_workbook(desk / "plan.xlsx")
    book.worksheets[0].delete_rows(6, 200)
    book.save(desk / "few.xlsx")
    worse = json.loads(scored(desk / "few.xlsx", "--json")[1])
    assert worse["band"] == "D" and worse["losses"]
    assert worse["share"] < found["share"] <= 1.0
    assert "%" in scored(desk / "few.xlsx")[1]


def test_a_plan_without_a_contact_is_an_error_with_advice(desk: Path, capfd) -> None:
    (desk / "mine.csv").write_text("客户号,日期,渠道\n", encoding="utf-8")
    assert main(["plan", "score", str(desk / "mine.csv"), str(desk / "book"), "--lang", "zh"]) == 2
    assert t("score.empty") in capfd.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "-o ledger.csv", "-o ./sub/../ledger.csv", "-o link.csv", "-o ledger.contacts.csv",
        "--ics ledger.csv", "--html ledger.csv", "-o rules.toml --rules rules.toml",
        "-o months.csv --activity months.csv", "--results plan.xlsx --ics plan.xlsx",
        "--pins plan.xlsx --ics plan.xlsx", "-o new.xlsx --ics new.xlsx", "-o book/client.xlsx",
    ],
)  # fmt: skip
def test_nothing_is_written_over_what_a_plan_reads(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capfd, words: str
) -> None:
    monkeypatch.chdir(desk)
    (desk / "sub").mkdir()
    files = ("ledger.csv", "ledger.contacts.csv", "rules.toml", "months.csv", "plan.xlsx")
    for name in files:
        (desk / name).write_text("客户号,客户姓名\n13131,张三\n", encoding="utf-8")
    (desk / "link.csv").hardlink_to(desk / "ledger.csv")
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    ledger = "book" if "book/" in words else "ledger.csv"
    for spoken in ("zh", "en"):
        assert main(["plan", ledger, "--start", str(MONDAY), *words.split(), "--lang", spoken]) == 2
        with in_language(spoken):
            assert t("cli.over_input") in capfd.readouterr().err
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_the_best_of_a_class_is_within_the_proven_bound() -> None:
    for seed in (1, 2, 3):
        plan = class_agenda(seed)[0].plan
        best = class_best(plan.problem)
        assert not best.score.broken
        assert best.score.level0 >= plan.solution.level0_bound - 1e-6
        if best.score.level0 == plan.solution.score.level0:
            assert plan.solution.score.net <= best.score.net + 1e-6
            assert best.score.net <= plan.solution.bound + 1e-6


# sentences


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_nothing_we_advise_to_say_breaks_a_rule(spoken: str) -> None:
    talks = [key for key in glossary() if key.startswith("talk.")]
    assert len(talks) > 40
    for key in talks:
        text = glossary()[key][spoken].format(date="2026-07-01", channel="")
        assert not read_message(text), key


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_contact_says_why_in_whole_sentences(spoken: str) -> None:
    with in_language(spoken):
        contacts = class_agenda(seed=3)[0].contacts
    for name in ("reason", "why_today", "why_channel", "worth", "talk"):
        assert contacts[name].str.len().gt(0).all()
        assert not contacts[name].str.contains(r"[{}]|nan|None", regex=True).any()


def reason(**changed: object) -> dict:
    usual = {"days_as_good": 0, "other_days": "", "regret": 12.0, "rounded": False, "must": False,
             "gain": 80.0, "cost": 50.0, "displaced": None, "displaced_channel": None,
             "displaced_gain": None}  # fmt: skip
    return usual | changed


def test_a_day_is_explained_by_what_another_would_cost() -> None:
    two = {"days_as_good": 2, "other_days": "2026-07-02 2026-07-03", "regret": 0.0}
    cases = {
        "any": reason(days_as_good=9, other_days="2026-07-02", regret=0.0),
        "some": reason(**two),
        "dearer": reason(),
        "near": reason(regret=0.2),
        "must": reason(regret=1e6),
        "rounded": reason(rounded=True),
        "none": reason(regret=None),
    }
    said = {name: other_days(row, days=10) for name, row in cases.items()}
    assert len(set(said.values())) == len(said)
    assert "07-02" in said["some"] and "12" in said["dearer"]
    assert said["must"] == t("agenda.days.must")


def test_where_another_way_would_bring_more_the_sentence_says_so() -> None:
    ways = [{"channel": "call", "net": 10.0, "planned": True},
            {"channel": "visit", "net": 30.0, "planned": False}]  # fmt: skip
    assert "20" in other_ways(ways)
    ways[1]["net"] = 4.0
    assert "10" in other_ways(ways) and "4" in other_ways(ways)
    assert other_ways([{"channel": "sms", "net": -3.0, "planned": True},
                       {"channel": "call", "net": -9.0, "planned": False}]) == ""  # fmt: skip


def test_minutes_are_weighed_and_rounding_is_owned_up_to() -> None:
    assert "80" in worth(reason(), 10) and "50" in worth(reason(), 10)
    assert worth(reason(gain=20.0), 10) != worth(reason(), 10)
    assert "13131" in worth(
        reason(displaced="13131", displaced_channel="sms", displaced_gain=7.0), 10
    )
    with in_language("zh"):
        assert worth(reason(), 10, must=True).startswith("必做")


def test_who_would_have_the_minutes_otherwise_is_called_by_name() -> None:
    day = pd.Timestamp(MONDAY)
    contacts = pd.DataFrame({"client_id": ["1", "2"], "date": day, "minutes": 10, "must": False,
                             "worth": "as it was"})  # fmt: skip
    other = {"displaced": "10", "displaced_channel": "sms", "displaced_gain": 7.0}
    reasons = pd.DataFrame([{"client_id": "1", "date": day, **reason(**other)},
                            {"client_id": "2", "date": day, **reason()}])  # fmt: skip
    called, nobody = worth_by_name(contacts, reasons, {"10": "李四"})
    assert called == worth(reason(**other | {"displaced": "李四"}), 10)
    assert nobody == "as it was"
    assert worth_by_name(contacts, reasons, {})[0] == worth(reason(**other), 10)


def test_figures_are_for_talks_and_never_for_messages_or_greetings() -> None:
    known = Facts(month=date(2026, 6, 1), pnl=-500_000, outflow=900_000, inflow=0, trades=0,
                  mostly="stock", share=0.8, tested=date(2020, 1, 1))  # fmt: skip
    for purpose in ("big_loss", "outflow", "silence", "regular"):
        assert fact_lines(known, purpose, "call", MONDAY, 24)
        assert not fact_lines(known, purpose, "sms", MONDAY, 24)
    assert not fact_lines(known, "birthday", "call", MONDAY, 24)
    assert not fact_lines(Facts(), "regular", "call", MONDAY, 24)
