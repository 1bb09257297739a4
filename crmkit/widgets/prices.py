"""Published prices on the page, from the dated rules."""

from datetime import date

from crmkit.rules import Rulebook, read_rules
from crmkit.widgets.still import Still
from crmkit.widgets.style import css, paragraph, table
from crmkit.words import t


def tariff_table(on: date, rules: Rulebook | None = None) -> Still:
    """Return the published tariff of a day, step by step, and how far to trust it."""
    rule = (rules or read_rules()).at("tariff", on)
    heads = [t(f"pricing.tariff.{name}") for name in ("assets", "traded", "rate")]
    rows = [
        [t("pricing.tariff.from", cny=step["assets"]), t("pricing.tariff.from", cny=step["traded"]),
         f"{step['rate']:.2f}‰"]
        for step in rule.value
    ]  # fmt: skip
    notes = "".join(paragraph(note, "crm-note") for note in rule.caveats(on))
    return Still("Tariff", f"<style>{css()}</style>{table(heads, rows)}{notes}")
