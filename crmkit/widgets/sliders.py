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


class Rails:
    """Sliders below each other, which can begin anew.

    Parameters
    ----------
    sliders : mapping of str to Slider
    moved : callable
        Called when a slider was moved, and when all begin anew.

    Attributes
    ----------
    controls : dict of str to SelectionSlider
        The sliders as they stand; others after :meth:`begin`.
    view : VBox
    """

    def __init__(self, sliders: Mapping[str, Slider], moved: Callable[[], None]) -> None:
        self._sliders, self._moved = sliders, moved
        self.view = widgets.VBox()
        self._lay()

    def values(self) -> dict[str, Any]:
        """Return where the sliders stand."""
        return {name: control.value for name, control in self.controls.items()}

    def move(self, **values: float) -> None:
        """Put sliders as near to some values as they go."""
        for name, value in values.items():
            places = [place for _, place in self.controls[name].options]
            self.controls[name].value = min(places, key=lambda place: abs(place - value))

    def begin(self) -> None:
        """Put every slider where it stood at first.

        They are new ones: while one place is being drawn the browser holds the next one back,
        which would arrive at the old slider after the click and undo it.
        """
        self._lay()
        self._moved()

    def _lay(self) -> None:
        self.controls = {name: _control(slider) for name, slider in self._sliders.items()}
        rows: list[widgets.Widget] = []
        for control in self.controls.values():
            control.observe(lambda _: self._moved(), "value")
            rows += [widgets.HTML(escape(control.tooltip)), control]
        self.view.children = rows


def _control(slider: Slider) -> widgets.SelectionSlider:
    return widgets.SelectionSlider(
        options=[(slider.shape.format(place), place) for place in slider.places],
        value=slider.at,
        layout=FULL,
        tooltip=t(slider.label),
    )


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
        self._drawn: dict[tuple[Any, ...], bytes] = {}
        self.figure = widgets.Image(format="png", width=FIGURE_WIDTH)
        self.rails = Rails(sliders, self._follow)
        self.said = widgets.HTML()
        self.reset = widgets.Button(description=t("instruments.reset"))
        self.reset.add_class("crm-button")
        self.reset.on_click(lambda _: self.rails.begin())
        rows = [*([self.figure] if draw else []), self.rails.view, self.said, self.reset]
        super().__init__(f"Sliders({name or ', '.join(sliders)})", rows, self.still)
        self._follow()

    def _follow(self) -> None:
        values = self.rails.values()
        if self.draw:
            at = tuple(values.values())
            if at not in self._drawn:
                self._drawn[at] = plots.png(self.draw(**values), 110)
            self.figure.value = self._drawn[at]
        if self.say:
            self.said.value = self.say(**values)

    def still(self) -> str:
        """Return the picture as it is now, as HTML."""
        picture = image(self.figure.value, FIGURE_WIDTH) if self.draw else ""
        return picture + str(self.said.value)
