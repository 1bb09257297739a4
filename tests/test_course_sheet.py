"""The answer sheet: nothing entered is lost, nothing of anybody else's is written over."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crmkit.book.files import atomic
from crmkit.course import Card, Entry, Sheet, journal, open_sheet
from crmkit.course.sheet import FILE, KIND, SCHEMA, progress_folder
from crmkit.errors import CrmkitError

GOOD = {"kind": KIND, "schema": SCHEMA, "learner": "li", "token": "", "answers": {}, "cards": {},
        "last": "", "events": 0, "chain": ""}  # fmt: skip


def test_answers_are_there_again_when_the_sheet_is_opened_anew(tmp_path: Path) -> None:
    first = open_sheet(tmp_path)
    first.keep("e11a-q1", Entry({"110001": "A", "110002": None}, tries=2, hints=1))
    first.keep("e11a-q2", Entry(5200.0, solution_seen=True))
    again = open_sheet(tmp_path)
    assert (again.entries, again.learner, again.notices) == (first.entries, first.learner, [])
    assert again.entry("e11a-q3") == Entry()


def test_folder_is_made_and_named_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path / "new" / "folder"))
    monkeypatch.delenv("CRMKIT_LEARNER")
    sheet = open_sheet()
    assert sheet.path == tmp_path / "new" / "folder" / FILE
    assert sheet.learner == open_sheet().learner
    assert len(sheet.learner) == 16


def test_without_that_name_answers_go_to_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CRMKIT_PROGRESS")
    assert "crmkit" in progress_folder().name


def test_two_notebooks_keep_each_others_answers(tmp_path: Path) -> None:
    lesson, exercise = open_sheet(tmp_path), open_sheet(tmp_path)
    lesson.keep("l11-x1", Entry("size"))
    exercise.keep("e11a-q2", Entry(900))
    lesson.keep("l11-x1", Entry("income"))
    kept = open_sheet(tmp_path)
    assert (kept.entry("l11-x1").answer, kept.entry("e11a-q2").answer) == ("income", 900)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "\ufeff[]",
        "null",
        "[1, 2]",
        '"answers"',
        "[" * 100_000,
        '{"kind": "something else", "schema": 1, "learner": "li", "answers": {}}',
        json.dumps(GOOD | {"schema": SCHEMA + 1}),
        json.dumps(GOOD | {"learner": 7}),
        json.dumps(GOOD | {"learner": ""}),
        json.dumps(GOOD | {"answers": []}),
        json.dumps(GOOD | {"answers": {"e11a-q1": "A"}}),
        json.dumps(GOOD | {"answers": {"e11a-q1": {"tries": "many"}}}),
        json.dumps(GOOD | {"answers": {"e11a-q1": {"marks": 100}}}),
        json.dumps(GOOD | {"answers": {"e11a-q1": {"passes": [1]}}}),
        json.dumps(GOOD | {"cards": {"e11a-q1": {"due": "soon", "streak": 0, "number": 0}}}),
        json.dumps(GOOD | {"events": "many"}),
        json.dumps(GOOD | {"schema": 0}),
    ],
    ids=lambda content: content[:40],
)
def test_damaged_and_foreign_files_are_set_aside(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    sheet = open_sheet(tmp_path)
    aside = tmp_path / "answers.set-aside-1.json"
    assert aside.read_text(encoding="utf-8") == content
    assert FILE in sheet.notices[0]
    assert aside.name in sheet.notices[0]
    sheet.keep("e11a-q2", Entry(1))
    assert open_sheet(tmp_path).entry("e11a-q2").answer == 1


def test_bytes_that_are_no_text_are_set_aside_too(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00PK")
    open_sheet(tmp_path)
    assert (tmp_path / "answers.set-aside-1.json").read_bytes() == b"\xff\xfe\x00PK"


def test_what_was_set_aside_is_never_written_over(tmp_path: Path) -> None:
    for content in ("first", "second"):
        (tmp_path / FILE).write_text(content)
        open_sheet(tmp_path)
    asides = [tmp_path / f"answers.set-aside-{number}.json" for number in (1, 2)]
    assert [aside.read_text() for aside in asides] == ["first", "second"]


def test_file_damaged_while_open_loses_nothing(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    sheet.keep("l11-x1", Entry("income"))
    (tmp_path / FILE).write_text("oops")
    sheet.keep("l11-x2", Entry("guess"))
    assert set(open_sheet(tmp_path).entries) == {"l11-x1", "l11-x2"}
    assert (tmp_path / "answers.set-aside-1.json").read_text() == "oops"
    assert len(sheet.notices) == 1


def test_file_deleted_while_open_comes_back(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    sheet.keep("l11-x1", Entry("income"))
    (tmp_path / FILE).unlink()
    sheet.keep("l11-x2", Entry("guess"))
    assert set(open_sheet(tmp_path).entries) == {"l11-x1", "l11-x2"}


def test_another_learners_file_is_not_mixed_with_this_one(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    (tmp_path / FILE).write_text(json.dumps(GOOD | {"learner": "somebody else"}))
    sheet.keep("l11-x1", Entry("income"))
    assert open_sheet(tmp_path).learner == sheet.learner
    aside = json.loads((tmp_path / "answers.set-aside-1.json").read_text())
    assert aside["learner"] == "somebody else"


def test_folder_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "progress").write_text("")
    with pytest.raises(CrmkitError) as caught:
        open_sheet(tmp_path / "progress")
    assert caught.value.key == "book.not_writable"


def test_sheet_in_memory_writes_nothing(tmp_path: Path) -> None:
    sheet = Sheet(learner="li")
    sheet.keep("e11a-q2", Entry(5))
    assert sheet.entry("e11a-q2").answer == 5
    assert list(tmp_path.iterdir()) == []


LEARNER = """
import sys
from itertools import count
from pathlib import Path
from crmkit.course import Entry, open_sheet
sheet = open_sheet(Path(sys.argv[1]))
for number in count(1):
    sheet.keep(sys.argv[2], Entry(number, tries=number))
    print(number, flush=True)
