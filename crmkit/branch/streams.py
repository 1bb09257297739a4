"""Randomness: one stream per seed, table, column and block of clients.

Draws have a fixed shape: every client of a block gets a value from every stream, needed or
not. So a change to one client changes nobody else's luck, the first clients of a large book
are those of a small one, and the number of workers changes nothing.

Only raw bits come from numpy; its bit generators and seed sequences are frozen, its
distributions are not. The distributions here are look-up tables and plain arithmetic.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import NormalDist
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

#: Clients per block: the unit of work, of randomness and of files.
BLOCK = 16_384

#: The golden ratio's fraction; steps of it fill an interval more evenly than chance.
GOLDEN = 0.6180339887498949

Bits = NDArray[np.uint64]
Floats = NDArray[np.float32]


def stream(seed: int, table: str, column: str, block: int) -> np.random.SFC64:
    """Return the source of raw bits of one column of one block."""
    key = (crc32(table.encode()), crc32(column.encode()), block)
    return np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key))


def bits(seed: int, table: str, column: str, block: int, quarters: int = 4) -> Bits:
    """Return 64 random bits for each of the ``BLOCK`` clients of a block.

    Parameters
    ----------
    seed : int
    table, column : str
        What the bits are for; each pair has a stream of its own.
    block : int
        Number of the block.
    quarters : int
        Only so many quarters of them, which are the same whether more are drawn or not.

    Examples
    --------
    >>> bits(7, "client", "birth", 0).shape
    (16384,)
    """
    return raw(stream(seed, table, column, block), quarters)


def raw(source: np.random.SFC64, quarters: int = 4) -> Bits:
    """Return the next 64 bits for each client of a block, or so many quarters of them."""
    drawn: Bits = source.random_raw(BLOCK // 4 * quarters)
    return drawn


def pairs(drawn: Bits, rows: int = BLOCK) -> tuple[Floats, Floats]:
    """Return two uniform numbers in [0, 1) for each of the first clients, of 24 bits each."""
    words = drawn.view(np.uint32).reshape(2, BLOCK)[:, :rows] >> np.uint32(8)
    first, second = words.astype(np.float32) * np.float32(2.0**-24)
    return first, second


def quarters(drawn: Bits, rows: int = BLOCK) -> NDArray[np.uint16]:
    """Return a 16-bit number per quarter drawn for each of the first clients, a row each."""
    return drawn.view(np.uint16).reshape(-1, BLOCK)[:, :rows]


def uniform(drawn: Bits, rows: int = BLOCK) -> Floats:
    """Return the first of ``pairs`` alone; two quarters of bits are enough for it."""
    words = drawn.view(np.uint32)[:rows] >> np.uint32(8)
    return words.astype(np.float32) * np.float32(2.0**-24)


def normal(quarter: NDArray[np.uint16]) -> Floats:
    """Return standard normal values for 16-bit numbers.

    >>> bool(abs(normal(np.arange(65536, dtype=np.uint16)).std() - 1) < 1e-3)
    True
    """
    return normal_table().take(quarter.astype(np.intp), mode="clip")


def exponential(quarter: NDArray[np.uint16]) -> Floats:
    """Return exponential values with mean one for 16-bit numbers."""
    return exponential_table().take(quarter.astype(np.intp), mode="clip")


@cache
def normal_table() -> Floats:
    """Return the normal quantiles of 65,536 equal shares, rounded to six decimals."""
    upper = [NormalDist().inv_cdf((2**15 + i + 0.5) / 2**16) for i in range(2**15)]
    half = np.round(np.array(upper), 6)
    return np.concatenate([-half[::-1], half]).astype(np.float32)


@cache
def exponential_table() -> Floats:
    """Return the exponential quantiles of 65,536 equal shares, rounded to six decimals."""
    shares = (np.arange(2**16) + 0.5) / 2**16
    return np.round(-np.log1p(-shares), 6).astype(np.float32)


def share_below(z: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the normal distribution's share below each value, to four decimals."""
    return _normal_shares().at(np.asarray(z, dtype=np.float64))


@cache
def _normal_shares() -> "Line":
    grid = np.linspace(-5, 5, 2001)
    return Line.through(grid, np.array([NormalDist().cdf(z) for z in grid]))


