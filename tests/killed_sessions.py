"""Learners whose computer dies: forks sessions, kills each at a random moment, looks for losses.

Run as ``python tests/killed_sessions.py FOLDER KILLS``; prints how many answers were entered
and which were lost. A session first says what it is about to enter, then enters it, then says
that it is done; whatever was done must be on the sheet, with at most the next one instead.
"""

import json
import os
import select
import signal
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from crmkit.course import Unit, open_sheet, open_unit


def main(folder: Path, kills: int) -> dict[str, object]:
    unit = open_unit("l11", seed=3)
    rng = np.random.default_rng(2026)
    expected: dict[str, list[object]] = {}
    entered, lost, notices = 0, [], []
    for number in range(kills):
        told = kill_one(unit, folder, number, int(rng.integers(1, 6)), float(rng.uniform(0, 4e-3)))
        for line in told:
            said = json.loads(line)
            if "about" in said:
                expected[said["about"]] = [*expected.get(said["about"], [None])[:1], said["answer"]]
            else:
                entered += 1
                expected[said["done"]] = expected[said["done"]][-1:]
        sheet = open_sheet(folder)
        notices += sheet.notices
        for name, answers in expected.items():
            if sheet.entry(name).answer not in answers:
                lost.append((number, name))
            expected[name] = [sheet.entry(name).answer]
    return {"kills": kills, "entered": entered, "lost": lost, "notices": notices}


def kill_one(unit: Unit, folder: Path, number: int, steps: int, delay: float) -> list[bytes]:
    """Let a session run for some steps and a moment, kill it, and return what it told."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        session(replace(unit, sheet=open_sheet(folder)), number, theirs)
    os.close(theirs)
    told = b""
    while told.count(b"done") < steps:
        told += os.read(ours, 4096)
    select.select([], [], [], delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(ours, 65536):
        told += more
    os.close(ours)
    return told[: told.rfind(b"\n") + 1].splitlines()


def session(unit: Unit, number: int, out: int) -> None:
    """Answer, check and take hints for ever."""
    rng = np.random.default_rng(number)
    names = list(unit.questions)
    while True:
        name = str(rng.choice(names))
        answer = unit.question(name).guess(rng)
        os.write(out, json.dumps({"about": name, "answer": answer}).encode() + b"\n")
        unit.answer(name, answer)
        os.write(out, json.dumps({"done": name}).encode() + b"\n")
        if rng.random() < 0.5:
            unit.check(name)
        if rng.random() < 0.2:
            unit.hint(name)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
