"""crmkit: train account managers, and work on their own client books."""

__version__ = "0.1.0"
