"""Agendas that come back from people: read, understood, and nothing of them lost."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmkit.book.book import make_client_book
from crmkit.book.schema import CHANNELS, CONTACT
from crmkit.errors import CrmkitError
from crmkit.planning.cadence import load_rules
from crmkit.planning.clients import list_clients
from crmkit.planning.outcomes import (
    append_log,
    follow_ups,
    last_word,
    log_file,
    outcomes_of,
    read_log,
    with_outcomes,
)
from crmkit.planning.returned import PLANNED, pins_of, read_returned
from crmkit.words import in_language, t

CLIENTS = pd.DataFrame(
    {
        "client_id": ["0013131", "13132", "13133", "A-7"],
        "name": ["张三", "李四", "李四", "Wang Wu"],
    }
)
DAY = date(2026, 7, 1)
HEADINGS = ["日期", "客户号", "渠道", "结果", "改到", "固定"]
OUTCOMES = CONTACT.columns["outcome"].values


def write(path: Path, rows: list[list[object]], planned: list[list[object]] | None = None) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet("日程")
        for i, row in enumerate(rows):
            page.write_row(i, 0, row)
        if planned is not None:
            hidden = workbook.add_worksheet(PLANNED)
            for i, row in enumerate([["client_id", "date", "channel"], *planned]):
                hidden.write_row(i, 0, row)
    return path


def read(tmp_path: Path, *rows: list[object], planned: list[list[object]] | None = None):
    return read_returned(write(tmp_path / "back.xlsx", [HEADINGS, *rows], planned), CLIENTS)


def listed(pins: pd.DataFrame) -> list[tuple[object, ...]]:
    return [
        (row.client_id, row.date.date(), None if pd.isna(row.channel) else row.channel, row.pin)
        for row in pins.itertuples()
    ]


def test_numbers_without_their_zeros_and_names_find_their_client(tmp_path: Path) -> None:
    path = write(
        tmp_path / "back.xlsx",
        [
            ["客户号", "客户姓名", "日期", "渠道"],
            [13131, "", DAY, "电话"],
            ["", "Wang Wu", DAY, "call"],
        ],
    )
    assert read_returned(path, CLIENTS).rows["client_id"].tolist() == ["0013131", "A-7"]


def test_what_stands_as_it_was_asks_for_nothing(tmp_path: Path) -> None:
    planned = [["13132", "2026-07-01", "call"], ["A-7", "2026-07-02", "sms"]]
    back = read(tmp_path, [DAY, 13132, "电话"], ["2026/7/2", "A-7", "短信"], planned=planned)
    assert pins_of(back).empty and back.problems.empty


def test_moved_deleted_added_and_pinned_rows_become_pins(tmp_path: Path) -> None:
    later = DAY + timedelta(days=1)
    planned = [
        ["13132", "2026-07-01", "call"],
        ["13133", "2026-07-01", "call"],
        ["A-7", "2026-07-01", "sms"],
    ]
    back = read(
        tmp_path,
        [later, "13132", "电话"],  # moved
        [DAY, "A-7", "短信", "", "", "是"],  # pinned as it is
        [later, "0013131", "见面"],  # added
        planned=planned,
    )
    assert listed(pins_of(back)) == [
        ("13132", DAY, None, "kept_free"),
        ("13133", DAY, None, "kept_free"),
        ("A-7", DAY, "sms", "fixed"),
        ("0013131", later, "visit", "fixed"),
        ("13132", later, "call", "fixed"),
    ]


def test_a_plan_written_by_hand_is_all_pins(tmp_path: Path) -> None:
    assert listed(pins_of(read(tmp_path, [DAY, "A-7", "WeChat"]))) == [
        ("A-7", DAY, "wechat", "fixed")
    ]


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ([DAY, "", "电话"], "客户号", "nobody"),
        ([DAY, "999", "电话"], "客户号", "stranger"),
        (["下周", "A-7", "电话"], "日期", "date"),
        (["2026-02-30", "A-7", "电话"], "日期", "date"),
        (["", "A-7", "电话"], "日期", "date"),
        ([DAY, "A-7", "飞鸽"], "渠道", "code"),
        ([DAY, "A-7", ""], "渠道", "code"),
        ([DAY, "A-7", "电话", "好的"], "结果", "code"),
        ([DAY, "A-7", "电话", "", "", "也许"], "固定", "flag"),
        ([DAY, "A-7", "电话", "接通", date(2026, 7, 3)], "改到", "not_moved"),
    ],
)
@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_each_row_that_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, row: list[object], column: str, problem: str, spoken: str
) -> None:
    good = [DAY, "13132", "电话"]
    with in_language(spoken):
        back = read(tmp_path, good, row)
        if spoken == "zh":
            assert back.problems["column"].tolist() == [column]
        sentence = t(f"returned.problem.{problem}", allowed="").partition("：")[0]
        assert back.problems["row"].tolist() == [3]
        assert back.problems["problem"].iloc[0].startswith(sentence)
        assert back.problems["hint"].iloc[0]
    assert back.rows["client_id"].iloc[0] == "13132"


def test_namesakes_and_a_second_row_of_a_day_are_named(tmp_path: Path) -> None:
    path = write(
        tmp_path / "back.xlsx",
        [["客户号", "客户姓名", "日期", "渠道"], ["", "李四", DAY, "电话"],
         ["A-7", "", DAY, "电话"], ["A-7", "", DAY, "短信"]],
    )  # fmt: skip
    back = read_returned(path, CLIENTS)
    assert len(back.rows) == 1
    assert back.problems["problem"].tolist() == [
        t("returned.problem.namesakes"), t("returned.problem.twice", row=3)
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [[], [["随便"]], [["日期", "渠道"], [DAY, "电话"]]])
def test_a_file_that_is_no_agenda_is_refused(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(CrmkitError):
        read_returned(write(tmp_path / "x.xlsx", rows), CLIENTS)


cells = st.one_of(
    st.none(), st.text(max_size=8), st.integers(-(10**9), 10**9), st.floats(allow_nan=False),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.booleans(),
    st.sampled_from(["A-7", "13132", "电话", "call", "接通", "2026-07-01", "=1+1", "#REF!"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_whatever_stands_in_a_row_it_is_read_or_named(tmp_path: Path, rows: list) -> None:
    path = tmp_path / "odd.csv"
    lines = [["" if cell is None else str(cell).replace("\0", "") for cell in row] for row in rows]
    table = pd.DataFrame([[*row, *[""] * (6 - len(row))] for row in lines], columns=HEADINGS)
    path.write_bytes(table.to_csv(index=False).encode("utf-8", "ignore"))
    back = read_returned(path, CLIENTS)
    good = [row for row in lines if len(row) > 2 and row[1] == "A-7" and row[2] in ("电话", "call")
            and row[0] == "2026-07-01"]  # fmt: skip
    if good:
        assert "A-7" in set(back.rows["client_id"])
    assert back.rows[["client_id", "date", "channel"]].notna().all(axis=None)
    assert not back.rows.duplicated(["client_id", "date"]).any()


# results


def results(*rows: tuple[date, str, str, str, date | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["date", "client_id", "channel", "outcome", "moved_to"])
    return frame.astype({"date": "datetime64[ns]", "moved_to": "datetime64[ns]"})


def test_a_result_of_a_day_to_come_is_a_problem_and_not_a_result(tmp_path: Path) -> None:
    back = read(tmp_path, [DAY, "A-7", "电话", "接通"], [date(2026, 7, 2), "13132", "电话", "未接"])
    found, problems = outcomes_of(back, DAY)
    assert found["client_id"].tolist() == ["A-7"]
    assert problems["row"].tolist() == [3]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 5, 1), DAY),
            st.sampled_from(CLIENTS["client_id"].tolist()),
            st.sampled_from(CHANNELS),
            st.sampled_from(OUTCOMES),
        ),
        max_size=8,
        unique_by=lambda row: row[:2],
    ),
    st.sampled_from(["zh", "en"]),
)
def test_a_log_gives_back_every_result_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list, spoken: str
) -> None:
    path = log_file(tmp_path_factory.mktemp("log") / "台账.xlsx")
    known = results(*((*row, DAY if row[3] == "moved" else None) for row in rows))
    with in_language(spoken):
        for _ in range(2):
            append_log(path, known, CLIENTS)
    back, problems = read_log(path, CLIENTS)
    assert problems.empty
    wanted = known.sort_values(["date", "client_id"], ignore_index=True)
    assert back.astype(object).where(back.notna(), None).values.tolist() == (
        wanted.astype(object).where(wanted.notna(), None).values.tolist()
    )


def test_a_line_of_the_log_that_cannot_be_read_stays_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.contacts.csv"
    append_log(path, results((DAY, "A-7", "call", "reached", None)), CLIENTS)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("2026-06-30,没有这位,电话,接通,\r\n")
    append_log(path, results((DAY, "13132", "call", "missed", None)), CLIENTS)
    back, problems = read_log(path, CLIENTS)
    assert sorted(back["client_id"]) == ["13132", "A-7"]
    assert problems["value"].tolist() == ["没有这位"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_clock_restarts_at_a_contact_that_was_made_by_any_channel(outcome: str) -> None:
    book = make_client_book(DAY, client=CLIENTS.assign(mobile="1"))
    tiers = CLIENTS[["client_id"]].assign(tier="B")
    after = with_outcomes(book, results((DAY, "A-7", "wechat", outcome, None)))
    client = next(c for c in list_clients(after, tiers, load_rules(), DAY) if c.client_id == "A-7")
    last = client.last(DAY)
    assert (last is not None and last.day == DAY) == (outcome not in ("missed", "moved"))
    assert len(client.history) == (outcome != "moved")
    assert with_outcomes(after, results((DAY, "A-7", "wechat", outcome, None))).contact.equals(
        after.contact
    )


def test_a_complaint_is_open_until_the_client_is_reached_again() -> None:
    book = make_client_book(DAY, client=CLIENTS)
    heard = (date(2026, 6, 29), "A-7", "call", "complained", None)
    still = with_outcomes(book, results(heard)).complaint
    assert still["closed"].isna().tolist() == [True]
    settled = with_outcomes(book, results(heard, (DAY, "A-7", "call", "reached", None))).complaint
    assert settled["closed"].dt.date.tolist() == [DAY]


def test_who_asked_for_another_day_gets_it_and_who_refused_is_left_alone_for_30_days() -> None:
    days = tuple(DAY + timedelta(days=n) for n in range(40))
    asked = results(
        (date(2026, 6, 30), "A-7", "call", "moved", DAY + timedelta(days=2)),
        (date(2026, 6, 30), "13132", "call", "refused", None),
        (date(2026, 6, 30), "13133", "call", "reached", None),
    )
    pins = follow_ups(asked, days)
    fixed = pins[pins["pin"] == "fixed"]
    assert listed(fixed) == [("A-7", DAY + timedelta(days=2), "call", "fixed")]
    left = pins[pins["pin"] == "kept_free"]
    moved, refused = left[left["client_id"] == "A-7"], left[left["client_id"] == "13132"]
    assert len(moved) + len(refused) == len(left)
    assert [*moved["date"].dt.date] == [DAY, DAY + timedelta(days=1)] and moved[
        "channel"
    ].isna().all()
    assert set(refused["channel"]) == {"call"}
    assert refused["date"].max().date() == date(2026, 7, 30)


def test_a_refusal_stands_beside_another_and_beside_a_new_day() -> None:
    days = tuple(DAY + timedelta(days=n) for n in range(1, 20))
    said = results(
        (DAY, "A-7", "call", "refused", None),
        (date(2026, 7, 3), "A-7", "wechat", "refused", None),
        (date(2026, 7, 4), "A-7", "sms", "moved", date(2026, 7, 13)),
    )
    pins = follow_ups(said, days)
    on = {day: set(listed(pins[pins["date"] == pd.Timestamp(day)])) for day in days}
    refused = {("A-7", date(2026, 7, 13), way, "kept_free") for way in ("call", "wechat")}
    assert on[date(2026, 7, 13)] == refused | {("A-7", date(2026, 7, 13), "sms", "fixed")}
    for day in days:
        assert ("A-7", day, "call", "kept_free") in on[day]
        assert (("A-7", day, None, "kept_free") in on[day]) == (4 < day.day < 13)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ([("call", "fixed"), (None, "kept_free")], [(None, "kept_free")]),
        ([(None, "kept_free"), ("call", "fixed")], [("call", "fixed")]),
        ([("call", "fixed"), ("sms", "fixed")], [("sms", "fixed")]),
        ([("call", "fixed"), ("call", "kept_free")], [("call", "kept_free")]),
        ([("call", "kept_free"), ("call", "fixed")], [("call", "fixed")]),
        ([("sms", "fixed"), ("call", "kept_free")], [("sms", "fixed"), ("call", "kept_free")]),
    ],
)
def test_the_later_word_holds_where_both_cannot(
    said: list[tuple[str | None, str]], holds: list[tuple[str | None, str]]
) -> None:
    rows = [("A-7", pd.Timestamp(DAY), channel, pin) for channel, pin in said]
    pins = last_word(pd.DataFrame(rows, columns=["client_id", "date", "channel", "pin"]))
    assert [(row[2], row[3]) for row in listed(pins)] == holds


LOG_ROWS = [
    "日期,客户号,渠道,结果,改到,备注",
    "2026-06-30,没有这位,电话,接通,,问过门店",
    "2026-07-01,13132,微信,乱写,,要再问",
    "2026-06-29,A-7,电话,接通,,聊得很好",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_people_write_in_the_log_stays_where_they_wrote_it(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.contacts.csv"
    path.write_bytes("\r\n".join(LOG_ROWS).encode(encoding))
    for _ in range(2):
        logged, problems = append_log(
            path, results((DAY, "13133", "call", "moved", date(2026, 7, 9))), CLIENTS
        )
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines == [*LOG_ROWS, "2026-07-01,13133,电话,改期,2026-07-09,"]
    assert sorted(logged["client_id"]) == ["13133", "A-7"]
    assert problems["row"].tolist() == [2, 3]


def test_a_result_takes_the_place_of_the_one_for_the_same_client_and_day(tmp_path: Path) -> None:
    path = tmp_path / "a.contacts.csv"
    path.write_text("\n".join(LOG_ROWS), encoding="utf-8")
    again = (
        (DAY, "13132", "call", "reached", None),
        (date(2026, 6, 29), "A-7", "call", "sold", None),
    )
    logged, problems = append_log(path, results(*again), CLIENTS)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[2:] == ["2026-07-01,13132,电话,接通,,要再问", "2026-06-29,A-7,电话,成交,,聊得很好"]
    assert logged["outcome"].tolist() == ["reached", "sold"] and problems["row"].tolist() == [2]


def test_a_log_without_a_column_gets_it_and_an_emptied_one_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.contacts.csv"
    path.write_text("客户号;日期;渠道\nA-7;2026-06-29;电话\n", encoding="utf-8")
    logged, _ = append_log(path, results((DAY, "13132", "call", "moved", DAY)), CLIENTS)
    assert logged[["client_id", "outcome"]].values.tolist() == [["13132", "moved"]]
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith("A-7,2026-06-29,电话")
    path.write_bytes(b"\n")
    assert len(append_log(path, results((DAY, "13132", "call", "sold", None)), CLIENTS)[0]) == 1


@pytest.mark.parametrize(
    "typo",
    [
        [DAY, "13132", "cal"],  # the channel
        ["07月一", "13132", "电话"],  # the day
        [DAY, "13-132", "电话"],  # the number
    ],
)
def test_a_row_with_a_typo_is_not_taken_for_a_deleted_one(
    tmp_path: Path, typo: list[object]
) -> None:
    planned = [["13132", "2026-07-01", "call"], ["A-7", "2026-07-02", "sms"]]
    back = read(tmp_path, typo, planned=planned)
    assert len(back.problems) == 1
    assert listed(pins_of(back)) == [("A-7", date(2026, 7, 2), None, "kept_free")]


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_choices_are_listed_in_the_language_in_use(tmp_path: Path, spoken: str) -> None:
    with in_language(spoken):
        hints = "".join(read(tmp_path, [DAY, "A-7", "cal", "fine"]).problems["hint"])
    assert ("接通" in hints, "见面" in hints) == (spoken == "zh", spoken == "zh")
    assert ("not reached" in hints, "visit" in hints) == (spoken == "en", spoken == "en")


@pytest.mark.parametrize("said", ["missed", "not reached", "未接", "Not Reached"])
def test_a_client_who_was_not_reached_may_be_called_so_or_missed(tmp_path: Path, said: str) -> None:
    assert read(tmp_path, [DAY, "A-7", "电话", said]).rows["outcome"].tolist() == ["missed"]


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_the_contacts_of_a_ledger_are_no_plan(tmp_path: Path, spoken: str) -> None:
    made = ["Client ID", "Date", "Channel", "Direction", "Outcome"]
    path = write(tmp_path / "ledger.xlsx", [made, ["A-7", DAY, "call", "out", "reached"]])
    with in_language(spoken), pytest.raises(CrmkitError) as refused:
        read_returned(path, CLIENTS)
    assert refused.value.key == "returned.a_ledger"
