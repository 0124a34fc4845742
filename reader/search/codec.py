"""The form of the index: what of Whoosh's own is written in another way.

A segment is two files, its terms and its documents; Whoosh's own form has seventeen, which
makes a save of one note wait for the disk.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from whoosh.codec.whoosh3 import W3Codec

from reader.search.columns import Documents, DocumentsWriter
from reader.search.postings import Postings, Terms, write_terms

T = TypeVar("T")

_DOCUMENTS = ".doc"


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """How a segment is written and read."""

    def write(
        self,
        storage: Any,
        segment: Any,
        documents: DocumentsWriter,
        terms: Iterable[tuple[str, bytes, Postings]],
    ) -> None:
        """Write the files of a segment; the terms in their order."""
        _make(storage, segment, _DOCUMENTS, documents.write)
        _make(storage, segment, self.TERMS_EXT, lambda file: write_terms(file, terms))

    def per_document_reader(self, storage: Any, segment: Any) -> Documents:
        """Return the documents of a segment."""
        size = segment.doc_count_all()
        return _opened(storage, segment, _DOCUMENTS, lambda file, length: Documents(file, length, size))

    def terms_reader(self, storage: Any, segment: Any) -> Terms:
        """Return the terms of a segment."""
        return _opened(storage, segment, self.TERMS_EXT, Terms)


CODEC = Codec()


def _make(storage: Any, segment: Any, extension: str, write: Callable[[Any], None]) -> None:
    file = segment.create_file(storage, extension)
    try:
        write(file)
    finally:
        if not file.is_closed:
            file.close()


def _opened(storage: Any, segment: Any, extension: str, read: Callable[[Any, int], T]) -> T:
    file = segment.open_file(storage, extension)
    try:
        return read(file, storage.file_length(segment.make_filename(extension)))
    except Exception:
        file.close()
        raise
