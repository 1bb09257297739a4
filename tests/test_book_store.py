import json
from datetime import date

import pandas as pd
import pytest

from crmkit.book.book import make_client_book
from crmkit.book.schema import TABLES
from crmkit.book.store import FORMAT, new_folder, open_book, save_book
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError


@pytest.fixture(scope="module")
def book():
    return make_book(n=60, seed=1, as_of="2026-01-05", months=6)


@pytest.fixture
def saved(book, tmp_path):
    save_book(book, tmp_path / "book")
    return tmp_path / "book"


def test_a_saved_book_opens_equal(book, saved):
    opened = open_book(saved)
    assert opened.as_of == book.as_of
    assert opened.origin == dict(book.origin)
    for name in TABLES:
        pd.testing.assert_frame_equal(opened.tables[name], book.tables[name])


def test_a_book_that_nobody_simulated_is_saved_as_well(tmp_path):
    mine = make_client_book(date(2010, 6, 3), {"file": "it's mine.xlsx"},
                            client=pd.DataFrame({"client_id": ["0012"]}))  # fmt: skip
    save_book(mine, tmp_path / "mine")
    assert open_book(tmp_path / "mine").client["client_id"].tolist() == ["0012"]


def test_the_seal_tells_what_the_book_is(saved):
    sealed = json.loads((saved / "book.json").read_text(encoding="utf-8"))
    assert sealed["synthetic"] is True
    assert sealed["as_of"] == "2026-01-05"
    assert sealed["origin"]["seed"] == 1
    assert set(sealed["files"]) == {f"{name}/00000.parquet" for name in TABLES}


def test_every_file_says_that_it_is_synthetic(saved):
    import duckdb

    with duckdb.connect() as connection:
        told = connection.execute(
            f"SELECT key, value FROM parquet_kv_metadata('{saved}/client/*.parquet')"
        ).fetchall()
    assert (b"synthetic", b"True") in told


def test_the_truth_is_not_in_the_folder(saved):
    assert {path.name for path in saved.iterdir()} == {*TABLES, "book.json"}


def test_equal_books_have_equal_bytes(book, saved, tmp_path):
    save_book(book, tmp_path / "again")
    assert (tmp_path / "again" / "book.json").read_bytes() == (saved / "book.json").read_bytes()


def test_a_failure_leaves_nothing_behind(tmp_path):
    with pytest.raises(RuntimeError), new_folder(tmp_path / "half") as folder:
        (folder / "client").mkdir()
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(book, saved):
    with pytest.raises(CrmkitError) as raised:
        save_book(book, saved)
    assert raised.value.key == "book.exists"


def _forget(folder):
    (folder / "book.json").unlink()


def _scribble(folder):
    (folder / "book.json").write_text("[1, 2", encoding="utf-8")


def _renew(folder):
    sealed = json.loads((folder / "book.json").read_text(encoding="utf-8"))
    (folder / "book.json").write_text(json.dumps(sealed | {"format": FORMAT + 1}), encoding="utf-8")


def _lose(folder):
    (folder / "client" / "00000.parquet").unlink()


def _tamper(folder):
    with (folder / "account" / "00000.parquet").open("ab") as file:
        file.write(b"0")


@pytest.mark.parametrize(("harm", "key"), [
    (_forget, "book.not_a_book"), (_scribble, "book.not_a_book"), (_renew, "book.newer"),
    (_lose, "book.damaged"), (_tamper, "book.damaged"),
])  # fmt: skip
def test_a_folder_that_is_no_sound_book_says_why(saved, harm, key):
    harm(saved)
    with pytest.raises(CrmkitError) as raised:
        open_book(saved)
    assert raised.value.key == key


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(CrmkitError) as raised:
        open_book(tmp_path / "none")
    assert raised.value.key == "book.not_found"


def test_a_closed_place_says_so(book, tmp_path):
    with pytest.raises(CrmkitError) as raised:
        save_book(book, tmp_path / "missing" / "book")
    assert raised.value.key == "book.not_writable"
