"""The practice of lesson 06: a book in which every conversation finds a client who fits it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from crmkit.book.book import ClientBook
from crmkit.branch.simulate import make_book
from crmkit.course.dialogue import Scene, begin, choose
from crmkit.course.figures import figures_of, has_ideal
from crmkit.course.scripts import dialogues
from crmkit.course.units.l06.quotes import two_quotes

AS_OF = date(2026, 6, 30)
CLIENTS, MONTHS, PRESET = 1500, 13, "szse2018"
#: The conversation that is read as an example, and the one to take over half-way.
EXAMPLE, HALFWAY = "o01", "p06"


@dataclass(frozen=True)
class Practice:
    """What lesson 06 is about, for one seed.

    Attributes
    ----------
    book : ClientBook
    scenes : mapping of str to Scene
        Every conversation at its beginning; the half-way one after two turns.
    """

    book: ClientBook
    scenes: Mapping[str, Scene]

    @property
    def example(self) -> Scene:
        """A conversation that is won, to read."""
        return won(self.scenes[EXAMPLE])

    @property
    def two_quotes(self) -> tuple[pd.DataFrame, list[str]]:
        """What a sale costs at our published rate and at a rival's net quote."""
        return two_quotes(self.scenes["o15"])


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed; draws again until every conversation has its client.

    >>> one, other = make_practice(1), make_practice(2)
    >>> one.scenes["o01"].figures == make_practice(1).scenes["o01"].figures
    True
    >>> one.scenes["o01"].figures == other.scenes["o01"].figures
    False
    """
    for attempt in range(100):
        rng = np.random.default_rng([seed, attempt])
        book = make_book(
            n=CLIENTS, seed=int(rng.integers(2**62)), as_of=AS_OF, months=MONTHS, preset=PRESET
        )
        scenes = _meet_everybody(book, seed)
        if scenes:
            scenes[HALFWAY] = choose(choose(scenes[HALFWAY], "good"), "good")
            return Practice(book, scenes)
    raise AssertionError(f"no practice for seed {seed}")


def _meet_everybody(book: ClientBook, seed: int) -> dict[str, Scene]:
    """Return every conversation with a client of its own; nothing if somebody is missing."""
    known = figures_of(book)
    scenes: dict[str, Scene] = {}
    for name, dialogue in dialogues().items():
        if not has_ideal(dialogue.case, known):
            return {}
        scenes[name] = begin(dialogue, known, seed, AS_OF)
        known = known[known["client_id"] != scenes[name].figures.client_id]
    return scenes


def won(scene: Scene) -> Scene:
    """Return a conversation with the good reply in every turn that is left."""
    while not scene.ending:
        scene = choose(scene, "good")
    return scene
