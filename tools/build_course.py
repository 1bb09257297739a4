"""Build the notebooks of the course from ``lessons/*.py``, in both languages.

A source is percent-format Python. Markdown cells come in pairs, ``zh`` then ``en``; code cells
serve both languages unless they come in such a pair too. Where a cell goes is in its tags:

=============  ======================================
no such tag    the lesson
``exercise``   the exercise and its solution
``unsolved``   the exercise only
``solution``   the solution only
=============  ======================================

Every code cell says what it is: ``setup``, ``widget``, ``figure`` or ``evidence``. Links between
notebooks are written ``lesson:11_tiering``, ``exercise:11_tiering``, ``solution:11_tiering`` or
``twin:``, the same page in the other language.

Executed pages remember what they were made from, so that only what has changed is run again:
their own cells, the module and the words of their unit. How long the lessons are goes into
``docs/course-pages.md``.

Usage: ``python tools/build_course.py [--check] [--all] [11_tiering ...]``
"""

import argparse
import hashlib
import io
import json
import os
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools.course.lengths import REPORT, report, too_long  # noqa: E402
from tools.course.pictures import smaller  # noqa: E402
from tools.course.questions import faults, unit_of  # noqa: E402
from tools.warm.kernels import WarmKernelManager  # noqa: E402

LANGUAGES = ("zh", "en")
PARTS = {"exercise", "unsolved", "solution"}
#: What a code cell is, and what nbval makes of its output.
ROLES = {
    "setup": "nbval-ignore-output",
    "widget": "nbval-ignore-output",
    "figure": "nbval-ignore-output",
    "evidence": "nbval-check-output",
}
#: Where each kind of page goes.
FOLDERS = {
    "lesson": "notebooks/{}",
    "exercise": "exercises/{}",
    "solution": "exercises/{}/solutions",
}
#: Longest text of one cell: Chinese characters, or words.
LONGEST = {"zh": 180, "en": 120}
WIDGET = "application/vnd.jupyter.widget-view+json"


class BuildError(Exception):
    """A source that must be put right; says where and what."""


@dataclass(frozen=True)
class Page:
    """One notebook to be: which source, which kind, which language."""

    name: str
    kind: str
    language: str

    @property
    def path(self) -> Path:
        return Path(FOLDERS[self.kind].format(self.language), f"{self.name}.ipynb")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--all", action="store_true", help="run what has not changed as well")
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("names", nargs="*", metavar="NN_slug", help="only these lessons")
    options = parser.parse_args(arguments)
    try:
        sources = read_sources(options.root)
        if not options.check:
            return build(sources, options.root, options.names, options.all)
        problems = list(differences(sources, options.root))
    except BuildError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return bool(problems)


def build(
    sources: dict[str, list[NotebookNode]], root: Path, names: list[str], everything: bool
) -> int:
    if unknown := set(names) - set(sources):
        raise BuildError(f"there is no lesson {', '.join(sorted(unknown))}")
    for page in pages(sources):
        if names and page.name not in names:
            continue
        target, made_from = root / page.path, source_digest(page, sources, root)
        if not everything and _made_from(target) == made_from:
            continue
        notebook = make_notebook(page, sources)
        run(notebook, root)
        notebook.metadata["crmkit"]["made_from"] = made_from
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_text(notebook), encoding="utf-8")
        print(page.path)
    target = root / REPORT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report(sources), encoding="utf-8")
    return 0


def source_digest(page: Page, sources: dict[str, list[NotebookNode]], root: Path) -> str:
    """Return a digest of what a page's outputs depend on: its cells, its unit, its words."""
    digest = hashlib.sha256(_plain(make_notebook(page, sources)).encode())
    if unit := unit_of(sources[page.name]):
        package = root / "crmkit"
        modules = sorted((package / "course/units").glob(f"{unit}*/**/*.py"))
        words = [package / f"data/words/{unit}.toml", package / f"course/units/{unit}.py"]
        for file in [*modules, *words]:
            if file.exists():
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _made_from(path: Path) -> str:
    if not path.exists():
        return ""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return ""
    return str(content.get("metadata", {}).get("crmkit", {}).get("made_from", ""))


