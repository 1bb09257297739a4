"""The same measures, lines and tiers in pandas, Polars and DuckDB; Spark is in tests/spark."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from engines import in_polars, make_holed_book, plain, same
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmkit.analysis import lines
from crmkit.analysis.activity import measure
from crmkit.analysis.frames import day_number, lazy
from crmkit.analysis.large import tier_file
from crmkit.analysis.lines import line_above
from crmkit.analysis.tiering import Cuts, cuts_by_share, place, tier_book
from crmkit.book.book import ClientBook
from crmkit.book.results import MEASURES
from crmkit.book.schema import conform
from crmkit.book.store import save_book, scan_book
from crmkit.errors import CrmkitError


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        yield connection


@pytest.fixture(scope="module")
def holed() -> ClientBook:
    return make_holed_book()


def test_measures_are_the_same_to_the_last_digit(
    holed: ClientBook, duck: duckdb.DuckDBPyConnection, tmp_path: Path
):
    save_book(holed, tmp_path / "book")
    day, on_disk = scan_book(tmp_path / "book", duck)
    polars = {name: in_polars(table) for name, table in holed.tables.items()}
    results = {
        "pandas": measure(holed.tables, day),
        "polars": measure(polars, day),
        "polars lazy": measure({name: table.lazy() for name, table in polars.items()}, day),
        "duckdb over parquet": measure(on_disk, day),
    }
    assert same(results) == []
    # the holes are there, and not everything is one
    assert {"measured", "estimated", "unknown"} == set(
        plain(results["pandas"], "client_id")["basis"]
    )


ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-(10**6), 10**12) | st.integers(0, 20),
        st.none() | st.just(float("nan")) | st.floats(0, 1e4) | st.sampled_from([0.0, 1.0, 2.5]),
        st.sampled_from(["measured", "estimated", "unknown", None]),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_tiers_are_the_same_in_every_engine(duck, rows, contribution_share, turnover_share):
    pandas = conform(
        pd.DataFrame(rows, columns=["contribution_12m", "turnover_ratio", "basis"]).assign(
            client_id=[f"{number:04d}" for number in range(len(rows))]
        ),
        MEASURES,
    )[["client_id", "contribution_12m", "turnover_ratio", "basis"]]
    bare = pandas.assign(contribution_12m=pandas["contribution_12m"].astype("float64"))
    engines = {
        "pandas": pandas,
        "pandas with NaN": bare,
        "polars": in_polars(pandas),
        "duckdb": duck.from_df(pandas),
        "duckdb with NaN": duck.sql(
            "SELECT * REPLACE (coalesce(turnover_ratio, 'nan'::DOUBLE) AS turnover_ratio) FROM "
            "pandas"
        ),
    }
    cuts = {
        name: cuts_by_share(table, contribution_share, turnover_share)
        for name, table in engines.items()
    }
    assert len({repr(one) for one in cuts.values()}) == 1
    placed = {name: place(table, cuts["pandas"]) for name, table in engines.items()}
    assert same({name: frame.select("client_id", "tier") for name, frame in placed.items()}) == []


@given(
    st.lists(st.floats(-1e12, 1e12) | st.integers(0, 9).map(float), min_size=1, max_size=200),
    st.floats(0.001, 0.999),
)
def test_lines_found_by_counting_are_those_found_by_sorting(values: list[float], share: float):
    table = pd.DataFrame({"value": values})
    expected = sorted(values, reverse=True)[int(np.ceil(round(share * len(values), 9))) - 1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "FEW", 5)
        patch.setattr(lines, "SLICES", 4)
        assert line_above(table, "value", share) == expected
    assert line_above(table, "value", share) == expected


def test_days_are_counted_as_python_counts_them(duck: duckdb.DuckDBPyConnection):
    import narwhals as nw

    days = pd.date_range("1899-12-01", "2401-03-02", freq="37D").as_unit("us")
    table = pd.DataFrame({"day": days, "client_id": [f"{n:06d}" for n in range(len(days))]})
    for engine in (table, in_polars(table), duck.from_df(table)):
        counted = lazy(engine).select("client_id", number=day_number(nw.col("day")))
        assert plain(counted, "client_id")["number"] == [float(day.toordinal()) for day in days]


def test_a_large_book_is_tiered_from_file_to_file_as_one_in_memory(
    holed: ClientBook, duck: duckdb.DuckDBPyConnection, tmp_path: Path
):
    save_book(holed, tmp_path / "book")
    large = tier_file(tmp_path / "book", tmp_path / "tiers.parquet")
    small = tier_book(holed)
    assert large.cuts == small.cuts and large.notes == small.notes
    written = duck.read_parquet(str(tmp_path / "tiers.parquet"))
    assert same({"memory": small.tiers.drop(columns="reason"), "files": written}) == []
    counts = small.tiers["tier"].value_counts()
    assert dict(zip(large.groups["tier"], large.groups["clients"], strict=True)) == {
        tier: count for tier, count in counts.items() if count
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "tiers.parquet"]


def test_a_file_of_measures_is_tiered_by_given_lines(tmp_path: Path):
    table = pd.DataFrame(
        {"client_id": ["1", "2"], "contribution_12m": [100, 900], "turnover_ratio": [9.0, 1.0],
         "basis": "measured"}
    )  # fmt: skip
    duckdb.from_df(table).write_parquet(str(tmp_path / "measures.parquet"))
    found = tier_file(
        tmp_path / "measures.parquet", tmp_path / "out.parquet", contribution_cut=500,
        turnover_cut=4.0,
    )  # fmt: skip
    assert found.cuts == Cuts(500, 4.0)
    assert found.groups["tier"].tolist() == ["B", "C"]


@pytest.mark.parametrize("name", ["missing.parquet", "other.parquet"])
def test_a_file_that_cannot_be_tiered_says_why(tmp_path: Path, name: str):
    duckdb.from_df(pd.DataFrame({"a": [1]})).write_parquet(str(tmp_path / "other.parquet"))
    with pytest.raises(CrmkitError) as error:
        tier_file(tmp_path / name, tmp_path / "out.parquet")
    assert error.value.key == ("book.not_found" if name[0] == "m" else "tier.no_measures")
    assert not (tmp_path / "out.parquet").exists()
