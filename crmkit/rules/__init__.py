"""Rules as dated data: ask for a rule at a date, and be told how far to trust it.

The rules of the market stand in ``data/rules/cn_2026.toml``; a firm's own file may change
what a firm decides for itself.
"""

from crmkit.rules.rulebook import STALE_DAYS, Rule, Rulebook, read_rules

__all__ = ["STALE_DAYS", "Rule", "Rulebook", "read_rules"]