def differences(sources: dict[str, list[NotebookNode]], root: Path) -> Iterator[str]:
    """Yield how the committed notebooks differ from what the sources say; outputs excepted."""
    by_path = {page.path: page for page in pages(sources)}
    due = {path: make_notebook(page, sources) for path, page in by_path.items()}
    found = {path.relative_to(root) for folder in ("notebooks", "exercises")
             for path in (root / folder).rglob("*.ipynb")}  # fmt: skip
    for path in sorted(found - set(due)):
        yield f"{path}: comes from no source; delete it"
    for path, notebook in due.items():
        if path not in found:
            yield f"{path}: is missing; run tools/build_course.py"
            continue
        committed = nbformat.read(root / path, as_version=4)
        if _plain(committed) != _plain(notebook):
            yield f"{path}: is not what its source says; run tools/build_course.py"
        elif _made_from(root / path) != source_digest(by_path[path], sources, root):
            yield f"{path}: was run with an earlier unit; run tools/build_course.py"
        for cell in committed.cells:
            if ROLES["evidence"] in cell.metadata.get("tags", []) and not cell.outputs:
                yield f"{path}: cell {cell.id} has nothing to compare; run tools/build_course.py"
    told = root / REPORT
    if not told.exists() or told.read_text(encoding="utf-8") != report(sources):
        yield f"{REPORT}: is not what the lessons say; run tools/build_course.py"


def _plain(notebook: NotebookNode) -> str:
    cells = [[c.cell_type, c.id, c.source, c.metadata] for c in notebook.cells]
    metadata = {**notebook.metadata, "crmkit": {**notebook.metadata.get("crmkit", {})}}
    metadata["crmkit"].pop("made_from", None)
    return json.dumps([cells, metadata], sort_keys=True)


def read_sources(root: Path) -> dict[str, list[NotebookNode]]:
    """Return the checked cells of every source, by its name."""
    sources = {}
    for file in sorted((root / "lessons").glob("*.py")):
        cells = jupytext.read(file, fmt="py:percent").cells
        for place, cell in enumerate(cells, start=1):
            _check_cell(cell, f"{file.name}, cell {place}")
        _check_twins(cells, file.name)
        questions_of = faults(cells) if root == ROOT else ()
        for fault in (*too_long(file.stem, cells), *questions_of):
            raise BuildError(f"{file.name}: {fault}")
        sources[file.stem] = cells
    return sources


def _check_cell(cell: NotebookNode, where: str) -> None:
    tags = _tags(cell)
    allowed = {*LANGUAGES, *PARTS, *(ROLES if cell.cell_type == "code" else ())}
    if unknown := tags - allowed:
        raise BuildError(f"{where}: unknown tag {', '.join(sorted(unknown))}")
    if len(tags & PARTS) > 1 or len(tags & set(LANGUAGES)) > 1:
        raise BuildError(f"{where}: tags that exclude each other: {', '.join(sorted(tags))}")
    if cell.cell_type == "code":
        if len(tags & set(ROLES)) != 1:
            raise BuildError(f"{where}: a code cell is one of {', '.join(ROLES)}")
        _check_code(cell.source, where)
    elif not tags & set(LANGUAGES):
        raise BuildError(f"{where}: a text cell is tagged zh or en")
    else:
        _check_text(cell.source, *(tags & set(LANGUAGES)), where)


def _check_code(source: str, where: str) -> None:
    """Refuse words for people in code: they belong into the words files, in both languages."""
    if re.search(r"[^\x00-\x7f]", source):
        raise BuildError(f"{where}: natural language in code")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        prose = token.type == tokenize.STRING and re.search(r"\s", token.string)
        if token.type == tokenize.COMMENT or prose:
            raise BuildError(f"{where}: natural language in code: {token.string}")


def _check_text(source: str, language: str, where: str) -> None:
    text = re.sub(r"\]\([^)]*\)", "]", source)
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    words = len(re.findall(r"[A-Za-z0-9][\w'’.,%-]*", text))
    length = chinese + words if language == "zh" else words
    if length > LONGEST[language]:
        raise BuildError(f"{where}: {length} is too long, {LONGEST[language]} at most")
    if (chinese > words) != (language == "zh"):  # a name or the word for a language may stay
        raise BuildError(f"{where}: is not in the language it is tagged with")


def _check_twins(cells: list[NotebookNode], name: str) -> None:
    waiting: tuple[int, NotebookNode] | None = None
    for place, cell in enumerate(cells, start=1):
        tags = _tags(cell)
        if waiting is None and "zh" in tags:
            waiting = place, cell
            continue
        if (waiting is None) == ("en" in tags):
            raise BuildError(f"{name}, cell {waiting[0] if waiting else place}: has no twin")
        if waiting is not None and _shape(waiting[1]) != _shape(cell):
            raise BuildError(f"{name}, cell {place}: is not built like its twin")
        waiting = None
    if waiting is not None:
        raise BuildError(f"{name}, cell {waiting[0]}: has no twin")


