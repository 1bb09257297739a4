"""Starting JupyterLab, and what a computer is checked for."""

import json
import socket
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import matplotlib
import pytest

from crmkit import lab
from crmkit.errors import CrmkitError
from crmkit.lab import checkup, server
from crmkit.words import LANGUAGES, glossary, in_language

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "crmkit" / "data" / "lab"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course folder with nothing but start pages."""
    monkeypatch.delenv("CRMKIT_PROGRESS", raising=False)
    for language in LANGUAGES:
        page = tmp_path / lab.start_page(language)
        page.parent.mkdir(parents=True)
        page.write_text("{}")
    return tmp_path


@pytest.fixture
def taken() -> int:
    with socket.socket() as listener:
        listener.bind((server.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def option(prepared: lab.Lab, name: str) -> str:
    return next(
        word.partition("=")[2] for word in prepared.command if word.startswith(f"--{name}=")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lab_opens_on_the_start_page_of_a_language(course: Path, language: str):
    prepared = lab.prepare_lab(language, root=course)
    at = urlsplit(prepared.address)
    assert at.path == f"/lab/tree/notebooks/{language}/00_start.ipynb"
    assert at.port == int(option(prepared, "ServerApp.port"))
    assert option(prepared, "LabApp.default_url").startswith(at.path)
    assert option(prepared, "ServerApp.root_dir") == str(course)
    assert prepared.environment["CRMKIT_LANG"] == language
    assert prepared.command[0] == sys.executable


def test_nobody_gets_in_without_the_token_and_nobody_from_outside(course: Path):
    first, second = (lab.prepare_lab("zh", root=course) for _ in range(2))
    token = parse_qs(urlsplit(first.address).query)["token"][0]
    assert token == first.environment["JUPYTER_TOKEN"] != second.environment["JUPYTER_TOKEN"]
    assert len(token) >= 32
    assert not any(token in word for word in first.command)
    assert option(first, "ServerApp.ip") == "127.0.0.1"


def test_everything_that_is_written_goes_to_the_progress_folder(course: Path):
    prepared = lab.prepare_lab("en", root=course)
    progress = course / "progress"
    assert prepared.environment["CRMKIT_PROGRESS"] == str(progress)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        assert Path(prepared.environment[name]).is_relative_to(progress)
    assert prepared.log.is_relative_to(progress)


def test_progress_may_be_kept_elsewhere(course: Path, monkeypatch, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setenv("CRMKIT_PROGRESS", str(elsewhere))
    prepared = lab.prepare_lab("en", root=course)
    assert prepared.environment["CRMKIT_PROGRESS"] == str(elsewhere)
    assert not (course / "progress").exists()


def test_the_course_is_found_from_any_folder_inside_it(course: Path, monkeypatch):
    inside = course / "notebooks" / "zh"
    assert lab.course_root("zh", inside) == course
    monkeypatch.chdir(inside)
    assert lab.course_root("en") == course


def test_where_there_is_no_course_the_learner_is_told_so(tmp_path: Path, monkeypatch):
    kit = tmp_path / "site-packages" / "crmkit"
    kit.mkdir(parents=True)
    monkeypatch.setattr(server, "files", lambda package: kit)
    with pytest.raises(CrmkitError) as problem:
        lab.course_root("zh", tmp_path)
    assert problem.value.key == "lab.no_course"


def test_answers_that_could_not_be_saved_are_not_asked_for(course: Path):
    (course / "progress").write_text("in the way")
    with pytest.raises(CrmkitError) as problem:
        lab.prepare_lab("zh", root=course)
    assert problem.value.key == "lab.not_writable"


def test_a_port_in_use_is_refused_when_asked_for_and_passed_over_when_not(taken: int, monkeypatch):
    with pytest.raises(CrmkitError) as problem:
        server.free_port(taken)
    assert problem.value.key == "lab.port_taken"
    monkeypatch.setattr(server, "PORTS", range(taken, taken + 50))
    assert server.free_port() > taken


@pytest.mark.parametrize(("code", "fine"), [(0, True), (1, False)])
def test_a_server_that_stops_by_itself_is_an_error(
    course: Path, monkeypatch, code: int, fine: bool
):
    quits = lab.Lab("address", (sys.executable, "-c", f"exit({code})"), {}, course / "log")
    monkeypatch.setattr(server, "prepare_lab", lambda *_: quits)
    if fine:
        lab.open_lab("en")
    else:
        with pytest.raises(CrmkitError, match=str(quits.log)):
            lab.open_lab("en")


def test_the_shipped_settings_are_for_parts_that_jupyterlab_has():
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for file in SHIPPED.glob("*/labconfig/default_setting_overrides.json"):
        for plugin, settings in json.loads(file.read_text(encoding="utf-8")).items():
            package, _, name = plugin.partition(":")
            schema = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))
            assert settings.keys() <= schema["properties"].keys(), plugin


def test_the_extension_is_installed_as_it_is_shipped():
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "crmkit-lab"
    for file in (SHIPPED / "extension").rglob("*.*"):
        copy = installed / file.relative_to(SHIPPED / "extension")
        assert copy.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_computer_that_has_everything_gets_no_advice(course: Path, language: str):
    with in_language(language):
        found = lab.doctor(course)
    assert list(found["check"]) == list(checkup.CHECKS)
    assert found["ok"].all(), found[["check", "found"]].to_string()
    assert (found["advice"] == "").all()
    assert (found["found"] != "").all()


def test_every_fault_of_a_computer_comes_with_advice(course: Path, monkeypatch):
    monkeypatch.setattr(checkup, "ROOM", 10**9)
    monkeypatch.setattr(checkup, "version", lambda package: "0.1")
    monkeypatch.setattr("crmkit.plots.use_font", lambda: None)
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["DejaVu Sans"])
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *_: [str(course)])
    monkeypatch.setattr(server, "PORTS", range(0))
    (course / "progress").write_text("in the way")
    with in_language("en"):
        found = lab.doctor(course).set_index("check")
    assert list(found.index[found["ok"]]) == ["python", "course"]
    assert (found.loc[~found["ok"], "advice"].str.len() > 10).all()
    assert "pandas" in found.loc["packages", "found"]


def test_an_extension_of_another_version_is_noticed(course: Path, monkeypatch):
    program = course / "crmkit-lab" / "static" / "remoteEntry.js"
    program.parent.mkdir(parents=True)
    program.write_text("older")
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *_: [str(course)])
    with in_language("en"):
        row = lab.doctor(course).set_index("check").loc["extension"]
    assert not row["ok"]
    assert row["found"] == glossary()["lab.found.old_extension"]["en"]
