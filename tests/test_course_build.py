"""The builder of the notebooks: what it makes, and what it refuses."""

from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbformat import NotebookNode
from PIL import Image

from crmkit import plots
from crmkit.words import glossary
from tools import build_course
from tools.build_course import BuildError, Page, differences, main, make_notebook, read_sources
from tools.course.lengths import lengths, text_size
from tools.course.pictures import smaller
from tools.course.questions import faults

ROOT = Path(__file__).parents[1]
ZH = '# %% [markdown] tags=["zh"]\n# 一段给人看的话。\n\n'
EN = '# %% [markdown] tags=["en"]\n# A few words for people to read.\n\n'
SETUP = '# %% tags=["setup"]\nimport math\n\n'
FIGURE = '# %% tags=["figure"]\nmath.pi\n\n'
EVIDENCE = '# %% tags=["exercise", "evidence"]\nprint(1)\n\n'


def sources(folder: Path, text: str, name: str = "11_tiering") -> dict[str, list[NotebookNode]]:
    (folder / "lessons").mkdir(exist_ok=True)
    (folder / "lessons" / f"{name}.py").write_text(text, encoding="utf-8")
    return read_sources(folder)


def cells(folder: Path, text: str, kind: str = "lesson", language: str = "zh") -> list[str]:
    notebook = make_notebook(Page("11_tiering", kind, language), sources(folder, text))
    return [cell.source for cell in notebook.cells]


def test_committed_notebooks_are_what_the_sources_say() -> None:
    assert list(differences(read_sources(ROOT), ROOT)) == []


def test_each_language_gets_its_own_text_and_both_the_code(tmp_path: Path) -> None:
    text = ZH + EN + SETUP
    assert cells(tmp_path, text, language="zh") == ["一段给人看的话。", "import math"]
    assert cells(tmp_path, text, language="en") == [
        "A few words for people to read.",
        "import math",
    ]


def test_exercise_and_solution_are_one_source(tmp_path: Path) -> None:
    text = (
        ZH + EN
        + '# %% tags=["unsolved", "setup"]\na = 1\n\n# %% tags=["solution", "setup"]\na = 2\n\n'
        + EVIDENCE
    )  # fmt: skip
    assert cells(tmp_path, text, "lesson") == ["一段给人看的话。"]
    assert cells(tmp_path, text, "exercise") == ["a = 1", "print(1)"]
    assert cells(tmp_path, text, "solution") == ["a = 2", "print(1)"]


def test_cells_are_locked_folded_and_tagged_for_nbval(tmp_path: Path) -> None:
    made = sources(tmp_path, ZH + EN + FIGURE + EVIDENCE)
    lesson = make_notebook(Page("11_tiering", "lesson", "zh"), made)
    exercise = make_notebook(Page("11_tiering", "exercise", "zh"), made)
    for cell in lesson.cells + exercise.cells:
        assert (cell.metadata["editable"], cell.metadata["deletable"]) == (False, False)
    text, figure = lesson.cells
    assert figure.metadata["jupyter"] == {"source_hidden": True}
    assert figure.metadata["tags"] == ["nbval-ignore-output"]
    assert exercise.cells[0].metadata["tags"] == ["nbval-check-output"]
    assert "tags" not in text.metadata
    assert lesson.metadata["crmkit"]["autorun"] is True
    assert lesson.metadata["kernelspec"]["name"] == "python3"


