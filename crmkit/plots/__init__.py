"""Figures: take tables, return axes, speak the language in use.

`style` is the house style; every other module draws for one room of the package.
"""

from crmkit.plots.style import (
    TIER_COLOURS,
    TIER_MARKERS,
    new_axes,
    png,
    use_font,
)
from crmkit.plots.tiers import pareto, quadrant, ranking, sources

__all__ = [
    "TIER_COLOURS",
    "TIER_MARKERS",
    "new_axes",
    "pareto",
    "png",
    "quadrant",
    "ranking",
    "sources",
    "use_font",
]
