"""The codebook is what the schema says."""

import subprocess
import sys
from pathlib import Path

from crmkit.book.codes import word_for
from crmkit.book.results import RESULTS
from crmkit.book.schema import TABLES
from crmkit.words import glossary

ROOT = Path(__file__).parents[1]


def test_the_codebook_is_up_to_date():
    tool = ROOT / "tools" / "build_codebook.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)


def test_every_code_has_a_word_or_says_it_itself():
    codes = {
        v
        for t in (*TABLES.values(), *RESULTS.values())
        for c in t.columns.values()
        for v in c.values
    }
    assert {code for code in codes if f"value.{code}" not in glossary()} == {
        code for code in codes if len(code) < 3 and code.upper() == code
    }
    assert word_for("C1") == "C1"


def test_every_column_is_in_it():
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for table in (*TABLES.values(), *RESULTS.values()):
        assert f"### {table.name}: {table.zh} · {table.en}" in text
        assert all(f"| `{name}`" in text for name in table.columns)
