"""A picture that answers clicks, keys and drags: HTML drawn by the kernel, picks sent back.

One board is two widgets, however many things can be chosen on it, so a page opens fast and a
pick costs one message each way. The kit's JupyterLab extension (``boards.js``) turns a click
on ``<button data-pick="word">`` into a pick; elsewhere a board can be looked at and driven
through :meth:`Board.pick`.
"""

import json
from collections.abc import Callable, Mapping
from html import escape

import ipywidgets as widgets


class Board:
    """HTML in which things can be chosen.

    Parameters
    ----------
    draw : callable
        Returns the HTML as it should be now.
    picked : callable
        Takes the word of what was chosen; ``"word>place"`` after a drag.

    Examples
    --------
    >>> chosen = []
    >>> board = Board(lambda: pick("yes", "Yes"), chosen.append)
    >>> board.pick("yes"); chosen
    ['yes']
    """

    def __init__(self, draw: Callable[[], str], picked: Callable[[str], None]) -> None:
        self._draw, self._picked = draw, picked
        self._heard = 0
        self.screen = widgets.HTML(draw())
        self.wire = widgets.Text(continuous_update=False)
        self.wire.add_class("crm-wire")
        self.wire.observe(self._hear, "value")
        self.view = widgets.VBox([self.screen, self.wire])
        self.view.add_class("crm-board")

    @property
    def html(self) -> str:
        """What is to be seen now."""
        return str(self.screen.value)

    def redraw(self) -> None:
        """Show the board as it should be now."""
        self.screen.value = self._draw()

    def pick(self, word: str) -> None:
        """Choose something, as a click does."""
        self._picked(word)
        self.redraw()

    def _hear(self, change: Mapping[str, str]) -> None:
        """Act on the picks that have not been heard of yet; the field repeats older ones."""
        for number, word in _picks(change["new"]):
            if number > self._heard:
                self._heard = number
                self._picked(word)
        self.redraw()


def _picks(text: str) -> list[tuple[int, str]]:
    try:
        return [(int(number), str(word)) for number, word in json.loads(text)]
    except (ValueError, TypeError):
        return []


def pick(
    word: str,
    body: str,
    kind: str = "",
    pressed: bool | None = None,
    label: str = "",
    disabled: bool = False,
    drag: bool = False,
) -> str:
    """Return a button of a board.

    Parameters
    ----------
    word : str
        What is said to the board when it is chosen.
    body : str
        HTML inside.
    kind : str
        Classes.
    pressed : bool, optional
        For buttons that are on or off.
    label : str
        What a screen reader says instead of the body, and what hovering shows.
    disabled, drag : bool
    """
    parts = [f'<button type="button" data-pick="{escape(word)}" class="{kind}"']
    if pressed is not None:
        parts.append(f' aria-pressed="{str(pressed).lower()}"')
    if label:
        parts.append(f' aria-label="{escape(label)}" title="{escape(label)}"')
    if drag and not disabled:
        parts.append(f' draggable="true" data-drag="{escape(word)}"')
    return "".join(parts) + f"{' disabled' if disabled else ''}>{body}</button>"
