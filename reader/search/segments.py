"""The state of an index: its segments, opened once each, as one run of documents.

A segment never changes but for what is deleted from it, so one that stays keeps its reader.
Whoosh's own way of reusing readers brings deleted documents back in some of its versions.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Any, TypeVar

from whoosh.index import FileIndex

from reader.search.codec import CODEC
from reader.search.postings import Postings, joined
from reader.search.values import Document
from reader.search.vocabulary import Vocabulary

T = TypeVar("T")

_MAX_KNOWN = 300_000  # documents of terms that are kept in memory, at about 6 bytes each


class Segment:
    """One segment, open.

    Args:
        storage: The folder of the index, of Whoosh.
        found: What the index says of the segment.
    """

    def __init__(self, storage: Any, found: Any) -> None:
        self.id: str = found.segment_id()
        self.deleted = frozenset(found.deleted_docs())
        self.size: int = found.doc_count_all()
        self.terms = CODEC.terms_reader(storage, found)
        try:
            self.documents = CODEC.per_document_reader(storage, found)
        except Exception:
            self.terms.close()
            raise

    @cached_property
    def numbers_by_key(self) -> dict[str, int]:
        """The numbers of its documents, deleted ones too."""
        return {key: number for number, key in enumerate(self.documents.column("key"))}

    def close(self) -> None:
        """Close its files."""
        self.terms.close()
        self.documents.close()


class _State:
    """The segments at one time, and what was read of them."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments
        self.offsets = tuple(accumulate((one.size for one in segments), initial=0))
        self.columns: dict[str, list[Any]] = {}
        self.postings: dict[tuple[str, str], Postings] = {}
        self.known = 0
        """Documents in `postings`, all in all."""
        self.made: dict[Hashable, Any] = {}

    @cached_property
    def deleted(self) -> frozenset[int]:
        """The numbers of all documents that are deleted, but not yet gone."""
        pairs = zip(self.offsets, self.segments, strict=False)
        return frozenset(offset + number for offset, one in pairs for number in one.deleted)


class Segments:
    """The segments of an index as they were when `refresh` was last called.

    Args:
        index: The index, of Whoosh.
        vocabulary: The words of the documents.
    """

    def __init__(self, index: FileIndex, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.index = index
        self.generation = -1
        """Counts the commits; two states of one generation are the same."""
        self._now = _State(())

    @property
    def state(self) -> str:
        """The name of this state; no other has it, since what is deleted of a segment only grows."""
        return " ".join(f"{one.id}-{len(one.deleted)}" for one in self._now.segments)

    @property
    def number(self) -> int:
        """How many segments there are."""
        return len(self._now.segments)

    @property
    def size(self) -> int:
        """How many documents there are, deleted ones too."""
        return self._now.offsets[-1]

    @property
    def living(self) -> int:
        """How many documents there are, without those that are deleted."""
        return self.size - len(self.deleted)

    @property
    def deleted(self) -> frozenset[int]:
        """The numbers of deleted documents."""
        return self._now.deleted

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of all documents that are there."""
        deleted = self.deleted
        return (number for number in range(self.size) if number not in deleted)

    def refresh(self) -> None:
        """Go over to the state that was committed last, by whichever process."""
        if 0 <= self.index.latest_generation() == self.generation:
            return
        toc = self.index._read_toc()  # noqa: SLF001 - the only way to the segments, in all versions
        known = {one.id: one for one in self._now.segments}
        segments = tuple(self._opened(found, known) for found in toc.segments)
        for one in known.values():  # those that are gone, or had something deleted
            one.close()
        self._now, self.generation = _State(segments), toc.generation

    def _opened(self, found: Any, known: dict[str, Segment]) -> Segment:
        """Return a segment: the one that is open, if nothing was deleted since."""
        one = known.get(found.segment_id())
        if one is not None and one.deleted == set(found.deleted_docs()):
            return known.pop(one.id)
        return Segment(self.index.storage, found)

    def postings(self, field: str, term: str) -> Postings:
        """Return the postings of a term in all documents that are there."""
        known, key = self._now.postings, (field, term)
        if key not in known:
            if self._now.known > _MAX_KNOWN:
                known.clear()
                self._now.known = 0
            known[key] = joined(list(self._each(field, term.encode(errors="replace"))))
            self._now.known += len(known[key].documents)
        return known[key]

    def _each(self, field: str, term: bytes) -> Iterator[Postings]:
        for offset, one in zip(self._now.offsets, self._now.segments, strict=False):
            first = 0 if one.deleted else offset  # what is deleted goes by the numbers it has there
            if found := one.terms.postings(field, term, first):
                yield found.without(one.deleted).shifted(offset - first)

    def frequency(self, field: str, term: str) -> int:
        """Return how many documents have a term."""
        return len(self.postings(field, term).documents)

    def terms(self, field: str, letters: str = "") -> list[str]:
        """Return the terms of a field that begin so, in order."""
        return sorted({term for one in self._now.segments for term in one.terms.beginning(field, letters)})

    def column(self, name: str) -> list[Any]:
        """Return the values of a column by the numbers of the documents, deleted ones too."""
        columns = self._now.columns
        if name not in columns:
            columns[name] = []
            for one in self._now.segments:
                columns[name] += one.documents.column(name)
        return columns[name]

    def derived(self, name: str, columns: Sequence[str], make: Callable[..., list[T]]) -> list[T]:
        """Return the values of a column that is made of others; each segment makes its part once."""
        parts = (one.documents.derived(name, columns, make) for one in self._now.segments)
        return self.once(name, lambda: list(chain.from_iterable(parts)))

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what is made of this state; it is made when it is first asked for."""
        made = self._now.made
        if name not in made:
            made[name] = make()
        known: T = made[name]
        return known

    def value(self, name: str, number: int) -> Any:
        """Return the value of a column for one document."""
        at = bisect_right(self._now.offsets, number) - 1
        return self._now.segments[at].documents.column(name)[number - self._now.offsets[at]]

    def number_of(self, key: str) -> int | None:
        """Return the number of a document by its key; None if it is not there."""
        place = self.place_of(key)
        return place and self._now.offsets[place[0]] + place[1]

    def place_of(self, key: str) -> tuple[int, int] | None:
        """Return which segment a document stands in, and its number there; None if it is not there."""
        for at, one in enumerate(self._now.segments):
            number = one.numbers_by_key.get(key)
            if number is not None and number not in one.deleted:
                return at, number
        return None

    def document(self, number: int) -> Document:
        """Return a document by its number."""
        at = bisect_right(self._now.offsets, number) - 1
        return self._now.segments[at].documents.document(number - self._now.offsets[at])

    def close(self) -> None:
        """Close the files."""
        for one in self._now.segments:
            one.close()
        self.vocabulary.close()
        self._now, self.generation = _State(()), -1
