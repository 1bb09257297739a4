"""Numbers, addresses and names that are plainly nobody's.

There are no landlines: no range of them is known to be dead, whatever its first digits.
"""

from collections.abc import Iterable
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import MOST_CLIENTS
from crmkit.branch.population import People
from crmkit.branch.streams import scatter
from crmkit.branch.vocabulary import Words, compounds, given_names, streets, surnames

Whole = TypeVar("Whole", np.int32, np.int64)

#: Every client number begins with this.
CLIENT_PREFIX = "60"

#: No carrier issues numbers with this prefix, and telephone libraries reject them.
MOBILE_PREFIX = "154"

#: Multipliers without a common factor with the number of numbers, so that no two clients
#: ever share a client number or a mobile.
_CLIENT_STEP, _MOBILE_STEP = 61_803_399, 27_182_819


def client_ids(seed: int, client: NDArray[np.int64]) -> Words:
    """Return client numbers: ten digits, different for every place in the book."""
    return _digits(CLIENT_PREFIX, client_numbers(seed, client))


def client_numbers(seed: int, client: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the eight digits of client numbers that follow the prefix."""
    return _scrambled(seed, client, _CLIENT_STEP)


def mobiles(seed: int, client: NDArray[np.int64]) -> Words:
    """Return mobile numbers that look right and cannot ring anywhere.

    >>> mobiles(1, np.array([0, 1]))[0][:3]
    '154'
    """
    return _digits(MOBILE_PREFIX, mobile_numbers(seed, client))


def mobile_numbers(seed: int, client: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the eight digits of mobile numbers that follow the prefix."""
    return _scrambled(seed, client, _MOBILE_STEP)


def _scrambled(seed: int, client: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    start = (seed * 7_919 + step // 3) % MOST_CLIENTS
    return _rest(client * step + start, MOST_CLIENTS)


def _rest(numbers: NDArray[Whole], by: int) -> NDArray[Whole]:
    """Return what is left of a division; numpy divides faster than it takes remainders."""
    return numbers - numbers // by * by


def _digits(prefix: str, numbers: NDArray[np.int64]) -> Words:
    """Return a prefix and eight digits, joined from two tables of four."""
    joined: Words = _four_digits(prefix).take(numbers // 10_000) + _four_digits("").take(
        numbers % 10_000
    )
    return joined


@cache
def _four_digits(prefix: str) -> Words:
    return np.array([f"{prefix}{number:04d}" for number in range(10_000)], dtype=object)


def names(people: People) -> Words:
    """Return full names, surname first."""
    family, given = name_rows(people)
    joined: Words = surnames().words.take(family) + given_names().words.take(given)
    return joined


def name_rows(people: People) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return each person's rows among the surnames and the given names."""
    return people.surname, people.given


def addresses(people: People) -> Words:
    """Return street addresses, the invented part that follows the district."""
    roads, homes, rooms = (
        words().take(rows) for words, rows in zip(ADDRESS_WORDS, address_rows(people), strict=True)
    )
    joined: Words = roads + homes + rooms
    return joined


def address_rows(people: People) -> tuple[NDArray[np.int32], ...]:
    """Return each person's rows among the roads, the houses and the rooms."""
    code = people.street.astype(np.int32)
    return (
        _rest(code, len(streets())) * 260 + _rest(code >> 7, 260),
        _rest(code >> 6, len(compounds())) * 28 + _rest(code >> 12, 28),
        _rest(code >> 16, 18) * 6 + _rest(code >> 13, 6),
    )


@cache
def _roads() -> Words:
    return _all(f"{road}{number + 1}号" for road in streets() for number in range(260))


@cache
def _homes() -> Words:
    return _all(f"{home}{block + 1}幢" for home in compounds() for block in range(28))


@cache
def _rooms() -> Words:
    return _all(f"{floor + 1}0{door + 1}室" for floor in range(18) for door in range(6))


#: What addresses are made of: a road and number, a house, a room.
ADDRESS_WORDS = (_roads, _homes, _rooms)


def _all(words: Iterable[str]) -> Words:
    return np.array(list(words), dtype=object)


def emails(seed: int, client: NDArray[np.int64]) -> Words:
    """Return addresses at a domain that is reserved for examples, for two in five."""
    luck = scatter(seed, "email", client)
    return _some(luck % np.uint64(5) < 2, "u{}@example.com", client_ids(seed, client))


def wechats(seed: int, client: NDArray[np.int64]) -> Words:
    """Return WeChat names that say they are for demonstration, for five in eight."""
    luck = scatter(seed, "wechat", client)
    return _some(luck % np.uint64(8) < 5, "demo_{}", client_ids(seed, client))


def _some(has: NDArray[np.bool_], form: str, ids: Words) -> Words:
    written: Words = np.full(len(ids), None, dtype=object)
    written[has] = [form.format(number) for number in ids[has].tolist()]
    return written
