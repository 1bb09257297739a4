"""Numbers, addresses and names that are plainly nobody's.

There are no landlines: no range of them is known to be dead, whatever its first digits.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.plan import MOST_CLIENTS
from crmkit.branch.population import People
from crmkit.branch.streams import scatter
from crmkit.branch.vocabulary import Words, compounds, given_names, streets, surnames

#: No carrier issues numbers with this prefix, and telephone libraries reject them.
MOBILE_PREFIX = "154"

#: Multipliers without a common factor with the number of numbers, so that no two clients
#: ever share a client number or a mobile.
_CLIENT_STEP, _MOBILE_STEP = 61_803_399, 27_182_819


def client_ids(seed: int, client: NDArray[np.int64]) -> Words:
    """Return client numbers: ten digits, different for every place in the book."""
    return _digits("60", _scrambled(seed, client, _CLIENT_STEP))


def mobiles(seed: int, client: NDArray[np.int64]) -> Words:
    """Return mobile numbers that look right and cannot ring anywhere.

    >>> mobiles(1, np.array([0, 1]))[0][:3]
    '154'
    """
    return _digits(MOBILE_PREFIX, _scrambled(seed, client, _MOBILE_STEP))


def _scrambled(seed: int, client: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    start = (seed * 7_919 + step // 3) % MOST_CLIENTS
    return (client * step + start) % MOST_CLIENTS


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
    joined: Words = surnames().words.take(people.surname) + given_names().words.take(people.given)
    return joined


def addresses(people: People) -> Words:
    """Return street addresses, the invented part that follows the district."""
    code = people.street.astype(np.int64)
    road = code % len(streets()) * 260 + code // 128 % 260
    home = code // 64 % len(compounds()) * 28 + code // 4096 % 28
    room = code // 65536 % 18 * 6 + code // 8192 % 6
    joined: Words = _roads().take(road) + _homes().take(home) + _rooms().take(room)
    return joined


@cache
def _roads() -> Words:
    return _all(f"{road}{number + 1}号" for road in streets() for number in range(260))


@cache
def _homes() -> Words:
    return _all(f"{home}{block + 1}幢" for home in compounds() for block in range(28))


@cache
def _rooms() -> Words:
    return _all(f"{floor + 1}0{door + 1}室" for floor in range(18) for door in range(6))


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
