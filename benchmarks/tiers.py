"""Tiers of a very large table: seconds and peak memory against SQL written by hand.

Run: python benchmarks/tiers.py [CLIENTS]

Each way runs in a process of its own, on two threads, within the same memory, from the same
Parquet file to another; the ratio is of processor seconds in one run.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from crmkit.analysis.large import tier_file

CLIENTS = 20_000_000
THREADS, MEMORY = 2, "900MB"

MADE = """
COPY (
    SELECT lpad(i::VARCHAR, 10, '0') AS client_id,
        CAST(round(exp(11 + 2.2 * sqrt(-2 * ln(1 - u)) * cos(2 * pi() * v))) AS BIGINT)
            AS contribution_12m,
        CASE WHEN hash(i) % 33 = 0 THEN NULL
            ELSE exp(0.3 + 1.3 * sqrt(-2 * ln(1 - v)) * cos(2 * pi() * u)) END AS turnover_ratio,
        'measured' AS basis
    FROM (SELECT i, hash(i * 2 + 1) / 18446744073709551616.0 AS u,
                 hash(i * 2) / 18446744073709551616.0 AS v FROM range({clients}) t(i))
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""

BY_HAND = """
COPY (
    SELECT client_id,
        CASE WHEN contribution_12m IS NULL OR turnover_ratio IS NULL THEN 'unknown'
            WHEN contribution_12m >= {contribution} AND turnover_ratio >= {turnover} THEN 'A'
            WHEN contribution_12m >= {contribution} THEN 'B'
            WHEN turnover_ratio >= {turnover} THEN 'C' ELSE 'D' END AS tier,
        basis, contribution_12m, turnover_ratio
    FROM '{path}'
) TO '{out}' (FORMAT parquet, COMPRESSION snappy)
"""


def by_hand(path: str, out: str) -> None:
    """Tier with two statements of SQL."""
    settings = {"threads": THREADS, "memory_limit": MEMORY, "preserve_insertion_order": False}
    with duckdb.connect(config=settings) as connection:
        lines = {}
        for name, column, share in (
            ("contribution", "contribution_12m", 0.2), ("turnover", "turnover_ratio", 0.5),
        ):  # fmt: skip
            total = f"SELECT count({column}) FROM '{path}'"
            ((count,),) = connection.execute(total).fetchall()
            place = 1 - (-(-share * count // 1) - 0.5) / count
            line = f"SELECT quantile_disc({column}, {place}) FROM '{path}'"
            ((lines[name],),) = connection.execute(line).fetchall()
        connection.execute(BY_HAND.format(path=path, out=out, **lines))


def by_kit(path: str, out: str) -> None:
    """Tier with the kit's own code."""
    tier_file(path, out, memory=MEMORY, threads=THREADS)


def run(name: str, path: str, out: str) -> None:
    """Time one way and print what it took."""
    begun, wall = time.process_time(), time.perf_counter()
    {"by_hand": by_hand, "by_kit": by_kit}[name](path, out)
    spent, waited = time.process_time() - begun, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent:.2f} {waited:.2f} {peak:.0f}")


def main() -> None:
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS
    with TemporaryDirectory() as folder:
        path = str(Path(folder, "measures.parquet"))
        with duckdb.connect(config={"threads": THREADS}) as connection:
            connection.execute(MADE.format(clients=clients, path=path))
        best: dict[str, tuple[float, ...]] = {}
        for _ in range(3):
            for name in ("by_hand", "by_kit"):
                words = [sys.executable, __file__, name, path, str(Path(folder, f"{name}.parquet"))]
                said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
                figures = tuple(map(float, said.split()))
                best[name] = min(best.get(name, figures), figures)
        print(f"{clients:,} clients, {THREADS} threads, at most {MEMORY}")
        for name, (spent, waited, peak) in best.items():
            print(f"{name:8} {spent:6.1f} s of processor, {waited:6.1f} s, peak {peak:.0f} MiB")
        print(f"ratio    {best['by_kit'][0] / best['by_hand'][0]:.2f}")
        with duckdb.connect() as connection:
            pair = [f"'{folder}/{name}.parquet'" for name in best]
            query = "SELECT count(*) FROM {} a JOIN {} b USING (client_id) WHERE a.tier != b.tier"
            print("tiers that differ:", connection.execute(query.format(*pair)).fetchall()[0][0])


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run(*sys.argv[1:])
    else:
        main()
