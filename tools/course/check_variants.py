"""Try a unit's variants over thousands of seeds and keep what came of it.

Usage: ``python -m tools.course.check_variants [l11 ...] [--seeds 2000]``
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from crmkit.course import unit_names
from crmkit.course.invariants import ease, variant_faults
from crmkit.course.unit import make_setting

KEPT = Path(__file__).with_name("variants.json")
#: Seeds for which the ease of each question is worked out.
MEASURED = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("units", nargs="*", default=unit_names())
    parser.add_argument("--seeds", type=int, default=2000)
    options = parser.parse_args()
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    failed = False
    for unit in options.units:
        kept[unit] = tried(unit, options.seeds)
        print(unit, json.dumps(kept[unit]), flush=True)
        failed |= bool(kept[unit]["faults"])
        text = json.dumps(kept, indent=1, sort_keys=True) + "\n"
        KEPT.write_text(text, encoding="utf-8")
    return int(failed)


def tried(unit: str, seeds: int) -> dict[str, object]:
    """Return how many variants were tried, what was wrong, and how forgiving each question is."""
    faults: Counter[str] = Counter()
    for seed in range(1000, 1000 + seeds):
        for fault in variant_faults(unit, seed):
            faults[f"{fault.question} {fault.kind} {fault.idea}".strip()] += 1
            print(fault, file=sys.stderr)
    eased: dict[str, list[float]] = {}
    for seed in range(1000, 1000 + min(seeds, MEASURED)):
        for question in make_setting(unit, seed).questions.values():
            if question.misconceptions:
                eased.setdefault(question.id, []).append(round(ease(question), 3))
    bands = {name: [min(values), max(values)] for name, values in eased.items()}
    return {"seeds": seeds, "faults": dict(faults), "ease": bands}


if __name__ == "__main__":
    sys.exit(main())
