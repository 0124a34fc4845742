"""Columns: for each measure its class on every block of an article, a byte each.

So tables class, weigh and add all blocks at once, which takes no loop: a column is read as one long integer,
and what is added to that is added to all blocks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, repeat

_ALL_IF_ZERO = bytes([255, *[0] * 255])

Columns = Mapping[str, bytes]
"""For each measure its class on every block, in order."""


def classes(edges: Sequence[float], values: Iterable[float]) -> bytes:
    """Return between which edges each value lies; an edge belongs to what is above it."""
    return bytes(map(bisect_right, repeat(edges), values))


def class_table(edges: Sequence[float]) -> bytes:
    """Return the class of each whole number that fits a byte, for `bytes.translate`."""
    return rising(edges, range(256))


def rising(edges: Sequence[float], values: Sequence[float]) -> bytes:
    """Class values that never fall: only where a class begins is looked for."""
    begins = [0, *[bisect_left(values, edge) for edge in edges], len(values)]
    return b"".join([bytes([at]) * (end - begin) for at, (begin, end) in enumerate(pairwise(begins))])


def bytes_of(counts: Sequence[int]) -> bytes:
    """Write whole numbers as bytes; one that does not fit as the largest that does."""
    return bytes([count if count < 256 else 255 for count in counts])


def wide_table(edges: Sequence[int]) -> tuple[bytes, bytes]:
    """Return the classes of numbers of two bytes: by the first alone, and by the second where it is not 0.

    Args:
        edges: Above 256 there are only multiples of it, since the second byte alone tells.
    """
    return class_table(edges), b"\0" + class_table([edge / 256 for edge in edges])[1:]


def wide_classes(table: tuple[bytes, bytes], cells: bytes) -> bytes:
    """Class whole numbers of two bytes each, the lowest first, by a table for such."""
    low, high = cells[::2], cells[1::2]
    few, many = both(low.translate(table[0]), high.translate(_ALL_IF_ZERO)), high.translate(table[1])
    return (int.from_bytes(few, "little") + int.from_bytes(many, "little")).to_bytes(len(low), "little")


def both(one: bytes, other: bytes) -> bytes:
    """Return the bits that two columns have in common; of 0 and 1 where both have a 1."""
    return (int.from_bytes(one, "little") & int.from_bytes(other, "little")).to_bytes(len(one), "little")


def sums_beside(column: bytes, width: int, reach: int) -> tuple[int, int]:
    """Sum up for each block what those before it within reach have, and those behind it.

    Args:
        column: A number for each block, in so many bytes each, the lowest first.
        width: Those bytes; no sum may be larger than they can hold.
        reach: Blocks each way.

    Returns:
        The sums as long integers, for `cells_of`.
    """
    bits = 8 * width
    run = 1  # blocks that `before` and `behind` have summed up
    before = int.from_bytes(column, "little")
    before, behind = before << bits, before >> bits
    above = below = summed = 0
    while True:
        if reach & run:
            above += before << summed * bits
            below += behind >> summed * bits
            summed += run
        if summed == reach:
            return above, below
        before += before << run * bits
        behind += behind >> run * bits
        run *= 2


def cells_of(sums: int, size: int) -> bytes:
    """Return so many bytes of sums; those behind the last block are sums of nobody."""
    return (sums & (1 << 8 * size) - 1).to_bytes(size, "little")
