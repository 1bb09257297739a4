"""Figures: take tables, return axes, speak the language in use.

`style` is the house style; every other module draws for one room of the package.
"""

from crmkit.plots.live import LiveQuadrant, LiveRanking
from crmkit.plots.planning import against_bound, minute_price, response_curve
from crmkit.plots.segments import cluster_map, cube_heat, lorenz_curve, rfm_grid, tier_moves
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
    "LiveQuadrant",
    "LiveRanking",
    "against_bound",
    "cluster_map",
    "cube_heat",
    "lorenz_curve",
    "minute_price",
    "new_axes",
    "pareto",
    "png",
    "quadrant",
    "ranking",
    "response_curve",
    "rfm_grid",
    "sources",
    "tier_moves",
    "use_font",
]
