"""What ``crmkit doctor`` has to say."""

from typing import Any

import pandas as pd

from crmkit.screen import print_table, records
from crmkit.words import t


def doctor_document(checks: pd.DataFrame) -> dict[str, Any]:
    """Return what ``crmkit doctor --json`` prints."""
    return {"ok": bool(checks["ok"].all()), "checks": records(checks)}


def print_doctor(checks: pd.DataFrame) -> None:
    """Print every check with what was found and what to do."""
    marks = checks["ok"].map({True: "✓", False: "✗"})
    page = checks[["what", "found", "advice"]].assign(ok=marks)[["ok", "what", "found", "advice"]]
    headings = {name: t(f"cli.doctor_{name}") for name in ("what", "found", "advice")}
    print_table(page.rename(columns={**headings, "ok": ""}))
