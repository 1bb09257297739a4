"""Sliders that move a figure: what if this were higher, and that lower?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from crmkit import plots
from crmkit.widgets.panel import Panel
from crmkit.widgets.style import FIGURE_WIDTH, FULL, image
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Slider:
    """One slider.

    Attributes
    ----------
    label : str
        Words key of what stands above it.
    places : sequence of float
        Where it can stand.
    at : float
        Where it stands at first, one of the places.
    shape : str
        How a place is written: ``"{:,.0f}"``.
    """

    label: str
    places: Sequence[float]
    at: float
    shape: str = "{:g}"


class Sliders(Panel):
    """A figure, or HTML, that follows some sliders.

    What was drawn once is kept, so going back and forth costs nothing.

    Parameters
    ----------
    sliders : mapping of str to Slider
    draw : callable
        Takes the values by name; returns the axes of a figure.
    say : callable, optional
        Takes the values by name; returns HTML to stand below.
    name : str
        For records: ``Sliders(break_even)``.
    """

    def __init__(
        self,
        sliders: Mapping[str, Slider],
        draw: Callable[..., "Axes"] | None = None,
        say: Callable[..., str] | None = None,
        name: str = "",
    ) -> None:
        self.draw, self.say = draw, say
        self.controls = {
            key: widgets.SelectionSlider(
                options=[(each.shape.format(place), place) for place in each.places],
                value=each.at, layout=FULL, tooltip=t(each.label),
            )
            for key, each in sliders.items()
        }  # fmt: skip
        self._start = self.values()
        self._drawn: dict[tuple[Any, ...], bytes] = {}
        self.figure = widgets.Image(format="png", width=FIGURE_WIDTH)
        self.said = widgets.HTML()
        self.reset = widgets.Button(description=t("instruments.reset"))
        self.reset.add_class("crm-button")
        self.reset.on_click(lambda _: self.move(**self._start))
        rows: list[widgets.Widget] = [self.figure] if draw else []
        for control in self.controls.values():
            rows += [widgets.HTML(escape(control.tooltip)), control]
        rows += [self.said, self.reset]
        super().__init__(f"Sliders({name or ', '.join(sliders)})", rows, self._still)
        for control in self.controls.values():
            control.observe(lambda _: self._follow(), "value")
        self._follow()

    def values(self) -> dict[str, Any]:
        """Return where the sliders stand."""
        return {name: control.value for name, control in self.controls.items()}

    def move(self, **values: float) -> None:
        """Put sliders as near to some values as they go."""
        for name, value in values.items():
            places = [place for _, place in self.controls[name].options]
            self.controls[name].value = min(places, key=lambda place: abs(place - value))

    def _follow(self) -> None:
        values = self.values()
        if self.draw:
            at = tuple(values.values())
            if at not in self._drawn:
                self._drawn[at] = plots.png(self.draw(**values), 110)
            self.figure.value = self._drawn[at]
        if self.say:
            self.said.value = self.say(**values)

    def _still(self) -> str:
        picture = image(self.figure.value, FIGURE_WIDTH) if self.draw else ""
        return picture + str(self.said.value)
