"""A widget that can also be read where nothing runs."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from crmkit.widgets.style import style


class Panel:
    """A framed column of widgets with a name that never changes and a still picture of itself.

    The name is all that a record of outputs holds of a live widget; the picture is what a
    reader sees before a kernel runs, for example on a page that shows notebooks.

    Parameters
    ----------
    name : str
        For example ``Exercise(e11a-q1)``.
    children : sequence of Widget
    still : callable
        Returns the picture as HTML.
    """

    def __init__(
        self, name: str, children: Sequence[widgets.Widget], still: Callable[[], str]
    ) -> None:
        self.view = widgets.VBox([style(), *children])
        self.view.add_class("crm-panel")
        self._name = name
        self._still = still

    def __repr__(self) -> str:
        return self._name

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        live = self.view._repr_mimebundle_(**kwargs)
        return {**live, "text/plain": self._name, "text/html": self._still()}
