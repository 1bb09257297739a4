"""The trade's words, under the lesson that needs them first."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crmkit.words import LANGUAGES, language


@dataclass(frozen=True)
class Term:
    """A word of the trade.

    Attributes
    ----------
    lesson : str
        The unit that needs it first: ``"l06"``.
    word, other : str
        In the language in use, and in the other one.
    meaning : str
        One sentence that a newcomer understands.
    """

    lesson: str
    word: str
    other: str
    meaning: str


def terms() -> list[Term]:
    """Return the words in the order of the lessons, in the language in use.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> with in_language("en"): terms()[0].word, terms()[0].other
    ('prospect', '准客户')
    """
    here = language()
    (there,) = (name for name in LANGUAGES if name != here)
    return [
        Term(entry["lesson"], entry[here], entry[there], entry[f"means_{here}"])
        for entry in _entries()
    ]


@cache
def _entries() -> list[dict[str, str]]:
    text = files("crmkit").joinpath("data/terms.toml").read_text(encoding="utf-8")
    found: list[dict[str, str]] = tomllib.loads(text)["term"]
    return found
