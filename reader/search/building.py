"""A segment while it is written: in memory, then as files that no commit knows of yet.

So the many documents of a large library are written without keeping anybody from saving a note.
"""

import contextlib
import time
from collections import Counter
from typing import Any, NamedTuple

from reader.search.codec import CODEC
from reader.search.columns import DocumentsWriter
from reader.search.postings import Inverter
from reader.search.schema import columns_of, cut_in, labels_of
from reader.search.values import Document

_NAME = "MAIN"  # of the index, as Whoosh calls one that has none
_HIDDEN = f".{_NAME}"  # of files that wait for a commit: no other commit cleans them away
_STALE = 3_600  # seconds; a commit follows within a minute, or whoever wrote them is dead


class Built(NamedTuple):
    """A segment whose files are written."""

    segment: Any
    """Of Whoosh."""
    keys: tuple[str, ...]
    """Of its new documents, in the order of their numbers; what it took over stands behind them."""
    words: Counter[str]
    """By each word, in how many of the new documents it stands."""


class Building:
    """Documents, turned round to be written as a segment."""

    def __init__(self) -> None:
        self._documents = DocumentsWriter()
        self._terms = Inverter()
        self._keys: list[str] = []
        self._words = Counter[str]()
        self._number = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Of what was added, in its order."""
        return tuple(self._keys)

    def add(self, document: Document) -> None:
        """Add a document; before anything is taken over."""
        terms, words = cut_in(document)
        self._documents.add(document, columns_of(document) | {"length": len(terms.get("text", ()))})
        for field, found in terms.items():
            self._terms.add(field, self._number, found)
        for field, labels in labels_of(document).items():
            self._terms.add_labels(field, self._number, labels)
        self._words.update(words)
        self._keys.append(document.key)
        self._number += 1

    def take(self, storage: Any, segment: Any) -> None:
        """Take over what is not deleted of another segment."""
        gone = frozenset(segment.deleted_docs())
        kept = [number for number in range(segment.doc_count_all()) if number not in gone]
        numbers = {number: self._number + at for at, number in enumerate(kept)}
        with contextlib.closing(CODEC.per_document_reader(storage, segment)) as documents:
            self._documents.take(documents, kept)
        with contextlib.closing(CODEC.terms_reader(storage, segment)) as terms:
            for field, term, postings in terms:
                moved = postings.renumbered(numbers) if gone else postings.shifted(self._number)
                self._terms.take(field, term, moved)
        self._number += len(kept)

    def write(self, storage: Any, name: str = "") -> Built:
        """Write the files, hidden until `adopt`.

        Args:
            storage: The folder of the index, of Whoosh.
            name: What the segment is called; one that no other has if nothing is said.
        """
        segment = hidden(storage, name)
        try:
            CODEC.write(storage, segment, self._documents, self._terms.iter_postings())
        except BaseException:
            discard(storage, segment)
            raise
        segment.set_doc_count(self._number)
        return Built(segment, self.keys, self._words)


def hidden(storage: Any, name: str = "", size: int = 0) -> Any:
    """Return a segment whose files are hidden; of so many documents, if it is written already."""
    segment = CODEC.new_segment(storage, _HIDDEN)
    segment.segid = name or segment.segid
    segment.set_doc_count(size)
    return segment


def adopt(storage: Any, segment: Any) -> None:
    """Let the files of a segment be those of the index."""
    names = segment.list_files(storage)
    segment.indexname = _NAME
    for name in names:
        storage.rename_file(name, name.removeprefix("."), safe=True)


def discard(storage: Any, segment: Any) -> None:
    """Delete the files of a segment, those that are there."""
    for name in segment.list_files(storage):
        with contextlib.suppress(OSError):
            storage.delete_file(name)


def sweep(storage: Any) -> None:
    """Delete hidden files that nobody will come back to: who wrote them was killed."""
    for name in storage.list():
        if name.startswith(_HIDDEN):
            with contextlib.suppress(OSError):
                if time.time() - storage.file_modified(name) > _STALE:
                    storage.delete_file(name)
