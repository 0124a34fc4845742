"""One commit to an index: who may write, what is written, and which segments become one."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import CLEAR, LockError, SegmentWriter

from reader.search.postings import CODEC, Inverter, read
from reader.search.schema import fields_of, labels_of, terms_in, vocabulary_of
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
        number, terms = self.docnum, terms_in(document)
        self.add_document(**fields_of(document), length=len(terms.get("text", ())))
        for field, found in terms.items():
            self.pool.add(field, number, found)
        for field, labels in labels_of(document).items():
            self.pool.add_labels(field, number, labels)

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        """Take over the terms of another segment: Whoosh calls this when it adds one."""
        file = reader.segment().open_file(reader.storage(), CODEC.POSTS_EXT)
        for (field, term), found in reader:
            postings = read(file, found.extent()[0])
            moved = postings.shifted(startdoc) if docmap is None else postings.renumbered(docmap)
            self.pool.take(field, term, moved)
        file.close()


class _Reader(SegmentReader):  # type: ignore[misc]  # Whoosh has no types
    """A segment that is written again."""

    def doc_field_length(self, *_: object) -> int:
        """Return nothing, and do not ask the disk for each field of each document."""
        return 0


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


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
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
        reader = _Reader(writer.storage, writer.schema, one, codec=CODEC)
        writer.add_reader(reader)
        reader.close()
    return [one for one in alive if one not in small[:number]]
