"""What changed between two dates of a book, and who should hear from us about it."""

from crmkit.analysis.signals.alerts import signals
from crmkit.analysis.signals.gaps import comparison_notes, since_notes
from crmkit.analysis.signals.laundering import for_compliance
from crmkit.analysis.signals.limits import limits

__all__ = ["comparison_notes", "for_compliance", "limits", "signals", "since_notes"]
