"""What the kit raises when the user can put something right."""

from typing import Any

from crmkit.words import t


class CrmkitError(Exception):
    """What happened, where, and what to do next, in the reader's language.

    Parameters
    ----------
    key : str
        An entry of the words files; the entry ``key + "_next"`` says what to do.
    where : str, optional
        File, sheet, row or option the sentence is about.
    **slots
        What the braces of both sentences stand for.

    Examples
    --------
    >>> from crmkit.words import in_language
    >>> with in_language("en"):
    ...     print(CrmkitError("book.not_found", where="clients.xlsx"))
    clients.xlsx: there is no such file or folder. Check the name and the folder.
    """

    def __init__(self, key: str, where: str = "", **slots: Any) -> None:
        self.key = key
        self.where = where
        self.slots = slots
        self.what = t(key, **slots)
        self.next = t(f"{key}_next", **slots)
        super().__init__(key)

    def __str__(self) -> str:
        place = t("words.place", where=self.where) if self.where else ""
        return t("words.error", place=place, what=self.what, next=self.next)
