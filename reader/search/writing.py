"""One commit to an index: who may write, what is written, and which segments become one."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate
from typing import Any

from whoosh.index import FileIndex
from whoosh.writing import CLEAR, LockError, SegmentWriter

from reader.search.codec import CODEC
from reader.search.postings import Inverter
from reader.search.schema import columns_of, labels_of, terms_in, vocabulary_of
from reader.search.segments import Segments
from reader.search.values import Document

MAX_SMALL = 7  # segments of a few documents; when there are more, some become one
_COST = 16  # documents that could be written in the time that it takes to begin
_LARGE = 2_000  # documents of a segment that is never written again; an hour of saves stays far below


class Waiting(Exception):
    """The index cannot be written now; the message says why."""


class _Writer(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer of segments, with the terms gathered in our own way."""

    def __init__(self, index: FileIndex, patience: float) -> None:
        super().__init__(index, timeout=patience, compound=False, codec=CODEC)
        self.pool = Inverter()

    def add(self, document: Document) -> None:
        """Add a document."""
        terms = terms_in(document)
        self.perdocwriter.add(document, columns_of(document) | {"length": len(terms.get("text", ()))})
        for field, found in terms.items():
            self.pool.add(field, self.docnum, found)
        for field, labels in labels_of(document).items():
            self.pool.add_labels(field, self.docnum, labels)
        self.docnum += 1
        self._added = True

    def take(self, segment: Any) -> None:
        """Take over what is not deleted of another segment."""
        gone = frozenset(segment.deleted_docs())
        kept = [number for number in range(segment.doc_count_all()) if number not in gone]
        numbers = {number: self.docnum + at for at, number in enumerate(kept)}
        with contextlib.closing(CODEC.per_document_reader(self.storage, segment)) as documents:
            self.perdocwriter.take(documents, kept)
        with contextlib.closing(CODEC.terms_reader(self.storage, segment)) as terms:
            for field, term, postings in terms:
                self.pool.take(field, term, postings.renumbered(numbers))
        self.docnum += len(kept)
        self._added = True


class Commit:
    """What is written at once; all of it is found afterwards, or nothing.

    Args:
        writer: The one writer there is.
    """

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self.words: Counter[str] = Counter()
        """By each word, in how many documents more (or less) it stands."""

    def add(self, documents: Iterable[Document], told: Callable[[Document], None]) -> None:
        """Add documents; those that have their keys are to be deleted."""
        for document in documents:
            self._writer.add(document)
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
        writer = _Writer(index, patience)
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


def merge_small(writer: _Writer, segments: list[Any]) -> list[Any]:
    """Make one of some small segments when there are many; returns those that stay as they are.

    Of the smallest as many as cost least for each segment that is spared. So of 500 saves in a row
    one in a hundred writes more than 80 documents again, and none more than 130.
    """
    alive = [one for one in segments if one.doc_count() > 0]
    small = sorted((one for one in alive if one.doc_count() <= _LARGE), key=lambda one: one.doc_count())
    if len(small) < MAX_SMALL:
        return alive
    sizes = list(accumulate(one.doc_count() for one in small))
    number = min(range(2, len(small) + 1), key=lambda number: (sizes[number - 1] + _COST) / (number - 1))
    for one in small[:number]:
        writer.take(one)
    return [one for one in alive if one not in small[:number]]
