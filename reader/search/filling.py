"""Writes many documents as segments, beside an index that goes on being searched and saved to.

Where there are two processors each pair of segments is written at once: one here, and one by a
process of its own (`apart`), which is given as much as it can do.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from whoosh.filedb.filestore import FileStorage

from reader.search.apart import Apart
from reader.search.building import Building, Built, discard, sweep
from reader.search.values import Document

BATCH = 60_000_000  # code points of one segment, 165 MiB while it is written; each is one more to look into
_EACH = 1_000  # code points that a document takes the room of, beside its own
WORTH = (
    500  # documents from which on a second process saves more than the third of a second it takes to start
)

Load = Callable[[Iterable[str]], Iterator[Document]]
"""Returns documents by their keys; one that is gone meanwhile is left out."""
Advance = Callable[[int, int], None]
"""Told how many documents are written, and of how many."""


class Filling:
    """Some documents that are written segment by segment.

    Args:
        storage: The folder of the index, of Whoosh.
        keys: Of the documents.
        load: Is asked for them once; and again for those of a process that was killed.
        advance: Told how far it is.
        processes: How many may write at once.
    """

    def __init__(
        self, storage: Any, keys: Sequence[str], load: Load, advance: Advance | None, processes: int = 0
    ) -> None:
        self._storage = storage
        self._load = load
        self._advance = advance
        self._total = len(keys)
        self._documents = load(keys)
        can_share = isinstance(storage, FileStorage) and (processes or os.cpu_count() or 1) > 1
        self._can_share = can_share
        self.left = set(keys)
        """Of documents that were not written; at the end of those that are gone."""
        self.was_left_alone = False
        """Whether a process that shared the work came to a bad end, so that its part was done again."""

    def segments(self) -> Iterator[list[Built]]:
        """Yield one segment or two, until there are no more documents."""
        sweep(self._storage)
        while built := self._next():
            self.left.difference_update(*(one.keys for one in built))
            yield built

    def _next(self) -> list[Built]:
        apart, building, built = self._started(), Building(), list[Built]()
        try:
            self._share(building, apart)
            if building.keys:
                built.append(building.write(self._storage))
            if apart and (theirs := self._built_apart(apart)):
                built.append(theirs)
        except BaseException:
            if apart:
                apart.stop()
            for one in built:
                discard(self._storage, one.segment)
            raise
        return built

    def _share(self, building: Building, apart: Apart | None) -> None:
        """Give the other process what it can do, and do the rest here, until either has a segment."""
        done, own, theirs = self._total - len(self.left), 0, 0
        for document in self._documents:
            size = _EACH + len(document.text) + len(document.note)
            if apart and apart.wants_more:
                apart.give(document)
                theirs += size
            else:
                building.add(document)
                own += size
                done += 1
            if self._advance:
                self._advance(done + (apart.done if apart else 0), self._total)
            if max(own, theirs) >= BATCH:
                break
        if apart:
            self.was_left_alone |= not apart.is_there
            apart.end()

    def _started(self) -> Apart | None:
        """Start a process, where one can be had and is worth it."""
        if self._can_share and not self.was_left_alone and len(self.left) >= WORTH:
            try:
                return Apart(self._storage)
            except OSError:
                self._can_share = False
        return None

    def _built_apart(self, apart: Apart) -> Built | None:
        if not apart.keys:
            apart.stop()
            return None
        built = apart.result()
        if built is None:
            self.was_left_alone = True
            building = Building()
            for document in self._load(apart.keys):
                building.add(document)
            return building.write(self._storage) if building.keys else None
        return built
