"""The words people read in place of the codes that tables store."""

from crmkit.words import glossary, t


def word_for(code: str) -> str:
    """Return the word for a code in the language in use; grades such as C3 say it themselves.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> with in_language("zh"): word_for("visit"), word_for("C3")
    ('见面', 'C3')
    """
    key = f"value.{code}"
    return t(key) if key in glossary() else code


def words_for(code: str) -> set[str]:
    """Return everything that may stand for a code: itself and its word in each language."""
    return {code, *glossary().get(f"value.{code}", {}).values()}
