"""Every kind of question is answered by clicks and keys, also the kinds no lesson has yet."""

import sys
from pathlib import Path

import nbformat
import pytest
from classroom import Classroom, open_notebook
from hands import HANDS, answer
from playwright.sync_api import Page, expect

from crmkit.course import Outcome
from crmkit.widgets.entries import ENTRIES
from crmkit.words import glossary, in_language

TESTS = Path(__file__).parents[1]
sys.path.append(str(TESTS))

from question_bank import BANK, words  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("warm_kernels")]
expect.set_options(timeout=60_000)

SETUP = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from question_bank import BANK, words
from crmkit.course import Sheet, Unit
from crmkit.widgets import Exercise
from crmkit.words import glossary, use_language
use_language("zh")
glossary().update(words())
bank = Unit("bank", 1, None, BANK, Sheet(""), lambda attempt: 1)
"""


@pytest.fixture
def bank(lab: Classroom, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a page with a question of every kind."""
    for key, sentence in words().items():
        monkeypatch.setitem(glossary(), key, sentence)
    sources = [SETUP, *(f"Exercise(bank, {name!r})" for name in BANK)]
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "crmkit": {"autorun": True},
    }
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    path = f"notebooks/{lab.language}/90_bank.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), lab.course / path)
    return path


def test_every_kind_has_hands() -> None:
    assert set(HANDS) == set(ENTRIES)


@pytest.mark.parametrize("lab", ["zh"], indirect=True)
def test_every_kind_is_answered(page: Page, bank: str) -> None:
    opened = open_notebook(page, bank)
    with in_language("zh"):
        for name, question in BANK.items():
            panel = opened.locator(f".crm-at-{name}")
            for _, wrong in question.wrong_answers():
                answer(panel, question, wrong)
            assert answer(panel, question, question.key).outcome is Outcome.CORRECT
