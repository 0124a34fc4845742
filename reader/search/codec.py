"""The form of the index: what of Whoosh's own is written in another way.

A segment is two files, its terms and its documents; Whoosh's own form has seventeen, which
makes a save of one note wait for the disk.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage

from reader.search.columns import Documents, DocumentsWriter
from reader.search.postings import Terms, TermsWriter

T = TypeVar("T")

_DOCUMENTS = ".doc"


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """How a segment is written and read."""

    length_stats = False  # the length of a text is a column

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentsWriter:
        """Return what writes documents."""
        return DocumentsWriter(segment.create_file(storage, _DOCUMENTS))

    def field_writer(self, storage: Any, segment: Any) -> TermsWriter:
        """Return what writes terms."""
        return TermsWriter(segment.create_file(storage, self.TERMS_EXT))

    def per_document_reader(self, storage: Any, segment: Any) -> Documents:
        """Return the documents of a segment."""
        size = segment.doc_count_all()
        return _opened(storage, segment, _DOCUMENTS, lambda file, length: Documents(file, length, size))

    def terms_reader(self, storage: Any, segment: Any) -> Terms:
        """Return the terms of a segment."""
        return _opened(storage, segment, self.TERMS_EXT, Terms)


CODEC = Codec()


class Folder(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """The folder of an index."""

    def temp_storage(self, name: str | None = None) -> RamStorage:  # noqa: ARG002 - Whoosh's signature
        """Return where a writer keeps what it needs for a time: we need nothing, so no folder is made."""
        return RamStorage()


def _opened(storage: Any, segment: Any, extension: str, read: Callable[[Any, int], T]) -> T:
    file = segment.open_file(storage, extension)
    try:
        return read(file, storage.file_length(segment.make_filename(extension)))
    except Exception:
        file.close()
        raise
