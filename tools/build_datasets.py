"""Build the course's client books in ``datasets/`` from the simulated branch.

python tools/build_datasets.py           build them
python tools/build_datasets.py --check   fail if they are not what would be built

Observable tables go to ``datasets/<name>/``; what is true behind them, for teachers, goes to
``datasets/teacher/<name>/``.
"""

import json
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crmkit.book.store import read_table, seal, write_parts
from crmkit.branch.plan import Plan, make_plan
from crmkit.branch.policies import Trial, habit
from crmkit.branch.simulate import build_book, origin
from crmkit.branch.truth import TRUTH_TABLES, meaning
from crmkit.branch.writing import write_book
from crmkit.words import in_language

DATASETS = Path(__file__).parents[1] / "datasets"
AS_OF = "2026-01-05"


@dataclass(frozen=True)
class Dataset:
    """One book of the course; ``tools/datasets.toml`` lists them."""

    name: str
    n: int
    seed: int
    lessons: str
    zh: str
    en: str
    policy: str = "habit"
    dirt: float = 0.0

    def plan(self) -> Plan:
        policy = Trial() if self.policy == "trial" else habit
        return make_plan(self.n, self.seed, AS_OF, policy=policy, dirt=self.dirt)


def datasets() -> list[Dataset]:
    """Return the books of the course."""
    text = Path(__file__).with_name("datasets.toml").read_text(encoding="utf-8")
    return [Dataset(name, **row) for name, row in tomllib.loads(text).items()]


def build(folder: Path) -> None:
    """Build every dataset and the README into an empty folder."""
    (folder / "teacher").mkdir()
    for dataset in datasets():
        plan = dataset.plan()
        behind = folder / "teacher" / dataset.name
        write_book(plan, folder / dataset.name, truth=behind)
        if dataset.policy == "trial":
            write_parts({"potential": build_book(plan).potential()}, behind, 0, origin(plan))
            seal(behind, plan.as_of, origin(plan))
    readme = _readme(folder)
    (folder / "README.md").write_text(readme, encoding="utf-8", newline="\n")


INTRODUCTION = """\
# 课程用的客户账簿 · The course's client books

由 `python tools/build_datasets.py` 生成，请勿手改。人物全部虚构：手机号以 154 开头，不可能接通；
没有身份证号；邮箱是 `@example.com`；`is_synthetic` 一列和每个文件的元数据都写明是模拟数据。
各列的含义和单位见[数据字典](../docs/codebook.md)，模型见[模拟营业部](../docs/branch.zh-CN.md)。
`teacher/` 里是答案，不发给学员。用 `crmkit.book.store.open_book("datasets/manager")` 打开，
或直接读 Parquet 文件。

Built by `python tools/build_datasets.py`; do not edit. Nobody in them is real: mobiles begin
with 154 and cannot ring, there are no identity numbers, mail goes to `@example.com`, and the
column `is_synthetic` and every file's metadata say so. Columns and units are in the
[codebook](../docs/codebook.md), the model in [the simulated branch](../docs/branch.md).
`teacher/` has the answers, which learners do not get. Open a book with
`crmkit.book.store.open_book("datasets/manager")`, or read the Parquet files as they are.

All books: `as_of` 2026-01-05, 36 months, preset `sse2023`.
"""


def _readme(folder: Path) -> str:
    parts = [INTRODUCTION]
    for dataset in datasets():
        plan = dataset.plan()
        parts += [
            f"## `{dataset.name}`\n",
            f"{dataset.zh}\n",
            f"{dataset.en}\n",
            f"课程 · Lessons: {dataset.lessons} · seed {plan.seed} · market `{plan.market.name}` · "
            f"policy `{origin(plan)['policy']}` · dirt {plan.dirt:g}\n",
            _files(folder, dataset.name),
        ]
    return "\n".join([*parts, _truth()])


def _files(folder: Path, name: str) -> str:
    lines = ["| 文件 · file | 行 · rows | 列 · columns | SHA-256 |", "|---|---|---|---|"]
    for book in (folder / name, folder / "teacher" / name):
        sealed = json.loads((book / "book.json").read_text(encoding="utf-8"))
        for file, digest in sealed["files"].items():
            rows = read_table((book / file).parent)
            if len(rows):
                where = (book / file).relative_to(folder).as_posix()
                lines.append(f"| `{where}` | {len(rows):,} | {rows.shape[1]} | `{digest[:16]}…` |")
    return "\n".join(lines) + "\n"


def _truth() -> str:
    lines = [
        "## `teacher/`\n",
        "| 表 · table | 列 · column | 单位 · unit | 含义 | Meaning |",
        "|---|---|---|---|---|",
    ]
    for table, columns in TRUTH_TABLES.items():
        for column, unit in columns.items():
            said = []
            for spoken in ("zh", "en"):
                with in_language(spoken):
                    said.append(meaning(table, column))
            lines.append(f"| `{table}` | `{column}` | {unit} | {said[0]} | {said[1]} |")
    return "\n".join(lines) + "\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main() -> int:
    """Build the datasets, or compare them with a fresh build."""
    with TemporaryDirectory() as scratch:
        fresh = Path(scratch, "datasets")
        fresh.mkdir()
        build(fresh)
        made, kept = contents(fresh), contents(DATASETS)
        changed = sorted(
            name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)
        )
        if changed:
            shutil.rmtree(DATASETS)
            shutil.copytree(fresh, DATASETS)
    if changed:
        print("datasets/ was out of date and has been built anew:", *changed, sep="\n  ")
    return int("--check" in sys.argv and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
