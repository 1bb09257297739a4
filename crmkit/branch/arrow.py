"""The same people as an Arrow table, for those who have ``pyarrow``.

Arrow keeps a column of text as one run of letters and where each row ends. A row that is made of
several words is then nothing to join: the words are taken one after the other, and only every
second or third end is kept. No Python string is made.
"""

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.identity import (
    ADDRESS_WORDS,
    CLIENT_PREFIX,
    MOBILE_PREFIX,
    address_rows,
    client_numbers,
    mobile_numbers,
    name_rows,
)
from crmkit.branch.plan import Plan
from crmkit.branch.population import People
from crmkit.branch.vocabulary import Words, given_names, occupations, surnames

if TYPE_CHECKING:
    import pyarrow


def has_arrow() -> bool:
    """Return whether ``pyarrow`` is installed."""
    return find_spec("pyarrow") is not None


def person_arrow(plan: Plan, block: int) -> "pyarrow.Table":
    """Return a block of people before anything happens to them, as an Arrow table.

    Parameters
    ----------
    plan : Plan
    block : int

    Returns
    -------
    pyarrow.Table
        The columns and values of ``crmkit.branch.person.person_table``; occupations are a
        dictionary, days are ``date32``.
    """
    import pyarrow

    people = People(plan, block)
    return pyarrow.table({
        **text_columns(people),
        "birth_date": _days(people.birth_day),
        "occupation": pyarrow.DictionaryArray.from_arrays(people.occupation, _jobs()),
        "wealth": people.wealth,
        "commission_rate": people.rate,
        "open_date": _days(people.open_day),
    }).select(COLUMNS)  # fmt: skip


#: The nine columns of a table of people.
COLUMNS = ["client_id", "name", "mobile", "address", "birth_date", "occupation", "wealth",
           "commission_rate", "open_date"]  # fmt: skip


def text_columns(people: People) -> dict[str, "pyarrow.Array"]:
    """Return number, name, mobile and address of each person as Arrow columns."""
    seed, place = people.plan.seed, people.client
    return {
        "client_id": _numbered(CLIENT_PREFIX, client_numbers(seed, place)),
        "name": _joined(_name_words(), name_rows(people), (0, len(surnames().words))),
        "mobile": _numbered(MOBILE_PREFIX, mobile_numbers(seed, place)),
        "address": _joined(_address_words(), address_rows(people), _address_starts()),
    }


def _joined(
    words: "pyarrow.Array", rows: tuple[NDArray[np.integer], ...], starts: tuple[int, ...]
) -> "pyarrow.Array":
    """Return texts of as many words each as there are arrays of rows."""
    import pyarrow

    mixed = np.empty((len(rows[0]), len(rows)), dtype=np.int32)
    for place, (row, start) in enumerate(zip(rows, starts, strict=True)):
        np.add(row, start, out=mixed[:, place], casting="unsafe")
    taken = words.take(pyarrow.array(mixed.reshape(-1)))
    ends = np.frombuffer(taken.buffers()[1], dtype=np.int64, count=mixed.size + 1)[:: len(rows)]
    return pyarrow.LargeStringArray.from_buffers(
        len(mixed), pyarrow.py_buffer(ends.copy()), taken.buffers()[2]
    )


def _numbered(prefix: str, numbers: NDArray[np.int64]) -> "pyarrow.Array":
    """Return a prefix and eight digits for each number."""
    import pyarrow

    row = np.dtype([("prefix", f"V{len(prefix)}"), ("first", "<u4"), ("last", "<u4")])
    letters = np.empty(len(numbers), dtype=row)
    letters["prefix"] = np.void(prefix.encode())
    first = numbers // 10_000
    letters["first"], letters["last"] = (
        _digits().take(first),
        _digits().take(numbers - first * 10_000),
    )
    ends = np.arange(len(numbers) + 1, dtype=np.int64) * row.itemsize
    return pyarrow.LargeStringArray.from_buffers(
        len(numbers), pyarrow.py_buffer(ends), pyarrow.py_buffer(letters)
    )


@cache
def _digits() -> NDArray[np.uint32]:
    """Return the four letters of every number of four digits as one number each."""
    return np.frombuffer(b"".join(b"%04d" % number for number in range(10_000)), dtype="<u4")


def _days(days: NDArray[np.int32]) -> "pyarrow.Array":
    import pyarrow

    return pyarrow.array(days.astype(np.int32, copy=False)).view(pyarrow.date32())


def _words(*lists: Words) -> "pyarrow.Array":
    import pyarrow

    return pyarrow.array(np.concatenate(lists).tolist(), pyarrow.large_string())


@cache
def _name_words() -> "pyarrow.Array":
    return _words(surnames().words, given_names().words)


@cache
def _address_words() -> "pyarrow.Array":
    return _words(*(words() for words in ADDRESS_WORDS))


@cache
def _address_starts() -> tuple[int, ...]:
    sizes = [len(words()) for words in ADDRESS_WORDS]
    return tuple(np.cumsum([0, *sizes])[:-1].tolist())


@cache
def _jobs() -> "pyarrow.Array":
    import pyarrow

    return pyarrow.array(occupations().words.tolist())
