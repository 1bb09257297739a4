"""Setting the course up: once, whole, and with a sentence for everything that can go wrong."""

import ast
import errno
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).parents[1]
SAY = tomllib.loads((ROOT / "crmkit/data/words/start.toml").read_text(encoding="utf-8"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small course folder that start.py takes for its own."""
    for name in (*start.LOCKS.values(), "pyproject.toml"):
        (tmp_path / name).write_text("one==1\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", venv)
    monkeypatch.setattr(start, "BIN", venv / "bin")
    monkeypatch.setattr(start, "STAMP", venv / "installed")
    monkeypatch.setattr(start, "SPARK", tmp_path / ".venv-spark")
    monkeypatch.setattr(start, "LOG", venv / "install.log")
    monkeypatch.setattr(start, "EXTENSION", tmp_path / "extension")
    return tmp_path


@pytest.fixture
def done(place: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of what start.py does to an environment, which is only pretended."""
    log: list[str] = []

    def make_venv() -> None:
        log.append("venv")
        shutil.rmtree(start.VENV, ignore_errors=True)
        start.BIN.mkdir(parents=True)
        start.program("python").touch()

    def pip(arguments: list[str], packages: int = 0) -> None:
        log.append(arguments[-1])
        if arguments[-1] == ".":
            start.program("crmkit").touch()

    monkeypatch.setattr(start, "make_venv", make_venv)
    monkeypatch.setattr(start, "pip", pip)
    return log


def test_the_first_call_installs_and_the_second_does_nothing(done: list[str]):
    start.environment("lab")
    assert done == ["venv", "requirements.lock", "."]
    done.clear()
    start.environment("lab")
    assert done == []


def test_what_tests_need_includes_what_learners_need(done: list[str]):
    start.environment("test")
    assert done == ["venv", "requirements-dev.lock", "."]
    done.clear()
    start.environment("lab")
    assert done == []


def test_learners_packages_are_not_enough_for_tests(done: list[str]):
    start.environment("lab")
    done.clear()
    start.environment("test")
    assert done == ["requirements-dev.lock", "."]


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml", "extension/page.js"])
def test_a_change_of_what_is_installed_is_installed(place: Path, done: list[str], name: str):
    start.environment("lab")
    done.clear()
    (place / name).parent.mkdir(exist_ok=True)
    (place / name).write_text("two==2\n")
    start.environment("lab")
    assert done == ["requirements.lock", "."]


@pytest.mark.parametrize("update", [False, True])
def test_an_interrupted_installation_begins_anew(
    place: Path, done: list[str], monkeypatch, update: bool
):
    def interrupted(arguments: list[str], packages: int = 0) -> None:
        raise KeyboardInterrupt

    if update:
        start.environment("lab")
        (place / "requirements.lock").write_text("two==2\n")
    with monkeypatch.context() as patch:
        patch.setattr(start, "pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            start.environment("lab")
    done.clear()
    start.environment("lab")
    assert done == ["venv", "requirements.lock", "."]


def test_a_moved_folder_gets_an_environment_of_its_own(place: Path, done: list[str]):
    start.environment("lab")
    stamp = start.STAMP.read_text(encoding="utf-8")
    start.STAMP.write_text(stamp.replace(str(place), "elsewhere"), encoding="utf-8")
    done.clear()
    start.environment("lab")
    assert done[0] == "venv"


@pytest.mark.parametrize("name", ["python", "crmkit"])
def test_an_environment_that_has_lost_a_program_is_made_again(done: list[str], name: str):
    start.environment("lab")
    start.program(name).unlink()
    done.clear()
    start.environment("lab")
    assert done[0] == "venv"


def expect_sentence(capsys: pytest.CaptureFixture[str], key: str, act: Callable[[], object]):
    with pytest.raises(SystemExit) as end:
        act()
    assert end.value.code == 1
    said = capsys.readouterr().out
    for sentence in SAY[key].values():
        assert re.search(re.sub(r"\\{\w+\\}", ".+", re.escape(sentence)), said)


def test_without_venv_the_learner_is_told_what_to_install(place: Path, monkeypatch, capsys):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    expect_sentence(capsys, "no_venv", lambda: start.environment("lab"))


def test_a_disk_too_full_is_noticed_beforehand(place: Path, monkeypatch, capsys):
    monkeypatch.setattr(start, "ROOM", {"lab": 10**9})
    expect_sentence(capsys, "disk", lambda: start.environment("lab"))


def test_a_folder_no_environment_can_be_made_in(place: Path, monkeypatch, capsys):
    odd = place / f"a{os.pathsep}b"
    odd.mkdir()
    monkeypatch.setattr(start, "ROOT", odd)
    expect_sentence(capsys, "separator", lambda: start.check_place("lab"))


@pytest.mark.parametrize(
    ("problem", "key"),
    [
        (PermissionError(errno.EACCES, "denied"), "folder"),
        (OSError(errno.EROFS, "read only"), "folder"),
        (OSError(errno.ENAMETOOLONG, "too long"), "deep"),
        (FileNotFoundError(errno.ENOENT, "what Windows says of a path too long"), "deep"),
    ],
)
def test_a_folder_that_cannot_hold_the_course(place: Path, monkeypatch, capsys, problem, key):
    def refuse(self: Path, **options: bool) -> None:
        raise problem

    monkeypatch.setattr(start.Path, "mkdir", refuse)
    expect_sentence(capsys, key, lambda: start.check_place("lab"))


def test_the_place_is_left_as_it_was_found(place: Path):
    before = sorted(place.iterdir())
    start.check_place("lab")
    assert sorted(place.iterdir()) == before


def test_a_second_window_waits_its_turn(place: Path, capsys):
    with start.alone():
        expect_sentence(capsys, "busy", lambda: start.environment("lab"))


PIP_SAYS = {
    "disk_full": "ERROR: Could not install packages: [Errno 28] No space left on device",
    "hashes": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "network": "Max retries exceeded: NewConnectionError\nERROR: No matching distribution found",
    "wheels": "ERROR: No matching distribution found for numpy==2.4.6",
    "pip": "ERROR: something nobody has thought of",
}


@pytest.mark.parametrize("key", PIP_SAYS)
def test_what_pip_says_is_said_so_that_people_understand(place: Path, monkeypatch, capsys, key):
    fake = place / "fake.py"
    fake.write_text(f"print({PIP_SAYS[key]!r})\nraise SystemExit(1)")
    start.VENV.mkdir()
    run = start.run
    monkeypatch.setattr(start, "run", lambda command: run([sys.executable, str(fake)]))
    expect_sentence(capsys, key, lambda: start.pip(["-r", "requirements.lock"]))
    assert PIP_SAYS[key].splitlines()[0] in start.LOG.read_text(encoding="utf-8")


def test_an_environment_that_cannot_be_made_says_why(place: Path, monkeypatch, capsys):
    monkeypatch.setattr(start.sys, "_base_executable", sys.executable)
    start.VENV.write_text("in the way")
    expect_sentence(capsys, "venv_failed", start.make_venv)


@pytest.mark.parametrize("version", ["2.7.18", "3.6.15", "3.10.13"])
def test_a_python_that_is_too_old_hears_so_in_both_languages(version: str):
    old = tuple(map(int, version.split(".")))
    program = (
        f"import sys; sys.version_info, sys.version = {old}, '{version} (an old one)'\n"
        f"exec(compile(open({str(ROOT / 'start.py')!r}, encoding='utf-8').read(), 'start', 'exec'))"
    )
    command = [sys.executable, "-X", "utf8", "-c", program]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert ended.returncode == 1
    assert ended.stdout == ""
    chinese, english = ended.stderr.splitlines()
    assert version in chinese
    assert "Python 3.11" in chinese
    assert version in english
    assert "Python 3.11" in english


def test_any_python_can_read_the_script():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.Starred, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal)
    for node in ast.walk(tree):
        assert not isinstance(node, newer), node.lineno
        if isinstance(node, ast.arguments):
            assert not (node.kwonlyargs or node.posonlyargs)
            assert not any(one.annotation for one in node.args)


def test_every_check_runs_and_those_that_failed_are_listed(place: Path, monkeypatch, capfd):
    monkeypatch.setattr(start, "environment", lambda purpose: None)
    monkeypatch.setattr(start, "program", lambda name: sys.executable)
    checks = [("bad", ["python", "-c", "exit(3)"]), ("good", ["python", "-c", "print('ran')"])]
    assert start.check(checks) == 1
    *_, bad, good = capfd.readouterr().out.splitlines()
    assert bad.split()[:2] == ["bad", "failed"]
    assert good.split()[:2] == ["good", "passed"]
    assert start.check(checks[1:]) == 0


def test_every_tool_that_generates_files_is_checked():
    named = [name for name, _ in start.each_file(start.CHECKS)]
    tools = [f"tools/{tool.name}" for tool in sorted((ROOT / "tools").glob("*.py"))]
    assert tools
    assert [name for name in named if name.startswith("tools/")] == tools


def test_programs_are_run_without_settings_that_lead_astray(monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER"):
        monkeypatch.setenv(name, "astray")
    monkeypatch.setenv("CRMKIT_LANG", "en")
    settings = start.surroundings()
    assert "astray" not in settings.values()
    assert settings["CRMKIT_LANG"] == "en"


def test_tests_are_run_in_the_same_surroundings_everywhere(monkeypatch, capfd):
    monkeypatch.setattr(start, "environment", lambda purpose: None)
    monkeypatch.setattr(start, "program", lambda name: sys.executable)
    monkeypatch.setenv("TZ", "Europe/London")
    start.check([("zone", ["python", "-c", "import os; print(os.environ['TZ'])"])])
    assert "Asia/Shanghai" in capfd.readouterr().out.splitlines()


def test_spark_is_added_once_and_again_after_a_change(place: Path, done: list[str]):
    start.SPARK.mkdir()
    start.add_spark()
    start.add_spark()
    assert done == ["requirements-spark.lock"]
    (place / "requirements-spark.lock").write_text("two==2\n")
    start.add_spark()
    assert done == ["requirements-spark.lock"] * 2


def test_without_java_spark_says_what_is_missing(place: Path, done: list[str], monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SystemExit):
        start.spark([])
    assert SAY["no_java"]["en"] in capsys.readouterr().out
    assert "requirements-spark.lock" not in done


def test_spark_tests_are_left_out_of_the_others():
    assert "not browser and not spark" in dict(start.CHECKS)["tests"]
    assert start.SPARK_CHECKS[0][1][3:5] == ["-m", "spark"]


@pytest.mark.parametrize(("asked", "code"), [("nonsense", 2), ("--help", 0)])
def test_an_unknown_command_shows_the_known_ones(capsys, asked: str, code: int):
    assert start.main([asked]) == code
    said = capsys.readouterr().out
    assert all(name in said for name in start.COMMANDS)


def test_make_offers_what_the_script_offers():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = dict(re.findall(r"^(\w+):.*## .+\n\t@(.*)", text, re.MULTILINE))
    assert targets.keys() == {"help", *start.COMMANDS}
    for name in start.COMMANDS:
        assert targets[name].startswith(f"$(PYTHON) start.py {name}")


def test_windows_and_macs_can_start_it_with_a_double_click():
    batch = (ROOT / "start.bat").read_bytes()
    assert batch.count(b"\n") == batch.count(b"\r\n") > 10
    before, _, after = batch.partition(b"chcp 65001")
    assert before.isascii()
    assert not after.isascii()
    command = ROOT / "start.command"
    assert command.stat().st_mode & 0o111
    assert command.read_text(encoding="utf-8").startswith("#!/bin/bash\n")
