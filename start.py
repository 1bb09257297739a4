# -*- coding: utf-8 -*-
"""Sets the course up, then opens it or tests it:

    python start.py lab [--lang zh|en] [--port N] [--no-browser]
    python start.py doctor      says what this computer lacks
    python start.py test        runs every test but those of the browser and of Spark
    python start.py browser     runs the tests in a real browser
    python start.py spark       runs the tests that need Apache Spark, and Java for it
    python start.py lock        writes the lock files after a change of pyproject.toml

Python 3.11 or newer is all it needs; the Makefile, start.bat and start.command only call
it. The first call makes .venv and installs what the lock file names, later calls see that
this is done. Every Python must be able to read this file, so that it can say it is too old.
"""

from __future__ import print_function

import sys

if sys.version_info < (3, 11) or sys.maxsize < 2**32:
    print(
        "需要 64 位的 Python 3.11 或更新版本，现在用的是 {0}。请到 python.org 下载安装；"
        "如果已经装好，请这样指明：make lab PYTHON=python3.12\n"
        "64-bit Python 3.11 or newer is needed, and this is {0}. Get it from python.org; "
        "if you have it, say which: make lab PYTHON=python3.12".format(sys.version.split()[0]),
        file=sys.stderr,
    )
    sys.exit(1)

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import tomllib
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed"
LOG = VENV / "install.log"
SPARK = ROOT / ".venv-spark"
WORDS = ROOT / "crmkit/data/words/start.toml"
EXTENSION = ROOT / "crmkit/data/lab/extension"

LOCKS = {
    "lab": "requirements.lock",
    "test": "requirements-dev.lock",
    "spark": "requirements-spark.lock",
}
#: Room an installation takes while it is going on, in MB.
ROOM = {"lab": 1000, "test": 1500, "spark": 1500}
#: Longest path inside .venv, so that a folder too deep for Windows is noticed beforehand.
DEPTH = 160

#: What every test is run with, so that it ends the same everywhere.
TESTED = {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "CRMKIT_LANG": "zh"}

