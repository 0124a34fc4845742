"""The state of an index: its segments, opened once each, and their columns.

A segment never changes but for what is deleted from it, so one that stays keeps its reader.
Whoosh's own way of reusing readers brings deleted documents back in some of its versions.
"""

from bisect import bisect_right
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import EmptyReader, MultiReader, SegmentReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from reader.search.values import Document
from reader.search.vocabulary import Vocabulary

# Fields of a few words are not measured by their length: who writes a long note means each word of it.
_WEIGHTING = BM25F(
    **{f"{name}_B": 0.0 for name in ("title", "home", "quote", "note", "tags", "source", "author")}
)


class Segments:
    """The segments of an index as they were when `refresh` was last called.

    Args:
        index: The index, of Whoosh.
        vocabulary: The words of the documents.
    """

    def __init__(self, index: FileIndex, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.index = index
        self._leaves: list[Any] = []
        self._offsets: list[int] = []
        self._columns: dict[tuple[str, str], list[Any]] = {}
        self.searcher = Searcher(EmptyReader(index.schema), fromindex=index)
        self.generation = -1
        """Counts the commits; two states of one generation are the same."""

    @property
    def reader(self) -> Any:
        """The reader of all segments."""
        return self.searcher.reader()

    @property
    def number(self) -> int:
        """How many segments there are."""
        return len(self._leaves)

    def refresh(self) -> None:
        """Go over to the state that was committed last, by whichever process."""
        toc = self.index._read_toc()  # noqa: SLF001 - the only way to the segments, in all versions
        if toc.generation == self.generation:
            return
        known = {leaf.segment().segment_id(): leaf for leaf in self._leaves}
        leaves = [self._leaf(segment, toc, known) for segment in toc.segments]
        for leaf in known.values():  # those that are gone, or had something deleted
            leaf.close()
        ids = {leaf.segment().segment_id() for leaf in leaves}
        self._columns = {key: values for key, values in self._columns.items() if key[0] in ids}
        self._leaves, self.generation = leaves, toc.generation
        reader = (
            leaves[0]
            if len(leaves) == 1
            else MultiReader(leaves, generation=toc.generation)
            if leaves
            else EmptyReader(toc.schema)
        )
        self._offsets = [0]
        for leaf in leaves:
            self._offsets.append(self._offsets[-1] + leaf.doc_count_all())
        self.searcher = Searcher(reader, weighting=_WEIGHTING, fromindex=self.index)

    def _leaf(self, segment: Any, toc: Any, known: dict[str, Any]) -> Any:
        """Return the reader of a segment: the one that is open, if nothing was deleted since."""
        leaf = known.get(segment.segment_id())
        if leaf is not None and set(leaf.segment().deleted_docs()) == set(segment.deleted_docs()):
            return known.pop(segment.segment_id())
        return SegmentReader(self.index.storage, toc.schema, segment, generation=toc.generation)

    def column(self, leaf: Any, name: str) -> list[Any]:
        """Return the values of a column for all documents of a segment, deleted ones too."""
        key = (leaf.segment().segment_id(), name)
        if key not in self._columns:
            values = leaf.column_reader(name)
            self._columns[key] = [values[number] for number in range(leaf.doc_count_all())]
        return self._columns[key]

    def values(self, name: str) -> dict[int, Any]:
        """Return the values of a column by the numbers of all documents that are there."""
        return {
            offset + number: value
            for offset, leaf in zip(self._offsets, self._leaves, strict=False)
            for number, value in enumerate(self.column(leaf, name))
            if not leaf.is_deleted(number)
        }

    def value(self, document: int, name: str) -> Any:
        """Return the value of a column for one document, by its number."""
        at = bisect_right(self._offsets, document) - 1
        return self.column(self._leaves[at], name)[document - self._offsets[at]]

    def number_of(self, key: str) -> int | None:
        """Return the number of a document by its key; None if it is not there."""
        wanted = key.encode()
        return next((number for number, one in self.values("key").items() if one == wanted), None)

    def document(self, number: int) -> Document:
        """Return a document by its number."""
        return Document(*self.reader.stored_fields(number)["document"])

    def close(self) -> None:
        """Close the files."""
        for leaf in self._leaves:
            leaf.close()
        self.vocabulary.close()
        self._leaves, self.generation = [], -1
