"""The house style: colours, the bundled font, empty axes, a figure as a file.

Colours are those of Okabe and Ito, told apart by people who see red and green alike; every
tier has a marker of its own as well, so that nothing depends on colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis


TIER_COLOURS: Mapping[str, str] = MappingProxyType(
    {"A": "#D55E00", "B": "#0072B2", "C": "#009E73", "D": "#6B7280", "unknown": "#6B7280"}
)
TIER_MARKERS: Mapping[str, str] = MappingProxyType(
    {"A": "^", "B": "s", "C": "o", "D": "v", "unknown": "x"}
)
INK, FAINT, ACCENT = "#1F2937", "#D1D5DB", "#CC79A7"
FONT = "Noto Sans SC"


@cache
def use_font() -> None:
    """Make the bundled font, which holds Chinese, the one of every figure from now on.

    Names outside GB2312 fall back to matplotlib's own font and warn when they are missing
    there as well.
    """
    import matplotlib as mpl
    from matplotlib import font_manager

    file = files("crmkit").joinpath("data/fonts/NotoSansSC-gb2312.ttf")
    font_manager.fontManager.addfont(str(file))
    mpl.rcParams["font.family"] = [FONT, "DejaVu Sans"]
    mpl.rcParams["axes.unicode_minus"] = False
    mpl.rcParams["text.hinting"] = "no_hinting"  # hinting closes the gaps between Latin words


def new_axes(width: float = 8.0, height: float = 4.8, left: float = 0.11) -> Axes:
    """Return empty axes in the house style; no window, no pyplot state.

    Margins are fixed: measuring every label first would double the time a figure takes, and
    these figures follow a slider.

    Parameters
    ----------
    width, height : float
        Inches.
    left : float
        Left margin, as a share of the width.
    """
    from matplotlib.figure import Figure

    use_font()
    figure = Figure(figsize=(width, height), facecolor="white")
    figure.subplots_adjust(left=left, right=0.975, top=0.97, bottom=0.13)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(FAINT)
    axes.tick_params(colors=INK, which="both", length=0, labelsize=11)
    axes.grid(True, color="#EEF0F3", linewidth=0.8)
    axes.set_axisbelow(True)
    return axes


def png(axes: Axes, dots_per_inch: int = 144) -> bytes:
    """Return the figure of some axes as a PNG file."""
    buffer = BytesIO()
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.savefig(buffer, format="png", dpi=dots_per_inch, pil_kwargs={"compress_level": 1})
    return buffer.getvalue()


def room(values: pd.Series) -> tuple[float, float]:
    """Return limits with room for markers at both ends of a log axis."""
    return float(values.min()) / 1.6, float(values.max()) * 2


def plain_log_ticks(axis: Axis, multiples: tuple[int, ...] = (1,)) -> None:
    """Give a log axis ticks at the multiples of powers of ten, written out."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    axis.set_major_locator(LogLocator(10, multiples))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axis.set_minor_locator(NullLocator())