#: Every test, in order. Each tools/*.py --check stands in for "generated files".
CHECKS = [
    ("lint", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("import rules", ["lint-imports"]),
    ("generated files", ["python", "tools/*.py", "--check"]),
    (
        "tests",
        ["python", "-m", "pytest", "-n", "2", "--dist", "loadfile"]
        + ["-m", "not browser and not spark"],
    ),
    (
        "notebooks",
        ["python", "-m", "pytest", "-n", "2", "--dist", "loadfile"]
        + ["--nbval-lax", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval.cfg"]
        + ["--nbval-cell-timeout=120", "--nbval-kernel-startup-timeout=120"]
        + ["notebooks", "exercises"],
    ),
]
SPARK_CHECKS = [("spark", ["python", "-m", "pytest", "-m", "spark", "tests"])]
BROWSER = [("browser", ["python", "-m", "pytest", "-m", "browser", "tests/browser"])]

#: What pip writes when something goes wrong, and which sentence says so to people.
REASONS = [
    ("disk_full", ["No space left", "Errno 28", "not enough space"]),
    ("hashes", ["DO NOT MATCH THE HASHES"]),
    ("network", ["Connection", "Max retries", "timed out", "ProxyError", "SSLError"]),
    ("wheels", ["No matching distribution", "Could not find a version"]),
]


def main(arguments):
    """Do what the first argument names, with the rest of them; return the exit code."""
    command, rest = (arguments or ["lab"])[0], arguments[1:]
    if command not in COMMANDS:
        print(__doc__)
        return 0 if command in ("-h", "--help", "help") else 2
    return COMMANDS[command](rest)


def lab(rest):
    """Open the course in the reader's browser."""
    environment("lab")
    return wait([program("crmkit"), "lab"] + rest, surroundings())


def doctor(rest):
    """Say what this computer lacks."""
    environment("lab")
    return wait([program("crmkit"), "doctor"] + rest, surroundings())


def lock(rest):
    """Write the lock files anew."""
    environment("test")
    return wait([program("python"), "tools/lock.py"] + rest, surroundings())


def test(rest):
    """Run every check but the browser's, and say at the end how each went."""
    return check(CHECKS)


def browser(rest):
    """Run the tests that need Chromium."""
    return check(BROWSER)


def spark(rest):
    """Run the tests that need Spark, which has a folder of its own beside the environment."""
    environment("test")
    java = shutil.which("java", path=java_path())
    if not java:
        stop("no_java")
    add_spark()
    added = os.pathsep.join([str(ROOT), str(SPARK)])
    return check(SPARK_CHECKS, {"PYTHONPATH": added, "PYSPARK_PYTHON": str(program("python"))})


COMMANDS = {
    "lab": lab,
    "doctor": doctor,
    "test": test,
    "browser": browser,
    "spark": spark,
    "lock": lock,
}


def check(checks, added=None):
    """Run each check to its end, then list them; return 1 if any of them failed."""
    environment("test")
    settings = dict(surroundings(), **TESTED)
    settings.update(added or {})
    results = []
    for name, command in each_file(checks):
        print("\n== {}: {}".format(name, " ".join(command)), flush=True)
        began = time.monotonic()
        code = wait([program(command[0])] + command[1:], settings)
        results.append((name, code, time.monotonic() - began))
    print("")
    for name, code, seconds in results:
        print("{:<32} {:<8} {:6.1f} s".format(name, "failed" if code else "passed", seconds))
    return 1 if any(code for _, code, _ in results) else 0


def each_file(checks):
    """Return the checks with one for each file where a command has a pattern."""
    found = []
    for name, command in checks:
        pattern = next((word for word in command if "*" in word), None)
        for path in sorted(ROOT.glob(pattern)) if pattern else [None]:
            file = path and path.relative_to(ROOT).as_posix()
            words = [file if word == pattern else word for word in command]
            found.append((file or name, words))
    return found


def environment(purpose):
    """Bring .venv in step with the lock file, unless it is."""
    if up_to_date(purpose):
        return
    with alone():
        check_place(purpose)
        if not up_to_date():
            say("venv")
            make_venv()
        STAMP.unlink(missing_ok=True)
        packages = len(re.findall(r"^\S+==", (ROOT / LOCKS[purpose]).read_text(), re.MULTILINE))
        say("install", count=packages)
        pip(["--require-hashes", "--only-binary=:all:", "-r", LOCKS[purpose]], packages)
        say("project")
        pip(["--no-deps", "--no-build-isolation", "-e", "."])
        served = ["lab", "test"] if purpose == "test" else ["lab"]
        lines = [str(ROOT)] + [fingerprint(one) for one in served]
        STAMP.write_text("\n".join(lines), encoding="utf-8")
        say("done")


def java_path():
    """Return where to look for Java: in JAVA_HOME, then where every program is looked for."""
    home = os.environ.get("JAVA_HOME")
    places = [str(Path(home, "bin"))] if home else []
    return os.pathsep.join(places + [os.environ.get("PATH", os.defpath)])


def add_spark():
    """Bring the folder with Spark in step with its lock file, unless it is.

    Spark comes as source, which pip turns into files by itself: what is downloaded is held
    against its hash, the tool that unpacks it is pip's own choice.
    """
    stamp = SPARK / "installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint("spark"):
        return
    with alone():
        check_place("spark")
        say("spark")
        shutil.rmtree(str(SPARK), ignore_errors=True)
        SPARK.mkdir()
        pip(["--require-hashes", "--no-deps", "--target", str(SPARK), "-r", LOCKS["spark"]])
        stamp.write_text(fingerprint("spark"), encoding="utf-8")


def up_to_date(purpose=None):
    """Whether .venv is whole and belongs here and, if a purpose is given, serves it."""
    wanted = fingerprint(purpose) if purpose else str(ROOT)
    if not all(path.exists() for path in (STAMP, program("python"), program("crmkit"))):
        return False
    stamped = STAMP.read_text(encoding="utf-8").splitlines()
    return str(ROOT) in stamped and wanted in stamped


def fingerprint(purpose):
    """Return a hash of everything that an installation is made from."""
    mix = hashlib.sha256(purpose.encode())
    for path in [ROOT / LOCKS[purpose], ROOT / "pyproject.toml"] + sorted(EXTENSION.rglob("*.*")):
        mix.update(path.read_bytes())
    return mix.hexdigest()


@contextmanager
def alone():
    """Let nobody else install here meanwhile, such as a second double click."""
    name = "crmkit-{}.lock".format(hashlib.sha256(str(ROOT).encode()).hexdigest()[:16])
    with Path(tempfile.gettempdir(), name).open("w") as handle:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stop("busy")
        yield


def check_place(purpose):
    """Stop if this Python, this folder or this disk cannot take the installation."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop("no_venv")
    if os.pathsep in str(ROOT):
        stop("separator", root=ROOT, character=os.pathsep)
    try:
        with tempfile.TemporaryDirectory(prefix=".venv-", dir=ROOT) as trial:
            Path(trial, "n" * (DEPTH // 2), "n" * (DEPTH // 2)).mkdir(parents=True)
    except PermissionError:
        stop("folder", root=ROOT)
    except OSError as problem:
        read_only = problem.errno == errno.EROFS
        stop("folder" if read_only else "deep", root=ROOT)
    free = shutil.disk_usage(ROOT).free // 10**6
    if free < ROOM[purpose]:
        stop("disk", need=ROOM[purpose], free=free)


def make_venv():
    """Make an empty environment from the Python that runs this, or the one it is made from."""
    python = getattr(sys, "_base_executable", sys.executable)
    with run([python, "-m", "venv", "--clear", str(VENV)]) as making:
        said = making.stdout.read().split("\n")
    if making.returncode:
        stop("venv_failed", reason=next((line for line in reversed(said) if line.strip()), python))


def pip(arguments, packages=0):
    """Run pip install, counting packages on the screen and writing the rest to a file."""
    command = [program("python"), "-m", "pip", "install", "--no-compile"] + arguments
    counting = packages and sys.stdout.isatty()
    said = []
    with run(command) as running, LOG.open("a", encoding="utf-8") as log:
        for line in running.stdout:
            log.write(line)
            said.append(line)
            if counting and line.startswith("Collecting "):
                count = sum(one.startswith("Collecting ") for one in said)
                print("\r  {} / {}".format(count, packages), end="", flush=True)
    if counting:
        print("")
    if running.returncode:
        text = "".join(said)
        stop(next((key for key, signs in REASONS if any(s in text for s in signs)), "pip"), log=LOG)


def run(command):
    """Start a program whose output is to be read here, line by line."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def surroundings():
    """Return the environment for what is run: this one, without settings that lead astray."""
    settings = dict(os.environ, PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    settings["PYTHONUTF8"] = "1"
    for astray in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"):
        settings.pop(astray, None)
    return settings


def program(name):
    """Return the path of a program in .venv."""
    return BIN / (name + ".exe" if os.name == "nt" else name)


def wait(command, settings):
    """Run a program, leave Ctrl+C to it, and return its exit code."""
    running = subprocess.Popen([str(word) for word in command], cwd=ROOT, env=settings)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = running.wait()
    signal.signal(signal.SIGINT, before)
    return code


def say(key, **slots):
    """Print a sentence in both languages."""
    for sentence in tomllib.loads(WORDS.read_text(encoding="utf-8"))[key].values():
        print(sentence.format(**slots), flush=True)


def stop(key, **slots):
    """End with a sentence in both languages."""
    print("")
    say(key, **slots)
    sys.exit(1)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("interrupted")
