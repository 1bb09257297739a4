"""The author's guide is followed to the letter: the lesson it writes is built and checked."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import test_course_units as checks

from crmkit import words
from crmkit.course import open_unit, solved, units
from crmkit.course.invariants import variant_faults
from crmkit.words import glossary
from tools.build_course import make_notebook, pages, read_sources
from tools.course.questions import faults

GUIDE = Path(__file__).parents[1] / "docs/authoring.md"


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    """The files the guide shows, by their path."""
    text = GUIDE.read_text(encoding="utf-8")
    return dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL))


@pytest.fixture
def lesson(
    files: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The guide's lesson, put where the course looks for its own."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "lessons/00_start.py").write_text('# %% tags=["setup"]\nimport math\n')
    added = words._flatten("l98", tomllib.loads(files["crmkit/data/words/l98.toml"]))
    monkeypatch.setattr(units, "__path__", [*units.__path__, str(tmp_path / "crmkit/course/units")])
    known = glossary()
    assert isinstance(known, dict)
    known.update(added)
    yield tmp_path
    for key in added:
        del known[key]


def test_guide_shows_a_whole_lesson(files: Mapping[str, str]) -> None:
    assert set(files) == {
        "crmkit/course/units/l98.py", "crmkit/data/words/l98.toml", "lessons/98_sleeping.py",
    }  # fmt: skip


def test_guide_puts_the_lesson_on_the_start_page(files: Mapping[str, str]) -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    course = tomllib.loads((Path(words.__file__).parent / "data/course.toml").read_text("utf-8"))
    (entry,) = tomllib.loads("".join(blocks))["lesson"]
    assert all(set(lesson) == set(entry) for lesson in course["lesson"])
    assert entry["stage"] in {stage["name"] for stage in course["stage"]}
    shown = {f"crmkit/course/units/{entry['unit']}.py", f"lessons/{entry['page']}.py"}
    assert shown < set(files)


def test_its_pages_are_built(lesson: Path) -> None:
    sources = read_sources(lesson)
    made = [page for page in pages(sources) if page.name == "98_sleeping"]
    assert len(made) == 6
    assert all(len(make_notebook(page, sources).cells) >= 4 for page in made)
    assert list(faults(sources["98_sleeping"])) == []


def test_its_questions_pass_every_check(lesson: Path) -> None:
    every = [
        checks.test_right_answer_is_right_and_fits_its_schema,
        checks.test_every_known_wrong_answer_fires_its_own_misconception_and_no_other,
        checks.test_every_misconception_is_explained_in_three_parts_of_its_own,
        checks.test_explanations_say_what_why_and_what_next,
        checks.test_blank_is_not_attempted,
        checks.test_rubbish_never_fails_and_what_does_not_fit_the_schema_costs_nothing,
        checks.test_graded_questions_have_three_hints_and_a_solution,
        checks.test_right_answers_slightly_changed_are_not_right,
        checks.test_clicking_at_random_passes_nothing,
        checks.test_every_objective_is_practised_and_tested,
    ]
    for check in every:
        check("l98")
    for language in words.LANGUAGES:
        checks.test_every_sentence_exists_and_takes_its_slots("l98", language)
    assert [fault for seed in range(100) for fault in variant_faults("l98", seed)] == []


def test_it_can_be_solved(lesson: Path) -> None:
    assert solved(open_unit("l98", seed=4)).report("e98a-q1") == "[e98a-q1] correct 1.00"
