"""Run nbval over all notebooks again and again, and say how often it failed.

The command is the one that ``make test`` uses. A run that fails leaves what it printed in
``FOLDER/run-N.log``.

Usage: ``python -m tools.course.repeat_notebooks [50] [--folder FOLDER]``
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from start import CHECKS

COMMAND = dict(CHECKS)["notebooks"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("times", nargs="?", type=int, default=50)
    parser.add_argument("--folder", type=Path, default=Path("nbval-runs"))
    options = parser.parse_args()
    failed = []
    for number in range(1, options.times + 1):
        begun = time.monotonic()
        run = subprocess.run(
            [sys.executable, *COMMAND[1:]], capture_output=True, text=True, check=False
        )
        last = (run.stdout.strip().splitlines() or [""])[-1]
        print(f"{number}: {last} ({time.monotonic() - begun:.0f} s)", flush=True)
        if run.returncode:
            failed.append(number)
            options.folder.mkdir(parents=True, exist_ok=True)
            (options.folder / f"run-{number}.log").write_text(run.stdout + run.stderr)
    print(f"{options.times} runs, {len(failed)} failed {failed or ''}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