@dataclass(frozen=True)
class Line:
    """A line through points, read off as ``numpy.interp`` does but several times as fast.

    ``guide`` says, for each of many equal steps along x, which point comes last before it, so
    that few have to search among all of them. ``ends`` are the points that follow, the last
    of them out of reach.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    slope: NDArray[np.float64]
    ends: NDArray[np.float64]
    guide: NDArray[np.intp]
    scale: float

    @classmethod
    def through(cls, x: NDArray[np.float64], y: NDArray[np.float64]) -> "Line":
        """Return the line through points whose x rises.

        >>> Line.through(np.array([0.0, 1.0, 4.0]), np.array([0.0, 2.0, 8.0])).at(
        ...     np.array([-1.0, 0.5, 1.0, 3.0, 9.0])).tolist()
        [0.0, 1.0, 2.0, 6.0, 8.0]
        """
        cells = 8 * len(x)
        scale = cells / (x[-1] - x[0])
        starts = x[0] + (np.arange(cells + 2) - 1) / scale
        guide = np.searchsorted(x, starts, side="right") - 1
        run = np.diff(x)
        slope = np.divide(np.diff(y), run, out=np.zeros(len(run)), where=run > 0)
        return cls(x, y, slope, np.append(x[1:-1], np.inf), guide.clip(0, len(x) - 2), scale)

    def before(self, x: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the last point at or before each x, never the very last."""
        cell = ((x - self.x[0]) * self.scale).astype(np.intp)
        point: NDArray[np.intp] = self.guide.take(cell, mode="clip")
        point += self.ends.take(point) <= x
        behind = np.flatnonzero(self.ends.take(point) <= x)
        found = np.searchsorted(self.x, x[behind], side="right") - 1
        point[behind] = np.minimum(found, len(self.x) - 2)
        return point

    def at(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return y at each x; before the first and after the last point it stays level."""
        x = np.clip(x, self.x[0], self.x[-1])
        point = self.before(x)
        read: NDArray[np.float64] = x - self.x.take(point)
        read *= self.slope.take(point)
        read += self.y.take(point)
        return read


def golden(seed: int, table: str, column: str, first: int, rows: int) -> NDArray[np.float64]:
    """Return evenly spread shares in (0, 1) for clients ``first`` onwards.

    Steps of the golden ratio from a random start: any run of clients covers the interval far
    more evenly than independent draws would, so that a book of 300 has the published
    distribution and not one that happens to hold three millionaires too many. Use it once
    per table; two columns on one sequence would be bound to each other.
    """
    steps: NDArray[np.float64] = (
        _golden_start(seed, table, column) + np.arange(float(first), first + rows) * GOLDEN
    )
    steps -= np.floor(steps)
    return np.clip(steps, 1e-9, 1 - 1e-9)


@lru_cache(64)
def _golden_start(seed: int, table: str, column: str) -> float:
    return float(bits(seed, table, column, 0)[0]) / 2.0**64


def lookup(weights: NDArray[np.float64], entries: int) -> NDArray[np.int32]:
    """Return a table of row numbers in which each row stands as often as its weight says.

    Parameters
    ----------
    weights : array of shape (k,)
    entries : int
        Length of the table; a power of two, to be indexed by as many random bits.

    Examples
    --------
    >>> lookup(np.array([3.0, 1.0]), 8).tolist()
    [0, 0, 0, 0, 0, 0, 1, 1]
    """
    edges = np.cumsum(weights) / np.sum(weights)
    middles = (np.arange(entries) + 0.5) / entries
    return np.searchsorted(edges, middles, side="right").clip(max=len(edges) - 1).astype(np.int32)


def scatter(seed: int, purpose: str, *keys: NDArray[np.integer]) -> Bits:
    """Return 64 random bits for rows that are named by numbers, such as client and month.

    For what happens to few clients: the bits follow from the keys alone, so a row keeps its
    luck whatever rows stand beside it. The mixing is that of splitmix64.

    Examples
    --------
    >>> one, two = scatter(1, "day", np.array([5, 9])), scatter(1, "day", np.array([9]))
    >>> bool(one[1] == two[0])
    True
    """
    mixed = np.full(len(keys[0]), (seed * 2**32 + crc32(purpose.encode())) % 2**64, dtype=np.uint64)
    for key in keys:
        mixed = (mixed ^ np.asarray(key).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return mixed
