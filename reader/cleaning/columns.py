"""Columns: for each measure its class on every block of an article, a byte each.

So tables class, weigh and add all blocks at once, which takes no loop.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

Columns = Mapping[str, bytes]
"""For each measure its class on every block, in order."""


def classes(edges: Sequence[float], values: Iterable[float]) -> bytes:
    """Return between which edges each value lies; an edge belongs to what is above it."""
    return bytes(map(bisect_right, repeat(edges), values))


def class_table(edges: Sequence[float]) -> bytes:
    """Return the class of each whole number that fits a byte, for `bytes.translate`."""
    return classes(edges, range(256))


def bytes_of(counts: Sequence[int]) -> bytes:
    """Write whole numbers as bytes; one that does not fit as the largest that does."""
    return bytes([count if count < 256 else 255 for count in counts])