"""


def run_learner(folder: Path, question: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", LEARNER, str(folder), question]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_killed_at_any_moment_it_holds_the_last_answer_entered(tmp_path: Path) -> None:
    entered = 0
    for saves in (1, 2, 5, 20, 60):
        with run_learner(tmp_path, "e11a-q2") as learner:
            assert learner.stdout is not None
            entered = [int(learner.stdout.readline()) for _ in range(saves)][-1]
            learner.send_signal(signal.SIGKILL)
            rest = learner.stdout.read().split()
        entered = int(rest[-1]) if rest else entered
        sheet = open_sheet(tmp_path)
        assert sheet.notices == []
        # the one after may have reached the disk before the learner could say so
        assert sheet.entry("e11a-q2").answer in (entered, entered + 1)


def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed_sessions.py")
    command = [sys.executable, str(script), str(tmp_path), "200"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert told["kills"] == 200
    assert told["entered"] > 400
    assert (told["lost"], told["notices"]) == ([], [])
    assert journal.broken_links(tmp_path / journal.FILE) == []
    open_sheet(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3  # nothing half-written is left behind


def test_two_kernels_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    with run_learner(tmp_path, "l11-x1") as one, run_learner(tmp_path, "l11-x2") as other:
        for learner in (one, other):
            assert learner.stdout is not None
            for _ in range(30):
                learner.stdout.readline()
        for learner in (one, other):
            learner.send_signal(signal.SIGKILL)
    sheet = open_sheet(tmp_path)
    assert sheet.notices == []
    assert min(sheet.entry("l11-x1").answer, sheet.entry("l11-x2").answer) >= 30


def test_sheet_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    old = {"kind": KIND, "schema": 1, "learner": "li", "answers": {
        "e11a-q2": {"answer": 900, "tries": 2, "hints": 1, "solution_seen": False}}}  # fmt: skip
    (tmp_path / FILE).write_text(json.dumps(old))
    sheet = open_sheet(tmp_path)
    assert (sheet.learner, sheet.notices) == ("li", [])
    assert sheet.entry("e11a-q2") == Entry(900, tries=2, hints=1)
    sheet.keep("e11a-q2", Entry(950, passes=(True, False), variant=1))
    assert json.loads((tmp_path / FILE).read_text())["schema"] == SCHEMA
    assert open_sheet(tmp_path).entry("e11a-q2").passes == (True, False)


def test_cards_and_place_are_kept(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    sheet.keep("l11-x1", Entry("size"))
    sheet.keep_card("l11-x1", Card(date(2026, 3, 2), 1, 2))
    again = open_sheet(tmp_path)
    assert again.cards == {"l11-x1": Card(date(2026, 3, 2), 1, 2)}
    assert again.last == "l11-x1"


def test_journal_tells_what_was_done_and_shows_damage(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path, clock=lambda: "2026-03-02T09:00:00")
    for number in range(3):
        sheet.keep("e11a-q2", Entry(number), "check", "incorrect")
    path = tmp_path / journal.FILE
    events = list(journal.read(path))
    assert [event["n"] for event in events] == [1, 2, 3]
    assert {event["at"] for event in events} == {"2026-03-02T09:00:00"}
    assert {(event["did"], event["outcome"]) for event in events} == {("check", "incorrect")}
    assert journal.broken_links(path) == []
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace("incorrect", "correct"), lines[2]]))
    assert journal.broken_links(path) == [2]


def test_what_only_the_journal_knows_is_taken_over(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    sheet.keep("l11-x1", Entry("income"))
    before = (tmp_path / FILE).read_bytes()
    sheet.keep("l11-x2", Entry("guess"))
    (tmp_path / FILE).write_bytes(before)  # as if the machine went down in between
    with (tmp_path / journal.FILE).open("ab") as file:
        file.write(b'{"n": 3, "learner": "li", "question": "l11-x3", "entr')
    again = open_sheet(tmp_path)
    assert {name: again.entry(name).answer for name in again.entries} == {
        "l11-x1": "income", "l11-x2": "guess"}  # fmt: skip
    again.keep("l11-x3", Entry("purpose"))
    assert open_sheet(tmp_path).entry("l11-x3").answer == "purpose"


def test_damaged_sheet_comes_back_from_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CRMKIT_LEARNER")
    sheet = open_sheet(tmp_path)
    sheet.keep("l11-x1", Entry("income"))
    (tmp_path / FILE).write_text("oops")
    again = open_sheet(tmp_path)
    assert (again.learner, again.entry("l11-x1").answer) == (sheet.learner, "income")
    assert "answers.set-aside-1.json" in again.notices[0]


def test_everything_goes_into_one_file_to_hand_in(tmp_path: Path) -> None:
    sheet = open_sheet(tmp_path)
    sheet.keep("l11-x1", Entry("income", tries=1))
    file = sheet.hand_in(tmp_path)
    content = json.loads(file.read_text(encoding="utf-8"))
    assert file.name == f"{sheet.learner}.crmkit.json"
    assert content["sheet"]["answers"]["l11-x1"]["answer"] == "income"
    assert [event["question"] for event in content["journal"]] == ["l11-x1"]


def test_handing_in_takes_what_other_notebooks_saved(tmp_path: Path) -> None:
    mine, other = open_sheet(tmp_path), open_sheet(tmp_path)
    mine.keep("l11-x1", Entry("income"))
    other.keep("l11-x2", Entry("guess"))
    content = json.loads(mine.hand_in(tmp_path).read_text(encoding="utf-8"))
    assert set(content["sheet"]["answers"]) == {"l11-x1", "l11-x2"}


def test_file_to_hand_in_lies_in_the_course_folder_or_with_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = open_sheet(tmp_path / "progress")
    sheet.keep("l11-x1", Entry("income"))
    assert sheet.hand_in().parent == tmp_path / "progress"
    (tmp_path / "notebooks").mkdir()
    assert sheet.hand_in().parent == tmp_path

    def closed(folder: Path) -> Callable[..., Any]:
        def lend(file: Path) -> Any:
            if file.parent == folder:
                raise CrmkitError("book.not_writable", where=str(file))
            return atomic(file)

        return lend

    monkeypatch.setattr("crmkit.course.sheet.atomic", closed(tmp_path))
    assert sheet.hand_in().parent == tmp_path / "progress"


@pytest.mark.parametrize(
    ("learner", "name"),
    [("../../etc", "-..-etc"), ("a/b:c", "a-b-c"), ("王 五", "王-五"), ("..", "sheet")],
)
def test_no_learner_s_name_leads_out_of_the_folder(tmp_path: Path, learner: str, name: str) -> None:
    file = Sheet(learner, entries={"l11-x1": Entry("income")}).hand_in(tmp_path)
    assert file == tmp_path / f"{name}.crmkit.json"


def test_nothing_answered_is_nothing_to_hand_in(tmp_path: Path) -> None:
    with pytest.raises(CrmkitError) as caught:
        open_sheet(tmp_path / "progress").hand_in()
    assert caught.value.key == "course.nothing_to_hand_in"
    assert list(tmp_path.iterdir()) == [tmp_path / "progress"]
