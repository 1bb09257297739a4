"""Figures that follow a slider: the frame is drawn once, only what moves is drawn again.

A whole figure takes 60 to 80 ms of a processor, what moves in it 5 to 10; the rest is the
writing of the PNG.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crmkit.plots.style import TIER_COLOURS
from crmkit.plots.tiers import CORNERS, quadrant, ranking, tier_label
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes


class Live:
    """Axes of which some artists move.

    Parameters
    ----------
    axes : Axes
    moving : iterable of Artist
        Everything else must stay as it is.
    dots_per_inch : int
    """

    def __init__(self, axes: Axes, moving: Iterable[Artist], dots_per_inch: int = 110) -> None:
        figure: Any = axes.get_figure(root=True)
        figure.set_dpi(dots_per_inch)
        self.axes = axes
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)
        self._canvas = _canvas(figure)
        self._canvas.draw()
        self._frame: Any = self._canvas.copy_from_bbox(figure.bbox)

    def png(self) -> bytes:
        """Return the figure as it is now, as a PNG file."""
        from PIL import Image

        self._canvas.restore_region(self._frame)
        for artist in self.moving:
            self.axes.draw_artist(artist)
        buffer = BytesIO()
        picture = Image.fromarray(np.asarray(self._canvas.buffer_rgba())).convert("RGB")
        picture.save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()


def _canvas(figure: Any) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    return FigureCanvasAgg(figure)


class LiveQuadrant:
    """The quadrant, its lines and its clients' tiers free to move.

    Parameters
    ----------
    clients, contribution_cut, turnover_cut
        As for :func:`crmkit.plots.quadrant`.
    """

    def __init__(self, clients: pd.DataFrame, contribution_cut: float, turnover_cut: float) -> None:
        axes = quadrant(clients, contribution_cut, turnover_cut)
        self._points = dict(zip(TIER_COLOURS, axes.collections, strict=True))
        self._across, self._up = axes.lines
        self._corners = dict(zip(CORNERS, axes.texts, strict=True))
        self._live = Live(axes, [*axes.collections, *axes.lines, *axes.texts])

    def png(self, clients: pd.DataFrame, contribution_cut: float, turnover_cut: float) -> bytes:
        """Return the figure with other lines and tiers; the clients must be the same."""
        known = clients.dropna(subset=["contribution_12m", "turnover_ratio"])
        x = known["turnover_ratio"].astype("float64").clip(lower=0.05)
        y = (known["contribution_12m"].astype("float64") / 100).clip(lower=1)
        places = pd.DataFrame({"x": x, "y": y}).to_numpy()
        letters = known["tier"].astype("str").to_numpy()
        for tier, points in self._points.items():
            points.set_offsets(places[letters == tier])
        self._across.set_ydata([contribution_cut] * 2)
        self._up.set_xdata([turnover_cut] * 2)
        for tier, corner in self._corners.items():
            corner.set_text(tier_label(tier, int((clients["tier"] == tier).sum())))
        return self._live.png()


class LiveRanking:
    """Values by rank, and a line across them that is free to move.

    Parameters
    ----------
    values : Series
        As for :func:`crmkit.plots.ranking`.
    line : float
    """

    def __init__(self, values: pd.Series, line: float) -> None:
        axes = ranking(values, line)
        self._line, self._label = axes.lines[-1], axes.texts[-1]
        self._live = Live(axes, [self._line, self._label])

    def png(self, line: float) -> bytes:
        """Return the figure with the line elsewhere."""
        self._line.set_ydata([line] * 2)
        self._label.set_y(line * 1.1)
        self._label.set_text(t("plots.line", line=line))
        return self._live.png()
