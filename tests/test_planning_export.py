"""The files as others read them: openpyxl; vobject, ics and icalendar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import ics
import openpyxl
import pandas as pd
import pytest
import vobject

from crmkit.book.book import make_client_book
from crmkit.book.codes import word_for
from crmkit.book.results import AGENDA, RETURNED
from crmkit.errors import CrmkitError
from crmkit.planning.agenda import Agenda, make_agenda
from crmkit.planning.export import write_excel, write_ics
from crmkit.planning.pages import write_pages
from crmkit.planning.returned import PLANNED, pins_of, read_returned
from crmkit.plots import TIER_COLOURS
from crmkit.words import in_language, t

START = date(2026, 7, 1)
FORMULA = '=HYPERLINK("http://example.com","张三")'
TITLES = {
    "zh": [
        "日程",
        "客户下次联系",
        "未安排的客户",
        "一分钟值多少",
        "每日工作量",
        "客户分类",
        "台账问题",
        "说明",
        "规则和出处",
    ],
    "en": [
        "Agenda",
        "Next contact",
        "Clients not planned",
        "The price of a minute",
        "Load per day",
        "Tiers",
        "Ledger problems",
        "Notes",
        "Rules and sources",
    ],
}
RARE = "𠮷𡈽𣗳😀" * 12  # every character takes four bytes


def agenda(start: date = START, days: int = 20, names: str = "张三") -> Agenda:
    rows = pd.DataFrame(
        {
            "client_id": [f"{n:07d}" for n in range(24)],
            "tier": ["A", "B", "C", "D"] * 6,
            "name": [FORMULA, RARE, *[f"{names}{n}" for n in range(22)]],
            "mobile": [f"1003{n:07d}" for n in range(24)],
            "address": ["田安路1号", None, None, None] * 6,
            "birth_date": pd.to_datetime([date(1980, 7, n + 1) for n in range(24)]),
            "note": ["6月1日通话；下次谈费用，\n带资料", None, "+86", None] * 6,
        }
    )
    book = make_client_book(start, client=rows)
    return make_agenda(book, rows[["client_id", "tier"]], start, days, 240)


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    with in_language(request.param):
        yield request.param


def sheet_rows(page: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_the_workbook_has_its_sheets_in_the_reader_s_language(tmp_path: Path, spoken: str):
    plan = agenda()
    problems = pd.DataFrame(
        {"sheet": ["台账"], "row": [3], "column": ["资产"], "value": ["=1+1"], "kind": ["x"],
         "problem": ["不是数字"], "hint": ["请改"]}
    )  # fmt: skip
    write_excel(plan, tmp_path / "plan.xlsx", problems=problems, notes=["一句话"])
    pages = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets
    assert [page.title for page in pages if page.sheet_state == "visible"] == TITLES[spoken]
    assert [page.title for page in pages if page.sheet_state == "hidden"] == [PLANNED]


def test_the_agenda_stands_under_a_line_for_each_day(tmp_path: Path, spoken: str):
    plan = agenda()
    write_excel(plan, tmp_path / "plan.xlsx")
    rows = sheet_rows(openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0])
    assert t("planning.unmasked") in rows[0][0]
    lines = [row[0] for row in rows[2:] if isinstance(row[0], str)]
    assert [line[:10] for line in lines] == [
        f"{day:%Y-%m-%d}" for day in plan.contacts["date"].drop_duplicates()
    ]
    used = plan.load.set_index("date")["minutes"]
    for line in lines:
        assert str(used[line[:10]]) in line
    days, starts, ids = zip(*[row[:2] + row[3:4] for row in rows[2:] if row[1]], strict=True)
    assert [day.date() for day in days] == list(plan.contacts["date"].dt.date)
    assert list(starts) == plan.contacts["start"].tolist()
    assert list(ids) == plan.contacts["client_id"].tolist()


def test_the_workbook_prints_on_a4_across_with_its_headings(tmp_path: Path):
    write_excel(agenda(), tmp_path / "plan.xlsx")
    for page in openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets:
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert (page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (
            0,
            True,
        )
        assert page.print_title_rows and page.freeze_panes


def test_names_and_remarks_are_in_full_and_never_formulas(tmp_path: Path):
    write_excel(agenda(), tmp_path / "plan.xlsx")
    cells = [
        cell
        for page in openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets
        for row in page.iter_rows()
        for cell in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    values = {cell.value for cell in cells}
    assert {FORMULA, RARE, "+86", "10030000005", "田安路1号"} <= values


def test_musts_that_could_not_be_met_have_a_sheet_of_their_own(tmp_path: Path):
    plan = agenda()
    book = make_client_book(START, client=plan.people.assign(birth_date=pd.Timestamp(1980, 7, 1)))
    crowded = make_agenda(book, plan.tiers, START, 5, 3)
    assert len(crowded.missed) == 21
    with in_language("zh"):
        write_excel(crowded, tmp_path / "plan.xlsx")
        pages = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert pages["未能安排的必做事项"].max_row == 2 + 21


def test_an_empty_plan_still_makes_files(tmp_path: Path, spoken: str):
    tiers = pd.DataFrame({"client_id": [], "tier": []})
    plan = make_agenda(make_client_book(START), tiers, START, 3, 240)
    write_excel(plan, tmp_path / "plan.xlsx")
    write_ics(plan, tmp_path / "plan.ics")
    assert len(openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0][1]) > 0
    calendar = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
    assert not calendar.walk("VEVENT")


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path):
    for name in ("a", "b"):
        write_excel(agenda(), tmp_path / f"{name}.xlsx")
        write_ics(agenda(), tmp_path / f"{name}.ics")
    for kind in ("xlsx", "ics"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


@pytest.mark.parametrize("write", [write_excel, write_ics])
def test_a_place_that_cannot_be_written_is_an_error_with_advice(tmp_path: Path, write):
    with pytest.raises(CrmkitError) as caught:
        write(agenda(), tmp_path / "missing" / "plan.xlsx")
    assert caught.value.key == "book.not_writable"


def test_the_workbook_comes_back_without_any_change(tmp_path: Path, spoken: str):
    plan = agenda()
    write_excel(plan, tmp_path / "plan.xlsx")
    back = read_returned(tmp_path / "plan.xlsx", plan.people)
    assert back.problems.empty and pins_of(back).empty
    for name in ("client_id", "date", "channel"):
        assert back.rows[name].tolist() == plan.contacts[name].tolist()


def test_changes_made_in_excel_come_back_as_pins(tmp_path: Path, spoken: str):
    plan = agenda()
    write_excel(plan, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[2]}
    lines = [r[0].row for r in page.iter_rows(min_row=3) if isinstance(r[0].value, datetime)]
    first, second, third = lines[:3]
    page.cell(first, heads[AGENDA.columns["date"].heading()]).value = datetime(2026, 7, 20)
    page.cell(second, heads[AGENDA.columns["channel"].heading()]).value = word_for("visit")
    page.cell(second, heads[RETURNED.columns["outcome"].heading()]).value = word_for("missed")
    gone = plan.contacts.iloc[2]
    page.delete_rows(third)
    book.save(tmp_path / "back.xlsx")
    back = read_returned(tmp_path / "back.xlsx", plan.people)
    moved = plan.contacts.iloc[0]
    assert back.problems.empty
    assert pins_of(back)[["client_id", "date", "pin"]].values.tolist() == sorted(
        [
            [moved["client_id"], moved["date"], "kept_free"],
            [gone["client_id"], gone["date"], "kept_free"],
            [moved["client_id"], pd.Timestamp(2026, 7, 20), "fixed"],
        ],
        key=lambda pin: (pin[1], pin[0]),
    )
    assert back.rows["outcome"].dropna().tolist() == ["missed"]


def test_results_and_channels_are_chosen_from_lists(tmp_path: Path, spoken: str):
    write_excel(agenda(), tmp_path / "plan.xlsx")
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    lists = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert f'"{",".join(word_for(o) for o in RETURNED.columns["outcome"].values)}"' in lists
    assert len(lists) == 3 and all(len(words) <= 255 for words in lists)


# the calendar


def calendar_text(folder: Path, plan: Agenda) -> str:
    write_ics(plan, folder / "plan.ics")
    return (folder / "plan.ics").read_bytes().decode("utf-8")


def expected_talks(plan: Agenda) -> set[tuple[datetime, datetime]]:
    beijing = ZoneInfo("Asia/Shanghai")
    talks = plan.contacts[plan.contacts["channel"].isin(["visit", "call"])]
    return {
        tuple(
            datetime.fromisoformat(f"{row.date:%Y-%m-%d}T{clock}").replace(tzinfo=beijing)
            for clock in (row.start, row.end)
        )
        for row in talks.itertuples()
    }


def test_three_parsers_read_the_same_talks(tmp_path: Path, spoken: str):
    plan = agenda()
    text = calendar_text(tmp_path, plan)
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    by_vobject = vobject.readOne(text).vevent_list
    by_ics = ics.Calendar(text).events
    assert len(events) == len(by_vobject) == len(by_ics)
    talks = expected_talks(plan)
    assert talks
    assert talks <= {(e.decoded("dtstart"), e.decoded("dtend")) for e in events}
    assert talks <= {(e.dtstart.value, e.dtend.value) for e in by_vobject}
    assert talks <= {(e.begin.datetime, e.end.datetime) for e in by_ics}


def test_texts_come_back_as_they_went_in(tmp_path: Path, spoken: str):
    text = calendar_text(tmp_path, agenda())
    event = next(e for e in vobject.readOne(text).vevent_list if RARE in e.summary.value)
    again = next(e for e in ics.Calendar(text).events if e.uid == event.uid.value)
    assert event.summary.value == again.name
    assert event.description.value == again.description
    remark = next(e for e in ics.Calendar(text).events if FORMULA in e.name)
    assert "6月1日通话；下次谈费用，\n带资料" in remark.description


def test_lines_are_folded_between_characters_at_75_bytes(tmp_path: Path, spoken: str):
    write_ics(agenda(), tmp_path / "plan.ics")
    lines = (tmp_path / "plan.ics").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_messages_of_a_day_are_one_event_with_the_list(tmp_path: Path):
    plan = agenda()
    text = calendar_text(tmp_path, plan)
    messages = plan.contacts[plan.contacts["channel"].isin(["wechat", "sms"])]
    title = t("planning.event.messages", count="").strip()[:2]
    events = [
        event
        for event in icalendar.Calendar.from_ical(text).walk("VEVENT")
        if event["summary"].startswith(title)
    ]
    assert len(events) == messages["date"].nunique()
    for event in events:
        day = pd.Timestamp(event.decoded("dtstart").date())
        listed = messages[messages["date"] == day]
        names = plan.people.set_index("client_id")["name"].reindex(listed["client_id"])
        assert all(name in event["description"] for name in names)


def events_of(path: Path) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    by_uid = {str(event["uid"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def without_first_call(plan: Agenda) -> tuple[Agenda, pd.Series]:
    calls = plan.contacts[plan.contacts["channel"] == "call"]
    return replace(plan, contacts=plan.contacts.drop(index=calls.index[0])), calls.iloc[0]


def test_the_same_plan_again_changes_nothing_in_the_calendar(tmp_path: Path, spoken: str):
    path = tmp_path / "plan.ics"
    write_ics(agenda(), path)
    before = path.read_bytes()
    assert write_ics(agenda(), path) == [path]
    assert path.read_bytes() == before


def test_a_contact_that_moves_keeps_its_identity_with_the_next_number(tmp_path: Path):
    path, plan = tmp_path / "plan.ics", agenda()
    write_ics(plan, path)
    before = events_of(path)
    call = plan.contacts.index[plan.contacts["channel"] == "call"][0]
    moved = plan.contacts.copy()
    moved.loc[call, "start"], moved.loc[call, "end"] = "17:40", "17:50"
    write_ics(replace(plan, contacts=moved, start=START + timedelta(days=1)), path)
    after = events_of(path)
    changed = [uid for uid in before if after[uid].to_ical() != before[uid].to_ical()]
    assert before.keys() == after.keys() and len(changed) == 1
    assert after[changed[0]]["sequence"] == before[changed[0]]["sequence"] + 1
    assert after[changed[0]].decoded("dtstamp").date() == START + timedelta(days=1)


def test_a_contact_on_another_day_for_another_reason_is_the_same_event(tmp_path: Path):
    path, plan = tmp_path / "plan.ics", agenda(days=10)
    write_ics(plan, path)
    before = events_of(path)
    counts = plan.contacts["client_id"].value_counts()
    once = plan.contacts["client_id"].map(counts).eq(1) & plan.contacts["channel"].eq("call")
    row = plan.contacts.index[once][-1]
    moved = plan.contacts.copy()
    moved["purpose"] = moved["purpose"].astype("str")
    moved.loc[row, ["date", "due"]] = pd.Timestamp(2026, 7, 14)
    moved.loc[row, "purpose"] = "complaint"
    write_ics(replace(plan, contacts=moved), path)
    assert before.keys() == events_of(path).keys()


def test_what_is_gone_is_cancelled_for_every_kind_of_program(tmp_path: Path, spoken: str):
    path = tmp_path / "plan.ics"
    plan = agenda()
    write_ics(plan, path)
    before = events_of(path)
    fewer, gone = without_first_call(plan)
    written = write_ics(fewer, path)
    assert written == [path, tmp_path / "plan-cancelled.ics"]
    off = [event for event in events_of(path).values() if event["status"] == "CANCELLED"]
    assert len(off) == 1
    assert off[0].decoded("dtstart").date() == gone["date"].date()
    assert off[0]["sequence"] == before[str(off[0]["uid"])]["sequence"] + 1
    text = written[1].read_bytes().decode()
    assert icalendar.Calendar.from_ical(text)["method"] == "CANCEL"
    assert [str(e.uid.value) for e in vobject.readOne(text).vevent_list] == [str(off[0]["uid"])]
    assert {e.uid for e in ics.Calendar(text).events} == {str(off[0]["uid"])}
    # it stays cancelled, and comes back under the same identity when it is planned again
    write_ics(fewer, path)
    again = events_of(path)[str(off[0]["uid"])]
    assert again["sequence"] == off[0]["sequence"]
    write_ics(plan, path)
    back = events_of(path)[str(off[0]["uid"])]
    assert back["status"] == "CONFIRMED" and back["sequence"] == off[0]["sequence"] + 1


def test_what_is_past_is_left_alone(tmp_path: Path):
    path, plan = tmp_path / "plan.ics", agenda()
    write_ics(plan, path)
    before = events_of(path)
    later = agenda(START + timedelta(days=7))
    write_ics(later, path)
    write_ics(later, tmp_path / "later.ics")
    after, again = events_of(path), events_of(tmp_path / "later.ics")
    past = [uid for uid, e in before.items() if e.decoded("dtstart").date() < later.start]
    assert past and not set(past) <= set(again)
    for uid, event in before.items():
        if uid in past and uid not in again:  # what was not made is planned again and moves
            assert after[uid].to_ical() == event.to_ical()


@pytest.mark.parametrize("content", [b"", b"no calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_a_file_that_is_not_ours_is_not_followed(tmp_path: Path, content: bytes):
    path = tmp_path / "plan.ics"
    path.write_bytes(content)
    assert write_ics(agenda(), path) == [path]
    assert len(events_of(path)) > 0


def test_identities_tell_nobody_who_the_client_is(tmp_path: Path):
    text = calendar_text(tmp_path, agenda())
    ids = [str(event["uid"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert not any(f"{n:07d}" in identity for n in range(24) for identity in ids)


def test_the_calendar_says_what_it_carries_and_in_which_time(tmp_path: Path, spoken: str):
    calendar = icalendar.Calendar.from_ical(calendar_text(tmp_path, agenda()))
    assert t("planning.unmasked") in str(calendar["x-wr-caldesc"])
    zone = calendar.walk("VTIMEZONE")[0]
    assert str(zone["tzid"]) == "Asia/Shanghai"
    assert zone.walk("STANDARD")[0].decoded("tzoffsetto") == timedelta(hours=8)
    events = calendar.walk("VEVENT")
    assert {str(event["class"]) for event in events} == {"PRIVATE"}
    assert all(event["dtstart"].params["TZID"] == "Asia/Shanghai" for event in events)


# pages for the phone


class Shown(HTMLParser):
    """What a browser would show, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_every_day_has_a_page_with_every_contact_of_that_day(tmp_path: Path, spoken: str):
    plan = agenda()
    written = write_pages(plan, tmp_path / "phone")
    assert [path.stem for path in written] == [f"{day}" for day in plan.days]
    names = plan.people.set_index("client_id")["name"]
    for path, day in zip(written, plan.days, strict=True):
        page = Shown(path.read_text(encoding="utf-8"))
        today = plan.contacts[plan.contacts["date"] == pd.Timestamp(day)]
        assert sum(tag == "details" for tag, _ in page.tags) == len(today)
        assert set(names[today["client_id"]]) <= set(page.said)
        assert set(today["talk"]) <= set(page.said)
        assert t("planning.unmasked") in page.said
        assert ("html", {"lang": "zh-CN" if spoken == "zh" else "en"}) in page.tags


