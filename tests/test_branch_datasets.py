import subprocess
import sys
from pathlib import Path

from crmkit.book.store import open_book

ROOT = Path(__file__).parents[1]


def test_the_datasets_are_those_the_branch_makes_today():
    command = [sys.executable, str(ROOT / "tools" / "build_datasets.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_learners_books_open_and_hold_no_answers():
    for name in ("manager", "untidy", "office", "trial"):
        folder = ROOT / "datasets" / name
        assert len(open_book(folder).client) >= 300
        assert not {"trait", "outcome", "fault"} & {path.name for path in folder.iterdir()}
