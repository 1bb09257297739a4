"""The same measures, lines and tiers on Spark as in memory: one code from laptop to cluster."""

from pathlib import Path
from typing import Any

from engines import make_holed_book, same

from crmkit.analysis import lines
from crmkit.analysis.activity import measure
from crmkit.analysis.tiering import cuts_by_share, place
from crmkit.book.store import save_book

TABLES = ("client", "account", "activity", "contact", "holding")


def test_a_holed_book_has_the_same_tiers_on_a_cluster(
    spark: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    book = make_holed_book()
    save_book(book, tmp_path / "book")
    on_cluster = {name: spark.read.parquet(str(tmp_path / "book" / name)) for name in TABLES}
    here = measure(book.tables, book.as_of)
    # a plan is worked out anew for everything that is asked of it, unless it is kept
    there = measure(on_cluster, book.as_of).to_native().cache()
    assert same({"pandas": here, "spark": there}) == []
    monkeypatch.setattr(lines, "FEW", 40)
    monkeypatch.setattr(lines, "SLICES", 64)
    cuts = cuts_by_share(there)
    assert cuts == cuts_by_share(here)
    placed = {"pandas": place(here, cuts), "spark": place(there, cuts)}
    assert same({name: one.select("client_id", "tier") for name, one in placed.items()}) == []


def test_missing_and_nan_are_no_tier_on_a_cluster(spark: Any) -> None:
    nan = float("nan")
    rows = [("1", 500, 9.0), ("2", None, 9.0), ("3", 500, None), ("4", 500, nan), ("5", 0, 0.0)]
    table = spark.createDataFrame(
        [(*row, "measured") for row in rows],
        "client_id string, contribution_12m long, turnover_ratio double, basis string",
    )
    found = place(table, cuts_by_share(table)).to_native().orderBy("client_id").collect()
    assert [row["tier"] for row in found] == ["A", "unknown", "unknown", "unknown", "D"]
