"""The daily deck: questions missed before come back with new figures until they are known.

A card is due the day after a miss and three days after the first right answer; the second
right answer in a row, on another day, retires it. Spacing is fixed: an expanding schedule has
not been shown to do better (Latimier 2021).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

#: Days until a card is due, by how often in a row it has been answered rightly.
SPACING = (1, 3)
#: Cards a day: three minutes.
DAILY = 5


@dataclass(frozen=True)
class Card:
    """A question to come back to.

    Attributes
    ----------
    due : date
        The first day on which it may be asked.
    streak : int
        Right answers in a row.
    number : int
        How often it has been asked; every time it is another variant.
    """

    due: date
    streak: int = 0
    number: int = 0

    @property
    def retired(self) -> bool:
        """Whether it need not be asked again."""
        return self.streak >= len(SPACING)


def missed(card: Card | None, today: date) -> Card:
    """Return the card of a question answered wrongly in a lesson or an exercise.

    >>> missed(None, date(2026, 3, 2))
    Card(due=datetime.date(2026, 3, 3), streak=0, number=0)
    """
    return Card(today + timedelta(days=SPACING[0]), 0, card.number if card else 0)


def answered(card: Card, right: bool, today: date) -> Card:
    """Return a card after it has been asked; asking before it is due changes nothing.

    >>> card = answered(Card(date(2026, 3, 3)), True, date(2026, 3, 3))
    >>> card.due, card.streak
    (datetime.date(2026, 3, 6), 1)
    >>> answered(card, True, date(2026, 3, 6)).retired
    True
    """
    if today < card.due or card.retired:
        return card
    streak = card.streak + 1 if right else 0
    wait = SPACING[min(streak, len(SPACING) - 1)]
    return replace(card, streak=streak, due=today + timedelta(days=wait), number=card.number + 1)


def deck(cards: Mapping[str, Card], today: date, most: int = DAILY) -> list[str]:
    """Return the questions due on a day, the longest overdue first.

    >>> cards = {name: Card(date(2026, 3, day)) for name, day in [("a", 5), ("b", 2), ("c", 9)]}
    >>> deck(cards, date(2026, 3, 5))
    ['b', 'a']
    """
    due = [(card.due, name) for name, card in cards.items() if card.due <= today]
    return [name for _, name in sorted(due) if not cards[name].retired][:most]


def next_due(cards: Mapping[str, Card]) -> date | None:
    """Return the first day on which a card is due, if there is one.

    >>> next_due({"a": Card(date(2026, 3, 5)), "b": Card(date(2026, 3, 2), streak=2)})
    datetime.date(2026, 3, 5)
    """
    return min((card.due for card in cards.values() if not card.retired), default=None)
