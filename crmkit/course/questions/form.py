"""What a view needs to show a question: labels in the language in use, and no rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """Something to choose: its name in the answer, and what people read."""

    name: str
    label: str


@dataclass(frozen=True)
class Row:
    """A line of a table: its name in the answer, what to call it, and its cells."""

    name: str
    label: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One thing to enter in every row or contact: an option, or a number if there are none."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    lowest: float = 0
    highest: float = 0


@dataclass(frozen=True)
class Table:
    """A small table to read; without rows there is nothing to show."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Form:
    """What to show, by kind of question; a kind leaves out what it has no use for.

    Attributes
    ----------
    kind : str
        Which controls: ``"choice"``, ``"several"``, ``"number"``, ``"cut"``, ``"ranking"``,
        ``"matching"``, ``"assign"``, ``"calendar"``, ``"rewrite"``, ``"policy"``, ``"code"``
        or ``"dialogue"``.
    options : tuple of Option
        In the order shown.
    rows : tuple of Row
        What gets an option, a place or a value.
    headings : tuple of str
        Of the cells of the rows.
    fields : tuple of Field
        What is entered for every row (policy) or contact (calendar).
    values : tuple of float
        What a line is drawn through (cut), ascending.
    unit : str
        Of a number or of the values.
    lowest, highest : float
        Bounds of a number.
    most : int
        How many contacts or characters may be entered; 0 for no bound.
    text : str
        What the learner starts from (rewrite, code).
    """

    kind: str
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    headings: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    values: tuple[float, ...] = ()
    unit: str = ""
    lowest: float = 0
    highest: float = 0
    most: int = 0
    text: str = ""