def test_a_page_needs_nothing_else_and_runs_nothing(tmp_path: Path):
    for path in write_pages(agenda(), tmp_path):
        page = Shown(path.read_text(encoding="utf-8"))
        assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
        goes = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
        assert all(to.startswith("tel:") or (tmp_path / to).is_file() for to in goes)
        assert "url(" not in path.read_text(encoding="utf-8")


def test_a_name_that_looks_like_a_tag_stays_a_name(tmp_path: Path):
    bad = "<script>alert(1)</script>"
    plan = agenda()
    plan = replace(plan, people=plan.people.assign(name=bad, note=bad))
    text = write_pages(plan, tmp_path)[0].read_text(encoding="utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text


def test_a_year_not_announced_stands_above_every_page_and_file(tmp_path: Path, spoken: str):
    plan = agenda(date(2026, 12, 28))
    assert len(plan.warnings) == 1
    assert plan.warnings[0] in plan.notes
    for path in write_pages(plan, tmp_path):
        assert plan.warnings[0] in Shown(path.read_text(encoding="utf-8")).said
    write_excel(plan, tmp_path / "plan.xlsx")
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    assert plan.warnings[0] in page["A1"].value
    calendar = icalendar.Calendar.from_ical(calendar_text(tmp_path, plan))
    assert plan.warnings[0] in str(calendar["x-wr-caldesc"])


def test_pages_and_figures_have_the_same_colours_for_tiers():
    css = files("crmkit").joinpath("data/agenda/day.css").read_text(encoding="utf-8")
    assert all(TIER_COLOURS[tier] in css for tier in "ABCD")
