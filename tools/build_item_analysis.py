"""Write ``docs/item-analysis.md``: what simulated learners say about the questions.

Usage: ``python tools/build_item_analysis.py [--check]``
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from crmkit.course import unit_names  # noqa: E402
from crmkit.course.unit import make_setting  # noqa: E402
from tools.course.check_variants import KEPT  # noqa: E402
from tools.course.learners import (  # noqa: E402
    LEARNERS,
    Answers,
    answer_unit,
    discrimination,
    mastery_errors,
    reliability,
    told_rightly,
)

TARGET = ROOT / "docs/item-analysis.md"
HEAD = Path(__file__).with_name("item-analysis.md")
#: A question that correlates less than this with the others tells little.
CLEAR = 0.2
COLUMNS = "题 · Question|题型 · Kind|答对 · Right|区分 · Discrimination|识别 · Told|误认 · Mistaken"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="are all questions in it?")
    if parser.parse_args().check:
        return check()
    TARGET.write_text(document(), encoding="utf-8")
    return 0


def check() -> int:
    """Compare the questions in the document with those there are; the figures are not redone."""
    text = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    told = set(re.findall(r"^\| ([el]\d\d\w?-\w+) \|", text, re.MULTILINE))
    questions = [q for unit in unit_names() for q in make_setting(unit, 0).questions.values()]
    due = {question.id for question in questions if question.misconceptions}
    if told != due:
        print(f"{TARGET.name}: run tools/build_item_analysis.py for {sorted(told ^ due)}",
              file=sys.stderr)  # fmt: skip
    return int(told != due)


def document() -> str:
    parts = [HEAD.read_text(encoding="utf-8"), _variants()]
    answers = {unit: answer_unit(unit) for unit in unit_names()}
    parts.append(_course(answers))
    parts += [_unit(unit, given) for unit, given in answers.items()]
    return "\n".join(parts).rstrip() + "\n"


def _course(answers: Mapping[str, Mapping[str, Answers]]) -> str:
    """Return what holds for the course as a whole: the same people answer every unit."""
    graded = {
        f"{unit} {name}": each
        for unit, given in answers.items()
        for name, each in given.items()
        if name[0] == "e"
    }
    told = [discrimination(given, name) for given in answers.values() for name in given]
    clear = np.mean([value >= CLEAR for value in told])
    return (
        f"## 全课 · The course\n\n"
        f"计分题 · Graded questions: {len(graded)}　信度 · Reliability (alpha):"
        f" {reliability(graded):.2f}　区分不低于 · Discrimination of at least {CLEAR}:"
        f" {clear:.0%}　最低 · Lowest: {min(told):.2f}\n"
    )


def _variants() -> str:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    titles = ("单元 · Unit", "种子 · Seeds", "问题 · Faults",
              "错误想法得分的最大摆动 · Widest swing of what wrong ideas earn")  # fmt: skip
    lines = ["## 变式 · Variants", "", f"| {' | '.join(titles)} |", "|---" * 4 + "|"]
    for unit, found in sorted(kept.items()):
        swing = max((high - low for low, high in found["ease"].values()), default=0.0)
        faults = sum(found["faults"].values())
        lines.append(f"| {unit} | {found['seeds']} | {faults} | {swing:.2f} |")
    return "\n".join([*lines, ""])


def _unit(unit: str, answers: Mapping[str, Answers]) -> str:
    questions = make_setting(unit, 0).questions
    lines = [f"## {unit}", "", "| " + COLUMNS.replace("|", " | ") + " |", "|---" * 6 + "|"]
    for name, each in answers.items():
        told, mistaken = told_rightly(each)
        lines.append(
            f"| {name} | {questions[name].kind} | {np.mean(each.scores == 1):.2f} |"
            f" {discrimination(answers, name):.2f} | {told:.0%} | {_share(mistaken)} |"
        )
    exercises = sorted({name.partition("-")[0] for name in answers if name[0] == "e"})
    errors = "；".join(f"{e} {mastery_errors(unit, e):.1%}" for e in exercises)
    said = f"信度 · Reliability (alpha, {LEARNERS}): {reliability(answers):.2f}"
    if exercises:
        said += f"　掌握误判 · Mastery misjudged: {errors}"
    return "\n".join([*lines, "", said, ""])


def _share(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.0%}"


if __name__ == "__main__":
    sys.exit(main())