def test_ids_follow_content_and_stay_when_cells_are_added_before(tmp_path: Path) -> None:
    def ids(text: str) -> list[str]:
        page = make_notebook(Page("11_tiering", "lesson", "zh"), sources(tmp_path, text))
        nbformat.validate(page)
        return [cell.id for cell in page.cells]

    once = ids(FIGURE)
    assert ids(ZH + EN + FIGURE)[1:] == once
    assert ids(FIGURE + FIGURE) == [*once, f"{once[0]}-2"]
    assert ids(FIGURE.replace("pi", "tau")) != once


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ZH, "cell 1: has no twin"),
        (EN, "cell 1: has no twin"),
        (ZH + SETUP + EN, "cell 1: has no twin"),
        (ZH + ZH + EN, "cell 1: has no twin"),
        (EN + ZH, "cell 1: has no twin"),
        (ZH + EN.replace("# A", "# ## A"), "cell 2: is not built like its twin"),
        (ZH + EN.replace('"en"', '"en", "exercise"'), "cell 2: is not built like its twin"),
        (ZH + EN.replace("words", "[words](lesson:11_tiering)"), "cell 2: is not built"),
        (ZH + EN.replace('"en"', '"en", "hard"'), "cell 2: unknown tag hard"),
        (SETUP.replace("setup", "set-up"), "unknown tag set-up"),
        (ZH.replace('"zh"', '"zh", "figure"') + EN, "unknown tag figure"),
        (ZH.replace('"zh"', '"zh", "en"'), "tags that exclude each other"),
        (EVIDENCE.replace('"exercise"', '"exercise", "solution"'), "exclude each other"),
        ("# %% [markdown]\n# Hello\n", "a text cell is tagged zh or en"),
        ("# %%\nimport math\n", "a code cell is one of setup"),
        (SETUP.replace('"setup"', '"setup", "figure"'), "a code cell is one of setup"),
        (SETUP + '# %% tags=["figure"]\nprint("客户")\n', "cell 2: natural language in code"),
        (SETUP + '# %% tags=["figure"]\nprint("Hello there")\n', "natural language in code"),
        (SETUP + '# %% tags=["figure"]\nmath.pi  # pi\n', "natural language in code: # pi"),
        (ZH.replace("一段", "一" * 176) + EN, "cell 1: 181 is too long, 180 at most"),
        (ZH + EN.replace("few", "few " * 121), "is too long, 120 at most"),
        (ZH + EN.replace("A few words", "一段没有翻译的中文说明"), "not in the language"),
        (ZH.replace("一段给人看的话", "Not translated") + EN, "not in the language"),
    ],
)
def test_faults_in_a_source_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BuildError, match=f"11_tiering.py.*{complaint}"):
        sources(tmp_path, text)


def test_a_name_in_chinese_may_stand_in_an_english_cell(tmp_path: Path) -> None:
    sources(tmp_path, ZH + EN.replace("A few", "王\\* says: a few"))


def test_links_between_pages_are_made_relative(tmp_path: Path) -> None:
    text = ZH.replace("一段", "[去](exercise:11_tiering)[英](twin:)") + EN.replace(
        "A few", "[go](exercise:11_tiering) [zh](twin:) a few"
    )
    [source] = cells(tmp_path, text + EVIDENCE)
    assert "](../../exercises/zh/11_tiering.ipynb)" in source
    assert "](../en/11_tiering.ipynb)" in source


def test_links_to_pages_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    text = ZH.replace("一段", "[去](lesson:12_mining)") + EN.replace(
        "A few", "[go](lesson:12_mining)"
    )
    with pytest.raises(BuildError, match="lesson:12_mining, which does not exist"):
        cells(tmp_path, text)


def test_build_runs_the_pages_and_check_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = EVIDENCE.replace('"exercise", ', "")
    sources(tmp_path, ZH + EN + evidence)
    assert main(["--root", str(tmp_path)]) == 0
    assert main(["--root", str(tmp_path), "--check"]) == 0
    page = tmp_path / "notebooks/zh/11_tiering.ipynb"
    built = nbformat.read(page, as_version=4)
    assert built.cells[1].outputs[0].text == "1\n"
    first = page.read_bytes()
    assert main(["--root", str(tmp_path)]) == 0
    assert page.read_bytes() == first
    capsys.readouterr()

    built.cells[1].outputs = []
    built.cells[1].execution_count = None
    nbformat.write(built, page)
    (tmp_path / "notebooks/en/11_tiering.ipynb").unlink()
    (tmp_path / "notebooks/zh/99_old.ipynb").write_text("{}")
    sources(tmp_path, ZH.replace("人", "你") + EN + evidence)
    assert main(["--root", str(tmp_path), "--check"]) == 1
    complaints = capsys.readouterr().err
    assert "notebooks/zh/11_tiering.ipynb: cell" in complaints
    assert "notebooks/en/11_tiering.ipynb: is missing" in complaints
    assert "notebooks/zh/99_old.ipynb: comes from no source" in complaints
    assert "notebooks/zh/11_tiering.ipynb: is not what its source says" in complaints


def test_page_that_prints_to_stderr_is_refused(tmp_path: Path) -> None:
    text = '# %% tags=["setup"]\nimport sys\n\nsys.stderr.write("x")\n'
    made = sources(tmp_path, text)
    notebook = make_notebook(Page("11_tiering", "lesson", "zh"), made)
    with pytest.raises(BuildError, match="a cell failed"):
        build_course.run(notebook, tmp_path)


