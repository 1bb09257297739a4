"""A book made on a cluster is the book made here, byte for byte, or no book at all."""

from pathlib import Path
from typing import Any

import pytest

from crmkit.book.store import open_book
from crmkit.branch.cluster import write_book_on
from crmkit.branch.plan import make_plan
from crmkit.branch.streams import BLOCK
from crmkit.branch.writing import write_book


def test_a_cluster_writes_the_same_bytes(spark: Any, tmp_path: Path) -> None:
    plan = make_plan(BLOCK + 100, 1, "2026-01-05", months=2)
    write_book(plan, tmp_path / "here")
    write_book_on(spark, plan, tmp_path / "there")
    files = [sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())
             for name in ("here", "there")]  # fmt: skip
    here, there = (
        {path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in found}
        for name, found in zip(("here", "there"), files, strict=True)
    )
    assert here == there
    assert len(open_book(tmp_path / "there").client) == plan.n


def test_a_job_that_fails_leaves_no_half_book(spark: Any, tmp_path: Path) -> None:
    def fail(month: object) -> None:
        raise RuntimeError("no policy")

    plan = make_plan(BLOCK + 100, 1, "2026-01-05", months=2).with_policy(fail)
    with pytest.raises(Exception, match="no policy"):
        write_book_on(spark, plan, tmp_path / "book")
    assert list(tmp_path.iterdir()) == []
