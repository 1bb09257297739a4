"""What the controls of any question have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

#: Takes an answer whenever it changes.
Changed = Callable[[Any], None]


@dataclass(frozen=True)
class Entry:
    """The controls of one question.

    Attributes
    ----------
    view : Widget
    show : callable
        Takes a well-formed answer and sets the controls to it.
    answer : callable
        Returns the answer as the controls have it.
    still : callable
        Returns, as HTML, what there is to see when nothing runs.
    control : object
        What a click, a key or a test works on: a widget, a board or what holds one.
    ended : callable, optional
        For what is marked by coming to its end and not by a button: returns what came to its
        end just now, or nothing while it goes on.
    """

    view: widgets.Widget
    show: Callable[[Any], None]
    answer: Callable[[], Any]
    still: Callable[[], str]
    control: Any
    ended: Callable[[], Any] | None = None
