"""Write docs/message-check.md: how well the message check does, rule by rule.

    python tools/build_conduct_report.py [--check]

With --check nothing is written; the exit code is 1 when the page is not up to date.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crmkit.conduct.messages import checks, read_message
from crmkit.words import in_language, t

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/message-check.md"
SETS = {
    "heldout": "tests/data/messages_heldout.txt",
    "free": "tests/data/messages_free.txt",
    "dev": "tests/data/messages_dev.txt",
}

Tally = dict[str, Counter[str]]


def sentences(path: Path) -> Iterator[tuple[set[str], str]]:
    """Yield the breaches that a sentence holds, and the sentence."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rules, sentence = line.split(" | ", 1)
            yield ({rule.strip() for rule in rules.split(",")} - {"-"}, sentence)


def tally(path: Path) -> Tally:
    """Count per rule what was found rightly, found wrongly and missed."""
    counts: Tally = {rule: Counter() for rule in (*checks(), "all")}
    for meant, sentence in sentences(path):
        found = {breach.rule for breach in read_message(sentence)}
        for kind, rules in (
            ("hit", found & meant),
            ("false", found - meant),
            ("miss", meant - found),
        ):
            for rule in rules:
                counts[rule][kind] += 1
                counts["all"][kind] += 1
    return counts


def share(part: int, rest: int) -> str:
    """Return a share as a percentage, or a dash where there is nothing to share."""
    return f"{part / (part + rest):.0%}" if part + rest else "–"


def row(rule: str, counts: dict[str, Tally]) -> str:
    """Return a row of the table."""
    cells = []
    for name in SETS:
        c = counts[name][rule]
        cells += [
            str(c["hit"] + c["miss"]),
            share(c["hit"], c["false"]),
            share(c["hit"], c["miss"]),
        ]
    names = []
    for language in ("zh", "en"):
        with in_language(language):
            names.append(
                t(f"conduct.rule.{rule}")
                if rule != "all"
                else {"zh": "合计", "en": "all"}[language]
            )
    return "| " + " | ".join([f"`{rule}`" if rule != "all" else "", *names, *cells]) + " |"


def page() -> str:
    """Return the whole page."""
    counts = {name: tally(ROOT / path) for name, path in SETS.items()}
    sizes = {name: sum(1 for _ in sentences(ROOT / path)) for name, path in SETS.items()}
    template = (ROOT / "tools/message-check.md").read_text(encoding="utf-8")
    table = "\n".join(row(rule, counts) for rule in (*checks(), "all"))
    totals = {
        f"{name}_{what}": share(counts[name]["all"]["hit"], counts[name]["all"][missed])
        for name in SETS
        for what, missed in (("precision", "false"), ("recall", "miss"))
    }
    phrases = sum(len(check.phrases) for check in checks().values())
    return template.format(table=table, **sizes, **totals, all=sum(sizes.values()), phrases=phrases)


def main() -> int:
    """Write the page, or with --check compare it."""
    built = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != built)
    PAGE.write_text(built, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
