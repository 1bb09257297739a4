"""A large book to Parquet: wall seconds, peak memory, size.

Run: python benchmarks/write.py [CLIENTS] [WORKERS]
"""

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from crmkit.branch.plan import make_plan
from crmkit.branch.writing import write_book


def main() -> None:
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        write_book(make_plan(clients, 1, "2026-01-05", 36), Path(folder, "book"), workers)
        took = time.perf_counter() - begun
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, child = (one.ru_maxrss / 1024 for one in used)
    spent = sum(one.ru_utime + one.ru_stime for one in used)
    print(f"{clients:,} clients x 36 months, {workers} workers: {took:.0f} s, {size / 1e6:.0f} MB")
    print(f"{spent:.0f} processor seconds, {spent / clients * 1e6:.1f} µs per client")
    print(f"peak: {own:.0f} MiB here, {child:.0f} MiB in the largest of the workers")


if __name__ == "__main__":
    main()
