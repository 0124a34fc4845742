"""One commit to an index: who may write, what is written, and which segments become one."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from typing import Any

from whoosh.index import TOC, FileIndex, clean_files
from whoosh.util.filelock import try_for

from reader.search.building import Building, Built, adopt, discard
from reader.search.schema import vocabulary_of
from reader.search.segments import Segments
from reader.search.values import Document

MOST = 12  # segments; when there are more, some of a few documents become one
_ROOM = 7  # segments of a few documents that there may be all the same, where many are large
_COST = 16  # documents that could be written in the time that it takes to begin
_LARGE = 2_000  # documents of a segment that is never written again; an hour of saves stays far below
COMMITTING = "WRITELOCK"  # as Whoosh calls it
FILLING = "FILLLOCK"  # of who writes many documents: two who do so would do the same
_BUSY = {COMMITTING: "another process is writing the index", FILLING: "the index is being made"}
_PAUSE = 0.01  # seconds between two looks whether another process is through


class Waiting(Exception):
    """The index cannot be written now; the message says why."""


class Commit:
    """What is written at once; all of it is found afterwards, or nothing. Nobody else writes meanwhile.

    Args:
        index: The index, of Whoosh.
        segments: Its state of now.
    """

    def __init__(self, index: FileIndex, segments: Segments) -> None:
        self._storage, self._name = index.storage, index.indexname
        self._toc = index._read_toc()  # noqa: SLF001 - the only way to the segments, in all versions
        self._open = segments
        self._built: list[Built] = []

    def add(self, built: Iterable[Built], touched: Collection[str] = ()) -> None:
        """Add segments.

        Args:
            built: Their files are written, and hidden.
            touched: Keys of documents that were written, or deleted, since: what is in the segments is old.
        """
        for one in built:
            self._built.append(one)
            for number, key in enumerate(one.keys):
                if key in touched:
                    one.segment.delete_document(number)

    def write(self, documents: Iterable[Document]) -> Counter[str]:
        """Write some documents, and with them small segments if there are many. Returns their words."""
        building = Building()
        for document in documents:
            building.add(document)
        merged = _to_merge(self._toc.segments)
        for segment in merged:
            building.take(self._storage, segment)
        self._toc.segments = [one for one in self._toc.segments if one not in merged]
        if building.keys or merged:
            self._built.append(building.write(self._storage))
        return Counter(self._built[-1].words if building.keys else ())

    def delete(self, keys: Iterable[str]) -> None:
        """Delete those documents that are there."""
        for key in keys:
            if (place := self._open.place_of(key)) is not None:
                self._toc.segments[place[0]].delete_document(place[1])

    def finish(self) -> int:
        """Let it be found. Returns the number of the commit."""
        for one in self._built:
            adopt(self._storage, one.segment)
        segments = [*self._toc.segments, *(one.segment for one in self._built)]
        alive = [one for one in segments if one.doc_count()]
        generation: int = self._toc.generation + 1
        TOC(self._toc.schema, alive, generation).write(self._storage, self._name)
        self._built = []
        clean_files(self._storage, self._name, generation, alive)
        return generation

    def give_up(self) -> None:
        """Delete what was written, unless it is found already."""
        for one in self._built:
            discard(self._storage, one.segment)


def words_in(segments: Segments, keys: Iterable[str]) -> Counter[str]:
    """Count the words of those documents that are there."""
    words = Counter[str]()
    for key in keys:
        if (number := segments.number_of(key)) is not None:
            words.update(vocabulary_of(segments.document(number)))
    return words


@contextlib.contextmanager
def sole_writer(index: FileIndex, patience: float, name: str = COMMITTING) -> Iterator[None]:
    """Keep other processes from writing.

    Args:
        index: The index, of Whoosh.
        patience: Seconds to wait for another process that writes.
        name: What it is kept from.

    Raises:
        Waiting: It writes still, or nothing can be written.
    """
    lock = index.lock(name)
    try:
        if not try_for(lambda: lock.acquire(blocking=False), timeout=patience, delay=_PAUSE):
            raise Waiting(_BUSY[name])
        try:
            yield
        finally:
            lock.release()
    except FileNotFoundError:  # a file of the index itself is gone
        raise
    except (OSError, sqlite3.OperationalError) as error:
        raise Waiting(f"the index cannot be written ({error})") from error


def _to_merge(segments: list[Any]) -> list[Any]:
    """Choose small segments that become one, when there are as many as there may be.

    Of the smallest as many as cost least for each segment that is spared. So of 500 saves in a row
    the last fifty write seven documents again each, nine in ten of them none, and none more than 110.
    """
    alive = [one for one in segments if one.doc_count()]
    small = sorted((one for one in alive if one.doc_count() <= _LARGE), key=lambda one: one.doc_count())
    if len(small) < max(_ROOM, MOST - len(alive) + len(small)):
        return []
    sizes = list(accumulate(one.doc_count() for one in small))
    number = min(range(2, len(small) + 1), key=lambda number: (sizes[number - 1] + _COST) / (number - 1))
    return small[:number]
