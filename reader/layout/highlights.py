"""The highlights of one article, found by place: around an offset, in a span, next to it."""

from bisect import bisect_left
from collections.abc import Iterable

from reader.passages import Placed

RUN = 64  # annotations that are passed over at once, if none of them reaches a span


class Highlights:
    """Annotations in the order of the text; those that touch a span are found without looking at all.

    Args:
        placed: In any order; orphans and empty passages are left out.
    """

    def __init__(self, placed: Iterable[Placed] = ()) -> None:
        found = (one for one in placed if not one.is_orphan and one.start < one.end)
        self.all = tuple(sorted(found, key=_place))
        self._starts = [one.start for one in self.all]
        ends = [one.end for one in self.all]
        self._reach = [max(ends[first : first + RUN]) for first in range(0, len(ends), RUN)]
        """How far each run of annotations reaches."""

    def between(self, start: int, end: int) -> list[Placed]:
        """Return the annotations that touch a span, in the order of the text."""
        before = bisect_left(self._starts, end)  # all behind begin too late
        found: list[Placed] = []
        for run in range(-(-before // RUN)):
            if self._reach[run] > start:
                found += (
                    one for one in self.all[run * RUN : min(before, (run + 1) * RUN)] if one.end > start
                )
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


def top_last(placed: Iterable[Placed]) -> list[Placed]:
    """Sort annotations as they lie on each other: the shortest on top, and of equals the latest."""
    return sorted(placed, key=_height)


def _place(placed: Placed) -> tuple[int, int, str]:
    return placed.start, placed.end, placed.annotation.id


def _height(placed: Placed) -> tuple[int, str]:
    return placed.start - placed.end, placed.annotation.id
