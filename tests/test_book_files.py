from pathlib import Path

import pytest

from crmkit.book.files import atomic
from crmkit.errors import CrmkitError


def test_the_file_appears_when_the_block_succeeds(tmp_path: Path) -> None:
    target = tmp_path / "计划.xlsx"
    with atomic(target) as lent:
        lent.write_bytes(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_earlier_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), atomic(target) as lent:
        lent.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("place", ["missing/plan.xlsx", "folder", "file.txt/plan.xlsx"])
def test_what_cannot_be_written_is_said_once_and_clearly(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").touch()
    with pytest.raises(CrmkitError) as caught, atomic(tmp_path / place) as lent:
        lent.write_bytes(b"new")
    assert caught.value.key == "book.not_writable"
    assert place in str(caught.value)


def test_a_disk_that_fills_up_while_writing_is_named(tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    with pytest.raises(CrmkitError) as caught, atomic(target):
        raise OSError(28, "No space left on device")
    assert caught.value.key == "book.not_writable"
    assert not target.exists()
