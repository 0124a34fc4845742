"""One commit to an index: who may write, what is written, and which segments become one."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import CLEAR, LockError, SegmentWriter

from reader.search.postings import CODEC
from reader.search.schema import fields_of, vocabulary_of
from reader.search.segments import Segments
from reader.search.values import Document

MAX_SEGMENTS = 8  # when there are more, small ones become one
_MERGED = 5  # of them at least
_LARGE = 2_000  # documents of a segment that is never written again; an hour of saves stays far below
_MEMORY = 128  # MiB of terms before a build puts some of them aside


class Waiting(Exception):
    """The index cannot be written now; the message says why."""


class Commit:
    """What is written at once; all of it is found afterwards, or nothing.

    Args:
        writer: The one writer there is, of Whoosh.
    """

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self.words: Counter[str] = Counter()
        """By each word, in how many documents more (or less) it stands."""

    def add(self, documents: Iterable[Document], told: Callable[[Document], None]) -> None:
        """Add documents; those that have their keys are to be deleted."""
        for document in documents:
            self._writer.add_document(**fields_of(document))
            self.words.update(vocabulary_of(document))
            told(document)

    def delete(self, segments: Segments, keys: Collection[str]) -> None:
        """Delete those documents that are there."""
        for key in keys:
            if (number := segments.number_of(key)) is not None:
                self.words.subtract(vocabulary_of(segments.document(number)))
                self._writer.delete_document(number)

    def finish(self, *, anew: bool) -> int:
        """Write it all; `anew` forgets what was there. Returns the number of the commit."""
        self._writer.commit(mergetype=CLEAR if anew else merge_small)
        generation: int = self._writer.generation
        return generation


@contextlib.contextmanager
def commit_to(index: FileIndex, patience: float) -> Iterator[Commit]:
    """Begin a commit; one that is not finished is forgotten.

    Args:
        index: The index, of Whoosh.
        patience: Seconds to wait for another process that writes.

    Raises:
        Waiting: It writes still, or nothing can be written.
    """
    try:
        writer = SegmentWriter(index, timeout=patience, limitmb=_MEMORY, compound=False, codec=CODEC)
        try:
            yield Commit(writer)
        finally:
            if not writer.is_closed:
                with contextlib.suppress(OSError):
                    writer.cancel()
    except LockError:
        raise Waiting("another process is writing the index") from None
    except FileNotFoundError:  # a file of the index itself is gone
        raise
    except (OSError, sqlite3.OperationalError) as error:
        raise Waiting(f"the index cannot be written ({error})") from error


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Make one of the smallest segments when there are many; returns those that stay as they are.

    The smallest five, and each next one that is no larger than those before it together: so
    a document is written again about as often as the number of documents can be halved, and
    one save never waits for all that were saved before it. What is deleted is left behind.
    """
    alive = [one for one in segments if one.doc_count() > 0]
    if len(alive) < MAX_SEGMENTS:
        return alive
    by_size = sorted(alive, key=lambda one: one.doc_count())
    merged, total = list[Any](), 0
    for one in by_size:
        if one.doc_count() > _LARGE or (len(merged) >= _MERGED and one.doc_count() > total):
            break
        merged.append(one)
        total += one.doc_count()
    for one in merged if len(merged) > 1 else ():
        reader = SegmentReader(writer.storage, writer.schema, one, codec=CODEC)
        writer.add_reader(reader)
        reader.close()
    return [one for one in alive if one not in merged] if len(merged) > 1 else alive
