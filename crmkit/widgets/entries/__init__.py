"""Where answers are entered: controls for every kind of question, one module per family.

Controls know what a question's form says and nothing of how it is marked.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from crmkit.course.questions import Question
from crmkit.widgets.entries.choices import choice, several
from crmkit.widgets.entries.contacts import calendar
from crmkit.widgets.entries.dialogues import dialogue
from crmkit.widgets.entries.entry import Changed, Entry
from crmkit.widgets.entries.numbers import cut, number
from crmkit.widgets.entries.orders import ranking
from crmkit.widgets.entries.policies import policy
from crmkit.widgets.entries.tables import assign, matching
from crmkit.widgets.entries.texts import code, rewrite

__all__ = ["ENTRIES", "Changed", "Entry", "entry"]

#: Makes the controls of each kind of question, by the kind its form names.
ENTRIES: Mapping[str, Callable[[Any, Changed], Entry]] = MappingProxyType(
    {
        "assign": assign,
        "calendar": calendar,
        "choice": choice,
        "code": code,
        "cut": cut,
        "dialogue": dialogue,
        "matching": matching,
        "number": number,
        "policy": policy,
        "ranking": ranking,
        "rewrite": rewrite,
        "several": several,
    }
)


def entry(question: Question, changed: Changed) -> Entry:
    """Return the controls of a question; `changed` hears of every answer entered."""
    return ENTRIES[question.kind](question, changed)
