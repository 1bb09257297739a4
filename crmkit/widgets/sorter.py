"""Cards into boxes: one card at a time, by click, by key or by dragging."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from crmkit.book.schema import CLIENT
from crmkit.widgets.board import Board, pick
from crmkit.widgets.panel import Panel
from crmkit.widgets.style import paragraph
from crmkit.words import t

#: Takes the box of every card that has one, whenever a card moves.
Moved = Callable[[Mapping[str, str]], None]


class Sorter:
    """Cards and boxes, and which card lies where.

    The card on top waits for a box; the next one without a box follows it. A card that lies
    in a box can be taken up again.

    Parameters
    ----------
    cards : mapping of str to str
        What is on each card, as HTML.
    boxes : mapping of str to str
        The name of each box.
    moved : callable
    names : mapping of str to str, optional
        What is left of a card once it lies in a box; by default its number.
    axes : tuple of (str, str), optional
        For four boxes in two rows: what grows to the right, and what grows upwards.
    notes : mapping of str to str, optional
        A line under the name of each box.

    Examples
    --------
    >>> sorter = Sorter({"1": "a", "2": "b"}, {"left": "Left", "right": "Right"}, print)
    >>> sorter.put("1", "left")
    {'1': 'left'}
    >>> sorter.on_top
    '2'
    """

    def __init__(
        self,
        cards: Mapping[str, str],
        boxes: Mapping[str, str],
        moved: Moved,
        *,
        names: Mapping[str, str] | None = None,
        axes: tuple[str, str] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        self.cards, self.boxes, self.moved = cards, boxes, moved
        self.names = names or {card: str(n) for n, card in enumerate(cards, start=1)}
        self.axes, self.notes = axes, notes or {}
        self.lies: dict[str, str] = {}
        self.latest = ""
        self.on_top = next(iter(cards), "")
        self.board = Board(self._html, self._picked)
        self.view = self.board.view

    def put(self, card: str, box: str) -> None:
        """Put a card into a box and take up the next one that has none."""
        self.lies[card], self.latest = box, card
        waiting = [c for c in self.cards if c not in self.lies]
        order = list(self.cards)
        after = [c for c in waiting if order.index(c) > order.index(card)]
        self.on_top = next(iter([*after, *waiting]), "")
        self.board.redraw()
        self.moved(dict(self.lies))

    def show(self, lies: Mapping[str, str]) -> None:
        """Put cards where they are said to lie."""
        self.lies = {c: box for c, box in lies.items() if c in self.cards and box in self.boxes}
        self.on_top = next((card for card in self.cards if card not in self.lies), "")
        self.board.redraw()

    def _picked(self, word: str) -> None:
        what, _, box = word.partition(">")
        kind, _, name = what.partition(":")
        box = box or (name if kind == "box" else "")
        card = name if kind == "card" and name in self.cards else self.on_top
        if box in self.boxes and card:
            self.put(card, box)
        elif kind == "card" and name in self.cards:
            self.on_top = name

    def _html(self) -> str:
        boxes = "".join(self._box(box, name) for box, name in self.boxes.items())
        kind = "crm-four" if len(self.boxes) == 4 else "crm-row"
        frame = f'<div class="crm-boxes {kind}" data-arrows>{boxes}</div>'
        return self._top() + (self._between_axes(frame) if self.axes else frame)

    def _top(self) -> str:
        done = t("instruments.sorter.placed", placed=len(self.lies), all=len(self.cards))
        share = 100 * len(self.lies) / max(len(self.cards), 1)
        bar = (
            f'<div class="crm-bar" role="img" aria-label="{escape(done)}">'
            f'<span style="width:{share:.0f}%"></span></div>'
            f'<span class="crm-bar-text">{done}</span>'
        )
        top = f'<div class="crm-top-line">{bar}</div>'
        if not self.lies:
            top += f'<p class="crm-quiet">{escape(t("instruments.sorter.how"))}</p>'
        if not self.on_top:
            return top + f'<div class="crm-deck">{paragraph(t("instruments.sorter.done"))}</div>'
        card, name = self.cards[self.on_top], escape(self.names[self.on_top])
        return top + (
            f'<div class="crm-deck"><article class="crm-play" draggable="true"'
            f' data-drag="card:{escape(self.on_top)}" aria-live="polite">'
            f'<span class="crm-play-name">{name}</span><div>{card}</div></article></div>'
        )

    def _box(self, box: str, name: str) -> str:
        inside = [card for card, place in self.lies.items() if place == box]
        chips = "".join(
            pick(f"card:{card}", escape(self.names[card]), "crm-lie", drag=True,
                 label=t("instruments.sorter.take_up", card=self.names[card]))
            for card in self.cards if card in inside
        )  # fmt: skip
        count = f'<span class="crm-box-count">{len(inside)}</span>'
        note = f"<small>{escape(self.notes[box])}</small>" if box in self.notes else ""
        head = pick(f"box:{box}", f"<b>{escape(name)}</b>{count}{note}", "crm-box-name",
                    disabled=not self.on_top)  # fmt: skip
        return (
            f'<section class="crm-bin" data-drop="{escape(box)}">{head}'
            f'<div class="crm-lies">{chips}</div></section>'
        )

    def _between_axes(self, frame: str) -> str:
        assert self.axes is not None
        right, up = (escape(axis) for axis in self.axes)
        return (
            f'<div class="crm-axes"><span class="crm-up">{up} ↑</span>{frame}'
            f'<span class="crm-right">{right} →</span></div>'
        )


class CardSorter(Panel):
    """A sorter to try things out with: no marks, only what each card was meant to be.

    Parameters
    ----------
    cards, boxes, axes, notes
        As for :class:`Sorter`, the cards as plain text.
    right : mapping of str to str, optional
        The box of each card; if given, every card put down is told right or wrong.
    why : mapping of str to str, optional
        What to say about a card once it lies.
    evidence : mapping of str to sequence of str, optional
        Words to mark in the text of a card that lies where it belongs.
    """

    def __init__(
        self,
        cards: Mapping[str, str],
        boxes: Mapping[str, str],
        right: Mapping[str, str] | None = None,
        why: Mapping[str, str] | None = None,
        *,
        evidence: Mapping[str, Sequence[str]] | None = None,
        axes: tuple[str, str] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        self.texts, self.right, self.why = cards, right or {}, why or {}
        self.evidence = evidence or {}
        html = {card: paragraph(text) for card, text in cards.items()}
        self.sorter = Sorter(html, boxes, lambda _: self.said.redraw(), axes=axes, notes=notes)
        self.said = Board(self._about, lambda _: None)
        rows = [self.sorter.view, self.said.view]
        super().__init__(f"CardSorter({len(cards)})", rows, lambda: self.sorter.board.html)

    def put(self, card: str, box: str) -> None:
        """Put a card into a box."""
        self.sorter.put(card, box)

    def _about(self) -> str:
        """Return what there is to say about the card put down last."""
        card = self.sorter.latest
        if card not in self.right:
            return ""
        name, due = self.sorter.names[card], self.right[card]
        good = self.sorter.lies[card] == due
        heading = t(
            f"instruments.sorter.{'yes' if good else 'no'}", card=name, box=self.sorter.boxes[due]
        )
        why = paragraph(self.why[card]) if card in self.why else ""
        return (
            f'<div class="crm-said crm-said-{"yes" if good else "no"}" role="status">'
            f"<b>{escape(heading)}</b><p>{self._marked(card)}</p>{why}</div>"
        )

    def _marked(self, card: str) -> str:
        """Return the text of a card with its evidence marked."""
        text = escape(self.texts[card])
        for words in self.evidence.get(card, ()):
            text = text.replace(escape(words), f"<mark>{escape(words)}</mark>")
        return text


def motive_tagger(
    quotes: Mapping[str, str],
    right: Mapping[str, str],
    why: Mapping[str, str] | None = None,
    evidence: Mapping[str, Sequence[str]] | None = None,
) -> CardSorter:
    """Return a sorter of quotes by the five motives of the book's schema.

    Parameters
    ----------
    quotes, right, why, evidence
        As for :class:`CardSorter`; `right` names motives.
    """
    motives = {name: t(f"value.{name}") for name in CLIENT.columns["motive"].values}
    notes = {name: t(f"instruments.motive.{name}") for name in motives}
    return CardSorter(quotes, motives, right, why, evidence=evidence, notes=notes)
