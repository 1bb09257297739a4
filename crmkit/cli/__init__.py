"""The commands: parse, call, print. What they print is put together in ``pages``."""

import sys

# in the order of the help
from crmkit.cli import books, tiers, signals, churn, report  # isort: skip
from crmkit.cli import plans, calendars, prices, messages, course  # isort: skip
from crmkit.cli.app import app
from crmkit.spoken import run

__all__ = [
    "books",
    "calendars",
    "churn",
    "course",
    "main",
    "messages",
    "plans",
    "prices",
    "report",
    "signals",
    "tiers",
]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 something to put right.

    >>> main(["doctor", "--help", "--lang", "en"])  # doctest: +ELLIPSIS
    Usage: crmkit doctor [OPTIONS]
    ...
    0
    """
    return run(app, sys.argv[1:] if arguments is None else arguments)
