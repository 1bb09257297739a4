"""Build docs/codebook.md, every table and column in both languages, from the schema.

python tools/build_codebook.py           write the codebook
python tools/build_codebook.py --check   fail if it is not what would be written
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from crmkit.book.codes import word_for
from crmkit.book.results import RESULTS
from crmkit.book.schema import CODE, LAST_CONTACT, LEDGER, TABLES, Column, Table
from crmkit.words import LANGUAGES, in_language

CODEBOOK = Path(__file__).parent.parent / "docs" / "codebook.md"

INTRODUCTION = """\
# 数据字典 · Codebook

由 `python tools/build_codebook.py` 从 `crmkit/book/schema.py`、`crmkit/book/results/` 生成，
请勿手改。Generated from these two files; do not edit it by hand.

金额一律以分存储（整数），给人看的时候换算成元或万元；佣金以千分之几计；日期就是日期；
客户号、电话是文本。“必填”的列为空时，这一行不能保留；台账的九列标有 ★。“打码”的列在屏幕、
图和打印件上默认隐去一部分。最后一栏是读台账时也认得的其他标题；大小写、全角半角和空格不论，
单位写在标题的括号里。

Money is stored in fen (分, 1/100 yuan) as integers and shown in CNY or 10,000 CNY; rates are per
mille; dates are dates; client IDs and phone numbers are text. A row is not kept without its
required columns; ★ marks the nine columns of a ledger. Masked columns are partly hidden wherever
people look. The last column has the other headings that a ledger may use, whatever their case,
width and spaces; the unit goes in brackets behind the heading.
"""
LAST_CONTACT_NOTE = """\
台账里有这一栏时，读成一条联系记录。备注里的“6月1日通话”“5月1日见面”也一样，备注原文保留。
Where a ledger has this column it becomes a contact, and so does a remark such as “5/20 met”, which
stays a remark.
"""
HEADINGS = (
    "列 · Column", "标题 · Heading", "存储 · Stored as", "含义 · Meaning", "取值 · Values",
    "也可写作 · Also read",
)  # fmt: skip


def codebook() -> str:
    """Return the text of the codebook."""
    parts = [INTRODUCTION, "## 客户簿 · A client book\n"]
    parts += [_table(table) for table in TABLES.values()]
    parts.append(f"### {_both(LAST_CONTACT.heading, ' · ')}\n\n{LAST_CONTACT_NOTE}")
    parts.append("## 分析和计划的结果 · What analysis and planning give\n")
    parts += [_table(table) for table in RESULTS.values()]
    return "\n".join(parts)


def _table(table: Table) -> str:
    key = " + ".join(f"`{name}`" for name in table.key)
    lines = [f"### {table.name}: {table.zh} · {table.en}\n", f"键 · Key: {key}\n"]
    lines.append("| " + " | ".join(HEADINGS) + " |")
    lines.append("|" + "---|" * len(HEADINGS))
    columns = table.columns.values()
    lines += ["| " + " | ".join(_cells(column, table.name)) + " |" for column in columns]
    return "\n".join(lines) + "\n"


def _cells(column: Column, table: str) -> Iterator[str]:
    starred = column.name in LEDGER and table in ("client", "account")
    yield f"`{column.name}`" + " ★" * starred
    yield _both(column.heading)
    stored = "category" if column.dtype == CODE else column.dtype
    marks = ["必填 required"] * column.required + ["打码 masked"] * bool(column.personal)
    yield ", ".join([stored, *([column.unit.stored] if column.unit.stored else []), *marks])
    yield _both(column.meaning)
    yield _values(column)
    yield "、".join(column.aliases)


def _values(column: Column) -> str:
    if column.values:
        return "<br>".join(f"`{code}` {_word(code)}".rstrip() for code in column.values)
    if column.minimum is None and column.maximum is None:
        return ""
    least, most = ("" if b is None else f"{b:g}" for b in (column.minimum, column.maximum))
    return f"≥ {least}" if not most else f"{least} – {most}"


def _word(code: str) -> str:
    words = []
    for language in LANGUAGES:
        with in_language(language):
            words.append(word_for(code))
    return "" if set(words) == {code} else " · ".join(words)


def _both(read: Callable[[], str], between: str = "<br>") -> str:
    said = []
    for language in LANGUAGES:
        with in_language(language):
            said.append(read().replace("|", "\\|"))
    return between.join(dict.fromkeys(said))


if __name__ == "__main__":
    fresh = codebook()
    if "--check" not in sys.argv[1:]:
        CODEBOOK.write_text(fresh, encoding="utf-8")
    elif not CODEBOOK.exists() or CODEBOOK.read_text(encoding="utf-8") != fresh:
        sys.exit(f"{CODEBOOK} is not what would be built; run python {sys.argv[0]}")
