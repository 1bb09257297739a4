"""Customer tables as they come: odd cells, odd headings, odd mappings."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crmkit.analysis.churn.customers import Customers, read_customers, read_mapping
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

N = 60


def rows(**columns) -> pd.DataFrame:
    """A small bank's table; columns given replace or join its own."""
    rng = np.random.default_rng(1)
    table = {
        "RowNumber": range(1, N + 1), "CustomerId": 15_600_000 + rng.permutation(N),
        "Age": rng.integers(20, 70, N), "Balance": rng.integers(0, 90_000, N),
        "Town": rng.choice(["North", "South"], N), "Exited": [1, 0] * (N // 2),
    }  # fmt: skip
    return pd.DataFrame(table | columns)


@pytest.fixture
def read(tmp_path: Path):
    def reads(table: pd.DataFrame | str, *words: str, language: str = "en") -> Customers:
        file = tmp_path / "bank.csv"
        text = table if isinstance(table, str) else table.to_csv(index=False)
        file.write_text(text, encoding="utf-8")
        with in_language(language):
            return read_customers(file, read_mapping(words or ["churned=Exited"]))

    return reads


def with_cell(column: str, *cells: object) -> pd.DataFrame:
    """The table with some cells of a column replaced."""
    values = rows()[column].astype("object").tolist()
    values[: len(cells)] = cells
    return rows(**{column: values})


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_odd_cell_leaves_a_column_of_numbers_one(read, language: str):
    found = read(with_cell("Age", "unknown"), language=language)
    assert found.known["Age"].dtype == "float64" and found.known["Age"].isna().sum() == 1
    note = next(note for note in found.notes if "Age" in note)
    assert "unknown" in note and "1" in note


def test_thousands_may_be_parted(read):
    found = read(with_cell("Balance", "12,345.60", "１２３", "-1,234"))
    assert found.known["Balance"].tolist()[:3] == [12345.6, 123, -1234]
    assert not any("Balance" in note for note in found.notes)


def test_a_column_half_words_stays_words_and_is_named(read):
    found = read(with_cell("Age", *["old"] * 20))
    assert any("Age" in note and "old" in note for note in found.notes)
    town = read(rows())
    assert town.known["Town"].iloc[0] in ("North", "South")
    assert not any("Town" in note for note in town.notes)


def test_customers_numbers_stay_as_written_and_oddities_are_told(read):
    table = with_cell("CustomerId", "007", "007", "")
    found = read(table, "churned=Exited", "client_id=CustomerId")
    assert found.known["client_id"].tolist()[:3] == ["007", "007", ""]
    assert not found.known["client_id"].iloc[3].endswith(".0")
    assert any("007" in note for note in found.notes)
    assert any("without a customer number" in note for note in found.notes)
    plain = read(rows(), "churned=Exited", "client_id=CustomerId")
    assert not any("customer number" in note for note in plain.notes)


def test_a_column_called_client_id_is_taken_as_such(read):
    table = rows().rename(columns={"CustomerId": "client_id"})
    assert read(table).known["client_id"].tolist() == table["client_id"].astype("str").tolist()
    mapped = read(table, "churned=Exited", "client_id=RowNumber")
    assert mapped.known["client_id"].tolist()[:2] == ["1", "2"]
    assert mapped.known.columns.is_unique


def test_row_numbers_and_customers_numbers_predict_nothing(read):
    found = read(rows(编号=rows()["CustomerId"].to_numpy()[::-1], n=range(N),
                      Remark=[f"word {n}" for n in range(N)]))  # fmt: skip
    assert found.known.columns.tolist() == ["client_id", "Age", "Balance", "Town"]
    said = " ".join(found.notes)
    assert all(name in said for name in ("RowNumber", "CustomerId", "编号", "n", "Remark"))


def test_amounts_by_which_a_table_is_sorted_are_no_row_numbers(read):
    rng = np.random.default_rng(2)
    sorted_amounts = np.sort(rng.choice(1_000_000, N, replace=False))
    counts = rng.integers(0, 5, N)
    found = read(rows(Balance=sorted_amounts, VisitNumber=counts))
    assert {"Balance", "VisitNumber"} < set(found.known)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("table", "key", "said"), [
    ("Age,Age,Exited\n1,2,1\n3,4,0", "customers.twice", "Age"),
    ("Age,Exited\n1,1\n12,345,0", "customers.ragged", "3"),
])  # fmt: skip
def test_headings_that_do_not_fit_are_named(read, table: str, key: str, said: str, language: str):
    with pytest.raises(CrmkitError) as raised:
        read(table, language=language)
    assert raised.value.key == key and said in raised.value.what


def test_a_column_without_a_heading_is_called_by_its_place(read):
    found = read(",,Age,,Exited,\na,,1,,1,\nb,,2,,0,")
    assert found.known.columns.tolist() == ["client_id", "column 1", "Age"]


@pytest.mark.parametrize("words", ["ignore=Age, Town", "ignore=Age，Town,"])
def test_spaces_in_a_list_do_not_matter(read, words: str):
    assert "Age" not in read(rows(), "churned=Exited", words).known
    assert "Town" not in read(rows(), "churned=Exited", words).known


def test_codes_with_a_gap_are_compared_as_written(read):
    found = read(with_cell("Exited", 2, 2, "", 1), "churned=Exited", "churned_is=2")
    assert found.churned.sum() == 2
    with pytest.raises(CrmkitError) as raised:
        read(with_cell("Exited", 2, ""), "churned=Exited", "churned_is=5")
    assert "2" in raised.value.next and "2.0" not in raised.value.next


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "key"), [
    ('churned = ["Exited"]', "customers.bad_type"),
    ('churned = "Exited"\ntenure = ["Age"]', "customers.bad_type"),
    ('[churned]\na = "Exited"', "customers.bad_type"),
    ('churned = "Exited"\nignore = 3', "customers.bad_ignore"),
    ('churned = "Exited"\nignore = ["Age", 3]', "customers.bad_ignore"),
    ("churned = Exited", "customers.bad_file"),
])  # fmt: skip
def test_a_file_with_the_wrong_kind_of_entry_is_refused(tmp_path, text, key, language):
    file = tmp_path / "map.toml"
    file.write_text(text, encoding="utf-8")
    with in_language(language), pytest.raises(CrmkitError) as raised:
        read_mapping([str(file)])
    assert raised.value.key == key


def test_a_file_may_name_what_to_ignore_as_one_word(tmp_path):
    file = tmp_path / "map.toml"
    file.write_text('churned = "Exited"\nchurned_is = 2\nignore = "RowNumber"', "utf-8")
    assert read_mapping([str(file)])["ignore"] == ["RowNumber"]
