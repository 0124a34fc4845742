"""The highlights of one article, found by place: around an offset, in a span, next to it."""

from bisect import bisect_left
from collections.abc import Iterable

from reader.model import Placed


class Highlights:
    """Annotations in the order of the text; those that touch a span are found without looking at all.

    Args:
        placed: In any order; orphans and empty passages are left out.
    """

    def __init__(self, placed: Iterable[Placed] = ()) -> None:
        found = (one for one in placed if not one.is_orphan and one.start < one.end)
        self.all = tuple(sorted(found, key=_place))
        self._starts = [one.start for one in self.all]
        self._reach = [0] * len(self.all)
        """By the middle of each half of a half: how far its annotations reach."""
        self._measure(0, len(self.all))

    def between(self, start: int, end: int) -> list[Placed]:
        """Return the annotations that touch a span, in the order of the text."""
        found: list[Placed] = []
        self._collect(0, len(self.all), start, end, found)
        return found

    def at(self, offset: int) -> Placed | None:
        """Return the annotation around an offset: the shortest, and of equals the latest."""
        return max(self.between(offset, offset + 1), key=_height, default=None)

    def same_as(self, known: Placed) -> Placed | None:
        """Return an annotation as it is now, of which an earlier state is known; None if it is not here."""
        wanted = known.annotation.id
        return next((one for one in self.all if one.annotation.id == wanted and one.file == known.file), None)

    def beginning_in(self, start: int, end: int) -> tuple[Placed, ...]:
        """Return the annotations that begin in a span."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _measure(self, low: int, high: int) -> int:
        if low >= high:
            return 0
        middle = (low + high) // 2
        around = max(self._measure(low, middle), self._measure(middle + 1, high))
        self._reach[middle] = max(self.all[middle].end, around)
        return self._reach[middle]

    def _collect(self, low: int, high: int, start: int, end: int, found: list[Placed]) -> None:
        """Walk the tree that halving makes of the order, past all halves that end before the span."""
        middle = (low + high) // 2
        if low >= high or self._reach[middle] <= start:
            return
        self._collect(low, middle, start, end, found)
        if self._starts[middle] < end:
            if self.all[middle].end > start:
                found.append(self.all[middle])
            self._collect(middle + 1, high, start, end, found)


def top_last(placed: Iterable[Placed]) -> list[Placed]:
    """Sort annotations as they lie on each other: the shortest on top, and of equals the latest."""
    return sorted(placed, key=_height)


def _place(placed: Placed) -> tuple[int, int, str]:
    return placed.start, placed.end, placed.annotation.id


def _height(placed: Placed) -> tuple[int, str]:
    return placed.start - placed.end, placed.annotation.id