def _shape(cell: NotebookNode) -> tuple[object, ...]:
    """Return what two languages of one cell have in common."""
    lines = cell.source.splitlines() if cell.cell_type == "markdown" else []
    marks = [match[0] for line in lines if (match := re.match(r"#+ |[-|>] ?|\d+\. ", line))]
    links = re.findall(r"\]\(([^)]*)\)", cell.source)
    return cell.cell_type, sorted(_tags(cell) - set(LANGUAGES)), marks, links


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def pages(sources: dict[str, list[NotebookNode]]) -> Iterator[Page]:
    for name, cells in sources.items():
        tags = set().union(*(_tags(cell) for cell in cells))
        kinds = ("lesson", "exercise", "solution") if tags & PARTS else ("lesson",)
        for kind in kinds:
            for language in LANGUAGES:
                yield Page(name, kind, language)


def make_notebook(page: Page, sources: dict[str, list[NotebookNode]]) -> NotebookNode:
    """Return a page without outputs."""
    parts = {"lesson": set(), "exercise": {"exercise", "unsolved"},
             "solution": {"exercise", "solution"}}[page.kind]  # fmt: skip
    other = next(language for language in LANGUAGES if language != page.language)
    existing = {each.path for each in pages(sources)}
    seen: Counter[str] = Counter()
    cells = []
    for cell in sources[page.name]:
        tags = _tags(cell)
        belongs = tags & parts if parts else not tags & PARTS
        if belongs and other not in tags:
            cells.append(_finished(cell, page, existing, seen))
    metadata = {
        "crmkit": {"autorun": True, "language": page.language, "page": page.kind},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _finished(
    cell: NotebookNode, page: Page, existing: set[Path], seen: Counter[str]
) -> NotebookNode:
    metadata: dict[str, object] = {"deletable": False, "editable": False}
    source = cell.source
    if cell.cell_type == "code":
        metadata["jupyter"] = {"source_hidden": True}
        metadata["tags"] = [ROLES[role] for role in ROLES if role in _tags(cell)]
    else:
        source = re.sub(r"\]\((\w+):([\w-]*)\)", lambda m: _link(m, page, existing), source)
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    digest = hashlib.sha256(f"{cell.cell_type}\n{source}".encode()).hexdigest()[:10]
    seen[digest] += 1
    name = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return make(source, id=name, metadata=metadata)


def _link(match: re.Match[str], page: Page, existing: set[Path]) -> str:
    kind, name = match.groups()
    target = None
    if kind == "twin":
        other = next(language for language in LANGUAGES if language != page.language)
        target = Page(page.name, page.kind, other).path
    elif kind in FOLDERS:
        target = Page(name, kind, page.language).path
    if target not in existing:
        raise BuildError(f"{page.name}: a link to {kind}:{name}, which does not exist")
    return f"]({Path(os.path.relpath(target, page.path.parent)).as_posix()})"


def run(notebook: NotebookNode, root: Path) -> None:
    """Run a page as the learner `reader`, who has answered nothing, and keep what it shows."""
    with TemporaryDirectory() as progress:
        settings = {"CRMKIT_PROGRESS": progress, "CRMKIT_LEARNER": "reader"}
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_manager_class=WarmKernelManager,
            extra_arguments=["--IPKernelApp.log_level=40"],
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": str(root)}},
        )
        client.execute(env={**os.environ, **settings})
        log = Path(progress, "crmkit.log")
        if log.exists():
            raise BuildError(f"a page gave warnings: {log.read_text(encoding='utf-8')}")
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        _keep_what_can_be_read(cell)


def _keep_what_can_be_read(cell: NotebookNode) -> None:
    """Drop live widgets from the outputs: their still pictures stay."""
    for output in cell.get("outputs", []):
        if output.output_type == "error" or output.get("name") == "stderr":
            raise BuildError(f"a cell failed:\n{cell.source}\n{output}")
        output.get("data", {}).pop(WIDGET, None)
        if "data" in output:
            output["data"] = smaller(output["data"])


def as_text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


if __name__ == "__main__":
    sys.exit(main())