def test_fault_is_told_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "11_tiering.py").write_text(ZH, encoding="utf-8")
    assert main(["--root", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().err == "11_tiering.py, cell 1: has no twin\n"


def test_only_what_has_changed_is_run_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_course, "run", lambda notebook, root: None)
    sources(tmp_path, ZH + EN + SETUP)
    words = tmp_path / "crmkit/data/words/l11.toml"
    words.parent.mkdir(parents=True)
    words.write_text("")
    started = ZH + EN + '# %% tags=["setup"]\n0 and start("zh", "l11")\n'
    (tmp_path / "lessons/11_tiering.py").write_text(started, encoding="utf-8")
    runs = []
    for change in (None, None, words, "--all"):
        if change == words:
            words.write_text("# other words")
            assert main(["--root", str(tmp_path), "--check"]) == 1
            assert "was run with an earlier unit" in capsys.readouterr().err
        flags = ["--all"] if change == "--all" else []
        assert main(["--root", str(tmp_path), "11_tiering", *flags]) == 0
        runs.append(len(capsys.readouterr().out.splitlines()))
    assert runs == [2, 0, 2, 2]
    assert main(["--root", str(tmp_path), "--check"]) == 0
    assert main(["--root", str(tmp_path), "12_none"]) == 1


def test_lesson_that_reads_too_long_is_refused(tmp_path: Path) -> None:
    long = ZH.replace("一段", "一" * 150)
    with pytest.raises(BuildError, match=r"3\.\d minutes of reading between two acts in zh"):
        sources(tmp_path, (long + EN) * 6)
    act = '# %% tags=["widget"]\nmath\n'
    sources(tmp_path, (long + EN + act) * 6)
    with pytest.raises(BuildError, match="36 minutes in zh, 35 at most"):
        sources(tmp_path, act * 24)


def test_lengths_are_counted_by_hand() -> None:
    text = "王\\* says [two words](lesson:11_tiering), 3.5%"
    assert (text_size(text, "zh"), text_size(text, "en")) == (5, 4)


def test_pictures_get_smaller_and_look_the_same() -> None:
    from PIL import ImageChops

    before = plots.png(plots.ranking(pd.Series([1.0, 5.0, 20.0, 400.0]), 20.0), 100)
    text = b64encode(before).decode("ascii")
    data = {"image/png": text, "text/html": f'<img src="data:image/png;base64,{text}">', "x": 1}
    after = smaller(data)
    assert len(after["image/png"]) < 0.6 * len(text)
    assert after["image/png"] in after["text/html"]
    assert after["x"] == 1
    old, new = (Image.open(BytesIO(b64decode(each))).convert("RGB") for each in
                (text, after["image/png"]))  # fmt: skip
    assert np.asarray(ImageChops.difference(old, new)).mean() < 2


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('start("zh", "l99")', "there is no unit l99"),
        ('start("zh", "l11")\nlesson.ask("l11-p9")', "asks l11-p9, which l11 has not"),
        ('start("zh", "l11")\nlesson.ask("l11-p1")', "e11a-q1 has no evidence cell"),
    ],
)
def test_questions_that_do_not_fit_are_named(source: str, complaint: str) -> None:
    cell = nbformat.v4.new_code_cell(source)
    assert complaint in list(faults([cell]))


def test_wrong_idea_without_its_explanation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {key: said for key, said in glossary().items() if not key.endswith(".l11-x1.size.next")}
    monkeypatch.setattr("tools.course.questions.glossary", lambda: words)
    cell = nbformat.v4.new_code_cell('start("zh", "l11")')
    assert "l11-x1: size lacks next" in list(faults([cell]))


#: The first part of the curriculum: a warm-up of three, 25 to 35 minutes.
HEART = ("04_first_trade", "05_falls", "06_objections", "07_war", "08_worth", "09_contact",
         "13_churn")  # fmt: skip


@pytest.mark.parametrize("name", HEART)
def test_a_lesson_takes_25_to_35_minutes_and_begins_with_three_from_earlier_ones(name: str):
    cells = read_sources(ROOT)[name]
    assert all(25 <= each.minutes <= 35 for each in lengths(name, cells))
    asked = [cell.source for cell in cells if cell.source.startswith("lesson.ask")]
    unit = f"l{name[:2]}"
    assert asked[:3] == [f'lesson.ask("{unit}-w{place}")' for place in (1, 2, 3)]
    assert asked[-1].startswith('lesson.ask("e') and f'lesson.ask("{unit}-x3")' in asked
