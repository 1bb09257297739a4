"""The two languages a reader may choose, and every sentence the kit says in them.

Sentences live in ``data/words/<room>.toml``; a key is the file's stem and the name of
the entry, ``"ledger.no_header"``. An entry whose key ends in ``_next`` says what to do
about the one without.
"""

import locale
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")

_chosen: str | None = None


def use_language(language: str) -> None:
    """Choose the language of everything the kit says from now on.

    Parameters
    ----------
    language : {"zh", "en"}

    Raises
    ------
    ValueError
        For any other language.

    Examples
    --------
    >>> use_language("en"); t("value.unknown")
    'to be decided'
    >>> use_language("zh"); t("value.unknown")
    '待定'
    """
    global _chosen
    if language not in LANGUAGES:
        raise ValueError(f"language is one of {', '.join(LANGUAGES)}, not {language!r}")
    _chosen = language


def language() -> str:
    """Return the language in use: the chosen one, else the reader's own."""
    return _chosen or reader_language()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language inside a ``with`` block."""
    global _chosen
    before = _chosen
    use_language(language)
    try:
        yield
    finally:
        _chosen = before


def reader_language() -> str:
    """Return the reader's language: ``CRMKIT_LANG``, else the system's, else Chinese.

    >>> reader_language() in LANGUAGES
    True
    """
    asked = os.environ.get("CRMKIT_LANG", "")
    if asked in LANGUAGES:
        return asked
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "en" if spoken.lower().startswith("en") else "zh"


def t(key: str, /, **slots: Any) -> str:
    """Return the sentence of a key in the language in use.

    Parameters
    ----------
    key : str
        File stem and entry, for example ``"ledger.no_header"``.
    **slots
        What the sentence's ``{braces}`` stand for.

    Raises
    ------
    KeyError
        When no words file has the key.

    Examples
    --------
    >>> with in_language("en"): t("words.and_more", count=3)
    'and 3 more'
    """
    return glossary()[key][language()].format(**slots)


def labels(prefix: str, *names: str) -> dict[str, str]:
    """Return several sentences by the last part of their keys.

    >>> with in_language("en"): labels("value", "visit", "call")
    {'visit': 'visit', 'call': 'call'}
    """
    return {name: t(f"{prefix}.{name}") for name in names}


@cache
def glossary() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence of the kit: key to language to text."""
    entries: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("crmkit").joinpath("data/words").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            room = file.name.removesuffix(".toml")
            entries |= _flatten(room, tomllib.loads(file.read_text(encoding="utf-8")))
    return entries


def _flatten(prefix: str, node: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    if set(node) == set(LANGUAGES):
        return {prefix: node}
    found: dict[str, Mapping[str, str]] = {}
    for name, below in node.items():
        if not isinstance(below, dict):
            raise ValueError(f"words: {prefix}.{name} needs both languages, {LANGUAGES}")
        found |= _flatten(f"{prefix}.{name}", below)
    return found
