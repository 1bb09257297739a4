"""What changed between two dates of a book, and who should hear from us about it."""

from crmkit.analysis.signals.alerts import signals
from crmkit.analysis.signals.laundering import for_compliance
from crmkit.analysis.signals.limits import limits

__all__ = ["for_compliance", "limits", "signals"]
